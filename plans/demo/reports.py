"""The progress reports of a demonstration: by the quarter, with gaps, corrections and a figure at the end."""

import calendar
import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import batched
from typing import NamedTuple

from plans.models import ProgressReport

from .figures import Goal, Outcome, outcome
from .stage import ROWS, Filed, Stage, in_unit, noon, place

REPORTING = {"c": 0.95, "d": 0.85, "t": 0.7}  # of the targets whose figures are known
GAP, WRONG, CORRECTED = 0.15, 0.03, 0.85


class Point(NamedTuple):
    """A figure at the end of a period; `quarter` is 0 where news do not speak of it."""

    quarter: int
    day: datetime.date
    value: Decimal


def report(stage: Stage, accounts: list) -> dict[tuple, dict[int, ProgressReport]]:
    """Report on the targets in force; return the reports by place and quarter, for news to refer to."""
    finals = {
        place(one, goal): target
        for one in stage.filed
        if one.paper.role == "report" and one.paper.period == "year"
        for target, goal in one.targets
    }
    rows: list[ProgressReport] = []
    wrong: list[tuple[ProgressReport, Decimal | None]] = []
    found: dict[tuple, dict[int, ProgressReport]] = {}
    for one in stage.filed:
        if one.paper.role != "plan" or one.plan.state not in ("in_force", "closed"):
            continue
        by = accounts[-1 if one.paper.body.rank == "t" else min(1, len(accounts) - 1)] if accounts else None
        for target, goal in one.targets:
            chance = one.paper.body.chance("report", goal.promise.code, one.paper.title)
            if chance.random() > REPORTING[one.paper.body.rank]:
                continue
            for point in _points(stage, one, goal):
                last = point.day == one.paper.ends_on
                if chance.random() < GAP and not last:
                    continue
                row = ProgressReport(target=target, on=point.day, value=in_unit(point.value, target), reporter=by)
                if last and goal.promise.measure != "each":
                    row.final, row.taken_from = True, finals.get(place(one, goal))
                rows.append(row)
                if point.quarter:
                    found.setdefault(place(one, goal), {})[point.quarter] = row
                if chance.random() < WRONG and not last:
                    right, row.value = row.value, row.value + max(1, round(row.value / 5))
                    wrong.append((row, right if chance.random() < CORRECTED else None))
    _save(stage, rows)
    _save(stage, _corrections(wrong))
    return found


def _save(stage: Stage, rows: list[ProgressReport]) -> None:
    """Save reports, dated a few days after the day they speak of."""
    for some in batched(rows, ROWS):
        with stage.ledger.step():
            stage.ledger.add(ProgressReport.objects.bulk_create(some))
            for row in some:
                row.reported_at = noon(row.on + datetime.timedelta(days=4 + 3 * bool(row.corrects_id)))
            ProgressReport.objects.bulk_update(some, ["reported_at"])


def _corrections(wrong: list[tuple[ProgressReport, Decimal | None]]) -> list[ProgressReport]:
    """What corrects saved reports that are wrong."""
    return [
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


def _points(stage: Stage, one: Filed, goal: Goal) -> Iterator[Point]:
    """The figures of a promise that are known by today."""
    if one.paper.period == "years":
        yield from _by_the_year(stage, one, goal)
        return
    told = one.paper.outcomes.get(goal.promise.code)
    if told is None or not told.known:
        return
    last = None
    for at, value in enumerate(told.series):
        point = _point(told, at, value)
        if point.day < stage.story.today:
            last = point
            yield point
    if goal.promise.measure == "total" and goal.year == stage.story.today.year and last:
        yield from _lately(stage, told, last)


def _point(told: Outcome, at: int, value: Decimal) -> Point:
    month = 12 * (at + 1) // len(told.series)
    return Point((month + 2) // 3, _end(told.goal.year, month), value)


def _end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _lately(stage: Stage, told: Outcome, last: Point) -> Iterator[Point]:
    """In the running year, what it had come to by the end of the last month."""
    month = stage.story.today.month - 1
    if month <= last.day.month:
        return
    pace = told.goal.body.chance("lately", told.goal.promise.code).uniform(0.9, 1.12) * (month + 0.7) / 12
    yield Point(0, _end(told.goal.year, month), max(last.value, Decimal(int(float(told.series[-1]) * min(1, pace)))))


def _by_the_year(stage: Stage, one: Filed, goal: Goal) -> Iterator[Point]:
    """Of a plan for several years, what it came to by each year's end: sums of the years, or the year's rate."""
    total = Decimal(0)
    for year in range(one.paper.starts_on.year, one.paper.ends_on.year + 1):
        day = datetime.date(year, 12, 31)
        yearly = stage.story.goals(one.paper.body, year).get(goal.promise.code)
        if day >= stage.story.today or yearly is None:
            continue
        came = outcome(yearly)
        total = total + came.total if goal.promise.measure == "total" else came.total
        yield Point(0, day, total)
