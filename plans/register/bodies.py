"""The register by organisation (按单位): how many plans and targets each has under the conditions in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from plans.exports import Column
from plans.models import WorkPlan

from .counting import CAP
from .filters import RegisterFilters


@dataclass
class Body:
    """An organisation with the numbers of its plans and targets and the years of its plans."""

    organization: Organization
    plans: int
    drafts: int
    promises: int
    years: str
    url: str = ""


BODY_COLUMNS = [
    Column("organization", _("organization"), lambda body: body.organization.name),
    Column("above", _("upper body"), lambda body: body.organization.parent and body.organization.parent.name),
    Column("level", _("level"), lambda body: body.organization.level and body.organization.level.name),
    Column("years", _("years"), lambda body: body.years),
    Column("plans", _("plans"), lambda body: body.plans),
    Column("drafts", _("drafts"), lambda body: body.drafts),
    Column("targets", _("targets"), lambda body: body.promises),
]
_AT_ONCE = 200  # of an export


class _CappedPaginator(Paginator):
    """A paginator that counts to CAP."""

    @property
    def count(self) -> int:
        if "counted" not in self.__dict__:
            self.counted = self.object_list[:CAP].count()
        return self.counted


def bodies(filters: RegisterFilters, number, per_page: int) -> Page:
    """A page of the organisations that have plans under `filters`, by the tree; each is a Body. Four queries."""
    page = _CappedPaginator(_having_plans(filters), per_page).get_page(number)
    page.object_list = _counted(filters, list(page.object_list))
    return page


def all_bodies(filters: RegisterFilters) -> Iterator[Body]:
    """Every Body, some at a time, for an export."""
    for some in batched(_having_plans(filters).iterator(_AT_ONCE), _AT_ONCE):
        yield from _counted(filters, list(some))


def _having_plans(filters: RegisterFilters):
    having = Exists(filters.narrowed().filter(organization=OuterRef("pk")))
    return Organization.objects.filter(having).select_related("level", "parent").order_by("path")


def _counted(filters: RegisterFilters, shown: list[Organization]) -> list[Body]:
    within = filters.narrowed().filter(organization__in=[one.pk for one in shown]).order_by()
    counted = within.values_list("organization").annotate(
        plans=Count("pk"),
        drafts=Count("pk", filter=Q(state=WorkPlan.State.DRAFT)),
        first=Min("starts_on"),
        last=Max("ends_on"),
    )
    numbers = {pk: rest for pk, *rest in counted}
    promises = filters.promises.filter(plan__in=within.values("pk")).order_by()
    of_targets = dict(promises.values_list("plan__organization").annotate(promises=Count("pk")))
    return [_body(one, numbers.get(one.pk, (0, 0, None, None)), of_targets.get(one.pk, 0)) for one in shown]


def _body(organization: Organization, numbers, promises: int) -> Body:
    plans, drafts, first, last = numbers
    ends = dict.fromkeys(day.year for day in (first, last) if day)
    years = "–".join(map(str, ends))
    return Body(organization, plans, drafts, promises, years)
