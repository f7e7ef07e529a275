"""The channels as every page reads them."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.menu import channels
from articles.models import Article
from tests.factories import make_article, make_channel

pytestmark = pytest.mark.django_db


def plan_of(sql: str) -> str:
    """How the database would go about a query, with what it knows of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_an_empty_channel_does_not_make_a_page_read_every_article():
    full, empty = make_channel("满"), make_channel("空")
    first = make_article(channel=full)
    about = {"owner": first.owner, "channel": full, "state": Article.State.PUBLIC, "title": "一篇稿件"}
    about |= {"live_revision": first.live_revision, "first_published_at": timezone.now(), "summary": "摘" * 200}
    Article.objects.bulk_create(Article(**about) for _ in range(3000))
    with CaptureQueriesContext(connection) as queries:
        known = channels(RequestFactory().get("/"))
    assert [known[full.pk].shown, known[empty.pk].shown] == [True, False]
    [query] = queries
    read = [line for line in plan_of(query["sql"]).splitlines() if "article" in line]
    assert read
    assert not [line for line in read if "Seq Scan on articles_article" in line or line.startswith("SCAN articles_art")]
