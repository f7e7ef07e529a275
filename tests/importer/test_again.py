"""A changed file of an imported article: its date, organisation, level and kind are shown and taken one by one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import particulars as articles_particulars
from articles.models import Article
from importer.batches import accepting, differences, running, undoing, uploads
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db

PAGE = (
    "石桥镇总工会走访慰问一线职工\n2021-02-03 来源:石桥镇总工会\n石桥镇总工会走访慰问一线职工,送去防暑降温用品300份。\n"
)
LATER = PAGE.replace("02-03", "02-05")


@pytest.fixture
def read(owner, editor):
    def take(text=PAGE):
        batch = uploads.take([SimpleUploadedFile("a.txt", text.encode())], owner=owner, by=editor)
        running.read_batch(batch.pk)
        return batch.items.get()

    return take


@pytest.fixture
def article(read, editor):
    accepting.accept(read(), editor, publish=True)
    return Article.objects.get()


def day(article) -> str:
    article.refresh_from_db()
    return f"{timezone.localtime(article.published_at):%Y-%m-%d}"


def shown(item):
    return {one.field: (one.imported, one.now, one.proposed, one.edited) for one in differences.of(item)}


def test_what_the_file_says_otherwise_is_shown_and_taken(article, read, editor):
    other = make_organization("柳河区总工会", level="district")
    item = read(LATER)
    accepting.correct(item, editor, 0, {"kind": "notice", "organization": other, "level": "district"})
    kind, level = str(Article.Kind.NEWS.label), str(article.level)
    assert shown(item) == {
        "kind": (kind, kind, str(Article.Kind.NOTICE.label), False),
        "level": (level, level, str(other.level), False),
        "organization": ("石桥镇总工会", "石桥镇总工会", "柳河区总工会", False),
        "published_at": ("2021-02-03", "2021-02-03", "2021-02-05", False),
    }
    filed = accepting.accept(item, editor, fields=["published_at", "organization"])
    assert (day(article), article.organization, article.kind) == ("2021-02-05", other, "news")
    assert article.level_id == "township"
    assert [note for note in filed.notes if note.startswith("date:")] == []
    again = read(LATER.replace("300份", "400份"))
    assert set(shown(again)) == {"body"}


def test_what_a_person_changed_since_is_marked_and_kept_unless_it_is_chosen(article, read, editor):
    articles_particulars.describe(article, editor, kind="notice")
    item = read(LATER)
    accepting.correct(item, editor, 0, {"kind": "document"})
    rows = shown(item)
    assert {name: row[3] for name, row in rows.items()} == {"kind": True, "published_at": False}
    assert rows["kind"][:2] == (str(Article.Kind.NEWS.label), str(Article.Kind.NOTICE.label))
    accepting.accept(item, editor)
    assert (day(article), article.kind) == ("2021-02-05", "notice")


def test_what_the_file_says_as_before_is_no_difference(article, read, editor):
    articles_particulars.describe(article, editor, kind="notice")
    assert set(shown(read(PAGE.replace("300份", "400份")))) == {"body"}


def test_a_date_is_taken_only_by_who_may_redate(article, read, owner):
    item = read(LATER)
    writer = make_user("writer", role="contributor", organization=owner)
    with pytest.raises(PermissionDenied):
        accepting.accept(item, writer, fields=["published_at"])
    assert day(article) == "2021-02-03"


def test_of_an_article_nobody_edited_too_only_what_was_chosen_is_taken(article, read, editor):
    item = read(PAGE.replace("来源:石桥镇总工会", "来源:工人日报").replace("300份", "400份"))
    assert set(shown(item)) == {"source", "body"}
    accepting.accept(item, editor, fields=["body"])
    article.refresh_from_db()
    text = article.latest_revision
    assert (text.source, "400份" in text.body) == ("石桥镇总工会", True)


def test_what_was_corrected_once_stays_corrected_while_the_file_says_the_same(read, editor):
    item = read()
    accepting.correct(item, editor, 0, {"source": "编辑部", "title": "慰问一线职工"})
    accepting.accept(item, editor)
    again = read(PAGE.replace("300份", "400份"))
    assert again.corrections == {"0": {"source": "编辑部", "title": "慰问一线职工"}}
    assert set(shown(again)) == {"body"}
    accepting.accept(again, editor)
    assert (Article.objects.get().title, Article.objects.get().latest_revision.source) == ("慰问一线职工", "编辑部")
    other = read(PAGE.replace("来源:石桥镇总工会", "来源:工人日报"))
    assert other.corrections == {"0": {"title": "慰问一线职工"}}
    assert shown(other)["source"][:3] == ("编辑部", "编辑部", "工人日报")


def test_an_undone_batch_gives_them_back(article, read, editor):
    item = read(LATER)
    accepting.accept(item, editor)
    assert day(article) == "2021-02-05"
    assert undoing.undo(item.batch, editor, untouched_only=False) == 1
    assert day(article) == "2021-02-03"


def test_they_are_ticked_in_the_review(article, read, editor, client):
    client.force_login(editor)
    item = read(LATER)
    address = reverse("admin:importer_importitem_change", args=[item.pk])
    page = client.get(address)
    (row,) = page.context["differences"]
    assert (row["value"], row["now"], row["proposed"], row["edited"]) == (
        "published_at",
        "2021-02-03",
        "2021-02-05",
        False,
    )
    form = page.context["form"]
    sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", False)}
    client.post(address, sent | {"do": "accept", "differences": "1", "fields": ["published_at"]})
    assert day(article) == "2021-02-05"
