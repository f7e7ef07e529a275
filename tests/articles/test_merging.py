"""Bringing two texts together: nothing of either is lost, nothing is asked that need not be asked."""

from hypothesis import given
from hypothesis import strategies as st

from articles.merging import (
    ALIKE,
    BOTH,
    CONFLICT,
    MINE,
    THEIRS,
    UNCHANGED,
    blocks,
    merge_blocks,
    merge_tags,
    merge_value,
)

BLOCKS = st.lists(st.sampled_from([f"<p>{letter}</p>" for letter in "甲乙丙丁戊己庚辛"]), max_size=8)


def joined(parts, choice=BOTH) -> list[str]:
    return [block for part in parts for block in part.taken(choice)]


def kinds(parts) -> list[str]:
    return [part.kind for part in parts]


@given(BLOCKS, BLOCKS)
def test_what_only_one_side_changed_is_the_outcome(base, changed):
    for parts in (
        merge_blocks(base, changed, base),
        merge_blocks(base, base, changed),
        merge_blocks(base, changed, changed),
    ):
        assert joined(parts) == changed
        assert CONFLICT not in kinds(parts)


@given(BLOCKS, BLOCKS, BLOCKS)
def test_no_block_that_either_side_added_is_lost_when_both_are_kept(base, theirs, mine):
    merged = joined(merge_blocks(base, theirs, mine))
    assert {*theirs, *mine} - {*base} <= {*merged}
    assert {*merged} <= {*base, *theirs, *mine}


@given(BLOCKS, BLOCKS, BLOCKS)
def test_the_parts_hold_each_of_the_three_texts_whole_and_in_order(base, theirs, mine):
    parts = merge_blocks(base, theirs, mine)
    assert [block for part in parts for block in part.theirs] == theirs
    assert [block for part in parts for block in part.mine] == mine
    for part in parts:
        same = (part.theirs == part.base, part.mine == part.base, part.theirs == part.mine)
        expected = {
            UNCHANGED: (True, True, True),
            THEIRS: (False, True, False),
            MINE: (True, False, False),
            ALIKE: (False, False, True),
            CONFLICT: (False, False, False),
        }
        assert same == expected[part.kind]


@given(BLOCKS, BLOCKS, BLOCKS)
def test_choosing_one_side_everywhere_gives_that_side_where_the_other_changed_nothing_alone(base, theirs, mine):
    parts = merge_blocks(base, theirs, mine)
    if MINE not in kinds(parts):
        assert joined(parts, THEIRS) == theirs
    if THEIRS not in kinds(parts):
        assert joined(parts, MINE) == mine


@given(BLOCKS, BLOCKS, BLOCKS)
def test_both_sides_are_treated_alike(base, theirs, mine):
    one, other = merge_blocks(base, theirs, mine), merge_blocks(base, mine, theirs)
    turned = {THEIRS: MINE, MINE: THEIRS}
    assert kinds(one) == [turned.get(kind, kind) for kind in kinds(other)]


def test_neighbouring_paragraphs_changed_by_one_each_do_not_disturb_each_other():
    parts = merge_blocks(["一", "二", "三"], ["一改", "二", "三"], ["一", "二改", "三"])
    assert kinds(parts) == [THEIRS, MINE, UNCHANGED]
    assert joined(parts) == ["一改", "二改", "三"]


def test_moved_paragraphs_beside_a_change_are_asked_about_whole():
    parts = merge_blocks(["一", "二"], ["二", "一"], ["一", "二改"])
    assert {"一", "二改"} <= {*joined(parts)}
    assert CONFLICT in kinds(parts)


def test_one_value():
    assert merge_value("旧", "旧", "旧").kind == UNCHANGED
    assert merge_value("旧", "新", "旧").taken() == ["新"]
    assert merge_value("旧", "旧", "新").taken() == ["新"]
    assert merge_value("旧", "新", "新").kind == ALIKE
    conflict = merge_value("旧", "他", "我")
    assert (conflict.kind, conflict.taken(THEIRS), conflict.taken(MINE)) == (CONFLICT, ["他"], ["我"])


TAGS = st.lists(st.sampled_from("甲乙丙丁"), unique=True)


@given(TAGS, TAGS, TAGS)
def test_tags_added_are_there_and_tags_removed_are_not(base, theirs, mine):
    merged = merge_tags(base, theirs, mine)
    assert len(merged) == len({*merged})
    added, removed = {*theirs, *mine} - {*base}, {*base} - ({*theirs} & {*mine})
    assert {*merged} == ({*base} | added) - removed


def test_the_blocks_of_a_body_are_its_outermost_ones_and_bare_text_is_kept():
    body = "<h2>一</h2>\n<p>甲<b>乙</b></p><ul><li>1</li><li>2</li></ul>散 <b>文</b>字 1 &lt; 2<p>尾</p>"
    assert blocks(body) == [
        "<h2>一</h2>",
        "<p>甲<b>乙</b></p>",
        "<ul><li>1</li><li>2</li></ul>",
        "散 <b>文</b>字 1 &lt; 2",
        "<p>尾</p>",
    ]
    assert blocks(" ") == blocks("") == []


@given(BLOCKS)
def test_a_body_is_its_blocks_one_after_the_other(parts):
    assert blocks("".join(parts)) == parts
