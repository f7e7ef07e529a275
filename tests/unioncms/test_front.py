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
    sections = client.get("/").context["sections"]
    assert [(channel.name, len(articles)) for channel, articles in sections] == [
        ("栏目1", 4),
        ("栏目2", 4),
        ("栏目3", 4),
    ]


def test_a_section_holds_what_stands_below_its_channel(client):
    top = make_channel("要闻")
    make_article("上", channel=top)
    make_article("下", channel=make_channel("镇街", parent=make_channel("基层", parent=top)))
    ((channel, articles),) = client.get("/").context["sections"]
    assert (channel.name, {article.title for article in articles}) == ("要闻", {"上", "下"})


def test_the_directory_lists_the_tree_by_level(client):
    city = make_organization("青山市总工会", level="city")
    for number in range(40):
        make_organization(f"第{number}区总工会", parent=city)
    make_organization("未归位工会", level="district", origin="某站")
    levels = client.get("/organizations/").context["levels"]
    assert [(level.code, len(rows), total) for level, rows, total in levels] == [("city", 1, 1), ("district", 30, 40)]
    page = client.get("/organizations/?level=district").context["page"]
    assert (page.paginator.count, page.object_list[0].name) == (40, "第0区总工会")
    assert client.get("/organizations/?level=x").status_code == 404


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
    assert [(year, len(plans)) for year, plans in context["years"]] == [(2017, 1), (2018, 0), (2019, 1)]
    assert (context["years"][0][1][0].clause_count, context["years"][0][1][0].target_count) == (2, 3)
    assert ([row.name for row in context["above"]], [row.name for row in context["below"]]) == (
        ["青山市总工会"],
        ["青山镇总工会"],
    )


def test_a_plan_in_public_is_its_article_and_only_while_that_is_public(client):
    plan = make_plan(organization=make_organization(slug="qingshan"))
    html = client.get("/organizations/qingshan/").content.decode()
    assert f'<a href="/articles/{plan.article_id}/">2019</a>' in html
    assert f"/plans/{plan.pk}/" not in html
    publishing.withdraw(plan.article, None, "有误")
    assert client.get("/organizations/qingshan/").context["years"] == []


def test_a_plan_taken_back_to_draft_leaves_the_public_pages(client):
    plan = make_plan(organization=make_organization(slug="qingshan"))
    filing.back_to_draft(plan, None)
    assert client.get("/organizations/qingshan/").context["years"] == []
    assert client.get("/").context["figures"] == []
