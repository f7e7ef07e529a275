"""What changed is dropped at the next look, and by the clock; what cannot be seen ends what is kept."""

import datetime
import time

import pytest
from django.db import DatabaseError
from django.utils import timezone

from articles.models import Article
from organizations import kept
from organizations.audit import record
from tests.factories import make_article
from unioncms.page_cache import watching
from unioncms.page_cache.clock import Clock
from unioncms.page_cache.watching import Watcher

SOON = datetime.timedelta(minutes=5)


@pytest.fixture
def dropped(monkeypatch):
    """What was dropped, in order."""
    found = []
    monkeypatch.setattr(kept, "_followers", [lambda tags: found.append(sorted(tags))])
    yield found
    kept.trust(0)


def look_until_trusted(watcher) -> None:
    """On PostgreSQL what tests beside this one are writing has to end before."""
    for _ in range(600):
        watcher.look()
        if kept.is_trusted():
            return
        time.sleep(0.1)


@pytest.fixture
def watcher(db, dropped):
    """One that has looked once, in the test's own transaction."""
    record("save", tags=[])  # the numbers of entries go on from those of other tests
    found = Watcher()
    assert (kept.is_trusted(), found.is_away()) == (False, True)
    look_until_trusted(found)
    assert (kept.is_trusted(), found.is_away(), dropped) == (True, False, [["site"]])
    dropped.clear()
    return found


def test_what_changed_is_dropped_at_the_next_look(watcher, dropped):
    watcher.look()
    assert dropped == []
    record("save", tags=["channel:1", "articles"])
    record("save", tags=[])
    watcher.look()
    watcher.look()
    assert dropped == [["articles", "channel:1"]]


def test_while_it_cannot_look_what_is_kept_stays_for_a_while(watcher, dropped, monkeypatch):
    monkeypatch.setattr(watcher._entries, "new", lambda now: 1 / 0)
    now = watching.monotonic()
    with pytest.raises(ZeroDivisionError):
        watcher.look()
    assert (kept.is_trusted(), watcher.is_away(), dropped) == (True, False, [])
    monkeypatch.setattr(watching, "monotonic", lambda: now + watching.AWAY_AFTER + 1)
    assert (kept.is_trusted(), watcher.is_away()) == (True, True)
    monkeypatch.setattr(kept, "monotonic", lambda: now + watching.STALE_AT_MOST + 1)
    assert kept.is_trusted() is False


def test_what_came_meanwhile_is_dropped_when_it_can_look_again(watcher, dropped, monkeypatch):
    with monkeypatch.context() as away, pytest.raises(DatabaseError):
        away.setattr(watcher._entries, "_check_file", lambda: (_ for _ in ()).throw(DatabaseError()))
        watcher.look()
    record("save", tags=["article:1"])
    watcher.look()
    assert dropped == [["article:1"]]


def test_after_too_long_nothing_kept_is_used_any_more(watcher, dropped):
    kept.trust(0)
    look_until_trusted(watcher)
    assert (dropped, kept.is_trusted()) == ([["site"]], True)


def test_nothing_is_kept_before_what_was_being_written_has_ended(db, dropped, monkeypatch):
    monkeypatch.setattr(watching.Entries, "settled", lambda self: False)
    watcher, now = Watcher(), watching.monotonic()
    watcher.look()
    assert kept.is_trusted() is False
    monkeypatch.setattr(watching, "monotonic", lambda: now + watching.SETTLES_WITHIN + 1)
    watcher.look()
    assert kept.is_trusted() is True


def test_the_next_day_has_new_pages(watcher, dropped, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2099, 1, 1))
    watcher.look()
    watcher.look()
    assert dropped == [["site"]]


def test_what_begins_and_ends_by_the_clock_is_read_ahead(watcher, dropped, monkeypatch):
    expected = []
    monkeypatch.setattr(watcher.clock, "expect", expected.append)
    article, now = make_article("一则消息"), timezone.now()
    Article.objects.filter(pk=article.pk).update(withdraw_at=now + SOON)
    later = make_article("后来的消息")
    Article.objects.filter(pk=later.pk).update(publish_at=now + 10 * SOON)
    record("save", tags=[])
    watcher._ahead_at = float("-inf")
    watcher.look()
    [[(at, tags)]] = expected
    assert (at, f"article:{article.pk}" in tags) == (now + SOON, True)


def test_the_clock_drops_on_time_and_once(dropped, monkeypatch):
    now, clock = timezone.now(), Clock()
    past = (now - SOON, ("article:1",))
    clock.expect([(now + SOON, ("article:2",)), past])
    clock.start()
    while clock.is_alive() and not dropped:
        clock.join(0.01)
    clock.expect([past])  # read again before long
    clock.end()
    clock.join(10)
    assert (dropped, clock.is_alive()) == ([["article:1"]], False)
