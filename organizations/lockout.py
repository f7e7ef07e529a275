"""Lockout by account and by address, each with a limit of its own.

django-axes counts wrong passwords for a user name, from wherever they come, and for an address, whatever the names; it
knows one limit for both. A whole office shares one address, so an address may fail more often than an account.
A name that no account has is locked like any other: the page says nothing about who has an account.
"""

from ipaddress import ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from django.conf import settings
from django.db.models import Sum
from django.shortcuts import render

from .actor import client_address
from .audit import record
from .models import User

ACCOUNT, ADDRESS = "account", "address"


def counted_address(request) -> str | None:
    """The address that wrong passwords are counted for: of IPv6 the network of one subscriber, its first 64 bits.

    Whoever has such a network has 2^64 addresses to try from. IPv4 written as IPv6 is IPv4.
    """
    if (written := client_address(request)) is None:
        return None
    address = ip_address(written)
    if address.version == 4:
        return written
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False).network_address)


def _told(username: str, user: User | None) -> str:
    """A name as the trail keeps it. One that no account has may be a password typed into the wrong field."""
    return username[:150] if user or len(username) < 3 else f"{username[:2]}… ({len(username)})"


class LockoutHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None) -> int:
        """Wrong passwords for the account, or those from the address on the account's scale, whichever is nearer.

        So either reaches AXES_FAILURE_LIMIT, the account's limit, when it is to be locked.
        """
        account, address = (_failures(attempts) for attempts in self.get_user_attempts(request, credentials))
        return max(account, address - settings.ADDRESS_FAILURE_LIMIT + settings.AXES_FAILURE_LIMIT)

    def reset_user_attempts(self, request, credentials=None) -> int:
        """After a sign-in: forget this account's failures alone, else one account of his own frees an attacker."""
        return self.reset_attempts(username=get_client_username(request, credentials))

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        username = get_client_username(request, credentials) or ""
        user = User.objects.filter(username=username).first()
        told = _told(username, user)
        record("sign-in failed", user, note=told)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and getattr(request, "axes_failures_since_start", None) is not None:
            if request.axes_locked_out and self.kind(request, credentials) == ACCOUNT:
                record("locked out", user, note=told)
            elif request.axes_locked_out:
                record("locked out", note=request.axes_ip_address or "")

    def kind(self, request, credentials) -> str:
        """Whether the account is locked; else it is the address."""
        account, _address = self.get_user_attempts(request, credentials)
        return ACCOUNT if _failures(account) >= settings.AXES_FAILURE_LIMIT else ADDRESS

    def until(self, request, credentials):
        """The moment when enough failures have grown old for a sign-in from here to this account."""
        limits = (settings.AXES_FAILURE_LIMIT, settings.ADDRESS_FAILURE_LIMIT)
        ends = [
            _opens(attempts, limit)
            for attempts, limit in zip(self.get_user_attempts(request, credentials), limits, strict=True)
        ]
        latest = max((end for end in ends if end), default=request.axes_attempt_time)
        return latest + get_cool_off(request)


def _failures(attempts) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _opens(attempts, limit: int):
    """The time of the attempt whose ageing brings the count below `limit`; None where it is below."""
    left, time = _failures(attempts), None
    for failures, at in attempts.order_by("attempt_time").values_list("failures_since_start", "attempt_time"):
        if left < limit:
            break
        left, time = left - failures, at
    return time


def locked_out_page(request, response=None, credentials=None):
    """What AxesMiddleware answers in place of a refused sign-in: why, until when, and whom to ask."""
    handler = LockoutHandler()
    kind = handler.kind(request, credentials)
    context = {
        "by_account": kind == ACCOUNT,
        "limit": settings.AXES_FAILURE_LIMIT if kind == ACCOUNT else settings.ADDRESS_FAILURE_LIMIT,
        "minutes": int(get_cool_off(request).total_seconds() // 60),
        "until": handler.until(request, credentials),
    }
    return render(request, "registration/locked_out.html", context, status=429)
