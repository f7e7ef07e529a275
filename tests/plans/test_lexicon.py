"""Word lists made into patterns."""

import re

import pytest

from plans.grammar.lexicon import any_of, cue_of

WORDS = r"浏览 大[\s|]*中 赞 \.(?:com|cn) A[+-] 新的?一年 件(?<=[一几]件) 20\d\d年"


@pytest.mark.parametrize(
    "text",
    [
        "请浏览",
        "字号大 中 小",
        "点赞",
        "gh.cn",
        "大A+",
        "新一年",
        "新的一年",
        "几件",
        "在2020年",
        "赞",
        "浏 览",
        "大小",
        "两件",
        "2020",
        "",
    ],
)
def test_a_cue_is_there_where_one_of_the_words_is(text):
    assert bool(cue_of(WORDS).search(text)) == bool(re.search(any_of(WORDS), text))
