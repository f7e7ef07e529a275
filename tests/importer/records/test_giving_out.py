"""Records out and in again, into an empty site, are the same records."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from articles import publishing
from articles.models import Article
from importer.records.writing import records
from organizations.models import Organization
from plans import filing
from tests.factories import make_article, make_organization, make_plan
from tests.importer.records.taking import plan, record, take, written
from tests.site_data import SiteData

ROOT = Path(__file__).parents[3]
VALIDATOR = Draft202012Validator(json.loads((ROOT / "importer/records/schema.json").read_text("utf-8")))


@pytest.fixture
def empty(tmp_path):
    """A site of its own without a page."""
    site = SiteData(tmp_path / "empty", "set_up")
    yield site
    site.drop()


def given_out(path: Path, **options) -> list[dict]:
    call_command("export_records", str(path), stdout=io.StringIO(), **options)
    raw = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()]


def people_s_work() -> None:
    """What the seeds do not hold: a withdrawn article, a draft, namesakes, a time to the second, a draft plan."""
    district = Organization.objects.filter(level="district", placed=True).first()
    for name in ("甲镇总工会", "乙镇总工会"):
        town = make_organization(name, level="township", parent=district)
        make_article(f"{name}的消息", organization=make_organization("中学工会", level="enterprise", parent=town))
    kept = make_article("过期的通知", kind="notice", text={"tags": ["通知", "AI"], "kicker": "肩题"})
    publishing.withdraw(kept, None, "已有新规", kind=Article.Withdrawal.OUTDATED)
    make_article("没写完的稿件", public=False)
    whose = make_organization("丙市总工会", level="city")
    make_plan(organization=whose, year=2020, in_force=False)
    closed = make_plan(organization=whose, year=2018, subject="经审")
    filing.back_to_draft(closed, None)
    clause = closed.clauses.first()
    clause.heading, clause.broken = "再也找不到的条目", True
    clause.save()
    filing.put_in_force(closed, None)


def test_into_an_empty_site_and_out_again(seeded, empty, tmp_path):
    people_s_work()
    take(
        written(tmp_path, record(slug="hello"), plan(), record("11", published_at="2024-03-01T09:30:15")), origin="old"
    )
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    given = given_out(first, all=True)
    empty.manage("import_records", str(first))
    empty.manage("export_records", str(second), "--all")
    assert second.read_bytes() == first.read_bytes()
    assert [fault.message for one in given for fault in VALIDATOR.iter_errors(one)] == []
    assert {"article", "plan"} == {one["kind"] for one in given}
    public = {(one["site"], one["id"]) for one in given_out(tmp_path / "public.jsonl.gz")}
    assert {one["title"] for one in given if (one["site"], one["id"]) not in public} == {"过期的通知", "没写完的稿件"}


def test_into_the_same_site_it_changes_nothing(seeded, tmp_path):
    given_out(path := tmp_path / "own.jsonl")
    before = Article.objects.count()
    out, err = take(str(path))
    assert (Article.objects.count(), err) == (before, "")
    changed = [json.loads(line) | {"title": "别处改过"} for line in path.read_text("utf-8").splitlines()]
    out, err = take(written(tmp_path, *changed))
    assert not Article.objects.filter(title="别处改过").exists()
    assert err.count("Line ") == len(changed)
    assert "exit" not in out


@pytest.mark.django_db
def test_a_draft_plan_is_no_reader_s_business():
    make_plan(in_force=False)
    assert [one["kind"] for one in records()] == ["article"]
    assert [one["kind"] for one in records(everything=True)] == ["plan"]


@pytest.mark.django_db
def test_thirty_cost_as_many_statements_as_three(django_assert_num_queries):
    whose = make_organization()
    for year in range(2000, 2003):
        make_plan(organization=whose, year=year)
    list(records())  # what a process asks for once
    with CaptureQueriesContext(connection) as captured:
        assert len(list(records())) == 3
    for year in range(1970, 1997):
        make_plan(organization=whose, year=year)
    with django_assert_num_queries(len(captured)):
        assert len(list(records())) == 30


def test_the_schema_is_one_and_the_example_of_the_page_keeps_to_it():
    Draft202012Validator.check_schema(VALIDATOR.schema)
    page = (ROOT / "docs/records.md").read_text("utf-8")
    examples = [json.loads(part.split("```")[0]) for part in page.split("```json\n")[1:]]
    assert examples
    assert [fault.message for one in examples for fault in VALIDATOR.iter_errors(one)] == []
