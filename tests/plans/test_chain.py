"""The chain of a plan: what came before and after, what holds it and what it holds, for staff and for the public."""

import datetime

import lxml.html
import pytest
from django.test import Client

from articles import publishing
from plans import filing
from plans.page.chain import chain_of, public_chain
from tests.factories import make_article, make_organization, make_plan, make_user

pytestmark = pytest.mark.django_db


def days(first: str, last: str) -> dict:
    first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return {"year": None, "starts_on": first, "ends_on": last}


@pytest.fixture
def bodies():
    make_organization("编辑部", level=None)
    city = make_organization("青岛市总工会", level="city")
    return city, make_organization("胶州市总工会", parent=city)


@pytest.fixture
def plans(bodies):
    city, own = bodies
    year = days("2022-01-01", "2022-12-31")
    return {
        "years": make_plan(organization=own, period="years", **days("2021-01-01", "2025-12-31")),
        "before": make_plan(organization=own, year=2021),
        "this": make_plan(organization=own, year=2022),
        "after": make_plan(organization=own, year=2023),
        "first": make_plan(organization=own, period="first_half", **days("2022-01-01", "2022-06-30")),
        "second": make_plan(organization=own, period="second_half", **days("2022-07-01", "2022-12-31")),
        "report": make_plan(organization=own, role="report", **year),
        "upper": make_plan(organization=city, year=2022),
        "uppers years": make_plan(organization=city, period="years", **days("2021-01-01", "2025-12-31")),
        "women": make_plan(organization=own, year=2022, subject="女职工"),
        "stranger": make_plan(year=2022),
    }


def names(links, plans) -> list[tuple[str, str]]:
    by_pk = {plan.pk: name for name, plan in plans.items()}
    return [(link.relation.value, by_pk[link.plan.pk]) for link in links]


OF_THIS = [
    ("years", "years"),
    ("part", "first"),
    ("part", "second"),
    ("report", "report"),
    ("before", "before"),
    ("after", "after"),
    ("upper", "upper"),
]


def test_the_chain_of_a_year_in_order(plans):
    assert names(chain_of(plans["this"], make_user(is_superuser=True)), plans) == OF_THIS


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        (
            "years",
            [
                *(("part", name) for name in ("before", "this", "first", "report", "second", "after")),
                ("upper", "uppers years"),
            ],
        ),
        ("second", [("years", "years"), ("year", "this"), ("before", "first"), ("upper", "upper")]),
        ("report", [("years", "years"), ("plan", "this"), ("part", "first"), ("part", "second")]),
        ("women", []),
        ("stranger", []),
    ],
)
def test_the_chain_of_others(plans, name, chain):
    assert names(chain_of(plans[name], make_user(is_superuser=True)), plans) == chain


def test_replaced_and_replacing(plans):
    this = plans["this"]
    draft = plans["draft"] = make_plan(organization=this.organization, year=2022, in_force=False)
    filing.put_in_force(draft, None, replaces=this)
    for plan in (this, draft):
        plan.refresh_from_db()
    user = make_user(is_superuser=True)
    assert ("replaced_by", "draft") in names(chain_of(this, user), plans)
    assert ("replaces", "this") in names(chain_of(draft, user), plans)
    assert ("part", "this") not in names(chain_of(plans["years"], user), plans)
    assert ("replaced_by", "draft") in names(public_chain(this.article)[1], plans)
    assert ("replaces", "this") in names(public_chain(draft.article)[1], plans)


def test_nobody_sees_a_plan_by_the_chain_that_they_may_not_see(plans, bodies):
    hidden = make_plan(
        make_article("下一年", owner=bodies[0], public=False), organization=bodies[1], year=2024, in_force=False
    )
    after = plans["after"]
    stranger = make_user(role="editor", organization=make_organization())
    assert hidden.pk not in {link.plan.pk for link in chain_of(after, stranger)}
    assert hidden.pk in {link.plan.pk for link in chain_of(after, make_user(is_superuser=True))}
    assert chain_of(after, make_user()) == []


def test_the_public_chain_holds_what_the_public_may_read(plans):
    plan, links = public_chain(plans["this"].article)
    assert plan == plans["this"]
    assert names(links, plans) == OF_THIS
    publishing.withdraw(plans["before"].article, None, "有误")
    assert ("before", "before") not in names(public_chain(plans["this"].article)[1], plans)
    assert public_chain(make_article("消息")) == (None, [])


def test_it_costs_two_queries_and_one_for_the_public(plans, django_assert_num_queries):
    user = make_user(is_superuser=True)
    this = type(plans["this"]).objects.select_related("organization").get(pk=plans["this"].pk)
    with django_assert_num_queries(2):
        assert str(chain_of(this, user)[0].plan)
    article = make_article("消息")
    assert public_chain(this.article)[1]
    with django_assert_num_queries(1):
        public_chain(article)
    with django_assert_num_queries(1):
        assert str(public_chain(this.article)[1][0].plan)


def test_the_article_shows_it_beside_the_text(plans):
    page = lxml.html.fromstring(Client().get(f"/articles/{plans['this'].article_id}/").content)
    (chain,) = page.xpath("//aside//dl[@class='chain']")
    assert chain.xpath(".//a/@href") == [f"/articles/{plans[name].article_id}/" for _relation, name in OF_THIS]


def test_a_plan_without_days_or_body_has_no_chain():
    plan = make_plan(make_article("空"), year=None, in_force=False)
    assert chain_of(plan, make_user(is_superuser=True)) == []
