"""New entries are read once each, however late they are committed; what cannot be known is said."""

import os
import time

import pytest
from django.db import DatabaseError

from unioncms.page_cache import entries as reading
from unioncms.page_cache.entries import GIVEN_UP_AFTER, Entries, Lost

from .own_database import TABLE, OwnDatabase, add, begin, commit, execute, only_on, roll_back

LATER = GIVEN_UP_AFTER + 1


def wait_until(it_is_so) -> None:
    """On PostgreSQL what tests beside this one are writing has to end before."""
    for _ in range(600):
        if it_is_so():
            return
        time.sleep(0.1)
    raise AssertionError("It never came to be so.")


@pytest.fixture
def database(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), OwnDatabase(tmp_path).open() as found:
        yield found


@pytest.fixture
def by(database):
    return database.connect()


@pytest.fixture
def entries(database, by):
    add(by, "before")
    found = Entries(database.connect())
    found.start()
    wait_until(found.settled)
    return found


def tags(entries, now: float = 0.0) -> list[list[str]]:
    return [tags for _number, tags in entries.new(now)]


def test_each_entry_comes_once(entries, by):
    assert (entries.settled(), tags(entries)) == (True, [])
    add(by, "articles", "tag:工会")
    add(by)
    assert tags(entries) == [["articles", "tag:工会"], []]
    add(by, "site")
    assert [tags(entries), tags(entries)] == [[["site"]], []]


def test_many_come_in_steps(entries, by, monkeypatch):
    monkeypatch.setattr(reading, "_SINCE", reading._SINCE.replace("LIMIT 1000", "LIMIT 2"))
    monkeypatch.setattr(reading, "BATCH", 2)
    for number in range(5):
        add(by, str(number))
    assert tags(entries) == [[str(number)] for number in range(5)]


@only_on("postgresql")  # SQLite commits in the order of the numbers
def test_what_is_committed_late_comes_late(entries, database, by):
    slow = database.connect()
    begin(slow)
    add(slow, "late")
    add(by, "first")
    assert tags(entries) == [["first"]]
    assert tags(entries, now=1000.0) == []  # however long it takes
    commit(slow)
    assert tags(entries, now=1000.0) == [["late"]]
    assert tags(entries, now=2000.0) == []


@only_on("postgresql")
def test_what_was_taken_back_is_no_longer_asked_for(entries, database, by):
    slow, other = database.connect(), database.connect()
    begin(slow)
    add(slow, "never")
    begin(other)
    add(other, "late")
    add(by, "first")
    assert (tags(entries), len(entries._missing)) == ([["first"]], 2)
    roll_back(slow)
    assert (tags(entries, LATER), len(entries._missing)) == ([], 2)  # the other still runs
    commit(other)
    assert tags(entries, LATER) == [["late"]]
    wait_until(lambda: tags(entries, LATER) == [] and not entries._missing)


@only_on("postgresql")
def test_what_was_being_written_at_the_start_is_waited_for(database, by):
    slow = database.connect()
    begin(slow)
    add(slow, "begun before")
    add(by, "there before")
    entries = Entries(database.connect())
    entries.start()
    assert (entries.settled(), tags(entries)) == (False, [])
    commit(slow)
    assert (entries.settled(), tags(entries)) == (True, [])


@only_on("postgresql")
def test_too_many_that_are_missing_are_not_looked_for(entries, database, by, monkeypatch):
    monkeypatch.setattr(reading, "MOST_MISSING", 3)
    execute(by, f"SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'), 900)")
    add(by, "far ahead")
    with pytest.raises(Lost):
        tags(entries)


def test_a_trail_that_was_put_back_is_another_one(entries, by):
    entries.check()
    execute(by, f"DELETE FROM {TABLE}")
    with pytest.raises(Lost):
        entries.check()


@only_on("sqlite")
def test_a_file_that_is_away_is_not_made_and_another_one_is_noticed(entries, database, by):
    away = f"{database.name}-away"
    database.close()  # the last connection writes all that was said into the file itself
    os.rename(database.name, away)
    with pytest.raises(DatabaseError):
        tags(entries)
    assert not os.path.exists(database.name)
    open(database.name, "wb").close()  # as SQLite does for whoever asks
    with pytest.raises(DatabaseError):
        tags(entries)
    entries.connection.close()  # as the watcher does after an error
    os.rename(away, database.name)
    add(by, "back again")
    assert tags(entries) == [["back again"]]
    with open(away, "wb") as other, open(database.name, "rb") as whole:
        other.write(whole.read())
    os.rename(away, database.name)
    with pytest.raises(Lost):
        tags(entries)


def test_a_table_that_is_away_is_an_error(entries, by):
    execute(by, f"DROP TABLE {TABLE}")
    with pytest.raises(DatabaseError):
        tags(entries)
