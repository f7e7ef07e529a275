"""Bodies with anchors, headings, contents and tables."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import canonical
from articles.extensions import Mark
from articles.html import clean, plain_text
from articles.rendering import render_body

BODY = (
    "<h2>一、组织建设</h2><p>全年新建<strong>20家</strong>工会， 发展会员1000名。</p>"
    "<h3>（一）建会</h3><p>力争达到90%以上。</p>"
)


def words_at(html, anchor):
    """The text from the element with the id to where its marks end."""
    found = lxml.html.fragment_fromstring(html, create_parent="div").get_element_by_id(anchor)
    return found.text_content()


def mark(text, quote, anchor, kind="target"):
    start = canonical(text).index(canonical(quote))
    return Mark(start, start + len(canonical(quote)), anchor, kind)


def test_headings_are_numbered_and_listed():
    rendered = render_body(BODY)
    assert [(e.id, e.level, e.number, e.text) for e in rendered.contents] == [
        ("s1", 1, "一、", "组织建设"),
        ("s2", 2, "（一）", "建会"),
    ]
    assert '<h2 id="s1" class="numbered"><span class="no">一、</span><span>组织<wbr>建设</span></h2>' in rendered.html


def test_a_clause_gives_its_id_to_the_heading():
    text = plain_text(BODY)
    rendered = render_body(BODY, [mark(text, "一、组织建设", "c1", "clause")])
    assert rendered.contents[0].id == "c1"
    assert rendered.html.count('id="c1"') == 1


def test_a_clause_that_begins_after_the_number_names_the_heading_too():
    rendered = render_body(BODY, [mark(plain_text(BODY), "组织建设", "c1", "clause")])
    assert rendered.contents[0].id == "c1"


def test_headings_and_clauses_link_to_themselves():
    """A heading's link is its own words, so that both are called the same."""
    text = plain_text(BODY)
    html = render_body(BODY, [mark(text, "力争达到90%以上", "c2", "clause")], permalinks=True).html
    link = '<a class="here numbered" href="#s1"><span class="no">一、</span><span>组织<wbr>建设</span></a>'
    assert f'<h2 id="s1">{link}</h2>' in html
    assert '<p id="c2">力争达到90%以上。<a class="here" href="#c2" aria-label="力争达到90%以上。"></a></p>' in html
    assert 'class="here"' not in render_body('<h2>见<a href="/">首页</a></h2>', permalinks=True).html


def test_a_long_clause_is_called_by_its_first_words():
    body = f"<p>{'工会' * 40}</p>"
    html = render_body(body, [Mark(0, 80, "c1", "clause")], permalinks=True).html
    assert f'aria-label="{"工会" * 12}…"' in html


def test_pictures_that_follow_each_other_stand_side_by_side():
    one = '<figure><img src="/media/a.png" alt="图"><figcaption>说明</figcaption></figure>'
    html = render_body(f"<p>前</p>{one}\n{one}<p>中</p>{one}<p>后</p>").html
    assert html.count("<figure>") == 3
    gallery = html[html.index('<div class="gallery">') : html.index("</div>")]
    assert gallery.count("<figure>") == 2
    assert html.index("</div>") < html.index("<p>中</p>")


def test_a_sentence_inside_a_paragraph_becomes_a_span():
    rendered = render_body(BODY, [mark(plain_text(BODY), "发展会员1000名", "t7")])
    assert '， <span class="mark" id="t7">发展会员1000名</span>。' in rendered.html


def test_a_mark_over_bold_words_keeps_one_id():
    rendered = render_body(BODY, [mark(plain_text(BODY), "全年新建20家工会", "t1")])
    assert rendered.html.count('id="t1"') == 1
    assert (
        '<p><span class="mark" id="t1">全年新建</span><strong><span class="mark">20家</span></strong>'
        '<span class="mark">工会</span>， 发展会员1000名。</p>'
    ) in rendered.html


def test_two_targets_of_one_sentence_have_both_ids():
    text = plain_text(BODY)
    marks = [mark(text, "力争达到90%以上", "t1"), mark(text, "力争达到90%以上", "t2")]
    html = render_body(BODY, marks).html
    assert '<span class="mark" id="t1"><span class="mark" id="t2">力争达到90%以上</span></span>。' in html


def test_marks_outside_the_text_are_left_out():
    assert render_body(BODY, [Mark(9000, 9010, "t1")]).html == render_body(BODY).html


def test_a_character_that_stands_for_two_is_marked_whole():
    assert render_body("<p>零下5℃以下</p>", [Mark(2, 4, "t1")]).html == (
        '<p>零下<span class="mark" id="t1">5℃</span>以下</p>'
    )


def test_words_outside_any_block_are_escaped():
    assert render_body("&lt;script&gt; & 工会<p>职工</p>").html == "&lt;script&gt; &amp; 工会<p>职工</p>"


def test_tables_scroll_and_pictures_wait():
    html = render_body(
        '<table><tbody><tr><td>1</td></tr></tbody></table><p>后<img src="/media/a.png" alt="图"></p>'
    ).html
    assert html.startswith('<div class="scroll" role="region" tabindex="0" aria-label="')
    assert 'loading="lazy"' in html


@pytest.mark.parametrize("body", ["", "  ", "<p></p>", "只有文字"])
def test_bodies_with_little_in_them(body):
    assert render_body(body).contents == []


PARTS = st.sampled_from(["一、", "（一）", "工会", "<strong>90%</strong>", "“提升”", " ", "ＡＢ", "，", "<br>", "——"])
BLOCKS = st.tuples(st.sampled_from(["p", "h2", "h3", "li", "blockquote"]), st.lists(PARTS, max_size=6))


@given(st.lists(BLOCKS, max_size=6), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5))
def test_words_stay_and_every_id_comes_once(blocks, spans):
    body = clean("".join(f"<{tag}>{''.join(parts)}</{tag}>" for tag, parts in blocks))
    text = canonical(plain_text(body))
    marks = [
        Mark(start, min(start + length, len(text)), f"t{n}", "clause" if n % 2 else "target")
        for n, (start, length) in enumerate(spans)
        if start < len(text)
    ]
    rendered = render_body(body, marks)
    assert canonical(plain_text(rendered.html)).replace("\u2060", "") == text.replace("\u2060", "")
    ids = lxml.html.fragment_fromstring(rendered.html, create_parent="div").xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {m.id for m in marks} <= set(ids)
    for n, m in enumerate(marks):
        if not n % 2:
            # a heading's number moves to a span of its own, so a mark that begins inside it begins after it
            assert canonical(words_at(rendered.html, m.id))[:1] in text[m.start : m.end]
