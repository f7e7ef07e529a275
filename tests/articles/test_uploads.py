"""Uploaded files: what their bytes say they are."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from articles.uploads import read_type, store
from tests.factories import make_organization

from .pictures import file, picture


def word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def test_a_word_file_is_known_by_what_it_holds():
    assert read_type(file("a.bin", word_file()), "a.bin").suffix == ".docx"


def test_a_word_file_with_a_broken_directory_is_called_damaged():
    data = word_file()
    with pytest.raises(ValidationError) as refused:
        read_type(file("坏.docx", data.replace(b"PK\x01\x02", b"XX\x01\x02")), "坏.docx")
    assert refused.value.code == "broken"


@pytest.mark.django_db
def test_the_same_picture_uploaded_twice_has_one_address_that_answers(client):
    owner = make_organization()
    first, second = (store(picture(), owner=owner, by=None, alt="会场") for _ in range(2))
    assert (first.pk != second.pk, first.file.url) == (True, second.file.url)
    for row in (first, second):
        response = client.get(row.file.url)
        assert (response.status_code, b"".join(response)[:4]) == (200, b"\x89PNG")
    assert client.get("/media/00/none.png").status_code == 404
