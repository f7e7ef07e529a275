"""The invented records: the same for the same seed, in the shape of records, the planted words as they are told."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bench.records import LONGEST, SHORTEST, about, lines

COUNT = 600
SCHEMA = Path(__file__).parents[2] / "importer/records/schema.json"


@pytest.fixture(scope="module")
def records() -> list[dict]:
    return [json.loads(line) for line in lines(COUNT, 5)]


def test_the_same_seed_makes_the_same_bytes_and_another_others():
    assert list(lines(30, 5)) == list(lines(30, 5))
    assert list(lines(30, 5))[20:] == list(lines(30, 5, first=20))
    assert list(lines(30, 5)) != list(lines(30, 6))


def test_they_are_records(records):
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [fault.message for one in records for fault in validator.iter_errors(one)] == []
    assert len({one["id"] for one in records}) == COUNT
    lengths = [len(re.sub("<[^>]+>", "", one["body_html"])) for one in records]
    assert min(lengths) >= SHORTEST and max(lengths) <= LONGEST


def test_every_tenth_is_a_plan_of_its_own_body_year_and_subject(records):
    plans = [one for one in records if one["kind"] == "plan"]
    assert len(plans) == about(COUNT, 5)["plans"] == COUNT // 10
    names = {(one["organization"], tuple(map(str, one["organization_above"])), one["year"]) for one in plans}
    assert len(names) == len(plans)
    for one in plans:
        for section in one["sections"]:
            assert section["heading"] in one["body_html"]
            assert all(target["quote"] in section["text"] for target in section["targets"])


def test_planted_words_stand_as_often_as_told(records):
    told = about(COUNT, 5)
    texts = [one["body_html"] + one["title"] for one in records]
    for planted in told["words"].values():
        assert sum(planted["word"] in text for text in texts) == planted["count"]
    first, second = told["pair"]["words"]
    assert [sum(word in text for text in texts) for word in (first, second)] == told["pair"]["counts"]
    assert sum(first in text and second in text for text in texts) == told["pair"]["both"]
    assert [told["words"][name]["count"] for name in ("rare", "hundredth", "eighth", "every")] == [17, 6, 72, COUNT]
