"""What a page of the register costs."""

import lxml.html
import pytest

from tests.factories import make_article, make_organization, make_plan, make_theme, make_user

from .reading_pages import pks, queries

pytestmark = pytest.mark.django_db


FILTERED = "?year=2019&level=district&theme=organisation&state=in_force&state=draft&q=会员&sort=-targets"
EVERYTHING = "&progress=no&unit=名&targets=yes&kind=other&role=plan&period=year&basis=stated&subject=综合"


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 14),
        (FILTERED, 18),
        (FILTERED + "&where=targets" + EVERYTHING, 18),
        ("?view=organizations", 13),
        ("?q=会员&overdue=1", 14),
    ],
)
def test_the_list_costs_the_same_for_one_plan_and_for_thirty(client, query, most):
    make_theme()
    editors = make_organization("编辑部", level=None)
    user = make_user("reader", role="contributor", organization=editors)
    make_plan(make_article("一份", owner=editors))
    client.force_login(user)
    one = queries(client, f"/plans/{query}")
    for _ in range(29):
        make_plan(make_article(owner=editors), in_force=False)
    thirty = queries(client, f"/plans/{query}")
    assert client.get(f"/plans/{query}").context["register"].plans == (30 if "overdue" not in query else 1)
    assert len(one) == len(thirty) <= most
    assert not any('"body" AS' in sql or '"body",' in sql or '"plans_clause"."text" AS' in sql for sql in thirty)


def test_long_lists_are_paged_by_links(client):
    editors = make_organization("编辑部", level=None)
    client.force_login(make_user("reader", role="contributor", organization=editors))
    made = [
        make_plan(make_article(owner=editors, body="<p>无</p>"), in_force=False, organization=editors, year=year)
        for year in range(1950, 1981)
    ]
    newest_first = [plan.pk for plan in reversed(made)]
    first = client.get("/plans/?state=draft")
    assert pks(first) == newest_first[:20]
    following = lxml.html.fromstring(first.content).xpath("//a[@rel='next']/@href")
    assert following == ["/plans/?state=draft&page=2"]
    second = client.get(following[0])
    assert pks(second) == newest_first[20:]
    assert lxml.html.fromstring(second.content).xpath("//a[@rel='prev']/@href") == ["/plans/?state=draft"]
