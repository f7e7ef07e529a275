"""A hypothesis machine that does random verbs as random people and holds each against what life.py expects.

What must hold between the steps: test_life_stateful.py.
"""

import datetime
import html

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from articles import corrections, links, particulars, publishing, reviewing, revisions
from articles.models import Article, Channel, PreviewLink, Review, Revision, SearchDocument, ViewCount
from organizations.models import AuditEntry, Membership, User
from tests.articles.life import ABOVE, AWAITING, CHANNELS, DECIDES, DENIED, PEOPLE, STAGES, WRONG, Life

WATCHED = (Article, Revision, Review, PreviewLink, SearchDocument, ViewCount, Article.tags.through)
START = datetime.datetime(2026, 1, 5, 1, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
MOST = 5

people = st.sampled_from(list(PEOPLE))
actors = st.tuples(people, st.sampled_from([True, True, False]))  # the latter: rather somebody who may
channels = st.sampled_from(list(CHANNELS))
which = st.integers(0, MOST - 1)
words = st.text("工会新闻𠮷a &<é　。", max_size=6)
titles = st.sampled_from(["工会新闻", "工会要闻", "𠮷林动态", "工会新闻", ""])
bodies = words.map(lambda text: f"<p>职工{html.escape(text, quote=False)}</p>") | st.just("")
sentences = st.sampled_from(["数字有误。", "改了日期。", "", "  "])
hours = st.sampled_from([None, -1, 1, 30])


def may(verb):
    return lambda life, person, article: life.may_with(person, verb, article)


def in_state(*states):
    return lambda life, article: article["state"] in states


FITTING = {  # verb: by whom and to which articles it will rather succeed
    "save": (may("write"), in_state("draft", "public", "withdrawn")),
    "submit": (may("write"), lambda life, article: article["revisions"][-1]["stage"] == "draft"),
    "decide": (Life.may_decide, lambda life, article: life.review_stage(article) in DECIDES),
    "publish": (may("publish"), Life.is_fit),
    "withdraw": (may("withdraw"), in_state("public")),
    "merge": (may("view"), Life.is_public),
    "correct": (may("publish"), lambda life, article: in_state("public")(life, article) and life.is_fit(article)),
    "cancel": (may("publish"), lambda life, article: article["correction"]),
    "make link": (may("delegate"), lambda life, article: life.review_stage(article) in AWAITING),
    "trash": (may("withdraw"), in_state("draft", "withdrawn")),
    "restore": (may("withdraw"), in_state("trashed")),
    "describe": (may("edit"), in_state("draft", "public", "withdrawn", "trashed")),
}


class Days(RuleBasedStateMachine):
    """One example: `life` says what must be, the database what is; all is rolled back at its end."""

    def __init__(self):
        super().__init__()
        self.examples = transaction.atomic()
        self.examples.__enter__()
        self.life = Life(START)
        self.clock.now = START
        self.pks: list[int] = []
        self.link_pks: list[int] = []
        self.pages: dict[int, tuple] = {}
        self.turn = 0
        self.before = self.rows()

    def teardown(self):
        transaction.set_rollback(True)
        self.examples.__exit__(None, None, None)

    # Doing

    def user(self, person) -> User:
        return User.objects.get(pk=self.world["people"][person])

    def article(self, index) -> Article:
        return Article.objects.get(pk=self.pks[index])

    def rows(self) -> dict:
        found = {model._meta.label: {row[0]: row for row in model.objects.values_list()} for model in WATCHED}
        return found | {"audit": set(AuditEntry.objects.values_list("pk", flat=True))}

    def at(self, hours):
        return None if hours is None else self.life.now + hours * HOUR

    def act(self, expected: str, person: str, index: int, verb, *given, **named):
        """Do it, and hold it against what was `expected`: the trail it leaves, and that nothing else has changed."""
        said, done = "", None
        try:
            done = verb(*given, **named)
        except PermissionDenied:
            said = DENIED
        except ValidationError as refusal:
            said = WRONG
            assert len(refusal.messages) == 1 and refusal.messages[0].strip().endswith((".", "。")), refusal.messages
        after = self.rows()
        assert bool(said) == (expected in (DENIED, WRONG)), (expected, said)
        assert said != DENIED or expected == DENIED, "refused for want of a right that is there"
        new = AuditEntry.objects.filter(pk__in=after["audit"] - self.before["audit"]).order_by("pk")
        if said or not expected:
            assert after == self.before, "a verb that did nothing left a trace"
        else:
            if verb is publishing.create:
                self.pks.append(max(set(after["articles.Article"]) - set(self.before["articles.Article"])))
            trail = [(one.verb, one.actor_id, one.object_type, one.object_id) for one in new]
            user = person and self.world["people"][person]
            about = user, "articles.article", str(self.pks[index])
            assert trail == [(verb, *about) for verb in expected.split(",")]
            self.others_are_as_they_were(index, after)
            if trail[-1][0] in ("publish", "schedule", "correct"):
                self.was_reviewed(index, person)
        self.before = after
        self.life.now += datetime.timedelta(seconds=1)
        self.clock.now = self.life.now
        return done

    def others_are_as_they_were(self, index, after) -> None:
        for other in self.pks[:index] + self.pks[index + 1 :]:
            row = self.before["articles.Article"].get(other)
            assert row == after["articles.Article"].get(other)
        for label in ("articles.Revision", "articles.Review"):
            assert set(self.before[label]) <= set(after[label]), "history was lost"

    def was_reviewed(self, index, person) -> None:
        """Read from the rows: the stages asked, in order, by different people, none of them an author."""
        article = self.article(index)
        columns = [field.attname for field in Article._meta.concrete_fields]
        row = dict(zip(columns, self.before["articles.Article"][article.pk], strict=True))
        public_before = row["first_published_at"] and row["first_published_at"] <= self.life.now
        since = Revision.objects.get(pk=row["live_revision_id"]).number if public_before else 0
        live = article.live_revision
        new = article.revisions.filter(number__gt=since, number__lte=live.number)
        authors = {pk for part in new.values_list("made_by", "submitted_by", "restored_from__made_by") for pk in part}
        authors.discard(None)
        channels = {live.channel_id}
        if public_before:
            channels.add(Revision.objects.get(pk=row["live_revision_id"]).channel_id)
        asked = list(STAGES[max(self.life.stages[self.world["channel names"][pk]] for pk in channels)])
        passes = Review.objects.filter(revision=live, decision="pass").order_by("at", "pk")
        deciders = []
        for stage, user, behind in passes.values_list("stage", "person", "link__made_by"):
            if asked and stage == asked[0]:
                asked.pop(0)
                deciders.append(user or behind)
        assert not asked, f"public without {asked}"
        assert len(set(deciders)) == len(deciders) and not authors & set(deciders)
        assert person == "administrator" or any(role != "contributor" for role, _, _ in self.life.held[person])

    # Verbs

    @initialize(first=channels, second=channels)
    def two_articles(self, first, second):
        self.create("contributor", "township", first, "工会新闻", "<p>职工之家。</p>")
        self.create("editor", "city", second, "工会要闻", "<p>职工之家。</p>")

    @rule(person=people, owner=st.sampled_from(list(ABOVE)), channel=channels, title=titles, body=bodies)
    @precondition(lambda self: len(self.pks) < MOST)
    def create(self, person, owner, channel, title, body):
        expected = self.life.create(person, owner, channel, title, body)
        owner, number = self.world["organizations"][owner], self.world["channels"][channel]
        text = {"title": title, "body": body}
        given = {"owner": owner, "channel": number, "by": self.user(person), "text": text}
        self.act(expected, person, len(self.pks), publishing.create, **given)

    @rule(
        actor=actors,
        which=which,
        title=titles,
        body=bodies,
        channel=st.none() | channels,
        base=st.sampled_from([0, 0, -1, None]),
        major=st.sampled_from([True, False, None]),
        note=sentences,
    )
    def save(self, actor, which, title, body, channel, base, major, note):
        person, index, article = self.aim("save", actor, which)
        channel = channel or article["revisions"][-1]["channel"]
        base = None if base is None else len(article["revisions"]) + base
        note = note.strip()
        expected = self.life.save(person, article, title, body, channel, base, major, note)
        text = {"title": title, "body": body, "channel": self.world["channels"][channel]}
        given = {"base": base, "major": major, "public_note": note}
        self.act(
            expected, person, index, publishing.save_revision, self.article(index), self.user(person), text, **given
        )

    @rule(actor=actors, which=which, number=st.integers(0, 3))
    def restore_revision(self, actor, which, number):
        person, index, article = self.aim("save", actor, which)
        expected = self.life.restore_revision(person, article, number)
        self.act(expected, person, index, revisions.restore_revision, self.article(index), self.user(person), number)

    def pick(self, which) -> tuple[int, dict]:
        index = which % len(self.pks)
        return index, self.life.articles[index]

    def aim(self, verb, actor, which) -> tuple[str, int, dict]:
        """The person, the article's place and the article: by chance, or such as fit the verb."""
        person, fitting = actor
        able, fits = FITTING[verb]
        index, article = self.pick(which)
        if fitting and (places := [place for place, one in enumerate(self.life.articles) if fits(self.life, one)]):
            index = places[which % len(places)]
            article = self.life.articles[index]
        if fitting and (others := [one for one in PEOPLE if able(self.life, one, article)]):
            person = others[list(PEOPLE).index(person) % len(others)]
        return person, index, article

    @rule(actor=actors, which=which)
    def submit(self, actor, which):
        person, index, article = self.aim("submit", actor, which)
        expected = self.life.submit(person, article)
        self.act(expected, person, index, reviewing.submit, self.article(index), self.user(person))

    @rule(
        actor=actors,
        which=which,
        number=st.sampled_from([0, 0, 0, -1, 1]),
        shown=st.sampled_from([None, None, None, *AWAITING]),
        passed=st.sampled_from([True, True, False]),
        opinion=sentences,
    )
    def decide(self, actor, which, number, shown, passed, opinion):
        person, index, article = self.aim("decide", actor, which)
        number += len(article["revisions"])
        expected = self.life.decide(person, article, number, shown, passed, opinion.strip())
        given = {"passed": passed, "revision": number, "stage": shown, "opinion": opinion}
        self.act(expected, person, index, reviewing.decide, self.article(index), self.user(person), **given)

    @rule(actor=actors, which=which, hours=hours)
    def publish(self, actor, which, hours):
        person, index, article = self.aim("publish", actor, which)
        at = self.at(hours)
        expected = self.life.publish(person, article, at)
        self.act(expected, person, index, publishing.publish, self.article(index), self.user(person), at=at)

    @rule(which=which, likely=st.integers(0, 20), steps=st.integers(1, 4))
    def onward(self, which, likely, steps):
        """The next steps of a text's way, each by somebody who may: chance alone seldom goes all of it."""
        for _ in range(steps):
            index, article = self.pick(which)
            stage = self.life.review_stage(article)
            if stage in AWAITING:
                able = [person for person in PEOPLE if self.life.may_decide(person, article)]
            else:
                able = [person for person in PEOPLE if self.life.may_in_both(person, "publish", article)]
            if not able:
                return
            actor = able[likely % len(able)], False
            if stage in AWAITING:
                self.decide(actor, index, 0, stage, True, "")
            elif stage == "approved":
                self.publish(actor, index, 30 if likely % 3 == 0 else None)
            else:
                self.submit(actor, index)

    @rule(actor=actors, which=which, reason=sentences, kind=st.sampled_from(Article.Withdrawal.values), into=which)
    def withdraw(self, actor, which, reason, kind, into):
        person, index, article = self.aim("withdraw", actor, which)
        _, target, other = self.aim("merge", (person, actor[1]), into)
        expected = self.life.withdraw(person, article, reason.strip(), kind, other)
        row, into, user = self.article(index), self.article(target), self.user(person)
        self.act(expected, person, index, publishing.withdraw, row, user, reason, kind=kind, into=into)

    @rule(actor=actors, which=which, hours=st.sampled_from([1, 5, 30, -1]))
    def schedule_correction(self, actor, which, hours):
        person, index, article = self.aim("correct", actor, which)
        at = self.at(hours)
        expected = self.life.schedule_correction(person, article, at)
        self.act(expected, person, index, corrections.schedule, self.article(index), self.user(person), at)

    @rule(actor=actors, which=which)
    def cancel_correction(self, actor, which):
        person, index, article = self.aim("cancel", actor, which)
        expected = self.life.cancel_correction(person, article)
        self.act(expected, person, index, corrections.cancel, self.article(index), self.user(person))

    @rule()
    def the_worker_comes(self):
        for index, article in enumerate(self.life.articles):
            expected, person = self.life.apply_correction(article)
            self.act(expected, person, index, corrections.apply, self.pks[index])
        assert corrections.apply_due() == []

    @rule(
        actor=actors,
        which=which,
        recipient=st.sampled_from(["张主席", "张主席 转", "李主席", "signer", "second reviewer", " "]),
        hours=st.sampled_from([2, 200, 9999]),
        decides=st.sampled_from([True, False]),
    )
    def make_link(self, actor, which, recipient, hours, decides):
        person, index, article = self.aim("make link", actor, which)
        expected = self.life.make_link(person, article, recipient.strip(), decides, hours)
        given = {"recipient": recipient, "decides": decides, "expires_at": self.at(hours)}
        if link := self.act(expected, person, index, links.make, self.article(index), self.user(person), **given):
            self.link_pks.append(link.pk)

    @precondition(lambda self: self.link_pks)
    @rule(person=people, which=st.integers(0, 9))
    def revoke_link(self, person, which):
        which %= len(self.link_pks)
        link = self.life.links[which]
        expected = self.life.revoke_link(person, link)
        row, index = PreviewLink.objects.get(pk=self.link_pks[which]), self.life.articles.index(link["article"])
        self.act(expected, person, index, links.revoke, row, self.user(person))

    @precondition(lambda self: self.link_pks)
    @rule(which=st.integers(0, 9), visitor=st.none() | people, passed=st.sampled_from([True, False]), opinion=sentences)
    def open_link_and_decide(self, which, visitor, passed, opinion):
        """The page is read at one time and answered at the next turn: `shown` may be out of date by then."""
        which %= len(self.link_pks)
        link, row = self.life.links[which], PreviewLink.objects.get(pk=self.link_pks[which])
        index = self.life.articles.index(link["article"])
        latest = self.article(index).latest_revision
        page = links.ticket(row, latest), (latest.number, latest.stage)
        ticket, shown = self.pages.pop(which, page)
        self.pages[which] = page
        expected = self.life.decide_by_link(visitor, link, shown, passed, opinion.strip())
        visitor = visitor and self.user(visitor)
        given = {"ticket": ticket, "passed": passed, "opinion": opinion}
        self.act(expected, None, index, links.decide, row, visitor, **given)

    @rule(actor=actors, which=which)
    def trash(self, actor, which):
        person, index, article = self.aim("trash", actor, which)
        expected = self.life.trash(person, article)
        self.act(expected, person, index, publishing.trash, self.article(index), self.user(person))

    @rule(actor=actors, which=which)
    def restore(self, actor, which):
        person, index, article = self.aim("restore", actor, which)
        expected = self.life.restore(person, article)
        self.act(expected, person, index, publishing.restore, self.article(index), self.user(person))

    @rule(actor=actors, which=which, owner=st.none() | st.sampled_from(list(ABOVE)), hours=hours)
    def describe(self, actor, which, owner, hours):
        person, index, article = self.aim("describe", actor, which)
        values = {"owner": owner} if owner else {"withdraw_at": self.at(hours)}
        expected = self.life.describe(person, article, values)
        if owner:
            values = {"owner": self.world["organizations"][owner]}
        self.act(expected, person, index, particulars.describe, self.article(index), self.user(person), **values)

    # What happens around the articles

    @rule(hours=st.sampled_from([1, 2, 40]))
    def time_passes(self, hours):
        self.life.now += hours * HOUR
        self.clock.now = self.life.now

    @rule(channel=channels, stages=st.integers(0, 3))
    def a_channel_asks_for(self, channel, stages):
        self.life.stages[channel] = stages
        Channel.objects.filter(pk=self.world["channels"][channel].pk).update(review_stages=stages)

    @rule(
        person=people,
        role=st.sampled_from(Membership.Role.values),
        at=st.sampled_from(list(ABOVE)),
        limit=st.none() | channels,
    )
    def give_a_role(self, person, role, at, limit):
        if any((role, at) == held[:2] for held in self.life.held[person]):
            return
        self.life.held[person].append((role, at, limit))
        self.world["give"](person, role, at, limit)

    @rule(person=people, which=which)
    def take_a_role(self, person, which):
        if held := self.life.held[person]:
            role, at, _ = held.pop(which % len(held))
            organization = self.world["organizations"][at]
            Membership.objects.get(user=self.world["people"][person], role=role, organization=organization).delete()
