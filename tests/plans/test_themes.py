"""Themes of clauses: the gold's headings, and headings of other pages."""

import json

import pytest

from plans.grammar.outline import read_outline
from plans.grammar.themes import THEME_NAMES, assign_themes
from tests.plans.gold import ARTICLES, ROOT

# What only a reader of the whole page would say: secondary themes that one passing phrase of the body speaks for,
# or a heading whose words name another theme than its purpose.
LEAST_EQUAL, LEAST_PRIMARY, OF = 63, 71, 72


def clauses():
    """The gold's headings that have themes, with the words below each: inline items and text up to the next."""
    for _, article, found in ARTICLES:
        gold = {
            (row["text"], row["line"]): row["themes"]
            for top in article["outline"]
            for row in (top, *top.get("children", []))
            if row.get("themes")
        }
        headings = read_outline(found)
        for at, row in enumerate(headings):
            if (row.heading, row.line) not in gold:
                continue
            below = headings[at + 1 :]
            end = next((n for n, other in enumerate(below) if other.level <= row.level), len(below))
            stop = (below[end].paragraph, below[end].start) if end < len(below) else (len(found), 0)
            if row.style == "inline" and stop[0] > row.paragraph:
                stop = (row.paragraph, len(found[row.paragraph].text))
            body = [found[row.paragraph].text[row.end : stop[1] if stop[0] == row.paragraph else None]]
            body += [found[n].text for n in range(row.paragraph + 1, min(stop[0], len(found)))]
            if row.paragraph < stop[0] < len(found):
                body.append(found[stop[0]].text[: stop[1]])
            yield row.heading, [other.heading for other in below[:end]], "\n".join(body), gold[row.heading, row.line]


def test_gold_themes():
    rows = [(want, [THEME_NAMES[code] for code in assign_themes(*words)]) for *words, want in clauses()]
    assert len(rows) == OF
    assert sum(got == want for want, got in rows) >= LEAST_EQUAL
    assert sum(got[:1] == want[:1] for want, got in rows) >= LEAST_PRIMARY


HEADINGS = {
    "强化思想政治引领,凝聚职工奋进力量": "ideology",
    "深入学习宣传贯彻党的二十大精神": "ideology",
    "广泛开展劳动和技能竞赛,弘扬劳模精神": "merit",
    "实施职工素质提升工程,培养高技能人才": "skills",
    "健全集体协商制度,构建和谐劳动关系": "rights",
    "加大困难职工帮扶力度,做实送温暖工作": "support",
    "推进新就业形态劳动者建会入会": "organisation",
    "加强工会干部队伍建设": "self",
    "建设智慧工会,推动工会工作数字化": "digital",
    "深化产业工人队伍建设改革": "reform",
    "规范工会经费收缴,加强经审监督": "finance",
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading_alone(heading):
    assert assign_themes(heading, [], "")[:1] == [HEADINGS[heading]]


def test_unclear_words_get_no_theme():
    assert assign_themes("有关事项", [], "请各单位于本周五前报送。") == []


def test_heading_outweighs_body():
    body = "开展劳动竞赛,组织技能培训。"
    assert assign_themes("做好困难职工帮扶", [], body)[0] == "support"


def test_at_most_three():
    heading = "劳动竞赛 技能培训 集体协商 困难职工帮扶 建会入会 思想引领"
    assert len(assign_themes(heading, [], "")) == 3


def test_fixture_holds_every_theme():
    rows = json.loads((ROOT / "fixtures/themes.json").read_text("utf-8"))
    assert {row["pk"]: row["fields"]["name"] for row in rows} == THEME_NAMES
    assert {row["model"] for row in rows} == {"plans.theme"}
