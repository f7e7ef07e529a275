"""Who has the page already, and who takes it compressed (RFC 9110, 12.5.3 and 13)."""

import re

from django.utils.http import parse_http_date_safe

_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))", re.IGNORECASE)
MOST_HEADERS = 1_000
LONGEST_HEADER = 200

_accepting: dict[str, bool] = {"gzip": True, "": False}


def takes_gzip(accepted: str) -> bool:
    """Whether a reader with this Accept-Encoding takes gzip."""
    known = _accepting.get(accepted)
    if known is None:
        known = _GZIP.search(accepted) is not None
        if len(accepted) <= LONGEST_HEADER:
            if len(_accepting) >= MOST_HEADERS:
                _accepting.clear()
            _accepting[accepted] = known
    return known


def is_unchanged(environ: dict, etag: str | None, last_modified: str | None) -> bool:
    """Whether the reader has this very page: by If-None-Match where that is sent, else by If-Modified-Since."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        if etag is None:
            return False
        own = etag.removeprefix("W/")
        return tags.strip() == "*" or own in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or last_modified is None:
        return False
    if since == last_modified:
        return True
    moment, changed = parse_http_date_safe(since), parse_http_date_safe(last_modified)
    return moment is not None and changed is not None and changed <= moment
