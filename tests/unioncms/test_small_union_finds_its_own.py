"""Whoever works for a small union finds its own texts by the desk's search, however many newer ones others have."""

import datetime

import pytest
from django.utils import timezone

from articles import finding
from tests.articles.desk_form import LIST
from tests.factories import make_article, make_organization, make_plan, make_user

pytestmark = pytest.mark.django_db
PLANS = "/admin/plans/workplan/"


@pytest.fixture(params=[1000, 0], ids=["few", "many"])
def newest_two_alone(request, monkeypatch):
    """The index gives no more than the newest two, as it gives no more than a thousand of a hundred thousand."""
    monkeypatch.setattr(finding, "CAP", 2)
    monkeypatch.setattr(finding, "FEW", request.param)


def day(year: int):
    return timezone.make_aware(datetime.datetime(year, 3, 1))


def rows(client, address: str) -> list[str]:
    return [str(row) for row in client.get(address, {"q": "职工之家"}).context["cl"].result_list]


@pytest.fixture
def small(client):
    """The small union, whose editor is signed in."""
    union = make_organization("小镇总工会")
    client.force_login(make_user("small-editor", role="editor", organization=union, is_staff=True))
    return union


def test_an_editor_of_a_small_union_finds_its_own_old_text(client, small, newest_two_alone):
    make_article("建设职工之家", owner=small, published_at=day(2011))
    other = make_organization("大市总工会")
    for year in (2023, 2024, 2025):
        make_article(f"{year}年职工之家", owner=other, published_at=day(year))
    assert rows(client, LIST) == ["建设职工之家"]


def test_a_plan_of_a_small_union_is_found_among_newer_articles(client, small, newest_two_alone):
    own = make_plan(
        make_article("职工之家工作要点", owner=small, published_at=day(2011)), year=2011, organization=small
    )
    for year in (2023, 2024, 2025):
        make_article(f"{year}年职工之家", owner=small, published_at=day(year))
    assert rows(client, PLANS) == [str(own)]
