"""The addresses of the plan page that change something: who gets in, where they lead back to, what a refusal shows."""

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import Indicator, PlanEdit, Target
from tests.factories import make_article, make_plan, make_user


@pytest.fixture
def client(editor):
    client = Client(headers={"accept-language": "en"})
    client.force_login(editor)
    return client


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_each_deed_leads_back_to_its_row(client, plan, clause):
    row, target = clause("民主管理"), Target.objects.get(plan=plan, number=90)
    page = f"/plans/{plan.pk}/"
    for address, data, at in [
        (f"clauses/{row.pk}/up/", {}, f"row-{row.pk}"),
        (f"clauses/{row.pk}/retheme/", {"primary": "self", "second": "", "third": "rights"}, f"row-{row.pk}"),
        (f"clauses/{row.pk}/rename/", {"number": "", "heading": "新建职代会"}, f"row-{row.pk}"),
        (f"clauses/{row.pk}/confirm/", {}, f"row-{row.pk}"),
        (f"targets/{target.pk}/confirm/", {}, f"target-{target.pk}"),
        (f"targets/{target.pk}/requote/", {"words": "签订率达到90%", "near": "80"}, f"target-{target.pk}"),
        ("undo/", {}, "plan"),
        ("noted/", {}, "plan"),
    ]:
        response = client.post(page + address, data)
        assert response.status_code == 302, (address, response.content.decode()[:300])
        assert response["Location"] == f"{page}?at={at}#{at}"
    assert [rank.theme_id for rank in row.theme_ranks.all()] == ["self", "rights"]
    assert PlanEdit.objects.filter(undone_at=None).count() == 5


def test_a_refusal_is_one_sentence_and_keeps_what_was_typed(client, plan, clause):
    row = clause("民主管理")
    response = client.post(f"/plans/{plan.pk}/clauses/{row.pk}/rename/", {"number": "", "heading": "没有这句话"})
    page = lxml.html.fromstring(response.content)
    assert response.status_code == 422
    assert words(page.xpath("//*[@role='alert']")[0]) == (
        "Nothing was changed. These words do not stand in the text. Copy them from there, word by word."
    )
    assert page.xpath("//input[@name='heading']/@value") == ["没有这句话"]
    target = Target.objects.get(plan=plan, number=90)
    bad = {"kind": "placeholder", "comparator": "=", "number": "9", "object": "改过的"}
    response = client.post(f"/plans/{plan.pk}/targets/{target.pk}/change/", bad)
    page = lxml.html.fromstring(response.content)
    assert (response.status_code, page.xpath("//input[@name='object']/@value")) == (422, ["改过的"])
    response = client.post(f"/plans/{plan.pk}/targets/add/", {"words": "没有这句话"})
    assert lxml.html.fromstring(response.content).xpath("//input[@name='words']/@value") == ["没有这句话"]
    assert PlanEdit.objects.count() == 0


def test_an_indicator_is_chosen_by_its_name(client, plan):
    kept = Indicator.objects.create(name="新建工会组织数", unit="家")
    target = Target.objects.get(plan=plan, number=20)
    data = {"kind": "target", "comparator": "=", "number": "20", "unit": "家", "object": "工会", "indicator": kept.name}
    assert client.post(f"/plans/{plan.pk}/targets/{target.pk}/change/", data).status_code == 302
    assert Target.objects.get(pk=target.pk).indicator == kept
    page = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/?target={target.pk}").content)
    assert page.xpath("//input[@name='indicator']/@value") == [kept.name]
    assert page.xpath("//datalist/option/@value") == [kept.name]
    data["indicator"] = "没有的口径"
    assert client.post(f"/plans/{plan.pk}/targets/{target.pk}/change/", data).status_code == 422


def test_the_forms_of_a_clause(client, plan, clause):
    row = clause("加强组织建设")
    page = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/?clause={row.pk}").content)
    assert page.xpath("//select[@name='words']/option/@value") == ["开展集中入会行动"]
    assert page.xpath("//select[@name='primary']/option[@selected]/@value") == ["organisation"]
    for typed in ("0", "x", "9" * 30, str(row.pk + 1000)):
        assert client.get(f"/plans/{plan.pk}/?clause={typed}&target={typed}").status_code == 200


def test_readers_see_no_forms_and_change_nothing(client, plan, clause):
    for user in (make_user("neighbour", role="editor"), make_user("reader", role="auditor")):
        client.force_login(user)
        page = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/?clause={clause('民主管理').pk}").content)
        assert page.xpath("//main//form") == []
        assert page.xpath("//*[@data-edit]") == []
        assert client.post(f"/plans/{plan.pk}/clauses/{clause('民主管理').pk}/merge/").status_code == 403
    client.force_login(make_user("guest"))
    assert client.post(f"/plans/{plan.pk}/undo/").status_code == 403
    client.logout()
    assert client.post(f"/plans/{plan.pk}/undo/").status_code == 302
    assert PlanEdit.objects.count() == 0


def test_what_is_not_there(client, plan):
    assert client.post(f"/plans/{plan.pk + 99}/undo/").status_code == 404
    assert client.post(f"/plans/{plan.pk}/clauses/1/burn/").status_code == 404
    assert client.get(f"/plans/{plan.pk}/undo/").status_code == 405
    assert client.post(f"/plans/{plan.pk}/clauses/987654/merge/").status_code == 422


def test_what_a_change_of_the_text_did(client, plan, clause):
    target = Target.objects.get(plan=plan, number=90)
    Target.objects.filter(pk=target.pk).update(broken=True)
    row = clause("自身建设")
    type(row).objects.filter(pk=row.pk).update(broken=True)
    plan.reanchored = {
        "at": "2019-02-01T08:00:00+08:00",
        "revision": plan.text_revision_id,
        "moved": [1, 2],
        "broken": [target.pk],
        "clauses_broken": [row.pk],
    }
    plan.save()
    page = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/").content)
    note = page.xpath("//section[contains(@class, 'reanchored')]")[0]
    assert words(note.xpath("h2")[0]) == "The text was changed on 2019-02-01"
    assert "2 targets were found again at other places." in words(note)
    assert note.xpath(".//li/a/@href") == [
        f"#target-{target.pk}",
        f"?target={target.pk}#desk",
        f"#row-{row.pk}",
        f"?clause={row.pk}#desk",
    ]
    panel = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/?target={target.pk}").content)
    assert panel.xpath(f"//button[@formaction='/plans/{plan.pk}/targets/{target.pk}/let-go/']")
    client.post(f"/plans/{plan.pk}/noted/")
    page = lxml.html.fromstring(client.get(f"/plans/{plan.pk}/").content)
    assert page.xpath("//section[contains(@class, 'reanchored')]") == []


def test_the_forms_cost_the_same_for_one_clause_and_for_thirty(client, plan):
    def cost(row, query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/plans/{row.pk}/?{query}").status_code == 200
        return len([one for one in captured if one["sql"].startswith("SELECT")])

    body = "".join(f"<h2>{n}、第{n}项工作</h2><p>新建工会组织{n + 10}家。</p>" for n in range(1, 31))
    texts = {2020: body, 2021: body[: body.index("<h2>3、")]}
    long, short = (
        make_plan(
            make_article(f"{year}", owner=plan.article.owner, body=text), organization=plan.organization, year=year
        )
        for year, text in texts.items()
    )
    for name in ("clause", "target"):
        costs = [cost(row, f"{name}={getattr(row, name + 's').first().pk}") for row in (long, short)]
        assert costs[0] == costs[1] <= 19
