"""What a page shows, said while it is made: a page that is kept is dropped when any of it changes.

A page's tags name what its readers would miss: "articles" (what is public changed), "article:12", "channel:3",
"organization:0001000A" (its path), "tag:工会", "collection:5", "plans". Every page implies "site".
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps

from django.conf import settings

LOOKS = ("view", "size", "scheme")
"""Query parameters that change the look of every page."""
KEEPING = "unioncms.keeping"
"""Where the page cache puts its Keeping in the environment of a request whose answer it would keep."""
CONDITIONS = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
"""What the page cache answers itself, from the whole page."""

_gathered: ContextVar[set[str] | None] = ContextVar("tags_of_what_is_made", default=None)


@dataclass
class Keeping:
    """What a view says of its page to the page cache; `parameters` is None where it may not be kept.

    `whole`: it was made as anybody gets it, whatever this reader's request said beside the address.
    """

    parameters: tuple[str, ...] | None = None
    ignores_others: bool = True
    seconds: float | None = None
    whole: bool = False


@contextmanager
def gathering() -> Iterator[set[str]]:
    """The set that `shows` adds to inside the block."""
    tags: set[str] = set()
    token = _gathered.set(tags)
    try:
        yield tags
    finally:
        _gathered.reset(token)


def shows(*tags: str) -> None:
    """Say that what is being made shows what `tags` name; without effect where nothing gathers them."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(tags)


def kept_page(*parameters: str, ignores_others: bool = True, seconds: float | None = None) -> Callable:
    """A view whose whole page may be kept for readers without a session, apart by `parameters` and LOOKS alone.

    The view does not see other parameters; with `ignores_others=False` it does, and a page asked for with one is never
    kept. `seconds` bounds how long a page is kept, for what changes without a verb that says so (counts of readers).
    """
    names = (*parameters, *LOOKS)

    def decorate(view):
        @wraps(view)
        def keeping(request, *args, **kwargs):
            others = request.GET.keys() - set(names)
            if others and ignores_others:
                _leave_out(request, others)
            asked = request.META.get(KEEPING)
            if asked is not None and settings.SESSION_COOKIE_NAME not in request.COOKIES:
                asked.ignores_others, asked.seconds = ignores_others, seconds
                asked.parameters = names
                if not others or ignores_others:
                    _impersonal(request)
                    asked.whole = True
            return view(request, *args, **kwargs)

        return keeping

    return decorate


def _leave_out(request, names) -> None:
    query = request.GET.copy()
    for name in names:
        del query[name]
    query._mutable = False
    request.GET = query
    request.META["QUERY_STRING"] = query.urlencode()


def _impersonal(request) -> None:
    """Have the whole page made as anybody gets it: no cookies, no conditions, not for HEAD alone."""
    for name in CONDITIONS:
        request.META.pop(name, None)
    request.COOKIES = {}
    request.method = request.META["REQUEST_METHOD"] = "GET"
