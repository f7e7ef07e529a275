"""Numbers of headings: 第一部分, 一、, (一), 第一、, 1., ① at a line's start; 一是, 首先, 第一 inside a paragraph."""

import re
from typing import NamedTuple

from plans.numerals import parse

N = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
CHINESE = r"(?P<n>[一二三四五六七八九十]{1,3})"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 0}

# Style, rank (how high such numbers usually stand) and pattern, shallow to deep.
STYLES = [
    ("part", 0, rf"第{N}(?:部分|编|篇|章)[ 、:.]*"),
    ("section", 1, rf"第{N}节[ 、:.]*"),
    ("chinese", 2, rf"(?:{CHINESE}|(?P<m>[-—])(?= ?、))(?: ?[、.]|,(?=\S)| +(?=\S))\s*"),
    ("bracketed", 3, rf"(?:\({CHINESE}\)|\(?{CHINESE.replace('<n>', '<m>')}\))[、.,: ]*"),
    ("dotted", 5, r"(?P<p>\d{1,2})\.(?P<n>\d{1,2})(?:[、. ]+|(?=[^\d\s.,%万亿元倍个]))"),
    ("ordinal", 4, rf"第{CHINESE}[、,:]\s*(?=[^。!?;]{{2,40}}[。!?;]?\s*$)"),
    ("arabic", 4, r"(?P<n>\d{1,2})(?:[、.](?!\d)|,(?=\D))\s*"),
    ("arabic-bracketed", 5, r"(?:\((?P<n>\d{1,2})\)|(?P<m>\d{1,2})\))[、.,: ]*"),
    ("circled", 6, rf"(?P<n>[{CIRCLED}])[、. ]*"),
]
LINE_STYLES = [(style, rank, re.compile(pattern)) for style, rank, pattern in STYLES]
RANKS = {style: rank for style, rank, _ in STYLES}

INLINE = re.compile(
    rf"(?P<n>[一二三四五六七八九十]{{1,3}})(?:是|要(?=[^素求点]))|第(?P<o>[一二三四五六七八九十])(?=[,、:是]|要)[是要]?"
    rf"|(?P<k>[一二三四五六七八九十]{{1,2}})、|(?P<w>{'|'.join(WORDS)})(?:是)?|\((?P<b>[一二三四五六七八九十]{{1,2}})\)|\((?P<d>\d{{1,2}})\)"
    rf"|(?P<c>[{CIRCLED}])|(?P<a>\d{{1,2}})(?:[.、](?!\d))"
)


INLINE_STYLES = {"k": "chinese", "b": "bracketed", "d": "arabic-bracketed", "c": "circled", "a": "arabic"}
APPENDIX = re.compile(r"\s*附[件表录:]")


class Marker(NamedTuple):
    """A number before a heading: its style and value, the number as written and where the heading starts."""

    style: str
    value: int
    start: int
    end: int
    after: int
    aside: bool = False  # 首先, which may stand inside a count of 一是, 二是


def line_marker(folded: str) -> Marker | None:
    """The number a folded line starts with, or None."""
    start = len(folded) - len(folded.lstrip())
    for style, _, pattern in LINE_STYLES:
        if found := pattern.match(folded, start):
            names = found.groupdict()
            value = _value(names.get("n") or names.get("m"))
            if value:
                return Marker(style, value, start, start + len(found[0].rstrip()), found.end())
    return None


def inline_markers(folded: str) -> list[Marker]:
    """Numbers at the start of a sentence or clause inside a paragraph, in order, believed or not."""
    markers = []
    if APPENDIX.match(folded):
        return markers
    for found in INLINE.finditer(folded):
        before = folded[max(0, found.start() - 4) : found.start()].rstrip()[-1:]
        if before and before not in '。;:,!?)”"…':
            continue
        kind = next(name for name in "nokwbdca" if found[name])
        value = WORDS[found[kind]] if kind == "w" else _value(found[kind])
        if before == "," and kind not in "nowc":
            continue
        after = re.compile(r"[ ,、:]*").match(folded, found.end()).end()
        style = INLINE_STYLES.get(kind, "spoken")
        markers.append(Marker(style, value, found.start(), found.end(), after, aside=kind == "w"))
    return markers


def _value(written: str) -> int:
    if written in "-—":  # a dash typed for 一
        return 1
    if written in CIRCLED:
        return CIRCLED.index(written) + 1
    number = parse(written)
    return int(number) if number is not None and number < 100 else 0
