"""A page as it is kept: made once, compressed once, answered many times."""

import gzip
from collections.abc import Iterable

from django.http import HttpResponse

WORTH_COMPRESSING = 200  # bytes, as in Django's own compression
LEVEL = 9
KEPT_STATUSES = (200, 301, 410)
UNSAID = "no-cache"
"""What unioncms.headers sends where a view says nothing of how long its page may be kept."""
PUBLIC = "public, max-age=0, s-maxage=1"
"""Browsers ask each time whether it is still the same; a cache in front of the site asks once a second."""
VARIES = {"accept-language", "accept-encoding", "cookie"}
OF_THE_BODY = {"content-length", "content-encoding", "etag", "vary", "cache-control"}
ABOUT_ONE_PAGE = 2_500  # bytes that a page takes beside its body: objects, key, headers
ABOUT_ONE_TAG = 240

OF_GZIP = '-gzip"'
OF_A_304 = {"cache-control", "content-location", "etag", "expires", "last-modified", "vary"}

_shared: dict[tuple[str, str], tuple[str, str]] = {}
MOST_SHARED = 500

Headers = list[tuple[str, str]]


class Page:
    """The answer to a GET, whole; `headers`, `etag` and `unchanged` (a 304's) go with the body as it is stored."""

    __slots__ = (
        "body",
        "compressed",
        "etag",
        "headers",
        "last_modified",
        "size",
        "status",
        "tags",
        "unchanged",
        "until",
    )

    def __init__(self, status: str, headers: Headers, body: bytes, *, public: bool = False, tags: Iterable[str] = ()):
        """`body` as Django made it, not compressed; a `public` page may be kept by caches in front."""
        given = {name.lower(): value for name, value in headers}
        packed = gzip.compress(body, LEVEL, mtime=0) if len(body) >= WORTH_COMPRESSING else body
        self.compressed = len(packed) < len(body)
        self.body = [packed if self.compressed else body]
        self.status = status
        self.tags = frozenset(tags)
        self.until = 0.0
        self.last_modified = given.get("last-modified")
        own = [pair for pair in headers if pair[0].lower() not in OF_THE_BODY]
        said = given.get("cache-control")
        if said:
            own.append(("Cache-Control", PUBLIC if public and said == UNSAID else said))
        if vary := _vary(given.get("vary", ""), self.compressed):
            own.append(("Vary", vary))
        if self.compressed:
            own.append(("Content-Encoding", "gzip"))
        own = [_shared.setdefault(pair, pair) for pair in own]
        if len(_shared) > MOST_SHARED:
            _shared.clear()
        self.etag = _etag(given.get("etag"), self.compressed)
        if self.etag:
            own.append(("ETag", self.etag))
        self.unchanged = [pair for pair in own if pair[0].lower() in OF_A_304]
        self.headers = [*own, ("Content-Length", str(len(self.body[0])))]
        self.size = len(self.body[0]) + ABOUT_ONE_PAGE + ABOUT_ONE_TAG * len(self.tags)

    def plain(self) -> tuple[Headers, list[bytes], str | None, Headers]:
        """Headers, body, ETag and headers of a 304 for who does not take compressed pages."""
        if not self.compressed:
            return self.headers, self.body, self.etag, self.unchanged
        body = gzip.decompress(self.body[0])
        etag = self.etag and self.etag.replace(OF_GZIP, '"')
        tagged = [("ETag", etag)] if etag else []
        headers = [pair for pair in self.headers if pair[0] not in ("Content-Encoding", "Content-Length", "ETag")]
        unchanged = [pair for pair in self.unchanged if pair[0] != "ETag"]
        length = ("Content-Length", str(len(body)))
        return [*headers, *tagged, length], [body], etag, [*unchanged, *tagged]


def _etag(made: str | None, compressed: bool) -> str | None:
    """The ETag of the body as it is stored; `made` is that of the one Django made."""
    if not made or not compressed:
        return made
    return f"{made.removeprefix('W/')[:-1]}{OF_GZIP}"


def _vary(said: str, compressed: bool) -> str:
    names = [name.strip() for name in said.split(",") if name.strip()]
    if compressed and "accept-encoding" not in map(str.lower, names):
        names.append("Accept-Encoding")
    return ", ".join(names)


def may_be_kept(response, headers: Headers) -> bool:
    """Whether an answer is the same for everybody, by what its headers say."""
    if not isinstance(response, HttpResponse) or response.streaming or response.status_code not in KEPT_STATUSES:
        return False
    given = {name.lower(): value.lower() for name, value in headers}
    if "set-cookie" in given or "nonce-" in given.get("content-security-policy", ""):
        return False
    if any(word in given.get("cache-control", "") for word in ("private", "no-store")):
        return False
    return {name.strip() for name in given.get("vary", "").split(",") if name.strip()} <= VARIES
