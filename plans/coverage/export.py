"""The whole coverage table as a file: a row for each body, three for each level and for all."""

from collections.abc import Iterator

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from organizations.audit import record
from plans.exports import Column, answer

from .cells import Tally
from .filters import Asked
from .matrix import Matrix
from .table import sign, totals

FORMATS = ("csv", "xlsx", "json")


def export(matrix: Matrix, asked: Asked, by, kind: str) -> HttpResponseBase:
    """Record that `by` takes the table away, and answer with it."""
    record("export", by=by, organization=asked.organization, after={"count": len(matrix.bodies)}, note=_("Coverage"))
    years = [Column(str(year), str(year), lambda row, at=at: row["years"][at]) for at, year in enumerate(asked.years)]
    columns = [
        Column("organization", _("organization"), lambda row: row["name"]),
        Column("level", _("level"), lambda row: row["level"]),
        *years,
        Column("filed", _("filed"), lambda row: row["filed"]),
        Column("expected", _("expected"), lambda row: row["expected"]),
        Column("percent", "%", lambda row: row["percent"]),
    ]
    return answer(kind, f"coverage-{asked.years[-1]}-{asked.years[0]}", columns, _rows(matrix, asked))


def _rows(matrix: Matrix, asked: Asked) -> Iterator[dict]:
    for body in matrix.bodies:
        tally = Tally()
        for cell in body.cells:
            tally.add(cell)
        yield _row(body.name, asked.levels.get(body.level, ""), [sign(cell) for cell in body.cells], tally)
    for name, by_year, over_all in totals(matrix, asked.levels):
        yield _row(_("filed: %s") % name, name, [tally.filed for tally in by_year], over_all)
        yield _row(_("expected: %s") % name, name, [tally.expected for tally in by_year], over_all)
        yield _row(_("percent filed: %s") % name, name, [tally.percent for tally in by_year], over_all)


def _row(name: str, level: str, years: list, tally: Tally) -> dict:
    numbers = {"filed": tally.filed, "expected": tally.expected, "percent": tally.percent}
    return {"name": name, "level": level, "years": years, **numbers}
