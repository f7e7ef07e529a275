"""The labelled development pages (development/, in our own words), their gold written before the rules that read them.

The floors are a little below what the importer reaches: `manage.py score_import` shows the figures and every miss.
"""

import json
from pathlib import Path

import pytest

from importer.scoring import by_stem, score
from tests.importer.output_schema import read

FOLDER = Path(__file__).parent / "development"
GOLD = json.loads((FOLDER / "gold.json").read_text("utf-8"))
FLOOR = 0.93


@pytest.fixture(scope="module")
def result():
    files = sorted(file for file in FOLDER.iterdir() if file.suffix != ".json")
    assert {file.stem for file in files} == set(GOLD)
    return score(GOLD, by_stem([read(file.read_bytes(), file.name) for file in files]))


def test_the_development_pages_are_read_as_a_careful_reader_reads_them(result):
    assert result.overall >= 0.97


@pytest.mark.parametrize(
    "name", ["title", "organisation", "plan_year", "publish_date", "source", "author", "editor", "outline-1", "target"]
)
def test_no_field_falls_behind(result, name):
    assert result.tallies[name].f1 >= FLOOR


@pytest.mark.parametrize("name", ["kind", "level", "body kept", "other flagged"])
def test_pages_are_told_apart_and_kept_whole(result, name):
    assert result.rate(name) >= FLOOR


def test_little_of_the_sites_own_words_is_left_and_no_unions_page_is_refused(result):
    assert result.rate("boilerplate leak") <= 0.03
    assert result.rate("wrongly flagged") == 0
