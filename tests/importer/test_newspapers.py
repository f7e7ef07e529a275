"""Whole pages of newspapers: each report is an article with its title, authors and day; a feature stays one article."""

import json
from pathlib import Path

import pytest

from importer.proposal import output, propose

PAPERS = Path(__file__).parent / "papers"
GOLD = json.loads((PAPERS / "gold_P.json").read_text())


def articles(name):
    return output(propose((PAPERS / f"{name}.txt").read_bytes(), f"{name}.txt"))["articles"]


def without_spaces(text):
    return text and "".join(text.split())


@pytest.mark.parametrize("name", GOLD)
def test_page(name):
    pages = GOLD[name].get("articles", [GOLD[name]])
    read = articles(name)
    assert len(read) == len(pages)
    for article, gold in zip(read, pages, strict=True):
        assert without_spaces(article["title"]) in [gold["title"], *gold["title_alt"]]
        assert without_spaces(article["author"]) == without_spaces(gold["author"])
        assert article["published_on"] in [gold["publish_date"], *gold.get("publish_date_alt", [])]
        assert gold["begins"] in article["body"][:70]
        if gold["organisation"]:
            assert article["organization"] == gold["organisation"]


def test_a_byline_above_and_a_credit_below_are_of_one_text():
    page = (
        "一个车间的夜晚\n通讯员 王小明\n4月3日夜里，东江县总工会的流动服务车开进了车间，为夜班职工送去热饭和药品。"
        "\n\n灯下的人\n大家围着车说话，说到孩子，说到老家的田，一直说到交班的铃声响起来。（李大海）"
    )
    assert len(output(propose(page.encode(), "page.txt"))["articles"]) == 1
