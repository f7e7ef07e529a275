"""What the page of one target shows: its timeline, evidence, parts and neighbours over the years."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.models import Article
from organizations import rights
from plans.models import Evidence, Measure, ProgressReport, Target, WorkPlan

from .charts import Chart, chart
from .evidence import Candidate, candidates
from .indicators import suggested, upper_candidates
from .readings import Reading, read
from .reporting import may_report, own_measure
from .rollup import reached, sum_of
from .states import Progress, judge


@dataclass(frozen=True)
class Line:
    """A report of the timeline; `gone` where a later one stands in its place, `back` where it takes one back.

    The `note` of a report that was read from an article names that, so it is left out with the article.
    """

    report: ProgressReport
    note: str
    gone: bool
    back: bool
    evidence: list[Evidence]


@dataclass(frozen=True)
class Part:
    target: Target
    progress: Progress


@dataclass(frozen=True)
class TargetPage:
    target: Target
    measure: Measure
    progress: Progress | None
    chart: Chart | None
    lines: list[Line]
    evidence: list[Evidence]
    refused: int
    candidates: list[Candidate]
    parts: list[Part]
    parts_unseen: int
    parts_sum: str
    indicators: list
    uppers: list[Target]
    upper: Target | None  # where the user may see its plan
    may_report: bool
    may_assign: bool
    may_make: bool


def visible_target(pk: int, user) -> Target:
    """The target numbered `pk`, with its plan, where `user` may see both. Raises Http404 elsewhere."""
    rows = Target.objects.visible_to(user).select_related(
        "plan__article__owner",
        "plan__organization__parent",
        "plan__level_then",
        "indicator",
        "parent__plan__article__owner",
        "clause",
    )
    target = get_object_or_404(rows, pk=pk)
    if not WorkPlan.objects.visible_to(user).filter(pk=target.plan_id).exists():
        raise Http404
    target.hide_lost_clause(user)
    return target


def target_page(target: Target, user, today: datetime.date) -> TargetPage:
    """All of a target's page, in a fixed number of queries; suggestions only for those who may judge them."""
    promised = target.kind in Target.FORWARD
    readings = read([target.pk], today, user) if promised else {}
    one = readings.get(target.pk)
    allowed = promised and may_report(user, target.plan)
    judged = _judged(target, user)
    parts = _parts(one, user, today)
    in_force = target.plan.state == WorkPlan.State.IN_FORCE
    return TargetPage(
        target=target,
        measure=own_measure(target),
        progress=judge(one, reached(one, today), today) if one else None,
        chart=chart(one, today) if one else None,
        lines=_timeline(target, judged),
        evidence=[row for row in judged if row.verdict == Evidence.Verdict.CONFIRMED],
        refused=sum(row.verdict == Evidence.Verdict.REFUSED for row in judged),
        candidates=candidates(target) if allowed and in_force else [],
        parts=parts,
        parts_unseen=len(one.parts) - len(parts) if one else 0,
        parts_sum=_own_and_parts(one, today),
        indicators=suggested(target) if not target.indicator_id else [],
        upper=_upper(target, user),
        uppers=upper_candidates(target, user) if allowed and not target.parent_id else [],
        may_report=allowed and in_force,
        may_assign=rights.may(user, "assign_indicator", target),
        may_make=rights.may(user, "make_indicator", target),
    )


def _upper(target: Target, user) -> Target | None:
    upper = target.parent
    if not upper or (upper.broken and not rights.may(user, "view", upper)):
        return None
    return upper if WorkPlan.objects.visible_to(user).filter(pk=upper.plan_id).exists() else None


def _judged(target: Target, user) -> list[Evidence]:
    """What was judged; `readable` says whether `user` may be told which article it is and what it says."""
    readable = Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article")).order_by())
    rows = Evidence.objects.filter(target=target).select_related("article__organization", "judged_by", "report")
    return list(rows.annotate(readable=readable).order_by("-article__sort_at", "-pk"))


def _timeline(target: Target, judged: list[Evidence]) -> list[Line]:
    """Every report, the newest first, with those that were corrected."""
    rows = list(
        ProgressReport.objects.filter(target=target)
        .select_related("reporter", "corrects", "taken_from__plan")
        .order_by("-on", "-pk")
    )
    corrected = {row.corrects_id for row in rows}
    proof: dict[int, list[Evidence]] = {}
    for row in judged:
        proof.setdefault(row.report_id, []).append(row)

    def line(row: ProgressReport) -> Line:
        its = proof.get(row.pk, [])
        note = row.note if all(one.readable for one in its) else ""
        return Line(row, note, row.pk in corrected, row.value is None, its)

    return [line(row) for row in rows]


def _parts(one: Reading | None, user, today: datetime.date) -> list[Part]:
    """The parts of a target that `user` may see, each with its own state."""
    if not one or not one.parts:
        return []
    below = {part.pk: part for part in one.parts}
    plans = WorkPlan.objects.visible_to(user).order_by().values("pk")
    rows = (
        Target.objects.visible_to(user).filter(pk__in=list(below), plan__in=plans).select_related("plan__organization")
    )
    rows = sorted(rows, key=lambda row: list(below).index(row.pk))
    return [Part(row, judge(below[row.pk], reached(below[row.pk], today), today)) for row in rows]


def _own_and_parts(one: Reading | None, today: datetime.date) -> str:
    """What the parts add up to where the target has reports of its own, which then count; else nothing."""
    if not one or not one.parts or not one.counted(today):
        return ""
    total = sum_of(one, one.parts, today).value
    return f"{total.normalize():f}{one.unit}" if total is not None else ""
