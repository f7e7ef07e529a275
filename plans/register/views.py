"""The register, for signed-in staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organizations import rights
from plans.access import staff_only

from .reading import read_register


@staff_only
def register(request: HttpRequest) -> HttpResponse:
    """All plans the user may see, filtered, sorted and paged by GET parameters."""
    found = read_register(request.GET, request.user)
    page, address = found.page, found.address
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    context = {
        "section": "plans",
        "register": found,
        "pages": [(number, address.page(number) if isinstance(number, int) else "") for number in numbers],
        "previous_url": address.page(page.number - 1),
        "next_url": address.page(page.number + 1),
        "candidates": [
            (organization, address.with_value("organization", organization.slug))
            for organization in found.filters.form.candidates
        ],
        "may_file": request.user.is_staff and rights.may(request.user, "file_plan"),
    }
    return render(request, "plans/register.html", context)
