"""Long work lets others write between its transactions, where the database has one writer at a time."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from articles import reindexing
from articles.models import SearchDocument
from organizations import taking_turns
from tests.factories import make_article


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(taking_turns, "time", SimpleNamespace(sleep=found.append))
    return found


@pytest.mark.parametrize(
    ("vendor", "inside", "times"), [("sqlite", False, 1), ("sqlite", True, 0), ("postgresql", False, 0)]
)
def test_only_where_others_wait_and_can_come_in(monkeypatch, pauses, vendor, inside, times):
    monkeypatch.setattr(taking_turns, "connection", SimpleNamespace(vendor=vendor, in_atomic_block=inside))
    taking_turns.give_way()
    assert len(pauses) == times
    assert all(pause > 0.1 for pause in pauses)  # SQLite looks again so often


@pytest.mark.django_db
def test_the_index_is_rebuilt_by_transactions_of_few_articles(monkeypatch):
    for number in range(5):
        make_article(f"第{number}条消息")
    SearchDocument.objects.all().delete()
    monkeypatch.setattr(reindexing, "BATCH", 2)
    outside = len(connection.savepoint_ids)
    found = []

    def look():
        assert len(connection.savepoint_ids) == outside
        found.append(SearchDocument.objects.count())

    monkeypatch.setattr(reindexing, "give_way", look)
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    assert found == [2, 4, 5]
