"""The page that sets plans side by side: the mode, its rows, who sees it, what it costs, what one takes away."""

import datetime

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import Pairing, WorkPlan
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user

pytestmark = pytest.mark.django_db
OLD = (
    "<h2>一、组织建设</h2><p>全年新建工会组织20家。开展建会入会宣传月活动。</p>"
    "<h2>二、维护职工权益</h2><p>力争集体合同签订率达到85%。编印女职工权益手册。</p>"
)
NEW = (
    "<h2>一、组织建设</h2><p>全年新建工会组织30家。开展建会入会宣传月活动。</p>"
    "<h2>二、维护职工权益</h2><p>确保集体合同签订率达到85%。设立劳动争议调解室4个。</p>"
)
LOWER = "<h2>一、组织建设</h2><p>新建工会组织8家。</p><h2>二、帮扶服务</h2><p>建成职工书屋3家。</p>"


@pytest.fixture
def world():
    for code, name in {"organisation": "组织建设", "rights": "权益维护", "support": "帮扶服务"}.items():
        make_theme(code, name)
    city = make_organization("青岛市总工会", level="city")
    districts = [make_organization(name, parent=city) for name in ("黄岛区总工会", "胶州市总工会")]

    def plan(organization, year: int, body: str) -> WorkPlan:
        return make_plan(
            make_article(f"{organization.name}{year}年要点", body=body, owner=organization),
            year=year,
            organization=organization,
        )

    editor = make_user("李编辑", role="editor", organization=city)
    plans = {
        "old": plan(city, 2023, OLD),
        "new": plan(city, 2024, NEW),
        "huangdao": plan(districts[0], 2024, LOWER),
        "jiaozhou": plan(districts[1], 2024, LOWER.replace("新建工会组织8家。", "做好建会工作。")),
    }
    return plans | {"editor": editor, "city": city}


@pytest.fixture
def client(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world["editor"])
    return client


def address(*plans: WorkPlan, more: str = "") -> str:
    return "/plans/compare/?" + "&".join(f"plan={plan.pk}" for plan in plans) + more


def page(response):
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def verdicts(tree) -> list[str]:
    return [one.text for one in tree.xpath("//li//span[contains(@class, 'verb')]")]


def said(tree) -> list[str]:
    return [" ".join(one.text_content().split()) for one in tree.xpath("//li[contains(@class, 'change')]//p")]


# What the page says


def test_one_body_over_the_years(client, world):
    tree = page(client.get(address(world["new"], world["old"])))
    assert sorted(verdicts(tree)) == ["dropped", "kept", "new", "strengthened", "strengthened"]
    sums = {row.find("dt").text: row.find("dd").text for row in tree.xpath("//dl[@class='sums']/div")}
    assert sums == {"kept": "1", "reworded": "0", "strengthened": "2", "weakened": "0", "new": "1", "dropped": "1"}
    assert [one.text_content()[:4] for one in tree.xpath("//section[@class='cmp']/h2")] == ["组织建设", "权益维护"]
    assert "the number rose from 20家 to 30家" in said(tree)
    assert [one.text_content() for one in tree.xpath("//ins")] == ["30", "确保", "4个"]
    assert [one.text_content() for one in tree.xpath("//del")] == ["20", "力争"]
    assert any("not mentioned" in one for one in said(tree))


def test_upper_and_lower_bodies_and_whether_the_numbers_add_up(client, world):
    tree = page(client.get(address(world["huangdao"], world["new"], world["jiaozhou"])))
    heads = [one.text_content() for one in tree.xpath("//div[contains(@class, 'cmp-head')]//p[@class='kicker']")]
    assert heads == ["2024 青岛市总工会", "2024 黄岛区总工会", "2024 胶州市总工会"]
    assert set(verdicts(tree)) == {"taken up", "added", "left out"}
    totals = [" ".join(one.text_content().split()) for one in tree.xpath("//p[contains(@class, 'total')]")]
    assert totals == ["upper 30家, below it together 8家without a number: 胶州市总工会"]


def test_bodies_of_one_level_stand_side_by_side(client, world):
    tree = page(client.get(address(world["huangdao"], world["jiaozhou"])))
    assert "Plans side by side" in tree.xpath("string(//header[@class='page-head'])")
    assert set(verdicts(tree)) <= {"kept", "reworded", "strengthened", "weakened", "new", "dropped"}


def test_three_years_each_beside_the_one_before(client, world):
    later = make_plan(make_article("2025", body=OLD, owner=world["city"]), year=2025, organization=world["city"])
    tree = page(client.get(address(later, world["old"], world["new"])))
    assert len(tree.xpath("//dl[@class='sums']")) == 2
    assert verdicts(tree).count("kept") == 2
    assert verdicts(tree).count("weakened") == verdicts(tree).count("strengthened") == 2


