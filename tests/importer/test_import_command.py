"""The command: processes, named batches that go on, archives, mirrored sites, the report, memory."""

import csv
import io
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from articles.models import Article, Redirect, SearchDocument
from importer import parsing
from importer.filing import settling
from importer.models import ImportBatch, ImportItem
from organizations.models import AuditEntry, Organization
from tests.site_data import ROOT, SiteData

pytestmark = pytest.mark.django_db

PAGE = (
    "{name}总工会2021年工作要点\n发布时间:2021-02-03 来源:{name}总工会\n"
    "一、加强组织建设\n全年新建基层工会20家,发展会员500名。\n"
)
NAMES = ("东山镇", "南湖镇", "柳河镇", "石桥镇", "青田镇")


@pytest.fixture
def site(db):
    call_command("set_up", stdout=io.StringIO())


@pytest.fixture
def copied(tmp_path):
    """A site of its own, to be worked on by real processes; its passwords and tasks are those of the tests."""
    folder = tmp_path / "site"
    data = SiteData(folder, "set_up", DJANGO_SETTINGS_MODULE="tests.settings", UNIONCMS_TEST_DIR=str(folder))
    yield data
    data.drop()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pages"
    (folder / "a").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (folder / "a" / f"{number}.txt").write_text(PAGE.format(name=name), encoding="utf-8")
    return folder


@pytest.fixture
def read_names(monkeypatch):
    names, propose = [], parsing.propose
    monkeypatch.setattr(parsing, "propose", lambda raw, name: names.append(name) or propose(raw, name))
    return names


