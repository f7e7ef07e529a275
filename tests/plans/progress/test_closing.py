"""The close of a year: matching, confirming, writing all at once, reopening."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from organizations.models import AuditEntry
from plans.models import ProgressReport, Target, WorkPlan
from plans.progress import closing
from plans.progress.reporting import correct, report, take_back
from plans.progress.states import State, progress_of
from tests.factories import make_article, make_organization, make_plan, make_user

from .targets import bare_plan, day, make_target

pytestmark = pytest.mark.django_db

PLAN = (
    "<p>全年新建工会组织20家，发展会员1000名，推动29家农业专业合作社成立工会。</p>"
    "<p>集体合同签订率达到90%以上，筹集帮扶资金300万元，走访慰问困难职工2000人次。</p>"
)
REPORT = (
    "<p>一年来，共新建工会组织22家，发展会员1120名。推动11家农业专业合作社成立了工会。</p>"
    "<p>集体合同签订率已达92%，累计筹集帮扶资金2800000元，累计走访慰问困难职工2160人次。</p>"
)


@pytest.fixture
def organization():
    return make_organization("甲区总工会")


@pytest.fixture
def plan(organization):
    return make_plan(make_article(body=PLAN, owner=organization, organization=organization), organization=organization)


@pytest.fixture
def year_report(organization):
    article = make_article(body=REPORT, owner=organization, organization=organization)
    return make_plan(article, organization=organization, role="report")


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def admin():
    return make_user(is_superuser=True)


def test_the_report_of_the_same_body_subject_and_time_is_found(plan, year_report, organization):
    make_plan(role="report")
    make_plan(make_article(body=REPORT, organization=organization), organization=organization, role="report", year=2018)
    make_plan(make_article(body=REPORT), organization=organization, role="report", subject="女职工")
    assert closing.reports_of(plan, admin()) == [year_report]
    assert closing.reports_of(plan, make_user()) == []


def test_figures_are_matched_to_the_targets_by_words_and_unit(plan, year_report):
    found = closing.matches(plan, year_report, admin())
    proposed = {one.target.object: one.proposed and one.proposed.value for one in found}
    assert proposed == {
        "工会组织": 22,
        "会员": 1120,
        "农业专业合作社成立工会": 11,
        "集体合同签订率": 92,
        "筹集帮扶资金": 280,
        "困难职工": 2160,
    }


def test_no_figure_is_proposed_twice_and_none_of_another_unit(plan, year_report):
    found = closing.matches(plan, year_report, admin())
    proposed = [one.proposed.figure for one in found if one.proposed]
    assert len(proposed) == len(set(proposed))
    assert not [
        (one.target, each.figure) for one in found for each in one.offered if one.target.unit == "%" != each.figure.unit
    ]


def test_the_same_indicator_decides(plan, year_report):
    from plans.progress.indicators import make

    target = plan.targets.get(unit="名")
    figure = year_report.targets.get(unit="名")
    Target.objects.filter(pk=figure.pk).update(object="各类人员", quote="另一句话。")
    assert next(one for one in closing.matches(plan, year_report, admin()) if one.target == target).proposed is None
    indicator = make(target, "会员数", None)
    Target.objects.filter(pk=figure.pk).update(indicator=indicator)
    match = next(one for one in closing.matches(plan, year_report, admin()) if one.target == target)
    assert match.proposed.figure == figure


def test_without_a_report_every_target_is_left_to_the_person(plan):
    assert {(one.proposed, len(one.offered)) for one in closing.matches(plan, None, admin())} == {(None, 0)}


def test_closing_writes_the_final_figures_and_closes(plan, year_report):
    user = make_user(role="editor", organization=plan.organization)
    target, other = plan.targets.all()[:2]
    figure = year_report.targets.first()
    closing.close(plan, user, {target.pk: (Decimal(22), figure), other.pk: (Decimal(900), None)})
    plan.refresh_from_db()
    assert plan.state == WorkPlan.State.CLOSED
    rows = ProgressReport.objects.order_by("target__position").values_list(
        "target", "value", "on", "final", "taken_from", "reporter"
    )
    assert list(rows) == [
        (target.pk, 22, day(12, 31), True, figure.pk, user.pk),
        (other.pk, 900, day(12, 31), True, None, user.pk),
    ]
    states = progress_of([target, other], datetime.date(2020, 3, 1))
    assert [one.state for one in states.values()] == [State.MET, State.MISSED]
    assert AuditEntry.objects.filter(verb="close plan", object_id=str(plan.pk)).count() == 1


def test_the_final_figure_counts_whatever_was_reported_later(plan):
    target = plan.targets.first()
    ProgressReport.objects.create(target=target, on=day(1, 5, 2020), value=3)
    closing.close(plan, None, {target.pk: (Decimal(22), None)})
    assert progress_of([target], day(3, 1, 2020))[target.pk].value == 22


def test_all_or_nothing(plan):
    first, second = plan.targets.all()[:2]
    with refused("negative"):
        closing.close(plan, None, {first.pk: (Decimal(22), None), second.pk: (Decimal(-1), None)})
    plan.refresh_from_db()
    assert (plan.state, ProgressReport.objects.count()) == (WorkPlan.State.IN_FORCE, 0)


def test_what_is_refused(plan, year_report, monkeypatch):
    with refused("role"):
        closing.close(year_report, None, {})
    with refused("target"):
        closing.close(plan, None, {year_report.targets.first().pk: (Decimal(1), None)})
    with refused("figure"):
        other = make_plan(role="report").targets.first()
        closing.close(plan, None, {plan.targets.first().pk: (Decimal(1), other)})
    with refused("state"):
        closing.close(make_plan(in_force=False), None, {})
    with refused("early"):
        closing.close(make_plan(year=2098), None, {})
    closing.close(plan, None, {})
    with refused("closed"):
        closing.close(plan, None, {})


def test_who_may_close(plan):
    for user in (make_user(role="contributor", organization=plan.organization), make_user(role="editor")):
        with pytest.raises(PermissionDenied):
            closing.close(plan, user, {})


def test_a_closed_plan_is_reopened_to_correct_a_final_figure(plan):
    target = plan.targets.first()
    closing.close(plan, None, {target.pk: (Decimal(22), None)})
    final = target.reports.get()
    with refused("closed"):
        correct(final, None, on=final.on, value=Decimal(21))
    assert closing.reopen(plan, None).state == WorkPlan.State.IN_FORCE
    correct(final, None, on=final.on, value=Decimal(21))
    assert progress_of([target], day(3, 1, 2020))[target.pk].value == 21
    with refused("state"):
        closing.reopen(plan, None)


def test_a_plan_whose_place_is_taken_is_not_reopened(plan, organization):
    closing.close(plan, None, {})
    make_plan(make_article(body=PLAN, organization=organization), organization=organization)
    with refused("clash"):
        closing.reopen(plan, None)


def test_after_a_final_figure_no_other_is_taken_that_would_not_count(plan):
    target = plan.targets.first()
    closing.close(plan, None, {target.pk: (Decimal(22), None)})
    closing.reopen(plan, None)
    with refused("final"):
        report(target, None, on=day(1, 20, 2020), value=Decimal(30))
    take_back(target.reports.get(), None)
    report(target, None, on=day(1, 20, 2020), value=Decimal(30))
    assert progress_of([target], day(3, 1, 2020))[target.pk].value == 30


def test_closing_again_keeps_the_final_figures_unless_one_chooses_others(client, plan, year_report):
    target = plan.targets.first()
    client.force_login(make_user(is_superuser=True))
    address = reverse("plan-close", args=[plan.pk])

    def chosen() -> str:
        return {row["target"].pk: row["chosen"] for row in client.get(address).context["choices"]}[target.pk]

    assert chosen() != "skip"
    closing.close(plan, None, {target.pk: (Decimal(21), None)})
    closing.reopen(plan, None)
    assert chosen() == "skip"


def test_the_final_figure_of_what_recurs_counts_after_an_early_deadline():
    plan = bare_plan()
    target = make_target(plan, 10, "场", kind="recurring", period="每季度", deadline=day(6, 30))
    closing.close(plan, None, {target.pk: (Decimal(10), None)})
    assert progress_of([target], day(3, 1, 2020))[target.pk].state == State.MET
