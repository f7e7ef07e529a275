"""What pages tell search engines, feed readers and browsers."""

import datetime
import json
import re
from datetime import timedelta

import lxml.etree
import lxml.html
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Channel
from organizations.models import SiteSettings
from tests.factories import make_article, make_channel, make_organization
from tests.sitemaps import part_of

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def no_cache():
    cache.clear()


def page_of(client, address: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(client.get(address).content)


def tags_of(page) -> dict[str, str]:
    """Every <meta> by its name or property."""
    return {
        meta.get("name") or meta.get("property"): meta.get("content")
        for meta in page.iter("meta")
        if meta.get("content") and not meta.get("charset")
    }


def data_of(page) -> dict[str, dict]:
    """The blocks of JSON-LD by their type."""
    found = [json.loads(block.text) for block in page.xpath("//script[@type='application/ld+json']")]
    return {block["@type"]: block for block in found}


@pytest.fixture
def article(db):
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": "某市工会网", "organizer": "某市总工会"})
    union = make_organization("某市总工会", level="city")
    text = {"subtitle": "副题", "author": "李 明", "source": "工人日报", "tags": ["技能大赛", "</script><b>"]}
    return make_article(
        "“工”字牌</script>上线",
        text=text | {"summary": "一句话的摘要。"},
        organization=union,
        channel=make_channel("要闻"),
        published_at=timezone.datetime(2019, 1, 3, 8, 30, tzinfo=timezone.get_default_timezone()),
    )


def test_an_article_is_a_news_article(client, article):
    data = data_of(page_of(client, article.get_absolute_url()))["NewsArticle"]
    address = f"http://testserver{article.get_absolute_url()}"
    assert data == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "alternativeHeadline": "副题",
        "description": "一句话的摘要。",
        "mainEntityOfPage": address,
        "datePublished": "2019-01-03T08:30:00+08:00",
        "dateModified": "2019-01-03T08:30:00+08:00",
        "author": {"@type": "Person", "name": "李 明"},
        "publisher": {"@type": "Organization", "name": "某市总工会"},
        "articleSection": "要闻",
        "keywords": ["技能大赛", "</script><b>"],
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
    }


def test_the_breadcrumb_is_a_list_of_absolute_addresses(client, article):
    items = data_of(page_of(client, article.get_absolute_url()))["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item.get("item")) for item in items] == [
        (1, "http://testserver/"),
        (2, f"http://testserver{article.channel.get_absolute_url()}"),
        (3, None),
    ]


def test_open_graph_and_canonical(client, article):
    page = page_of(client, article.get_absolute_url() + "?size=l&from=timeline")
    tags = tags_of(page)
    address = f"http://testserver{article.get_absolute_url()}"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert {name: value for name, value in tags.items() if name and name.startswith("og:")} == {
        "og:site_name": "某市工会网",
        "og:type": "article",
        "og:title": article.title,
        "og:description": "一句话的摘要。",
        "og:url": address,
        "og:locale": "zh_CN",
    }
    assert tags["description"] == "一句话的摘要。"


def test_a_page_of_a_list_is_an_address_of_its_own_and_its_look_is_not(client, article):
    for _ in range(20):
        make_article(channel=article.channel)
    address = article.channel.get_absolute_url()
    assert page_of(client, f"{address}?page=2&view=elder").xpath("//link[@rel='canonical']/@href") == [
        f"http://testserver{address}?page=2"
    ]
    assert page_of(client, f"{address}?page=1").xpath("//link[@rel='canonical']/@href") == [
        f"http://testserver{address}"
    ]


@pytest.mark.parametrize("address", ["/no/such/page/", "/search/?q=x", "/favourites/", "/organizations/?q=x"])
def test_what_is_not_for_search_engines_says_so_and_has_no_canonical_address(client, db, address):
    page = page_of(client, address)
    assert tags_of(page)["robots"].startswith("noindex")
    assert page.xpath("//link[@rel='canonical']") == []


def test_every_list_has_an_atom_and_an_rss_feed(client, article):
    lists = {
        "/": "/feed/",
        article.channel.get_absolute_url(): f"{article.channel.get_absolute_url()}feed/",
        article.organization.get_absolute_url(): f"{article.organization.get_absolute_url()}feed/",
        "/tags/技能大赛/": "/tags/%E6%8A%80%E8%83%BD%E5%A4%A7%E8%B5%9B/feed/",
    }
    for address, feed in lists.items():
        assert page_of(client, address).xpath("//link[@rel='alternate']/@href") == [feed, f"{feed}rss/"]
        atom = lxml.etree.fromstring(client.get(feed).content)
        assert [entry.text for entry in atom.iterfind(f"{ATOM}entry/{ATOM}title")] == [article.title]
        rss = lxml.etree.fromstring(client.get(f"{feed}rss/").content)
        assert [item.text for item in rss.iterfind("channel/item/title")] == [article.title]


