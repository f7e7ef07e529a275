"""Headings without a number: short lines of their own, and short first sentences that open parallel paragraphs."""

import re
from collections.abc import Collection, Sequence

SHORTEST, LONGEST = 5, 32
LONGEST_PHRASE = 22
# 找准位置, 回头看: three or four characters head where several lines do.
FOUR = re.compile(r"\s*[\u4e00-\u9fff]{3,4}\s*")
SEVERAL = 3
MOST_APART = 10
PAIRS = ("“”", "()", "《》")
BROKEN = re.compile(r"[\u4e00-\u9fffA-Za-z\d,、]$")  # a long line that ends so goes on in the next
CHINESE = re.compile(r"[\u4e00-\u9fff\d“”‘’《》,、 ]")
SYMBOLS = "★☆◆◇●○■□▲△▼▽◎※▶►➤➢✦✧❖♦◈▎▍▌🔹🔸🔷🔶📌📍🚩✅💡🌟⭐"
SYMBOL = re.compile(rf" *(?:[{SYMBOLS}]\ufe0f? *)?")
SYMBOL_FIRST = frozenset(" " + SYMBOLS)

# Short lines of a page that head nothing: signatures, dates, captions, contacts, salutations, lists of names.
NOT_A_HEADING = re.compile(
    r"""[。;:,!?…、]$
    | ^[(\[【《]?(?:图|附|注|来源|作者|编辑|责编|责任编辑|记者|通讯员|摄影)
    | ^[(\[【]?(?:供稿|联系|电话|地址|抄送|报送|主送|发布|时间|日期|签发|审核|校对|目录|谢谢|此致|敬礼|同志们|各位)
    | ^第[一二三四五六七八九十\d]+[届次]
    | \d{4}年\d{1,2}月 | \d{4}[-/.]\d{1,2} | [〇一二三四五六七八九]{4}年
    | https?: | www\. | 点击|浏览|阅读次数|上一篇|下一篇|分享|打印|关闭
    | ^[^。]{0,3}(?:本报|本网)?讯[(]
    | ^(?:今年|去年|近日|日前|目前|据|截至) | \d余?(?:名|家|个(?!百分)|万|%|场|人次|元|户)
    | (?:工会|总工会|委员会|办公室|联合会|人民政府|公司|集团|部|局|处|院|报社)$
    """,
    re.VERBOSE,
)
BRACKETED = re.compile(r"\s*【([^】]{2,24})】(?=[^】]{12})")
# 思想引领:组织宣讲…: words before a colon that name what follows, and such as merely introduce it.
TITLED = re.compile(r"([\u4e00-\u9fff、“”]{3,14}):(?=[^:]{12})")
NO_TITLE = re.compile(
    r"时间|日期|地点|地址|电话|联系|来源|作者|记者|单位|姓名|方式|邮箱|对象|名额|费用|附件|备注|说明|提示|[说道称问答写]$|表示|指出|强调|告诉|介绍"
    r"|如下|包括|以下|例如|比如|其中|要求$|[是为了的]$|同志|各位|[市县区镇院校司局部]$|[工委协]会$|[大全]会$|^各"
)
NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff])"
NAMES = re.compile(rf"{NAME}(?: +{NAME})*")
# First sentences that tell or join rather than name what is to be done.
NOT_A_PHRASE = re.compile(
    r"""^[“‘"(] | [:“‘]$ | [是了] | \d{3}
    | ^(?:今|去|当|近|据|此|同时|另外|其中|目前|我|他|她|你|这|那|但|而|因|如|由|在|随着|截至|总之|一年|谢|特此|\d)
    | ^(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六七八九十])""",
    re.VERBOSE,
)


def heading_lines(folded: Sequence[str], numbered: Collection[int], stated: Sequence[int]) -> list[int]:
    """The paragraphs that could be headings without a number and stand above text or a numbered heading.

    `stated` holds for each paragraph whether the file's format makes it a heading. What follows a line that breaks off
    is the rest of it. Lines of four characters, as long as a name, are believed beside others only.
    """
    found, terse = [], set()
    for at in range(len(folded) - 1):
        if at in numbered:
            continue
        if not could_head(folded[at], stated[at]):
            if numbered or not FOUR.fullmatch(folded[at]) or NOT_A_HEADING.search(folded[at].strip()):
                continue
            terse.add(at)
        before = folded[at - 1].rstrip() if at and not stated[at] else ""
        if len(before) > LONGEST and BROKEN.search(before):
            continue
        following = folded[at + 1].strip()
        if at + 1 in numbered or (
            not could_head(following, stated[at + 1]) and (len(following) > 40 or following[-1:] in tuple('。;:!?,”"'))
        ):
            found.append(at)
    return found if len(found) >= SEVERAL else [at for at in found if at not in terse]


def could_head(folded: str, stated: int) -> bool:
    text = folded.strip()
    if stated and 2 <= len(text) <= 2 * LONGEST and text[-1] not in "。;,":
        return True
    return (
        SHORTEST <= len(text) <= LONGEST
        and len(CHINESE.findall(text)) >= 0.7 * len(text)
        and not NOT_A_HEADING.search(text)
        and not NAMES.fullmatch(text)
        and all(text.count(opening) == text.count(closing) for opening, closing in PAIRS)
    )


def opening_phrases(group: dict[int, str], *, headed: bool) -> dict[int, tuple[int, int]]:
    """The spans of first sentences that head the paragraphs of one section.

    Two of them and more than half of the section's paragraphs must open so; three where the text has no other heading.
    """
    found, titled = {}, {}
    for at, text in group.items():
        if "【" in text and (bracketed := BRACKETED.match(text)):
            found[at] = titled[at] = bracketed.span(1)
            continue
        start = SYMBOL.match(text).end() if text[:1] in SYMBOL_FIRST else 0
        title = TITLED.match(text, start) if ":" in text else None
        if title and not NO_TITLE.search(title[1]) and not NOT_A_PHRASE.search(title[1]):
            titled[at] = title.span(1)
        stop = text.find("。", start)
        if not 4 <= stop - start <= LONGEST_PHRASE or len(text.rstrip()) - stop <= 20:
            continue
        phrase = text[start:stop]
        if phrase.count(",") <= 1 and ";" not in phrase and not NOT_A_PHRASE.search(phrase):
            found[at] = (start, stop)
    enough = 2 if headed else 3
    if len(titled) >= 3 and len(titled) > 0.6 * len(group):
        return titled
    if not headed and found and not _alike([end - start for start, end in found.values()]):
        return {}
    return found if len(found) >= enough and len(found) > 0.5 * len(group) else {}


def _alike(lengths: Sequence[int]) -> bool:
    return max(lengths) - min(lengths) <= MOST_APART
