"""Files for the public: known ones only, and harmless."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from articles import renditions
from articles.models import MediaFile
from tests.articles.pictures import photograph
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def make_file(name, media_type, content=b"content of a file"):
    digest = hashlib.sha256(content).hexdigest()
    size = {"width": 1000, "height": 750} if len(content) > renditions.LIGHT else {}
    row = MediaFile(
        owner=make_organization(),
        kind="image" if media_type.startswith("image/") else "attachment",
        original_name=name,
        sha256=digest,
        media_type=media_type,
        size=len(content),
        **size,
    )
    row.file.save(name, ContentFile(content))
    return row


def fetch(client, url, **headers):
    """The response with its file read, which closes it."""
    response = client.get(url, headers=headers)
    response.content_read = b"".join(response) if response.streaming else response.content
    return response


def test_a_picture_is_shown_in_place(client):
    response = fetch(client, make_file("会场.png", "image/png").file.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert not response.headers.get("Content-Disposition", "inline").startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.content_read == b"content of a file"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/pdf", "text/plain"])
def test_anything_else_is_saved_under_its_own_name(client, media_type):
    response = fetch(client, make_file("附件.txt", media_type).file.url)
    disposition = response.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''%E9%99%84%E4%BB%B6.txt"


def test_a_browser_that_has_it_is_not_sent_it_again(client):
    url = make_file("a.png", "image/png").file.url
    etag = fetch(client, url).headers["ETag"]
    assert fetch(client, url, **{"If-None-Match": etag}).status_code == 304
    assert fetch(client, url, If_None_Match='"another"').status_code == 200


def test_only_known_files_are_served(client, settings):
    known = make_file("a.png", "image/png")
    (settings.MEDIA_ROOT / "stray.txt").write_text("not ours")
    assert client.get("/media/stray.txt").status_code == 404
    assert client.get("/media/../settings.py").status_code == 404
    known.file.storage.delete(known.file.name)
    assert client.get(known.file.url).status_code == 404


def test_a_rendition_is_served_like_its_original(client):
    media = make_file("会场.JPG", "image/jpeg", photograph().read())
    renditions.make(media)
    narrow, *_, wide = renditions.copies_of(media)
    response = fetch(client, narrow.address)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Disposition"] == "inline; filename*=utf-8''%E4%BC%9A%E5%9C%BA.webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content_read == Path(media.file.storage.path(narrow.name)).read_bytes()
    etags = [fetch(client, url).headers["ETag"] for url in (media.file.url, narrow.address, wide.address)]
    assert len(set(etags)) == 3
    assert fetch(client, narrow.address, **{"If-None-Match": etags[1]}).status_code == 304
    assert fetch(client, narrow.address, **{"If-None-Match": etags[0]}).status_code == 200


def test_a_missing_rendition_is_answered_by_the_original_for_a_while(client):
    media = make_file("会场.jpg", "image/jpeg", photograph().read())
    address = renditions.copies_of(media)[0].address
    response = fetch(client, address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert response.content_read == fetch(client, media.file.url).content_read
    renditions.make(media)
    assert fetch(client, address, **{"If-None-Match": response.headers["ETag"]}).headers["Content-Type"] == "image/webp"


def test_renditions_of_unknown_pictures_are_not_served(client):
    media = make_file("会场.jpg", "image/jpeg", photograph().read())
    renditions.make(media)
    address = renditions.copies_of(media)[0].address
    assert client.get(address.replace("-480", "-481")).status_code == 404
    assert client.get(f"{address}.part").status_code == 404
    media.delete()
    assert client.get(address).status_code == 404
    assert client.get("/media/-480.webp").status_code == 404


def test_a_file_costs_one_query(client, django_assert_num_queries):
    media = make_file("会场.jpg", "image/jpeg", photograph().read())
    for address in (media.file.url, renditions.copies_of(media)[0].address):
        with django_assert_num_queries(1):
            fetch(client, address)
