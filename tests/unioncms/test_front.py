"""The front page and the pages of unions."""

import datetime

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article
from plans import filing
from tests.factories import make_article, make_channel, make_organization, make_plan
from unioncms.front import words_around

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2019, 1, 3, 8, 5, tzinfo=timezone.get_default_timezone())


def test_an_empty_site_says_so(client):
    response = client.get("/")
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


def test_the_newest_whole_story_leads(client):
    body = f"<p>{'职工之家建设取得新进展，'.rstrip('，') * 5}。</p>"
    days = [AT + datetime.timedelta(days=day) for day in range(6)]
    older = make_article("较早", body=body, published_at=days[0])
    second = make_article("其次", body=body, published_at=days[1])
    lead = make_article("头条", body=body, published_at=days[2])
    cut = make_article("残缺", body=body, published_at=days[3], text={"complete": False})
    plan = make_article("计划", body=body, published_at=days[4], kind=Article.Kind.PLAN)
    make_article("草稿", body=body, public=False)
    news = client.get("/").context["news"]
    assert (news.lead, news.pair, news.wire) == (lead, [second, older], [plan, cut])


def test_figures_come_from_plans_in_force_whose_article_is_public(client):
    plan = make_plan()
    make_plan(in_force=False)
    hidden = make_plan()
    publishing.withdraw(hidden.article, None, "有误")
    figures = client.get("/").context["figures"]
    assert {figure.plan_id for figure in figures} == {plan.pk}
    assert [figure.amount for figure in figures] == ["20", "1000"]
    anchor = f'href="/articles/{plan.article_id}/#{figures[0].anchor}"'
    assert anchor in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("quote", "amount", "wanted"),
    [
        ("全年新建工会组织20家，发展会员1000名。", "20", "全年新建工会组织20家"),
        ("努力提高建制率和履约率，力争达到90%以上。", "90", "力争达到90%以上"),
        ("招收一百名学员。", "100", ""),
        ("为" + "职工" * 20 + "办理20件实事。", "20", ""),
    ],
)
def test_the_words_around_a_figure(quote, amount, wanted):
    assert words_around(quote, amount) == wanted


def test_sections_show_the_first_channels_with_articles(client):
    channels = [make_channel(f"栏目{n}", position=n) for n in range(5)]
    for channel in channels[1:]:
        for number in range(6):
            make_article(f"{channel.name}第{number}篇", channel=channel)
    sections = client.get("/").context["news"].sections
    assert [(channel.name, len(articles)) for channel, articles in sections] == [
        ("栏目1", 4),
        ("栏目2", 4),
        ("栏目3", 4),
    ]


def test_notices_stand_apart(client):
    top, board = make_channel("要闻", position=1), make_channel("通知公告", position=2)
    make_article("新闻", channel=top)
    assert client.get("/").context["news"].notices is None
    for number in range(8):
        make_article(f"第{number}号通知", channel=board, kind=Article.Kind.NOTICE)
    news = client.get("/").context["news"]
    assert (news.notices[0], len(news.notices[1])) == (board, 6)
    assert [channel.name for channel, _articles in news.sections] == ["要闻"]
    assert (news.lead.title, news.wire) == ("新闻", [])


def test_single_pages_are_guides_and_no_news(client):
    page = make_article("办事指南", kind=Article.Kind.PAGE)
    guide = make_channel("办事指南", kind="page", page=page)
    response = client.get("/")
    assert response.context["guide"] == [guide]
    assert response.context["news"].lead is None
    assert f'<ul class="guide"><li><a href="/channels/{guide.slug}/">' in response.content.decode()


def test_plans_in_force_stand_by_level_the_newest_of_each(client):
    city = make_organization("青山市总工会", level="city")
    plans = [make_plan(organization=city, year=year) for year in range(2015, 2020)]
    district = make_plan(organization=make_organization(parent=city), year=2012)
    make_plan(organization=make_organization(parent=city), year=2013, in_force=False)
    make_plan(organization=make_organization(parent=city), year=2014, role="report")
    unknown = make_plan(organization=make_organization(level=None), year=2011)
    found = client.get("/").context["plans"]
    assert found == [plans[4], plans[3], plans[2], district, unknown]