def run(*words):
    """(printed, errors, exit status) of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_pages", *map(str, words), stdout=out, stderr=err)
    except SystemExit as stopped:
        return out.getvalue(), err.getvalue(), stopped.code
    return out.getvalue(), err.getvalue(), 0


def titles():
    return sorted(Article.objects.values_list("title", flat=True))


class TestBatches:
    def test_a_named_batch_that_was_broken_off_goes_on_after_the_last_file(self, site, folder, read_names, monkeypatch):
        propose = parsing.propose

        def interrupt(raw, name):
            if name == "a/3.txt" and name not in read_names:
                read_names.append("stopped")
                raise KeyboardInterrupt
            return propose(raw, name)

        monkeypatch.setattr(parsing, "propose", interrupt)
        (folder / "a" / "0.txt").write_bytes(b"")
        _, errors, status = run(folder, "--batch", "旧站")
        batch = ImportBatch.objects.get()
        assert (status, batch.state, batch.done, batch.total, "旧站" in errors) == (130, "failed", 3, 5, True)
        monkeypatch.setattr(parsing, "propose", propose)
        run(folder, "--batch", "旧站")
        batch.refresh_from_db()
        assert (batch.state, batch.done, Article.objects.count()) == ("ended", 5, 4)
        assert read_names == ["a/0.txt", "a/1.txt", "a/2.txt", "stopped", "a/3.txt", "a/4.txt"]
        assert list(batch.items.order_by("pk").values_list("outcome", flat=True)) == ["failed", *["filed"] * 4]

    def test_one_that_ended_is_followed_by_a_new_one_that_notes_what_is_unchanged(self, site, folder):
        run(folder, "--batch", "旧站")
        printed, _, status = run(folder, "--batch", "旧站")
        assert (ImportBatch.objects.count(), Article.objects.count(), status) == (2, 5, 0)
        assert len(printed.splitlines()) == 1
        rows = ImportItem.objects.filter(batch=ImportBatch.objects.first())
        assert {(row.outcome, bytes(row.raw)) for row in rows} == {("unchanged", b"")}

    def test_a_batch_that_goes_on_continues_its_report(self, site, folder, tmp_path, monkeypatch):
        propose = parsing.propose
        report = tmp_path / "report.csv"

        def interrupt(raw, name):
            if name == "a/2.txt":
                raise KeyboardInterrupt
            return propose(raw, name)

        monkeypatch.setattr(parsing, "propose", interrupt)
        run(folder, "--batch", "旧站", "--report", report)
        monkeypatch.setattr(parsing, "propose", propose)
        run(folder, "--batch", "旧站", "--report", report)
        with report.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert [row[0] for row in rows] == ["file", *(f"a/{number}.txt" for number in range(5))]

    def test_a_fault_of_the_importer_is_one_files_and_said_without_a_trace(self, site, folder, monkeypatch):
        propose = parsing.propose
        monkeypatch.setattr(parsing, "propose", lambda raw, name: 1 / 0 if name == "a/1.txt" else propose(raw, name))
        _, errors, status = run(folder)
        assert (status, len(titles()), len(errors.splitlines())) == (1, 4, 1)
        assert "a/1.txt" in errors

    def test_of_pages_filed_together_one_that_is_refused_fails_alone(self, site, folder, monkeypatch):
        lead_to = settling.lead_to

        def refuse(article, address):
            if NAMES[2] in article.title:
                raise ValidationError("refused when all was made")
            lead_to(article, address)

        monkeypatch.setattr(settling, "lead_to", refuse)
        _, errors, status = run(folder, "--publish")
        assert (status, [NAMES[2] in title for title in titles()]) == (1, [False] * 4)
        assert "refused when all was made" in errors
        assert list(ImportItem.objects.values_list("name", flat=True)) == [f"a/{place}.txt" for place in (0, 1, 3, 4)]
        assert not AuditEntry.objects.filter(object_name__contains=NAMES[2]).exists()
        assert not Organization.objects.filter(name__contains=NAMES[2]).exists()
        assert (Article.objects.published().count(), SearchDocument.objects.count()) == (4, 4)
        assert ImportBatch.objects.get().done == 5


class TestSources:
    def test_processes_file_what_one_process_files_in_the_same_order(self, site, folder):
        run(folder, "--workers", 2)
        rows = ImportItem.objects.order_by("pk").values_list("name", "outcome")
        assert list(rows) == [(f"a/{number}.txt", "filed") for number in range(5)]
        assert titles() == sorted(f"{name}总工会2021年工作要点" for name in NAMES)

    def test_a_dry_run_in_processes_prints_in_order(self, site, folder):
        one, _, _ = run(folder, "--dry-run", "--jsonl")
        two, _, _ = run(folder, "--dry-run", "--jsonl", "--workers", 2)
        assert [line.split(",")[0] for line in two.splitlines()] == [line.split(",")[0] for line in one.splitlines()]

    def test_an_archive_is_a_folder(self, site, folder, tmp_path):
        with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
            for file in sorted(folder.rglob("*.txt")):
                archive.write(file, file.relative_to(folder))
        run(tmp_path / "old.zip")
        names = ImportItem.objects.order_by("pk").values_list("name", flat=True)
        assert list(names) == [f"old.zip/a/{number}.txt" for number in range(5)]
        printed, _, _ = run(tmp_path / "old.zip")
        assert (Article.objects.count(), len(printed.splitlines())) == (5, 1)

    def test_old_addresses_of_a_mirrored_site_lead_to_the_articles(self, site, folder, client):
        (folder / "要点").mkdir()
        (folder / "a" / "4.txt").rename(folder / "要点" / "index.html.txt")
        run(folder, "--base-url", "http://www.old.cn/gh/", "--publish")
        paths = Redirect.objects.order_by("old_path").values_list("old_path", flat=True)
        assert list(paths) == [*(f"/gh/a/{number}.txt" for number in range(4)), "/gh/要点/index.html.txt"]
        article = Article.objects.get(title__startswith="青田镇")
        response = client.get("/gh/%E8%A6%81%E7%82%B9/index.html.txt")
        assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())

    @pytest.mark.parametrize("words", [["--workers", "0"], ["--report", "/nowhere/at/all/report.csv"]])
    def test_wrong_usage_is_said_and_changes_nothing(self, site, folder, words):
        with pytest.raises(CommandError) as refused:
            run(folder, *words)
        assert (refused.value.returncode, ImportBatch.objects.count()) == (2, 0)


class TestReport:
    def test_it_has_a_line_for_each_file_and_no_formulas(self, site, folder, tmp_path):
        (folder / "a" / "0.txt").write_bytes(b"")
        (folder / "=1+1.txt").write_text(PAGE.format(name="北山镇"), encoding="utf-8")
        report = tmp_path / "report.csv"
        run(folder, "--report", report)
        with report.open(encoding="utf-8-sig", newline="") as stream:
            head, *rows = csv.reader(stream)
        assert head == ["file", "outcome", "articles", "titles", "notes"]
        assert [(row[0], row[1], row[2]) for row in rows] == [
            ("'=1+1.txt", "filed", "1"),
            ("a/0.txt", "failed", "0"),
            *((f"a/{number}.txt", "filed", "1") for number in range(1, 5)),
        ]
        assert (rows[0][3], "a/0.txt" in rows[1][4]) == ("北山镇总工会2021年工作要点", True)

    def test_a_terminal_sees_a_bar(self, site, folder):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        err = Terminal()
        call_command("import_pages", str(folder), stdout=io.StringIO(), stderr=err)
        bars = [part for part in err.getvalue().split("\r") if "━" in part]
        assert [bar.split()[1] for bar in bars] == [f"{number}/5" for number in range(1, 6)]


def test_a_killed_run_leaves_no_half_written_page_and_goes_on(copied, tmp_path):
    """A real process, ended by kill -9 in the middle."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(60):
        (pages / f"{number:02}.txt").write_text(PAGE.format(name=f"第{number}街道"), encoding="utf-8")
    report = tmp_path / "report.csv"
    words = ["import_pages", str(pages), "--batch", "旧站", "--report", str(report)]
    command = [sys.executable, "manage.py", *words]
    process = subprocess.Popen(
        command, cwd=ROOT, env=copied.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        if report.exists() and report.read_text(encoding="utf-8-sig").count("\n") > 8:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    counting = (
        "from importer.models import *; from articles.models import Article, Revision;"
        "from organizations.consistency import faults;"
        "print(ImportItem.objects.count(), ImportedArticle.objects.count(), Article.objects.count(),"
        "Revision.objects.count(), ImportBatch.objects.get().done, ImportBatch.objects.get().state, list(faults()))"
    )

    def counted():
        return copied.manage("shell", "--no-imports", "-c", counting).split()

    items, *others, done, state, faults = counted()
    assert 8 <= int(items) < 60
    assert (set(others), done, state, faults) == ({items}, items, "running", "[]")
    assert str(60 - int(items)) in copied.manage(*words)
    assert counted() == ["60", "60", "60", "60", "60", "ended", "[]"]