@pytest.mark.parametrize(
    "address", ["/channels/x/feed/", "/organizations/x/feed/", "/collections/x/feed/rss/", "/tags/x/feed/"]
)
def test_there_is_no_feed_of_what_is_not_there(client, db, address):
    assert client.get(address).status_code == 404


def test_the_sitemap_leads_to_every_public_address_with_its_last_change(client, article):
    make_article("草稿", public=False)
    index = lxml.etree.fromstring(client.get("/sitemap.xml").content)
    parts = {found.findtext(f"{MAP}loc"): found.findtext(f"{MAP}lastmod") for found in index}
    articles, changed = next((part, at) for part, at in parts.items() if re.search(r"sitemap-\d+\.xml", part))
    entries = lxml.etree.fromstring(client.get(articles).content)
    listed = [(entry.findtext(f"{MAP}loc"), entry.findtext(f"{MAP}lastmod")) for entry in entries]
    assert [address for address, _at in listed] == [f"http://testserver{article.get_absolute_url()}"]
    assert changed is None
    assert [datetime.datetime.fromisoformat(at) for _address, at in listed] == [article.first_published_at]
    unions = lxml.etree.fromstring(client.get(part_of(article.organization)).content)
    assert [entry.findtext(f"{MAP}loc") for entry in unions] == [
        f"http://testserver{article.organization.get_absolute_url()}"
    ]


def test_the_sitemap_names_no_list_that_is_empty_and_no_page_that_is_not_there(client, article):
    make_channel("空栏", slug="empty")
    below = make_channel("下级", slug="below", parent=article.channel)
    make_article(channel=below)
    draft = make_article("草稿", public=False)
    make_channel("概况", slug="draft", kind=Channel.Kind.PAGE, page=draft)
    make_channel("指南", slug="guide", kind=Channel.Kind.PAGE, page=article)
    entries = lxml.etree.fromstring(client.get("/sitemap-lists.xml").content)
    listed = [entry.findtext(f"{MAP}loc").removeprefix("http://testserver") for entry in entries]
    named = {address for address in listed if address.startswith("/channels/")}
    assert named == {"/channels/", article.channel.get_absolute_url(), "/channels/below/", "/channels/guide/"}
    assert {address: client.get(address).status_code for address in listed} == dict.fromkeys(listed, 200)


def test_the_sitemap_asks_as_often_for_thirty_as_for_one(client, article):
    addresses = ["/sitemap.xml", "/sitemap-lists.xml", part_of(article), part_of(article.organization), "/feed/"]

    def count() -> list[int]:
        counts = []
        for address in addresses:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    few = count()
    for _ in range(29):
        make_article()
    assert count() == few


def test_an_unchanged_page_is_not_sent_again(client, article):
    first = client.get(article.get_absolute_url())
    again = client.get(article.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    publishing.save_revision(article, None, {"title": "另一个标题"})
    publishing.publish(article, None)
    changed = client.get(article.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_what_may_be_withdrawn_is_asked_for_anew_each_time(client, article):
    for address in ("/", article.get_absolute_url(), "/feed/", "/sitemap.xml", "/no/such/page/"):
        assert client.get(address)["Cache-Control"] == "no-cache", address
    tag = client.get(article.get_absolute_url())["ETag"]
    again = client.get(article.get_absolute_url(), headers={"If-None-Match": tag})
    assert (again.status_code, again["Cache-Control"]) == (304, "no-cache")


def test_last_modified_is_the_time_of_the_last_change(client, article):
    Article.objects.filter(pk=article.pk).update(changed_at=timezone.now() - timedelta(days=3))
    first = client.get(article.get_absolute_url())
    again = client.get(article.get_absolute_url(), headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304
    article.refresh_from_db()
    assert first["Last-Modified"] == article.changed_at.strftime("%a, %d %b %Y %H:%M:%S GMT")


def test_text_is_compressed_and_pictures_are_not(client, article):
    page = client.get(article.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]


def test_browsers_find_search_and_icons(client, db):
    page = page_of(client, "/")
    (search,) = page.xpath("//link[@rel='search']/@href")
    description = lxml.etree.fromstring(client.get(search).content)
    url = description.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template") == "http://testserver/search/?q={searchTerms}"
    assert [client.get(path).status_code for path in ("/favicon.ico", "/apple-touch-icon.png")] == [302, 302]


def test_pages_are_the_same_over_ipv6(client, article, settings):
    settings.ALLOWED_HOSTS = ["[::1]", "testserver"]
    for address in ("/", article.get_absolute_url(), article.channel.get_absolute_url()):
        six, four = (client.get(address, HTTP_HOST=host).content.decode() for host in ("[::1]:8000", "testserver"))
        assert six.replace("[::1]:8000", "testserver") == four


def test_chinese_addresses_work_as_they_are_typed(client, article):
    assert client.get("/tags/技能大赛/").status_code == 200
    assert client.get("/tags/%E6%8A%80%E8%83%BD%E5%A4%A7%E8%B5%9B/").status_code == 200
