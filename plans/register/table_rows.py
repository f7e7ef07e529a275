"""The rows of the register's table, written here and not by a template: a page has two hundred targets of up to a dozen
cells, for which the template language takes fifty times as long."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from html import escape

from django.template.defaultfilters import capfirst, floatformat
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.headlines import headline
from plans.models import Target, WorkPlan
from plans.progress.marks import bar, state_mark

LONGEST = 60  # characters of what is counted


def table_rows(plans: Iterable[WorkPlan], columns: list[str], *, width: int, public: bool) -> SafeString:
    """A <tbody> for each of `plans` (rows.plans): its own row, and one for each of its targets with the cells of
    `columns`. `width` is how many columns the second of the table spans; `public`: links lead to articles."""
    cells = [CELLS[name] for name in columns if name in CELLS]
    marks = [mark for name, mark in MARKS.items() if name in columns]
    return mark_safe("".join(_plan(plan, cells, marks, width, public) for plan in plans))  # noqa: S308  parts are escaped


def _plan(plan: WorkPlan, cells: list[Callable], marks: list[Callable], width: int, public: bool) -> str:
    address = escape((plan.article if public else plan).get_absolute_url())
    parts = [
        f'<tbody role="rowgroup"><tr class="plan" role="row"><td class="yr" role="cell">{plan.years or "—"}</td>'
        f'<th class="ttl" scope="rowgroup" role="rowheader" colspan="{width}"><a href="{address}" data-row>'
        f'{headline(plan.article.title)}</a><span class="meta">{_about(plan, marks)}</span></th></tr>\n'
    ]
    place = f"{address}#t" if public else f"{address}#target-"
    parts += [_target(number, place, target, cells) for number, target in enumerate(plan.promises, start=1)]
    if not plan.promises:
        met = _("No target of this plan meets these conditions.") if plan.of_all else ""
        parts.append(_none(escape(met or _("No quantified target in the text.")), width) + "\n")
    if plan.promised > len(plan.promises):
        words = _("All %(number)s targets of this plan") % {"number": plan.promised}
        link = address if public else f"{address}#targets"
        parts.append(_none(f'<a href="{link}" data-row>{escape(words)}</a>', width))
    return "".join([*parts, "</tbody>\n"])


def _none(words: str, width: int) -> str:
    """A row that stands for targets not shown; `words` are HTML."""
    return (
        '<tr class="tg none" role="row"><td class="no" role="cell"></td>'
        f'<td class="what" role="cell" colspan="{width}">{words}</td></tr>'
    )


def _about(plan: WorkPlan, marks: list[Callable]) -> str:
    """Below the title: whose, how much there is, its state, and the columns about plans."""
    name = plan.name_then or (plan.organization.name if plan.organization else "")
    level = f"<span>{escape(plan.level_then.name)}</span>" if plan.level_then else ""
    clauses = ngettext("%(number)s clause", "%(number)s clauses", plan.sections) % {"number": plan.sections}
    targets = ngettext("%(number)s target", "%(number)s targets", plan.of_all) % {"number": plan.of_all}
    own = plan_marks(plan.state, bool(plan.starts_on), plan.year_stated, get_language())
    numbers = f"<span>{escape(clauses)} {escape(targets)}</span>"
    return f"<span>{escape(name)}</span>{level}{numbers}{own}{''.join(mark(plan) for mark in marks)}"


@lru_cache(maxsize=100)
def plan_marks(state: str, dated: bool, year_stated: bool, language: str | None) -> SafeString:
    """The marks of a plan's state and of where its year is from, in the reader's `language`."""
    plan = WorkPlan(state=state, year_stated=year_stated)
    shown = {"state": state, "get_state_display": plan.get_state_display(), "starts_on": dated}
    marks = render_to_string("plans/register/marks.html", {"plan": shown | {"year_stated": year_stated}})
    return mark_safe(marks.strip())  # noqa: S308  it is a template's


def _span(words) -> str:
    return f"<span>{escape(str(words))}</span>"


def _filed(plan: WorkPlan) -> str:
    day = day_of(plan.filed_at)
    return f'<span>{escape(_("Filed"))} <time datetime="{day}">{day}</time></span>'


MARKS: dict[str, Callable[[WorkPlan], str]] = {
    "role": lambda plan: _span(capfirst(plan.get_role_display())),
    "subject": lambda plan: _span(plan.subject),
    "period": lambda plan: _span(capfirst(plan.get_period_display())),
    "document": lambda plan: _span(plan.doc_number) if plan.doc_number else "",
    "filed": _filed,
}


def _target(number: int, place: str, target: Target, cells: list[Callable]) -> str:
    what = target.object or target.quote
    what = unicodedata.normalize("NFC", what) if len(what) <= LONGEST else Truncator(what).chars(LONGEST)
    lost = f' <span class="inferred">{escape(_("sentence not found"))}</span>' if target.broken else ""
    return (
        f'<tr class="tg" role="row"><td class="no" role="cell">{number}</td><td class="what" role="cell">'
        f'<a class="quiet" href="{place}{target.pk}" data-row>{escape(what)}</a>{lost}</td>'
        f"{''.join(cell(target) for cell in cells)}</tr>\n"
    )


def _cell(name: str, content) -> str:
    return f'<td class="{name}" role="cell">{content}</td>'


def _amount(target: Target) -> str:
    sign = "" if target.comparator == "=" else escape(target.get_comparator_display())
    unit = f"<small>{escape(target.unit)}</small>" if target.unit else ""
    return _cell("val", f"{sign}{target.amount}{unit}")


def _due(target: Target) -> str:
    return _cell("due", day_of(target.deadline) if target.deadline else escape(target.period))


def _done(target: Target) -> str:
    progress = target.progress
    if progress is None or progress.percent is None:
        return _cell("barcell", "")
    return _cell("barcell", f'<div class="barline">{bar(progress)}<span>{progress.percent}%</span></div>')


def _latest(target: Target) -> str:
    progress = target.progress
    if progress is None or progress.value is None:
        return _cell("latest", "")
    on = f' <time datetime="{day_of(progress.on)}">{day_of(progress.on)}</time>' if progress.on else ""
    return _cell("latest", f"{floatformat(progress.value, '-4')}{escape(target.unit)}{on}")


CELLS: dict[str, Callable[[Target], str]] = {
    "amount": _amount,
    "theme": lambda target: _cell("thm", escape(target.theme.name) if target.theme else ""),
    "due": _due,
    "done": _done,
    "status": lambda target: _cell("state", state_mark(target.progress) if target.progress else ""),
    "kind": lambda target: _cell("kind", escape(capfirst(target.get_kind_display()))),
    "holder": lambda target: _cell("holder", escape(target.duty_holder)),
    "clause": lambda target: _cell("clause", escape(str(target.clause or ""))),
    "quote": lambda target: _cell("quote", escape(target.quote)),
    "latest": _latest,
}


def day_of(day) -> str:
    """A day, or that of a moment where the site is, as year, month, day."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return f"{local:%Y-%m-%d}"
