"""Taking changes back: rows, themes and order as they were, in the reverse order, and when it is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import publishing
from plans import filing
from plans.models import Clause, PlanEdit, ProgressReport, Target
from plans.page import verbs
from plans.page.order import positions
from plans.page.verbs.editing import rows_of
from tests.plans.page.conftest import BODY


@pytest.fixture
def draft(plan):
    return filing.back_to_draft(plan, None)


def test_nothing_to_take_back(plan, editor):
    with pytest.raises(ValidationError, match="no change"):
        verbs.undo(plan, editor)


def deeds(plan, editor) -> list:
    """Every verb, each as something to do to the plan as it then is."""

    def clause(words):
        return Clause.objects.filter(plan=plan, heading__contains=words).first().pk

    def target():
        return Target.objects.filter(plan=plan).first().pk

    return [
        lambda: verbs.split(plan, clause("加强组织建设"), "开展集中入会行动", editor),
        lambda: verbs.merge(plan, clause("维护职工权益"), editor),
        lambda: verbs.merge(plan, plan.clauses.order_by("position").first().pk, editor),
        lambda: verbs.move(plan, clause("自身建设"), "up", editor),
        lambda: verbs.move(plan, clause("民主管理"), "out", editor),
        lambda: verbs.move(plan, clause("自身建设"), "in", editor),
        lambda: verbs.rename(plan, clause("自身建设"), "", "提高能力", editor),
        lambda: verbs.retheme(plan, clause("集体协商"), ["skills", "self"], editor),
        lambda: verbs.add_clause(plan, "改进作风", editor, below=True),
        lambda: verbs.add_target(plan, "提高能力", editor),
        lambda: verbs.change_target(plan, target(), {"number": 7, "unit": "个"}, editor),
        lambda: verbs.requote(plan, target(), "改进作风", editor),
        lambda: verbs.confirm_clause(plan, plan.clauses.order_by("position").first().pk, editor),
        lambda: verbs.delete_target(plan, target(), editor),
    ]


@pytest.mark.parametrize("number", range(14))
def test_each_change_is_taken_back(plan, editor, number):
    before, themes = rows_of(plan), list(plan.targets.values_list("pk", "theme"))
    deeds(plan, editor)[number]()
    assert rows_of(plan) != before
    edit = verbs.undo(plan, editor)
    assert rows_of(plan) == before
    assert list(plan.targets.values_list("pk", "theme")) == themes
    assert edit.undone_at is not None


@pytest.mark.parametrize("order", [range(14), range(13, -1, -1), [8, 1, 5, 0, 3, 13, 2, 10, 4]])
def test_many_changes_are_taken_back_in_reverse(plan, editor, order):
    """Some of them are refused on the way; those change nothing and are not taken back."""
    states = [rows_of(plan)]
    for number in order:
        try:
            deeds(plan, editor)[number]()
        except (ValidationError, AttributeError):
            continue
        if rows_of(plan) != states[-1]:
            states.append(rows_of(plan))
    assert PlanEdit.objects.count() == len(states) - 1 >= 7
    for state in reversed(states[:-1]):
        verbs.undo(plan, editor)
        assert rows_of(plan) == state
    with pytest.raises(ValidationError):
        verbs.undo(plan, editor)


def test_refused_where_progress_was_reported_on_a_new_target(plan, editor):
    made = verbs.add_target(plan, "提高能力", editor)
    ProgressReport.objects.create(target=made, on=datetime.date(2019, 6, 30), value=1)
    with pytest.raises(ValidationError, match="Progress was reported"):
        verbs.undo(plan, editor)
    assert Target.objects.filter(pk=made.pk).exists()


def test_refused_where_the_text_was_read_anew(draft, editor):
    verbs.merge(draft, draft.clauses.get(heading="民主管理").pk, editor)
    filing.read_text(draft, None)
    with pytest.raises(ValidationError):
        verbs.undo(draft, editor)


def test_refused_where_the_text_was_changed(plan, editor):
    verbs.merge(plan, plan.clauses.get(heading="民主管理").pk, editor)
    publishing.save_revision(plan.article, None, {"title": "计划", "body": f"<p>补充。</p>{BODY}"})
    publishing.publish(plan.article, None)
    with pytest.raises(ValidationError):
        verbs.undo(plan, editor)


def test_refused_where_a_row_was_changed_at_the_desk(plan, editor):
    clause = plan.clauses.get(heading="集体协商")
    verbs.retheme(plan, clause.pk, ["self"], editor)
    Clause.objects.filter(pk=clause.pk).update(heading="别的")
    with pytest.raises(ValidationError, match="changed again elsewhere"):
        verbs.undo(plan, editor)
    assert PlanEdit.objects.get().undone_at is None


def test_what_else_changed_stays(plan, editor):
    """A report on a target that only went to another clause neither hinders the undo nor is lost."""
    target = Target.objects.get(plan=plan, number=35)
    verbs.merge(plan, plan.clauses.get(heading="民主管理").pk, editor)
    report = ProgressReport.objects.create(target=target, on=datetime.date(2019, 6, 30), value=5)
    Target.objects.filter(plan=plan, number=90).update(duty_holder="法律部")
    verbs.undo(plan, editor)
    assert list(target.reports.all()) == [report]
    assert Target.objects.get(pk=target.pk).clause.heading == "民主管理"
    assert Target.objects.get(plan=plan, number=90).duty_holder == "法律部"


positions_known = st.lists(st.one_of(st.none(), st.integers(1, 12_000)), max_size=12)


@given(positions_known)
@settings(max_examples=300)
def test_positions_rise_and_those_that_stand_stay(known):
    standing = iter(sorted({one for one in known if one is not None}))
    kept, seen = [], set()
    for one in known:
        value = next(standing, None) if one is not None else None
        if one is None or value is not None:
            kept.append(value)
            seen.add(value)
    given_out = positions(kept)
    assert given_out == sorted(set(given_out))
    if given_out != [(place + 1) * 1024 for place in range(len(kept))]:
        assert all(new == old for new, old in zip(given_out, kept, strict=True) if old is not None)
