"""The text of a plan as its page shows it: clauses and promises marked, each promise with a link to its target."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lxml.html
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.anchors import Text, replace, texts
from articles.extensions import Mark
from articles.html import parse
from articles.rendering import render_body
from plans.models import Clause, Target


@dataclass(frozen=True)
class Reference:
    """The link behind a sentence: to target number `pk`, the `number`th in the list, open at `edit` for editors."""

    end: int
    pk: int
    number: int
    edit: str = ""


def marked_text(
    html: str, clauses: Sequence[Clause], targets: Sequence[Target], references: Sequence[Reference]
) -> SafeString:
    """`html` (clean) with the clauses as anchors, the sentences of `targets` marked, and themes under headings.

    What is added stands in elements with `data-added`, so that selected words are told from it.
    """
    there = [(row, "clause") for row in clauses if not row.broken]
    there += [(row, "target") for row in targets if not row.broken]
    marks = [Mark(row.start, row.end, row.anchor, kind) for row, kind in there if row.start < row.end]
    body = parse(render_body(html, marks).html)
    _refer(body, references)
    _name_themes(body, {row.anchor: row for row in clauses})
    return mark_safe(_inner(body))  # noqa: S308  clean() let it in


def _refer(body, references: Sequence[Reference]) -> None:
    """A link after the last word of each marked sentence."""
    for run in reversed(texts(body)):
        here = [one for one in references if run.start < one.end <= run.end]
        if here:
            _put(run, sorted(here, key=lambda one: (one.end, one.number)))


def _put(run: Text, references: Sequence[Reference]) -> None:
    lead, nodes, done = "", [], 0
    for one in references:
        cut = run.origin[one.end - run.start - 1] + 1
        between, done = run.value[done:cut], cut
        if nodes:
            nodes[-1].tail = between
        else:
            lead = between
        nodes.append(_link(one))
    nodes[-1].tail = run.value[done:]
    replace(run, lead, nodes)


def _link(one: Reference):
    attributes = {
        "class": "ref",
        "href": f"#target-{one.pk}",
        "data-added": "",
        "aria-label": _("Target %d") % one.number,
    }
    if one.edit:
        attributes["data-edit"] = one.edit
    link = lxml.html.Element("a", attributes)
    link.text = str(one.number)
    return link


def _name_themes(body, clauses: Mapping[str, Clause]) -> None:
    """Below each heading that is a clause its themes; other clauses have theirs in the outline alone."""
    for heading in body.iter("h2", "h3", "h4"):
        clause = clauses.get(heading.get("id", ""))
        names = [rank.theme.name for rank in clause.theme_ranks.all()] if clause else []
        if names:
            line = lxml.html.Element("p", {"class": "theme", "data-added": ""})
            line.text = _("Theme: %s") % _(", ").join(names)
            line.tail, heading.tail = heading.tail, None
            heading.addnext(line)


def _inner(body) -> str:
    inner = escape(body.text or "") + "".join(lxml.html.tostring(child, encoding="unicode") for child in body)
    return inner.replace("</wbr>", "")
