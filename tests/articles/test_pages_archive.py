"""Which changes of articles make the pages of the archive anew."""

import datetime

import pytest
from django.utils import timezone

from organizations.models import AuditEntry
from organizations.shown import gathering
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def dated(year: int, month: int = 5):
    return make_article(published_at=datetime.datetime(year, month, 1, tzinfo=timezone.get_current_timezone()))


@pytest.fixture
def shown(client):
    """The tags that a page shows."""

    def ask(address: str) -> set[str]:
        with gathering() as tags:
            assert client.get(address).status_code == 200
        return tags

    return ask


def newest() -> set[str]:
    return set(AuditEntry.objects.first().tags)


def test_a_publication_leaves_other_years_alone(shown):
    for year in (2016, 2017, 2019, 2022, 2025):
        dated(year)
    pages = {address: shown(address) for address in ("/archive/2019/", "/archive/2019/5/")}
    dated(2026)
    assert all(not tags & newest() for tags in pages.values())
    for year in (2017, 2018, 2019, 2020, 2022):  # its own, the next and the last one, or what comes between
        dated(year)
        assert all(tags & newest() for tags in pages.values())


def test_the_first_and_the_last_year_change_with_what_may_come_beside_them(shown):
    dated(2017)
    dated(2019)
    for year in (2017, 2019):
        assert shown(f"/archive/{year}/") >= {"articles", f"year:{year}"}
    dated(2024)
    assert "articles" in newest()


def test_the_last_moment_of_a_year_is_that_of_the_site():
    make_article()
    for moment, year in (
        (datetime.datetime(2019, 12, 31, 15, 59, 59), 2019),
        (datetime.datetime(2019, 12, 31, 16), 2020),
    ):
        make_article(published_at=moment.replace(tzinfo=datetime.UTC))
        assert {tag for tag in newest() if tag.startswith("year:")} == {f"year:{year}"}
