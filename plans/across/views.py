"""The pages that go across all plans the user may see: their targets, what they stress, the phrases they use."""

from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from plans import exports
from plans.access import staff_only
from plans.models import SavedView
from plans.register.view_pages import own_bodies

from . import emphasis
from . import phrases as tracker
from .address import PageAddress, link
from .target_counts import CAP, OPEN, TargetCounts
from .target_filters import GROUPS, SORTS, UNITS
from .target_list import COLUMNS, Targets, lines, order, read_filters, read_targets

IN_FORM = {"q", "organization", "own", "year", "year_from", "year_to", "where", *OPEN, "indicator", "what"} | {
    "state",
    "role",
}


@staff_only
def themes(request: HttpRequest) -> HttpResponse:
    """What plans stress: the share of each theme by year or by level."""
    filters, heat, chips, levels = emphasis.read(request.GET, request.user)
    address = PageAddress(request.GET, "plan-themes")
    context = {
        "section": "targets",
        "tab": "themes",
        "filters": filters,
        "asked": filters.asked,
        "map": heat,
        "chips": chips,
        "levels": levels,
        "cap": emphasis.CAP,
        "kept": [pair for pair in address.pairs if pair[0] in ("by", "of", "kind", "subject", "own")],
        "kinds": [(label, address.with_value("of", name), name == heat.of) for name, label in emphasis.OF],
        "columns": [(label, address.with_value("by", name), name == heat.by) for name, label in emphasis.BY],
        "key": _key(),
        "candidates": _candidates(filters, address),
    }
    return render(request, "plans/across/themes.html", context)


@staff_only
def phrases(request: HttpRequest) -> HttpResponse:
    """The phrase tracker: up to five phrases through years and levels, or what is new in a year."""
    found = tracker.read(request.GET, request.user)
    address, asked = found.address, found.filters.asked
    context = {
        "section": "targets",
        "tab": "phrases",
        "found": found,
        "asked": asked,
        "tracked": found.tracked,
        "cap": tracker.CAP,
        "headings": tracker.HEADINGS,
        "kept": [pair for pair in address.pairs if pair[0] in ("kind", "subject", "role", "own")],
        "rising": [(one, address.with_value("phrase", one.phrase)) for one in found.rising],
        "new_years": [(year, address.with_value("new", year), year == found.year) for year in found.years],
        "sorts": [
            (label, address.with_value("sort", name), name == asked.get("sort", "year"))
            for name, label in tracker.SORTS.items()
        ],
        "candidates": _candidates(found.filters, address),
    }
    if found.tracked:
        page = found.tracked.page
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        context |= {
            "pages": [(number, address.page(number) if isinstance(number, int) else "") for number in numbers],
            "previous_url": address.page(page.number - 1),
            "next_url": address.page(page.number + 1),
        }
    return render(request, "plans/across/phrases.html", context)


@staff_only
def targets(request: HttpRequest) -> HttpResponse:
    """All targets, filtered, grouped, sorted and paged by GET parameters; `format` takes them away as a file."""
    if (wanted := request.GET.get("format")) in exports.TYPES:
        filters, _names = read_filters(request.GET, request.user)
        counts = TargetCounts(filters)
        found = lines(counts, filters.asked.get("group", ""), order(filters, counts)[0])
        return exports.answer(wanted, f"targets-{timezone.localdate():%Y%m%d}", COLUMNS, found)
    found = read_targets(request.GET, request.user)
    views = SavedView.objects.visible_to(request.user).filter(page=SavedView.Page.TARGETS)
    context = _shown(found) | {
        "saved": [(view, view.query == found.address.query) for view in views.select_related("shared_with")],
        "saved_page": SavedView.Page.TARGETS,
        "bodies": own_bodies(request.user),
    }
    return render(request, "plans/across/targets.html", context)


def _shown(found: Targets) -> dict:
    page, address, asked = found.page, found.address, found.filters.asked
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    used = found.sort.removeprefix("-")
    return {
        "section": "targets",
        "tab": "targets",
        "found": found,
        "counts": found.counts,
        "asked": asked,
        "cap": CAP,
        "kept": [pair for pair in address.pairs if pair[0] not in IN_FORM | {"page"}],
        "facets": [facet for facet in found.facets if facet.name in OPEN],
        "more_facets": [facet for facet in found.facets if facet.name not in OPEN],
        "groups": [("", address.without("group"), "group" not in asked)]
        + [(label, address.with_value("group", name), asked.get("group") == name) for name, label in GROUPS.items()],
        "sorts": [_sort(name, label, used, found) for name, label in SORTS.items()],
        "families": [(UNITS[name], number, address.with_value("family", name)) for name, number in _known(found)],
        **_histogram(found),
        "pages": [(number, address.page(number) if isinstance(number, int) else "") for number in numbers],
        "previous_url": address.page(page.number - 1),
        "next_url": address.page(page.number + 1),
        "downloads": {kind: address.with_value("format", kind) for kind in exports.TYPES},
        "by_plan": link("plans", list(address.kept("group", "sort", "what", "family", "indicator"))),
        "candidates": _candidates(found.filters, address),
    }


def _key() -> list[tuple[int, str]]:
    """The tints of the heat map in words."""
    edges = emphasis.STEPS
    between = [_("%(first)d to below %(end)d%%") % {"first": a, "end": b} for a, b in pairwise(edges)]
    words = [_("below %d%%") % edges[0], *between, _("%d%% and more") % edges[-1]]
    return list(enumerate(words, start=1))


def _candidates(filters, address: PageAddress) -> list[tuple]:
    """The organisations that what was typed may mean, each with the address that chooses it."""
    return [(one, address.with_value("organization", one.slug)) for one in filters.form.candidates]


def _histogram(found: Targets) -> dict:
    """The columns of the histogram, each ten wide in a field a hundred high."""
    distribution = found.counts.distribution
    bins = distribution.spread.bins if distribution else []
    bars = [{"bin": one, "x": f"{10 * at + 0.5:.1f}", "y": 100 - one.height} for at, one in enumerate(bins)]
    return {"bars": bars, "width": 10 * len(bins)}


def _known(found: Targets) -> list[tuple[str, int]]:
    return [(name, number) for name, number in found.counts.units.most_common(8) if name in UNITS]


def _sort(name: str, label: str, used: str, found: Targets) -> tuple[str, str, str]:
    """Label and address of an order, and its direction where it is in use: choosing it again turns it round."""
    rising = not found.sort.startswith("-")
    first = name if name in ("organization", "deadline") else f"-{name}"
    if name != used:
        return label, found.address.with_value("sort", first), ""
    turned = f"-{name}" if rising else name
    return label, found.address.with_value("sort", turned), "ascending" if rising else "descending"
