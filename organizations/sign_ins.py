"""Signing in, signing out and lockouts stand in the audit trail."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from .audit import record
from .models import User


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    record("sign in", user, by=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("sign out", user, by=user)


@receiver(user_locked_out)
def locked_out(sender, request, username, **kwargs):
    user = User.objects.filter(username=username).first() if username else None
    record("locked out", user, note=(username or "")[:150])
