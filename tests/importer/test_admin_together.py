"""The review by several people at once, the text corrected in it, its pictures, and why each value was taken."""

import io
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, MediaFile
from importer.admin import rule_words
from importer.batches import accepting, corrections, uploads
from importer.models import ImportItem
from importer.parsing import Source, parse
from tests.factories import make_organization, make_user
from tests.importer.test_running import a_zip, png

pytestmark = pytest.mark.django_db
NEWS = (
    "石桥镇总工会走访慰问一线职工\n2021-02-03 来源:石桥镇总工会\n石桥镇总工会走访慰问一线职工,送去防暑降温用品300份。\n"
)
PAGE = (
    "<html><head><title>石桥镇总工会慰问职工</title></head><body><h1>石桥镇总工会慰问职工</h1>"
    "<div class='TRS_Editor'><p>2月3日，石桥镇总工会走访慰问一线职工，送去防暑降温用品三百份。</p>"
    "<p><img src='p/a.png' alt='慰问'></p><p>镇总工会负责人向职工讲解了防暑知识，叮嘱大家注意休息，安全生产。</p>"
    "</div></body></html>"
)
PAGES = Path(__file__).parent / "development"


@pytest.fixture
def editor(owner):
    return make_user("李编辑", role="editor", organization=owner, is_staff=True)


@pytest.fixture
def colleague(owner):
    return make_user("王编辑", role="editor", organization=owner, is_staff=True)


@pytest.fixture
def read(owner, editor, django_capture_on_commit_callbacks):
    def take(raw: bytes = NEWS.encode(), name: str = "news.txt") -> ImportItem:
        with django_capture_on_commit_callbacks(execute=True):
            batch = uploads.take([SimpleUploadedFile(name, raw)], owner=owner, by=editor)
        return batch.items.exclude(outcome="part").get()

    return take


def address(item) -> str:
    return reverse("admin:importer_importitem_change", args=[item.pk])


