"""Two texts compared word by word: nothing lost, nothing invented, readable, and no input that takes long."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comparison import compare, every_segment
from articles.html import clean, plain_text

MARKS = {"kept": "{}", "removed": "[-{}-]", "added": "[+{}+]"}


def bodies(old: str, new: str):
    return compare({"body": clean(old)}, {"body": clean(new)})


def marked(segments) -> str:
    return "".join(MARKS[segment.change].format(segment.text) for segment in segments)


def told(comparison) -> list[str]:
    return [f"{change.kind}: {marked(every_segment(change))}" for change in comparison.changes]


def words_of(old: str, new: str) -> str:
    return marked(compare({"title": old}, {"title": new}).lines[0].segments)


def side(comparison, *kinds: str, without: str) -> list[str]:
    """The blocks of one text, white space left out, joined from the segments of the changes."""
    return [
        "".join("".join(s.text for s in every_segment(change) if s.change != without).split())
        for change in comparison.changes
        if change.kind in kinds
    ]


def old_side(comparison) -> list[str]:
    return side(comparison, "same", "changed", "removed", "left", without="added")


def new_side(comparison) -> list[str]:
    return side(comparison, "same", "changed", "added", "moved", without="removed")


# Words


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("全年新建工会20家", "全年新建工会30家", "全年新建工会[-20-][+30+]家"),
        ("签订率达到90%以上", "签订率达到92.5%以上", "签订率达到[-90%-][+92.5%+]以上"),
        ("加强组织建设", "加强，组织建设", "加强[+，+]组织建设"),
        ("职工的思想", "职工思想", "职工[-的-]思想"),
        ("", "新题目", "[+新题目+]"),
        ("维护权益", "维护权益", "维护权益"),
    ],
)
def test_lines_are_compared_by_words_and_marks(old, new, shown):
    assert words_of(old, new) == shown


def test_a_small_island_between_two_changes_joins_them():
    assert words_of("困难职工的生活", "退休干部的学习") == "[-困难职工的生活-][+退休干部的学习+]"
    assert words_of("做实帮扶，抓好培训", "完善救助，开展竞赛") == "[-做实帮扶，抓好培训-][+完善救助，开展竞赛+]"


def test_the_end_of_a_sentence_parts_two_changes():
    assert words_of("做实帮扶。抓好培训", "完善救助。开展竞赛") == "[-做实帮扶-][+完善救助+]。[-抓好培训-][+开展竞赛+]"


def test_tags_are_compared_one_by_one():
    segments = compare({"tags": ["建会", "竞赛"]}, {"tags": ["竞赛", "帮扶"]}).lines[0].segments
    assert [(s.change, s.text) for s in segments] == [("removed", "建会"), ("kept", "竞赛"), ("added", "帮扶")]


# Blocks

PLAN = [
    "<h2>一、加强组织建设</h2>",
    "<p>全年新建工会组织20家，发展会员1000名，做好新就业形态劳动者入会工作。</p>",
    "<h2>二、维护职工权益</h2>",
    "<p>集体合同签订率达到90%以上，劳动争议调解组织实现乡镇全覆盖。</p>",
    "<p>深入开展劳动竞赛，组织技能比武，推动产业工人队伍建设改革。</p>",
]


def test_a_changed_word_an_added_and_a_removed_paragraph():
    new = [PLAN[0], PLAN[1].replace("20", "30"), "<p>建设爱心驿站八个。</p>", *PLAN[2:4]]
    assert told(bodies("".join(PLAN), "".join(new))) == [
        "same: 一、加强组织建设",
        "changed: 全年新建工会组织[-20-][+30+]家，发展会员1000名，做好新就业形态劳动者入会工作。",
        "added: [+建设爱心驿站八个。+]",
        "same: 二、维护职工权益",
        "same: 集体合同签订率达到90%以上，劳动争议调解组织实现乡镇全覆盖。",
        "removed: [-深入开展劳动竞赛，组织技能比武，推动产业工人队伍建设改革。-]",
    ]


def test_a_moved_paragraph_is_said_to_have_moved_and_shows_what_changed_in_it():
    new = [PLAN[4].replace("劳动竞赛", "劳动和技能竞赛"), *PLAN[:4]]
    comparison = bodies("".join(PLAN), "".join(new))
    moved, *same, left = comparison.changes
    assert (moved.kind, left.kind, moved.number, left.number, moved.down) == ("moved", "left", 1, 1, False)
    assert "[-劳动竞赛-][+劳动和技能竞赛+]" in marked(moved.segments)
    assert [change.kind for change in same] == ["same"] * 4
    assert comparison.moved == 1
    back = bodies("".join(new), "".join(PLAN))
    assert [change.down for change in back.changes if change.kind == "moved"] == [True]


def test_a_table_is_compared_by_rows_and_cells():
    rows = [
        "<tr><th>项目</th><th>数量</th></tr>",
        "<tr><td>建会</td><td>20</td></tr>",
        "<tr><td>培训</td><td>5</td></tr>",
    ]
    new = [rows[0], "<tr><td>建会</td><td>30</td></tr>", "<tr><td>帮扶</td><td>7</td></tr>"]
    comparison = bodies(f"<table>{''.join(rows)}</table>", f"<table>{''.join(new)}</table>")
    assert told(comparison) == [
        "same: 项目数量",
        "changed: 建会[-20-][+30+]",
        "removed: [-培训-][-5-]",
        "added: [+帮扶+][+7+]",
    ]
    assert [cell.header for cell in comparison.changes[0].cells] == [True, True]
    assert [group.table for passage in comparison.passages for group in passage.groups] == [1]


def test_a_column_that_came_is_a_column_of_its_own():
    comparison = bodies(
        "<table><tr><td>建会</td><td>20</td></tr></table>",
        "<table><tr><td>建会</td><td>组织部</td><td>20</td></tr></table>",
    )
    assert [cell.change for cell in comparison.changes[0].cells] == ["kept", "added", "kept"]


def test_a_cell_that_reaches_down_keeps_the_columns_in_place():
    comparison = bodies(
        "<table><tr><td rowspan=2>组织</td><td>建会</td></tr><tr><td>入会</td><td>甲</td></tr></table>",
        "<table><tr><td rowspan=2>组织</td><td>建会</td></tr><tr><td>入会</td><td>乙</td></tr></table>",
    )
    assert [marked(cell.segments) for cell in comparison.changes[1].cells] == ["", "入会", "[-甲-][+乙+]"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ('<p>见<a href="/a/">通知</a>。</p>', '<p>见<a href="/b/">通知</a>。</p>', "changed: 见通知[-/a/-][+/b/+]。"),
        (
            '<figure><img src="/m/1.png" alt="会场"></figure>',
            '<figure><img src="/m/1.png" alt="会场全景"></figure>',
            "changed: 会场[+全景+]/m/1.png",
        ),
        (
            '<figure><img src="/m/1.png" alt="会场"></figure>',
            '<figure><img src="/m/2.png" alt="会场"></figure>',
            "changed: 会场[-/m/1.png-][+/m/2.png+]",
        ),
        ("<p>第一条</p>", "<h2>第一条</h2>", "changed: 第一条"),
    ],
)
def test_addresses_pictures_and_kinds_of_block_count(old, new, shown):
    assert told(bodies(old, new)) == [shown]


def test_letters_that_look_different_are_said_to():
    (change,) = bodies("<p>工会工作要点</p>", "<p>工会<strong>工作</strong>要点</p>").changes
    assert (change.kind, change.restyled) == ("same", True)


def test_long_unchanged_stretches_are_folded_but_for_what_stands_beside_a_change():
    old = [f"<p>第{number}段说的是另一件事情。</p>" for number in range(20)]
    new = [*old[:10], "<p>加进来的文字。</p>", *old[10:]]
    passages = bodies("".join(old), "".join(new)).passages
    assert [passage.folded for passage in passages] == [9, 0, 9]
    assert [change.kind for group in passages[1].groups for change in group.changes] == ["same", "added", "same"]


# Properties

sentence = st.lists(
    st.sampled_from(
        ["工会", "职工", "的", "建设", "20", "90%", "，", "。", "和", "技能竞赛", " ", "\u3000", "a", "𠮷"]
    ),
    max_size=12,
).map("".join)
block = st.one_of(
    st.tuples(st.sampled_from(["p", "h2", "li", "blockquote", "td"]), sentence).map(
        lambda one: "<{0}>{1}</{0}>".format(*one)
    ),
    st.tuples(sentence, sentence).map(lambda one: f"<p>{one[0]}<br><b>{one[1]}</b></p>"),
    st.lists(st.lists(sentence, max_size=3), max_size=3).map(
        lambda rows: (
            "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"
        )
    ),
    sentence,
)
texts = st.lists(block, max_size=8).map(lambda parts: clean("".join(parts)))
pairs = st.one_of(
    st.tuples(texts, texts),
    st.lists(block, max_size=8).flatmap(
        lambda parts: st.permutations(parts).map(lambda other: (clean("".join(parts)), clean("".join(other))))
    ),
)


def lines(html: str) -> list[str]:
    return [line for line in ("".join(part.split()) for part in plain_text(html).split("\n")) if line]


@given(pairs)
def test_both_texts_can_be_read_out_of_their_comparison(pair):
    old, new = pair
    comparison = compare({"body": old}, {"body": new})
    assert old_side(comparison) == lines(old)
    assert new_side(comparison) == lines(new)


@given(texts)
def test_a_text_compared_with_itself_shows_no_change(text):
    comparison = compare({"title": "题", "body": text}, {"title": "题", "body": text})
    assert not comparison.changed
    assert (comparison.added, comparison.removed, comparison.moved) == (0, 0, 0)


@given(pairs)
def test_exchanging_the_texts_exchanges_added_and_removed(pair):
    there, back = compare({"body": pair[0]}, {"body": pair[1]}), compare({"body": pair[1]}, {"body": pair[0]})
    assert (there.added, there.removed, there.moved) == (back.removed, back.added, back.moved)
    other = {"removed": "added", "added": "removed", "moved": "left", "left": "moved"}
    swapped = sorted((other.get(c.kind, c.kind), c.block.text) for c in back.changes if c.kind in ("removed", "added"))
    assert sorted((c.kind, c.block.text) for c in there.changes if c.kind in ("removed", "added")) == swapped


@given(st.text(), st.text())
def test_any_line_can_be_read_out_of_its_comparison(old, new):
    segments = compare({"title": old}, {"title": new}).lines[0].segments
    for text, without in ((old, "added"), (new, "removed")):
        assert "".join(s.text for s in segments if s.change != without) == " ".join(text.split())


# Time


def prose(source: random.Random, characters: int) -> list[str]:
    words = [
        "工会",
        "职工",
        "建设",
        "组织",
        "维护",
        "权益",
        "开展",
        "技能",
        "竞赛",
        "帮扶",
        "困难",
        "培训",
        "的",
        "和",
        "，",
        "。",
    ]
    return ["".join(source.choices(words, k=60)) for _ in range(characters // 100)]


def edited(source: random.Random, paragraphs: list[str]) -> list[str]:
    return [
        part.replace("竞赛", "比武", 1) if source.random() < 0.5 else part for part in paragraphs[3:] + paragraphs[:3]
    ]


def paragraphs(parts: list[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


def seconds(old: str, new: str) -> float:
    began = time.process_time()
    assert bodies(old, new).passages
    return time.process_time() - began


@pytest.mark.parametrize(("characters", "limit"), [(4_000, 0.3), (100_000, 5)])
def test_long_texts_take_no_long_time(characters, limit):
    source = random.Random(7)
    old = prose(source, characters)
    new = edited(source, old)
    assert seconds(paragraphs(old), paragraphs(new)) < limit
    assert seconds(paragraphs(["".join(old)]), paragraphs(["".join(new)])) < limit


def table(source: random.Random, rows: int) -> str:
    cells = ("".join(f"<td rowspan=40>{source.randrange(9)}</td>" for _ in range(8)) for _ in range(rows))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize(
    "make",
    [
        lambda source: table(source, 2000),
        lambda source: "<p>" + " ".join(source.choices("ab", k=50_000)),
        lambda source: "<p>" + "".join(source.choices("，。！", k=100_000)),
        lambda source: "".join(f"<p>{letter}" for letter in source.choices("ab", k=10_000)),
    ],
    ids=["cells that reach down", "two words", "no words", "tiny paragraphs"],
)
def test_texts_made_to_hurt_are_compared_in_bounded_time(make):
    source = random.Random(3)
    assert seconds(make(source), make(source)) < 8
