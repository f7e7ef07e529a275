"""The plans that are set beside each other, with their measures, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.canonical import canonical
from articles.html import plain_text
from articles.models import Revision
from organizations.models import Organization
from plans.models import Clause, ClauseTheme, Target, WorkPlan

from .passages import Figure, Part, Passage, passages
from .verdicts import Mode


@dataclass(frozen=True)
class Side:
    """A plan in its place: `against` is the place of the one it is compared with, None for the first."""

    plan: WorkPlan
    passages: list[Passage]
    against: int | None

    @property
    def name(self) -> str:
        plan = self.plan
        return plan.name_then or (plan.organization.name if plan.organization else plan.article.title)

    @property
    def year(self) -> int | None:
        return self.plan.starts_on.year if self.plan.starts_on else None


def in_order(plans: Sequence[WorkPlan]) -> tuple[Mode, list[WorkPlan], list[int | None]]:
    """The mode that plans are compared in, the plans in their order, and for each the place it is compared with.

    Plans of one body stand by years, each beside the one before; where one stands above all others in the tree, each
    lower one beside the nearest upper one; else all by years, each beside the one before.
    """
    bodies = {plan.organization_id for plan in plans}
    ranked = sorted(plans, key=_by_height)
    if len(bodies) > 1 and None not in bodies and _above_all(ranked):
        return Mode.LEVELS, ranked, [_nearest_upper(ranked, at) for at in range(len(ranked))]
    dated = sorted(plans, key=_by_year)
    mode = Mode.YEARS if len(bodies) == 1 and None not in bodies else Mode.BESIDE
    return mode, dated, [None, *range(len(dated) - 1)]


def _by_year(plan: WorkPlan) -> tuple:
    return (plan.starts_on is None, plan.starts_on or 0, plan.ends_on or 0, plan.pk)


def _by_height(plan: WorkPlan) -> tuple:
    body = plan.organization
    return (body.depth if body else 0, body.path if body else "", *_by_year(plan))


def _upper(one: Organization, other: Organization) -> bool:
    return one.pk != other.pk and one.covers(other)


def _above_all(plans: Sequence[WorkPlan]) -> bool:
    first = plans[0].organization
    return all(_upper(first, plan.organization) for plan in plans[1:])


def _nearest_upper(plans: Sequence[WorkPlan], at: int) -> int | None:
    """The place of the lowest body above the one at `at`; of its several plans the one of the nearest year."""
    own = plans[at]
    uppers = [place for place in range(at) if _upper(plans[place].organization, own.organization)]

    def fitting(place: int) -> tuple:
        years = [plan.starts_on.year if plan.starts_on else 0 for plan in (plans[place], own)]
        return (plans[place].organization.depth, -abs(years[0] - years[1]), -place)

    return max(uppers, key=fitting, default=None)


def load(plans: Sequence[WorkPlan], against: Sequence[int | None]) -> list[Side]:
    """The sides of `plans`; three queries, one more where a plan has no clauses: its whole text is read then."""
    numbers = [plan.pk for plan in plans]
    themes: dict[int, list[str]] = defaultdict(list)
    ranks = ClauseTheme.objects.filter(clause__plan__in=numbers).order_by("rank", "pk")
    for clause, theme in ranks.values_list("clause", "theme"):
        themes[clause].append(theme)
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in Clause.objects.standing().filter(plan__in=numbers).order_by("plan", "position"):
        clauses[clause.plan_id].append(clause)
    figures: dict[int, list[Figure]] = defaultdict(list)
    promises = Target.objects.standing().filter(plan__in=numbers, kind__in=Target.FORWARD).order_by("position", "pk")
    for pk, plan, quote in promises.values_list("pk", "plan", "quote"):
        figures[plan].append(Figure(pk, canonical(quote)))
    bare = {plan.text_revision_id: plan.pk for plan in plans if plan.pk not in clauses}
    texts = {}
    if bare:
        for pk, body in Revision.objects.filter(pk__in=bare).values_list("pk", "body"):
            texts[bare[pk]] = [Part("", plain_text(body))]
    return [
        Side(plan, passages(texts.get(plan.pk) or _parts(clauses[plan.pk], themes), figures[plan.pk]), ref)
        for plan, ref in zip(plans, against, strict=True)
    ]


def _parts(clauses: Iterable[Clause], themes: dict[int, list[str]]) -> list[Part]:
    clauses = list(clauses)
    by_pk = {clause.pk: clause for clause in clauses}
    headed = {clause.parent_id for clause in clauses}

    def of(clause: Clause) -> tuple[str, ...]:
        """Its own themes, else those of the clause above."""
        seen = set()
        while clause and clause.pk not in seen:
            if clause.pk in themes:
                return tuple(themes[clause.pk])
            seen.add(clause.pk)
            clause = by_pk.get(clause.parent_id)
        return ()

    return [
        Part(clause.heading, clause.text, clause.style, of(clause), clause.number, clause.anchor, clause.pk in headed)
        for clause in clauses
    ]
