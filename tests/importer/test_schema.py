"""What the importer prints keeps to its contract, whatever the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from importer.readers.unreadable import SENTENCES
from tests.importer.output_schema import VALIDATOR, faults, pages, read
from tests.importer.page_words import page_text


def test_the_schema_is_one():
    Draft202012Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize("file", pages(), ids=lambda file: file.name)
def test_every_page(file):
    assert faults(read(file.read_bytes(), file.name)) == []


@settings(max_examples=200)
@given(page_text())
def test_any_text(text):
    assert faults(read(text.encode("utf-8", "surrogatepass"))) == []


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    assert faults(read(raw)) == []


def test_it_refuses_what_the_contract_does():
    row = read("石桥镇总工会2021年工作要点\n全年新建基层工会20家,发展会员500名。\n".encode())
    article = row["articles"][0]
    assert faults(row) == []
    broken = {
        "an empty string": {"author": ""},
        "a placeholder": {"source": "未知"},
        "a kind nobody knows": {"kind": "plans"},
        "a field nobody knows": {"auther": "张三"},
        "a day that is none": {"published_on": "2021-02-30"},
        "a time of no zone": {"published_at": "2021-02-03T08:00:00"},
        "a figure that is none": {"targets": [article["targets"][0] | {"number": None, "kind": "target"}]},
    }
    accepted = [name for name, change in broken.items() if not faults(row | {"articles": [article | change]})]
    assert accepted == []


def test_unreadable_files_print_their_line_too():
    for raw in (b"", b"\0\0", b"%PDF-1.4 nothing more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90):
        row = read(raw)
        assert (faults(row), row["articles"], len(row["warnings"])) == ([], [], 1)
        assert row["warnings"][0].partition(":")[0].removeprefix("unreadable_") in SENTENCES
