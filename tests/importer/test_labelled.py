"""The labelled pages in our own words, their gold written before the rules that read them (development/, strangers/).

The floors are a little below what the importer reaches: `manage.py score_import` shows the figures and every miss.
"""

import json
from pathlib import Path

import pytest

from importer.scoring import by_stem, score
from tests.importer.output_schema import read

HERE = Path(__file__).parent
FOLDERS = [HERE / "development", *sorted((HERE / "strangers").glob("?"))]
FLOOR = 0.95


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder_result(request):
    return _scored([request.param])


@pytest.fixture(scope="module")
def result():
    return _scored(FOLDERS)


def _scored(folders):
    gold, rows = {}, []
    for folder in folders:
        labels = json.loads((folder / "gold.json").read_text("utf-8"))
        files = sorted(file for file in folder.iterdir() if file.suffix != ".json")
        assert {file.stem for file in files} == set(labels)
        gold |= labels
        rows += [read(file.read_bytes(), file.name) for file in files]
    return score(gold, by_stem(rows))


def test_each_set_is_read_as_a_careful_reader_reads_it(folder_result):
    assert folder_result.overall >= FLOOR


@pytest.mark.parametrize(
    "name", ["title", "organisation", "plan_year", "publish_date", "source", "author", "editor", "outline-1", "target"]
)
def test_no_field_falls_behind(result, name):
    assert result.tallies[name].f1 >= FLOOR


@pytest.mark.parametrize("name", ["kind", "level", "body kept", "other flagged"])
def test_pages_are_told_apart_and_kept_whole(result, name):
    assert result.rate(name) >= FLOOR


def test_little_of_the_sites_own_words_is_left_and_no_unions_page_is_refused(result):
    assert result.rate("boilerplate leak") <= 0.02
    assert result.rate("wrongly flagged") == 0
