"""What the importer prints as codes, said in words: warnings, fields, how sure a value is, how doubtful a file."""

import re
from contextlib import suppress

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Revision
from importer.doubt import SURE as SURE_ENOUGH

WARNINGS = {
    "nul_bytes": gettext_lazy("Control characters were left out."),
    "broken_bytes": gettext_lazy("Some bytes could not be read; they show as �. Compare with the original."),
    "missing_body": gettext_lazy("The contents list “%s”, but its text is not in the file."),
    "cut_body": gettext_lazy("The text breaks off: %s"),
    "count_differs": gettext_lazy("The title announces another number of pieces than the file holds."),
    "year_conflict": gettext_lazy("The page names several years that cannot all be right. Check the year of the plan."),
    "year_expected": gettext_lazy("It was imported as a plan of %s, but speaks of another year. Check which is right."),
    "organization_expected": gettext_lazy(
        "It was imported as a plan of “%s”, but names another body. Check whose it is."
    ),
    "not_union": gettext_lazy("This does not seem to be a union's page. Dismiss it, or correct the kind."),
    "needs_review": gettext_lazy("No text of an article was found on the page."),
    "no_title": gettext_lazy("No title was found. Give the page one."),
    "edited": gettext_lazy("The article was edited after its import. Choose what to take from the file."),
    "gone": gettext_lazy("The file no longer holds a text that was imported from it. Its article stays."),
}
FIELDS = {
    "title": gettext_lazy("title"),
    "kicker": gettext_lazy("kicker"),
    "subtitle": gettext_lazy("subtitle"),
    "kind": gettext_lazy("kind"),
    "channel": gettext_lazy("channel"),
    "organization": gettext_lazy("organization"),
    "parent_organization": gettext_lazy("parent organization"),
    "level": gettext_lazy("level"),
    "published_on": gettext_lazy("date"),
    "source": gettext_lazy("source"),
    "author": gettext_lazy("author"),
    "author_title": gettext_lazy("author's post"),
    "editor": gettext_lazy("editor"),
    "plan_year": gettext_lazy("year of the plan"),
    "carries_plan": gettext_lazy("It holds a work plan"),
    "body_html": gettext_lazy("text"),
    "full_width": gettext_lazy("full-width marks"),
    "prev_title": gettext_lazy("article before"),
    "next_title": gettext_lazy("article after"),
}
SURE = {
    "high": gettext_lazy("sure"),
    "medium": gettext_lazy("fairly sure"),
    "low": gettext_lazy("unsure, please check"),
}
_CODE = re.compile(r"([a-z_]+):? ?(.*)", re.DOTALL)
MUCH = 40
"""From which figure much is said to be unsure."""


def warning(printed: str) -> str:
    """A warning (`code: what about`) as a sentence in the reader's language."""
    match = _CODE.match(printed)
    code, about = match.groups() if match else ("", printed)
    said = str(WARNINGS.get(code, "")) or _(about)
    return said.replace("%s", about)


def warnings(printed: list[str]) -> list[str]:
    """Each sentence once, in order; why a file could not be read stands in the item's message, translated."""
    return list(dict.fromkeys(warning(one) for one in printed if not one.startswith("unreadable_")))


def doubt(figure: int) -> dict:
    """How doubtful a file is: words, and the look (ok, warn, late) of the mark before them."""
    if figure >= MUCH:
        return {"words": _("much is unsure"), "look": "late"}
    if figure >= SURE_ENOUGH:
        return {"words": _("some is unsure"), "look": "warn"}
    return {"words": _("hardly any"), "look": "ok"}


def field(name: str) -> str:
    """The name of a field: of the importer's output, of an article's text or of its particulars."""
    if name in FIELDS:
        return str(FIELDS[name])
    for model in (Revision, Article):
        with suppress(FieldDoesNotExist):
            return str(model._meta.get_field(name).verbose_name)
    return name
