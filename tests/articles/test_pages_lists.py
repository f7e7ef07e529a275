"""Lists of articles: who is in them, how they turn pages, what they cost."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles import publishing
from articles.models import Article, Channel, Collection, CollectionEntry, MediaFile
from articles.months import by_month
from tests.articles.pictures import picture
from tests.factories import make_article, make_channel, make_organization
from tests.sitemaps import part_of

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2019, 1, 3, 8, 5, tzinfo=timezone.get_default_timezone())


def titles(response):
    assert response.status_code == 200
    return [article.title for article in response.context["page"]]


def test_a_channel_holds_its_public_articles_and_those_below_it(client):
    channel = make_channel("要闻", slug="yaowen")
    below = make_channel("基层", slug="jiceng", parent=channel)
    deepest = make_channel("镇街", slug="zhenjie", parent=make_channel("村居", slug="cunju", parent=below))
    make_article("更旧", channel=deepest, published_at=AT - datetime.timedelta(days=1))
    make_article("旧", channel=channel, published_at=AT)
    make_article("新", channel=below, published_at=AT + datetime.timedelta(days=1))
    make_article("草稿", channel=channel, public=False)
    make_article("别处", channel=make_channel())
    gone = make_article("撤下", channel=channel)
    publishing.withdraw(gone, None, "有误")
    assert titles(client.get("/channels/yaowen/")) == ["新", "旧", "更旧"]
    assert titles(client.get("/channels/jiceng/")) == ["新", "更旧"]
    feed = client.get("/channels/yaowen/feed/").content.decode()
    assert re.findall(r"<title>(.+?)</title>", feed)[1:] == ["新", "旧", "更旧"]
    assert "/channels/jiceng/" in client.get("/channels/yaowen/").content.decode()


def test_pages_turn_and_end(client):
    channel = make_channel(slug="yaowen")
    for number in range(21):
        make_article(f"第{number}篇", channel=channel)
    assert len(titles(client.get("/channels/yaowen/"))) == 20
    assert titles(client.get("/channels/yaowen/?page=2")) == ["第0篇"]
    for page in ("0", "3", "x", "-1", "２", "²", "99999999999999999999", "1" * 5000):
        assert client.get("/channels/yaowen/", {"page": page}).status_code == 404


def test_an_empty_channel_says_so_and_is_not_in_the_menu(client):
    make_channel("空栏目", slug="kong")
    html = client.get("/channels/kong/").content.decode()
    assert 'class="empty"' in html
    assert "空栏目" not in client.get("/channels/").content.decode()


def test_a_single_page_channel_shows_its_page(client):
    article = make_article("工会概况")
    Channel.objects.create(name="概况", slug="gaikuang", kind="page", page=article)
    html = client.get("/channels/gaikuang/").content.decode()
    assert "全年新建" in html
    assert f'<link rel="canonical" href="http://testserver/articles/{article.pk}/">' in html


def test_an_unknown_address_is_not_found(client):
    for address in (
        "/channels/x/",
        "/collections/x/",
        "/tags/无/",
        "/organizations/x/",
        "/archive/1999/",
        "/media/x.png",
    ):
        assert client.get(address).status_code == 404, address


def test_a_collection_names_what_is_missing(client):
    here = make_article("已收")
    draft = make_article("未发布", public=False)
    collection = Collection.objects.create(title="文集", slug="wenji", owner=here.owner, is_public=True)
    for position, (article, title) in enumerate([(here, ""), (None, "缺失篇"), (draft, "")]):
        CollectionEntry.objects.create(collection=collection, position=position, article=article, title=title)
    response = client.get("/collections/wenji/")
    assert [str(entry) for entry in response.context["entries"]] == ["已收", "缺失篇"]
    assert (response.context["here"], response.context["missing"]) == (1, 1)
    assert titles_of(client.get("/collections/")) == ["文集"]
    for address in ("/collections/", "/"):
        (row,) = client.get(address).context["collections" if address == "/" else "page"]
        assert (row.named, row.here) == (2, 1)
    collection.is_public = False
    collection.save()
    assert client.get("/collections/wenji/").status_code == 404


def test_a_long_collection_turns_pages(client):
    collection = Collection.objects.create(title="文集", slug="wenji", owner=make_organization(), is_public=True)
    CollectionEntry.objects.bulk_create(
        CollectionEntry(collection=collection, position=number, title=f"第{number}篇") for number in range(1, 202)
    )
    assert len(client.get("/collections/wenji/").context["entries"]) == 200
    second = client.get("/collections/wenji/?page=2")
    assert [str(entry) for entry in second.context["entries"]] == ["第201篇"]
    assert "<b>201</b>" in second.content.decode()


def titles_of(response):
    return [row.title for row in response.context["page"]]


def test_a_tag_lists_public_articles(client):
    make_article("有", text={"tags": ["入会"]})
    make_article("草稿", public=False, text={"tags": ["入会", "草稿才有"]})
    assert titles(client.get("/tags/入会/")) == ["有"]
    assert client.get("/tags/草稿才有/").status_code == 404
    assert [tag["name"] for tag in client.get("/tags/").context["tags"]] == ["入会"]


def test_a_channel_by_year(client):
    channel = make_channel(slug="yaowen")
    below = make_channel(slug="jiceng", parent=channel)
    edge = datetime.datetime(2018, 12, 31, 16, 30, tzinfo=datetime.UTC)  # 2019-01-01 in Beijing
    make_article("元旦", channel=channel, published_at=edge)
    make_article("一月", channel=below, published_at=AT)
    make_article("旧", channel=channel, published_at=AT - datetime.timedelta(days=9))
    make_article("无日期", channel=channel, imported=True)
    make_article("草稿", channel=channel, published_at=AT, public=False)
    assert list(client.get("/channels/yaowen/").context["years"]) == [(2019, 2), (2018, 1)]
    assert titles(client.get("/channels/yaowen/?year=2019")) == ["一月", "元旦"]
    assert titles(client.get("/channels/yaowen/?year=2018")) == ["旧"]
    for year in ("2017", "x", "20190", "２０１９"):
        assert client.get("/channels/yaowen/", {"year": year}).status_code == 404


def test_only_the_newest_line_of_a_channel_has_its_picture(client):
    channel = make_channel(slug="yaowen")
    stored = MediaFile(
        owner=make_organization(), kind="image", sha256="ab" * 32, size=1, width=60, height=40, alt="会场"
    )
    stored.file.save("a.png", picture())
    make_article("旧", channel=channel, published_at=AT, text={"lead_image": stored})
    make_article("新", channel=channel, text={"lead_image": stored})
    html = client.get("/channels/yaowen/").content.decode()
    assert html.count('class="picture"') == 1
    assert html.index('class="picture"') < html.index("旧</a>")


def test_single_pages_stand_beside_each_other(client):
    pages = [make_article(name, kind="page") for name in ("工会概况", "办事指南")]
    first, second = [make_channel(page.title, slug=f"p{page.pk}", kind="page", page=page) for page in pages]
    make_channel("没有页面", kind="page")
    response = client.get(f"/channels/{first.slug}/")
    assert response.context["sisters"] == [first, second]
    publishing.withdraw(pages[1], None, "有误")
    assert client.get(f"/channels/{first.slug}/").context["sisters"] == []
    assert client.get(f"/channels/{second.slug}/").status_code == 410


def test_the_archive_is_counted_by_two_queries_however_many_there_are(client, django_assert_num_queries):
    for count in (1, 2, 3):
        make_article(published_at=AT)
        with django_assert_num_queries(2):
            assert by_month()[2019][1] == count


def test_the_archive_holds_dated_articles_by_local_month(client):
    edge = datetime.datetime(2018, 12, 31, 16, 30, tzinfo=datetime.UTC)  # 2019-01-01 in Beijing
    make_article("元旦", published_at=edge)
    make_article("一月", published_at=AT)
    make_article("十二月", published_at=datetime.datetime(2019, 12, 31, 23, 59, tzinfo=AT.tzinfo))
    make_article("无日期", imported=True)
    years = client.get("/archive/").context["years"]
    assert [(year, total, dict(months)[1], dict(months)[12]) for year, total, months in years] == [(2019, 3, 2, 1)]
    assert titles(client.get("/archive/2019/")) == ["十二月", "一月", "元旦"]
    assert titles(client.get("/archive/2019/1/")) == ["一月", "元旦"]
    assert titles(client.get("/archive/2019/12/")) == ["十二月"]
    assert titles(client.get("/archive/2019/2/")) == []
    for address in ("/archive/2019/13/", "/archive/2019/0/", "/archive/0/", "/archive/99999/"):
        assert client.get(address).status_code == 404, address


def addresses():
    return [
        "/channels/yaowen/",
        "/tags/入会/",
        "/archive/2019/",
        "/archive/2019/1/",
        "/collections/",
        "/collections/wenji/",
        "/channels/",
        "/archive/",
        "/tags/",
        "/",
        "/organizations/",
        "/organizations/?level=district",
        "/organizations/jia/",
        "/organizations/jia/?news=below",
        "/channels/yaowen/?year=2019",
        "/sitemap/",
        "/accessibility/",
        "/feed/",
        "/channels/yaowen/feed/",
        part_of(Article.objects.earliest("pk")),
    ]


def fill(count, channel, collection, organization):
    for _ in range(count):
        article = make_article(
            channel=channel,
            organization=make_organization(parent=organization, level="township"),
            published_at=AT,
            text={"tags": ["入会"]},
        )
        position = collection.entries.count()
        CollectionEntry.objects.create(collection=collection, position=position, article=article)
        Collection.objects.create(title="另一文集", slug=f"wenji-{article.pk}", owner=article.owner, is_public=True)


def test_lists_cost_the_same_with_one_and_thirty(client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    organization = make_organization("甲区总工会", slug="jia")
    channel = make_channel("要闻", slug="yaowen")
    make_channel("概况", slug="gaikuang", kind="page", page=make_article("概况", kind="page"))
    collection = Collection.objects.create(title="文集", slug="wenji", owner=organization, is_public=True)

    def costs():
        found = {}
        for address in [*addresses(), "/channels/gaikuang/"]:
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
            found[address] = len(queries)
        return found

    fill(1, channel, collection, organization)
    alone = costs()
    fill(29, channel, collection, organization)
    assert costs() == alone


def test_lists_never_load_a_body(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    organization = make_organization("甲区总工会", slug="jia")
    channel = make_channel("要闻", slug="yaowen")
    collection = Collection.objects.create(title="文集", slug="wenji", owner=organization, is_public=True)
    fill(1, channel, collection, organization)
    for address in addresses():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert not [query["sql"] for query in queries if '"body"' in query["sql"]], address
