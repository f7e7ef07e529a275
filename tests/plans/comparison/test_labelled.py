"""The comparison against pairs of plans that were labelled before it was written."""

import json
from pathlib import Path

import pytest

from .scoring import score

HERE = Path(__file__).parent


@pytest.mark.parametrize(("file", "least"), [("pairs_seen.json", 0.9), ("pairs_kept.json", 0.85)])
def test_the_labelled_rows_come_out_as_they_are(file, least):
    """The kept half stands beside the seen one once the comparison is done; until then there is nothing to ask."""
    if not (HERE / file).exists():
        pytest.skip("kept aside")
    accuracy, wrong = score(json.loads((HERE / file).read_text()))
    assert accuracy >= least, wrong
