"""Numbers of headings: 第一部分, 一、, (一), 第一、, 1., ① at a line's start; 一是, 首先, 第一 inside a paragraph."""

import re
from typing import NamedTuple
from unicodedata import numeric

from .numerals import parse
from .sentences import POINT as WRITTEN_POINT

CHINESE = r"(?P<n>[一二三四五六七八九十]{1,3})"
N = CHINESE[:-1] + r"|\d{1,2})"
WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 0, "其一": 1, "其二": 2, "其三": 3, "其四": 4, "其五": 5}

# Style, rank (how high such numbers usually stand) and pattern, shallow to deep.
STYLES = [
    ("part", 0, rf"第{N}(?:部分|编|篇|章)[ 、:.]*"),
    ("capital", 1, r"(?P<u>[Ⅰ-Ⅻ壹贰叁肆伍陆柒捌玖]) ?[、.,: ·•丨|]+"),
    (
        "named",
        2,
        rf"[【\[「“]?(?:关键词|任务|行动|工程|目标|重点|举措|措施|板块|篇章|亮点|抓手|实事|聚焦|看点|要点|计划)之?(?:{N})"
        r"[】\]」”]?(?:[:、.|丨 —-]+|(?<=[】\]」”]))",
    ),
    ("section", 1, rf"第{N}节[ 、:.]*"),
    ("chinese", 2, rf"(?:{CHINESE}|(?P<m>[-—])(?= ?、))(?: ?[、.·•丨|]|,(?=\S)|:(?=\S)| +(?=\S))\s*"),
    ("spoken-line", 3, rf"{CHINESE}(?:是|要)(?=[^。;:!?]{{3,40}}\s*$)"),
    ("bracketed", 3, rf"(?:\( ?{CHINESE} ?\)|\(?{CHINESE.replace('<n>', '<m>')}\)|(?P<u>[㈠-㈩]))[、.,: ]*"),
    ("dotted", 5, r"(?P<p>\d{1,2})\.(?P<n>\d{1,2})(?:[、. ]+|(?=[^\d\s.,%万亿元倍个]))"),
    ("ordinal", 4, rf"第{CHINESE}[、,:]\s*(?=[^。!?;]{{2,40}}(?:[。!?;]|\s*$))"),
    (
        "arabic-padded",
        3,
        r"[/「【\[|丨·—#*-]{0,3} ?(?:(?:P(?:ART|art)|N[Oo]) ?\.? ?0?(?P<m>\d)|(?P<n>0\d))(?![\d年月日:%])"
        r"[ 、.,|/丨·」】\]#*—-]*",
    ),
    (
        "arabic",
        4,
        r"(?:(?P<n>\d{1,2})(?:\ufe0f?\u20e3|[、.](?!\d)|,(?=\D)|:(?=[\u4e00-\u9fff])| +(?=[\u4e00-\u9fff]{4}))"
        r"|(?P<u>[⒈-⒛]))\s*",
    ),
    ("arabic-bracketed", 5, r"(?:\( ?(?P<n>\d{1,2}) ?\)|(?P<m>\d{1,2})\)|(?P<u>[⑴-⒇]))[、.,: ]*"),
    ("circled", 6, r"(?P<u>[①-⑳])[、. ]*"),
]
LINE_STYLES = [(style, re.compile(pattern)) for style, _, pattern in STYLES]
# Of lines that begin with a Chinese numeral or word only these styles are asked.
OF_FIRST = dict.fromkeys("一二三四五六七八九十", ("chinese", "spoken-line", "bracketed"))
OF_FIRST |= dict.fromkeys("关任行工目重举措板篇亮抓实聚看要计上下", ("named",))
OF_FIRST = {char: [row for row in LINE_STYLES if row[0] in styles] for char, styles in OF_FIRST.items()}
RANKS = {style: rank for style, rank, _ in STYLES}
NUMBER_FIRST = re.compile(
    r" *[第一二三四五六七八九十\d(①-⒛㈠-㈩PN—Ⅰ-Ⅻ壹贰叁肆伍陆柒捌玖关任行工目重举措板篇亮抓实聚看要计上下"
    r"【\[「“/|丨·#*-]"
)

