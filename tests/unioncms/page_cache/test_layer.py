"""What is kept, for whom, and what is never kept."""

import gzip
import threading

import pytest

from organizations import kept
from unioncms.page_cache import layer

from .asked import LONG, WSGIHandler, ask, made, new_cache

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def asked_twice(pages, first: str, second: str | None = None, *, method="GET", **environ) -> bool:
    """Whether the second request was answered from memory."""
    ask(pages, first)
    before = len(made)
    ask(pages, second or first, method, **environ)
    return len(made) == before


def test_a_page_is_made_once(pages):
    first, second = ask(pages, "/list/"), ask(pages, "/list/")
    assert (first, made) == (second, ["/list/"])
    assert (first.status, first.headers["Cache-Control"]) == (200, "public, max-age=0, s-maxage=1")
    assert first.headers["Content-Length"] == str(len(first.body))


@pytest.mark.parametrize("tags", [["articles"], ["tag:无关", "channel:1"], ["site"]])
def test_it_is_made_anew_once_something_in_it_changed(pages, tags):
    ask(pages, "/list/")
    kept.drop(tags)
    ask(pages, "/list/")
    kept.drop(["channel:2"])
    ask(pages, "/list/")
    assert made == ["/list/", "/list/"]


def test_what_changes_while_it_is_made_keeps_it_from_being_kept(pages, monkeypatch):
    inner = pages.application

    def changing(environ, start_response):
        answer = inner(environ, start_response)
        kept.drop(["channel:1"])
        return answer

    pages.application = changing
    assert ask(pages, "/list/").headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert (len(pages.store), asked_twice(pages, "/list/")) == (0, False)


@pytest.mark.parametrize(
    ("query", "is_the_same"),
    [
        ("page=2", True),
        ("page=3", False),
        ("page=2&utm_source=wechat&from=a", True),
        ("utm_source=wechat&p%61ge=2", True),
        ("page=2&page=2", False),
        ("page=2&size=l", False),
        ("Page=2&page=9", False),
        ("page=%32", True),
        ("page=2&x=" + "y" * 400, False),
        ("page=2&x=é", False),
    ],
)
def test_pages_are_told_apart_by_what_their_view_declares(pages, query, is_the_same):
    ask(pages, "/list/")
    assert asked_twice(pages, "/list/?page=2", f"/list/?{query}") is is_the_same


def test_what_is_not_declared_is_not_in_the_page(pages):
    first = ask(pages, "/list/?evil=%3Cscript%3E&page=2")
    assert (b"evil" in first.body, b"/list/?page=2" in first.body) == (False, True)
    assert ask(pages, "/list/?page=2").body == first.body
    assert b"'/list/'" in ask(pages, "/list/?evil=1").body


def test_a_view_that_asks_for_other_parameters_gets_them_and_its_answer_is_not_kept(pages):
    ask(pages, "/")
    for _ in range(2):
        assert b"/?p=12" in ask(pages, "/?p=12").body
    assert asked_twice(pages, "/", "/?p=12") is False
    assert (len(pages.store), asked_twice(pages, "/")) == (1, True)


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "a=b; sessionid =abc"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
    ],
)
def test_who_may_be_somebody_is_let_through(pages, environ):
    assert asked_twice(pages, "/list/", **environ) is False
    assert ask(pages, "/list/", **environ).headers["Cache-Control"] == "no-cache"
    assert len(pages.store) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_only_reading_is_answered_from_memory(pages, method):
    ask(pages, "/list/")
    ask(pages, "/list/", method)
    assert len(pages.store) == 1
    assert ask(pages, "/list/", method).headers.get("Cache-Control") != "public, max-age=0, s-maxage=1"


def test_other_cookies_are_neither_shown_nor_told_apart(pages):
    answer = ask(pages, "/list/", HTTP_COOKIE="csrftoken=abc; messages=def; theme=dark")
    assert b" [] " in answer.body
    assert asked_twice(pages, "/list/", HTTP_COOKIE="theme=light") is True


def test_nothing_of_a_session_enters(pages):
    ask(pages, "/list/", HTTP_COOKIE="sessionid=abc")
    assert len(pages.store) == 0
    first = ask(pages, "/greeting/", HTTP_COOKIE="csrftoken=abc")
    assert (b"AnonymousUser" in first.body, first.headers["Vary"]) == (True, "Cookie, Accept-Language, Accept-Encoding")
    assert asked_twice(pages, "/greeting/", HTTP_COOKIE="theme=dark") is True


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh-hans"),
        (ENGLISH, "en"),
        ({"HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.8,en;q=0.2"}, "zh-hans"),
        ({"HTTP_ACCEPT_LANGUAGE": "fr;q=0.9, en;q=0.2"}, "en"),
        ({"HTTP_ACCEPT_LANGUAGE": "!!"}, "zh-hans"),
        ({"HTTP_COOKIE": "a=b; django_language=en"}, "en"),
        ({**ENGLISH, "HTTP_COOKIE": "django_language=zh-hans"}, "zh-hans"),
        ({**ENGLISH, "HTTP_COOKIE": "django_language=xx"}, "en"),
    ],
)
def test_each_language_has_its_page(pages, environ, language):
    for first in ({}, ENGLISH):
        ask(pages, "/list/", **first)
    answer = ask(pages, "/list/", **environ)
    assert (f"'{language}'".encode() in answer.body, len(made)) == (True, 2)
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding"


