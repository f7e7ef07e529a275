"""Values that are kept until what they were made of changes, and the tags of what is being made."""

import threading

import pytest
from django.db import transaction

from organizations import kept as keeping
from organizations.audit import record
from organizations.kept import also_drops, drop, keep_if_unchanged, kept, moment, trust
from organizations.shown import gathering, shows


@pytest.fixture(autouse=True)
def watched():
    """As in a process that watches for changes; nothing is left of it afterwards."""
    trust(60)
    yield
    trust(0)
    drop(["site"])


@pytest.fixture
def counter():
    """A function that counts its calls."""
    calls = []
    return lambda: calls.append(1) or len(calls)


@pytest.mark.parametrize(("dropped", "again"), [("articles", 2), ("channel:1", 2), ("site", 2), ("channel:2", 1)])
def test_a_value_is_kept_until_one_of_its_tags_is_dropped(counter, dropped, again):
    assert [kept("n", ["articles", "channel:1"], counter) for _ in range(2)] == [1, 1]
    drop([dropped, "tag:无关"])
    assert kept("n", ["articles", "channel:1"], counter) == again


def test_without_a_watcher_it_is_computed_each_time(counter):
    trust(0)
    assert [kept("n", ["articles"], counter) for _ in range(3)] == [1, 2, 3]


def test_what_was_kept_is_not_used_once_nobody_watches_any_more(counter):
    assert kept("n", ["articles"], counter) == 1
    trust(0)
    assert kept("n", ["articles"], counter) == 2


def test_a_value_with_a_time_is_computed_again_after_it(counter):
    assert [kept("n", [], counter, seconds=0) for _ in range(2)] == [1, 2]
    assert [kept("m", [], counter, seconds=60) for _ in range(2)] == [3, 3]


def test_what_changes_while_a_value_is_computed_keeps_it_from_being_kept(counter):
    def slowly():
        drop(["channel:1"])
        return counter()

    assert [kept("n", ["channel:1"], slowly) for _ in range(2)] == [1, 2]
    assert [kept("m", ["channel:2"], slowly) for _ in range(2)] == [3, 3]


def test_a_change_long_ago_is_told_from_one_since(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_TAGS", 3)
    before = moment()
    for number in range(10):
        drop([f"article:{number}"])
    assert keep_if_unchanged(["article:77"], before, lambda: None) is False  # too much happened to know
    assert keep_if_unchanged(["article:77"], moment(), lambda: None) is True


def test_only_so_many_values_are_kept(monkeypatch, counter):
    monkeypatch.setattr(keeping, "MOST_VALUES", 2)
    for name in ("a", "b", "a", "c"):
        kept(name, ["articles"], counter)
    assert [kept(name, ["articles"], counter) for name in ("a", "c", "b")] == [1, 3, 4]
    assert set().union(*keeping._names.values()) == {"c", "b"}


def test_shown_tags_reach_the_page_that_is_made_and_no_other(counter):
    shows("nobody gathers this")
    with gathering() as page:
        shows("article:1", "channel:2")
        kept("n", ["articles"], counter)
        with gathering() as inner:
            shows("article:3")
    with gathering() as second:
        kept("n", ["articles"], counter)
    assert (page, inner, second) == ({"article:1", "channel:2", "articles"}, {"article:3"}, {"articles"})


def test_threads_gather_apart():
    seen = []

    def other():
        shows("article:9")
        seen.append("done")

    with gathering() as page:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert (page, seen) == (set(), ["done"])


def test_who_keeps_elsewhere_is_told_and_may_fail(monkeypatch, caplog, counter):
    monkeypatch.setattr(keeping, "_followers", [])
    told = []
    also_drops(lambda tags: 1 / 0)
    also_drops(told.append)
    kept("n", ["articles"], counter)
    drop(["articles", "channel:1"])
    assert (told, kept("n", ["articles"], counter)) == ([{"articles", "channel:1"}], 2)
    assert "could not be dropped" in caplog.text


@pytest.mark.django_db(transaction=False)
def test_an_entry_drops_its_tags_in_this_process_once_it_is_committed(counter, django_capture_on_commit_callbacks):
    kept("n", ["channel:1"], counter)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            entry = record("save", tags=["channel:1", "articles"])
        assert kept("n", ["channel:1"], counter) == 1
    assert (entry.tags, kept("n", ["channel:1"], counter)) == (["channel:1", "articles"], 2)
