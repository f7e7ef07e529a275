"""How many queries a page costs in a process that serves: it watches for changes and keeps settings, menu, counts."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Collection
from organizations import kept
from organizations.models import AuditEntry
from tests.articles.test_pages_lists import addresses, fill
from tests.factories import make_article, make_channel, make_organization, make_plan

pytestmark = pytest.mark.django_db

ARTICLE, PLAN, LIST = 2, 4, 5


@pytest.fixture
def serving():
    """This process keeps what it read, as one does that serves."""
    kept.drop([kept.SITE])
    kept.trust(3600)
    yield
    kept.trust(0)
    kept.drop([kept.SITE])


def costs(client, pages, channel) -> dict[str, int]:
    """Queries by page, asked for again after another article has appeared in `channel`."""
    make_article("又一篇", channel=channel, text={"tags": ["入会"]})
    published = AuditEntry.objects.filter(verb="publish").first().tags
    assert f"channel:{channel.pk}" in published
    found = {}
    for page in pages:
        cache.clear()
        kept.drop([kept.SITE])
        client.get(page)
        kept.drop(published)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        found[page] = len(queries)
    return found


def test_lists_cost_no_more_than_five_for_one_and_for_thirty(serving, client):
    organization = make_organization("甲区总工会", slug="jia")
    channel = make_channel("要闻", slug="yaowen")
    collection = Collection.objects.create(title="文集", slug="wenji", owner=organization, is_public=True)
    fill(1, channel, collection, organization)
    pages = [*addresses(), "/search/", "/sitemap.xml", "/sitemap-lists.xml", "/organizations/jia/feed/"]
    pages += ["/tags/入会/feed/", "/collections/wenji/feed/", "/robots.txt", "/opensearch.xml"]
    alone = costs(client, pages, channel)
    fill(29, channel, collection, organization)
    assert costs(client, pages, channel) == alone
    assert {page: count for page, count in alone.items() if count > LIST} == {}


def test_an_article_costs_two_and_a_plan_four(serving, client):
    organization, channel = make_organization(), make_channel()
    article = make_article(organization=organization, channel=channel, text={"tags": ["入会"]})
    plan = make_plan(organization=organization)
    pages = [article.get_absolute_url(), plan.article.get_absolute_url()]
    alone = costs(client, pages, channel)
    for _number in range(29):
        make_article(organization=organization, channel=channel, text={"tags": ["入会"]})
    assert costs(client, pages, channel) == alone
    assert alone == {pages[0]: ARTICLE, pages[1]: PLAN}


def test_nobody_is_asked_for_who_has_no_session(client):
    page = make_article().get_absolute_url()
    for address in (page, "/", "/organizations/", "/archive/", "/feed/"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies
        assert [one["sql"] for one in queries if "session" in one["sql"] or "organizations_user" in one["sql"]] == []
