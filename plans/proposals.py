"""Making draft plans, one or many by the same few statements: propose() and the import come this way."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.canonical import canonical
from articles.html import plain_text, table_rows
from articles.models import Article, Revision
from organizations import rights
from organizations.audit import record
from organizations.inserting import insert
from organizations.models import Organization

from .grammar.quotes import quote_hash
from .models import Clause, ClauseTheme, Target, Theme, WorkPlan

if TYPE_CHECKING:
    from .grammar.reading import PlanRead

GAP = 1024
_NUMBER = Target._meta.get_field("number")
_LIMIT = 10 ** (_NUMBER.max_digits - _NUMBER.decimal_places)


def text_revision(article: Article) -> Revision:
    """The revision a plan's anchors point into: the live one, before first publication the latest."""
    return article.live_revision or article.latest_revision


def read(plan: WorkPlan) -> "PlanRead":
    """The clauses and targets in the plan's text."""
    from .grammar.reading import read_plan  # with every expression of the grammar: pages of plans are shown without

    body = plan.text_revision.body
    return read_plan(plain_text(body), plan.starts_on.year if plan.starts_on else None, table_rows(body))


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a plan of `article` is filed with; with `read` its clauses and targets are proposed from the text."""

    article: Article
    organization: Organization | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    year_stated: bool = True
    year_evidence: str = ""
    role: str = WorkPlan.Role.PLAN
    subject: str = WorkPlan.DEFAULT_SUBJECT
    period: str = WorkPlan.Period.YEAR
    doc_number: str = ""
    read: bool = True

    def plan(self) -> WorkPlan:
        article, organization = self.article, self.organization
        plan = WorkPlan(
            article=article,
            text_revision=text_revision(article),
            organization=organization,
            name_then=organization.name if organization else article.organization_as_written,
            level_then=(organization.level if organization else None) or article.level,
            role=self.role,
            subject=self.subject,
            period=self.period,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            year_stated=self.year_stated,
            year_evidence=self.year_evidence[:200],
            doc_number=self.doc_number,
        )
        plan.clean_fields(exclude=["article", "text_revision", "organization", "level_then"])
        plan.clean()
        if plan.starts_on and plan.ends_on and plan.starts_on > plan.ends_on:
            raise ValidationError(_("The first day lies after the last day."), code="order")
        return plan


@transaction.atomic
def propose_all(proposals: Iterable[Proposal], by) -> list[WorkPlan]:
    """File draft plans; all, or where one of them is refused, none.

    Raises ValidationError where an article already carries a plan or the dates are out of order.
    """
    proposals = list(proposals)
    for one in proposals:
        if by is not None:
            rights.require(by, "file_plan", one.article)
    if proposals and WorkPlan.objects.filter(article__in=[one.article for one in proposals]).exists():
        raise ValidationError(_("This article is filed as a work plan already. Open that plan instead."), code="filed")
    plans = insert(one.plan() for one in proposals)
    store([(plan, read(plan)) for plan, one in zip(plans, proposals, strict=True) if one.read])
    for plan in plans:
        record("file plan", plan, by=by, organization=plan.article.owner)
    return plans


def store(reads: list[tuple[WorkPlan, "PlanRead"]]) -> None:
    """Save what was read of new plans: clauses with their themes, then the targets."""
    clauses: list[Clause] = []
    ranks: list[ClauseTheme] = []
    targets: list[Target] = []
    for plan, found in reads:
        own = clauses_of(plan, found)
        clauses += own
        ranks += ranks_of(own, found)
        targets += targets_of(plan, found, own)
    store_rows(clauses, ranks, targets)


def store_rows(clauses: list[Clause], ranks: list[ClauseTheme], targets: list[Target]) -> None:
    """Save new rows of plans: clauses, each behind the one it stands below, their themes, then the targets."""
    create_clauses(clauses)
    ranks = known(ranks)
    insert(ranks, keys=False)
    primary = {rank.clause_id: rank.theme_id for rank in ranks if rank.rank == 0}
    for target in targets:
        if clause := target.clause:
            target.theme_id = primary.get(clause.pk) or primary.get(clause.parent_id)
    insert(targets, keys=False)


def create_clauses(clauses: list[Clause]) -> None:
    for depth in sorted({clause.depth for clause in clauses}):  # a parent is there before what stands below it
        insert(clause for clause in clauses if clause.depth == depth)


def ranks_of(clauses: list[Clause], found: "PlanRead") -> list[ClauseTheme]:
    """The themes that were read, of `clauses` in the order of `found`."""
    return [
        ClauseTheme(clause=clause, theme_id=code, rank=rank)
        for clause, one in zip(clauses, found.clauses, strict=True)
        for rank, code in enumerate(one.themes)
    ]


def known(ranks: list[ClauseTheme]) -> list[ClauseTheme]:
    """Those whose theme the site has."""
    themes = set(Theme.objects.order_by().values_list("pk", flat=True)) if ranks else set()
    return [rank for rank in ranks if rank.theme_id in themes]


def clauses_of(plan: WorkPlan, found: "PlanRead") -> list[Clause]:
    """The clauses that were read, in reading order, not yet saved."""
    clauses: list[Clause] = []
    for index, one in enumerate(found.clauses):
        heading = one.heading.heading[:300]
        clauses.append(
            Clause(
                plan=plan,
                parent=clauses[one.parent] if one.parent is not None else None,
                position=(index + 1) * GAP,
                depth=one.heading.level,
                number=one.heading.number or "",
                heading=heading,
                text=one.text,
                style=one.heading.style,
                start=one.start,
                end=min(one.end, one.start + len(canonical(heading))),
            )
        )
    return clauses


def targets_of(plan: WorkPlan, found: "PlanRead", clauses: list[Clause]) -> list[Target]:
    """The targets, save those whose number is longer than can be kept."""
    return [
        Target(
            plan=plan,
            clause=clauses[row.clause] if row.clause is not None else None,
            position=(index + 1) * GAP,
            number=row.found.number,
            unit=row.found.unit or "",
            comparator=row.found.comparator,
            kind=row.found.kind,
            modality=row.found.modality or "",
            period=row.found.period or "",
            object=(row.found.object or "")[:200],
            quote=row.found.sentence,
            start=row.start,
            end=row.end,
            quote_hash=quote_hash(row.found.sentence),
        )
        for index, row in enumerate(found.targets)
        if row.found.number is None or abs(row.found.number) < _LIMIT
    ]
