"""The close of a year: the report's figures are matched to the plan's targets, a person confirms, the plan closes."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from plans.models import ProgressReport, Target, WorkPlan

from .likeness import likeness
from .reporting import report
from .units import convert

rights.register_verbs(close_plan=rights.EDITORS)

EARLY = datetime.timedelta(days=45)  # so long before its last day a plan may be closed
LIKELY = 0.34  # from here on a figure is proposed
OFFERED = 4
_SAME_INDICATOR = 0.5
_MAY_BE_NEXT_YEAR = 0.8  # of what was read as promised


@dataclass(frozen=True)
class Figure:
    """A figure of the report that may be what a target came to, in the target's unit; score is 0 to 1."""

    figure: Target
    value: Decimal
    score: float

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass(frozen=True)
class Match:
    """A target with the figures that may close it, the likeliest first; `proposed` is the one to begin with."""

    target: Target
    offered: list[Figure]
    proposed: Figure | None


def reports_of(plan: WorkPlan, user) -> list[WorkPlan]:
    """The reports of the same organisation, subject and time that `user` may see, the one of just that time first."""
    if plan.organization_id is None or plan.starts_on is None or plan.ends_on is None:
        return []
    rows = WorkPlan.objects.visible_to(user).filter(
        role=WorkPlan.Role.REPORT,
        organization=plan.organization_id,
        subject=plan.subject,
        starts_on__lte=plan.ends_on,
        ends_on__gte=plan.starts_on,
    )
    rows = rows.exclude(pk=plan.pk).select_related("article")

    def distance(one: WorkPlan) -> tuple:
        away = abs((one.starts_on - plan.starts_on).days) + abs((one.ends_on - plan.ends_on).days)
        return away, one.state != WorkPlan.State.IN_FORCE, one.pk

    return sorted(rows, key=distance)


