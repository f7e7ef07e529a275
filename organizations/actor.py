"""Who is acting and from where, so that a verb's audit entry can say so without every caller handing it on."""

from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings

_request: ContextVar = ContextVar("acting_request", default=None)


class ActorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def client_address(request) -> str | None:
    """The visitor's IP address, or None where there is none (a socket).

    With PROXY_COUNT proxies of the site's own in front, it is what the outermost of them wrote into X-Forwarded-For:
    so many entries from the right. What stands left of it was sent by the visitor and is never believed.
    """
    count = settings.PROXY_COUNT
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if count > 0 else []
    written = forwarded[-count] if len(forwarded) >= count > 0 else ""
    return _ip(written) or _ip(request.META.get("REMOTE_ADDR", ""))


def _ip(written: str) -> str | None:
    try:
        return str(ip_address(written.strip()))
    except ValueError:
        return None


def current_address() -> str | None:
    """The visitor's address in the request being answered; None outside one (commands, the worker)."""
    request = _request.get()
    return client_address(request) if request else None


def current_user():
    """The signed-in user of the request being answered, or None."""
    request = _request.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
