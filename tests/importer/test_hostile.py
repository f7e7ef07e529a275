"""No bytes and no text raise anything but UnreadableFile; reading is pure, and quick on text made to be slow."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.proposal import output, propose
from importer.readers.unreadable import UnreadableFile

SEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "seeds").iterdir())
PARTS = [
    "工会",
    "县总工会",
    "来源:",
    "作者:",
    "编辑:",
    "时间:",
    "2019-03-05",
    "\n",
    "\n\n",
    " ",
    "　",
    "一、",
    "(一)",
    "1.",
    "一是",
    "目录",
    "上一篇:",
    "下一篇:",
    "首页 > ",
    "。",
    ",",
    "“",
    "”",
    "(",
    ")",
    "2019年工作要点",
    "【篇一】",
    "第二篇:",
    "90%以上",
    "xx家",
    "张三 李四",
    "本报讯",
    "\0",
    "\ufeff",
    "\r",
    "點擊",
    "……",
    ">>",
    "|",
    "十八届四中全会",
    "开局之年",
    "职工" * 30,
    "\U0001f600",
]


def read(raw):
    try:
        row = output(propose(raw, "x"))
    except UnreadableFile as error:
        row = output(error.proposal)
    row.pop("seconds")
    return row


@settings(max_examples=150)
@given(st.binary(max_size=600))
def test_any_bytes(raw):
    assert read(raw) == read(raw)


@settings(max_examples=250)
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=60).map("".join))
def test_any_text(text):
    row = read(text.encode("utf-8", "surrogatepass"))
    for article in row["articles"]:
        assert [
            value
            for value in (article["title"], article["author"], article["source"], article["organization"])
            if value == ""
        ] == []
        assert [heading for heading in article["outline"] if heading["heading"].strip() == ""] == []


def without(paragraph, lines):
    """What is left of a paragraph when the file's lines are taken out of it."""
    for line in lines:
        paragraph = paragraph.replace(line, "")
    return paragraph.strip()


@settings(max_examples=60)
@given(
    st.sampled_from(SEEDS), st.randoms(use_true_random=False), st.sampled_from(["cut", "double", "shuffle", "bytes"])
)
def test_damaged_pages(path, random, damage):
    """Lines cut off, doubled or shuffled, bytes broken: the text that comes out was in the file."""
    raw = path.read_bytes()
    lines = raw.decode().split("\n")
    if damage == "cut":
        lines = lines[random.randrange(len(lines)) :][: random.randrange(1, len(lines))]
    elif damage == "double":
        lines = [line for line in lines for _ in range(random.choice([1, 2]))]
    elif damage == "shuffle":
        random.shuffle(lines)
    text = "\n".join(lines)
    raw = text.encode()
    if damage == "bytes":
        raw = bytes(random.randrange(256) if random.random() < 0.01 else byte for byte in raw)
        text = None
    row = read(raw)
    if text is not None:
        printed = sorted(filter(None, map(str.strip, text.split("\n"))), key=len, reverse=True)
        assert [left for a in row["articles"] for p in a["body"].split("\n") if (left := without(p, printed))] == []


SLOW = {
    "one character": "工" * 70_000,
    "digits": "1" * 200_000,
    "brackets": "(" * 200_000,
    "quotes": "“" * 70_000,
    "colons": ":" * 200_000,
    "breaks": "\n" * 200_000,
    "dates": "2019-01-01 " * 18_000,
    "dated clauses": "二〇一九年三月五日召开会议," * 10_000,
    "short lines": "工会\n" * 8_000,
    "lines of text": "工会要服务职工,维护职工权益,推进组织建设和民主管理。\n" * 1_500,
    "figures": "工会\n300\n" * 4_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_hostile_text_is_quick(name):
    started = time.process_time()
    read(SLOW[name].encode())
    assert time.process_time() - started < 2


def test_a_page_is_quick():
    path = SEEDS[-1]
    read(path.read_bytes())
    spent = []
    for _ in range(5):
        started = time.process_time()
        read(path.read_bytes())
        spent.append(time.process_time() - started)
    assert min(spent) < 0.2  # 12 KB; a third of it on an idle machine
