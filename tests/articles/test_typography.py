"""Full-width punctuation: what changes, what stays, and that sentences are found again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import canonical
from articles.html import clean, plain_text
from articles.typography import full_width, full_width_html

GOLD = json.loads((Path(__file__).parents[1] / "data/seed-gold.json").read_text("utf-8"))
TITLES = [(article["title"], article["title_normalised"]) for page in GOLD.values() for article in page["articles"]]


@pytest.mark.parametrize(("title", "wanted"), TITLES)
def test_the_seeds_titles(title, wanted):
    assert full_width(title) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("落实制度,建设队伍;服务职工:一是调研?二是走访!", "落实制度，建设队伍；服务职工：一是调研？二是走访！"),
        ("会议于10:54开始,参加1,000人", "会议于10:54开始，参加1,000人"),
        ("坚持“三性”(政治性、先进性)主线", "坚持“三性”（政治性、先进性）主线"),
        ("(一)加强组织建设", "（一）加强组织建设"),
        ("达到90%,力争95%", "达到90%，力争95%"),
        ("see http://example.org/a,b", "see http://example.org/a,b"),
        ('以"两服务"增强"两力"', "以“两服务”增强“两力”"),
        ('只有一个"引号', '只有一个"引号'),
        ("新目标--青岛", "新目标——青岛"),
        ("Plain (English), text: yes?", "Plain (English), text: yes?"),
    ],
)
def test_marks(text, wanted):
    assert full_width(text) == wanted


def test_html_keeps_its_tags_and_addresses():
    html = (
        '<h2>(一)标题</h2><p>他说:"<strong>好,很好</strong>"。<a href="/a,b:c">见(附件一),谢谢</a></p>'
        "<ul><li>甲,乙</li></ul>"
    )
    assert full_width_html(html) == (
        '<h2>（一）标题</h2><p>他说：“<strong>好，很好</strong>”。<a href="/a,b:c">见（附件一），谢谢</a></p>'
        "<ul><li>甲，乙</li></ul>"
    )


def test_text_before_the_first_block_stays_text():
    assert full_width_html("甲,乙 &lt;b&gt; &amp; 丙<p>丁,戊</p>") == "甲，乙 &lt;b&gt; &amp; 丙<p>丁，戊</p>"


@given(st.text(st.sampled_from("工会职工,;:?!()\"'-. 12ab“”、。"), max_size=60))
def test_it_is_done_once_and_changes_no_word(text):
    once = full_width(text)
    assert full_width(once) == once
    assert canonical(once) == canonical(text)


@given(st.text(max_size=80))
def test_any_body_survives(text):
    body = clean(f"<p>{text}</p>")
    assert len(plain_text(full_width_html(body)).split("\n")) == len(plain_text(body).split("\n"))