def test_a_host_has_its_own_pages(pages):
    ask(pages, "/list/")
    other = ask(pages, "/list/", HTTP_HOST="127.0.0.1:8000")
    assert (b"127.0.0.1:8000" in other.body, b"'localhost'" in ask(pages, "/list/").body) == (True, True)
    assert len(pages.store) == 2


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "localhost/../x", ""])
def test_a_host_that_is_not_the_sites_is_refused_and_leaves_nothing(pages, host):
    ask(pages, "/list/")
    environ = {"HTTP_HOST": host, "SERVER_NAME": "evil.example"}
    assert [ask(pages, "/list/", **environ).status for _ in range(2)] == [400, 400]
    assert ask(pages, "/list/", HTTP_X_FORWARDED_HOST="evil.example").body == ask(pages, "/list/").body
    assert len(pages.store) == 1


def test_the_scheme_is_believed_where_django_believes_it(settings, pages):
    ask(pages, "/list/")
    assert asked_twice(pages, "/list/", HTTP_X_FORWARDED_PROTO="https") is True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = new_cache()
    for said, scheme in (("https", b"'https'"), ("https, http", b"'https'"), ("http", b"'http'"), ("", b"'http'")):
        for _ in range(2):
            assert scheme in ask(behind, "/list/", HTTP_X_FORWARDED_PROTO=said).body
    assert len(behind.store) == 2


@pytest.mark.parametrize(
    "address",
    [
        *("/unmarked/", "/not-there/", "/streamed/", "/cookie/", "/no-time/", "/no/such/"),
        *(f"/status/{status}/" for status in (201, 302, 403, 500, 503)),
        *(f"/header/Cache-Control/{value}/" for value in ("private", "no-store", "max-age=9, Private")),
        *("/header/Vary/*/", "/header/Vary/User-Agent/"),
    ],
)
def test_what_is_not_kept(pages, address):
    with_layer, without = ask(pages, address), ask(WSGIHandler(), address)
    assert (with_layer.status, with_layer.headers.get("Set-Cookie")) == (
        without.status,
        without.headers.get("Set-Cookie"),
    )
    before = len(made)
    ask(pages, address)
    assert (len(made) - before, len(pages.store)) == (0 if address == "/no/such/" else 1, address == "/no-time/")


@pytest.mark.parametrize(
    "address",
    ["/status/200/", "/status/410/", "/moved/", "/short/", "/header/Vary/Cookie/", "/header/Cache-Control/max-age=60/"],
)
def test_what_is_kept(pages, address):
    assert asked_twice(pages, address) is True


def test_a_failure_is_answered_with_what_was_kept_while_it_is_true(pages, caplog):
    first = ask(pages, "/status/200/")
    inner = pages.application
    pages.application = lambda environ, start: inner({**environ, "PATH_INFO": "/failing/"}, start)
    pages.store.get(("http", "localhost", "/status/200/", (), "zh-hans")).until = 0.0
    assert ask(pages, "/status/200/") == first
    kept.drop(["site"])
    assert ask(pages, "/status/200/").status == 500


def test_a_page_ends_by_its_time_but_not_while_the_database_is_away(pages):
    assert asked_twice(pages, "/no-time/") is False
    pages.watcher.away = True
    assert asked_twice(pages, "/no-time/") is True
    kept.trust(0)
    assert asked_twice(pages, "/no-time/") is False
    assert asked_twice(pages, "/list/") is False


def test_the_layer_fails_alone(pages, monkeypatch, caplog):
    ask(pages, "/list/")
    monkeypatch.setattr(pages.store, "get", lambda key: 1 / 0)
    assert ask(pages, "/list/").status == 200
    monkeypatch.undo()
    monkeypatch.setattr(layer, "may_be_kept", lambda response, headers: 1 / 0)
    assert ask(pages, "/list/?page=7").status == 200
    assert caplog.text.count("ZeroDivisionError") == 2


def test_many_who_ask_at_once_wait_for_one(pages):
    inside, may_end = threading.Event(), threading.Event()
    inner = pages.application

    def slow(environ, start_response):
        inside.set()
        may_end.wait(10)
        return inner(environ, start_response)

    pages.application = slow
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(pages, "/list/"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert (len(answers), len({answer.body for answer in answers}), made) == (12, 1, ["/list/"])
    assert pages._making == {}


def test_nobody_waits_for_a_page_that_is_not_kept_nor_after_one_that_failed(pages):
    ask(pages, "/unmarked/")
    pages._making["http", "localhost", "/unmarked/", (), "zh-hans"] = threading.Event()  # never set
    assert ask(pages, "/unmarked/").status == 200
    pages.application = lambda environ, start: 1 / 0
    with pytest.raises(ZeroDivisionError):
        ask(pages, "/list/")
    assert [key[2] for key in pages._making] == ["/unmarked/"]


def test_only_so_many_bytes_are_kept_and_the_latest_asked_for_stay(pages):
    small = new_cache(32_000)
    for number in range(11, 23):
        ask(small, "/status/200/")
        ask(small, f"/list/?page={number}")
    assert 24_000 < small.store.bytes <= 32_000
    kept_pages = [dict(key[3]).get("page", key[2]) for key in small.store._pages]
    others = [str(number) for number in range(11, 22)][-len(small.store) + 2 :]
    assert kept_pages == [*others, "/status/200/", "22"]
    kept.drop(["articles"])
    assert [key[2] for key in small.store._pages] == ["/status/200/"]
    assert small.store._keys == {}
    assert small.store.bytes == next(iter(small.store._pages.values())).size


def test_long_text_is_compressed_for_those_who_take_it(pages):
    plain, packed = ask(pages, "/list/"), ask(pages, "/list/", HTTP_ACCEPT_ENCODING="br, gzip;q=0.8")
    assert (gzip.decompress(packed.body), LONG in plain.body.decode()) == (plain.body, True)
    assert (packed.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert packed.headers["ETag"] != plain.headers["ETag"]
