"""What holds for every public page of the seeded site."""

import re
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.test import Client

from articles.models import Article, Channel, Collection
from organizations.models import Organization, SiteSettings
from tests.html_validation import html_faults

FIXED = [
    "/",
    "/channels/",
    "/organizations/",
    "/organizations/?level=district",
    "/organizations/?place=37",
    "/organizations/?place=3702&level=city",
    "/organizations/?letter=Q",
    "/organizations/?q=qd",
    "/organizations/?q=没有这个工会",
    "/channels/jihua/?year=2019",
    "/sitemap/",
    "/accessibility/",
    "/collections/",
    "/tags/",
    "/search/",
    "/search/?q=技能&order=date",
    "/search/?q=“技能大赛”&level=district&year=2019",
    "/search/?q=无此词语",
    "/search/?q=技能 无此词语 工会&kind=plan",
    "/archive/",
    "/archive/2019/",
    "/archive/2019/1/",
    "/favourites/",
    "/favourites/?ids=1.2",
    "/?view=elder&size=l&scheme=dark",
    "/no/such/page/",
]
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def addresses():
    rows = [*Article.objects.published(), *Channel.objects.all(), *Collection.objects.published()]
    return FIXED + [row.get_absolute_url() for row in [*rows, *Organization.objects.all()]]


_PAGES = {}


@pytest.fixture
def pages(seeded):
    """Every public page by its address, as an anonymous visitor gets it; fetched once, since nobody changes them."""
    if not _PAGES:
        _PAGES.update({address: Client().get(address) for address in addresses()})
    return _PAGES


def test_pages_answer(pages):
    odd = {address: page.status_code for address, page in pages.items() if page.status_code != 200}
    assert odd == {"/no/such/page/": 404}


def test_no_cookie_is_set_and_none_asked_for(pages):
    for address, page in pages.items():
        assert not page.cookies, address
        assert "Cookie" not in page.headers.get("Vary", ""), address


def test_the_policy_is_strict_and_kept(pages):
    for address, page in pages.items():
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        html = page.content.decode()
        assert not INLINE.search(html), (address, INLINE.search(html))
        for script in lxml.html.fromstring(html).xpath("//script[not(@type='application/ld+json')]"):  # those are data
            assert script.get("src"), address
            assert not (script.text or "").strip(), address


def test_nothing_is_loaded_from_elsewhere(pages):
    for address, page in pages.items():
        tree = lxml.html.fromstring(page.content)
        loaded = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //@srcset | //@poster")
        assert [url for url in loaded if urlsplit(url).netloc or not url.startswith("/")] == [], address


def test_every_page_has_its_landmarks_and_one_heading(pages):
    for address, page in pages.items():
        tree = lxml.html.fromstring(page.content)
        assert tree.get("lang") == "zh-CN"
        assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
        for landmark in ("//body/header", "//main[@id='main']", "//body/footer", "//nav", "//h1"):
            assert len(tree.xpath(landmark)) >= 1, (address, landmark)
        assert len(tree.xpath("//h1")) == 1, address
        assert tree.findtext(".//title").strip(), address
        assert 'content=""' not in page.content.decode(), address


def test_every_link_and_anchor_leads_somewhere(pages, client):
    known = {}
    for address, page in pages.items():
        tree = lxml.html.fromstring(page.content)
        ids = set(tree.xpath("//@id"))
        for href in tree.xpath("//a[not(@data-mode)]/@href"):
            url = urlsplit(urljoin(address, href))
            if url.scheme or url.netloc:
                continue
            if href.startswith("#"):
                assert url.fragment in ids, (address, href)
                continue
            target = url._replace(fragment="").geturl()
            if target not in known:
                known[target] = client.get(target)
            assert known[target].status_code == 200, (address, href)
            if url.fragment:
                assert f'id="{url.fragment}"' in known[target].content.decode(), (address, href)


def test_the_html_is_valid(pages, tmp_path):
    assert html_faults({address: page.content.decode() for address, page in pages.items()}, tmp_path) == []


def test_the_sites_settings_are_on_every_page(seeded, client):
    SiteSettings.objects.update_or_create(
        pk=1,
        defaults={
            "name": "某市工会网",
            "domain": "www.example.org",
            "site_code": "3702000001",
            "icp_number": "鲁ICP备00000000号",
            "police_number": "鲁公网安备00000000000000号",
            "organizer": "某市总工会",
            "grey_mode": True,
        },
    )
    printed = ("某市工会网", "鲁ICP备00000000号", "鲁公网安备00000000000000号", "3702000001", "某市总工会")
    for address in ("/", "/channels/", Article.objects.published().first().get_absolute_url(), "/no/such/page/"):
        html = client.get(address).content.decode()
        for words in (*printed, 'data-tone="grey"'):
            assert words in html, (address, words)
        assert '<meta name="SiteDomain" content="www.example.org">' in html


@pytest.mark.parametrize(
    ("query", "attributes"),
    [
        ("", ""),
        ("?view=elder", ' data-view="elder"'),
        ("?size=l&scheme=dark", ' data-size="l" data-scheme="dark"'),
        ("?view=<x>&size=9", ""),
    ],
)
def test_modes_work_without_script(db, client, query, attributes):
    assert f'<html lang="zh-CN"{attributes}>' in client.get("/" + query).content.decode()


def test_a_mode_keeps_the_question(db, client):
    html = client.get("/search/?q=工会&order=date").content.decode()
    assert 'href="?q=%E5%B7%A5%E4%BC%9A&amp;order=date&amp;size=l"' in html


def test_an_article_page_is_light(pages):
    heaviest = max(len(page.content) for address, page in pages.items() if address.startswith("/articles/"))
    assert heaviest < 60_000
