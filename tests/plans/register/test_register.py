"""The register: who sees it, every filter, facets, chips, orders, bad input, and what it costs."""

import datetime
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from plans import filing
from plans.models import WorkPlan
from tests.factories import make_article, make_level, make_organization, make_plan, make_theme, make_user

pytestmark = pytest.mark.django_db
NO_FIGURES = "<h2>一、网上工会</h2><p>推进智慧工会建设。</p><h2>二、自身建设</h2><p>加强干部队伍作风建设。</p>"
ONE_FIGURE = "<h2>一、技能培训</h2><p>全年培训职工3000人次。</p><h2>二、维护职工权益</h2><p>推行平等协商。</p>"


@pytest.fixture
def client():
    """A reader of the English pages, so that a change of a translation breaks no test."""
    return Client(headers={"accept-language": "en"})


def pks(response) -> list[int]:
    """The plans of the table, top down, by what their links say."""
    links = lxml.html.fromstring(response.content).xpath("//tr[@class='plan']/th/a/@href")
    return [int(link.strip("/").split("/")[-1]) for link in links]


@pytest.fixture
def world(client):
    """Five plans: 胶州 2019 and 2021–2025 below 青岛 2019, a draft of 黄岛 for 2018, a draft of nobody's."""
    for code, name in {"organisation": "组织", "rights": "权益", "skills": "素质", "digital": "网上"}.items():
        make_theme(code, name)
    editors = make_organization("编辑部", level=None)
    city = make_organization("青岛市总工会", level="city")
    jiaozhou = make_organization("胶州市总工会", parent=city, short_name="胶州工会", aliases=["胶州总工会"])
    huangdao = make_organization("黄岛区总工会", former_names=["胶南市总工会"])

    def article(title, **fields):
        return make_article(title, owner=editors, kind=Article.Kind.PLAN, **fields)

    plans = {
        "jiaozhou": make_plan(article("胶州工会2019年工作"), organization=jiaozhou),
        "city": make_plan(article("青岛市总工会工作要点", body=ONE_FIGURE), organization=city),
        "long": make_plan(
            article("胶州五年规划"),
            organization=jiaozhou,
            starts_on=datetime.date(2021, 1, 1),
            ends_on=datetime.date(2025, 12, 31),
            period=WorkPlan.Period.YEARS,
        ),
        "draft": make_plan(
            article("黄岛工作安排", body=NO_FIGURES),
            organization=huangdao,
            year=2018,
            in_force=False,
            year_stated=False,
        ),
        "nobody": filing.propose(
            article("某镇座谈发言", organization_as_written="xx镇总工会", level=make_level("township")),
            None,
            year_stated=False,
        ),
    }
    client.force_login(make_user("reader", role="contributor", organization=editors))
    return {name: plan.pk for name, plan in plans.items()} | {"editors": editors, "organization": jiaozhou}


# Who sees it


@pytest.mark.parametrize("address", ["/plans/", "/plans/?level=district&year=2019"])
def test_outsiders_are_sent_to_the_sign_in_and_back(client, address):
    response = client.get(address)
    assert response.status_code == 302
    target = urlsplit(response["Location"])
    assert (target.path, parse_qs(target.query)) == ("/accounts/login/", {"next": [address]})


def test_an_account_without_a_role_gets_a_page_that_says_so(client, world):
    client.force_login(make_user("guest"))
    response = client.get("/plans/")
    assert response.status_code == 403
    assert "Your account has no role in any organization yet." in response.content.decode()
    assert pks(response) == []


def test_drafts_are_for_those_who_may_view_their_owner(client, world):
    assert set(pks(client.get("/plans/"))) == {world[name] for name in ("jiaozhou", "city", "long", "draft", "nobody")}
    client.force_login(make_user("neighbour", role="editor", organization=world["organization"]))
    response = client.get("/plans/")
    assert set(pks(response)) == {world[name] for name in ("jiaozhou", "city", "long")}
    assert response.context["register"].plans == 3


