"""Scoring: the figures of a small gold, as the script that the project is measured by gives them."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from importer.scoring import PRINTED, Score, by_stem, score

ARTICLE = {
    "kind": "plan",
    "title": "石桥镇总工会2021年工作要点",
    "title_alt": ["石桥镇总工会工作要点"],
    "organisation": "石桥镇总工会",
    "level": "township",
    "plan_year": 2021,
    "publish_date": "2021-02-03",
    "source": None,
    "author": "张三 李四",
    "editor": None,
    "breadcrumb": ["首页", "计划"],
    "prev_title": None,
    "next_title": None,
    "outline_level1": ["一、加强组织建设", "二、维护职工权益"],
    "targets": [{"number": 20, "unit": "家", "comparator": "="}, {"number": "1万", "unit": "元", "comparator": ">="}],
}
PAGE = {"number_of_articles": 1, "boilerplate_markers": ["点击:5"], "keep_markers": ["新建基层工会20家"]}
GOLD = {
    "one": {**ARTICLE, **PAGE},
    "two": {
        **PAGE,
        "kind": "collection",
        "number_of_articles": 2,
        "articles": [ARTICLE, {**ARTICLE, "title": "柳河镇总工会2022年工作要点", "plan_year": 2022}],
    },
    "other": {**ARTICLE, **PAGE, "kind": "other"},
    "empty": {**PAGE, "kind": "other", "articles": [], "number_of_articles": 0},
}
PLAN = {
    "kind": "plan",
    "title": "石桥镇总工会工作要点",
    "organization": "石桥镇总工会",
    "level": "town",
    "plan_year": 2021,
    "published_on": "2021-02-03",
    "source": "工人报",
    "author": "李四、张三",
    "editor": None,
    "channel": ["首页", "计划"],
    "outline": [{"level": 1, "heading": "加强组织建设"}, {"level": 2, "heading": "维护职工权益"}],
    "targets": [
        {"number": 20, "unit": "家", "comparator": "=", "kind": "target"},
        {"number": 10000, "unit": "元", "comparator": "=", "kind": "target"},
        {"number": 7, "unit": "次", "comparator": "=", "kind": "achieved"},
    ],
    "body": "新建基层工会 20家。点击:5",
}
ROWS = [
    {"id": "a/one.txt", "articles": [PLAN], "warnings": []},
    {"id": "two.html", "articles": [{**PLAN, "body": "新建基层工会20家"}, {**PLAN, "title": "别的"}], "warnings": []},
    {"id": "other.txt", "articles": [{"kind": "other"}], "warnings": ["not_union: no"]},
    {"id": "empty.txt", "articles": [], "warnings": ["unreadable_empty: empty"]},
]
OVERALL = 0.75
EMPTY = 0.14285714285714285
FIGURES = {
    "kind": 1.0,
    "level": 1.0,
    "count, one": 1.0,
    "count, several": 1.0,
    "body kept": 1.0,
    "boilerplate leak": 1.0,
    "other flagged": 1.0,
    "wrongly flagged": 0.0,
    "flags": 1.0,
    "title F1": 0.666667,
    "organisation F1": 1.0,
    "plan_year F1": 0.666667,
    "publish_date F1": 1.0,
    "source F1": 0.0,
    "author F1": 1.0,
    "editor F1": 1.0,
    "breadcrumb F1": 1.0,
    "prev_title F1": 1.0,
    "next_title F1": 1.0,
    "outline-1 F1": 0.666667,
    "target F1": 0.5,
    "target (no comparator) F1": 1.0,
}


def perfect(gold: dict) -> dict:
    """What a faultless importer would print for each page."""
    names = dict(PRINTED)
    rows = {}
    for page, doc in gold.items():
        articles = []
        for one in doc.get("articles", [doc]):
            article = {names.get(name, name): value for name, value in one.items()}
            article["outline"] = [{"level": 1, "heading": heading} for heading in one["outline_level1"]]
            articles.append({**article, "body": "\n".join(doc["keep_markers"])})
        rows[page] = {"id": page, "articles": articles, "warnings": [] if articles else ["empty"]}
    return rows


def test_a_faultless_output_scores_one_in_everything():
    result = score(GOLD, perfect(GOLD))
    assert result.overall == 1.0
    figures = {name: figure for name, figure in result.figures.items() if figure != 1.0}
    assert figures == {"boilerplate leak": 0.0, "wrongly flagged": 0.0}


@pytest.mark.parametrize("rows", [{}, {page: {"id": page, "articles": [], "warnings": []} for page in GOLD}])
def test_an_empty_output_scores_only_what_the_page_does_not_state(rows):
    assert score(GOLD, rows).overall == pytest.approx(EMPTY)


def test_a_faulty_output_scores_what_the_measuring_script_gives():
    result = score(GOLD, by_stem(ROWS))
    assert result.overall == pytest.approx(OVERALL)
    assert {name: round(figure, 6) for name, figure in result.figures.items()} == FIGURES


def test_precision_and_recall_are_told_apart():
    tallies = score(GOLD, by_stem(ROWS)).tallies
    headings, sources = tallies["outline-1"], tallies["source"]
    assert (headings.precision, headings.recall) == (1.0, 0.5)
    assert (sources.precision, sources.recall) == (0.0, 1.0)
    assert Score().tallies["title"].f1 == 1.0


def test_the_command_prints_every_field_and_the_wrong_values_of_one(tmp_path):
    (tmp_path / "pred.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    out = io.StringIO()
    call_command("score_import", tmp_path / "pred.jsonl", tmp_path / "gold.json", detail="title", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "two title: wanted '柳河镇总工会2022年工作要点', got '别的'"
    assert lines[-1].split() == ["OVERALL", f"{OVERALL:.3f}"]
    assert ["title", "0.667", "0.667", "0.667"] in [line.split() for line in lines]


def test_a_file_that_is_not_there_or_no_json_is_said(tmp_path):
    (tmp_path / "gold.json").write_text("{", encoding="utf-8")
    for printed in ("nowhere.jsonl", "gold.json"):
        with pytest.raises(CommandError) as refused:
            call_command("score_import", tmp_path / printed, tmp_path / "gold.json")
        assert refused.value.returncode == 2
