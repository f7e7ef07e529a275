"""What became of the promises: indicators, deadlines and upper targets, and reports over the year."""

import calendar
import datetime
from collections.abc import Iterator
from decimal import Decimal

from plans.models import ProgressReport, Target

from . import press
from .figures import Outcome
from .stage import in_unit, noon, place

REPORTING = {"c": 0.95, "d": 0.8, "t": 0.5}  # of the targets whose figures are known
TIED = ["indicator", "measure", "deadline", "duty_holder", "parent", "confirmed_by", "confirmed_at"]
STEPS = 3


def follow(stage, accounts) -> Iterator[tuple[int, int]]:
    """Do it step by step; yields how many of how many steps are done."""
    _tie_together(stage, accounts)
    yield 1, STEPS
    reports = _report(stage, accounts)
    yield 2, STEPS
    press.tell(stage, accounts, reports)
    yield 3, STEPS


def _tie_together(stage, accounts) -> None:
    """Say of each target by what it is measured, who answers for it and by when, and which upper one it is part of."""
    upper = {}
    for one in stage.filed:
        if one.paper.role == "plan" and one.plan.state != "draft" and one.paper.subject == "综合":
            upper |= {place(one, goal): target for target, goal in one.targets}
    rows = []
    for one in stage.filed:
        body = one.paper.body
        for target, goal in one.targets:
            chance = body.chance("tie", goal.promise.code, goal.year, one.paper.title)
            target.indicator = stage.indicators[goal.promise.code]
            rows.append(target)
            if one.paper.role == "report":
                continue
            target.measure = goal.promise.measure
            target.duty_holder = goal.promise.duty if body.rank != "t" else (body.name if chance.random() < 0.5 else "")
            if chance.random() < 0.5:
                month = chance.choice((6, 10, 11, 12, 12))
                target.deadline = datetime.date(
                    one.paper.ends_on.year, month, calendar.monthrange(one.paper.ends_on.year, month)[1]
                )
            if body.parent and one.plan.state != "draft":
                code = (body.parent.code, one.paper.starts_on, one.paper.ends_on, goal.promise.code)
                target.parent = upper.get(code) if chance.random() < 0.8 else None
            if accounts and chance.random() < {"c": 0.9, "d": 0.6, "t": 0.25}[body.rank]:
                target.confirmed_by = accounts[min(1, len(accounts) - 1)]
                target.confirmed_at = noon(one.paper.published + datetime.timedelta(days=5))
    Target.objects.bulk_update(rows, TIED, batch_size=500)


def _report(stage, accounts) -> dict[tuple, dict[int, ProgressReport]]:
    """Report on the targets of each year; return the reports by place and quarter, for news to refer to."""
    finals = {
        place(one, goal): target
        for one in stage.filed
        if one.paper.role == "report" and one.paper.period == "year"
        for target, goal in one.targets
    }
    reports: list[ProgressReport] = []
    wrong: list[tuple[ProgressReport, Decimal | None]] = []
    found: dict[tuple, dict[int, ProgressReport]] = {}
    for one in stage.filed:
        paper, body = one.paper, one.paper.body
        if paper.role != "plan" or paper.period != "year" or one.plan.state not in ("in_force", "closed"):
            continue
        for target, goal in one.targets:
            told = paper.outcomes.get(goal.promise.code)
            chance = body.chance("report", goal.promise.code, goal.year)
            if not told or not told.known or chance.random() > REPORTING[body.rank]:
                continue
            by = accounts[-1 if body.rank == "t" else min(1, len(accounts) - 1)] if accounts else None
            for quarter, day, value in _figures(told, stage.story.today):
                last = day == paper.ends_on
                if chance.random() < 0.15 and not last:
                    continue  # a gap
                row = ProgressReport(target=target, on=day, value=in_unit(value, target), reporter=by)
                if last and goal.promise.measure != "each":
                    row.final, row.taken_from = True, finals.get(place(one, goal))
                reports.append(row)
                found.setdefault(place(one, goal), {})[quarter] = row
                if chance.random() < 0.03 and not last:
                    right, row.value = row.value, row.value + max(1, round(row.value / 5))
                    wrong.append((row, right if chance.random() < 0.85 else None))
    ProgressReport.objects.bulk_create(reports, batch_size=500)
    corrections = [
        ProgressReport(
            target=row.target,
            on=row.on,
            value=right,
            corrects=row,
            reporter=row.reporter,
            note="重复统计，予以更正。" if right is not None else "填报有误，撤回。",
        )
        for row, right in wrong
    ]
    ProgressReport.objects.bulk_create(corrections, batch_size=500)
    for row in [*reports, *corrections]:
        row.reported_at = noon(row.on + datetime.timedelta(days=4 + 3 * bool(row.corrects_id)))
    ProgressReport.objects.bulk_update([*reports, *corrections], ["reported_at"], batch_size=500)
    return found


def _figures(told: Outcome, today: datetime.date) -> Iterator[tuple[int, datetime.date, Decimal]]:
    """Quarter, last day and figure of each period that is over."""
    year, series = told.goal.year, told.series
    for at, value in enumerate(series):
        month = 12 * (at + 1) // len(series)
        day = datetime.date(year, month, calendar.monthrange(year, month)[1])
        if day < today:
            yield (month + 2) // 3, day, value