def test_only_reading_is_possible(client, world):
    assert client.post("/plans/").status_code == 405


# Filters


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["long", "jiaozhou", "city", "draft", "nobody"]),
        ("level=district&year=2019", ["jiaozhou"]),
        ("level=district", ["long", "jiaozhou", "draft"]),
        ("level=city&level=township", ["city", "nobody"]),
        ("year=2019", ["jiaozhou", "city"]),
        ("year=2023", ["long"]),
        ("year_from=2019&year_to=2021", ["long", "jiaozhou", "city"]),
        ("year_from=2020", ["long"]),
        ("year_to=2018", ["draft"]),
        ("organization=青岛市总工会", ["long", "jiaozhou", "city"]),
        ("organization=胶州工会", ["long", "jiaozhou"]),
        ("organization=胶州总工会", ["long", "jiaozhou"]),
        ("organization=胶州", ["long", "jiaozhou"]),
        ("organization=胶南市", ["draft"]),
        ("theme=digital", ["draft"]),
        ("theme=skills&theme=digital", ["city", "draft"]),
        ("q=规划", ["long"]),
        ("q=智慧工会", ["draft"]),
        ("q=3000人次", ["city"]),
        ("q=胶州 会员", ["long", "jiaozhou"]),
        ("state=in_force", ["long", "jiaozhou", "city"]),
        ("state=draft", ["draft", "nobody"]),
        ("state=replaced&state=closed", []),
        ("targets=yes", ["long", "jiaozhou", "city", "nobody"]),
        ("targets=no", ["draft"]),
        ("targets=yes&targets=no", ["long", "jiaozhou", "city", "draft", "nobody"]),
        ("basis=stated", ["long", "jiaozhou", "city"]),
        ("basis=inferred", ["draft", "nobody"]),
        ("level=district&theme=organisation&year_to=2019&state=in_force&q=发展会员", ["jiaozhou"]),
    ],
)
def test_filters(client, world, query, expected):
    response = client.get(f"/plans/?{query}")
    assert pks(response) == [world[name] for name in expected]
    assert response.context["register"].plans == len(expected)
    assert response.context["register"].filters.complaints == []


def test_an_organization_is_chosen_by_number_and_by_address(client, world):
    organization = world["organization"]
    expected = [world["long"], world["jiaozhou"]]
    assert pks(client.get("/plans/", {"organization": organization.pk})) == expected
    assert pks(client.get("/plans/", {"organization": organization.slug})) == expected


def test_a_name_that_fits_several_organizations_offers_them(client, world):
    response = client.get("/plans/", {"organization": "市总工会"})
    page = lxml.html.fromstring(response.content)
    offered = page.xpath("//ul[@class='candidates']//a")
    # the last one by a former name
    assert [link.text for link in offered] == ["青岛市总工会", "胶州市总工会", "黄岛区总工会"]
    assert len(pks(response)) == 5
    assert pks(client.get(offered[1].get("href"))) == [world["long"], world["jiaozhou"]]


# What is counted


def facet(response, name: str) -> dict[str, int]:
    """The facet's numbers as printed beside its boxes."""
    labels = lxml.html.fromstring(response.content).xpath(f"//label[input/@name='{name}']")
    return {label.xpath("input/@value")[0]: int(label.xpath("span[@class='n']")[0].text) for label in labels}


def test_counts_of_plans_targets_and_facets(client, world):
    register = client.get("/plans/").context["register"]
    assert (register.plans, register.targets) == (5, 10)
    response = client.get("/plans/?level=district&state=in_force")
    assert (response.context["register"].plans, response.context["register"].targets) == (2, 6)
    assert facet(response, "level") == {"city": 1, "district": 2, "township": 0}  # under the state chosen alone
    assert facet(response, "state") == {"draft": 1, "in_force": 2, "replaced": 0, "closed": 0}
    assert facet(response, "theme") == {"organisation": 2, "rights": 2, "skills": 0, "digital": 0}
    assert facet(response, "targets") == {"yes": 2, "no": 0}
    assert facet(response, "basis") == {"stated": 2, "inferred": 0}


