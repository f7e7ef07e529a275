"""Bodies: what may stay, the words they hold, the canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import canonical, canonical_map
from articles.html import clean, count_characters, plain_text


def test_cleaning_keeps_structure_and_drops_what_runs_or_loads():
    dirty = (
        '<h2 id="x" class="MsoNormal">一、标题</h2><p style="color:red"><strong>粗</strong><u>线</u></p>'
        '<table><tr><td colspan="2">格</td></tr></table><img src="/media/a.jpg" alt="图">'
        '<a href="javascript:alert(1)">坏</a><a href="/articles/1/">好</a><iframe src="https://a.example"></iframe>'
        '<img src="//a.example/b.png"><style>p{}</style><div>块</div>'
    )
    assert clean(dirty) == (
        "<h2>一、标题</h2><p><strong>粗</strong><u>线</u></p>"
        '<table><tbody><tr><td colspan="2">格</td></tr></tbody></table><img src="/media/a.jpg" alt="图">'
        '<a rel="noopener noreferrer">坏</a><a href="/articles/1/" rel="noopener noreferrer">好</a>块'
    )


@pytest.mark.parametrize(
    "address", ["/\\a.example/x.png", "/\t/a.example/x.png", "/\n/a.example/x.png", "//a.example/x"]
)
def test_a_picture_from_elsewhere_in_disguise_goes(address):
    assert clean(f'<p>字<img src="{address}"></p>') == "<p>字</p>"


@given(st.text())
def test_cleaning_twice_changes_nothing(html):
    assert clean(clean(html)) == clean(html)


def test_plain_text_has_a_line_for_each_block():
    html = "<h2>一、标题</h2><p>第一段<br>换行</p><ul><li>甲</li><li>乙</li></ul>"
    html += "<table><tr><td>丙</td><td>丁</td></tr></table>"
    assert plain_text(html) == "一、标题\n第一段\n换行\n甲\n乙\n丙 丁"
    assert plain_text("  ") == ""
    assert count_characters("<p>甲 乙\n丙</p>") == 3


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="<>&"), min_size=1))
)
def test_paragraphs_come_back_as_they_were(lines):
    assert plain_text("".join(f"<p>{line}</p>" for line in lines)) == "\n".join(lines)


def test_canonical_folds_width_space_and_quotes():
    assert canonical("“职工 之家”，１００ 名") == canonical('"职工之家",100名')
    assert canonical("‘一’") == "'一'"


@given(st.text())
def test_each_canonical_character_knows_where_it_comes_from(text):
    folded, origin = canonical_map(text)
    assert folded == canonical(text)
    assert len(origin) == len(folded)
    assert origin == sorted(origin)
    assert all(char in canonical(text[place]) for char, place in zip(folded, origin, strict=True))
