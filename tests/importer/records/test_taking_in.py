"""What a file of records becomes, what is told of it, and that a second run changes nothing."""

import gzip
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Channel, Redirect, SearchDocument
from articles.particulars import describe
from importer.records import lines, preparing, queueing
from importer.records.filing import Filer
from importer.records.rows import ForeignRecord, RecordsRun
from organizations.models import AuditEntry, Organization, SiteSettings
from plans.models import WorkPlan
from tests.importer.records.taking import plan, record, take, written

pytestmark = pytest.mark.django_db


def rows() -> tuple[int, ...]:
    models = (Article, AuditEntry, Channel, ForeignRecord, Organization, Redirect, RecordsRun, SearchDocument, WorkPlan)
    return tuple(model.objects.count() for model in models)


def test_an_article_with_everything_around_it(site, tmp_path, client):
    out, err = take(written(tmp_path, record()))
    article = Article.objects.get()
    text = article.live_revision
    assert (article.state, text.title, text.body) == ("public", "第7篇", "<p>镇总工会举办技能大赛。</p>")
    assert (article.channel.slug, article.organization.name, article.level_id) == ("jiceng", "石桥镇总工会", "township")
    assert (timezone.localtime(article.published_at).isoformat(), article.published_precision) == (
        "2024-03-01T00:00:00+08:00",
        "day",
    )
    assert list(article.tags.names()) == text.tags == ["技能大赛"]
    assert article.owner == SiteSettings.load().organization
    assert client.get("/news/7.html").headers["Location"] == article.get_absolute_url()
    assert [entry.verb for entry in AuditEntry.objects.filter(object_type="articles.article").order_by("pk")] == [
        "create",
        "publish",
    ]
    assert "1 new" in out or "新增1" in out
    assert err == ""


def test_a_plan_with_its_sections_and_targets_in_force(site, tmp_path):
    take(written(tmp_path, plan()))
    row = WorkPlan.objects.get()
    assert (row.state, row.years, row.organization.name) == ("in_force", "2024", "石桥镇总工会")
    assert [(c.number, c.heading, c.start, c.end, c.broken) for c in row.clauses.all()] == [
        ("一、", "加强组织建设", 2, 8, False),
        ("二、", "服务职工", 22, 26, False),
    ]
    target = row.targets.get()
    assert (target.number, target.unit, target.clause.number, target.indicator.name) == (20, "家", "一、", "新建工会数")
    assert not target.broken


def test_what_is_unknown_is_made_and_told(site, tmp_path):
    given = record(
        channel="zt-2024",
        channel_name="专题二〇二四",
        organization="北川纺织厂工会",
        organization_level="enterprise",
        organization_above=[
            {"name": "中华全国总工会", "level": "national"},
            {"name": "北川县总工会", "level": "district"},
        ],
    )
    out, _err = take(written(tmp_path, given))
    made = Organization.objects.get(name="北川纺织厂工会")
    assert [made.parent.name, made.parent.parent.name, made.level_id] == [
        "北川县总工会",
        "中华全国总工会",
        "enterprise",
    ]
    assert (made.placed, made.origin) == (True, "")
    channel = Channel.objects.get(slug="zt-2024")
    assert (channel.name, channel.in_menu) == ("专题二〇二四", False)
    for name in ("zt-2024", "北川县总工会", "技能大赛"):
        assert name in out


def test_a_second_run_changes_nothing(site, tmp_path):
    path = written(tmp_path, record(), plan())
    take(path)
    before, digests = rows(), dict(ForeignRecord.objects.values_list("foreign_id", "digest"))
    out, err = take(written(tmp_path, record(), plan(), name="again.jsonl"))
    after = rows()
    assert [a - b for a, b in zip(after, before, strict=True)] == [0, 1, 0, 0, 0, 0, 1, 0, 0]  # the run and its entry
    assert dict(ForeignRecord.objects.values_list("foreign_id", "digest")) == digests
    assert err == ""
    assert "2 unchanged" in out or "未变2" in out


def test_keys_in_another_order_are_no_change(site, tmp_path):
    take(written(tmp_path, record()))
    take(written(tmp_path, dict(reversed(record().items()))))
    assert Article.objects.get().revisions.count() == 1


def test_a_changed_record_is_the_next_revision_and_public(site, tmp_path):
    take(written(tmp_path, record()))
    take(written(tmp_path, record(title="新题", published_at="2024-03-02", organization="柳河镇总工会")))
    article = Article.objects.get()
    assert (article.title, article.live_revision.number, article.organization.name) == ("新题", 2, "柳河镇总工会")
    assert timezone.localtime(article.published_at).day == 2
    take(written(tmp_path, record(title="再新题")))
    assert Article.objects.get().title == "再新题"


@pytest.mark.parametrize("how", ["text", "particulars", "withdrawn"])
def test_what_a_person_changed_is_left_and_told(site, tmp_path, how):
    take(written(tmp_path, record()))
    article = Article.objects.get()
    if how == "text":
        publishing.save_revision(article, None, {"title": "编辑改过"})
    elif how == "particulars":
        describe(article, None, kind="notice")
    else:
        publishing.withdraw(article, None, "重复")
    before = Article.objects.values("title", "kind", "state", "latest_revision").get()
    out, err = take(written(tmp_path, record(title="新题")))
    assert Article.objects.values("title", "kind", "state", "latest_revision").get() == before
    assert "Line 1:" in err and str(article.pk) in err
    assert "exit" not in out


def test_two_sites_may_use_one_id(site, tmp_path):
    path = written(tmp_path, record())
    take(path, origin="a.example")
    take(path, origin="b.example")
    take(written(tmp_path, record(site="a.example")))
    assert Article.objects.count() == 2


