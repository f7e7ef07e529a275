"""Who gets to see the pages of plans: the staff, and everybody the register where the site opens it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organizations import rights
from organizations.models import SiteSettings


def staff_only(view: Callable) -> Callable:
    """A page to look at. Outsiders go to the sign-in; an account without a role gets a page that says whom to ask."""
    return require_safe(_guarded(view))


def staff_deed(view: Callable) -> Callable:
    """An address that changes something: POST alone, for the same people; the verb itself asks for the right."""
    return require_POST(_guarded(view))


def staff_or_public(view: Callable) -> Callable:
    """A page for the staff, and with `public=True` for everybody else where the site's register is public.

    What the public gets may be kept by caches that ask before they use it (RevalidationMiddleware) and tell people
    apart by their cookies; it sets none.
    """
    for_staff = _guarded(view)

    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rights.may(request.user, "view") and SiteSettings.load().public_register:
            return view(request, *args, public=True, **kwargs)
        return for_staff(request, *args, **kwargs)

    return require_safe(opened)


def _guarded(view: Callable) -> Callable:
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rights.may(request.user, "view"):
            return render(request, "plans/no_role.html", status=403)
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
