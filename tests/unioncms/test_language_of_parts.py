"""Chinese words in a page in another language are marked, and nothing else in it is touched."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncms.language_of_parts import mark_chinese


def zh(words: str) -> str:
    return f'<span lang="zh-CN">{words}</span>'


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Union of 某市总工会</p>", f"<p>Union of {zh('某市总工会')}</p>"),
        ("<li>2019年工作要点（试行）。 2 plans", f"<li>{zh('2019年工作要点（试行）。')} 2 plans"),
        ("<h1 lang=zh-CN>工会<b>要点</b></h1><p>要点</p>", f"<h1 lang=zh-CN>工会<b>要点</b></h1><p>{zh('要点')}</p>"),
        ('<p lang="zh-CN">工会<i lang="en">x 工会</i></p>', f'<p lang="zh-CN">工会<i lang="en">x {zh("工会")}</i></p>'),
        ('<img alt="工会 > 要点"><br>工会', f'<img alt="工会 > 要点"><br>{zh("工会")}'),
        ("<title>工会</title><option>工会</option>", "<title>工会</title><option>工会</option>"),
        ('<script>var 名 = "<b>";</script>工会', f'<script>var 名 = "<b>";</script>{zh("工会")}'),
        ("<!-- 工会 <p> --></div>工会", f"<!-- 工会 <p> --></div>{zh('工会')}"),
        ("no Chinese, 12 %", "no Chinese, 12 %"),
    ],
)
def test_marked(html, marked):
    assert mark_chinese(html) == marked


PIECES = [
    "<b>",
    "</b>",
    '<p lang="zh-CN" title="工会 > 1">',
    "</p>",
    "<br>",
    "工会",
    "要点，",
    "2",
    " a ",
    "&lt;工",
    "<",
    ">",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_the_words_stay_the_words(html):
    assert lxml.html.fromstring(f"<div>{mark_chinese(html)}</div>").text_content() == (
        lxml.html.fromstring(f"<div>{html}</div>").text_content()
    )
