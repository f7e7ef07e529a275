"""Every state of the register is a link; conditions in force remove themselves; orders."""

from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from .reading_pages import pks

pytestmark = pytest.mark.django_db


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
    page = lxml.html.fromstring(client.get("/plans/?level=district&sort=year").content)
    heads = page.xpath("//thead//th[@aria-sort]")
    assert [head.get("aria-sort") for head in heads] == ["ascending"]
    assert heads[0].xpath("a/@href") == ["/plans/?level=district&sort=-year"]
    turned = page.xpath("//p[@class='sorts']/a[@aria-current]/@href")
    assert turned == ["/plans/?level=district&sort=-year"]
    assert len(page.xpath("//p[@class='sorts']/a")) == 4
