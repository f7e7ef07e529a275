"""What a plan adds to the page of its article: places that can be linked to; beside the text its targets and chain."""

from dataclasses import dataclass, field
from itertools import chain

from django.db.models import CharField, DecimalField, Value

from articles.anchors import OLD
from articles.extensions import Mark, register_asides, register_marks, register_read_along
from articles.html import plain_text
from organizations.prepared import prepared
from organizations.shown import shows

from .anchoring import find_again
from .models import Clause, Target, WorkPlan
from .page.chain import Link, public_chain

register_read_along("work_plan")

_SPAN = ("position", "pk", "start", "end")
_SAID = ("kind", "comparator", "number", "unit", "object")


@dataclass
class _Parts:
    """The plan of an article with its chain, and those of its clauses and targets that stand in the text."""

    plan: WorkPlan | None
    links: list[Link]
    clauses: list[Clause] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


def _parts(article) -> _Parts:
    """Read by two queries, once for each article object; by none where it came without a plan."""
    if WorkPlan.article.field.remote_field.get_cached_value(article, default=article) is None:
        return _Parts(None, [])
    if not hasattr(article, "_plan_parts"):
        plan, links = public_chain(article)
        if plan:
            bodies = filter(None, (plan.organization_id, plan.organization and plan.organization.parent_id))
            shows(*(f"plans:{pk}" for pk in bodies), *(f"article:{link.plan.article_id}" for link in links))
        article._plan_parts = _Parts(plan, links, *(_standing(plan) if plan else ()))
    return article._plan_parts


def _standing(plan: WorkPlan) -> tuple[list[Clause], list[Target]]:
    """Clauses and targets with no more than their places and figures, by one statement for both."""
    found: tuple[list[Clause], list[Target]] = [], []
    for *values, is_target in sorted(_spans(plan=plan.pk), key=lambda row: row[:2]):
        if is_target:
            found[1].append(Target(plan=plan, **dict(zip(_SPAN + _SAID, values, strict=True))))
        else:
            found[0].append(Clause(plan=plan, **dict(zip(_SPAN, values, strict=False))))
    return found


@prepared
def _spans(*, plan):
    text, number = CharField(), DecimalField(max_digits=20, decimal_places=4)
    nothing = [Value(None, output_field=number) if name == "number" else Value("", output_field=text) for name in _SAID]
    targets = Target.objects.filter(plan=plan, broken=False).order_by().values_list(*_SPAN, *_SAID, Value(1))
    clauses = Clause.objects.filter(plan=plan, broken=False).order_by().values_list(*_SPAN, *nothing, Value(0))
    return targets.union(clauses, all=True)


@register_marks
def plan_marks(article, revision) -> list[Mark]:
    """A mark for each clause and for each target whose sentence stands in the text.

    Spans speak of the plan's own revision. In another one (a preview) the marks stand where its publication would find
    the words again, as anchoring.reanchor does, and there are none for words that are gone.
    """
    parts = _parts(article)
    if parts.plan is None:
        return []
    if parts.plan.text_revision_id != revision.pk:
        places = _found_again(parts.plan, revision)
    else:
        places = {row: (row.start, row.end) for row in chain(parts.clauses, parts.targets) if row.start < row.end}
    marks = [Mark(*places[row], row.anchor, _kind(row)) for row in places]
    clauses = [row for row in places if isinstance(row, Clause) and row.old_anchor]
    return marks + [Mark(*places[row], row.old_anchor, OLD) for row in clauses]


def _kind(row: Clause | Target) -> str:
    if isinstance(row, Clause):
        return "clause"
    return "target" if row.kind in Target.FORWARD else "figure"


def _found_again(plan: WorkPlan, revision) -> dict:
    """The spans in `revision` of the clauses and targets whose words its publication would find again."""
    clauses, targets = list(plan.clauses.defer("text")), list(plan.targets.all())
    return find_again(clauses, targets, plain_text(plan.text_revision.body), plain_text(revision.body)).places


@register_asides
def beside_the_text(article) -> dict | None:
    """文中的指标、计划链: the targets of a plan in force, and the plans in its chain, beside its article."""
    parts = _parts(article)
    if parts.plan is None or parts.plan.state == WorkPlan.State.DRAFT:
        return None
    in_force = parts.plan.state == WorkPlan.State.IN_FORCE
    targets = [target for target in parts.targets if in_force and target.kind in Target.FORWARD]
    if not targets and not parts.links:
        return None
    return {"template": "plans/page/aside.html", "context": {"targets": targets, "links": parts.links}}
