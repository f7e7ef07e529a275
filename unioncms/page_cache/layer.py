"""The WSGI application around Django's: answers what is kept, keeps what may be kept, and else stays out of the way."""

import logging
import threading
from functools import partial
from time import monotonic

from organizations import kept
from organizations.shown import CONDITIONS, KEEPING, Keeping, gathering

from .asking import Asking, Key
from .conditions import is_unchanged, takes_gzip
from .page import Page, may_be_kept
from .store import Store
from .watching import Watcher

logger = logging.getLogger(__name__)

WAIT_SECONDS = 10.0
"""So long at most a request waits for another one that makes the same page."""
KEPT_SECONDS = 3600.0
"""So long at most a page is kept, whatever its tags: for what was changed past every verb."""
MOST_UNKEPT = 10_000
READING = ("GET", "HEAD")
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"


class PageCache:
    """Wraps a WSGI application. `most_bytes` bounds what is kept; the threads start with the first request."""

    def __init__(self, application, most_bytes: int):
        self.application = application
        self.store = Store(most_bytes)
        self.asking = Asking()
        self.watcher: Watcher | None = None
        self._lock = threading.Lock()
        self._making: dict[object, threading.Event] = {}
        self._unkept: dict[str, None] = {}  # paths whose view is not kept: nobody waits for another's page there
        kept.also_drops(self.store.drop)

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in READING or self.asking.is_personal(environ):
            return self.application(environ, start_response)
        try:
            key = self.asking.key(environ)
            page = self._good(key)
            if page is not None:
                return _answer(page, environ, start_response)
            if self.watcher is None:
                self._watch()
        except Exception:  # no reader goes without a page because of this layer
            logger.exception("The page cache failed; the page is made without it.")
            return self.application(environ, start_response)
        return self._alone(key, environ, start_response)

    def _good(self, key: Key | None) -> Page | None:
        """The kept page, unless it is too old; while the database is away an old one is better than none."""
        page = self.store.get(key)
        if page is not None and kept.is_trusted() and (page.until > monotonic() or self.watcher.is_away()):
            return page
        return None

    def _watch(self) -> None:
        with self._lock:
            if self.watcher is None:
                watcher = Watcher()
                watcher.start()
                self.watcher = watcher

    def _alone(self, key: Key | None, environ, start_response):
        """Make the page, unless another request does so already; then its page is waited for."""
        path = environ["PATH_INFO"]
        name = key or (path, environ.get("QUERY_STRING"), environ.get("HTTP_HOST"), environ.get("HTTP_ACCEPT_LANGUAGE"))
        mine = threading.Event()
        with self._lock:
            making = mine if path in self._unkept else self._making.setdefault(name, mine)
        if making is not mine:
            making.wait(WAIT_SECONDS)
            page = self._good(self.asking.key(environ))
            if page is not None:
                return _answer(page, environ, start_response)
        try:
            return self._make(environ, start_response)
        finally:
            with self._lock:
                if self._making.get(name) is mine:
                    del self._making[name]
            mine.set()

    def _make(self, environ, start_response):
        asked = {name: environ[name] for name in ("REQUEST_METHOD", "QUERY_STRING", *CONDITIONS) if name in environ}
        keeping = environ[KEEPING] = Keeping()
        since = kept.moment()
        begun: list[tuple] = []
        with gathering() as tags:
            response = self.application(environ, lambda *given: begun.append(given))
        environ.update(asked)
        page = None
        try:
            if self._is_whole(environ, keeping, response):
                page = self._page(environ, keeping, response, begun[-1], tags, since)
        except Exception:
            logger.exception("The page cache failed; the page is sent as it was made.")
        if page is None:
            start_response(*begun[-1])
            return response
        response.close()
        return _answer(page, environ, start_response)

    def _is_whole(self, environ, keeping: Keeping, response) -> bool:
        """Whether the view made the page for anybody (shown.kept_page), and what it says is known from now on."""
        path = environ["PATH_INFO"]
        if keeping.parameters is None:
            with self._lock:
                self._unkept[path] = None
                if len(self._unkept) > MOST_UNKEPT:
                    del self._unkept[next(iter(self._unkept))]
            return False
        self._unkept.pop(path, None)
        self.asking.learn(path, keeping.parameters, keeping.ignores_others)
        return keeping.whole and not getattr(response, "streaming", True)

    def _page(self, environ, keeping: Keeping, response, begun, tags: set[str], since: int) -> Page:
        """The page that was made, kept where it may be; where it failed, an older one that is still true."""
        status, headers = begun[:2]
        key = self.asking.key(environ)
        if response.status_code >= 500 and (old := self.store.get(key)) is not None and kept.is_trusted():
            return old
        public = key is not None and may_be_kept(response, headers)
        page = Page(status, headers, response.content, public=public, tags=tags)
        if public:
            page.until = monotonic() + (KEPT_SECONDS if keeping.seconds is None else keeping.seconds)
            kept.keep_if_unchanged(tags, since, partial(self.store.put, key, page))
        return page


def _answer(page: Page, environ, start_response) -> list[bytes]:
    if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        headers, body, etag, unchanged = page.headers, page.body, page.etag, page.unchanged
    else:
        headers, body, etag, unchanged = page.plain()
    conditional = "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ
    if conditional and page.status == OK and is_unchanged(environ, etag, page.last_modified):
        start_response(NOT_MODIFIED, unchanged)
        return []
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else body