def test_a_plan_without_headings_is_compared_by_its_text(client, world):
    bare = make_plan(
        make_article("2022", body="<p>全年新建工会组织10家。</p>", owner=world["city"]),
        year=2022,
        organization=world["city"],
    )
    assert bare.clauses.count() == 0
    assert "the number rose from 10家 to 20家" in said(page(client.get(address(bare, world["old"]))))


# Choosing


def test_fewer_than_two_plans_offer_a_choice(client, world):
    tree = page(client.get(address(world["new"])))
    offered = {one.text_content(): one.get("href") for one in tree.xpath("//ul[@class='fits']//a")}
    assert offered["青岛市总工会2023年要点"] == address(world["new"], world["old"])
    assert set(offered) == {"青岛市总工会2023年要点", "黄岛区总工会2024年要点", "胶州市总工会2024年要点"}
    upper = page(client.get(address(world["huangdao"]))).xpath("//ul[@class='fits']//a//text()")
    assert upper == ["青岛市总工会2024年要点"]


def test_plans_are_found_by_organization_and_year(client, world):
    tree = page(client.get("/plans/compare/?q=青岛&year=2023"))
    assert tree.xpath("//ul[@class='fits']//a//text()") == ["青岛市总工会2023年要点"]
    assert "No plan was found." in page(client.get("/plans/compare/?q=没有")).text_content()


@pytest.mark.parametrize("written", ["999999", "x", "1" * 40, "٣", "-1"])
def test_unknown_numbers_give_one_clear_sentence(client, world, written):
    tree = page(client.get(address(world["old"], world["new"], more=f"&plan={written}")))
    assert len(tree.xpath("//div[@role='alert']/p")) == 1
    assert len(verdicts(tree)) == 5


def test_a_bad_year_and_a_sixth_plan_are_named(client, world):
    assert "is not a year" in page(client.get("/plans/compare/?year=20x")).text_content()
    more = [
        make_plan(make_article(f"{year}", body=OLD, owner=world["city"]), year=year, organization=world["city"])
        for year in range(2015, 2019)
    ]
    tree = page(client.get(address(world["old"], world["new"], *more)))
    assert "At most five plans" in tree.text_content()
    assert len(tree.xpath("//div[contains(@class, 'cmp-head')]//p[@class='kicker']")) == 5


# Who sees it


def test_only_plans_one_may_see_are_compared(world):
    stranger = Client(headers={"accept-language": "en"})
    stranger.force_login(make_user("外人", role="contributor"))
    hidden = make_plan(
        make_article("草稿", body=OLD, owner=world["city"], public=False),
        year=2020,
        organization=world["city"],
        in_force=False,
    )
    tree = page(stranger.get(address(world["new"], hidden)))
    assert "There is no plan numbered" in tree.text_content()
    assert "草稿" not in tree.text_content()
    assert Client().get(address(world["new"])).status_code == 302


# What it costs, what one takes away


def queries(client, where: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(where).status_code == 200
    return len(found)


def test_as_many_queries_for_five_long_plans_as_for_two(client, world):
    few = address(world["old"], world["new"])
    client.get(few)
    long = "".join(f"<h2>{n}、要点</h2><p>全年办理第{n}类实事{n}件。慰问职工{n}户。</p>" for n in range(1, 31))
    many = [
        make_plan(make_article(f"{year}", body=long, owner=world["city"]), year=year, organization=world["city"])
        for year in range(2015, 2018)
    ]
    assert queries(client, address(world["old"], world["new"], *many)) <= queries(client, few)


def test_rows_are_taken_away_as_files(client, world):
    lines = (
        b"".join(client.get(address(world["old"], world["new"], more="&format=csv"))).decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 6
    assert lines[0] == "theme,2023 青岛市总工会,2024 青岛市总工会,change,why,likeness,corrected by"
    assert lines[1].startswith("组织建设,全年新建工会组织20家,全年新建工会组织30家,strengthened,")
    excel = b"".join(client.get(address(world["old"], world["new"], more="&format=xlsx")))
    assert excel.startswith(b"PK")


def test_a_formula_in_a_measure_stays_text(client, world):
    odd = make_plan(
        make_article("2022", body="<p>=1+1建会十家。</p>", owner=world["city"]), year=2022, organization=world["city"]
    )
    taken = b"".join(client.get(address(odd, world["old"], more="&format=csv"))).decode()
    assert ",=1" not in taken


def test_a_correction_is_shown_with_its_author(client, world):
    client.get(address(world["old"], world["new"]))
    Pairing.objects.create(
        earlier=world["old"], later=world["new"], earlier_words="0" * 64, later_words="1" * 64, by=world["editor"]
    )
    tree = page(client.get(address(world["old"], world["new"])))
    assert "a measure that no longer stands in the plan" in tree.text_content()
    assert str(datetime.date.today().year) in tree.xpath("string(//section[@class='corrections'])")