@pytest.mark.parametrize("name", ["level", "theme", "state", "targets", "basis"])
def test_a_facet_counts_what_choosing_it_shows(client, world, name):
    for value, number in facet(client.get("/plans/?year_from=2018"), name).items():
        assert len(pks(client.get(f"/plans/?year_from=2018&{name}={value}"))) == number, value


def test_a_plan_shows_its_targets_and_marks(client, world):
    page = lxml.html.fromstring(client.get("/plans/").content)
    rows = {body.xpath("tr[1]/th/a/@href")[0]: body for body in page.xpath("//div[@class='reg']//tbody")}
    words = {name: rows[f"/plans/{world[name]}/"].text_content() for name in ("jiaozhou", "draft", "nobody")}
    values = rows[f"/plans/{world['jiaozhou']}/"].xpath("tr[contains(@class, 'tg')]/td[@class='val']")
    assert [value.text_content().strip() for value in values] == ["20家", "1000名", "≥90%"]
    assert "year inferred" not in words["jiaozhou"]
    assert "draft" not in words["jiaozhou"]
    assert "year inferred" in words["draft"]
    assert "No quantified target in the text." in words["draft"]
    assert "xx镇总工会" in words["nobody"]
    assert "year unknown" in words["nobody"]


# Links


def test_every_chip_removes_its_own_condition(client, world):
    conditions = {
        "level": "district",
        "organization": world["organization"].slug,
        "theme": "organisation",
        "state": "in_force",
        "targets": "yes",
        "basis": "stated",
        "year": "2019",
        "q": "会员",
    }
    response = client.get("/plans/", conditions | {"sort": "filed"})
    chips = response.context["register"].chips
    assert len(chips) == len(conditions)
    removed = []
    for chip in chips:
        left = {name: values[0] for name, values in parse_qs(urlsplit(chip.url).query).items()}
        removed += [name for name in conditions if name not in left]
        assert left == {name: conditions.get(name, "filed") for name in left}
        assert len(client.get(chip.url).context["register"].chips) == len(conditions) - 1
    assert sorted(removed) == sorted(conditions)


def test_chips_one_after_the_other_lead_back_to_everything(client, world):
    response = client.get("/plans/?level=district&level=city&year_from=2019&year_to=2020&q=工会")
    for left in (3, 2, 1, 0):
        link = lxml.html.fromstring(response.content).xpath("//a[@class='chip']/@href")[0]
        response = client.get(link)
        assert len(response.context["register"].chips) == left
    assert link == "/plans/"
    assert len(pks(response)) == 5


def test_clear_all_keeps_the_order_only(client, world):
    register = client.get("/plans/?level=district&q=x&sort=targets&page=3").context["register"]
    assert register.address.cleared() == "/plans/?sort=targets"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("year", ["draft", "jiaozhou", "city", "long", "nobody"]),
        ("-year", ["long", "jiaozhou", "city", "draft", "nobody"]),
        ("organization", ["draft", "long", "jiaozhou", "city", "nobody"]),
        ("-organization", ["city", "long", "jiaozhou", "draft", "nobody"]),
        ("targets", ["draft", "city", "long", "jiaozhou", "nobody"]),
        ("-targets", ["long", "jiaozhou", "nobody", "city", "draft"]),
        ("filed", ["jiaozhou", "city", "long", "draft", "nobody"]),
        ("-filed", ["nobody", "draft", "long", "city", "jiaozhou"]),
    ],
)
def test_orders(client, world, sort, expected):
    assert pks(client.get(f"/plans/?sort={sort}")) == [world[name] for name in expected]


def test_sortable_heads_say_and_turn_the_order(client, world):
    page = lxml.html.fromstring(client.get("/plans/?level=district&sort=-targets").content)
    heads = page.xpath("//thead//th[@aria-sort]")
    assert [head.get("aria-sort") for head in heads] == ["descending"]
    assert heads[0].xpath("a/@href") == ["/plans/?level=district&sort=targets"]
    assert len(page.xpath("//thead//th/a")) == 4


