"""The desk's lists of articles: search, filters, a fixed number of queries; and its channels."""

import datetime

import pytest
from django.contrib.admin import ModelAdmin, site
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Collection, MediaFile
from tests.articles.desk_form import LIST
from tests.factories import make_article, make_channel, make_user


@pytest.mark.parametrize(
    ("query", "titles"),
    [("集体合同", ["含有正文的稿件"]), ("草稿", ["一篇草稿"]), ("没有的词", [])],
)
def test_the_list_is_searched_by_title_and_text(desk, owner, query, titles):
    make_article("含有正文的稿件", owner=owner)
    make_article("一篇草稿", owner=owner, public=False, body="<p>其他。</p>")
    found = desk.get(LIST, {"q": query}).context["cl"].result_list
    assert [article.title for article in found] == titles


def test_the_list_is_filtered_by_state_channel_level_and_year(desk, owner):
    channel = make_channel()
    day = timezone.make_aware(datetime.datetime(2019, 3, 11))
    make_article("那年的稿件", owner=owner, channel=channel, published_at=day, organization=owner)
    make_article("今年的稿件", owner=owner, public=False, channel=make_channel())
    for query in (
        {"year": "2019"},
        {"state__exact": "public"},
        {"channel__id__exact": channel.pk},
        {"level__code__exact": "district"},
    ):
        found = desk.get(LIST, query).context["cl"].result_list
        assert [article.title for article in found] == ["那年的稿件"], query


def count_queries(desk, address, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(15) as queries:
        assert desk.get(address).status_code == 200
    assert not [query for query in queries.captured_queries if '"articles_revision"."body"' in query["sql"]]
    return len(queries)


def test_lists_ask_as_often_for_thirty_rows_as_for_one_and_load_no_body(desk, owner, django_assert_max_num_queries):
    pages = (LIST, "/admin/articles/collection/", "/admin/articles/mediafile/")

    def fill(number):
        for count in range(number):
            make_article(owner=owner, organization=owner, channel=make_channel())
            name = f"{Collection.objects.count()}"
            Collection.objects.create(title=name, slug=f"c{name}", owner=owner)
            MediaFile.objects.create(owner=owner, kind="image", file="x.png", sha256=name, size=count)

    fill(1)
    few = [count_queries(desk, page, django_assert_max_num_queries) for page in pages]
    fill(29)
    assert [count_queries(desk, page, django_assert_max_num_queries) for page in pages] == few


# Channels


def test_a_channel_stands_neither_below_itself_nor_below_its_own_children(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    top = make_channel("上")
    below = make_channel("下", parent=make_channel("中", parent=top))
    data = {"name": "上", "slug": top.slug, "kind": "list", "review_stages": "0", "position": "1", "_continue": "1"}
    address = reverse("admin:articles_channel_change", args=[top.pk])
    for parent, errors in ((top, ["parent"]), (below, ["parent"])):
        response = client.post(address, data | {"parent": parent.pk})
        assert list(response.context["adminform"].form.errors) == errors
    assert client.post(address, data | {"parent": make_channel("别处").pk}).status_code == 302


def test_the_box_of_a_row_is_written_as_django_writes_it(db):
    admin = site._registry[Article]
    article = Article(pk=12, title="“两个<b>普遍</b>”&要求")
    assert admin.action_checkbox(article) == ModelAdmin.action_checkbox(admin, article).strip()


def test_an_order_that_the_heads_do_not_offer_is_left_out(desk, owner):
    for title in ("丙", "甲", "乙"):
        make_article(title, owner=owner)
    assert [article.title for article in desk.get(LIST, {"o": "1"}).context["cl"].result_list] == ["乙", "甲", "丙"]
