"""A small register, and how its pages are read."""

import datetime

import pytest
from django.test import Client

from articles.models import Article
from plans import filing
from plans.models import WorkPlan
from tests.factories import make_article, make_level, make_organization, make_plan, make_theme, make_user

NO_FIGURES = "<h2>一、网上工会</h2><p>推进智慧工会建设。</p><h2>二、自身建设</h2><p>加强干部队伍作风建设。</p>"
ONE_FIGURE = "<h2>一、技能培训</h2><p>全年培训职工3000人次。</p><h2>二、维护职工权益</h2><p>推行平等协商。</p>"


@pytest.fixture
def client():
    """A reader of the English pages, so that a change of a translation breaks no test."""
    return Client(headers={"accept-language": "en"})


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
