"""What holds of reading any file: it is pure, refuses only with UnreadableFile, and makes nothing up."""

from collections import Counter
from html import unescape
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.document import fold
from importer.readers import reader_for
from importer.readers.decoding import decode
from tests.importer.mutations import mutant
from tests.importer.output_schema import pages, read
from tests.importer.page_words import page_text

MARKUP = (b"<", b"PK", b"%PDF")


def bare(text: str) -> str:
    """Folded, without white space and what is never seen, so that only words and marks are compared."""
    return "".join(char for char in fold(text) if char.isprintable() and not char.isspace())


def made_up(raw: bytes, row: dict) -> list[str]:
    """What the output says that the input does not: characters of text fields, parts of the body, lines."""
    printed = decode(raw).text
    given = Counter(bare(unescape(printed))) | Counter(bare(printed))
    lines = (
        {line.number for line in reader_for(raw, row["id"]).read(raw, row["id"]).lines} if row["articles"] else set()
    )
    wrong = []
    for article in row["articles"]:
        body = bare(article["body"])
        for name in ("title", "kicker", "author_title", "body"):
            more = Counter(bare(article[name] or "")) - given
            wrong += [f"{name} has {more}"] if more else []
        parts = [heading["heading"] for heading in article["outline"]]
        parts += [target["sentence"] for target in article["targets"]]
        wrong += [f"not in the body: {part}" for part in parts if bare(part) not in body]
        wrong += [
            f"an object that is not in its sentence: {target['object']}"
            for target in article["targets"]
            if Counter(bare(target["object"] or "")) - Counter(bare(target["sentence"]))
        ]
        spoken = [*article["outline"], *article["targets"], *article["evidence"].values()]
        wrong += [f"no such line: {part}" for part in spoken if part["line"] is not None and part["line"] not in lines]
    return wrong


def twice(raw: bytes) -> dict:
    """The output, read two times: it must be the same but for the seconds."""
    first, second = read(raw), read(raw)
    assert first | {"seconds": 0} == second | {"seconds": 0}
    return first


@settings(max_examples=100)
@given(st.binary(max_size=800) | st.binary(max_size=60).map(lambda raw: raw * 30))
def test_any_bytes(raw):
    twice(raw)


@settings(max_examples=200)
@given(page_text(), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text(text, encoding):
    raw = text.encode(encoding, "replace")
    row = twice(raw)
    assert made_up(raw, row) == [] if row["reader"] == "text" else True


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_damaged_pages(number):
    twice(mutant(number)[1])


@pytest.mark.parametrize(
    "file",
    [file for file in pages() if not file.read_bytes()[:9].lstrip().startswith(MARKUP)],
    ids=lambda file: file.name,
)
def test_nothing_is_made_up(file):
    """Whole, and with its lines in another order."""
    raw = file.read_bytes()
    assert made_up(raw, twice(raw)) == []
    lines = decode(raw).text.split("\n")
    Random(file.name).shuffle(lines)
    raw = "\n".join(lines).encode()
    assert made_up(raw, twice(raw)) == []
