"""Signing out after idle time without a database write at every request.

A session ends SESSION_COOKIE_AGE seconds after it was last saved; here it is saved when a minute has passed since.
"""

import time

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

TOUCH_SECONDS = 60


class IdleMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and "seen" in session and time.time() - session["seen"] > TOUCH_SECONDS:
            session["seen"] = int(time.time())
        return response


@receiver(user_logged_in)
def note_sign_in(sender, request, **kwargs) -> None:
    if request is not None:
        request.session["seen"] = int(time.time())
