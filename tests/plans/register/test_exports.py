"""Columns, and files of exactly what is shown."""

import csv
import io
import json
import zipfile

import lxml.html
import pytest

from plans.models import ProgressReport, Target, WorkPlan

from .reading_pages import pks

pytestmark = pytest.mark.django_db


def file(client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)


def rows(client, address: str) -> list[dict]:
    return json.loads(file(client, address))["rows"]


def test_columns_are_chosen_in_the_address(client, world):
    page = lxml.html.fromstring(client.get("/plans/?columns=quote&columns=amount&columns=filed").content)
    assert page.xpath("(//tr[contains(@class, 'tg')])[1]/td/@class") == ["no", "what", "val", "quote"]
    ticked = page.xpath("//input[@name='columns'][@checked]/@value")
    assert ticked == ["amount", "quote", "filed"]
    usual = lxml.html.fromstring(client.get("/plans/").content)
    assert usual.xpath("(//tr[contains(@class, 'tg')])[1]/td/@class") == [
        *("no", "what", "val", "thm", "due", "barcell", "state")
    ]


def test_a_search_in_sentences_shows_those_targets_and_their_sentences(client, world):
    page = lxml.html.fromstring(client.get("/plans/?q=会员&where=targets&organization=胶州市总工会&year=2019").content)
    sentences = {cell.text_content() for cell in page.xpath("//td[@class='quote']")}
    assert sentences == {"全年新建工会组织20家，发展会员1000名。"}
    assert [cell.text_content().strip() for cell in page.xpath("//td[@class='val']")] == ["20家", "1000名"]


def test_the_json_file_holds_the_rows_of_the_page_in_its_order(client, world):
    target = Target.objects.filter(plan=world["jiaozhou"]).order_by("position").first()
    ProgressReport.objects.create(target=target, on="2019-06-30", value=5)
    found = rows(client, "/plans/?year=2019&format=json&columns=amount&columns=done&columns=latest")
    shown = list(dict.fromkeys(row["plan"] for row in found))
    assert shown == pks(client.get("/plans/?year=2019"))
    assert {key: found[0][key] for key in ("year", "title", "number", "unit", "done", "latest", "reported_on")} == {
        "year": "2019",
        "title": "胶州工会2019年工作",
        "number": 20,
        "unit": "家",
        "done": 25,
        "latest": 5,
        "reported_on": "2019-06-30",
    }
    assert found[1]["done"] is None  # nothing reported is no zero
    assert len(found) == Target.objects.filter(plan__in=shown, kind__in=Target.FORWARD).count()


def test_a_plan_without_targets_has_a_line(client, world):
    (row,) = rows(client, "/plans/?targets=no&format=json")
    assert (row["plan"], row["target"], row["number"]) == (world["draft"], None, None)


def test_files_hold_all_pages_and_all_targets_of_a_plan(client, world):
    plan = WorkPlan.objects.get(pk=world["city"])
    one = plan.targets.get()
    for number in range(20):
        one.pk, one.position, one.number = None, number + 2000, number + 1
        one.save()
    assert len(rows(client, "/plans/?organization=青岛市总工会&own=1&page=7&format=json")) == 21


def test_no_cell_of_a_file_is_a_formula(client, world):
    Target.objects.filter(plan=world["city"]).update(object='=HYPERLINK("http://x","y")')
    text = file(client, "/plans/?level=city&format=csv")
    assert text.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    assert list(line.values())[8] == '\'=HYPERLINK("http://x","y")'
    book = file(client, "/plans/?level=city&format=xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
        assert not any("externalLink" in name for name in parts.namelist())


def test_what_is_filtered_out_is_not_in_the_file(client, world):
    assert {row["plan"] for row in rows(client, "/plans/?state=draft&format=json")} == {world["draft"], world["nobody"]}
    assert rows(client, "/plans/?year=1999&format=json") == []


def test_by_organization_the_file_has_a_line_a_body(client, world):
    page = lxml.html.fromstring(client.get("/plans/?view=organizations").content)
    names = [link.text_content() for link in page.xpath("//th[@class='what']/a")]
    found = rows(client, "/plans/?view=organizations&format=json")
    assert [row["organization"] for row in found] == names == ["青岛市总工会", "胶州市总工会", "黄岛区总工会"]
    assert [(row["plans"], row["drafts"], row["targets"], row["years"]) for row in found] == [
        (1, 0, 1, "2019"),
        (2, 0, 6, "2019–2025"),
        (1, 1, 0, "2018"),
    ]
    assert pks(client.get(page.xpath("//th[@class='what']/a/@href")[1])) == [world["long"], world["jiaozhou"]]


def test_an_unknown_format_is_the_page(client, world):
    assert client.get("/plans/?format=exe")["Content-Type"].startswith("text/html")
