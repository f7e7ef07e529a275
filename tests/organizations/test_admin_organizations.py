"""Organisations at the desk: added, moved and searched; the site's settings."""

import pytest
from django.urls import reverse

from organizations import tree
from organizations.models import Membership, Organization, SiteSettings
from tests.factories import make_level, make_organization, make_user

LIST = "/admin/organizations/organization/"


@pytest.fixture
def city(db):
    return make_organization("青岛市总工会", level="city")


@pytest.fixture
def desk(client, city):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def send(desk, organization=None, **fields):
    base = {"name": organization.name, "kind": organization.kind} if organization else {"kind": "local"}
    if organization:
        base |= {
            "parent": organization.parent_id or "",
            "level": organization.level_id or "",
            "slug": organization.slug,
        }
    address = (
        reverse("admin:organizations_organization_change", args=[organization.pk]) if organization else f"{LIST}add/"
    )
    return desk.post(address, base | fields)


def test_a_new_organisation_gets_its_place_and_an_address_in_pinyin(desk, city):
    make_level("district")
    send(desk, name="胶州市总工会", level="district", parent=city.pk, aliases="胶州工会\n胶州总工会")
    added = Organization.objects.get(name="胶州市总工会")
    assert (added.parent, added.slug, added.aliases) == (
        city,
        "jiao-zhou-shi-zong-gong-hui",
        ["胶州工会", "胶州总工会"],
    )
    assert city.covers(added)


def test_moving_takes_the_subtree_along(desk, city):
    other = make_organization("杭州市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    town = make_organization("九龙街道总工会", level="township", parent=district)
    send(desk, district, parent=other.pk)
    town.refresh_from_db()
    assert other.covers(town)
    assert not city.covers(town)


@pytest.mark.parametrize("case", ["cycle", "order", "name"])
def test_a_place_that_cannot_be_is_refused_in_words_and_nothing_moves(desk, city, case):
    district = make_organization("胶州市总工会", parent=city)
    town = make_organization("九龙街道总工会", level="township", parent=district)
    make_level("province")
    moved = {
        "cycle": lambda: send(desk, city, parent=town.pk, level=""),
        "order": lambda: send(desk, district, level="province"),
        "name": lambda: send(desk, name="胶州市总工会", level="district", parent=city.pk),
    }[case]()
    assert moved.status_code == 200
    assert moved.context["adminform"].form.non_field_errors()
    paths = list(Organization.objects.order_by("path").values_list("name", flat=True))
    assert paths == ["青岛市总工会", "胶州市总工会", "九龙街道总工会"]
    city.refresh_from_db()
    assert city.parent is None


@pytest.mark.parametrize("query", ["胶州", "jiaozhou", "jiao-zhou", "JiaoZhouShi"])
def test_search_by_name_and_pinyin(desk, city, query):
    make_organization("胶州市总工会", parent=city)
    found = desk.get(LIST, {"q": query}).context["cl"].result_list
    assert [organization.name for organization in found] == ["胶州市总工会"]


def test_the_list_is_in_the_order_of_the_tree_and_indented(desk, city):
    make_organization("胶州市总工会", parent=city)
    page = desk.get(LIST).content.decode()
    assert page.index('depth-1">青岛市总工会') < page.index('depth-2">胶州市总工会')


def test_a_manager_changes_the_subtree_alone(client, city):
    client.force_login(make_user(role="manager", organization=city, is_staff=True))
    district = make_organization("胶州市总工会", parent=city)
    other = make_organization("杭州市总工会", level="city")
    send(client, district, short_name="胶州")
    district.refresh_from_db()
    assert district.short_name == "胶州"
    assert send(client, other, short_name="杭州").status_code == 403
    assert list(send(client, district, parent=other.pk).context["adminform"].form.errors) == ["parent"]
    assert list(send(client, name="新的总工会", parent="").context["adminform"].form.errors) == ["parent"]


def test_only_managers_of_both_parents_move_an_organisation(client, city):
    district = make_organization("胶州市总工会", parent=city)
    beside = make_organization("市北区总工会", parent=city)
    town = make_organization("九龙街道总工会", level="township", parent=district)
    both = make_user(role="manager", organization=district, is_staff=True)
    Membership.objects.create(user=both, organization=beside, role="manager")
    client.force_login(both)
    for parent in ("", beside.pk, make_organization("杭州市总工会", level="city").pk):
        assert list(send(client, district, parent=parent).context["adminform"].form.errors) == ["parent"], parent
    assert list(send(client, town, parent="").context["adminform"].form.errors) == ["parent"]
    client.force_login(make_user(role="manager", organization=beside, is_staff=True))
    assert send(client, district, parent=beside.pk).status_code == 403
    client.force_login(make_user(role="manager", organization=city, is_staff=True))
    assert list(send(client, city, parent=beside.pk).context["adminform"].form.errors) == ["parent"]
    assert send(client, town, parent=beside.pk).status_code == 302
    town.refresh_from_db()
    assert town.parent == beside


def test_saving_particulars_leaves_the_path_alone(desk, city, monkeypatch):
    """The organisation is moved by somebody else between the reading and the writing of the form."""
    district = make_organization("胶州市总工会", parent=city)
    other = make_organization("杭州市总工会", level="city")
    monkeypatch.setattr(
        tree,
        "check_order",
        lambda level, parent: Organization.objects.filter(pk=district.pk).update(
            parent=other, path=other.path + "0000"
        ),
    )
    send(desk, district, short_name="胶州")
    district.refresh_from_db()
    assert (district.short_name, district.parent, district.path) == ("胶州", other, other.path + "0000")


def test_an_editor_chooses_among_all_organisations_and_changes_none(client, city):
    client.force_login(make_user(role="editor", organization=city, is_staff=True))
    other = make_organization("杭州市总工会", level="city")
    query = {"app_label": "articles", "model_name": "article", "field_name": "organization", "term": "杭州"}
    found = client.get("/admin/autocomplete/", query).json()["results"]
    assert [row["text"] for row in found] == ["杭州市总工会"]
    assert send(client, other, short_name="x").status_code == 403


def test_the_settings_open_their_one_form(desk):
    assert desk.get("/admin/organizations/sitesettings/").url == "/admin/organizations/sitesettings/1/change/"
    desk.post("/admin/organizations/sitesettings/1/change/", {"name": "胶州工会网", "accent": "red", "grey_mode": "on"})
    settings = SiteSettings.load()
    assert (settings.name, settings.grey_mode) == ("胶州工会网", True)


def test_the_list_asks_as_often_for_thirty_as_for_one(desk, city, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(15) as queries:
            desk.get(LIST)
        return len(queries)

    few = count()
    for _ in range(29):
        make_organization(parent=city)
    assert count() == few
