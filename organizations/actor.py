"""Who is acting and from where, so that a verb's audit entry can say so without every caller handing it on."""

from contextvars import ContextVar

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


def current_address() -> str | None:
    """The address of the request being answered; None outside one (commands, the worker)."""
    request = _request.get()
    return (request.META.get("REMOTE_ADDR") or None) if request else None


def current_user():
    """The signed-in user of the request being answered, or None."""
    request = _request.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
