"""The pages of progress, for signed-in staff."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from organizations import rights
from plans.access import staff_only
from plans.coverage.reminding import reminders_of
from plans.models import Indicator, Target, WorkPlan
from plans.organization_choice import choose

from . import closing
from .awaiting import CURRENT, ENDED, awaiting_page
from .forms import ReportForm
from .indicator_page import indicator_page
from .indicators import alike_targets
from .states import State
from .target_page import target_page, visible_target


@staff_only
def awaiting(request: HttpRequest) -> HttpResponse:
    """What awaits me: targets that are due, behind or without a report, and news that may be evidence."""
    asked = request.GET
    show = ENDED if asked.get("show") == ENDED else CURRENT
    state = asked.get("state", "") if asked.get("state") in State.values else ""
    written = asked.get("organization", "").strip()[:120]
    within, candidates = choose(written) if written else (None, [])
    found = awaiting_page(
        request.user, timezone.localdate(), show=show, state=state, within=within, number=asked.get("page")
    )
    context = {
        "section": "progress",
        "awaiting": found,
        "reminders": reminders_of(request.user),
        "show": show,
        "state": state,
        "written": within.name if within else written,
        "within": within,
        "unknown": bool(written) and within is None,
        "candidates": candidates,
    }
    return render(request, "plans/progress/awaiting.html", context)


@staff_only
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """The timeline of one target."""
    return target_response(request, visible_target(pk, request.user))


def target_response(
    request: HttpRequest, row: Target, *, form: ReportForm | None = None, refusal: str = "", corrected: int = 0
) -> HttpResponse:
    """The page of a target; after a deed that was refused with what was typed, as 422. `corrected` is the report."""
    context = {
        "section": "plans",
        "one": target_page(row, request.user, timezone.localdate()),
        "target": row,
        "plan": row.plan,
        "form": form if form is not None and not corrected else ReportForm(target=row),
        "correcting": form if corrected else None,
        "corrected": corrected,
        "refusal": refusal,
    }
    return render(request, "plans/progress/target.html", context, status=422 if form or refusal else 200)


@staff_only
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator over the years at one body."""
    return indicator_response(request, get_object_or_404(Indicator, pk=pk))


def indicator_response(request: HttpRequest, row: Indicator, refusal: str = "") -> HttpResponse:
    page = indicator_page(
        row, request.user, timezone.localdate(), (request.POST or request.GET).get("organization", "")
    )
    assigns = page.organization and rights.may(request.user, "assign_indicator")
    context = {
        "section": "progress",
        "indicator": row,
        "one": page,
        "alike": alike_targets(row, page.organization, request.user) if assigns else [],
        "refusal": refusal,
    }
    return render(request, "plans/progress/indicator.html", context, status=422 if refusal else 200)


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The close of a plan: its targets beside the figures of the year's report."""
    return close_response(request, visible_plan(pk, request.user))


def visible_plan(pk: int, user) -> WorkPlan:
    """The plan numbered `pk` where `user` may see it. Raises Http404 elsewhere."""
    rows = WorkPlan.objects.visible_to(user).select_related("article__owner", "organization", "level_then")
    return get_object_or_404(rows, pk=pk)


def close_response(request: HttpRequest, plan: WorkPlan, typed=None, refusal: str = "") -> HttpResponse:
    """The page of closing; `typed` is what was chosen before it was refused."""
    reports = closing.reports_of(plan, request.user)
    asked = (typed or request.GET).get("report", "")
    chosen = next((one for one in reports if str(one.pk) == asked), reports[0] if reports else None)
    try:
        closing.require_closable(plan)
        why_not = ""
    except ValidationError as no:
        why_not = no.messages[0]
    settled = closing.settled(plan)
    context = {
        "section": "plans",
        "plan": plan,
        "reports": reports,
        "chosen": chosen,
        "choices": [
            _choice(match, typed, match.target.pk in settled) for match in closing.matches(plan, chosen, request.user)
        ],
        "why_not": why_not,
        "refusal": refusal,
        "may_close": rights.may(request.user, "close_plan", plan),
    }
    return render(request, "plans/progress/close.html", context, status=422 if refusal else 200)


def _choice(match: closing.Match, typed, settled: bool) -> dict:
    """A target with what is chosen for it: the number of a figure, `own` or `skip`, which keeps what is `settled`."""
    key = f"figure-{match.target.pk}"
    proposed = str(match.proposed.figure.pk) if match.proposed and not settled else "skip"
    return {
        "target": match.target,
        "offered": match.offered,
        "chosen": typed.get(key, proposed) if typed else proposed,
        "value": typed.get(f"value-{match.target.pk}", "") if typed else "",
    }