def matches(plan: WorkPlan, year_report: WorkPlan | None, user) -> list[Match]:
    """Each target of `plan` with the achieved figures of `year_report` that may close it, of those that `user` may
    read; two queries.

    No figure is proposed for two targets: the likeliest pair takes it.
    """
    promises = list(plan.targets.visible_to(user).filter(kind__in=Target.FORWARD).select_related("indicator"))
    figures = list(_figures(year_report).visible_to(user)) if year_report else []
    offered = {target: _offered(target, figures) for target in promises}
    pairs = sorted(
        ((one.score, -target.position, target, one) for target, found in offered.items() for one in found),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    proposed: dict[Target, Figure] = {}
    taken: set[int] = set()
    for score, _position, target, one in pairs:
        if score >= LIKELY and target not in proposed and one.figure.pk not in taken:
            proposed[target] = one
            taken.add(one.figure.pk)
    return [Match(target, found[:OFFERED], proposed.get(target)) for target, found in offered.items()]


def settled(plan: WorkPlan) -> set[int]:
    """The numbers of the targets of `plan` that have a figure at the year's end; one query."""
    rows = ProgressReport.objects.filter(target__plan=plan, final=True).standing()
    return set(rows.order_by().values_list("target", flat=True))


def _figures(year_report: WorkPlan):
    """What a report counts; sentences of the past that do not say so are read as targets, so these count, too."""
    return year_report.targets.filter(number__isnull=False).exclude(kind=Target.Kind.STANDARD)


def _offered(target: Target, figures: list[Target]) -> list[Figure]:
    found = []
    for figure in figures:
        value = convert(figure.number, figure.unit, target.unit)
        if value is None:
            continue
        score = _score(target, figure)
        if score > 0:
            found.append(Figure(figure, value, score))
    return sorted(found, key=lambda one: (-one.score, one.figure.position))


def _score(target: Target, figure: Target) -> float:
    """How surely `figure` speaks of `target`: by what is counted, then by the sentences; 1 where nothing is left open.

    What is counted weighs as much as three sentences, and the same indicator half of all.
    """
    words = (3 * likeness(target.object, figure.object) + likeness(target.quote, figure.quote)) / 4
    same = target.indicator_id is not None and target.indicator_id == figure.indicator_id
    sure = 1 if figure.kind == Target.Kind.ACHIEVED else _MAY_BE_NEXT_YEAR
    return min(1.0, words * sure + (_SAME_INDICATOR if same else 0))


def may_close_from(plan: WorkPlan) -> datetime.date | None:
    """The first day on which `plan` may be closed; None where it has no last day."""
    return plan.ends_on - EARLY if plan.ends_on else None


@transaction.atomic
def close(plan: WorkPlan, by, finals: Mapping[int, tuple[Decimal, Target | None]]) -> WorkPlan:
    """Write the final figures and close the plan, all or nothing.

    `finals` has for the number of a target its value, in the target's unit, and the figure of the report it was taken
    from; targets that are not named stay as they are. Raises ValidationError where the plan is no plan in force, its
    time is far from over, a target is not of it, or a value does not fit.
    """
    if by is not None:
        rights.require(by, "close_plan", plan)
    rows = WorkPlan.objects.select_for_update(of=("self",)).order_by("pk")
    plan = rows.select_related("article__owner").get(pk=plan.pk)
    require_closable(plan)
    targets = {target.pk: target for target in plan.targets.filter(kind__in=Target.FORWARD)}
    day = min(plan.ends_on, timezone.localdate())
    for pk, (value, taken_from) in finals.items():
        if pk not in targets:
            raise ValidationError(_("This target is not one of this plan."), code="target")
        if taken_from is not None and taken_from.plan.organization_id != plan.organization_id:
            raise ValidationError(_("This figure stands in the report of another body."), code="figure")
        try:
            report(targets[pk], by, on=day, value=value, final=True, taken_from=taken_from)
        except ValidationError as refusal:
            said = {"target": str(targets[pk]), "reason": refusal.messages[0]}
            raise ValidationError(_("%(target)s: %(reason)s") % said, code=refusal.code) from None
    plan.state = WorkPlan.State.CLOSED
    plan.save(update_fields=["state"])
    note = _("%(number)d final figures") % {"number": len(finals)}
    record("close plan", plan, by=by, organization=plan.article.owner, note=note)
    return plan


def require_closable(plan: WorkPlan) -> None:
    """Raise ValidationError, with what to do, where `plan` cannot be closed now."""
    if plan.role != WorkPlan.Role.PLAN:
        raise ValidationError(_("A report is not closed; open the plan that it reports on."), code="role")
    if plan.state == WorkPlan.State.CLOSED:
        raise ValidationError(_("This plan is closed already."), code="closed")
    if plan.state != WorkPlan.State.IN_FORCE:
        raise ValidationError(_("Only a plan in force can be closed. Put it in force first."), code="state")
    if (first := may_close_from(plan)) and timezone.localdate() < first:
        raise ValidationError(
            _("The plan runs until %(last)s. It can be closed from %(first)s on.")
            % {"last": f"{plan.ends_on:%Y-%m-%d}", "first": f"{first:%Y-%m-%d}"},
            code="early",
        )


@transaction.atomic
def reopen(plan: WorkPlan, by) -> WorkPlan:
    """Put a closed plan in force again, so that its figures can be corrected; they and its dates stay as they are.

    Raises ValidationError where it is not closed, or another plan came into force in its place.
    """
    if by is not None:
        rights.require(by, "close_plan", plan)
    rows = WorkPlan.objects.select_for_update(of=("self",)).order_by("pk")
    plan = rows.select_related("article__owner").get(pk=plan.pk)
    if plan.state != WorkPlan.State.CLOSED:
        raise ValidationError(_("Only a closed plan can be reopened."), code="state")
    plan.state = WorkPlan.State.IN_FORCE
    try:
        with transaction.atomic():
            plan.save(update_fields=["state"])
    except IntegrityError:
        raise ValidationError(
            _("Another plan of this body is in force for the same time. Take that one back to draft first."),
            code="clash",
        ) from None
    record("reopen plan", plan, by=by, organization=plan.article.owner)
    return plan
