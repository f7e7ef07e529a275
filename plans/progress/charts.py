"""Lines of reports as the server draws them: points in a field of 100 by 100 that the page stretches."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from plans.models import Measure, Target

from .measures import counting_span
from .readings import Figure, Reading, read

HEAD = Decimal("1.08")  # room above the highest value


@dataclass(frozen=True)
class Chart:
    """Lines as the `points` of polylines, the dots of the reports, the level of the goal and what the axes say."""

    lines: list[str]
    dots: list[tuple[str, str]]
    goal: str
    pace: str
    now: str
    top: Decimal
    first: str
    last: str
    ticks: list[str] = field(default_factory=list)

    @property
    def end(self) -> tuple[str, str]:
        return self.dots[-1]


def chart(one: Reading, today: datetime.date) -> Chart | None:
    """The reports of a target over its plan's time, with its goal; None where nothing was reported.

    What is counted anew has a line for each period. The pace goes from nothing to the goal, where there is one to keep.
    """
    figures = sorted(one.figures)
    if not figures:
        return None
    first = min(one.starts or figures[0].on, figures[0].on)
    last = max(one.deadline or one.ends or figures[-1].on, figures[-1].on)
    top = max(Decimal(0), one.goal or 0, *[figure.value for figure in figures]) * HEAD or Decimal(1)
    bottom = min(Decimal(0), *[figure.value for figure in figures])

    def x(on: datetime.date) -> str:
        return f"{100 * (on - first).days / max(1, (last - first).days):.1f}"

    def y(value: Decimal) -> str:
        return f"{100 - 100 * (value - bottom) / (top - bottom):.1f}"

    lines = [" ".join(f"{x(figure.on)},{y(figure.value)}" for figure in run) for run in _runs(one, figures)]
    paced = one.goal and one.measure == Measure.TOTAL and one.starts and one.ends
    return Chart(
        lines=lines,
        dots=[(x(figure.on), y(figure.value)) for figure in figures],
        goal=y(one.goal) if one.goal is not None else "",
        pace=f"{x(one.starts)},{y(Decimal(0))} {x(one.deadline or one.ends)},{y(one.goal)}" if paced else "",
        now=x(today) if first <= today <= last else "",
        top=top,
        first=f"{first:%Y-%m-%d}",
        last=f"{last:%Y-%m-%d}",
    )


def _runs(one: Reading, figures: list[Figure]) -> list[list[Figure]]:
    """The figures that one line joins: all, or those of each period that is counted anew."""
    if one.measure != Measure.EACH or one.starts is None or one.ends is None:
        return [figures]

    def period(figure: Figure) -> tuple:
        return counting_span(one.period, one.starts, one.ends, figure.on)

    return [list(run) for _period, run in groupby(figures, key=period)]


def sparks_of(targets: Iterable[Target], today: datetime.date) -> dict[int, Chart]:
    """The small line of each target that has reports, by its number; two queries."""
    asked = [target.pk for target in targets if target.kind in Target.FORWARD]
    drawn = {pk: chart(one, today) for pk, one in read(asked, today).items() if pk in set(asked)}
    return {pk: line for pk, line in drawn.items() if line}


def series(points: Sequence[tuple[str, Decimal | None, Decimal | None]]) -> Chart | None:
    """Goals and values of one indicator by year, as (year, goal, value); None where fewer than two years have any."""
    known = [number for _year, goal, value in points for number in (goal, value) if number is not None]
    if len(points) < 2 or not known:
        return None
    top, bottom = max(Decimal(0), *known) * HEAD or Decimal(1), min(Decimal(0), *known)
    step = Decimal(100) / (len(points) - 1)

    def dots(column: int) -> list[tuple[str, str] | None]:
        """A place for each point; None where nothing is known, which no line crosses."""
        return [
            None
            if point[column] is None
            else (f"{step * place:.1f}", f"{100 - 100 * (point[column] - bottom) / (top - bottom):.1f}")
            for place, point in enumerate(points)
        ]

    def joined(places: list[tuple[str, str] | None]) -> list[str]:
        runs = [list(run) for known, run in groupby(places, key=bool) if known]
        return [" ".join(map(",".join, run)) for run in runs]

    return Chart(
        lines=joined(dots(2)),
        dots=[dot for dot in dots(2) if dot],
        goal="",
        pace=" ".join(joined(dots(1))),
        now="",
        top=top,
        first=points[0][0],
        last=points[-1][0],
        ticks=[point[0] for point in points],
    )
