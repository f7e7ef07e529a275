"""The verbs of review: who may decide on what, in which order, and what cannot be got round."""

import datetime
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import publishing, reviewing
from articles.models import Article, ChannelLimit, PreviewLink, Review
from organizations.models import AuditEntry, Membership
from tests.articles.review_people import decide, fresh, make_office
from tests.factories import make_article, make_channel, make_organization, make_user


@pytest.fixture
def office(db):
    return make_office()


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda error: error.code == code or hasattr(error, "error_dict"))


def link(office, article, **fields):
    later = timezone.now() + datetime.timedelta(days=1)
    given = {"recipient": "王主席", "decides": True, "expires_at": later, "made_by": office.signer}
    return PreviewLink.objects.create(article=article, made_by_name="", **given | fields)


@pytest.mark.parametrize(
    ("stages", "way"),
    [
        (0, ["approved"]),
        (1, ["final", "approved"]),
        (2, ["first", "final", "approved"]),
        (3, ["first", "second", "final", "approved"]),
    ],
)
def test_a_text_passes_the_stages_its_channel_asks_for_and_can_then_be_published(db, stages, way):
    office = make_office(stages)
    article = office.article()
    reviewing.submit(article, office.writer)
    seen = [article.review_stage]
    for person in {"first": [office.reviewer], "second": [office.second], "final": [office.signer]}.values():
        if article.review_stage != "approved" and not reviewing.hindrance(person[0], article):
            with refused("review"):
                publishing.publish(article, office.manager)
            decide(article, person[0], opinion="同意")
            seen.append(article.review_stage)
    assert seen == way
    assert reviewing.outstanding(article.latest_revision) == []
    publishing.publish(article, office.editor)
    assert (article.state, article.review_stage, article.latest_revision.stage) == ("public", "", "approved")
    verbs = list(AuditEntry.objects.filter(object_id=str(article.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["create", "submit", *["pass"] * stages, "publish"]


def test_a_contributor_cannot_publish_even_what_has_passed(db):
    office = make_office(0)
    article = office.submitted()
    with pytest.raises(PermissionDenied):
        publishing.publish(article, office.writer)


def test_the_first_and_second_reviewer_are_two_people(office):
    article = office.submitted()
    decide(article, office.reviewer)
    with refused("hindrance"):
        decide(article, office.reviewer)
    assert article.review_stage == "second"
    decide(article, office.second)
    with pytest.raises(PermissionDenied):  # a reviewer does not sign
        decide(article, office.reviewer)


def test_a_signer_who_stood_in_for_a_reviewer_does_not_sign(office):
    article = office.submitted()
    decide(article, office.signer)
    decide(article, office.second)
    with refused("hindrance"):
        decide(article, office.signer)


@pytest.mark.parametrize("part", ["writes", "edits", "submits"])
def test_nobody_decides_on_their_own_text_administrators_neither(office, part):
    boss = make_user("administrator", is_superuser=True)
    if part == "writes":
        article = office.submitted(by=boss)
    else:
        article = office.article()
        if part == "edits":
            publishing.save_revision(article, boss, {"title": "改过的题目"})
            publishing.save_revision(article, office.writer, {"title": "再改的题目"})
        reviewing.submit(article, boss if part == "submits" else office.writer)
    assert reviewing.hindrance(boss, article)
    for passed in (True, False):
        with refused("hindrance"):
            decide(article, boss, passed=passed, opinion="自审")
    assert not Review.objects.exists()


def test_an_administrator_decides_once_on_a_revision(office):
    boss = make_user("administrator", is_superuser=True)
    article = office.submitted()
    decide(article, boss)
    with refused("hindrance"):
        decide(article, boss)


def test_what_readers_have_had_may_be_reviewed_by_its_old_author_but_not_what_only_waits_for_its_time(office):
    text = office.submitted(by=office.editor)
    for person in (office.reviewer, office.second, office.signer):
        decide(text, person)
    publishing.publish(text, office.editor, at=timezone.now() + datetime.timedelta(days=1))
    assert reviewing.authors(text) == {office.editor.pk}
    publishing.save_revision(text, office.manager, {"title": "更正的题目"})
    assert reviewing.authors(text) == {office.editor.pk, office.manager.pk}
    Article.objects.filter(pk=text.pk).update(first_published_at=timezone.now(), publish_at=None)
    text.refresh_from_db()
    assert reviewing.authors(text) == {office.manager.pk}


def test_an_edit_after_sign_off_starts_the_review_anew(office):
    article = office.submitted()
    for person in (office.reviewer, office.second, office.signer):
        decide(article, person)
    publishing.save_revision(article, office.writer, {"title": "签发后改的题目"})
    article.refresh_from_db()
    assert (article.review_stage, article.revisions.get(number=1).stage) == ("", "superseded")
    with refused("review"):
        publishing.publish(article, office.signer)
    reviewing.submit(article, office.writer)
    assert article.review_stage == "first"


def test_saving_an_unchanged_text_keeps_its_place_in_the_review(office):
    article = office.submitted()
    publishing.save_revision(article, office.writer, {"title": article.title})
    article.refresh_from_db()
    assert (article.review_stage, article.latest_revision.number) == ("first", 1)


def test_stages_raised_after_approval_are_asked_for_and_lowered_ones_no_longer(db):
    office = make_office(1)
    article = office.submitted()
    decide(article, office.signer)
    office.channel.review_stages = 3
    office.channel.save()
    article.refresh_from_db()
    with refused("review"):
        publishing.publish(article, office.editor)
    reviewing.submit(article, office.writer)
    assert (article.review_stage, article.latest_revision.number) == ("first", 1)
    office.channel.review_stages = 1
    office.channel.save()
    article = Article.objects.get(pk=article.pk)
    publishing.publish(article, office.editor)
    assert article.is_public_now


def test_whoever_submits_for_the_second_time_does_so_with_a_revision_that_nobody_has_decided_on(db):
    office = make_office(1)
    article = office.submitted()
    decide(article, office.signer)
    office.channel.review_stages = 2
    office.channel.save()
    article.refresh_from_db()
    reviewing.submit(article, office.reviewer)
    assert (article.review_stage, article.latest_revision.number) == ("first", 2)
    assert article.latest_revision.submitted_by == office.reviewer
    assert reviewing.authors(article) == {office.writer.pk, office.reviewer.pk}
    assert list(article.revisions.order_by("number").values_list("stage", flat=True)) == ["superseded", "first"]
    assert reviewing.hindrance(office.signer, article) == ""


@pytest.mark.parametrize("stages", [0, 1, 3])
def test_a_returned_text_has_to_change_before_it_is_submitted_or_published(db, stages):
    office = make_office(stages)
    article = office.submitted()
    if stages == 1:
        decide(article, office.signer)  # it is the publisher who returns it
    who = {0: office.editor, 1: office.editor, 3: office.reviewer}[stages]
    with pytest.raises(ValidationError, check=lambda error: "opinion" in error.error_dict):
        decide(article, who, passed=False, opinion=" \n")
    decide(article, who, passed=False, opinion="请核对数字。")
    assert article.review_stage == "returned"
    with refused("returned"):
        reviewing.submit(article, office.writer)
    with refused("returned"):
        publishing.publish(article, office.manager)
    assert reviewing.hindrance(office.signer, article)
    publishing.save_revision(article, office.writer, {"title": "改好的题目"})
    reviewing.submit(article, office.writer)
    assert article.review_stage == {0: "approved", 1: "final", 3: "first"}[stages]
    assert AuditEntry.objects.get(verb="return").note == "请核对数字。"


def test_a_decision_on_a_text_that_was_changed_meanwhile_is_refused(office):
    article = office.submitted()
    publishing.save_revision(article, office.writer, {"title": "悄悄换掉的题目"})
    reviewing.submit(article, office.writer)
    with refused("stale"):
        decide(article, office.reviewer, revision=1)
    assert not Review.objects.exists()
    with pytest.raises(PermissionDenied):  # and whoever has no right is not told of it
        decide(article, office.editor, revision=1)


def test_what_is_in_the_trash_or_withdrawn_or_public_is_not_decided_on(office):
    article = office.submitted()
    publishing.trash(article, office.writer)
    with refused("hindrance"):
        decide(article, office.reviewer)
    with refused("state"):
        reviewing.submit(article, office.editor)
    publishing.restore(article, office.writer)
    assert article.review_stage == "first"
    for person in (office.reviewer, office.second, office.signer):
        decide(article, person)
    publishing.publish(article, office.editor)
    with refused("live"):
        reviewing.submit(article, office.editor)
    publishing.withdraw(article, office.editor, "误发")
    with refused("live"):
        reviewing.submit(article, office.editor)
    with refused("hindrance"):
        decide(article, office.signer, passed=False, opinion="不妥")
    publishing.save_revision(article, office.editor, {"title": "撤下后改的"})
    reviewing.submit(article, office.editor)
    assert article.review_stage == "first"


def test_submitting_is_refused_with_a_sentence_where_there_is_nothing_to_review(office):
    empty = office.article(body="")
    with refused("empty"):
        reviewing.submit(empty, office.writer)
    article = office.submitted("第二篇")
    with refused("submitted"):
        reviewing.submit(article, office.writer)
    for person in (office.reviewer, office.second, office.signer):
        decide(article, person)
    with refused("approved"):
        reviewing.submit(article, office.writer)


def test_nobody_from_elsewhere_and_no_command_takes_part(office):
    article = office.submitted()
    for role in Membership.Role.values:
        stranger = make_user(role=role, organization=make_organization())
        with pytest.raises(PermissionDenied):
            decide(article, stranger)
        with pytest.raises(PermissionDenied):
            reviewing.submit(article, stranger)
    with pytest.raises(PermissionDenied):
        decide(article, None)
    assert article.review_stage == "first"


def test_a_reviewer_narrowed_to_a_channel_needs_it_in_the_channel_the_text_moves_to(office):
    other = make_channel("通知公告")
    article = make_article("旧栏目的稿件", owner=office.township, channel=other)
    publishing.save_revision(article, office.editor, {"channel": office.channel})
    reviewing.submit(article, office.editor)
    ChannelLimit.objects.create(membership=office.reviewer.memberships.get(), channel=other)
    narrowed = fresh(office.reviewer)
    assert reviewing.hindrance(narrowed, article)
    assert article not in reviewing.waiting_for(narrowed)
    with pytest.raises(PermissionDenied):
        decide(article, narrowed)
    assert article in reviewing.waiting_for(office.second)


# By a link


def test_a_leader_decides_by_a_link_once_and_its_maker_has_then_taken_part(office):
    article = office.submitted()
    given = link(office, article)
    review = decide(article, None, link=given, opinion="同意")
    assert (review.person, review.person_name, review.link) == (None, "王主席", given)
    assert AuditEntry.objects.get(verb="pass").actor_name == "王主席"
    with refused("link"):
        decide(article, None, link=given)
    with refused("hindrance"):  # the same leader by a second link of somebody else
        decide(article, None, link=link(office, article, made_by=office.manager))
    with refused("hindrance"):
        decide(article, office.signer)


@pytest.mark.parametrize("made_by", ["writer", "editor", "reviewer", None])
def test_a_link_of_somebody_who_must_not_delegate_decides_nothing(office, made_by):
    article = office.submitted(by=office.editor)
    maker = getattr(office, made_by) if made_by else None
    with refused("link"):
        decide(article, None, link=link(office, article, made_by=maker))
    assert not Review.objects.exists()


def test_a_link_of_the_author_or_of_somebody_who_decided_or_opened_by_one_decides_nothing(office):
    article = office.submitted(by=office.manager)
    with refused("hindrance"):
        decide(article, None, link=link(office, article, made_by=office.manager))
    with refused("hindrance"):
        decide(article, office.manager, link=link(office, article))
    with refused("hindrance"):
        decide(article, office.signer)  # whose link is open
    PreviewLink.objects.filter(made_by=office.signer).update(revoked_at=timezone.now())
    decide(article, office.signer)
    with refused("hindrance"):
        decide(article, None, link=link(office, article))


@pytest.mark.parametrize("recipient", ["signer", " sig ner 主任", "张主席", "张 主席 转李"])
def test_nobody_decides_twice_by_a_link_for_their_own_name(office, recipient):
    article = office.submitted()
    opened = link(office, article, made_by=office.manager, recipient="张主席")
    decide(article, None, link=opened)
    decide(article, office.signer)
    other = make_user(role="manager", organization=office.city)
    with refused("hindrance"):
        decide(article, None, link=link(office, article, made_by=other, recipient=recipient))


def test_somebody_whose_name_has_decided_by_a_link_does_not_decide_at_the_desk(office):
    article = office.submitted()
    decide(article, None, link=link(office, article, made_by=office.manager, recipient="sig ner主席"))
    assert reviewing.hindrance(office.signer, article)
    assert list(reviewing.waiting_for(office.signer)) == []
    assert list(reviewing.waiting_for(office.second)) == [article]


def test_a_link_for_reading_or_ended_or_of_another_article_decides_nothing(office):
    article = office.submitted()
    now = timezone.now()
    for fields in ({"decides": False}, {"revoked_at": now}, {"expires_at": now}):
        with refused("link"):
            decide(article, None, link=link(office, article, **fields))
    with refused("link"):
        decide(article, None, link=link(office, office.submitted("另一篇")))
    with refused("stale"):
        decide(article, None, link=link(office, article), revision=7)


# What waits for whom


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_waiting_for_lists_exactly_what_nothing_hinders(db, seed):
    chance = random.Random(seed)
    office = make_office()
    channels = [office.channel, *(make_channel(review_stages=number) for number in (0, 1, 2))]
    people = [*office.people(), make_user("administrator", is_superuser=True)]
    people += [
        make_user(
            role=chance.choice(Membership.Role.values), organization=chance.choice([office.city, office.township])
        )
        for _ in range(6)
    ]
    for person in people[-3:]:
        ChannelLimit.objects.create(membership=person.memberships.get(), channel=chance.choice(channels))
    articles = [
        make_article(owner=chance.choice([office.city, office.township]), channel=channel, public=False)
        for channel in channels * 3
    ]
    compared, watching = 0, [fresh(one) for one in people]
    for _ in range(160):
        try:
            _step(chance, chance.choice(articles), fresh(chance.choice(people)), channels)
        except (PermissionDenied, ValidationError):
            continue
        rows = list(Article.objects.select_related("latest_revision__channel", "live_revision", "owner", "channel"))
        for one in watching:
            free = {
                row.pk for row in rows if row.review_stage in reviewing.AWAITING and not reviewing.hindrance(one, row)
            }
            assert set(reviewing.waiting_for(one).values_list("pk", flat=True)) == free
            compared += len(free)
    assert compared > 100


def _step(chance, article, person, channels):
    """One verb of those that move a text, by chance."""
    article.refresh_from_db()
    read = {"revision": article.latest_revision.number}
    verbs = [
        lambda: reviewing.submit(article, person),
        lambda: reviewing.decide(article, person, passed=True, **read),
        lambda: reviewing.decide(article, person, passed=True, **read),
        lambda: reviewing.decide(article, person, passed=False, opinion="改", **read),
        lambda: publishing.save_revision(article, person, {"title": f"题{chance.random()}"}),
        lambda: publishing.save_revision(article, person, {"channel": chance.choice(channels)}),
        lambda: publishing.publish(article, person),
    ]
    chance.choice(verbs)()