INLINE = re.compile(
    r"(?P<n>[一二三四五六七八九十]{1,3})(?:是|要(?=[^素求点]))|第(?P<o>[一二三四五六七八九十])(?=[,、:是]|要)[是要]?"
    rf"|(?P<k>[一二三四五六七八九十]{{1,2}})、|(?P<w>{'|'.join(WORDS)})(?:是)?"
    r"|\((?:(?P<b>[一二三四五六七八九十]{1,2})|(?P<d>\d{1,2}))\)|(?P<c>[①-⑳])|(?P<a>\d{1,2})[.、](?!\d)"
)
# A count that begins right behind a heading's words, on its line: 一、总体要求(一)指导思想.
BEHIND = re.compile(r"(?<=[\u4e00-\u9fff”》 ,:;。])(?:\((?:一|1)\)|①|(?<!\d)1[.、](?!\d)(?=[\u4e00-\u9fff]))")

# Where one of them may begin: a search for it skips to the next such character.
INLINE_FIRST = re.compile(r"[一二三四五六七八九十第首其再最(①-⑳\d](?<![^ 。;:,.!?)”\"…].)")
INLINE_STYLES = {"k": "chinese", "b": "bracketed", "d": "arabic-bracketed", "c": "circled", "a": "arabic"}
AFTER = re.compile(r"[ ,、:]*")
POINT = re.compile(WRITTEN_POINT)
APPENDIX = re.compile(r"\s*附[件表录:]")


PERIOD = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
CALENDAR = re.compile(
    rf"(?:20\d\d年)?(?:(?P<month>{PERIOD})(?:[-、—~至和到]+{PERIOD})?月份?|第?(?P<quarter>[一二三四1-4])季度"
    rf"|(?P<half>[上下])半年|第(?P<week>{PERIOD})周)(?:工作|活动|安排|重点|计划){{0,2}}(?= *:| *$| +[\u4e00-\u9fff])"
)
CALENDAR_RANKS = {"half": 1, "quarter": 2, "month": 3, "week": 4}
RANKS |= CALENDAR_RANKS


class Marker(NamedTuple):
    """A number before a heading: its style and value, the number as written and where the heading starts.

    A month or a quarter (一月份:) belongs to the heading's words: its number is empty.
    """

    style: str
    value: int
    start: int
    end: int
    after: int
    aside: bool = False  # 首先, which may stand inside a count of 一是, 二是


def line_marker(folded: str, start: int = 0) -> Marker | None:
    """The number a folded line starts with, or None; or the number that stands at `start`."""
    if not NUMBER_FIRST.match(folded, start):
        return None
    while folded[start] == " ":
        start += 1
    for style, pattern in OF_FIRST.get(folded[start], LINE_STYLES):
        if found := pattern.match(folded, start):
            names = found.groupdict()
            value = _value(next(names[name] for name in "nmu" if names.get(name)))
            if value:
                return Marker(style, value, start, start + len(found[0].rstrip()), found.end())
    return None


def calendar_marker(folded: str) -> Marker | None:
    """The month, quarter or half-year a folded line opens with, where its words are parted from what follows."""
    start = len(folded) - len(folded.lstrip())
    found = CALENDAR.match(folded, start)
    if not found:
        return None
    style = found.lastgroup
    value = "上下".index(found[style]) + 1 if style == "half" else _value(found[style])
    return Marker(style, value, start, start, start) if value else None


def number_alone(folded: str) -> Marker | None:
    """The number a line is made of, its heading standing on the next line."""
    text = folded.strip()
    marker = line_marker(text) or line_marker(text + "、") if 0 < len(text) <= 8 else None
    return marker if marker and marker.after >= len(text) else None


def inline_markers(folded: str) -> list[Marker]:
    """Numbers at the start of a sentence or clause inside a paragraph, in order, believed or not."""
    markers = []
    if "附" in folded and APPENDIX.match(folded):
        return markers
    for first in INLINE_FIRST.finditer(folded):
        start = first.start()
        found = INLINE.match(folded, start)
        if not found:
            continue
        before = folded[max(0, start - 4) : start].rstrip()[-1:]
        if before == "." and not POINT.search(folded, max(0, start - 4), start + 1):
            continue
        if before and before not in '。;:,.!?)”"…':
            continue
        kind = found.lastgroup
        value = WORDS[found[kind]] if kind == "w" else _value(found[kind])
        if before == "," and kind not in "nowc":
            continue
        end = found.end()
        style = INLINE_STYLES.get(kind, "spoken")
        markers.append(Marker(style, value, start, end, AFTER.match(folded, end).end(), aside=kind == "w"))
    return markers


def _value(written: str) -> int:
    if written in "-—":  # a dash typed for 一
        return 1
    if len(written) == 1 and not written.isdecimal():
        return int(numeric(written, 0))
    number = parse(written)
    return int(number) if number is not None and number < 100 else 0
