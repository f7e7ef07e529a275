"""The register (计划登记): what a state of its address shows, in a fixed number of queries."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Value
from django.utils.translation import gettext as _

from organizations.models import Level
from plans.models import Theme, WorkPlan

from . import rows
from .address import Address, Chip, chips
from .bodies import bodies
from .columns import chosen
from .counting import CAP, Counts, Facet, facets
from .filters import RegisterFilters

PLANS_A_PAGE = 20
PUBLIC_STATES = [choice for choice in WorkPlan.State.choices if choice[0] != WorkPlan.State.DRAFT]


@dataclass(frozen=True)
class Register:
    """Everything a page of the register shows. `plans` and `targets` are at least so many where it is `capped`."""

    filters: RegisterFilters
    page: Page
    plans: int
    targets: int
    capped: bool
    facets: list[Facet]
    sort: str
    sorts: dict[str, rows.Sort]
    chips: list[Chip]
    address: Address
    columns: list[str]
    complaints: list[str]

    @property
    def by_organization(self) -> bool:
        return self.filters.asked.get("view") == "organizations"


class _CountedPaginator(Paginator):
    """A paginator that knows the count already."""

    def __init__(self, numbers, per_page: int, count: int):
        super().__init__(numbers, per_page)
        self.__dict__["count"] = count


def read_filters(data, plans, user, *, public: bool) -> tuple[RegisterFilters, dict, dict]:
    """The filters over `plans`, which is what `user` may see, for the GET parameters `data`, and the names of levels
    and of themes; one query."""
    levels, themes = _names()
    states = PUBLIC_STATES if public else WorkPlan.State.choices
    return RegisterFilters(data, plans, user, levels=levels, themes=themes, states=states), levels, themes


def read_register(data, plans, user, *, public: bool = False) -> Register:
    """The register for the GET parameters `data` (a QueryDict) over `plans`, which is what `user` may see.

    At most eleven queries, one more where an organisation is asked for. Never raises for bad parameters: they are left
    out and named in `complaints`.
    """
    filters, levels, themes = read_filters(data, plans, user, public=public)
    counts, address = Counts(filters), Address(data)
    sort, complaints = order(filters, counts)
    return Register(
        filters=filters,
        page=_page(filters, sort, counts, data.get("page")),
        plans=min(counts.plans, CAP),
        targets=counts.targets,
        capped=counts.capped,
        facets=facets(counts, levels, themes, PUBLIC_STATES if public else WorkPlan.State.choices),
        sort=sort,
        sorts=rows.sorts(address, sort),
        chips=chips(filters, address, levels, themes),
        address=address,
        columns=chosen(filters.asked),
        complaints=complaints,
    )


def order(filters: RegisterFilters, counts: Counts) -> tuple[str, list[str]]:
    """The order to show, and all that is complained of: too many plans are not put in the order of their targets."""
    sort = filters.asked.get("sort", "-year")
    if sort.endswith("targets") and counts.capped:
        sentence = _("More than %(number)s plans are not put in the order of their targets. Narrow the list first.")
        return "-year", [*filters.complaints, sentence % {"number": CAP}]
    return sort, filters.complaints


def _page(filters: RegisterFilters, sort: str, counts: Counts, number) -> Page:
    if filters.asked.get("view") == "organizations":
        return bodies(filters, number, PLANS_A_PAGE)
    paginator = _CountedPaginator(
        rows.numbers_in_order(filters, sort, many=counts.capped), PLANS_A_PAGE, min(counts.plans, CAP)
    )
    page = paginator.get_page(number)
    page.object_list = rows.plans(filters, list(page.object_list))
    return page


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The names of levels and of themes by code, in their order; both in one query."""
    levels = Level.objects.order_by().values_list(Value("level"), "position", "code", "name")
    both = levels.union(Theme.objects.order_by().values_list(Value("theme"), "position", "code", "name"), all=True)
    found = sorted(both)
    return tuple(
        {code: name for kind, _position, code, name in found if kind == wanted} for wanted in ("level", "theme")
    )
