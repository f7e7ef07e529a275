"""The pages of saved views: all that somebody has or is shared with, and the forms that keep, change and delete."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from plans.access import staff_deed, staff_only
from plans.models import SavedView

from . import saved_views as verbs
from .view_forms import ViewForm

_NO_SHARING = _("You may not share views with this organization. Choose your own, or one below it.")


def own_bodies(user) -> list[str]:
    """The names of the bodies `user` holds a role in: with whom a view is shared most."""
    held = Organization.objects.filter(memberships__user=user).order_by("path")
    return list(dict.fromkeys(held.values_list("name", flat=True)[:20]))


@staff_only
def saved_views(request: HttpRequest) -> HttpResponse:
    """Everything kept by the user, to be changed, and what others share with them, to be looked at."""
    return _page(request)


@staff_deed
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the state that the form carries, then show it."""
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            view = verbs.save(
                request.user,
                form.cleaned_data["name"],
                form.cleaned_data["query"],
                page=form.cleaned_data["page"],
                shared_with=form.cleaned_data["shared_with"],
            )
            return HttpResponseRedirect(view.get_absolute_url())
        except (ValidationError, PermissionDenied) as refused:
            _refuse(form, refused)
    return _page(request, new=form)


@staff_deed
def change_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another body to share with."""
    view = get_object_or_404(_changeable(request.user), pk=pk)
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            verbs.change(view, request.user, form.cleaned_data["name"], form.cleaned_data["shared_with"])
            return HttpResponseRedirect(reverse("plan-views"))
        except (ValidationError, PermissionDenied) as refused:
            _refuse(form, refused)
    return _page(request, changed=(pk, form))


@staff_deed
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.delete(get_object_or_404(_changeable(request.user), pk=pk), request.user)
    return HttpResponseRedirect(reverse("plan-views"))


def _changeable(user):
    return SavedView.objects.filter(owner=user)


def _refuse(form: ViewForm, refused: Exception) -> None:
    if isinstance(refused, PermissionDenied):
        form.add_error("shared_with", _NO_SHARING)
    else:
        form.add_error(None, refused.messages[0])


def _page(request: HttpRequest, new: ViewForm | None = None, changed: tuple[int, ViewForm] | None = None):
    """The page of all views, with status 400 and the sentence where something could not be kept."""
    rows = SavedView.objects.visible_to(request.user).select_related("owner", "shared_with").order_by("name", "pk")
    own, shared = [], []
    for view in rows:
        if view.owner_id == request.user.pk:
            view.form = changed[1] if changed and changed[0] == view.pk else None
            own.append(view)
        else:
            shared.append(view)
    context = {"section": "plans", "own": own, "shared": shared, "new": new, "bodies": own_bodies(request.user)}
    return render(request, "plans/register/saved_views.html", context, status=400 if new or changed else 200)
