"""Reading a draft's text anew: what was read before and stands there still keeps its row, and with it its address."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from django.db.models import F, Q

from .models import Clause, ClauseTheme, ProgressReport, Target, WorkPlan
from .page.order import FAR, positions
from .proposals import clauses_of, create_clauses, known, ranks_of, targets_of
from .theming import follow_themes

if TYPE_CHECKING:
    from .grammar.reading import PlanRead


def renew(plan: WorkPlan, found: "PlanRead") -> None:
    """Put what was read in the place of the plan's clauses and targets, whose spans speak of the same text.

    A clause whose heading was read at the same place keeps its row. Targets that somebody confirmed, reported on,
    judged evidence of, or set other targets below keep theirs, with the clause they were in.
    """
    kept = list(_kept(plan))
    plan.targets.exclude(pk__in=[target.pk for target in kept]).delete()
    read = _renew_clauses(plan, found)
    there = {(target.start, target.number, target.unit) for target in kept if not target.broken}
    targets = [row for row in targets_of(plan, found, read) if (row.start, row.number, row.unit) not in there]
    Target.objects.bulk_create(targets)
    _put_into_clauses(plan, read)
    follow_themes([plan.pk])


def _kept(plan: WorkPlan):
    figures = ProgressReport.objects.filter(taken_from__plan=plan).values("taken_from")
    worked_on = Q(reports__isnull=False) | Q(evidence__isnull=False) | Q(children__isnull=False) | Q(pk__in=figures)
    confirmed = Q(confirmed_by__isnull=False) | Q(confirmed_at__isnull=False)
    return plan.targets.filter(confirmed | worked_on).distinct()


def _renew_clauses(plan: WorkPlan, found: "PlanRead") -> list[Clause]:
    """Save the clauses that were read, in reading order, under the rows of those that are the same."""
    before = {(row.start, row.heading): row for row in plan.clauses.filter(broken=False)}
    read = clauses_of(plan, found)
    for row in read:
        if same := before.pop((row.start, row.heading), None):
            row.pk, row.position = same.pk, same.position
            row._state.adding = False
    stay = [row for row in read if row.pk]
    plan.clauses.update(parent=None)  # so that nothing goes with the clause it stood below
    plan.clauses.exclude(pk__in=[row.pk for row in stay]).delete()
    plan.clauses.update(position=F("position") + FAR)  # until all have one again: none may stand twice
    in_order = stay == sorted(stay, key=lambda row: row.position)
    held = [row.position if row.pk and in_order else None for row in read]
    for row, position in zip(read, positions(held), strict=True):
        row.position = position
    create_clauses([row for row in read if not row.pk])
    names = ("parent", "position", "depth", "number", "text", "style", "start", "end")
    Clause.objects.bulk_update(stay, names, batch_size=50)
    ClauseTheme.objects.filter(clause__plan=plan).delete()
    ClauseTheme.objects.bulk_create(known(ranks_of(read, found)))
    return read


def _put_into_clauses(plan: WorkPlan, read: list[Clause]) -> None:
    """Targets that were left without their clause go to the one they stand in."""
    rows = sorted(read, key=lambda row: row.start)
    starts = [row.start for row in rows]
    astray = list(plan.targets.filter(clause=None, broken=False))
    for target in astray:
        index = bisect_right(starts, target.start) - 1
        target.clause = rows[index] if index >= 0 else None
    Target.objects.bulk_update(astray, ["clause"])
