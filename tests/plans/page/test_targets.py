"""What is done to targets at the plan's page: corrected, confirmed, tied to words, added, deleted, let go."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import canonical
from plans.grammar.quotes import quote_hash
from plans.models import Evidence, Measure, PlanEdit, ProgressReport, Target
from plans.page import verbs
from plans.page.words import PlanText
from tests.factories import make_article, make_plan, make_user


@pytest.fixture
def target(plan):
    return Target.objects.get(plan=plan, number=20)


def report(target):
    return ProgressReport.objects.create(target=target, on=datetime.date(2019, 6, 30), value=5)


def test_whoever_corrects_a_target_confirms_it(plan, editor, target, clause):
    values = {
        "number": Decimal(30),
        "unit": "个",
        "comparator": ">=",
        "kind": "target",
        "measure": "total",
        "modality": "力争",
        "period": "年内",
        "deadline": datetime.date(2019, 10, 31),
        "duty_holder": "组织部",
        "object": "工会",
        "clause": clause("自身建设"),
    }
    verbs.change_target(plan, target.pk, values, editor)
    target.refresh_from_db()
    assert {name: getattr(target, name) for name in values} == values
    assert (target.confirmed_by, target.theme_id) == (editor, "self")


def test_values_that_will_not_do_change_nothing(plan, editor, target):
    foreign = make_plan(make_article("别的", owner=plan.article.owner), year=2020).clauses.first()
    for values in ({"kind": "placeholder"}, {"unit": "长" * 21}, {"comparator": "!"}, {"clause": foreign}):
        with pytest.raises(ValidationError):
            verbs.change_target(plan, target.pk, values, editor)
    assert Target.objects.get(pk=target.pk).confirmed_at is None
    assert PlanEdit.objects.count() == 0


def test_a_lost_sentence_is_not_confirmed_but_chosen_anew(plan, editor, target, clause):
    Target.objects.filter(pk=target.pk).update(broken=True)
    with pytest.raises(ValidationError):
        verbs.confirm_target(plan, target.pk, editor)
    with pytest.raises(ValidationError):
        verbs.requote(plan, target.pk, "全市新建工会", editor)
    verbs.requote(plan, target.pk, "改进 作风，\n提高能力", editor)
    target.refresh_from_db()
    assert (target.quote, target.broken, target.clause) == ("改进作风，提高能力", False, clause("自身建设"))
    assert target.quote_hash == quote_hash("改进作风，提高能力")
    assert verbs.confirm_target(plan, target.pk, editor).confirmed_by == editor


def test_a_target_is_added_with_what_its_words_say(plan, editor, clause):
    made = verbs.add_target(plan, "培训干部50人", editor)
    assert (made.number, made.unit, made.quote, made.clause) == (50, "人", "培训干部50人", clause("组织建设"))
    assert made.theme_id is None
    made.refresh_from_db()
    assert made.theme_id == "organisation"
    deed = verbs.add_target(plan, "改进作风", editor)
    assert (deed.kind, deed.measure, deed.number, deed.object) == ("implied", Measure.DONE, 1, "改进作风")
    order = list(plan.targets.values_list("pk", flat=True))
    assert order[-1] == deed.pk


def test_progress_and_evidence_hold_a_target(plan, editor, target):
    report(target)
    with pytest.raises(ValidationError):
        verbs.delete_target(plan, target.pk, editor)
    other = Target.objects.get(plan=plan, number=90)
    Evidence.objects.create(target=other, article=plan.article, verdict=Evidence.Verdict.REFUSED)
    with pytest.raises(ValidationError):
        verbs.delete_target(plan, other.pk, editor)
    verbs.delete_target(plan, Target.objects.get(plan=plan, number=35).pk, editor)
    assert not Target.objects.filter(plan=plan, number=35).exists()


def test_a_lost_target_is_let_go(plan, editor, target):
    other = Target.objects.get(plan=plan, number=90)
    with pytest.raises(ValidationError):
        verbs.let_go(plan, other.pk, editor)
    plan.targets.update(broken=True)
    plan.reanchored = {"at": "2019-02-01T08:00:00+08:00", "moved": [], "broken": [target.pk, other.pk]}
    plan.save()
    report(target)
    assert verbs.let_go(plan, target.pk, editor) is False
    plan.refresh_from_db()
    assert plan.reanchored["broken"] == [other.pk]
    assert Target.objects.get(pk=target.pk).broken
    assert verbs.let_go(plan, other.pk, editor) is True
    verbs.note_changes(plan, editor)
    plan.refresh_from_db()
    assert plan.reanchored is None


def test_who_may(plan, target):
    reader = make_user("reader", role="auditor", organization=plan.article.owner)
    for verb, rest in [
        (verbs.delete_target, ()),
        (verbs.confirm_target, ()),
        (verbs.let_go, ()),
        (verbs.requote, ("改进作风",)),
        (verbs.change_target, ({},)),
    ]:
        with pytest.raises(PermissionDenied):
            verb(plan, target.pk, *rest, reader)
    with pytest.raises(PermissionDenied):
        verbs.add_target(plan, "改进作风", reader)


@given(st.text('工会建家１２0“”" \n，。㎡①', max_size=40), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_words_found_are_the_words_said(plain, first, last, near):
    """Whatever is selected in a text is found there, as words whose canonical form is that of the selection."""
    text, words = PlanText(plain), plain[min(first, last) : max(first, last)]
    if len(canonical(words)) < 2:
        with pytest.raises(ValidationError):
            text.find(words, near)
        return
    found = text.find(words, near)
    assert text.canonical[found.start : found.end] == canonical(words)
    assert canonical(words) in canonical(found.printed)
