"""What is done at the pages of progress: each asks its verb, and goes back to the page."""

from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.models import Article
from plans.access import staff_deed
from plans.models import Evidence, Indicator, ProgressReport, Target

from . import closing, evidence, indicators, reporting
from .forms import NumberField, ReportForm
from .target_page import visible_target
from .views import close_response, indicator_response, target_response, visible_plan


def _back(target: Target, place: str = "") -> HttpResponse:
    return redirect(reverse("plan-target", args=[target.pk]) + place)


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else None


@staff_deed
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A new report."""
    row = visible_target(pk, request.user)
    reporting.require_report(request.user, row.plan)
    return _with_form(request, row, lambda said: reporting.report(row, request.user, **said))


@staff_deed
def correct(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A correction of a report, or with `back` its taking back."""
    row = visible_target(pk, request.user)
    reporting.require_report(request.user, row.plan)
    wrong = get_object_or_404(ProgressReport.objects.select_related("target"), pk=number, target=row)
    if "back" in request.POST:
        note = request.POST.get("note", "").replace("\0", "")
        return _tried(request, row, lambda: reporting.take_back(wrong, request.user, note=note))
    return _with_form(request, row, lambda said: reporting.correct(wrong, request.user, **said), corrected=wrong.pk)


def _with_form(request: HttpRequest, row: Target, deed: Callable[[dict], object], corrected: int = 0) -> HttpResponse:
    form = ReportForm(request.POST, target=row)
    if form.is_valid():
        try:
            deed(form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _back(row, "#reports")
    return target_response(request, row, form=form, corrected=corrected)


def _tried(request: HttpRequest, row: Target, deed: Callable[[], object], place: str = "") -> HttpResponse:
    try:
        deed()
    except ValidationError as refusal:
        return target_response(request, row, refusal=refusal.messages[0])
    return _back(row, place)


@staff_deed
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """A judgement of an article as evidence: confirmed, confirmed and reported, refused, or taken back."""
    row = visible_target(pk, request.user)
    reporting.require_report(request.user, row.plan)
    if again := _number(request.POST.get("again", "")):
        judged = get_object_or_404(Evidence.objects.select_related("target", "article"), pk=again, target=row)
        return _tried(request, row, lambda: evidence.take_back(judged, request.user), "#evidence")
    article = get_object_or_404(Article.objects.published(), pk=_number(request.POST.get("article", "")))
    if "refuse" in request.POST:
        return _tried(request, row, lambda: evidence.refuse(row, article, request.user), "#evidence")

    def confirm() -> None:
        value = _decimal(request.POST.get("value", "")) if "report" in request.POST else None
        evidence.confirm(row, article, request.user, quote=request.POST.get("quote", "")[:2000], value=value)

    return _tried(request, row, confirm, "#evidence")


def _decimal(written: str) -> Decimal:
    return NumberField().clean(written)


@staff_deed
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """The indicator of a target: one of the list, a new one by its name, or none."""
    row = visible_target(pk, request.user)
    if name := request.POST.get("name", "").replace("\0", "").strip():
        return _tried(request, row, lambda: indicators.make(row, name, request.user), "#indicator")
    chosen = _number(request.POST.get("indicator", ""))
    indicator = get_object_or_404(Indicator, pk=chosen) if chosen else None
    return _tried(request, row, lambda: indicators.assign([row], indicator, request.user), "#indicator")


@staff_deed
def set_upper(request: HttpRequest, pk: int) -> HttpResponse:
    """The upper target that a target is part of, or none."""
    row = visible_target(pk, request.user)
    chosen = _number(request.POST.get("upper", ""))
    upper = visible_target(chosen, request.user) if chosen else None
    return _tried(request, row, lambda: indicators.set_upper(row, upper, request.user), "#parts")


@staff_deed
def assign_many(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator for the targets chosen at its page."""
    indicator = get_object_or_404(Indicator, pk=pk)
    chosen = [number for written in request.POST.getlist("target")[:100] if (number := _number(written))]
    try:
        indicators.assign(list(Target.objects.filter(pk__in=chosen)), indicator, request.user)
    except ValidationError as refusal:
        return indicator_response(request, indicator, refusal.messages[0])
    at = urlencode({"organization": request.POST.get("organization", "")})
    return redirect(f"{reverse('plan-indicator', args=[pk])}?{at}")


@staff_deed
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The close of a plan with the figures that were confirmed."""
    plan = visible_plan(pk, request.user)
    try:
        closing.close(plan, request.user, _finals(request, plan))
    except ValidationError as refusal:
        return close_response(request, plan, request.POST, refusal.messages[0])
    return redirect("plan-close", pk)


def _finals(request: HttpRequest, plan) -> dict[int, tuple[Decimal, Target | None]]:
    """What was chosen for each target: a figure of a report, a value of one's own, or nothing."""
    chosen = {
        int(key.removeprefix("figure-")): said
        for key, said in request.POST.items()
        if key.startswith("figure-") and _number(key.removeprefix("figure-")) and said != "skip"
    }
    numbers = [number for said in chosen.values() if (number := _number(said))]
    reports = [one.pk for one in closing.reports_of(plan, request.user)]
    figures = Target.objects.visible_to(request.user).filter(plan__in=reports).select_related("plan").in_bulk(numbers)
    targets = plan.targets.in_bulk(list(chosen))
    finals: dict[int, tuple[Decimal, Target | None]] = {}
    for pk, said in chosen.items():
        if said == "own":
            try:
                finals[pk] = (_decimal(request.POST.get(f"value-{pk}", "")), None)
            except forms.ValidationError as refusal:
                said = {"target": str(targets.get(pk, pk)), "reason": refusal.messages[0]}
                raise ValidationError(_("%(target)s: %(reason)s") % said) from None
        elif (figure := figures.get(_number(said))) and pk in targets:
            finals[pk] = (reporting.in_unit_of(targets[pk], figure.number, figure.unit), figure)
        else:
            raise ValidationError(_("A figure that was chosen is gone from the report. Choose again."))
    return finals


@staff_deed
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A closed plan in force again."""
    plan = visible_plan(pk, request.user)
    try:
        closing.reopen(plan, request.user)
    except ValidationError as refusal:
        return close_response(request, plan, refusal=refusal.messages[0])
    return redirect("plan-close", pk)
