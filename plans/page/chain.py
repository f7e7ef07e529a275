"""The chain a plan stands in (计划链): several years, year, half-years and quarters, report; before, after, above."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from organizations.prepared import prepared
from plans.models import WorkPlan

_DAY = datetime.timedelta(days=1)
_FIELDS = (
    *("article_id", "organization_id", "name_then", "role", "subject", "period"),
    *("starts_on", "ends_on", "state", "replaces_id", "text_revision_id"),
)


class Relation(TextChoices):
    """What another plan is to the one looked at, in the order of the chain."""

    YEARS = "years", _("Plan of several years")
    YEAR = "year", _("Yearly plan")
    PLAN = "plan", _("Plan it reports on")
    PART = "part", _("Within its time")
    REPORT = "report", _("Report")
    BEFORE = "before", pgettext_lazy("plan of the time before", "Before")
    AFTER = "after", pgettext_lazy("plan of the time after", "After")
    REPLACES = "replaces", pgettext_lazy("an earlier plan", "Replaces")
    REPLACED_BY = "replaced_by", pgettext_lazy("a later plan", "Replaced by")
    UPPER = "upper", _("Upper body")


@dataclass(frozen=True)
class Link:
    relation: Relation
    plan: WorkPlan


def chain_of(plan: WorkPlan, user) -> list[Link]:
    """The plans that `user` may see and that stand in one chain with `plan`, in order; two queries.

    `plan` comes with its organisation.
    """
    rows = WorkPlan.objects.order_by()
    parent = plan.organization.parent_id if plan.organization_id else None
    branches = [rows.filter(replaces=plan)]  # each by an index of its own
    if plan.replaces_id:
        branches.append(rows.filter(pk=plan.replaces_id))
    if plan.organization_id and plan.starts_on and plan.ends_on:
        near = {"starts_on__lte": _after(plan.ends_on), "ends_on__gte": _before(plan.starts_on)}
        bodies = {plan.organization_id, parent} - {None}
        branches.append(rows.filter(organization__in=bodies, subject=plan.subject, **near))
    first, *others = (branch.values_list("pk") for branch in branches)
    found = {pk for (pk,) in first.union(*others).order_by()} - {plan.pk}
    seen = WorkPlan.objects.visible_to(user).filter(pk__in=found).select_related("organization")
    return linked(plan, parent, seen)


def public_chain(article: Article) -> tuple[WorkPlan | None, list[Link]]:
    """The plan of `article`, and the plans in its chain that the public may read; one query for both."""
    rows = {row.pk: row for row in _around(article=article.pk, now=timezone.now())}.values()
    plan = next((row for row in rows if row.article_id == article.pk), None)
    if plan is None:
        return None, []
    parent = plan.organization.parent_id if plan.organization_id else None
    return plan, linked(plan, parent, (row for row in rows if row.pk != plan.pk))


@prepared
def _around(*, article, now):
    """The plan of an article, and the public ones of its body, of the body above, and those it replaces."""
    public = Exists(Article.objects.readable(now).order_by().filter(pk=OuterRef("article_id")))
    others = WorkPlan.objects.filter(public).exclude(state=WorkPlan.State.DRAFT)
    branches = [  # joins from the one article, each by an index, where one condition with OR would read every plan
        WorkPlan.objects.filter(article=article),
        others.filter(organization__work_plans__article=article),
        others.filter(organization__children__work_plans__article=article),
        others.filter(replaced_by__article=article),
    ]
    whole = [
        rows.order_by().select_related("organization").only(*_FIELDS, "organization__name", "organization__parent_id")
        for rows in branches
    ]
    return whole[0].union(*whole[1:], all=True).order_by()


def linked(plan: WorkPlan, upper: int | None, others: Iterable[WorkPlan]) -> list[Link]:
    """Those of `others` that stand in one chain with `plan`, in order; `upper` is the number of the body above."""
    links = [Link(relation, other) for other in others if (relation := _relation(plan, upper, other))]
    links.sort(key=lambda link: (list(Relation).index(link.relation), str(link.plan.starts_on), link.plan.pk))
    return _nearest_upper(links)


def _relation(plan: WorkPlan, upper: int | None, other: WorkPlan) -> Relation | None:
    if other.pk == plan.replaces_id:
        return Relation.REPLACES
    if other.replaces_id == plan.pk:
        return Relation.REPLACED_BY
    if other.state == WorkPlan.State.REPLACED or other.subject != plan.subject:
        return None
    if None in (plan.starts_on, plan.ends_on, other.starts_on, other.ends_on):
        return None
    around = other.starts_on <= plan.starts_on and plan.ends_on <= other.ends_on
    if other.organization_id != plan.organization_id:
        is_upper = upper is not None and other.organization_id == upper
        return Relation.UPPER if is_upper and around and other.role == plan.role else None
    if plan.organization_id is None:
        return None
    return _of_own(plan, other, around)


def _of_own(plan: WorkPlan, other: WorkPlan, around: bool) -> Relation | None:
    """What another plan or report of the same body and subject is."""
    within = plan.starts_on <= other.starts_on and other.ends_on <= plan.ends_on
    is_plan = other.role == WorkPlan.Role.PLAN
    if within and around:
        if other.role == plan.role:
            return None
        return Relation.PLAN if is_plan else Relation.REPORT
    if around and is_plan:
        return Relation.YEARS if other.period == WorkPlan.Period.YEARS else Relation.YEAR
    if within:
        return Relation.PART
    if _kind(other) == _kind(plan):
        if other.ends_on == _before(plan.starts_on):
            return Relation.BEFORE
        if other.starts_on == _after(plan.ends_on):
            return Relation.AFTER
    return None


def _before(day: datetime.date) -> datetime.date:
    return day if day == datetime.date.min else day - _DAY


def _after(day: datetime.date) -> datetime.date:
    return day if day == datetime.date.max else day + _DAY


def _kind(plan: WorkPlan) -> tuple[str, str]:
    """Plan or report of which length; first and second half-year are of one kind."""
    second = plan.period == WorkPlan.Period.SECOND_HALF
    return plan.role, WorkPlan.Period.FIRST_HALF if second else plan.period


def _nearest_upper(links: list[Link]) -> list[Link]:
    """Of the upper body's plans those of the shortest time alone: the yearly one for a year."""
    spans = [link.plan.ends_on - link.plan.starts_on for link in links if link.relation == Relation.UPPER]
    return [
        link
        for link in links
        if link.relation != Relation.UPPER or link.plan.ends_on - link.plan.starts_on == min(spans)
    ]
