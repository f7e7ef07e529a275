"""Collected files are sent as they are, compressed where that is taken; nothing else of the disk is."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

TEXT = b"a { color: red }" * 100


@pytest.fixture
def collected():
    """A stylesheet among the collected files, with its compressed copy."""
    folder = Path(settings.STATIC_ROOT, "tested")
    folder.mkdir(exist_ok=True)
    names = ("plain.css", "plain.css.gz")
    (folder / names[0]).write_bytes(TEXT)
    (folder / names[1]).write_bytes(gzip.compress(TEXT))
    yield "/static/tested/plain.css"
    for name in names:
        (folder / name).unlink()
    folder.rmdir()


def test_a_file_collected_is_sent(collected):
    client = Client()
    for _again in range(2):
        plain = client.get(collected)
        assert (plain.status_code, b"".join(plain)) == (200, TEXT)
        packed = client.get(collected, headers={"Accept-Encoding": "gzip"})
        assert (packed["Content-Encoding"], gzip.decompress(b"".join(packed))) == ("gzip", TEXT)
        since = client.get(collected, headers={"If-Modified-Since": plain["Last-Modified"]})
        assert since.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["none.css", "../unioncms.sqlite3", "tested", "tested/", "plain.css.gz/..", "%00"])
def test_nothing_else_is(collected, name):
    assert Client().get(f"/static/{name}").status_code == 404
