"""Signing in and out stand in the audit trail; failures and lockouts do so through lockout.py."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from .audit import record


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("sign in", user, by=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("sign out", user, by=user)
