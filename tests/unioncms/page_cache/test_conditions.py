"""Who has the page already, and who takes it compressed."""

import pytest

from unioncms.page_cache.conditions import takes_gzip

from .asked import ask, made

DATED = "Sat, 03 Jan 2026 08:00:00 GMT"
LATER, EARLIER = "Sun, 04 Jan 2026 08:00:00 GMT", "Fri, 02 Jan 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, GZIP;q=0.8, *;q=0.1", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("br, gzip ; q=0.000, deflate", False),
        ("identity", False),
        ("x-gzipped", False),
        ("", False),
    ],
)
def test_who_takes_gzip(accepted, takes):
    assert takes_gzip(accepted) is takes
    assert takes_gzip(accepted) is takes


@pytest.mark.parametrize("encoding", ["gzip", ""])
@pytest.mark.parametrize("kept_before", [True, False])
@pytest.mark.parametrize(
    ("tags", "since", "status"),
    [
        ("{own}", None, 304),
        ("W/{own}", None, 304),
        ('"x", W/{own}', None, 304),
        ("*", None, 304),
        ('"x"', None, 200),
        ('"x"', DATED, 200),  # the tag decides where there is one
        ("{own}", EARLIER, 304),
        (None, DATED, 304),
        (None, LATER, 304),
        (None, EARLIER, 200),
        (None, "yesterday", 200),
    ],
)
def test_an_unchanged_page_costs_no_body(pages, encoding, kept_before, tags, since, status):
    asked = {"HTTP_ACCEPT_ENCODING": encoding}
    own = ask(pages, "/list/?page=1", **asked).headers["ETag"]
    if not kept_before:
        pages.store.drop(["site"])
        made.pop()
    if tags is not None:
        asked["HTTP_IF_NONE_MATCH"] = tags.replace("{own}", own)
    if since is not None:
        asked["HTTP_IF_MODIFIED_SINCE"] = since
    answer = ask(pages, "/list/?page=1", **asked)
    assert (answer.status, answer.body == b"", answer.headers["ETag"]) == (status, status == 304, own)
    assert len(made) == 1
    if status == 304:
        assert answer.headers == {
            "ETag": own,
            "Cache-Control": "public, max-age=0, s-maxage=1",
            "Vary": "Accept-Language, Accept-Encoding",
            "Last-Modified": DATED,
        }


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_head_has_the_headers_of_get(pages, encoding):
    first = ask(pages, "/list/", "HEAD", HTTP_ACCEPT_ENCODING=encoding)
    whole = ask(pages, "/list/", HTTP_ACCEPT_ENCODING=encoding)
    assert (first.body, whole.headers["Content-Length"]) == (b"", str(len(whole.body)))
    assert first.headers == whole.headers == ask(pages, "/list/", "HEAD", HTTP_ACCEPT_ENCODING=encoding).headers
    assert made == ["/list/"]
    assert ask(pages, "/list/", "HEAD", HTTP_IF_NONE_MATCH="*").status == 304


def test_what_was_withdrawn_is_never_said_to_be_unchanged(pages):
    assert ask(pages, "/status/410/", HTTP_IF_NONE_MATCH="*").status == 410
    assert ask(pages, "/status/410/", HTTP_IF_NONE_MATCH="*").status == 410


def test_headers_of_a_kept_page_are_those_of_the_page_made(pages):
    first, again = ask(pages, "/short/"), ask(pages, "/short/", HTTP_ACCEPT_ENCODING="gzip")
    assert first == again
    assert {"Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"} <= again.headers.keys()
