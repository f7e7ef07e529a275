"""The columns of the register: what a row of the table may show, and what a line of an export says."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.exports import Column

OF_TARGETS = [
    ("amount", pgettext_lazy("column", "target")),
    ("theme", _("theme")),
    ("due", _("deadline")),
    ("done", pgettext_lazy("column", "done")),
    ("status", _("state of the target")),
    ("kind", _("kind of target")),
    ("holder", _("duty-holder")),
    ("clause", _("clause")),
    ("quote", _("sentence")),
    ("latest", _("latest report")),
]
OF_PLANS = [
    ("subject", _("subject")),
    ("period", _("period")),
    ("role", pgettext_lazy("of a plan", "role")),
    ("document", _("document number")),
    ("filed", pgettext_lazy("column", "filed")),
]
COLUMNS = OF_TARGETS + OF_PLANS
USUAL = ("amount", "theme", "due", "done", "status")


def chosen(asked: dict) -> list[str]:
    """The columns to show, in their order; a search in the targets' sentences shows these."""
    wanted = asked.get("columns") or [
        *USUAL,
        *(["quote"] if asked.get("q") and asked.get("where") == "targets" else []),
    ]
    return [name for name, _label in COLUMNS if name in wanted]


def _of(read):
    """A reader of the target of a line, None where the plan has none."""
    return lambda line: read(line.target) if line.target else None


def _progress(read):
    return lambda line: read(line.progress) if line.progress else None


# What an export holds beside the columns chosen: which plan, which target
_PLAN = [
    Column("plan", _("plan number"), lambda line: line.plan.pk),
    Column("year", _("year"), lambda line: line.plan.years),
    Column("title", _("title"), lambda line: line.plan.article.title),
    Column("organization", _("organization"), lambda line: line.plan.name_then or str(line.plan.organization or "")),
    Column("level", _("level"), lambda line: line.plan.level_then and line.plan.level_then.name),
    Column("state", _("state"), lambda line: line.plan.get_state_display()),
    Column("basis", _("basis of the year"), lambda line: _stated(line.plan)),
]
_TARGET = [
    Column("target", _("target number"), _of(lambda target: target.pk)),
    Column("object", _("what is counted"), _of(lambda target: target.object or target.quote)),
]
_CHOSEN = {
    "amount": [
        Column("comparator", _("comparator"), _of(lambda target: target.get_comparator_display())),
        Column("number", pgettext_lazy("quantity", "number"), _of(lambda target: target.number)),
        Column("unit", _("unit"), _of(lambda target: target.unit)),
    ],
    "theme": [Column("theme", _("theme"), _of(lambda target: target.theme and target.theme.name))],
    "due": [Column("due", _("deadline"), _of(lambda target: target.deadline or target.period))],
    "done": [Column("done", _("done, %"), _progress(lambda progress: progress.percent))],
    "status": [Column("status", _("state of the target"), _progress(lambda progress: progress.state.label))],
    "kind": [Column("kind", _("kind of target"), _of(lambda target: target.get_kind_display()))],
    "holder": [Column("holder", _("duty-holder"), _of(lambda target: target.duty_holder))],
    "clause": [Column("clause", _("clause"), _of(lambda target: target.clause and str(target.clause)))],
    "quote": [Column("quote", _("sentence"), _of(lambda target: target.quote))],
    "latest": [
        Column("latest", _("latest report"), _progress(lambda progress: progress.value)),
        Column("reported_on", _("reported on"), _progress(lambda progress: progress.on)),
    ],
    "subject": [Column("subject", _("subject"), lambda line: line.plan.subject)],
    "period": [Column("period", _("period"), lambda line: line.plan.get_period_display())],
    "role": [Column("role", pgettext_lazy("of a plan", "role"), lambda line: line.plan.get_role_display())],
    "document": [Column("doc_number", _("document number"), lambda line: line.plan.doc_number)],
    "filed": [Column("filed", pgettext_lazy("column", "filed"), lambda line: line.plan.filed_at)],
}


def _stated(plan):
    if not plan.starts_on:
        return None
    return _("stated in the text") if plan.year_stated else _("inferred")


def exported(names: list[str]) -> list[Column]:
    """The columns of an export when the table shows those called `names`."""
    return [*_PLAN, *_TARGET, *(column for name in names for column in _CHOSEN[name])]
