"""Every link and anchor of the seeded public site leads somewhere, from the front page on (R13)."""

from collections import deque
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

HOST = "http://testserver"
ADDRESSES = {
    "a": "href",
    "link": "href",
    "area": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "form": "action",
}
ELSEWHERE = {"beian.miit.gov.cn", "beian.mps.gov.cn"}
LOOKS = {"view", "size", "scheme"}
"""Parameters that change a page's look alone."""
NOT_FOLLOWED = ("/search/", "/accounts/")
"""Pages whose own links are not followed: each search offers others without end."""
MOST = 3_000
"""Pages asked for: more would mean that the site invents addresses without end."""


class Site:
    """What a walk over the site found: pages by address, and what points nowhere."""

    def __init__(self, client: Client):
        self.client = client
        self.ids: dict[str, set[str]] = {}
        self.dead: set[tuple[str, str, object]] = set()  # (page, address, status)
        self.anchors: list[tuple[str, str, str]] = []  # (page, address, anchor)
        self.hosts: set[str] = set()

    def walk(self, start: str) -> None:
        waiting, known = deque([(start, start)]), {start}
        while waiting:
            page, address = waiting.popleft()
            for found in self.read(page, address):
                if found not in known:
                    known.add(found)
                    waiting.append((address, found))
            assert len(known) <= MOST, sorted(known)[-20:]

    def read(self, page: str, address: str) -> list[str]:
        """The addresses within the site that the page at `address` names."""
        if address.startswith("/static/"):
            if finders.find(unquote(address.removeprefix("/static/"))) is None:
                self.dead.add((page, address, "no such file"))
            return []
        answer = self.client.get(address)
        if answer.status_code == 301 or (answer.status_code == 302 and "/accounts/login/" in answer.url):
            return []
        if answer.status_code == 302:
            return [answer.url]
        if answer.status_code != 200:
            self.dead.add((page, address, answer.status_code))
            return []
        if not answer.get("Content-Type", "").startswith("text/html"):
            b"".join(answer.streaming_content) if answer.streaming else answer.content
            return []
        return self.links(address, lxml.html.fromstring(answer.content))

    def links(self, address: str, html) -> list[str]:
        self.ids[address] = {element.get("id") for element in html.iter() if element.get("id")}
        found = []
        for element in html.iter(*ADDRESSES):
            named = element.get(ADDRESSES[element.tag])
            if named is None or element.get("method", "get") != "get":
                continue
            whole, anchor = urldefrag(urljoin(HOST + address, named))
            parts = urlsplit(whole)
            if parts.scheme not in ("http", "https"):
                continue
            if parts.netloc != "testserver":
                self.hosts.add(parts.netloc)
                continue
            if LOOKS & set(parse_qs(parts.query, keep_blank_values=True)):
                continue
            path = whole.removeprefix(HOST)
            if anchor:
                self.anchors.append((address, path, unquote(anchor)))
            found.append(path)
        return [] if address.startswith(NOT_FOLLOWED) else found


@pytest.fixture
def site(seeded) -> Site:
    found = Site(Client())
    found.walk("/")
    return found


def test_every_link_and_every_anchor_is_alive(site):
    assert site.dead == set()
    lost = {place for place in site.anchors if place[1] in site.ids and place[2] not in site.ids[place[1]]}
    assert lost == set()
    assert site.hosts <= ELSEWHERE
    assert {"/", "/search/", "/sitemap.xml", "/feed/", "/archive/"} <= set(site.ids) | {"/sitemap.xml", "/feed/"}
    assert len(site.anchors) > 50
