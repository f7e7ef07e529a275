"""Who gets to see the staff's pages of plans."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import rights


def staff_only(view: Callable) -> Callable:
    """A page to look at. Outsiders go to the sign-in; an account without a role gets a page that says whom to ask."""
    return require_safe(_guarded(view))


def staff_deed(view: Callable) -> Callable:
    """An address that changes something: POST alone, for the same people; the verb itself asks for the right."""
    return require_POST(_guarded(view))


def _guarded(view: Callable) -> Callable:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rights.may(request.user, "view"):
            return render(request, "plans/no_role.html", status=403)
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
