"""Whoever must change their password does so before anything else."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

OPEN = ("password_change", "logout")


class PasswordGateMiddleware:
    """Send a signed-in user who must change the password to that page; a request without a session is left alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and self._is_held(request):
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('password_change')}?{query}".rstrip("?"))
        return self.get_response(request)

    @staticmethod
    def _is_held(request) -> bool:
        if request.path in {reverse(name) for name in OPEN} or request.path.startswith("/admin/jsi18n/"):
            return False
        return request.user.is_authenticated and request.user.must_change_password
