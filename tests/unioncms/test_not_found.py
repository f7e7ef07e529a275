"""An address that leads nowhere: the page offers what it may have meant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Collection
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db


def meant(client, address: str):
    response = client.get(address)
    assert response.status_code == 404
    return response.context["meant"]


def test_words_of_the_path_find_articles_and_fill_the_search(client):
    make_article("职工技能大赛启动")
    make_article("技能大赛草稿", public=False)
    found = meant(client, "/news/技能大赛/12.html")
    assert [article.title for article in found.articles] == ["职工技能大赛启动"]
    assert 'value="技能大赛"' in client.get("/news/技能大赛/12.html").content.decode()


def test_latin_parts_find_what_bears_them_as_its_address(client):
    channel = make_channel("要闻", slug="yaowen")
    make_channel("空栏目", slug="kong")
    make_article(channel=channel)
    union = make_organization("青山区总工会", slug="qingshan")
    topic = Collection.objects.create(title="文集", slug="wenji", owner=union, is_public=True)
    Collection.objects.create(title="未公开", slug="hidden", owner=union)
    found = meant(client, "/site/yaowen/kong/qingshan/wenji/hidden/list.shtml")
    assert (found.channels, found.organizations, found.collections) == ([channel], [union], [topic])
    html = client.get("/qingshan/").content.decode()
    assert f'href="{union.get_absolute_url()}"' in html


def test_a_channel_is_known_by_its_name(client):
    channel = make_channel("要闻", slug="yaowen")
    make_article(channel=channel)
    assert meant(client, "/要闻/").channels == [channel]


@pytest.mark.parametrize("address", ["/x/", "/%00/", "/'\"*()/", "/" + "长" * 3000 + "/", "/a" * 500 + "/"])
def test_any_address_is_answered(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert not response.context.get("meant")


def test_it_costs_the_same_however_much_there_is(client):
    costs = []
    for number in (1, 29):
        for _ in range(number):
            make_article("职工技能大赛")
        with CaptureQueriesContext(connection) as queries:
            client.get("/yaowen/技能大赛/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
