"""Pictures, attachments and collections at the desk."""

import pytest
from django.urls import reverse

from articles.models import Collection, MediaFile
from tests.articles.desk_form import upload
from tests.articles.pictures import file, picture
from tests.factories import make_article, make_organization

# Pictures and attachments


def test_a_picture_is_stored_under_a_name_made_from_its_bytes(desk, owner, editor):
    answer = upload(desk, picture("劳模合影.PNG"), caption="合影", owner=owner.pk).json()
    media = MediaFile.objects.get()
    assert answer == {"id": media.pk, "url": media.file.url, "alt": "会场", "caption": "合影"}
    assert media.file.name == f"{media.sha256[:2]}/{media.sha256[2:34]}.png"
    assert (media.original_name, media.media_type, media.width, media.height) == ("劳模合影.PNG", "image/png", 60, 40)
    assert (media.owner, media.uploaded_by) == (owner, editor)
    upload(desk, picture("再传一次.png"), owner=owner.pk)
    assert len({row.file.name for row in MediaFile.objects.all()}) == 1
    assert [row["id"] for row in desk.get("/admin/articles/mediafile/pictures/?q=合影").json()["pictures"]] == [
        media.pk
    ]


def test_the_type_is_what_the_bytes_say(desk, owner):
    upload(desk, picture("其实是JPEG.png", kind="JPEG"), owner=owner.pk)
    assert MediaFile.objects.get().media_type == "image/jpeg"
    upload(desk, file("附件.bin", b"%PDF-1.7\n%%EOF"), owner=owner.pk)
    assert MediaFile.objects.get(kind="attachment").file.name.endswith(".pdf")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (("脚本.png", b"<script>alert(1)</script>"), {}),
        (("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), {}),
        (("断.png", None), {}),
        (("程序.exe", b"MZ" + b"\0" * 90), {}),
        (("空.png", b""), {}),
        (("包.docx", b"PK\x03\x04nothing"), {}),
        (("好.png", "whole"), {"alt": " "}),
    ],
)
def test_a_bad_upload_gets_one_sentence_and_leaves_nothing(desk, owner, sent, words):
    name, data = sent
    whole = picture().read()
    data = whole[:60] if data is None else whole if data == "whole" else data
    answer = upload(desk, file(name, data), owner=owner.pk, **words)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert MediaFile.objects.count() == 0


def test_an_upload_over_the_limit_is_refused(desk, owner, settings):
    settings.UPLOAD_LIMIT = 100
    assert upload(desk, picture(size=(300, 300)), owner=owner.pk).status_code == 400
    settings.UPLOAD_LIMIT = 10**8
    answer = upload(desk, picture(size=(8000, 6300), kind="GIF", colour=1), owner=owner.pk)
    assert (answer.status_code, MediaFile.objects.count()) == (400, 0)


def test_nobody_uploads_for_another_organisation(desk, owner):
    assert upload(desk, picture(), owner=make_organization().pk).status_code == 400
    assert MediaFile.objects.count() == 0


def test_the_media_page_takes_a_picture_too(desk, owner):
    desk.post("/admin/articles/mediafile/add/", {"file": picture(), "alt": "会场", "caption": "", "owner": owner.pk})
    media = MediaFile.objects.get()
    desk.post(reverse("admin:articles_mediafile_change", args=[media.pk]), {"alt": "主会场", "caption": "图注"})
    media.refresh_from_db()
    assert (media.alt, media.caption) == ("主会场", "图注")
    page = reverse("admin:articles_mediafile_change", args=[media.pk])
    response = desk.post(page, {"alt": " ", "caption": "图注"})
    assert list(response.context["adminform"].form.errors) == ["alt"]


# Collections


def test_a_collection_keeps_its_entries_in_order_and_lets_them_change_places(desk, owner):
    first, second = make_article("甲", owner=owner), make_article("乙", owner=owner)

    def send(address, rows, **more):
        data = {"title": "座谈会发言", "is_public": "on", "owner": owner.pk, "_continue": "1", **more}
        data |= {"entries-TOTAL_FORMS": len(rows), "entries-INITIAL_FORMS": sum("id" in row for row in rows)}
        for number, row in enumerate(rows):
            data |= {f"entries-{number}-{name}": value for name, value in row.items()}
        return desk.post(address, data)

    rows = [
        {"position": "", "article": first.pk},
        {"position": "", "article": second.pk},
        {"position": "", "title": "缺"},
    ]
    send("/admin/articles/collection/add/", rows)
    collection = Collection.objects.get()
    assert collection.slug == "zuo-tan-hui-fa-yan"
    entries = list(collection.entries.all())
    assert [(entry.position, str(entry)) for entry in entries] == [(1, "甲"), (2, "乙"), (3, "缺")]
    swapped = [
        {"id": entries[0].pk, "collection": collection.pk, "position": 2, "article": first.pk},
        {"id": entries[1].pk, "collection": collection.pk, "position": 1, "article": second.pk},
        {"id": entries[2].pk, "collection": collection.pk, "position": 3, "title": "缺"},
    ]
    send(reverse("admin:articles_collection_change", args=[collection.pk]), swapped)
    assert [str(entry) for entry in collection.entries.all()] == ["乙", "甲", "缺"]


def test_another_organisations_draft_cannot_be_put_into_a_collection(desk, owner):
    theirs = make_article("别家的草稿", owner=make_organization(), public=False)
    held = make_article("原有的草稿", owner=make_organization(), public=False)
    collection = Collection.objects.create(title="文集", slug="wenji", owner=owner)
    entry = collection.entries.create(position=1, article=held)
    page = reverse("admin:articles_collection_change", args=[collection.pk])
    data = {"title": "文集", "owner": owner.pk, "entries-INITIAL_FORMS": 1, "_continue": "1"}
    data |= {"entries-0-id": entry.pk, "entries-0-collection": collection.pk, "entries-0-position": 1}
    data |= {"entries-0-article": held.pk, "entries-1-position": 2, "entries-1-article": theirs.pk}
    response = desk.post(page, data | {"entries-TOTAL_FORMS": 2})
    assert response.status_code == 200
    assert "别家的草稿" not in response.content.decode()
    assert desk.post(page, data | {"entries-TOTAL_FORMS": 1}).status_code == 302
    assert [row.article for row in collection.entries.all()] == [held]
