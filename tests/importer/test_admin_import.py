"""Imports at the desk: uploading, a batch's page, one correction for all, taking it back; rights and queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article
from importer.batches import accepting, uploads
from importer.models import ImportBatch, ImportItem
from organizations.models import AuditEntry
from tests.factories import make_channel, make_level, make_organization, make_user

pytestmark = pytest.mark.django_db
NEWS = (
    "{name}总工会开展第{number}次送清凉活动\n2021-07-15 来源：{name}总工会\n"
    "7月15日，{name}总工会走访慰问一线职工{number}名。\n"
)
RECIPE = "红烧肉的家常做法\n五花肉切块焯水，加冰糖炒出糖色，放入葱姜八角，小火慢炖一个小时即可出锅，软烂香甜。\n"
BATCHES = reverse("admin:importer_importbatch_changelist")
UPLOAD = reverse("admin:importer_importbatch_add")


def news(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"page-{number}.txt", NEWS.format(name="东湖区", number=number).encode())


@pytest.fixture
def owner():
    for code in ("national", "province", "city", "district", "township"):
        make_level(code)
    make_channel("工作计划", slug="jihua")
    make_channel("基层动态", slug="jiceng")
    return make_organization("东湖区总工会")


@pytest.fixture
def batch(owner, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return uploads.take(
            [news(1), news(2), SimpleUploadedFile("菜谱.txt", RECIPE.encode()), SimpleUploadedFile("空.txt", b" ")],
            owner=owner,
            by=editor,
            name="旧站",
        )


def address(page: str, row) -> str:
    model = "importbatch" if isinstance(row, ImportBatch) else "importitem"
    return reverse(f"admin:importer_{model}_{page}", args=[row.pk])


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    for query in captured.captured_queries:
        if "/change/" not in url or "importbatch" in url:
            assert '"importer_importitem"."raw"' not in query["sql"]
            assert '."output", "' not in query["sql"]
    return len(captured)


def test_files_are_uploaded_read_and_counted(desk, owner, django_capture_on_commit_callbacks):
    assert UPLOAD in desk.get(reverse("admin:articles_article_changelist")).content.decode()
    assert UPLOAD in desk.get(reverse("admin:index")).content.decode()
    html = desk.get(UPLOAD).content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert "multiple" in html
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(UPLOAD, {"files": [news(1), news(2)], "name": "旧站", "owner": owner.pk})
    batch = ImportBatch.objects.get()
    assert answer.url == address("change", batch)
    assert (batch.name, batch.total, batch.items.filter(outcome="read").count()) == ("旧站", 2, 2)
    told = desk.get(address("progress", batch)).json()
    assert told == {"done": 2, "total": 2, "state": batch.get_state_display(), "ended": False} | {
        "ended": True,
        "state": ImportBatch.State.ENDED.label,
        "counts": {"read": 2},
    }


def test_nothing_is_uploaded_without_files_or_for_somebody_elses_organization(desk, owner):
    stranger = make_organization("西山区总工会")
    refused = desk.post(UPLOAD, {"owner": owner.pk}).context["form"].errors
    assert refused["files"] == [_("Choose at least one file.")]
    assert "owner" in desk.post(UPLOAD, {"owner": stranger.pk, "files": [news(1)]}).context["form"].errors
    assert not ImportBatch.objects.exists()


def test_a_batch_says_what_became_of_its_files_and_what_to_look_at(desk, batch):
    page = desk.get(address("change", batch))
    html = page.content.decode()
    assert [(row["outcome"], row["count"]) for row in page.context["counts"]] == [("read", 3), ("failed", 1)]
    assert [row["name"] for row in page.context["doubtful"]] == ["菜谱.txt", "page-1.txt", "page-2.txt"]
    assert page.context["doubtful"][0]["said"]
    assert "not_union" not in html
    assert "空.txt" in html


def test_one_correction_holds_for_all_that_wait(desk, batch):
    form = desk.get(address("correct", batch))
    assert form.status_code == 200
    refused = desk.post(address("correct", batch), {})
    assert refused.context["form"].non_field_errors()
    desk.post(address("correct", batch), {"channel": "jihua", "source": "旧门户网站"})
    item = batch.items.get(name="page-1.txt")
    item.refresh_from_db()
    found = accepting.corrected(item)["articles"][0]
    assert (found["channel_slug"], found["source"]) == ("jihua", "旧门户网站")


def test_a_batch_is_taken_back_where_nobody_edited(desk, batch, editor):
    for name in ("page-1.txt", "page-2.txt"):
        accepting.accept(batch.items.get(name=name), editor)
    edited = Article.objects.order_by("pk").first()
    publishing.save_revision(edited, editor, {"title": "改过的标题"})
    assert 'name="reach"' in desk.get(address("undo", batch)).content.decode()
    assert "reason" in desk.post(address("undo", batch), {"reach": "untouched"}).context["form"].errors
    refused = desk.post(address("undo", batch), {"reach": "all", "reason": "传错了"})
    assert "改过的标题" in str(refused.context["form"].non_field_errors())
    desk.post(address("undo", batch), {"reach": "untouched", "reason": "传错了"})
    assert Article.objects.exclude(state="trashed").get() == edited
    assert AuditEntry.objects.filter(verb="undo import", note="传错了").exists()


def test_strangers_readers_and_foreign_editors_are_refused(client, batch):
    elsewhere = make_organization("西山区总工会")
    item = batch.items.get(name="page-1.txt")
    pages = [address(page, batch) for page in ("change", "progress", "correct", "undo", "history")]
    pages += [address(page, item) for page in ("change", "history")]
    for user in (None, make_user(), make_user(is_staff=True)):
        if user:
            client.force_login(user)
        for url in (*pages, UPLOAD, BATCHES, reverse("admin:importer_importitem_changelist")):
            assert client.get(url).status_code in (302, 403), (user, url)
            assert client.post(url, {"do": "accept", "reason": "x"}).status_code in (302, 403), (user, url)
    client.force_login(make_user(role="editor", organization=elsewhere, is_staff=True))
    for url in pages:
        assert client.get(url).status_code in (302, 403), url
        assert client.post(url, {"do": "accept", "reason": "x"}).status_code in (302, 403), url
    assert "page-1" not in client.get(reverse("admin:importer_importitem_changelist")).content.decode()
    assert "旧站" not in client.get(BATCHES).content.decode()
    assert ImportItem.objects.filter(outcome="read").count() == 3


def test_an_auditor_looks_and_decides_nothing(client, batch, owner):
    client.force_login(make_user(role="auditor", organization=owner, is_staff=True))
    item = batch.items.get(name="page-1.txt")
    assert client.get(address("change", item)).status_code == 200
    assert client.post(address("change", item), {"do": "accept"}).status_code == 403
    assert client.get(UPLOAD).status_code == 403
    for page in ("correct", "undo"):
        assert client.get(address(page, batch)).status_code == 403


def test_each_page_asks_a_fixed_number_of_questions(desk, owner, editor, django_capture_on_commit_callbacks):
    def take(first: int, last: int) -> ImportBatch:
        with django_capture_on_commit_callbacks(execute=True):
            return uploads.take([news(number) for number in range(first, last)], owner=owner, by=editor)

    few = take(0, 1)
    urls = [BATCHES, reverse("admin:importer_importitem_changelist"), address("change", few), UPLOAD]
    urls += [address("change", few.items.first()), address("progress", few)]
    before = {url: queries_of(desk, url) for url in urls}
    many = take(1, 31)
    swapped = {
        address("change", few): address("change", many),
        address("progress", few): address("progress", many),
        address("change", few.items.first()): address("change", many.items.first()),
    }
    after = {url: queries_of(desk, swapped.get(url, url)) for url in urls}
    assert after == before
    assert max(after.values()) <= 15, after
