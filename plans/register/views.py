"""The register, for the staff, and for everybody where the site opens it; and the same as a file."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from organizations import rights
from plans import exports
from plans.access import staff_or_public
from plans.models import SavedView, WorkPlan

from .address import Address
from .bodies import BODY_COLUMNS, all_bodies
from .columns import COLUMNS, OF_TARGETS, USUAL, chosen, exported
from .counting import CAP, Counts
from .filters import PROGRESS, RegisterFilters
from .reading import Register, order, read_filters, read_register
from .rows import lines
from .table_rows import table_rows
from .view_pages import own_bodies

FIRST_FACETS = ("level", "theme", "state")  # the others stand under “More conditions”


@staff_or_public
def register(request: HttpRequest, public: bool = False) -> HttpResponseBase:
    """All plans the reader may see, filtered, sorted and paged by GET parameters; a file if `format` asks for one."""
    plans = WorkPlan.objects.open_to_all() if public else WorkPlan.objects.visible_to(request.user)
    too_many = False
    if (wanted := request.GET.get("format")) in exports.TYPES:
        filters, *_names = read_filters(request.GET, plans, request.user, public=public)
        counts = Counts(filters)
        too_many = wanted == "xlsx" and counts.capped
        if not too_many:
            return _file(wanted, filters, order(filters, counts)[0])
    found = read_register(request.GET, plans, request.user, public=public)
    context = _shown(found, public) | {
        "section": "plans",
        "public": public,
        "base": "public.html" if public else "staff.html",
        "too_many": too_many,
        "cap": CAP,
    }
    if not public:
        context |= _of_staff(request, found)
    return render(request, "plans/register/register.html", context)


def _file(wanted: str, filters: RegisterFilters, sort: str) -> HttpResponseBase:
    """What the page shows, all pages of it, with the columns chosen."""
    name = f"plans-{timezone.localdate():%Y%m%d}"
    if filters.asked.get("view") == "organizations":
        return exports.answer(wanted, name, BODY_COLUMNS, all_bodies(filters))
    return exports.answer(wanted, name, exported(chosen(filters.asked)), lines(filters, sort))


def _shown(found: Register, public: bool) -> dict:
    page, address = found.page, found.address
    more = [facet for facet in found.facets if facet.name not in FIRST_FACETS]
    rows = ""
    if found.by_organization:
        for body in page.object_list:
            body.url = address.of_body(body.organization.slug)
    else:
        width = 1 + sum(name in found.columns for name, _label in OF_TARGETS)
        rows = table_rows(page.object_list, found.columns, width=width, public=public)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "register": found,
        "asked": found.filters.asked,
        "columns": dict.fromkeys(found.columns, True),
        "rows": rows,
        "wide": len(found.columns) > len(USUAL),
        "target_columns": [(name, label, True) for name, label in OF_TARGETS[1:] if name in found.columns],
        "choices": [(name, label, name in found.columns) for name, label in COLUMNS],
        "progress_choices": PROGRESS,
        "facets": [facet for facet in found.facets if facet.name in FIRST_FACETS],
        "more_facets": more,
        "more_in_use": any(facet.in_use for facet in more),
        "kept_for_filters": [pair for pair in address.pairs if pair[0] in ("sort", "view", "columns")],
        "kept_for_columns": address.kept("columns"),
        "pages": [(number, address.page(number) if isinstance(number, int) else "") for number in numbers],
        "previous_url": address.page(page.number - 1),
        "next_url": address.page(page.number + 1),
        "views": {name: address.with_value("view", name) for name in ("organizations",)}
        | {"plans": address.without("view"), "targets": _targets_url(address)},
        "downloads": {kind: address.with_value("format", kind) for kind in exports.TYPES},
        "candidates": [
            (organization, address.with_value("organization", organization.slug))
            for organization in found.filters.form.candidates
        ],
    }


def _targets_url(address: Address) -> str:
    """The same conditions at the page of all targets, where the site has it."""
    try:
        page = reverse("plan-targets")
    except NoReverseMatch:
        return ""
    query = address.without("view", "sort", "columns").partition("?")[2]
    return page + (f"?{query}" if query else "")


def _of_staff(request: HttpRequest, found: Register) -> dict:
    """What only the staff gets: their saved views, and the way to file a plan."""
    views = SavedView.objects.visible_to(request.user).filter(page=SavedView.Page.REGISTER)
    return {
        "saved": [(view, view.query == found.address.query) for view in views.select_related("shared_with")],
        "bodies": own_bodies(request.user),
        "may_file": request.user.is_staff and rights.may(request.user, "file_plan"),
    }
