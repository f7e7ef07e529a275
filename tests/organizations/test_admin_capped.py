"""The desk's lists count no further than anybody pages, and "all" of an action is what they count."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from organizations.admin import capped
from organizations.admin.scoped import ScopedAdmin
from organizations.models import Organization
from tests.factories import make_article, make_organization, make_user


@pytest.fixture
def administrator(client, db):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def test_pages_count_to_their_end_and_say_that_there_are_more(db, monkeypatch):
    monkeypatch.setattr(capped.CappedPaginator, "most", 3)
    for _number in range(4):
        make_organization()
    rows = Organization.objects.order_by("pk")
    few, many = capped.CappedPaginator(rows.filter(pk__in=rows[:3]), 2), capped.CappedPaginator(rows, 2)
    assert (few.count, few.is_capped) == (3, False)
    assert (many.count, many.is_capped, many.num_pages) == (3, True, 2)


def test_no_list_of_the_desk_counts_all_its_rows(administrator):
    lists = [model for model, desk in admin.site._registry.items() if isinstance(desk, ScopedAdmin)]
    assert len(lists) > 10
    for model in lists:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        with CaptureQueriesContext(connection) as asked:
            assert administrator.get(address, follow=True).status_code == 200
        counting = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT COUNT(")]
        assert [sql for sql in counting if "LIMIT" not in sql] == [], model
        assert len(asked) <= 15, model


def test_a_list_says_that_there_are_more_and_an_action_on_all_takes_those_counted(administrator, monkeypatch):
    monkeypatch.setattr(capped.CappedPaginator, "most", 3)
    owner = make_organization()
    for _number in range(4):
        make_article(owner=owner, public=False)
    address = reverse("admin:articles_article_changelist")
    assert "3+ " in administrator.get(address).text
    newest = [article.pk for article in Article.objects.newest()[:3]]
    administrator.post(address, {"action": "trash_chosen", "select_across": 1, "_selected_action": newest[:1]})
    trashed = Article.objects.filter(state=Article.State.TRASHED).newest()
    assert [article.pk for article in trashed] == newest
