"""The sentence that answers a search."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.snippets import LENGTH, highlight, highlight_title, snippet

TEXT = "全区召开会议。组织职工参加技能大赛，评选工匠；落实ＡＢＣ制度。\n技能很重要。"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["技能", "工匠"], "组织职工参加<mark>技能</mark>大赛，评选<mark>工匠</mark>；"),
        (["abc"], "落实<mark>ＡＢＣ</mark>制度。"),
        (["技能", "没有"], "组织职工参加<mark>技能</mark>大赛，评选工匠；"),
        (["没有"], html.escape(TEXT)),
    ],
)
def test_the_sentence_with_most_words(words, wanted):
    assert snippet(TEXT, words) == wanted


def test_a_long_sentence_is_cut_around_the_word():
    found = snippet("甲" * 300 + "技能" + "乙" * 300, ["技能"])
    assert found.startswith("…甲")
    assert found.endswith("乙…")
    assert "<mark>技能</mark>" in found
    assert len(re.sub(r"<.*?>", "", found)) == LENGTH + 2


def test_a_title_breaks_at_words_but_never_inside_a_mark():
    assert highlight_title("技能大赛启动", ["大赛"]) == "技能<wbr><mark>大赛</mark><wbr>启动"
    assert "<mark>能大</mark>" in highlight_title("技能大赛启动", ["能大"])


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_whatever_is_asked_the_words_stay_and_stay_harmless(text, words):
    marked = highlight(text, words)
    assert html.unescape(marked.replace("<mark>", "").replace("</mark>", "")) == text
    assert "<" not in marked.replace("<mark>", "").replace("</mark>", "")
