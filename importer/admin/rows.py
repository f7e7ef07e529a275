"""Lines of lists of imported files: a few columns of each, never its bytes or all of its output."""

from django.db.models import F, QuerySet

from importer.models import ImportItem

from . import words


def with_titles(items: QuerySet) -> QuerySet:
    """With `found_title`, the first title that was read."""
    return items.annotate(found_title=F("output__articles__0__title"))


def rows_of(items: QuerySet) -> list[dict]:
    """`items` as rows for a template: pk, name, found_title, outcome_name, doubt in words, what to look at."""
    found = with_titles(items).values(
        "pk", "name", "doubt", "outcome", "message", "found_title", warnings=F("output__warnings")
    )
    return [
        {
            **row,
            "outcome_name": ImportItem.Outcome(row["outcome"]).label,
            "doubt": words.doubt(row["doubt"]),
            "said": words.warnings([*(row["warnings"] or []), *row["message"].splitlines()]),
        }
        for row in found
    ]
