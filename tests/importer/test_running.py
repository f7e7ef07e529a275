"""Uploads and the reading of their batches: limits, archives, claims, interrupts, faults."""

import io
import os
import socket
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.html import clean, plain_text
from articles.models import Article, MediaFile, Redirect
from importer import parsing
from importer.batches import accepting, claims, running, uploads
from importer.filing.pictures import take_in
from importer.models import ImportBatch, ImportItem
from organizations.models import AuditEntry
from tests.factories import make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db

PAGE = (
    "{name}总工会2021年工作要点\n发布时间:2021-02-03 来源:{name}总工会\n"
    "一、加强组织建设\n全年新建基层工会20家,发展会员500名。\n"
)
NAMES = ("石桥镇", "柳河镇", "青田镇", "东山镇", "南湖镇")


def page(name="石桥镇"):
    return PAGE.format(name=name).encode()


def a_zip(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return stream.getvalue()


def png():
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def owner(db):
    make_channel("工作计划", slug="jihua")
    make_channel("基层动态", slug="jiceng")
    return make_organization("石桥县总工会")


def take(owner, by, *files, **options):
    return uploads.take([SimpleUploadedFile(name, raw) for name, raw in files], owner=owner, by=by, **options)


@pytest.fixture
def batch(owner, editor):
    """Five pages that nobody has read."""
    return take(owner, editor, *((f"{name}.txt", page(name)) for name in NAMES), name="五个镇")


@pytest.fixture
def read_names(monkeypatch):
    """The names of what was read, in order."""
    names, propose = [], parsing.propose
    monkeypatch.setattr(parsing, "propose", lambda raw, name: names.append(name) or propose(raw, name))
    return names


class TestUploads:
    def test_files_are_kept_and_queued_for_the_worker(self, owner, editor, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as later:
            batch = take(owner, editor, ("甲.txt", page()), name="  一月  的 ")
        assert (batch.name, batch.state, batch.total, batch.done) == ("一月 的", "queued", 1, 0)
        item = batch.items.get()
        assert (item.outcome, item.name, bytes(item.raw)) == ("queued", "甲.txt", page())
        assert AuditEntry.objects.last().verb == "upload"
        for queued in later:
            queued()
        batch.refresh_from_db()
        assert (batch.state, batch.done, batch.items.get().outcome) == ("ended", 1, "read")

    def test_an_archive_is_opened_and_its_pictures_go_with_its_pages(self, owner, editor):
        html = "<html><body><h1>石桥镇总工会慰问职工</h1><p>走访慰问一线职工。</p><img src='p/a.png'></body></html>"
        raw = a_zip(**{"x/a.html": html, "x/p/a.png": png(), "x/style.css": "p{}", "b.txt": page()})
        batch = take(owner, editor, ("old.zip", raw))
        assert list(batch.items.order_by("pk").values_list("name", "outcome")) == [
            ("old.zip/b.txt", "queued"),
            ("old.zip/x/a.html", "queued"),
            ("old.zip/x/p/a.png", "part"),
            ("old.zip/x/style.css", "part"),
        ]
        item = batch.items.get(name="old.zip/x/a.html")
        assert running.files_of(item, {})("p/a.png") == png()
        assert running.files_of(item, {})("../../../etc/passwd") is None

    def test_who_may_not_write_or_publish_there_is_refused(self, owner):
        stranger = make_user("stranger", role="editor", organization=make_organization())
        writer = make_user("writer", role="contributor", organization=owner)
        for user, options in ((stranger, {}), (writer, {"publish": True})):
            with pytest.raises(PermissionDenied):
                take(owner, user, ("a.txt", page()), **options)
        assert ImportBatch.objects.count() == 0

    @pytest.mark.parametrize(("limit", "value"), [("MOST_PAGES", 1), ("SIZE_LIMIT", 10), ("LARGEST", 10)])
    def test_beyond_a_limit_nothing_is_kept_and_one_sentence_says_why(self, owner, editor, monkeypatch, limit, value):
        monkeypatch.setattr(uploads, limit, value)
        with pytest.raises(ValidationError) as refused:
            take(owner, editor, ("a.txt", page()), ("b.zip", a_zip(c=page())))
        assert (len(refused.value.messages), ImportBatch.objects.count(), ImportItem.objects.count()) == (1, 0, 0)

    def test_nothing_chosen_is_said(self, owner, editor):
        with pytest.raises(ValidationError):
            take(owner, editor)

    def test_what_is_sure_is_published_at_once_where_asked_and_the_rest_waits(self, owner, editor, monkeypatch):
        batch = take(owner, editor, ("a.txt", page()), ("b.txt", page("柳河镇")), publish=True)
        monkeypatch.setattr(running, "doubt_of", lambda output: 50 * ("柳河" in output["articles"][0]["title"]))
        running.read_batch(batch.pk)
        assert list(batch.items.order_by("pk").values_list("outcome", flat=True)) == ["filed", "read"]
        assert [(row.title, row.state) for row in Article.objects.all()] == [("石桥镇总工会2021年工作要点", "public")]


class TestReading:
    def test_every_file_is_read_once_and_progress_is_told(self, batch, read_names):
        told = []
        running.read_batch(batch.pk, progress=lambda *words: told.append(words))
        running.read_batch(batch.pk)
        assert read_names == [f"{name}.txt" for name in NAMES]
        assert told == [(number, 5, f"{name}.txt") for number, name in enumerate(NAMES, 1)]
        batch.refresh_from_db()
        assert (batch.state, batch.done, batch.heartbeat_at is not None) == ("ended", 5, True)

    def test_processes_read_what_one_process_reads(self, batch):
        running.read_batch(batch.pk, workers=2)
        titles = [item.output["articles"][0]["title"] for item in batch.items.order_by("pk")]
        assert titles == [f"{name}总工会2021年工作要点" for name in NAMES]

    def test_after_an_interrupt_it_goes_on_with_what_was_not_read(self, batch, read_names):
        def interrupt(done, total, name):
            if done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            running.read_batch(batch.pk, progress=interrupt)
        batch.refresh_from_db()
        assert (batch.state, batch.done) == ("failed", 2)
        running.read_batch(batch.pk)
        assert read_names == [f"{name}.txt" for name in NAMES]

    def test_what_a_living_reader_claimed_is_left_alone_and_a_dead_ones_taken_over(self, batch, read_names):
        living, dead, elsewhere, *rest = batch.items.order_by("pk")
        host = socket.gethostname()[:60]
        for item, claim in ((living, f"{host}:{os.getppid()}:x"), (dead, f"{host}:999999999:x"), (elsewhere, "b:1:x")):
            item.claimed_by, item.claimed_at = claim, timezone.now()
            item.save()
        running.read_batch(batch.pk)
        assert read_names == [dead.name, *(item.name for item in rest)]
        batch.refresh_from_db()
        assert (batch.state, batch.done) == ("running", 3)
        batch.items.filter(pk__in=[living.pk, elsewhere.pk]).update(claimed_at=timezone.now() - 2 * claims.LEASE)
        running.read_batch(batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.done) == ("ended", 5)

    def test_two_readers_never_get_the_same_item(self, batch):
        first, second = claims.claimed(batch, "a:1:x"), claims.claimed(batch, "b:1:y")
        got = [next(reader).pk for reader in (first, second, first, second, first)]
        assert sorted(got) == sorted(batch.items.values_list("pk", flat=True))
        assert (list(first), list(second)) == ([], [])

    def test_a_fault_in_one_file_is_its_own_and_said(self, batch, monkeypatch):
        propose = parsing.propose

        def fail(raw, name):
            if name == "青田镇.txt":
                raise RuntimeError("a rule went wrong")
            return propose(raw, name)

        monkeypatch.setattr(parsing, "propose", fail)
        running.read_batch(batch.pk)
        rows = dict(batch.items.values_list("name", "outcome"))
        assert rows == {f"{name}.txt": "read" for name in NAMES} | {"青田镇.txt": "failed"}
        assert "青田镇.txt" in batch.items.get(outcome="failed").message

    def test_an_unreadable_file_says_what_to_do(self, owner, editor):
        batch = take(owner, editor, ("空.txt", b""), ("a.txt", page()))
        running.read_batch(batch.pk)
        failed = batch.items.get(outcome="failed")
        assert ("空.txt" in failed.message, len(failed.message.splitlines())) == (True, 1)

    def test_an_undone_batch_is_read_no_more(self, batch, read_names):
        ImportBatch.objects.update(undone_at=timezone.now())
        running.read_batch(batch.pk)
        assert read_names == []


class TestWhatComesWithAPage:
    @pytest.fixture
    def read(self, owner, editor, monkeypatch):
        """Items of an archive whose page was read with a picture, an attachment and an address."""
        output_of = parsing.output

        def output(proposal):
            row = output_of(proposal)
            row["address"] = "http://old.example.cn/news/2021/%E8%A6%81%E7%82%B9.html"
            found = row["articles"][0]
            found["images"] = [
                {"source": "p/a.png", "alt": "", "caption": "合影"},
                {"source": "http://else.cn/b.png", "alt": "乙"},
            ]
            found["attachments"] = [{"source": "../附件.pdf", "name": "附件"}]
            found["body_html"] += '<figure><img src="p/a.png"><figcaption>合影</figcaption></figure>'
            found["body_html"] += '<p>文<img src="/upload/c.png" alt="丙"></p>'
            return row

        monkeypatch.setattr(parsing, "output", output)
        batch = take(
            owner, editor, ("old.zip", a_zip(**{"x/a.html": page(), "x/p/a.png": png(), "附件.pdf": "%PDF-1.4"}))
        )
        ImportItem.objects.filter(name="old.zip/附件.pdf").update(outcome="part")
        running.read_batch(batch.pk)
        return batch.items.get(name="old.zip/x/a.html")

    def test_pictures_and_attachments_are_kept_and_what_is_missing_is_noted(self, read, editor):
        filed = accepting.accept(read, editor)
        body = Article.objects.get().latest_revision.body
        picture, pdf = MediaFile.objects.order_by("kind", "pk").reverse()
        assert (picture.alt, picture.caption, pdf.kind) == ("合影", "合影", "attachment")
        assert f'<img src="{picture.file.url}" alt="合影">' in body
        assert f'href="{pdf.file.url}"' in body
        assert ("upload/c.png" in body, "else.cn" in body) == (False, False)
        assert [note.partition(":")[0] for note in filed.notes] == ["pictures"]

    def test_the_old_address_leads_to_the_article(self, read, editor, client):
        accepting.accept(read, editor, publish=True)
        article = Article.objects.get()
        assert list(Redirect.objects.values_list("old_path", "article")) == [("/news/2021/要点.html", article.pk)]
        response = client.get("/news/2021/%E8%A6%81%E7%82%B9.html")
        assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


@pytest.mark.parametrize("store", [True, False])
def test_the_caption_of_a_picture_that_is_missing_stays_as_text(owner, store):
    found = {
        "title": "慰问",
        "images": [
            {"source": "gone.png", "alt": "", "caption": "合影"},
            {"source": "b.png", "alt": "", "caption": "乙"},
        ],
        "attachments": [],
        "body_html": '<p>甲</p><figure><a href="/x"><img src="gone.png" alt=""></a>'
        "<figcaption>图为 合影</figcaption></figure>"
        '<figure><img src="none.png" alt=""></figure>',
    }
    taken = take_in(found, {}, owner=owner, by=None, store=store)
    if store:
        assert (taken.html, len(taken.notes)) == ("<p>甲</p><p>图为 合影</p><p>乙</p>", 1)
    assert plain_text(clean(taken.html)).startswith("甲\n图为 合影")
    assert not MediaFile.objects.exists()
