"""The page of what a reader keeps, as the numbers in its address ask for it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.views import favourites
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def titles(client, ids: str) -> list[str]:
    response = client.get("/favourites/", {"ids": ids})
    assert response.status_code == 200
    return [row.title for row in response.context["articles"]]


def test_they_stand_as_asked_for_each_once(client):
    first, second, third = (make_article(title) for title in "甲乙丙")
    assert titles(client, f"{third.pk}.{first.pk}.{third.pk}.{second.pk}") == ["丙", "甲", "乙"]


def test_what_is_not_readable_is_left_out_unsaid(client):
    public, kept = make_article("公开"), make_article("存档")
    gone, ended, ahead = make_article("撤下"), make_article("到期"), make_article("预定", public=False)
    draft, trashed = make_article("草稿", public=False), make_article("回收", public=False)
    publishing.withdraw(kept, None, "不再维护", kind=Article.Withdrawal.ARCHIVED)
    publishing.withdraw(gone, None, "有误")
    publishing.trash(trashed, None)
    publishing.publish(ahead, None, at=timezone.now() + datetime.timedelta(hours=1))
    Article.objects.filter(pk=ended.pk).update(withdraw_at=timezone.now())
    every = [public, kept, gone, ended, ahead, draft, trashed]
    assert titles(client, ".".join(str(row.pk) for row in every)) == ["公开", "存档"]


@pytest.mark.parametrize("ids", ["", "x", "-1", "1,2", "٣", "²", "9" * 18, "9" * 5000, "." * 3000, "0", "1e3", "0x1"])
def test_odd_addresses_are_answered(client, ids):
    assert titles(client, ids) == []


def test_so_many_are_shown_and_thirty_cost_what_one_does(client, monkeypatch):
    rows = [make_article() for _ in range(31)]

    def cost(ids: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(client, ids)) == ids.count(".") + 1
        return len(queries)

    every = ".".join(str(row.pk) for row in rows)
    assert cost(str(rows[0].pk)) == cost(every) <= 8
    monkeypatch.setattr(favourites, "MOST", 30)
    assert titles(client, every) == [row.title for row in rows[:30]]


def test_nothing_is_left_with_the_reader_or_for_search_engines(client):
    response = client.get("/favourites/", {"ids": str(make_article().pk)})
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()