def test_bad_lines_are_told_by_number_and_passed_over(site, tmp_path):
    good = record("8")
    path = written(
        tmp_path,
        b"{no json",
        b'"a string"',
        b"\xff\xfe{}",
        record(title=""),
        record(kind="poem"),
        {"title": "x"},
        record(published_at="yesterday"),
        record(tags="a,b"),
        record(title="长" * 201),
        b"",
        good,
        record("9", year=12, kind="plan"),
        record("10", organization_above=["x"]),
    )
    out, err = take(path)
    assert [article.title for article in Article.objects.all()] == ["第8篇"]
    assert [line.split("Line ")[1].split(":")[0] for line in err.splitlines() if "Line " in line] == [
        *map(str, range(1, 10)),
        "12",
        "13",
    ]
    assert "exit 1" in out


def test_a_line_too_long_is_passed_over_without_being_read_whole(site, tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 2_000)
    take(written(tmp_path, record("1", body_html="<p>" + "长" * 5_000), record("2")))
    assert [article.title for article in Article.objects.all()] == ["第2篇"]


def test_one_that_the_database_refuses_fails_alone(site, tmp_path, monkeypatch):
    create = Filer._create

    def failing(self, entries):
        if any(entry.record.id == "2" for entry in entries):
            raise ValueError("no room")
        create(self, entries)

    monkeypatch.setattr(Filer, "_create", failing)
    _out, err = take(written(tmp_path, record("1"), record("2"), record("3")))
    assert sorted(article.title for article in Article.objects.all()) == ["第1篇", "第3篇"]
    assert "Line 2:" in err


def test_a_dry_run_tells_and_changes_nothing(site, tmp_path):
    before = rows()
    out, _err = take(written(tmp_path, record(channel="neu", channel_name="新栏目"), plan()), dry_run=True)
    assert rows() == before
    assert "neu" in out and "北" not in out
    assert "2 new" in out or "新增2" in out


def test_a_run_that_was_broken_off_goes_on_behind_what_is_done(site, tmp_path, monkeypatch):
    monkeypatch.setattr(queueing, "TOGETHER", 2)
    path = written(tmp_path, *(record(str(number)) for number in range(7)))
    settle, chunks = Filer._settle, []

    def dying(self, entries):
        settle(self, entries)
        chunks.append(len(entries))
        if len(chunks) == 3:
            raise MemoryError  # as good as kill -9: the transaction does not end

    monkeypatch.setattr(Filer, "_settle", dying)
    with pytest.raises(MemoryError):
        take(path)
    assert Article.objects.count() == 4
    read = []
    prepare = preparing.prepare
    monkeypatch.setattr(preparing, "prepare", lambda raw, origin="": read.append(raw) or prepare(raw, origin))
    out, _err = take(path)
    assert len(read) == 3
    assert sorted(article.title for article in Article.objects.all()) == [f"第{number}篇" for number in range(7)]
    assert "7 new" in out or "新增7" in out


def test_a_record_that_comes_twice_is_revised_by_the_later(site, tmp_path):
    take(written(tmp_path, record(), record(title="后来的题"), record(title="后来的题")))
    assert [(article.title, article.revisions.count()) for article in Article.objects.all()] == [("后来的题", 2)]


def test_packed_and_from_standard_input(site, tmp_path, monkeypatch):
    packed = tmp_path / "records.jsonl.gz"
    packed.write_bytes(gzip.compress(Path(written(tmp_path, record("1"))).read_bytes()))
    take(str(packed))
    raw = Path(written(tmp_path, record("2"))).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    take("-", workers=0)
    assert sorted(article.title for article in Article.objects.all()) == ["第1篇", "第2篇"]


def test_other_processes_make_ready_what_this_one_would(site, tmp_path):
    take(written(tmp_path, record("1"), plan("2")), workers=2)
    take(written(tmp_path, record("1", site="b"), plan("2", site="b", plan={"subject": "另"})), workers=0)
    first, second = (SearchDocument.objects.filter(article__foreign_records__origin=one) for one in ("", "b"))
    assert list(map(indexed, first.order_by("pk"))) == list(map(indexed, second.order_by("pk"))) != []


def indexed(document: SearchDocument) -> dict:
    """What a document holds, whichever article it is of."""
    return {field.attname: getattr(document, field.attname) for field in document._meta.concrete_fields[2:]}


def test_thirty_cost_as_many_statements_as_three(site, tmp_path):
    take(written(tmp_path, plan("0"), record("00")))
    counts = []
    for count in (3, 30):
        some = [record(f"{count}-{number}") for number in range(count)]
        some += [plan(f"p{count}-{number}", plan={"subject": f"{count} {number}"}) for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            take(written(tmp_path, *some))
        counts.append(len(captured))
    assert counts[1] <= counts[0]


@pytest.mark.parametrize("options", [{"address": "nowhere"}, {"workers": -1}, {"owner": "nobody"}])
def test_wrong_usage_is_one_sentence(site, tmp_path, options):
    with pytest.raises(CommandError):
        call_command("import_records", written(tmp_path, record()), **options)
    assert Article.objects.count() == 0


@pytest.mark.parametrize("sections", [None, [{"heading": "目标任务"}]])
def test_targets_in_a_table_are_named_by_its_columns(site, tmp_path, sections):
    rows = (("任务", "责任部门", "目标"), ("新建基层工会", "组织部", "20家"))
    table = f"<table>{''.join(f'<tr><td>{"</td><td>".join(row)}</td></tr>' for row in rows)}</table>"
    take(written(tmp_path, plan(body_html=f"<h2>目标任务</h2>{table}", sections=sections)))
    [target] = WorkPlan.objects.get().targets.all()
    assert (target.number, target.unit, target.object) == (20, "家", "新建基层工会")
