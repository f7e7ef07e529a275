"""The page that sets plans side by side, for signed-in staff. What compares is loaded by the first comparison."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from organizations.forms import sentence
from plans.access import staff_deed, staff_only
from plans.models import Pairing

from . import choosing
from .export import FORMATS, export


@staff_only
def compare(request: HttpRequest) -> HttpResponseBase:
    """Two to five plans side by side by theme; with fewer the choice of them."""
    user, asked = request.user, request.GET
    choice = choosing.chosen(asked.getlist("plan"), user)
    numbers = [plan.pk for plan in choice.plans]
    name, year = asked.get("q", "").strip()[:60], asked.get("year", "").strip()
    if year and not (year.isascii() and year.isdigit() and 1949 <= int(year[:5]) <= datetime.MAXYEAR):
        choice.complaints.append(_("“%(value)s” is not a year. Write four digits such as 2019.") % {"value": year[:20]})
        year = ""
    found = choosing.search(name, int(year) if year else None, user, numbers)
    context = {
        "section": "compare",
        "choice": choice,
        "chosen": [(plan, choosing.address([pk for pk in numbers if pk != plan.pk])) for plan in choice.plans],
        "full": len(numbers) >= choosing.MOST,
        "q": name,
        "year": year,
        "searched": bool(name or year),
        "found": [(plan, choosing.address([*numbers, plan.pk])) for plan in found],
        "suggestions": [
            (one, choosing.address([*numbers, one.plan.pk])) for one in choosing.suggestions(choice.plans, user)
        ],
    }
    if len(numbers) < choosing.LEAST:
        return render(request, "plans/comparison/choose.html", context)
    from .page import page_of

    page = page_of(choice.plans, user, asked)
    if asked.get("format") in FORMATS:
        return export(page, asked["format"])
    return render(request, "plans/comparison/compare.html", context | {"page": page})


@staff_deed
def say(request: HttpRequest) -> HttpResponse:
    """Keep what a person says about two passages.

    `partner` is the words of the other one, "none", or "apart" where the other one is not the one in `current`.
    """
    from . import judging

    asked = request.POST
    plans = {plan.pk: plan for plan in choosing.chosen(asked.getlist("plan"), request.user).plans}
    back = choosing.address(list(plans), **({"row": asked["row"]} if asked.get("row") else {}))
    by_number = {str(pk): plan for pk, plan in plans.items()}
    pair = [by_number.get(asked.get(name, "")) for name in ("earlier", "later")]
    if None in pair:
        messages.error(request, _("These plans cannot be compared by you. Choose them anew."))
        return HttpResponseRedirect(choosing.address(list(plans)))
    words = {"earlier_words": asked.get("earlier_words", "")[:64], "later_words": asked.get("later_words", "")[:64]}
    partner, verdict = asked.get("partner", ""), asked.get("verdict", "")[:12]
    other = "later_words" if words["earlier_words"] else "earlier_words"
    if partner == judging.APART:
        verdict, words[other] = judging.APART, asked.get("current", "")[:64]
    elif partner:
        words[other] = "" if partner == "none" else partner[:64]
    if not words["earlier_words"] or not words["later_words"]:
        verdict = ""
    try:
        judging.say(*pair, request.user, verdict=verdict, **words)
    except ValidationError as refused:
        messages.error(request, sentence(refused))
        return HttpResponseRedirect(f"{back}#edited")
    messages.success(request, _("The correction is kept."))
    return HttpResponseRedirect(choosing.address(list(plans)))


@staff_deed
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a correction back; the page computes again."""
    from . import judging

    plans = [plan.pk for plan in choosing.chosen(request.POST.getlist("plan"), request.user).plans]
    seen = choosing.shown(request.user).values("pk")
    rows = Pairing.objects.filter(earlier__in=seen, later__in=seen)
    said = get_object_or_404(rows.select_related("earlier", "later"), pk=pk)
    try:
        judging.take_back(said, request.user)
    except ValidationError as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("The correction is taken back."))
    return HttpResponseRedirect(choosing.address(plans or [said.earlier_id, said.later_id]))
