"""Reporting progress, correcting it and taking it back."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.models import AuditEntry
from plans import filing
from plans.models import ProgressReport
from plans.progress.reporting import correct, report, take_back
from plans.progress.states import progress_of
from tests.factories import make_article, make_organization, make_plan, make_user

from .targets import TODAY, bare_plan, day, make_report, make_target

pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def test_a_report_is_kept_and_recorded():
    target = make_target()
    user = make_user(role="contributor", organization=target.plan.organization)
    made = report(target, user, on=day(6, 30), value=Decimal(40), note=" 上半年 ")
    assert (made.value, made.note, made.reporter, made.final) == (40, "上半年", user, False)
    entry = AuditEntry.objects.get(verb="report progress")
    assert (entry.actor_id, entry.object_id, entry.note) == (user.pk, str(target.pk), "2019-06-30 40家 上半年")


@pytest.mark.parametrize(
    ("own", "unit", "value", "kept"),
    [
        ("万元", "元", "365000", "36.5"),
        ("亿元", "万元", "1", "0.0001"),
        ("人", "万人", "1.2", "12000"),
        ("名", "人", "7", "7"),
        ("%", "‰", "45", "4.5"),
    ],
)
def test_another_unit_of_the_family_is_converted(own, unit, value, kept):
    made = report(make_target(unit=own), None, on=day(6), value=Decimal(value), unit=unit)
    assert made.value == Decimal(kept)


@pytest.mark.parametrize(
    ("own", "unit", "value", "code"),
    [
        ("亿元", "元", "1", "decimals"),
        ("人", "人次", "1", "unit"),
        ("%", "百分点", "1", "unit"),
        ("家", "", "-1", "negative"),
        ("家", "", "1e16", "large"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(own, unit, value, code):
    with refused(code):
        report(make_target(unit=own), None, on=day(6), value=Decimal(value), unit=unit)
    assert not ProgressReport.objects.exists()


def test_a_rate_may_fall_below_zero():
    assert report(make_target(number=3, unit="%"), None, on=day(6), value=Decimal(-2)).value == -2


def test_a_deed_is_one_or_zero():
    target = make_target(number=1, kind="implied")
    with refused("done"):
        report(target, None, on=day(6), value=Decimal(2))
    assert report(target, None, on=day(6), value=Decimal(1)).value == 1


def test_days_ahead_and_before_the_plan_are_refused():
    target = make_target()
    with refused("ahead"):
        report(target, None, on=datetime.date(2199, 1, 1), value=Decimal(1))
    with refused("before"):
        report(target, None, on=datetime.date(2018, 12, 31), value=Decimal(1))


def test_a_day_is_reported_once():
    target = make_target()
    report(target, None, on=day(6), value=Decimal(1))
    with refused("twice"):
        report(target, None, on=day(6), value=Decimal(2))


def test_only_what_is_promised_by_a_plan_in_force_is_reported_on():
    with refused("kind"):
        report(make_target(kind="achieved"), None, on=day(6), value=Decimal(1))
    with refused("state"):
        report(make_target(bare_plan(in_force=False)), None, on=day(6), value=Decimal(1))
    closed = make_target()
    closed.plan.state = "closed"
    closed.plan.save()
    with refused("closed"):
        report(closed, None, on=day(6), value=Decimal(1))


def test_a_correction_keeps_the_wrong_report_and_counts_in_its_place():
    target = make_target()
    wrong = report(target, None, on=day(6), value=Decimal(400))
    right = correct(wrong, None, on=day(6, 15), value=Decimal(40), note="多写了一个零")
    assert (right.corrects, ProgressReport.objects.count()) == (wrong, 2)
    progress = progress_of([target], TODAY)[target.pk]
    assert (progress.value, progress.on) == (40, day(6, 15))
    with refused("corrected"):
        correct(wrong, None, on=day(6), value=Decimal(41))
    with refused("same"):
        correct(right, None, on=day(6, 15), value=Decimal(40), note="多写了一个零")


def test_a_report_taken_back_counts_no_longer_and_can_be_corrected_to_count_again():
    target = make_target()
    gone = take_back(report(target, None, on=day(6), value=Decimal(4)), None, note="报错了单位")
    assert progress_of([target], TODAY)[target.pk].value is None
    with refused("gone"):
        take_back(gone, None)
    correct(gone, None, on=day(6), value=Decimal(5))
    assert progress_of([target], TODAY)[target.pk].value == 5
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))[-3:] == [
        "report progress",
        "take back progress",
        "correct progress",
    ]


def test_who_may_report():
    city = make_organization(level="city")
    district, other = make_organization(parent=city), make_organization(parent=city)
    article = make_article(body="<p>做好各项工作。</p>", owner=city, organization=district)
    target = make_target(make_plan(article, organization=district))
    for place in (city, district):
        user = make_user(role="contributor", organization=place)
        report(target, user, on=day(6, place.pk % 28 + 1), value=Decimal(1))
    for user in (make_user(role="contributor", organization=other), make_user(role="auditor", organization=district)):
        with pytest.raises(PermissionDenied):
            report(target, user, on=day(7), value=Decimal(1))
    with pytest.raises(PermissionDenied):
        take_back(make_report(target, 3, day(5)), make_user(role="editor", organization=other))


def test_a_target_with_reports_survives_a_new_reading_of_the_plan():
    target = make_target()
    report(target, None, on=day(6), value=Decimal(4))
    plan = filing.back_to_draft(target.plan, None)
    filing.read_text(plan, None)
    assert list(plan.targets.all()) == [target]
