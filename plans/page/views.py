"""The page of a plan, for signed-in staff: read, and by those who may, edited in place."""

import re
from http import HTTPStatus

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from articles.html import plain_text
from organizations import rights
from plans.access import staff_only
from plans.models import Clause, Theme, WorkPlan

from .chain import chain_of
from .forms import RenameForm, TargetForm, ThemesForm, indicators_for
from .reading import context_of, whole_plans
from .words import PlanText, whole_number

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
MOVES = (
    ("merge", gettext_lazy("Merge with the one before")),
    ("up", gettext_lazy("Move up")),
    ("down", gettext_lazy("Move down")),
    ("in", gettext_lazy("A level in")),
    ("out", gettext_lazy("A level out")),
    ("confirm", gettext_lazy("Confirm all its targets")),
)


@staff_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: outline and themes, the text with its targets marked, each target beside its sentence.

    `?clause=` and `?target=` open the forms of one clause or target for those who may edit.
    """
    row = get_object_or_404(whole_plans(request.user), pk=pk)
    asked = request.GET.get
    return page(request, row, clause=whole_number(asked("clause", "")), target=whole_number(asked("target", "")))


def page(
    request: HttpRequest,
    row: WorkPlan,
    *,
    clause: int | None = None,
    target: int | None = None,
    bound: Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The page of `row` with the forms of a clause or target open; `bound` is the form refused, `refusal` says why."""
    context = context_of(row, request.user, timezone.localdate())
    if context["may_edit"]:
        clauses = list(row.clauses.all())
        chosen = next((one for one in clauses if one.pk == clause), None)
        aimed = next((one for one in row.targets.all() if one.pk == target), None)
        if chosen:
            context["open_clause"] = _clause_panel(row, chosen, clauses, bound)
            context["clause_moves"] = MOVES
        elif aimed:
            form = bound if isinstance(bound, TargetForm) else TargetForm(instance=aimed, clauses=clauses)
            context["open_target"] = {"target": aimed, "form": form, "indicators": indicators_for(aimed)}
        context["undoable"] = next((edit for edit in context["edits"] if edit.undone_at is None), None)
        context["typed"] = {name: request.POST.get(name, "") for name in ("words", "near")}
    context |= {"chain": chain_of(row, request.user), "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "plans/page/plan.html", context, status=status)


def _clause_panel(row: WorkPlan, clause: Clause, clauses: list[Clause], bound: Form | None) -> dict:
    text = PlanText(plain_text(row.text_revision.body))
    codes = [rank.theme_id for rank in clause.theme_ranks.all()]
    initial = dict(zip(("primary", "second", "third"), codes, strict=False))
    rename = RenameForm(initial={"number": clause.number, "heading": clause.heading})
    themes = ThemesForm(initial=initial, themes=Theme.objects.all())
    return {
        "clause": clause,
        "rename": bound if isinstance(bound, RenameForm) else rename,
        "themes": bound if isinstance(bound, ThemesForm) else themes,
        "openings": [] if clause.broken else text.openings(*text.extent(clause, clauses))[1:],
    }


@staff_only
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a file to be saved."""
    from .document import written  # with a library that only these files need

    rows = WorkPlan.objects.visible_to(request.user).select_related("article", "organization", "text_revision")
    plan = get_object_or_404(rows, pk=pk)
    name = _UNSAFE.sub(" ", f"{plan} {plan.article.title}").strip()[:100]
    inside = rights.may(request.user, "view", plan)
    response = HttpResponse(written(plan, timezone.localdate(), lost=inside), content_type=DOCUMENT)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.docx")
    return response
