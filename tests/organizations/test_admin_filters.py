"""Filters of the desk's lists, with addresses that nobody's click makes."""

import pytest

from tests.factories import make_article, make_plan, make_user


@pytest.mark.parametrize("year", ["99999", "0", "²", "٢٠٢٦", "1.5", "-1", "99999999999999999999"])
def test_a_year_that_is_not_offered_filters_nothing(client, db, year):
    make_plan()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    listed = client.get("/admin/articles/article/", {"year": year})
    assert (listed.status_code, listed.context["cl"].result_count) == (200, 1)
    assert client.get("/admin/plans/workplan/", {"year": year}).status_code == 200


def test_an_offered_year_filters(client, db):
    article = make_article()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    listed = client.get("/admin/articles/article/", {"year": str(article.sort_at.year)})
    assert listed.context["cl"].result_count == 1
