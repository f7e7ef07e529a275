"""Random people do random verbs to a few articles; the site must do what the plain account of it in life.py says.

LIFE_EXAMPLES=2000 looks further than the suite does, and elsewhere each time.
"""

import os

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from articles import reviewing
from articles.models import Article, ChannelLimit, Revision, SearchDocument
from organizations.consistency import faults
from organizations.models import Membership
from tests.articles.days import START, Days
from tests.articles.life import ABOVE, AWAITING, CHANNELS, DECIDES, PEOPLE, ROLES
from tests.factories import make_channel, make_organization, make_user


class CheckedDays(Days):
    """What holds after each step."""

    @invariant()
    def rows_are_as_told(self):
        names = self.world["channel names"]
        rows = Article.objects.select_related("live_revision", "latest_revision", "correction").in_bulk(self.pks)
        for pk, told in zip(self.pks, self.life.articles, strict=True):
            row, latest = rows[pk], len(told["revisions"])
            shown = told["revisions"][(told["live"] or latest) - 1]
            assert (row.state, row.withdrawal_kind, row.review_stage) == (
                told["state"],
                told["kind"],
                self.life.review_stage(told),
            )
            assert row.latest_revision.number == latest
            assert (row.live_revision and row.live_revision.number) == told["live"]
            correction = row.correction and row.correction.number
            assert (correction, row.correct_at) == (told["correction"], told["correct_at"])
            assert bool(row.correction_failure) == told["failed"]
            assert (row.title, names[row.channel_id]) == (shown["title"], told["channel"])
            times = row.first_published_at, row.publish_at, row.withdraw_at
            assert times == (told["first_at"], told["publish_at"], told["withdraw_at"])
            assert [change["note"] for change in row.changes] == told["notes"]
            merged = told["into"] and self.pks[self.life.articles.index(told["into"])]
            assert row.merged_into_id == merged
            self.is_within_the_machine(row)

    def is_within_the_machine(self, row):
        """The states there are, and what each may come with."""
        live, latest = row.live_revision_id, row.latest_revision_id
        stage, way = row.latest_revision.stage, row.review_stage
        assert stage != "superseded"
        assert way in ("", *DECIDES, "returned") and way in ("", stage)
        assert {
            "draft": live is None and not row.withdrawal_kind and row.first_published_at is None,
            "public": live is not None and not row.withdrawal_kind and row.first_published_at is not None,
            "withdrawn": live is not None and row.withdrawal_kind != "" and row.correction_id is None,
            "trashed": way == "" and (live is not None) == (row.withdrawal_kind != "") and row.correction_id is None,
        }[row.state]
        assert not way or latest not in (live, row.correction_id)
        assert (row.merged_into_id is not None) == (row.withdrawal_kind == "merged")

    @invariant()
    def no_text_is_lost(self):
        found: dict[int, list] = {pk: [] for pk in self.pks}
        rows = Revision.objects.filter(article__in=self.pks).order_by("article", "number")
        for row in rows:
            found[row.article_id].append((row.number, row.title, row.body, row.channel_id, row.stage, row.public_note))
        for pk, told in zip(self.pks, self.life.articles, strict=True):
            fields = ("title", "body", "channel", "stage", "note")
            texts = [(number, *(one[name] for name in fields)) for number, one in enumerate(told["revisions"], 1)]
            names = self.world["channel names"]
            assert [(*row[:3], names[row[3]], *row[4:]) for row in found[pk]] == texts

    @invariant()
    def everybody_sees_what_they_may(self):
        pairs = list(zip(self.pks, self.life.articles, strict=True))
        assert set(Article.objects.published().values_list("pk", flat=True)) == {
            pk for pk, told in pairs if self.life.is_public(told)
        }
        readable = {pk for pk, told in pairs if self.life.is_readable(told)}
        assert set(Article.objects.readable().values_list("pk", flat=True)) == readable
        self.turn += 1
        if self.turn % 2:
            return
        person = list(PEOPLE)[self.turn // 2 % len(PEOPLE)]
        user = self.user(person)
        seen = {pk for pk, told in pairs if self.life.may_with(person, "view", told)} | readable
        assert set(Article.objects.visible_to(user).values_list("pk", flat=True)) == seen
        verb = list(ROLES)[self.turn // 2 % len(ROLES)]
        able = {pk for pk, told in pairs if self.life.may_with(person, verb, told)}
        assert set(Article.objects.within(user, verb).values_list("pk", flat=True)) == able, verb
        waiting = {
            pk for pk, told in pairs if self.life.review_stage(told) in AWAITING and self.life.may_decide(person, told)
        }
        assert set(reviewing.waiting_for(user).values_list("pk", flat=True)) == waiting, person

    @invariant()
    def the_data_holds_together(self):
        if self.turn % 8 == 0:
            assert list(faults()) == []
        live = SearchDocument.objects.exclude(side=SearchDocument.Side.LATEST).values_list("article", flat=True)
        assert set(live) == {
            pk for pk, told in zip(self.pks, self.life.articles, strict=True) if told["state"] == "public"
        }


class Clock:
    now = START


@pytest.fixture
def world(db) -> dict:
    organizations, numbers, users = {}, {}, {}
    for name, above in ABOVE.items():
        organizations[name] = make_organization(name, parent=organizations.get(above), level=None)
    for name, (above, stages) in CHANNELS.items():
        numbers[name] = make_channel(name, parent=numbers.get(above), review_stages=stages)

    def give(person, role, at, limit):
        row = Membership.objects.create(user_id=users[person], role=role, organization=organizations[at])
        if limit:
            ChannelLimit.objects.create(membership=row, channel=numbers[limit])

    for person, held in PEOPLE.items():
        users[person] = make_user(person, is_superuser=person == "administrator").pk
        for one in held:
            give(person, *one)
    names = {row.pk: name for name, row in numbers.items()}
    return {"organizations": organizations, "channels": numbers, "channel names": names, "people": users, "give": give}


def test_random_days(world, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    more = int(os.environ.get("LIFE_EXAMPLES", 0))
    machine = type("Days", (CheckedDays,), {"world": world, "clock": clock})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=more or 25,
            stateful_step_count=25,
            derandomize=not more,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