def sent(page) -> dict:
    """What the form of a page would send."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields} | {"seen": page.context["seen"]}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


class TestTwoPeople:
    def test_the_second_of_two_corrections_is_refused_and_shows_the_first(self, desk, read, colleague):
        item = read()
        values = sent(desk.get(address(item)))
        accepting.correct(item, colleague, 0, {"title": "王编辑的标题", "source": "工人日报"})
        page = desk.post(address(item), values | {"title": "李编辑的标题", "do": "keep"})
        item.refresh_from_db()
        assert item.corrections["0"] == {"title": "王编辑的标题", "source": "工人日报"}
        (refusal,) = page.context["form"].non_field_errors()
        assert "王编辑" in refusal
        form = page.context["form"]
        assert (form["title"].value(), form["source"].value()) == ("王编辑的标题", "工人日报")
        typed = {row["name"]: row["typed"] for row in page.context["fields"] if row["typed"]}
        assert typed == {"title": "李编辑的标题", "source": "石桥镇总工会"}
        again = sent(page) | {"title": "李编辑的标题", "do": "keep"}
        assert desk.post(address(item), again).url == address(item)
        item.refresh_from_db()
        assert item.corrections["0"] == {"title": "李编辑的标题", "source": "工人日报"}

    @pytest.mark.parametrize("do", ["accept", "publish"])
    def test_nobody_accepts_what_they_have_not_seen(self, desk, read, colleague, do):
        item = read()
        values = sent(desk.get(address(item)))
        accepting.correct_batch(item.batch, colleague, {"source": "工人日报"})
        page = desk.post(address(item), values | {"do": do})
        assert "王编辑" in page.context["form"].non_field_errors()[0]
        assert Article.objects.count() == 0
        desk.post(address(item), sent(page) | {"do": do})
        assert Article.objects.get().latest_revision.source == "工人日报"

    def test_who_decides_second_is_told_who_did_and_nothing_is_lost(self, desk, read, colleague):
        item = read()
        values = sent(desk.get(address(item)))
        accepting.dismiss(item, colleague, "重复")
        for do in ("accept", "dismiss"):
            page = desk.post(address(item), values | {"do": do, "reason": "不要"}, follow=True)
            (said,) = [str(message) for message in page.context["messages"]]
            assert ("王编辑" in said, str(ImportItem.Outcome.DISMISSED.label) in said) == (True, True)
        item.refresh_from_db()
        assert (item.outcome, item.message, Article.objects.count()) == ("dismissed", "重复", 0)


class TestTheText:
    def test_it_is_corrected_in_the_editor_and_read_anew(self, desk, read):
        item = read()
        page = desk.get(address(item))
        assert 'form="review-form"' in page.content.decode()
        values = sent(page)
        assert desk.post(address(item), values | {"do": "keep"}).url == address(item)
        item.refresh_from_db()
        assert item.corrections == {}
        body = values["body_html"].replace("300份", "400份").replace("\n", "\r\n")
        desk.post(address(item), values | {"body_html": body, "do": "keep"})
        page = desk.get(address(item))
        assert [row["number"] for row in page.context["article"]["targets"]] == [400]
        row = next(row for row in page.context["fields"] if row["name"] == "body_html")
        assert row["corrected"]
        refused = desk.post(address(item), sent(page) | {"body_html": "<p> </p>", "do": "keep"})
        assert refused.context["form"].errors["body_html"]

    def test_marks_are_set_full_width_with_one_tick(self, desk, read):
        item = read()
        desk.post(address(item), sent(desk.get(address(item))) | {"full_width": "on", "do": "keep"})
        page = desk.get(address(item))
        assert "一线职工，送去" in page.context["form"]["body_html"].value()
        desk.post(address(item), sent(page) | {"do": "accept"})
        assert "一线职工，送去" in Article.objects.get().latest_revision.body

    def test_its_pictures_are_seen_before_they_are_kept_and_stay_when_it_is_corrected(self, desk, read, client):
        item = read(a_zip(**{"x/a.html": PAGE, "x/p/a.png": png()}), "old.zip")
        page = desk.get(address(item))
        picture = reverse("admin:importer_importitem_picture", args=[item.pk, 0, 0])
        assert f'src="{picture}"' in page.context["form"]["body_html"].value()
        answer = desk.get(picture)
        assert (answer.headers["Content-Type"], answer.content) == ("image/png", png())
        assert desk.get(picture.replace("/0/0/", "/0/7/")).status_code == 404
        values = sent(page)
        values["body_html"] = values["body_html"].replace("三百份", "四百份")
        desk.post(address(item), values | {"do": "accept"})
        body = Article.objects.get().latest_revision.body
        assert ("四百份" in body, MediaFile.objects.get().file.url in body) == (True, True)
        client.force_login(make_user(role="editor", organization=make_organization("西山区总工会"), is_staff=True))
        assert client.get(picture).status_code == 403

    def test_a_picture_taken_out_stays_out_and_one_of_the_sites_is_kept(self, desk, read, owner, editor):
        from articles import uploads as media

        own = media.store(SimpleUploadedFile("b.png", _other_png()), owner=owner, by=editor, alt="合影")
        item = read(a_zip(**{"x/a.html": PAGE, "x/p/a.png": png()}), "old.zip")
        body = f'<p>石桥镇总工会走访慰问一线职工。</p><figure><img src="{own.file.url}" alt="合影"></figure>'
        desk.post(address(item), sent(desk.get(address(item))) | {"body_html": body, "do": "accept"})
        assert Article.objects.get().latest_revision.body == body
        assert MediaFile.objects.get() == own


def test_why_a_value_was_taken_is_said_in_words(desk, read):
    html = unescape(desk.get(address(read())).content.decode())
    assert "title-line" not in html
    assert rule_words.of("title-line") in html


def test_every_rule_that_speaks_on_the_labelled_pages_has_words():
    rules = set()
    for path in sorted(PAGES.rglob("*")):
        if path.is_file():
            read = parse(Source(path.name, path.read_bytes())).output
            rules |= {row["rule"] for found in read["articles"] for row in found["evidence"].values()}
    assert len(rules) > 20
    assert {rule for rule in rules if rule_words.of(rule) == rule} == set()


def _other_png() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(stream, "PNG")
    return stream.getvalue()


def test_a_stamp_is_another_once_anything_is_corrected(read, editor):
    item = read()
    before = corrections.stamp(item)
    accepting.correct(item, editor, 0, {"source": "工人日报"})
    assert corrections.stamp(item) != before
    accepting.correct(item, editor, 0, {"source": "石桥镇总工会"})
    assert corrections.stamp(item) == before
