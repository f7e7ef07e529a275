"""Every filter of the register, and what cannot be read."""

import lxml.html
import pytest

from .reading_pages import pks

pytestmark = pytest.mark.django_db


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
        ("kind=other", ["long", "jiaozhou", "city", "draft"]),
        ("kind=township", []),
        ("role=plan", ["long", "jiaozhou", "city", "draft", "nobody"]),
        ("role=report", []),
        ("period=years", ["long"]),
        ("period=year&period=years&year_from=2020", ["long"]),
        ("subject=综合", ["long", "jiaozhou", "city", "draft", "nobody"]),
        ("subject=女职工", []),
        ("organization=青岛市总工会&own=1", ["city"]),
        ("unit=人次", ["city"]),
        ("unit=家&organization=青岛市总工会", ["long", "jiaozhou"]),
        ("q=智慧工会&where=targets", []),
        ("q=培训职工&where=targets", ["city"]),
        ("q=发展会员&where=targets&year=2019", ["jiaozhou"]),
        ("progress=no", ["long", "jiaozhou", "city", "nobody"]),
        ("progress=yes", []),
        ("overdue=1", ["long", "jiaozhou", "city"]),
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
    assert [link.text_content() for link in offered] == ["青岛市总工会", "胶州市总工会", "黄岛区总工会"]
    assert len(pks(response)) == 5
    assert pks(client.get(offered[1].get("href"))) == [world["long"], world["jiaozhou"]]


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
        ("&".join(f"subject={number}" for number in range(51)), "More than 50 subjects were asked for at once", 5),
    ],
)
def test_bad_parameters_get_one_sentence_and_are_left_out(client, world, query, sentence, shown):
    response = client.get(f"/plans/?{query}")
    assert response.status_code == 200
    complaints = response.context["register"].complaints
    assert len(complaints) == 1
    assert sentence in complaints[0]
    said = lxml.html.fromstring(response.content).xpath("//*[@role='alert']/p")
    assert [line.text_content() for line in said] == complaints
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