def test_a_section_holds_what_stands_below_its_channel(client):
    top = make_channel("要闻")
    make_article("上", channel=top)
    make_article("下", channel=make_channel("镇街", parent=make_channel("基层", parent=top)))
    ((channel, articles),) = client.get("/").context["news"].sections
    assert (channel.name, {article.title for article in articles}) == ("要闻", {"上", "下"})


def test_a_union_shows_its_news_plans_and_place(client):
    above = make_organization("青山市总工会", level="city")
    union = make_organization("青山区总工会", parent=above, slug="qingshan")
    below = make_organization("青山镇总工会", parent=union, level="township")
    make_article("本级新闻", organization=union, published_at=AT)
    make_article("下级新闻", organization=below, published_at=AT + datetime.timedelta(days=1))
    make_article("上级新闻", organization=above)
    make_plan(organization=union, year=2017)
    make_plan(organization=union, year=2019)
    make_plan(organization=union, year=2020, in_force=False)
    context = client.get("/organizations/qingshan/").context
    titles = [article.title for article in context["page"]]
    assert titles[-2:] == ["下级新闻", "本级新闻"]
    assert "上级新闻" not in titles
    assert [(year, len(plans)) for year, plans in context["years"]] == [(2019, 1), (2018, 0), (2017, 1)]
    assert (context["years"][0][1][0].clause_count, context["years"][0][1][0].target_count) == (2, 3)
    assert [row.name for row in context["above"]] == ["青山市总工会"]
    assert [(level.code, [row.name for row in rows], total) for level, rows, total in context["below"]] == [
        ("township", ["青山镇总工会"], 1)
    ]


def test_a_union_tells_its_own_news_from_that_of_those_below_it(client):
    union = make_organization("青山区总工会", slug="qingshan")
    below = make_organization("青山镇总工会", parent=union, level="township")
    make_article("本级新闻", organization=union, published_at=AT)
    make_article("下级新闻", organization=below, published_at=AT + datetime.timedelta(days=1))

    def titles(query):
        return [article.title for article in client.get(f"/organizations/qingshan/{query}").context["page"]]

    assert titles("") == ["下级新闻", "本级新闻"]
    assert titles("?news=own") == ["本级新闻"]
    assert titles("?news=below") == ["下级新闻"]
    assert client.get("/organizations/qingshan/?news=x").status_code == 404
    html = client.get("/organizations/qingshan/").content.decode()
    assert '<span>来自下级 <a class="quiet"' in html or "<span>From below" in html


def test_a_long_time_without_a_plan_is_not_told_year_by_year(client):
    union = make_organization(slug="qingshan")
    for year in (2009, 2017, 2019):
        make_plan(organization=union, year=year)
    years = client.get("/organizations/qingshan/").context["years"]
    assert [(year, len(plans)) for year, plans in years] == [(2019, 1), (2018, 0), (2017, 1), (2009, 1)]


def test_subordinates_stand_by_level_and_of_many_the_first(client):
    union = make_organization("青山区总工会", slug="qingshan")
    for number in range(15):
        make_organization(f"第{number}公司工会", parent=union, level="enterprise")
    make_organization("青山镇总工会", parent=union, level="township")
    make_organization("无层级工会", parent=union, level=None)
    response = client.get("/organizations/qingshan/")
    below = [(level and level.code, len(rows), total) for level, rows, total in response.context["below"]]
    assert below == [("township", 1, 1), ("enterprise", 12, 15), (None, 1, 1)]
    assert "?under=qingshan&amp;level=enterprise" in response.content.decode()


def test_a_plan_in_public_is_its_article_and_only_while_that_is_public(client):
    plan = make_plan(organization=make_organization(slug="qingshan"))
    html = client.get("/organizations/qingshan/").content.decode()
    assert f'<td><a href="/articles/{plan.article_id}/">' in html
    assert f"/plans/{plan.pk}/" not in html
    publishing.withdraw(plan.article, None, "有误")
    assert client.get("/organizations/qingshan/").context["years"] == []


def test_a_plan_taken_back_to_draft_leaves_the_public_pages(client):
    plan = make_plan(organization=make_organization(slug="qingshan"))
    filing.back_to_draft(plan, None)
    assert client.get("/organizations/qingshan/").context["years"] == []
    assert client.get("/").context["figures"] == []
