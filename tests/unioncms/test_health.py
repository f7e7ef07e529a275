"""Health addresses, error pages, old addresses, feeds and what search engines read."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults
from lxml import etree

from articles import publishing
from articles.models import Redirect
from tests.factories import make_article, make_channel, make_user
from tests.sitemaps import part_of


def test_healthz_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_says_when_the_database_is_ready(client, db):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db(transaction=False)
def test_readyz_says_when_a_migration_is_missing(client, monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("articles", False)])
    assert client.get("/readyz").status_code == 503


def test_readyz_says_when_the_database_is_away(client, monkeypatch):
    from django.db import OperationalError

    def refuse(*arguments):
        raise OperationalError

    monkeypatch.setattr("unioncms.health.MigrationExecutor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["Cache-Control"].startswith("max-age=0")


def test_an_error_page_needs_no_database():
    response = defaults.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"<h1>" in response.content


def test_a_forbidden_page_says_whom_to_ask(client, db):
    article = make_article(public=False)
    client.force_login(make_user())
    response = client.get(f"/articles/{article.pk}/preview/")
    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


def test_an_old_address_leads_on(client, db):
    article = make_article()
    Redirect.objects.create(old_path="/a/工会/2019/1243.html", article=article)
    response = client.get("/a/工会/2019/1243.html")
    assert (response.status_code, response.url) == (301, article.get_absolute_url())
    publishing.withdraw(article, None, "有误")
    assert client.get("/a/工会/2019/1243.html").status_code == 301
    Redirect.objects.create(old_path="/a/2.html", article=make_article(public=False))
    assert client.get("/a/2.html").status_code == 404


def test_feeds_hold_public_articles(client, db):
    channel = make_channel("要闻", slug="yaowen")
    article = make_article("一篇", channel=channel)
    make_article("草稿", public=False, channel=channel)
    for address in ("/feed/", "/channels/yaowen/feed/"):
        tree = etree.fromstring(client.get(address).content)
        atom = {"a": "http://www.w3.org/2005/Atom"}
        assert tree.xpath("//a:entry/a:title/text()", namespaces=atom) == ["一篇"]
        assert tree.xpath("//a:entry/a:link/@href", namespaces=atom) == [f"http://testserver/articles/{article.pk}/"]
    assert client.get("/channels/none/feed/").status_code == 404


def test_the_sitemap_holds_public_articles(client, db):
    article = make_article()
    draft = make_article(public=False)
    index = etree.fromstring(client.get("/sitemap.xml").content)
    parts = [node.text for node in index.iter("{*}loc")]
    addresses = [node.text for part in parts for node in etree.fromstring(client.get(part).content).iter("{*}loc")]
    assert f"http://testserver/articles/{article.pk}/" in addresses
    assert f"http://testserver/articles/{draft.pk}/" not in addresses
    assert "http://testserver/" in addresses
    assert client.get("/sitemap-9999.xml").status_code == 404


def test_feed_and_sitemap_date_what_readers_see(client, db):
    article = make_article()
    seen = [client.get(address).content for address in ("/feed/", part_of(article))]
    publishing.save_revision(article, None, {"title": "尚未发布"})
    assert [client.get(address).content for address in ("/feed/", part_of(article))] == seen


def test_robots_are_told_what_is_closed(client, db):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/\n" in text
    assert f"Sitemap: http://testserver{reverse('sitemap')}" in text


@pytest.mark.parametrize("address", ["/", "/channels/", "/search/", "/archive/", "/healthz", "/feed/"])
def test_reading_pages_take_no_posts(address, db):
    assert Client().post(address).status_code in (403, 405)
