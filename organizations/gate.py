"""Whoever must change their password, or set up a second factor, does so before anything else."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from . import passwords
from .second_factor import DUE

OPEN = {  # the page that somebody is held at: what else stays open to them
    "password_change": ("logout",),
    "second_factor": ("logout", "password_change"),
}


class GateMiddleware:
    """Send a signed-in user who owes something to its page; a request without a session is left alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and (page := self._held_at(request)):
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse(page)}?{query}".rstrip("?"))
        return self.get_response(request)

    @staticmethod
    def _held_at(request) -> str | None:
        """The name of the page that the person must go through; None where nothing is owed or this page is open."""
        user = request.user
        if not user.is_authenticated:
            return None
        if user.must_change_password or passwords.is_too_old(user):
            page = "password_change"
        elif request.session.get(DUE):
            page = "second_factor"
        else:
            return None
        is_open = request.path in map(reverse, (page, *OPEN[page])) or request.path.startswith("/admin/jsi18n/")
        return None if is_open else page
