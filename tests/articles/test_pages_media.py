"""Files for the public: known ones only, and harmless."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from articles.models import MediaFile
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def make_file(name, media_type, content=b"content of a file"):
    digest = hashlib.sha256(content).hexdigest()
    row = MediaFile(
        owner=make_organization(),
        kind="image" if media_type.startswith("image/") else "attachment",
        original_name=name,
        sha256=digest,
        media_type=media_type,
        size=len(content),
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
