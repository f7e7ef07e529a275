"""Pages of many kinds, written for these tests, against what a careful reader gets (pages/pages.json).

Each file of pages/ has one entry: warnings, the collection's table, and per article every field that is not empty,
the level-1 headings, and the first and last paragraph of the text.
"""

import json
from pathlib import Path

import pytest

from importer.proposal import output, propose

PAGES = Path(__file__).parent / "pages"
GOLD = json.loads((PAGES / "pages.json").read_text("utf-8"))
LEFT_OUT = {"body", "body_html", "outline", "targets", "evidence"}


def reading(name):
    row = output(propose((PAGES / name).read_bytes(), name))
    articles = []
    for article in row["articles"]:
        paragraphs = article["body"].split("\n")
        fields = {key: value for key, value in article.items() if key not in LEFT_OUT and value not in (None, [])}
        fields["headings"] = [heading["heading"] for heading in article["outline"] if heading["level"] == 1]
        fields["text"] = [len(paragraphs), paragraphs[0], paragraphs[-1]]
        articles.append(fields)
    return {
        "encoding": row["encoding"],
        "collection": row["collection"],
        "warnings": row["warnings"],
        "articles": articles,
    }


def test_every_page_has_its_gold():
    assert sorted(GOLD) == sorted(path.name for path in PAGES.glob("*.txt"))


@pytest.mark.parametrize("name", GOLD)
def test_page(name):
    assert reading(name) == GOLD[name]
