"""What begins and ends by the clock, without anybody doing anything: no public page shows it before or after.

Every page has been asked for before, so that whatever is kept of it is old.
"""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import publishing
from articles.models import Article, Collection, CollectionEntry, DailyViewCount
from articles.search import Filters, counts
from tests.factories import make_article, make_channel, make_organization
from tests.sitemaps import part_of

pytestmark = pytest.mark.django_db
WORD = "金牌工匠"
SOON, BEFORE = datetime.timedelta(hours=1), datetime.timedelta(seconds=1)


class Site:
    """An article that is read much, beside another one, and every public page that could name it."""

    def __init__(self, *, at=None):
        cache.clear()
        union, channel = make_organization("青山区总工会", slug="qingshan"), make_channel("要闻", slug="yaowen")
        given = {"owner": union, "organization": union, "channel": channel, "text": {"tags": ["工匠标签"]}}
        self.other = make_article("另一篇稿件", **given)
        self.article = make_article(f"{WORD}评选", body=f"<p>{WORD}评选开始。</p>", public=False, **given)
        publishing.publish(self.article, None, at=at)
        DailyViewCount.objects.create(article=self.article, day=timezone.localdate(), count=9)
        topic = Collection.objects.create(title="专题", slug="zhuanti", owner=union, is_public=True)
        for position, article in enumerate((self.other, self.article)):
            CollectionEntry.objects.create(collection=topic, position=position, article=article)
        self.part = part_of(self.article)
        number, year = self.article.pk, timezone.localdate().year
        lists = ("/channels/yaowen/", "/organizations/qingshan/", "/collections/zhuanti/", "/tags/工匠标签/")
        self.addresses = [
            *("/", "/archive/", f"/archive/{year}/", f"/channels/yaowen/?year={year}", f"/favourites/?ids={number}"),
            *(f"/search/?q={WORD}", f"/search/?q=“{WORD}评选”", f"/search/suggest?q={WORD}", f"/no/such/{WORD}/"),
            *lists,
            *(f"{address}feed/{form}" for address in ("/", *lists) for form in ("", "rss/")),
            self.other.get_absolute_url(),
        ]

    def naming(self, client) -> set[str]:
        """The pages that name the article; the words that were searched for are no name."""
        pages = {address: client.get(address).content.decode() for address in self.addresses}
        pages[self.part] = client.get(self.part).content.decode()
        own = self.article.get_absolute_url()
        return {address for address, html in pages.items() if f'{own}"' in html or f"{own}<" in html}

    def change(self, **fields) -> None:
        Article.objects.filter(pk=self.article.pk).update(**fields)


def test_what_has_ended_is_named_nowhere_though_every_page_named_it(client):
    site = Site()
    assert site.naming(client) == {*site.addresses, site.part} - {"/archive/"}
    site.change(withdraw_at=timezone.now() - BEFORE)
    assert site.naming(client) == set()
    assert counts([(WORD, Filters())]) == [0]
    assert client.get(site.article.get_absolute_url()).status_code == 410
    assert client.post(f"{site.article.get_absolute_url()}views").status_code == 404


def test_what_is_ahead_is_named_nowhere_and_then_at_once(client):
    site = Site(at=timezone.now() + SOON)
    assert site.naming(client) == set()
    assert counts([(WORD, Filters())]) == [0]
    site.change(publish_at=timezone.now() - BEFORE)
    assert site.naming(client) == {*site.addresses, site.part} - {"/archive/"}
