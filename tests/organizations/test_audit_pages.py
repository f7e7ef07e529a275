"""The audit trail at the desk: searched by everything that stands in it, read in words, taken away as CSV."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organizations import audit_search
from organizations.admin import audit as audit_admin
from organizations.audit import Outsider, record
from organizations.audit_changes import changes
from organizations.models import AuditEntry
from tests.factories import make_article, make_organization, make_user

TRAIL = "/admin/organizations/auditentry/"
EXPORT = f"{TRAIL}export/"


@pytest.fixture
def city(db):
    return make_organization("甲市总工会", level="city", short_name="甲市工会")


@pytest.fixture
def chief(client, db):
    user = make_user("chief", is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def auditor(client, city):
    user = make_user("auditor", role="auditor", organization=city, is_staff=True)
    client.force_login(user)
    return user


def found(client, **asked) -> list[str]:
    """The notes of what the list shows for a search."""
    page = client.get(TRAIL, asked)
    assert page.status_code == 200
    notes = dict(AuditEntry.objects.values_list("pk", "note"))
    return [notes[entry.pk] for entry in page.context["cl"].result_list]


def on(day: str, monkeypatch, **entry):
    moment = timezone.make_aware(datetime.datetime.fromisoformat(day))
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: moment)
        return record("save", **entry)


# Searching


def test_by_person_by_name_or_user_name_also_without_an_account(client, chief):
    wang, li = make_user("wang", name="王编辑"), make_user("li", name="李审核")
    record("save", by=wang, note="王")
    record("pass", by=li, note="李")
    record("pass", by=Outsider("赵主席"), note="赵")
    assert found(client, who="王") == found(client, who="WANG") == ["王"]
    assert found(client, who="李审核") == ["李"]
    assert found(client, who="赵主席") == ["赵"]
    assert found(client, who="孙") == []
    wang.delete()
    assert found(client, who="王编辑") == ["王"]


def test_by_deed_and_by_kind(client, chief, city):
    record("save", city, note="甲")
    record("publish", note="乙")
    assert found(client, verb="save") == found(client, kind="organizations.organization") == ["甲"]
    assert found(client, verb="publish") == ["乙"]
    assert found(client, verb="withdraw") == []


def test_by_object_by_number_by_part_of_its_name_and_by_the_name_it_had(client, chief, city):
    article = make_article("2019年春节慰问困难职工", owner=city, public=False)
    numbered = {"kind": "articles.article", "object": article.pk}
    for asked in (numbered, {"object": "慰问困难"}, {"object": "2019年春节"}, {**numbered, "object": "困难职工"}):
        assert {entry.object_id for entry in client.get(TRAIL, asked).context["cl"].result_list} == {str(article.pk)}
    record("save", city, note="旧名")
    city.name = "新市总工会"
    city.save()
    assert found(client, object="甲市总") == found(client, object="新市") == ["旧名"]
    assert found(client, object="新市", kind="articles.article") == []
    other = make_organization("丁市总工会")
    record("save", other, note="没了")
    other.delete()
    assert found(client, object="丁市") == ["没了"]
    assert found(client, object="100%") == found(client, object="_") == []


def test_by_organisation_with_all_below_it(client, chief, city):
    below = make_organization("乙区总工会", parent=city)
    beside = make_organization("丙市总工会", level="city")
    for organization in (city, below, beside):
        record("save", organization=organization, note=organization.name)
    assert set(found(client, organization="甲市总工会")) == {"甲市总工会", "乙区总工会"}
    assert set(found(client, organization="甲市工会")) == {"甲市总工会", "乙区总工会"}
    assert found(client, organization="乙区") == ["乙区总工会"]
    page = client.get(TRAIL, {"organization": "丁县"})
    assert list(page.context["cl"].result_list) == []
    assert "organization" in page.context["cl"].search.errors


def test_by_days_in_beijing(client, chief, monkeypatch):
    for day in ("2026-03-01T00:00:00", "2026-03-01T23:59:59", "2026-03-02T00:00:00"):
        on(day, monkeypatch, note=day)
    assert found(client, since="2026-03-01", until="2026-03-01") == ["2026-03-01T23:59:59", "2026-03-01T00:00:00"]
    assert found(client, since="2026-03-02", until="2026-03-02") == ["2026-03-02T00:00:00"]
    assert len(found(client, since="2026-03-01", until="2999-12-31", verb="save")) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "gestern"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"verb": "nothing"},
        {"kind": "auth.user"},
        {"who": "x" * 151},
        {"object": "a\0b"},
    ],
)
def test_what_cannot_be_looked_for_is_said_and_finds_nothing(client, chief, asked):
    record("save", note="here")
    page = client.get(TRAIL, asked)
    if page.status_code != 200:
        assert page.status_code == 400  # a null character reaches no page
        return
    assert page.context["cl"].search.errors
    assert list(page.context["cl"].result_list) == []
    refused = client.post(f"{EXPORT}?{page.request['QUERY_STRING']}")
    assert (refused.status_code, refused.url) == (302, f"{TRAIL}?{page.request['QUERY_STRING']}")
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_everything_at_once_and_through_the_pages(client, chief, city, monkeypatch):
    wang = make_user("wang")
    for number in range(120):
        on("2026-03-01T10:00:00", monkeypatch, obj=city, by=wang, organization=city, note=str(number))
    record("save", note="later")
    asked = {
        "who": "wang", "verb": "save", "kind": "organizations.organization", "object": "甲市",
        "organization": "甲市总工会", "since": "2026-03-01", "until": "2026-03-01",
    }  # fmt: skip
    pages = [found(client, **asked, p=number) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [30, 30, 30, 30]
    assert [note for page in pages for note in page] == [str(number) for number in range(119, -1, -1)]


# Who may


def test_an_auditor_reads_and_takes_away_the_own_subtree_alone(client, auditor, city):
    below, beside = make_organization("乙区总工会", parent=city), make_organization("丙市总工会", level="city")
    for organization in (below, beside, None):
        record("save", organization=organization, note=organization.name if organization else "nobody's")
    assert found(client, verb="save") == ["乙区总工会"]
    assert found(client, organization="丙市总工会") == []
    rows = [row[-1] for row in taken(client)[1:]]
    assert "乙区总工会" in rows
    assert {"丙市总工会", "nobody's"} & set(rows) == set()
    hidden = AuditEntry.objects.get(note="丙市总工会")
    assert "丙市总工会" not in client.get(f"{TRAIL}{hidden.pk}/change/", follow=True).content.decode()


def test_others_neither_read_nor_take_away(client, city):
    assert client.post(EXPORT).status_code == 302
    for role in ("contributor", "editor", "reviewer", "signer"):
        client.force_login(make_user(role=role, organization=city, is_staff=True))
        assert client.get(TRAIL).status_code == client.post(EXPORT).status_code == client.get(EXPORT).status_code == 403
    client.force_login(make_user(role="manager", organization=city, is_staff=True))
    assert client.get(TRAIL).status_code == 200
    assert client.get(EXPORT).status_code == 405
    assert not AuditEntry.objects.filter(verb="export").exists()


# Reading an entry


def test_an_entry_says_its_changes_in_words(client, chief, city):
    entry = record(
        "change",
        city,
        before={"name": "旧名", "kind": "local", "placed": False, "organizations.membership": []},
        after={
            "name": "新名<b>",
            "kind": "industrial",
            "placed": True,
            "aliases": ["甲", "乙"],
            "valid_from": None,
            "organizations.membership": [{"role": "editor", "organization": "乙区总工会"}],
            "moment": "2026-03-01T02:00:00+00:00",
            "unheard_of": 3,
        },
    )
    said = {change.field: (change.before, change.after) for change in changes(entry)}
    field = {name: city._meta.get_field(name).verbose_name for name in ("name", "kind", "aliases", "placed")}
    by_name = {str(name).lower(): pair for name, pair in said.items()}
    assert by_name[str(field["name"]).lower()] == ("旧名", "新名<b>")
    assert by_name[str(field["kind"]).lower()] == (city.Kind("local").label, city.Kind("industrial").label)
    assert by_name[str(field["aliases"]).lower()] == ("", "甲、乙")
    assert by_name["moment"] == ("", "2026-03-01 10:00")
    assert by_name["unheard_of"] == ("", "3")
    page = client.get(f"{TRAIL}{entry.pk}/change/").content.decode()
    table = re.search(r'<table class="union-changes">.*?</table>', page, re.DOTALL)[0]
    assert table.count("<tr>") == 1 + len(said)
    assert "新名&lt;b&gt;" in table
    assert "{" not in table


def test_a_role_stands_in_words(city):
    entry = record("give role", make_user(), after={"role": "editor", "organization": "乙区总工会"})
    said = [change.after for change in changes(entry)]
    assert said == [str(city.memberships.model.Role.EDITOR.label), "乙区总工会"]


def test_no_entry_is_changed_or_deleted_at_the_desk(client, chief):
    entry = record("save")
    for page in ("change", "delete"):
        assert client.post(f"{TRAIL}{entry.pk}/{page}/", {"verb": "other", "post": "yes"}).status_code == 403
    assert client.post(f"{TRAIL}add/", {"verb": "other"}).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).verb == "save"


def test_the_history_of_an_object_is_paged_and_says_what_changed(client, chief, city, monkeypatch):
    monkeypatch.setattr("organizations.admin.scoped.HISTORY_PAGE", 3)
    for number in range(7):
        record("change", city, note=f"第{number}次", before={"short_name": "旧"}, after={"short_name": f"新{number}"})
    address = f"/admin/organizations/organization/{city.pk}/history/"
    first, last = (client.get(address, {"p": page}).content.decode() for page in (1, 3))
    assert re.findall("第.次", first) == ["第6次", "第5次", "第4次"]
    assert re.findall("第.次", last) == ["第0次"]
    assert "旧 → 新6" in first
    assert 'href="?p=2"' in first
    assert client.get(address, {"p": "x"}).status_code == client.get(address, {"p": "99"}).status_code == 200


# Taking it away


def taken(client, query="") -> list[list[str]]:
    response = client.post(f"{EXPORT}?{query}")
    assert response.status_code == 200
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    assert "no-store" in response["Cache-Control"]
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_file_holds_what_is_searched_for_and_is_recorded(client, chief, city, monkeypatch):
    monkeypatch.setattr("organizations.audit_export.CHUNK", 2)
    for number in range(5):
        record("save", city, organization=city, note=f"第{number}条", after={"name": "新"})
    record("publish", note="other")
    header, *rows = taken(client, "verb=save&organization=甲市总工会")
    assert [row[-1] for row in rows] == [f"第{number}条" for number in range(4, -1, -1)]
    assert len(header) == len(rows[0]) == 14
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rows[0][1])
    entry = AuditEntry.objects.get(verb="export")
    assert (entry.actor_id, entry.after) == (chief.pk, {"count": 5})
    assert "甲市总工会" in entry.note


def test_the_header_speaks_the_readers_language(client, chief):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    record("sign in")
    rows = taken(client, "verb=sign+in")
    assert rows[0][5] == "what was done"
    assert rows[1][5] == "signed in"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(client, chief, begin):
    record("save", by=Outsider(f"{begin}1+1"), note=f"{begin}HYPERLINK(1)")
    row = taken(client, "verb=save")[1]
    assert row[2] == f"'{begin}1+1"
    assert row[-1] == f"'{begin}HYPERLINK(1)"


def test_an_export_of_an_auditor_stands_in_the_trail_of_their_organisation(client, auditor, city):
    taken(client)
    assert AuditEntry.objects.get(verb="export").organization_id == city.pk


# How much is asked of the database


def test_the_list_asks_as_often_for_thirty_as_for_one_and_never_for_what_changed(client, auditor, city):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(TRAIL, {"who": "wang", "object": "甲", "organization": "甲市"})
        return asked.captured_queries

    wang = make_user("wang", role="editor", organization=city)
    record("save", city, by=wang, organization=city)
    few = queries()
    for _ in range(29):
        record("save", city, by=wang, organization=city, before={"name": "甲"})
    assert len(queries()) == len(few) <= 15
    assert not any('"before"' in query["sql"] for query in few)


def test_the_count_stops_and_the_page_says_so(client, chief, monkeypatch):
    monkeypatch.setattr(audit_admin, "LISTED", 60)
    for _ in range(70):
        record("save")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(TRAIL, {"verb": "save"})
    counts = [query["sql"] for query in asked.captured_queries if "COUNT(" in query["sql"]]
    assert counts
    assert all("LIMIT 61" in sql for sql in counts)
    assert (page.context["cl"].result_count, page.context["cl"].paginator.is_capped) == (60, True)
    assert len(found(client, verb="save", p=2)) == 30
    assert len(taken(client, "verb=save")) == 71


PLANS = [
    {"verb": "publish"}, {"kind": "articles.article"}, {"object": "12"}, {"object": "甲市总"},
    {"object": "甲市总", "kind": "organizations.organization"},
    {"organization": "甲市总工会"}, {"since": "2026-03-01", "until": "2026-03-02"}, {"who": "wang"},
]  # fmt: skip


def goes_by_an_index(rows) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a table so small would be read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()
        return "Index" in plan and "Seq Scan on organizations_auditentry" not in plan
    plan = rows.explain()
    return "USING" in plan and "SCAN organizations_auditentry" not in plan


@pytest.mark.parametrize("asked", PLANS, ids=lambda asked: "-".join(asked))
def test_every_search_goes_by_an_index(city, asked):
    make_user("wang")
    record("save", city, organization=city)
    search = audit_admin.AuditSearch(asked, organizations=type(city).objects.all())
    rows = search.found(AuditEntry.objects.all())
    assert search.is_valid()
    assert goes_by_an_index(rows.order_by())


def test_names_as_they_were_written_down_go_by_an_index(db):
    assert goes_by_an_index(AuditEntry.objects.filter(audit_search._begins("春")))
    assert not goes_by_an_index(AuditEntry.objects.filter(note="春")) or connection.vendor == "postgresql"
