"""The rows of a comparison taken away as a table."""

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.exports import Column, answer

from .marking import joined

FORMATS = ("csv", "xlsx", "json")


def export(page, wanted: str) -> HttpResponseBase:
    """The rows of `page` as a file: for each plan what it says and, from the second on, what became of it."""
    columns = [Column("theme", _("theme"), lambda row: row[0])]
    for at, side in enumerate(page.sides):
        columns += _columns(at, side)
    return answer(wanted, "comparison-" + "-".join(map(str, page.numbers)), columns, page.rows)


def _columns(at: int, side) -> list[Column]:
    def text(row) -> str:
        return joined([one.text for one in row[1].cells[at].passages])

    def verdict(row) -> str:
        judgement = row[1].cells[at].judgement
        return str(judgement.verdict.label) if judgement else ""

    def why(row) -> str:
        judgement = row[1].cells[at].judgement
        return "；".join(judgement.reasons) if judgement else ""

    def score(row):
        found = row[1].cells[at].score
        return "" if found is None else found

    def by(row) -> str:
        said = row[1].cells[at].said
        return str(said.by or "") if said else ""

    number, name = at + 1, f"{side.plan.years} {side.name}".strip()
    own = [Column(f"text_{number}", name, text)]
    if side.against is None:
        return own
    return [
        *own,
        Column(f"class_{number}", pgettext_lazy("of a measure", "change"), verdict),
        Column(f"reasons_{number}", _("why"), why),
        Column(f"score_{number}", _("likeness"), score),
        Column(f"corrected_{number}", _("corrected by"), by),
    ]
