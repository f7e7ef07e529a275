"""The page of a plan: outline, themes, targets beside their sentences, links into the article, and who sees it."""

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from plans import filing
from plans.models import Clause, Target
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user

pytestmark = pytest.mark.django_db
BODY = (
    "<p>2019年工作打算如下。</p>"
    "<h2>一、加强组织建设</h2><p>全年新建工会组织20家，发展会员1000名。</p>"
    "<h2>二、维护职工权益</h2><h3>（一）集体协商</h3><p>集体合同签订率达到90%以上。</p><h3>（二）民主管理</h3><p>去年已建职代会35家。</p>"
)


@pytest.fixture
def client():
    """A reader of the English pages, so that a change of a translation breaks no test."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def plan(client):
    make_theme("organisation", "组织建设")
    make_theme("rights", "权益维护")
    editors = make_organization("编辑部", level=None)
    city = make_organization("青岛市总工会", level="city")
    client.force_login(make_user("reader", role="editor", organization=editors, is_staff=True))
    article = make_article("胶州工会2019年工作", owner=editors, kind="plan", body=BODY)
    return make_plan(
        article,
        organization=make_organization("胶州市总工会", parent=city),
        year_evidence="标题“2019年工作”",
        doc_number="胶工发〔2019〕1号",
    )


def page_of(client, plan):
    response = client.get(f"/plans/{plan.pk}/")
    assert response.status_code == 200
    return lxml.html.fromstring(response.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_the_head_says_whose_plan_it_is_and_what_the_year_rests_on(client, plan):
    page = page_of(client, plan)
    head = words(page.xpath("//header[@class='planhead']")[0])
    for said in [
        "胶州市总工会 2019",
        "胶州工会2019年工作",
        "区县",
        "in force",
        "Upper body 青岛市总工会",
        "Year from 标题“2019年工作”",
        "2019-01-01 to 2019-12-31",
        "Document number 胶工发〔2019〕1号",
    ]:
        assert said in head
    assert page.xpath("//dl[@class='sums']//dd/text()") == ["2", "3", "3", "1", "3"]


def test_the_outline_is_nested_with_themes_and_links(client, plan):
    outline = page_of(client, plan).xpath("//nav[@class='outline']")[0]
    top = outline.xpath("details/ol/li")
    assert [words(item.xpath("a")[0]) for item in top] == ["一、加强组织建设", "二、维护职工权益"]
    assert [words(item.xpath("a")[0]) for item in top[1].xpath("ol/li")] == ["（一）集体协商", "（二）民主管理"]
    assert words(top[0].xpath("p")[0]) == "组织建设2 targetsIn the articleEdit"
    first = plan.clauses.first()
    assert top[0].xpath("a/@href") == [f"#{first.anchor}"]
    assert top[0].xpath("p/a/@href") == [
        f"/articles/{plan.article_id}/#{first.anchor}",
        f"?clause={first.pk}#desk",
    ]


def test_each_target_stands_with_number_sentence_kind_and_place(client, plan):
    page = page_of(client, plan)
    rows = page.xpath("//section[@id='targets']/ol/li")
    found = [
        (
            words(row.xpath(".//span[@class='goal']")[0]),
            row.xpath("q")[0].text_content(),
            row.xpath("p/a[starts-with(@href, '/articles')]/@href")[0],
        )
        for row in rows
    ]
    targets = {target.amount: f"/articles/{plan.article_id}/#t{target.pk}" for target in plan.targets.all()}
    assert found == [
        ("20家", "全年新建工会组织20家，发展会员1000名。", targets["20"]),
        ("1000名", "全年新建工会组织20家，发展会员1000名。", targets["1000"]),
        ("≥90%", "集体合同签订率达到90%以上。", targets["90"]),
        ("35家", "去年已建职代会35家。", targets["35"]),
    ]
    assert "achieved" in words(rows[3])
    text = page.xpath("//section[@class='ptext']")[0]
    for row in rows[:3]:
        place = row.xpath(".//a[@class='ref']/@href")[0].removeprefix("#")
        assert len(text.xpath(f".//*[@id='{place}']")) == 1
        assert len(text.xpath(f".//a[@class='ref'][@href='#{row.get('id')}']")) == 1


def test_the_places_exist_in_the_public_article(client, plan):
    article = lxml.html.fromstring(client.get(f"/articles/{plan.article_id}/").content)
    for row in [*plan.targets.all(), *plan.clauses.all()]:
        assert len(article.xpath(f"//*[@id='{row.anchor}']")) == 1, row


def test_an_article_that_is_not_public_is_linked_as_preview(client, plan):
    publishing.withdraw(plan.article, None, "试")
    links = page_of(client, plan).xpath("//section[@id='targets']/ol/li/p/a/@href")
    assert (
        next(link for link in links if "preview" in link)
        == f"/articles/{plan.article_id}/preview/#t{plan.targets.first().pk}"
    )
    client.force_login(make_user("stranger", role="editor"))
    assert client.get(f"/plans/{plan.pk}/").status_code == 404


def test_a_broken_target_says_so_and_links_nowhere(client, plan):
    Target.objects.filter(number=20).update(broken=True)
    row = page_of(client, plan).xpath("//section[@id='targets']/ol/li")[0]
    assert "The sentence is no longer in the text. Choose it anew." in words(row)
    assert [link for link in row.xpath(".//a/@href") if "#t" in link] == []


def test_edit_links_are_for_those_who_may_edit(client, plan):
    address = f"/admin/plans/workplan/{plan.pk}/change/"
    assert address in page_of(client, plan).xpath("//header//a/@href")
    client.force_login(make_user("neighbour", role="editor", is_staff=True))
    assert address not in page_of(client, plan).xpath("//header//a/@href")


def test_who_sees_a_plan(client, plan):
    draft = make_plan(make_article("草稿", owner=plan.article.owner), in_force=False, year=2020)
    assert client.get(f"/plans/{draft.pk}/").status_code == 200
    client.force_login(make_user("neighbour", role="editor"))
    assert client.get(f"/plans/{plan.pk}/").status_code == 200
    assert client.get(f"/plans/{draft.pk}/").status_code == 404
    client.force_login(make_user("guest"))
    assert client.get(f"/plans/{plan.pk}/").status_code == 403
    client.logout()
    assert client.get(f"/plans/{plan.pk}/")["Location"] == f"/accounts/login/?next=/plans/{plan.pk}/"


def test_replaced_and_replacing_plans_point_to_one_another(client, plan):
    later = make_plan(
        make_article("更正", owner=plan.article.owner), organization=plan.organization, in_force=False, year=2019
    )
    filing.put_in_force(later, None, replaces=plan)
    assert f"/plans/{later.pk}/" in page_of(client, plan).xpath("//header//a/@href")
    assert f"/plans/{plan.pk}/" in page_of(client, later).xpath("//header//a/@href")


def test_the_page_costs_the_same_for_one_target_and_for_thirty(client, plan):
    def cost(row) -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, row)
        return len([query for query in captured if query["sql"].startswith("SELECT")])

    owner = plan.article.owner
    body = "".join(f"<h2>{n}、第{n}项工作</h2><p>新建工会组织{n + 10}家。</p>" for n in range(1, 31))
    long = make_plan(make_article("多", owner=owner, body=body), organization=plan.organization, year=2020)
    short = make_plan(
        make_article("少", owner=owner, body=body[: body.index("<h2>3、")]), organization=plan.organization, year=2021
    )
    assert Clause.objects.filter(plan=long).count() == 30
    assert long.targets.count() == 30
    assert cost(long) == cost(short) <= 16
