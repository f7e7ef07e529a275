"""Publication moves a plan's anchors: what stands, what breaks, what heals, what was reported stays."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.canonical import canonical
from articles.html import plain_text
from organizations.models import AuditEntry
from plans import filing
from plans.anchoring import reanchor
from plans.consistency import quotes_stand
from plans.models import Clause, Evidence, ProgressReport, Target
from tests.factories import make_article, make_plan, make_user

pytestmark = pytest.mark.django_db

DONE = "完成率达到100%。"
BODY = (
    f"<h2>一、加强组织建设</h2><p>推动企业建会。</p><p>{DONE}</p>"
    f"<h2>二、维护职工权益</h2><p>推动集体协商。</p><p>{DONE}</p><p>发展会员1000名。</p>"
)


@pytest.fixture
def plan():
    return make_plan(make_article("2024年工作要点", kind="plan", body=BODY), year=2024)


def publish(plan, body: str):
    publishing.save_revision(plan.article, None, {"body": body})
    publishing.publish(plan.article, None)
    plan.refresh_from_db()
    return plan


def text_of(plan) -> str:
    return canonical(plain_text(plan.text_revision.body))


def before(plan, target, length: int = 7) -> str:
    target.refresh_from_db()
    return text_of(plan)[target.start - length : target.start]


def twins(plan) -> list[Target]:
    return list(plan.targets.filter(number=100))


def test_a_clause_whose_heading_is_gone_is_broken_and_heals(plan):
    first, second = plan.clauses.all()
    publish(plan, BODY.replace("加强组织建设", "夯实基层基础"))
    assert list(plan.clauses.values_list("pk", "broken")) == [(first.pk, True), (second.pk, False)]
    assert plan.reanchored["clauses_broken"] == [first.pk]
    assert list(quotes_stand()) == []
    publish(plan, BODY)
    assert not plan.clauses.filter(broken=True).exists()
    assert plan.reanchored["clauses_broken"] == []


def test_a_heading_is_not_found_inside_a_sentence(plan):
    publish(plan, BODY.replace("<h2>一、加强组织建设</h2>", "").replace("推动企业建会", "加强组织建设，推动企业建会"))
    assert plan.clauses.get(heading="加强组织建设").broken


def test_a_clause_that_is_counted_anew_keeps_its_row_and_takes_the_new_number(plan):
    rights = plan.clauses.get(number="二、")
    more = "<h2>二、推进产改</h2><p>抓好落实。</p><h2>二、维护"
    publish(plan, BODY.replace("<h2>二、维护", more).replace("二、维护", "三、维护"))
    rights.refresh_from_db()
    assert (rights.number, rights.heading, rights.broken) == ("三、", "维护职工权益", False)


def test_equal_sentences_follow_their_paragraphs_when_these_change_places(plan):
    first, second = twins(plan)
    half = BODY.index("<h2>二")
    publish(plan, BODY[half:] + BODY[:half])
    assert before(plan, first) == "推动企业建会。"
    assert before(plan, second) == "推动集体协商。"
    assert not plan.targets.filter(broken=True).exists()


def test_of_two_equal_sentences_the_one_taken_out_is_broken(plan):
    first, second = twins(plan)
    publish(plan, BODY.replace(f"建会。</p><p>{DONE}", "建会。"))
    assert before(plan, second) == "推动集体协商。"
    first.refresh_from_db()
    assert first.broken
    publish(plan, BODY.replace(f"建会。</p><p>{DONE}", "建会。").replace("发展", "新发展"))
    first.refresh_from_db()
    assert first.broken  # the place of its twin is not its own
    publish(plan, BODY)
    assert before(plan, first) == "推动企业建会。"
    assert not first.broken
    assert plan.reanchored["healed"] == [first.pk]


def test_what_may_be_one_or_the_other_is_left_to_a_person(plan):
    first, second = twins(plan)
    publish(plan, f"<p>全新的开头。</p><p>{DONE}</p><p>全新的结尾。</p>")
    assert plan.targets.filter(broken=True, pk__in=[first.pk, second.pk]).count() == 2
    publish(plan, BODY)
    assert [before(plan, first), before(plan, second)] == ["推动企业建会。", "推动集体协商。"]


def test_a_doubled_paragraph_is_left_to_a_person():
    plan = make_plan(make_article("要点", kind="plan", body="<p>开头。</p><p>新建工会20家。</p><p>结尾。</p>"))
    publish(plan, "<p>开头。</p><p>新建工会20家。</p><p>开头。</p><p>新建工会20家。</p><p>结尾。</p>")
    assert plan.targets.get().broken


def test_a_sentence_that_grew_stands_and_is_named():
    plan = make_plan(make_article("要点", kind="plan", body="<p>新建工会20家。</p>"))
    publish(plan, "<p>今年不再新建工会20家。</p>")
    target = plan.targets.get()
    assert not target.broken
    assert plan.reanchored["reworded"] == [target.pk]


def test_what_a_change_did_is_kept_and_audited(plan):
    editor = make_user(role="editor", organization=plan.article.owner)
    member = plan.targets.get(number=1000)
    publishing.save_revision(plan.article, None, {"body": "<p>前言。</p>" + BODY.replace("1000", "2000")})
    publishing.publish(plan.article, editor)
    plan.refresh_from_db()
    told = plan.reanchored
    assert told["revision"] == plan.text_revision_id
    assert datetime.datetime.fromisoformat(told["at"]).tzinfo
    assert told["broken"] == [member.pk]
    assert told["moved"] == [target.pk for target in twins(plan)]
    entry = AuditEntry.objects.get(verb="re-anchor")
    assert entry.actor_id == editor.pk
    assert entry.after == {"moved": 2, "healed": 0, "reworded": 0, "broken": 1, "clauses_broken": 0}


def test_words_set_by_hand_stand_where_they_are_found_once_or_in_their_clause(plan):
    second = twins(plan)[1]
    for quote, broken in (("推动集体协商。", False), ("没有这句。", True), ("发展会员1000名。", False), (DONE, False)):
        Target.objects.filter(pk=second.pk).update(quote=quote, broken=False, start=0, end=0)
        reanchor(plan, plan.text_revision)
        second.refresh_from_db()
        assert second.broken == broken
    assert before(plan, second) == "推动集体协商。"  # of two equal sentences the one in its clause
    assert AuditEntry.objects.filter(verb="re-anchor").count() == 0


def test_a_place_chosen_by_hand_among_equal_sentences_stays(plan):
    first, second = twins(plan)
    Target.objects.filter(pk=first.pk).update(start=second.start, end=second.end)
    reanchor(plan, plan.text_revision)
    assert before(plan, first) == "推动集体协商。"


def test_the_preview_marks_what_publication_would_find(plan):
    from plans.marks import plan_marks

    half = BODY.index("<h2>二")
    revision = publishing.save_revision(plan.article, None, {"body": BODY[half:] + BODY[:half]})
    article = type(plan.article).objects.get(pk=plan.article_id)
    foreseen = {mark.id: (mark.start, mark.end) for mark in plan_marks(article, revision)}
    publishing.publish(plan.article, None)
    article = type(plan.article).objects.get(pk=plan.article_id)
    assert {mark.id: (mark.start, mark.end) for mark in plan_marks(article, article.live_revision)} == foreseen


# Reading anew


def test_a_new_reading_keeps_rows_addresses_and_what_was_reported(plan):
    filing.back_to_draft(plan, None)
    first, second = twins(plan)
    proof = plan.targets.get(number=1000)
    ProgressReport.objects.create(target=second, on=datetime.date(2024, 6, 1), value=80)
    Evidence.objects.create(target=proof, article=make_article("佐证"))
    clauses = list(plan.clauses.values_list("pk", "position", "heading"))
    publish(plan, BODY.replace("<h2>二、", "<h2>二、新增一条</h2><p>新建工会20家。</p><h2>三、"))
    filing.read_text(plan, None)
    assert set(plan.clauses.values_list("pk", "position", "heading")) >= set(clauses)
    assert not Target.objects.filter(pk=first.pk).exists()
    assert before(plan, second) == "推动集体协商。"
    assert second.reports.get().value == 80
    assert second.clause.heading == "维护职工权益"
    assert Target.objects.filter(pk=proof.pk).exists()
    assert [row.number for row in plan.clauses.all()] == ["一、", "二、", "三、"]
    assert plan.clauses.get(number="二、").old_anchor == ""  # c2 goes on to lead to what it led to
    assert plan.targets.filter(number=100).count() == 2  # the confirmed one hides its own twin only
    assert list(quotes_stand()) == []


def test_a_clause_keeps_its_address_and_the_old_one_works(client, plan):
    clause = plan.clauses.get(number="二、")
    assert (clause.anchor, clause.old_anchor) == (f"clause-{clause.pk}", "c2")
    filing.back_to_draft(plan, None)
    publish(plan, "<h2>新增在前</h2><p>抓好落实。</p>" + BODY)
    filing.read_text(plan, None)
    html = client.get(f"/articles/{plan.article_id}/").content.decode()
    assert f'<h2 id="clause-{clause.pk}"><a class="here numbered" href="#clause-{clause.pk}">' in html
    heading = html[html.index(f'id="clause-{clause.pk}"') :]
    assert 'id="c2"' in heading[: heading.index("</h2>")]
    assert html.count('id="c2"') == 1
    new = Clause.objects.filter(plan=plan, heading="新增在前").first()
    assert new is None or new.old_anchor == ""


# Any edit, through the database

SENTENCES = [DONE, "推动企业建会。", "发展会员1000名。", "新建工会20家；", "抓好落实"]
HEADINGS = ["<h2>一、加强组织建设</h2>", "<h2>二、维护职工权益</h2>"]
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2).map(lambda parts: f"<p>{''.join(parts)}</p>")
bodies = st.lists(st.sampled_from(HEADINGS) | paragraphs, min_size=1, max_size=6).map("".join)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(bodies, min_size=1, max_size=3))
def test_after_any_publications_spans_hold_and_nothing_is_lost(plan, texts):
    targets = set(plan.targets.values_list("pk", flat=True))
    for target in plan.targets.filter(reports=None):
        ProgressReport.objects.create(target=target, on=datetime.date(2024, 6, 1), value=1)
    for body in texts:
        publish(plan, body)
        assert list(quotes_stand()) == []
        assert set(plan.targets.values_list("pk", flat=True)) == targets
        assert ProgressReport.objects.filter(target__in=targets).count() == len(targets)
        first, second = twins(plan)
        assert first.broken or second.broken or first.start != second.start
