"""What became of the promises: indicators, deadlines, upper targets; then reports and news."""

import calendar
import datetime
from collections.abc import Iterator
from itertools import batched

from plans.models import Target

from . import press, reports
from .stage import ROWS, noon, place

TIED = ["indicator", "measure", "deadline", "duty_holder", "parent", "confirmed_by", "confirmed_at"]
STEPS = 3


def follow(stage, accounts) -> Iterator[tuple[int, int]]:
    """Do it step by step; yields how many of how many steps are done."""
    _tie_together(stage, accounts)
    yield 1, STEPS
    made = reports.report(stage, accounts)
    yield 2, STEPS
    press.tell(stage, accounts, made)
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
                month = chance.choice((11, 12, 12))
                target.deadline = datetime.date(
                    one.paper.ends_on.year, month, calendar.monthrange(one.paper.ends_on.year, month)[1]
                )
            if body.parent and one.plan.state != "draft":
                code = (body.parent.code, one.paper.starts_on, one.paper.ends_on, goal.promise.code)
                target.parent = upper.get(code) if chance.random() < 0.8 else None
            if accounts and chance.random() < {"c": 0.9, "d": 0.6, "t": 0.25}[body.rank]:
                target.confirmed_by = accounts[min(1, len(accounts) - 1)]
                target.confirmed_at = noon(one.paper.published + datetime.timedelta(days=5))
    for some in batched(rows, ROWS):
        with stage.ledger.step():
            Target.objects.bulk_update(some, TIED)
