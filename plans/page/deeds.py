"""The addresses of the plan page that change something; each goes back to the row it changed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from organizations.forms import sentence
from plans.access import staff_deed
from plans.models import Clause, Target, Theme, WorkPlan

from . import verbs
from .forms import RenameForm, TargetForm, ThemesForm
from .reading import whole_plans
from .views import page
from .words import whole_number


@staff_deed
def clause_deed(request: HttpRequest, pk: int, clause: int, deed: str) -> HttpResponse:
    """Do `deed` to a clause: split, merge, up, down, in, out, rename, retheme, confirm."""
    plan, by, post = _plan(request, pk), request.user, request.POST
    bound: Form | None = None

    def merged() -> str:
        before = verbs.merge(plan, clause, by)
        return _clause_row(before.pk) if before else "text"

    def renamed() -> str:
        _require_valid(bound)
        verbs.rename(plan, clause, bound.cleaned_data["number"], bound.cleaned_data["heading"], by)
        return _clause_row(clause)

    def rethemed() -> str:
        _require_valid(bound)
        verbs.retheme(plan, clause, bound.codes(), by)
        return _clause_row(clause)

    def confirmed() -> str:
        number = verbs.confirm_clause(plan, clause, by)
        messages.info(request, _("Newly confirmed: %d") % number)
        return _clause_row(clause)

    def moved() -> str:
        return _clause_row(verbs.move(plan, clause, deed, by).pk)

    def divided() -> str:
        return _clause_row(verbs.split(plan, clause, post.get("words", ""), by, near=_near(request)).pk)

    deeds: dict[str, Callable[[], str]] = {
        "split": divided,
        "merge": merged,
        "rename": renamed,
        "retheme": rethemed,
        "confirm": confirmed,
        **dict.fromkeys(("up", "down", "in", "out"), moved),
    }
    if deed == "rename":
        bound = RenameForm(post)
    elif deed == "retheme":
        bound = ThemesForm(post, themes=Theme.objects.all())
    return _done(request, plan, _known(deeds, deed), clause=clause, bound=bound)


@staff_deed
def target_deed(request: HttpRequest, pk: int, target: int, deed: str) -> HttpResponse:
    """Do `deed` to a target: change, confirm, requote, delete, let-go."""
    plan, by = _plan(request, pk), request.user
    bound: TargetForm | None = None

    def changed() -> str:
        _require_valid(bound)
        verbs.change_target(plan, target, bound.cleaned_data, by)
        return _target_row(target)

    def confirmed() -> str:
        return _target_row(verbs.confirm_target(plan, target, by).pk)

    def requoted() -> str:
        words = request.POST.get("words", "")
        return _target_row(verbs.requote(plan, target, words, by, near=_near(request)).pk)

    def deleted() -> str:
        neighbour = _neighbour(plan, target)
        verbs.delete_target(plan, target, by)
        return neighbour

    def left() -> str:
        neighbour = _neighbour(plan, target)
        if verbs.let_go(plan, target, by):
            return neighbour
        messages.info(request, _("The target stays, since progress hangs on it; it is marked as not found."))
        return _target_row(target)

    deeds = {"change": changed, "confirm": confirmed, "requote": requoted, "delete": deleted, "let-go": left}
    if deed == "change":
        row = get_object_or_404(Target, plan=plan, pk=target)
        bound = TargetForm(request.POST, instance=row, clauses=Clause.objects.filter(plan=plan).defer("text"))
    return _done(request, plan, _known(deeds, deed), target=target, bound=bound)


@staff_deed
def add_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Make words of the text a target or a clause."""
    plan, by, words = _plan(request, pk), request.user, request.POST.get("words", "")

    def added() -> str:
        near = _near(request)
        if what == "targets":
            return _target_row(verbs.add_target(plan, words, by, near=near).pk)
        below = bool(request.POST.get("below"))
        return _clause_row(verbs.add_clause(plan, words, by, near=near, below=below).pk)

    return _done(request, plan, added)


@staff_deed
def undo_deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back."""
    plan = _plan(request, pk)

    def undone() -> str:
        edit = verbs.undo(plan, request.user)
        messages.info(request, _("Taken back: %(verb)s “%(words)s”") % {"verb": edit.label, "words": edit.words})
        return "plan"

    return _done(request, plan, undone)


@staff_deed
def noted_deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the note of what the last change of the text did off the page."""
    plan = _plan(request, pk)

    def noted() -> str:
        verbs.note_changes(plan, request.user)
        return "plan"

    return _done(request, plan, noted)


def _done(
    request: HttpRequest,
    plan: WorkPlan,
    act: Callable[[], str],
    *,
    clause: int | None = None,
    target: int | None = None,
    bound: Form | None = None,
) -> HttpResponse:
    """What `act` did, at the row it names; a refusal is shown on the page with all that was typed."""
    try:
        at = act()
    except ValidationError as refusal:
        whole = get_object_or_404(whole_plans(request.user), pk=plan.pk)
        return page(request, whole, clause=clause, target=target, bound=bound, refusal=sentence(refusal))
    return HttpResponseRedirect(f"{plan.get_absolute_url()}?at={at}#{at}")


def _plan(request: HttpRequest, pk: int) -> WorkPlan:
    plan = WorkPlan.objects.visible_to(request.user).select_related("article").filter(pk=pk).first()
    if plan is None:
        raise Http404
    return plan


def _known(deeds: dict[str, Callable[[], str]], deed: str) -> Callable[[], str]:
    if deed not in deeds:
        raise Http404
    return deeds[deed]


def _require_valid(form: Form) -> None:
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])


def _near(request: HttpRequest) -> int:
    return whole_number(request.POST.get("near", "")) or 0


def _neighbour(plan: WorkPlan, target: int) -> str:
    """The row to go on with once a target is gone: the next one, else the one before."""
    keys = list(Target.objects.filter(plan=plan).values_list("pk", flat=True))
    at = keys.index(target) if target in keys else 0
    rest = keys[at + 1 :] + keys[:at][::-1]
    return _target_row(rest[0]) if rest else "targets"


def _clause_row(pk: int) -> str:
    return f"row-{pk}"


def _target_row(pk: int) -> str:
    return f"target-{pk}"
