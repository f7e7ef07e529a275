"""Organisations found by what is typed of their names."""

import importlib

import pytest
from django.apps import apps

from organizations import name_keys, tree
from organizations.consistency import names_are_found
from organizations.models import NameKey, Organization
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def unions():
    qingdao = make_organization("青岛市总工会", level="city", short_name="市总")
    make_organization("青岛市胶州市总工会", parent=qingdao, aliases=["胶州工会"])
    make_organization("青岛啤酒集团工会", level="enterprise", parent=qingdao)
    make_organization("重庆市总工会", level="city", former_names=["巴县总工会"])


def named(text):
    return [row.name for row in Organization.objects.named(text)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("青岛", ["青岛市总工会", "青岛市胶州市总工会", "青岛啤酒集团工会"]),
        ("qingdao", ["青岛市总工会", "青岛市胶州市总工会", "青岛啤酒集团工会"]),
        ("Qing Dao", ["青岛市总工会", "青岛市胶州市总工会", "青岛啤酒集团工会"]),
        ("qing'dao'shi'z", ["青岛市总工会"]),
        ("qdszgh", ["青岛市总工会"]),
        ("jzszgh", ["青岛市胶州市总工会"]),
        ("胶州", ["青岛市胶州市总工会"]),
        ("膠州工會", ["青岛市胶州市总工会"]),
        ("啤酒", ["青岛啤酒集团工会"]),
        ("市总", ["青岛市总工会"]),
        ("chongqing", ["重庆市总工会"]),  # read as a place, not zhong
        ("巴县", ["重庆市总工会"]),
        ("总工会", []),
        ("q", []),
        ("100%", []),
        ("_", []),
        ("", []),
    ],
)
def test_a_union_is_found_by_characters_pinyin_and_initials(unions, typed, found):
    assert named(typed) == found


def test_the_keys_follow_a_new_name_and_other_names():
    row = make_organization("青岛市总工会")
    row.name, row.aliases = "临沂市总工会", ["沂蒙工会"]
    row.save()
    assert (named("qdszgh"), named("linyi"), named("ymgh")) == ([], ["临沂市总工会"], ["临沂市总工会"])
    row.aliases = []
    row.save()
    assert named("ymgh") == []
    row.contact = "电话"
    row.save(update_fields=["contact"])
    tree.move(row, make_organization("山东省总工会", level="province"))
    assert named("lyszgh") == ["临沂市总工会"]
    assert list(names_are_found()) == []


def test_a_missing_key_is_a_fault_and_the_migration_fills_it():
    row = make_organization("青岛市总工会", aliases=["青总"])
    wanted = sorted(NameKey.objects.values_list("key", flat=True))
    NameKey.objects.all().delete()
    assert [fault.split(":")[0] for fault in names_are_found()] == [f"organization {row.pk}"]
    importlib.import_module("organizations.migrations.0006_name_keys").fill(apps, None)
    assert sorted(NameKey.objects.values_list("key", flat=True)) == wanted
    assert list(names_are_found()) == []


def test_a_long_name_is_cut_to_what_a_key_holds():
    row = make_organization("中国" * 60)
    assert max(len(one.key) for one in row.name_keys.all()) == name_keys.LONGEST
    assert named("中国" * 60) == [row.name]


def test_naming_asks_once(unions, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(named("青岛")) == 3
