"""Signing out after idle time without a database write at every request, and saying so afterwards.

A session ends SESSION_COOKIE_AGE seconds after it was last saved; here it is saved when a minute has passed since.
"""

import time
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from .sessions import ended_by_idleness

TOUCH_SECONDS = 60
IDLE = "idle"  # the query parameter by which the sign-in page knows


class IdleMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and "seen" in session and time.time() - session["seen"] > TOUCH_SECONDS:
            session["seen"] = int(time.time())
        if response.status_code == 302 and self._was_idle(request, response.url):
            query = urlsplit(response.url).query
            response["Location"] = f"{resolve_url(settings.LOGIN_URL)}?{query}{'&' if query else ''}{IDLE}=1"
        return response

    @staticmethod
    def _was_idle(request, target: str) -> bool:
        """Whether somebody is sent to sign in again whose session ran out."""
        return urlsplit(target).path in (resolve_url(settings.LOGIN_URL), reverse("admin:login")) and session_ran_out(
            request
        )


def session_ran_out(request) -> bool:
    """Whether the browser still brings the key of a session that ended by idleness."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(key) and request.session.is_empty() and ended_by_idleness(key)
