"""The verbs of reports: report how far a target has come, correct a report, take one back."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from plans.models import Measure, ProgressReport, Target, WorkPlan

from .measures import measure_of
from .units import convert

rights.register_verbs(report_progress=rights.WRITERS)
rights.register_owner(Target, lambda target: target.plan.article.owner)
rights.register_limited(Target, lambda target: target.plan.article.channel_id)

_STEP = Decimal("0.0001")
_LARGEST = Decimal(10**15)


def may_report(user, plan: WorkPlan) -> bool:
    """Whether `user` may report on the targets of `plan`: as one of its owner's, or of the body whose plan it is.

    Whose role is narrowed to channels reports on plans in these alone.
    """
    if rights.may(user, "report_progress", plan):
        return True
    own = plan.organization is not None and rights.may(user, "report_progress", plan.organization)
    within = rights.narrowed_to(user, "report_progress") if own else None
    return own and (within is None or plan.article.channel_id in within)


def require_report(user, plan: WorkPlan) -> None:
    """Raise PermissionDenied where `may_report` says no; None is the machine, which may."""
    if user is not None and not may_report(user, plan):
        rights.require(user, "report_progress", plan)


@transaction.atomic
def report(
    target: Target,
    by,
    *,
    on: datetime.date,
    value: Decimal,
    note: str = "",
    unit: str = "",
    final: bool = False,
    taken_from: Target | None = None,
) -> ProgressReport:
    """Say what `target` had come to on a day; `value` is in `unit` where one is given, else in the target's own.

    Raises ValidationError where the plan is not in force, the day lies ahead or before the plan, the value does not
    fit, the day has a report already, or the figure at the year's end is there, which would count all the same.
    """
    target = _locked(target)
    require_report(by, target.plan)
    made = ProgressReport(target=target, note=note, reporter=by, final=final, taken_from=taken_from)
    _fill(made, on, value, unit)
    standing = valid_reports(target)
    if not final and (last := standing.filter(final=True).order_by("pk").last()):
        raise ValidationError(
            _("%(value)s of %(day)s is the figure at the year's end and counts. Correct it, or take it back first.")
            % {"day": f"{last.on:%Y-%m-%d}", "value": f"{last.value.normalize():f}{target.unit}"},
            code="final",
        )
    if not final and (there := standing.filter(on=on).first()):
        raise ValidationError(
            _("On %(day)s %(value)s was reported already. Correct that report instead.")
            % {"day": f"{on:%Y-%m-%d}", "value": f"{there.value.normalize():f}{target.unit}"},
            code="twice",
        )
    made.save(force_insert=True)
    _record("report progress", made, by)
    return made


@transaction.atomic
def correct(
    wrong: ProgressReport, by, *, on: datetime.date, value: Decimal, note: str = "", unit: str = ""
) -> ProgressReport:
    """Put a right report in the place of a `wrong` one, which is kept. Raises ValidationError as report() does."""
    target, wrong = _last_of_chain(wrong, by)
    made = ProgressReport(target=target, note=note, reporter=by, final=wrong.final, corrects=wrong)
    _fill(made, on, value, unit)
    if (made.on, made.value, made.note) == (wrong.on, wrong.value, wrong.note):
        raise ValidationError(_("Nothing was changed."), code="same")
    if valid_reports(target).filter(on=on).exclude(pk=wrong.pk).exists() and not wrong.final:
        raise ValidationError(_("This day has another report. Correct that one instead."), code="twice")
    made.save(force_insert=True)
    _record("correct progress", made, by)
    return made


@transaction.atomic
def take_back(wrong: ProgressReport, by, *, note: str = "") -> ProgressReport:
    """Let a report count no longer; it stays in the history. Raises ValidationError where it is gone already."""
    target, wrong = _last_of_chain(wrong, by)
    if wrong.value is None:
        raise ValidationError(_("This report was taken back already."), code="gone")
    made = ProgressReport(target=target, on=wrong.on, note=note[:300], reporter=by, final=wrong.final, corrects=wrong)
    made.save(force_insert=True)
    _record("take back progress", made, by)
    return made


def valid_reports(target: Target):
    """The reports that count: the last of each chain of corrections, where that takes nothing back."""
    return ProgressReport.objects.filter(target=target).standing()


def own_measure(target: Target) -> Measure:
    """How reports of `target` are read; its indicator is read where it has one."""
    of_indicator = target.indicator.measure if target.indicator_id else ""
    return measure_of(target.kind, target.unit, target.number, target.measure, of_indicator)


def _locked(target: Target) -> Target:
    rows = Target.objects.select_for_update(of=("self",)).order_by("pk")
    return rows.select_related("plan__article__owner", "plan__organization", "indicator").get(pk=target.pk)


def _last_of_chain(wrong: ProgressReport, by) -> tuple[Target, ProgressReport]:
    """The target, locked, and the report anew. Raises ValidationError where a later one corrects it already."""
    target = _locked(wrong.target)
    require_report(by, target.plan)
    _require_open(target.plan)
    wrong = ProgressReport.objects.select_related("corrected_by").get(pk=wrong.pk)
    if hasattr(wrong, "corrected_by"):
        raise ValidationError(_("This report was corrected already. Correct the later one."), code="corrected")
    return target, wrong


def _require_open(plan: WorkPlan) -> None:
    if plan.state == WorkPlan.State.CLOSED:
        raise ValidationError(_("The plan is closed. Reopen it before you change its figures."), code="closed")
    if plan.state != WorkPlan.State.IN_FORCE:
        raise ValidationError(_("Only of a plan in force can progress be reported."), code="state")


def _fill(made: ProgressReport, on: datetime.date, value: Decimal, unit: str) -> None:
    target = made.target
    _require_open(target.plan)
    if target.kind not in Target.FORWARD:
        raise ValidationError(_("This figure promises nothing, so there is no progress to report."), code="kind")
    if on > timezone.localdate():
        raise ValidationError(_("This day lies ahead. Report what has been reached."), code="ahead")
    if target.plan.starts_on and on < target.plan.starts_on:
        raise ValidationError(
            _("This day lies before the plan, which begins on %(day)s.") % {"day": f"{target.plan.starts_on:%Y-%m-%d}"},
            code="before",
        )
    made.on, made.value, made.note = on, in_unit_of(target, value, unit), made.note.strip()[:300]


def in_unit_of(target: Target, value: Decimal, unit: str = "") -> Decimal:
    """`value` of `unit` in the target's own unit. Raises ValidationError where it cannot be kept exactly."""
    own = convert(value, unit, target.unit) if unit else value
    if own is None:
        raise ValidationError(
            _("%(unit)s cannot be reckoned in %(own)s, the unit of the target.")
            % {"unit": unit, "own": target.unit or _("no unit")},
            code="unit",
        )
    if not own.is_finite() or abs(own) >= _LARGEST:
        raise ValidationError(_("This number is too large."), code="large")
    if own != own.quantize(_STEP):
        raise ValidationError(
            _("In %(own)s this number has more than four decimals. Round it first.") % {"own": target.unit},
            code="decimals",
        )
    measure = own_measure(target)
    if measure == Measure.DONE and own not in (0, 1):
        raise ValidationError(_("Here only 1 (done) or 0 (not yet) can be reported."), code="done")
    if own < 0 and measure != Measure.RATE:
        raise ValidationError(_("A number of things cannot be below zero."), code="negative")
    return own.quantize(_STEP)


def _record(verb: str, made: ProgressReport, by) -> None:
    target = made.target
    note = f"{made}{target.unit if made.value is not None else ''}"
    record(verb, target, by=by, organization=target.plan.article.owner, note=f"{note} {made.note}".strip())
