"""Faults in the plans' data are named, each by its row."""

import datetime

import pytest

from plans import consistency
from plans.models import Clause, Evidence, ProgressReport, Target
from tests.factories import make_article, make_plan, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    make_theme("organisation", "组织建设")
    make_theme("rights", "权益维护")
    plan = make_plan()
    ProgressReport.objects.create(target=plan.targets.first(), on=datetime.date(2019, 6, 1), value=3)
    return plan


def faults() -> list[str]:
    checks = ("quotes_stand", "parts_belong_together", "themes_follow", "progress_has_its_target")
    return [fault for check in checks for fault in getattr(consistency, check)()]


def test_a_plan_as_it_was_read_has_none(plan):
    assert plan.targets.filter(theme="organisation").exists()
    assert faults() == []


def test_a_span_beside_its_words_is_named_unless_it_is_broken(plan):
    target, clause = plan.targets.first(), plan.clauses.first()
    Target.objects.filter(pk=target.pk).update(start=0)
    Clause.objects.filter(pk=clause.pk).update(end=1)
    assert faults() == [
        f"target {target.pk}: its sentence does not stand in the plan's text",
        f"clause {clause.pk}: its heading does not stand in the plan's text",
    ]
    Target.objects.update(broken=True)
    Clause.objects.update(broken=True)
    assert faults() == []


@pytest.mark.parametrize("theme", ["rights", None])
def test_a_theme_other_than_its_clauses_is_named(plan, theme):
    target = plan.targets.first()
    Target.objects.filter(pk=target.pk).update(theme=theme)
    assert faults() == [
        f"target {target.pk}: its theme is not that of its clause; run plans.theming.follow_themes on its plan"
    ]
    Target.objects.filter(pk=target.pk).update(clause=None, theme=None)
    assert faults() == []


def test_progress_of_what_promises_nothing_is_named(plan):
    report = ProgressReport.objects.get()
    Target.objects.filter(pk=report.target_id).update(kind="achieved")
    assert faults() == [f"progress report {report.pk}: its target promises nothing"]


def test_a_correction_of_another_targets_report_is_named(plan):
    report = ProgressReport.objects.get()
    wrong = ProgressReport.objects.create(target=plan.targets.last(), on=report.on, value=4, corrects=report)
    assert faults() == [f"progress report {wrong.pk}: it corrects one of another target"]


def test_progress_of_a_target_that_is_gone_is_named(plan):
    proof = Evidence.objects.create(target=plan.targets.first(), article=make_article())
    report = ProgressReport.objects.get()
    ProgressReport.objects.filter(pk=report.pk).update(target=999_999)
    Evidence.objects.filter(pk=proof.pk).update(target=999_999)
    try:
        assert [fault.rsplit(":")[-1] for fault in faults()] == [" its target has vanished"] * 2
    finally:
        Evidence.objects.all().delete()
        ProgressReport.objects.filter(pk=report.pk).update(target=plan.targets.first())  # keys are checked at the end
