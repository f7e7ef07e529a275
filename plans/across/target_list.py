"""The list of all targets: a page of it, or all of it for a file, each with how far it has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched, groupby

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organizations.models import Level
from plans.exports import Column
from plans.models import Indicator, Target, Theme, WorkPlan
from plans.progress.states import progress_of
from plans.register.address import Chip
from plans.register.counting import Facet

from .address import PageAddress
from .target_counts import TargetCounts, facets
from .target_filters import GROUP_ORDERS, TargetFilters, target_chips

A_PAGE = 30
_AT_ONCE = 500  # of a file


@dataclass(frozen=True)
class Targets:
    """Everything the page of all targets shows; `groups` are the rows of the page under their headings."""

    filters: TargetFilters
    counts: TargetCounts
    page: Page
    groups: list[tuple[str, list[Target]]]
    facets: list[Facet]
    chips: list[Chip]
    address: PageAddress
    sort: str
    complaints: list[str]


class _CountedPaginator(Paginator):
    """A paginator that knows the count already."""

    def __init__(self, numbers, per_page: int, count: int):
        super().__init__(numbers, per_page)
        self.__dict__["count"] = count


def read_filters(data, user) -> tuple[TargetFilters, dict[str, dict]]:
    """The filters for the GET parameters `data` over what `user` may see, and the names of levels, themes and
    indicators; three queries."""
    names = {
        "level": dict(Level.objects.order_by("position").values_list("code", "name")),
        "theme": dict(Theme.objects.values_list("code", "name")),
        "indicator": {str(pk): name for pk, name in Indicator.objects.values_list("pk", "name")},
    }
    filters = TargetFilters(
        data,
        WorkPlan.objects.visible_to(user),
        user,
        levels=names["level"],
        themes=names["theme"],
        indicators=names["indicator"],
        states=WorkPlan.State.choices,
    )
    return filters, names


def read_targets(data, user) -> Targets:
    """The page for the GET parameters `data` (a QueryDict) over what `user` may see.

    At most a dozen queries. Never raises for bad parameters: they are left out and named in `complaints`.
    """
    filters, names = read_filters(data, user)
    counts, address = TargetCounts(filters), PageAddress(data, "plan-targets")
    sort, complaints = order(filters, counts)
    numbers = in_order(counts, filters.asked.get("group", ""), sort)
    page = _CountedPaginator(numbers, A_PAGE, counts.shown_count).get_page(data.get("page"))
    page.object_list = rows(list(page.object_list), user)
    return Targets(
        filters=filters,
        counts=counts,
        page=page,
        groups=_grouped(page.object_list, filters.asked.get("group", "")),
        facets=facets(counts, names),
        chips=target_chips(filters, address, names),
        address=address,
        sort=sort,
        complaints=complaints,
    )


def order(filters: TargetFilters, counts: TargetCounts) -> tuple[str, list[str]]:
    """The order to show, and all that is complained of: numbers of different units are not put in an order."""
    sort = filters.asked.get("sort", "-year")
    if sort.endswith("amount") and len(counts.units) > 1:
        return "-year", [
            *filters.complaints,
            _("Numbers of different units are not put in an order. Choose one unit first."),
        ]
    return sort, filters.complaints


def in_order(counts: TargetCounts, group: str, sort: str):
    """The numbers of the targets shown, by group and then in the order `sort`."""
    name = sort.removeprefix("-")
    key = {
        "year": F("plan__starts_on"),
        "deadline": F("deadline"),
        "organization": F("plan__organization__slug"),  # pinyin, the order in which names are looked up
    }.get(name)
    found = counts.shown
    if name == "amount":
        found, key = found.annotate(in_one_unit=counts.in_one_unit()), F("in_one_unit")
    turned = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    ends = [F("plan__starts_on").desc(nulls_last=True), "plan__organization__slug", "plan", "position", "pk"]
    return found.order_by(*GROUP_ORDERS.get(group, ()), turned, *ends).values_list("pk", flat=True)


def rows(numbers: list[int], user) -> list[Target]:
    """The targets numbered `numbers`, in that order, each with its `progress` as `user` may read it; three queries."""
    upon = ("plan__article", "plan__organization", "plan__level_then", "theme", "indicator")
    found = Target.objects.select_related(*upon).in_bulk(numbers)
    progress = progress_of(found.values(), timezone.localdate(), user)
    for target in found.values():
        target.progress = progress.get(target.pk)
    return [found[number] for number in numbers if number in found]


def lines(counts: TargetCounts, group: str, sort: str) -> Iterator[Target]:
    """Every target of a file, read some at a time while it is sent."""
    for numbers in batched(list(in_order(counts, group, sort)), _AT_ONCE):
        yield from rows(list(numbers), counts.filters.user)


def _grouped(targets: list[Target], group: str) -> list[tuple[str, list[Target]]]:
    names = {
        "year": lambda target: str(target.plan.starts_on.year) if target.plan.starts_on else _("year unknown"),
        "theme": lambda target: target.theme.name if target.theme else _("no theme"),
        "indicator": lambda target: target.indicator.name if target.indicator else _("no indicator"),
        "level": lambda target: target.plan.level_then.name if target.plan.level_then else _("no level"),
        "organization": lambda target: target.plan.organization.name if target.plan.organization else _("nobody"),
    }
    if group not in names:
        return [("", targets)] if targets else []
    return [(name, list(some)) for name, some in groupby(targets, key=names[group])]


def _progress(read):
    return lambda target: read(target.progress) if target.progress else None


COLUMNS = [
    Column("target", gettext_lazy("target number"), lambda target: target.pk),
    Column("year", gettext_lazy("year"), lambda target: target.plan.years),
    Column(
        "organization",
        gettext_lazy("organization"),
        lambda target: target.plan.name_then or str(target.plan.organization or ""),
    ),
    Column("level", gettext_lazy("level"), lambda target: target.plan.level_then and target.plan.level_then.name),
    Column("theme", gettext_lazy("theme"), lambda target: target.theme and target.theme.name),
    Column("indicator", gettext_lazy("indicator"), lambda target: target.indicator and target.indicator.name),
    Column("object", gettext_lazy("what is counted"), lambda target: target.object),
    Column("comparator", gettext_lazy("comparator"), lambda target: target.get_comparator_display()),
    Column("number", pgettext_lazy("quantity", "number"), lambda target: target.number),
    Column("unit", gettext_lazy("unit"), lambda target: target.unit),
    Column("quote", gettext_lazy("sentence"), lambda target: target.quote),
    Column("kind", gettext_lazy("kind of target"), lambda target: target.get_kind_display()),
    Column("due", gettext_lazy("deadline"), lambda target: target.deadline or target.period),
    Column("holder", gettext_lazy("duty-holder"), lambda target: target.duty_holder),
    Column("status", gettext_lazy("state of the target"), _progress(lambda progress: progress.state.label)),
    Column("latest", gettext_lazy("latest report"), _progress(lambda progress: progress.value)),
    Column("reported_on", gettext_lazy("reported on"), _progress(lambda progress: progress.on)),
    Column("done", gettext_lazy("done, %"), _progress(lambda progress: progress.percent)),
    Column("plan", gettext_lazy("plan number"), lambda target: target.plan_id),
    Column("title", gettext_lazy("title"), lambda target: target.plan.article.title),
]
