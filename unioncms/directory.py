"""The directory of unions: by level, by place, by the first letter, by what a reader types, or below one union."""

from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.views.paging import paged
from organizations import divisions
from organizations.directory import OTHER, SMALLEST_PLACE, Directory, within
from organizations.models import Organization
from organizations.shown import kept_page

from .front import organizations_by_level

OF_A_LEVEL = 30
ON_A_PAGE = 120
LONGEST_QUERY = 40
IN_ORDER = (F("level__position").asc(nulls_last=True), "path")
NARROWING = ("q", "place", "under", "level")


@require_safe
@kept_page("page", "letter", *NARROWING)
def organizations(request):
    """The public tree by level, by place and by letter; ?letter= shows one, any of NARROWING what they all leave."""
    asked = {name: " ".join(request.GET.get(name, "").split())[:LONGEST_QUERY] for name in NARROWING}
    asked = {name: value for name, value in asked.items() if value}
    if asked:
        return _found(request, asked)
    if letter := request.GET.get("letter"):
        return _of_letter(request, letter)
    unions = Directory()
    context = {
        "section": "organizations",
        "levels": organizations_by_level(unions.levels, OF_A_LEVEL),
        "places": _places_below(None, unions),
        "letters": unions.letters,
    }
    return render(request, "unioncms/organizations.html", context)


def _of_letter(request, letter: str):
    letters = Directory().letters
    if letter not in letters:
        raise Http404
    page = paged(request, letters[letter], ON_A_PAGE)
    rows = Organization.objects.select_related("level", "parent").in_bulk(page.object_list)
    page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
    name = _("Names with %(letter)s") % {"letter": "#" if letter == OTHER else letter}
    context = {"name": name, "steps": [_top()], "letter": letter, "letters": letters, "page": page}
    return render(request, "unioncms/organizations_found.html", {"section": "organizations", **context})


def _found(request, asked: dict[str, str]):
    """The unions that all of `asked` leaves. A place, a level or a union that is none is not found."""
    rows, unions = Organization.objects.placed(), Directory()
    names, context, steps = {}, {}, [_top()]
    if "under" in asked:
        under = get_object_or_404(Organization, slug=asked["under"])
        rows = rows.filter(parent=under)
        names["under"] = _("Below %(name)s") % {"name": under.name}
        steps.append((under.name, under.get_absolute_url()))
    if "place" in asked:
        division = divisions.by_code(asked["place"])
        if division is None or len(division.code) > SMALLEST_PLACE:
            raise Http404
        rows = rows.filter(within(division.code, unions.place(division.code)))
        names["place"] = division.name
        steps += [(above.name, f"?place={above.code}") for above in divisions.ancestors(division)]
        context["places"] = _places_below(division.code, unions)
    if "q" in asked:
        rows = rows.filter(pk__in=Organization.objects.named(asked["q"]).order_by().values("pk"))
        names["q"] = f"“{asked['q']}”"
    counts = dict(rows.order_by().values_list("level").annotate(Count("pk")))
    levels = [level for level in unions.levels if level.total]
    if "level" in asked:
        level = next((level for level in levels if level.pk == asked["level"]), None)
        if level is None:
            raise Http404
        rows = rows.filter(level=level)
        names["level"] = level.name
    count = counts.get(asked["level"], 0) if "level" in asked else sum(counts.values())
    rows = rows.select_related("level", "parent").order_by(*IN_ORDER)
    context |= {
        "asked": asked,
        "name": " ".join(names.values()),
        "steps": steps,
        "chips": [(names[one], urlencode({key: asked[key] for key in asked if key != one})) for one in names],
        "levels": [(level, counts.get(level.pk, 0)) for level in levels],
        "total": sum(counts.values()),
        "page": paged(request, rows, ON_A_PAGE, count=count),
    }
    return render(request, "unioncms/organizations_found.html", {"section": "organizations", **context})


def _top() -> tuple[str, str]:
    return _("Unions by level"), reverse("organizations")


def _places_below(code: str | None, unions: Directory) -> list[tuple[divisions.Division, int]]:
    """The divisions just below the one of `code` (None: the provinces) that have unions, with how many."""
    codes = [below for below in sorted(unions.places) if (below.startswith(code) if code else len(below) == 2)]
    found = [(divisions.by_code(below), unions.places[below].total) for below in codes if below != code]
    return [(division, total) for division, total in found if division.parent_code == code]