# Bad input


@pytest.mark.parametrize(
    ("query", "sentence", "shown"),
    [
        ("year=abc", "“abc” is not a year. Write four digits such as 2019; the condition was left out.", 5),
        ("year=2019.5", "“2019.5” is not a year. Write four digits such as 2019; the condition was left out.", 5),
        ("year=9" * 1 + "9" * 30, "is not a year", 5),
        ("year_from=0&level=city", "“0” is not a year. Write four digits such as 2019; the condition was left out.", 1),
        (
            "year_from=2020&year_to=2018",
            "The first year 2020 lies after the last year 2018. Exchange the two.",
            5,
        ),
        ("level=galaxy", "“galaxy” is not known as “level”; the condition was left out.", 5),
        ("theme=x&theme=y", "“x、y” is not known as “theme”; the condition was left out.", 5),
        ("sort=title", "“title” is not known as “order”; the condition was left out.", 5),
        ("organization=火星总工会", "No organization is called “火星总工会”. Write its full name, or a part of it.", 5),
        ("organization=" + "9" * 40, "No organization is called", 5),
    ],
)
def test_bad_parameters_get_one_sentence_and_are_left_out(client, world, query, sentence, shown):
    response = client.get(f"/plans/?{query}")
    assert response.status_code == 200
    complaints = response.context["register"].filters.complaints
    assert len(complaints) == 1
    assert sentence in complaints[0]
    assert lxml.html.fromstring(response.content).xpath("//*[@role='alert']/p/text()") == complaints
    assert len(pks(response)) == shown


@pytest.mark.parametrize("page", ["abc", "0", "-1", "99999999999999999999", ""])
def test_a_page_that_is_not_there_shows_one_that_is(client, world, page):
    assert len(pks(client.get("/plans/", {"page": page}))) == 5


def test_nothing_found_says_what_to_do(client, world):
    page = lxml.html.fromstring(client.get("/plans/?year=1999").content)
    empty = page.xpath("//p[@class='empty']")[0]
    assert empty.xpath("b/text()") == ["No plan meets these conditions."]
    assert empty.xpath("a/@href") == ["/plans/"]
    assert page.xpath("//table") == []


def test_what_is_typed_is_escaped(client, world):
    text = client.get("/plans/", {"q": "<b>x</b>", "organization": '"><b>y'}).content.decode()
    assert "<b>x" not in text
    assert "<b>y" not in text


# Cost


def queries(client, address: str) -> list[str]:
    """The SELECTs of the page itself: without the session's and the user's own row."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    found = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH", "("))]
    return [sql for sql in found if 'FROM "django_session"' not in sql and 'FROM "organizations_user"' not in sql]


@pytest.mark.parametrize("query", ["", "?year=2019&level=district&theme=organisation&q=会员&sort=-targets"])
def test_the_list_costs_the_same_for_one_plan_and_for_thirty(client, query):
    make_theme()
    editors = make_organization("编辑部", level=None)
    user = make_user("reader", role="contributor", organization=editors)
    make_plan(make_article("一份", owner=editors))
    client.force_login(user)
    one = queries(client, f"/plans/{query}")
    for _ in range(29):
        make_plan(make_article(owner=editors), in_force=False)
    thirty = queries(client, f"/plans/{query}")
    assert len(pks(client.get(f"/plans/{query}"))) == 30
    assert len(one) == len(thirty) <= 8
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
    assert pks(first) == newest_first[:30]
    following = lxml.html.fromstring(first.content).xpath("//a[@rel='next']/@href")
    assert following == ["/plans/?state=draft&page=2"]
    second = client.get(following[0])
    assert pks(second) == newest_first[30:]
    assert lxml.html.fromstring(second.content).xpath("//a[@rel='prev']/@href") == ["/plans/?state=draft"]
