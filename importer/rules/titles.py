"""The head of an article: kicker 引题, title, byline, and where the text begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.document import Line, Row, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.bylines import is_byline, is_signed
from importer.rules.headlines import UNION_ONLY, whole_titles
from importer.rules.labels import InfoLine
from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.persons import has_role, read_names, read_post_and_name

_PREFIX = re.compile(
    r"(?:(?:原|文章|新闻|信息)?(?:标题|题目)\s*:\s*|[\[【(](?:图文?|组图|图片|视频|转载|原创|推荐|置顶|热点|要闻|头条|新闻|通知|公告|公示)[\]】)]\s*)+"
)
_SITE_SUFFIX = re.compile(
    r"\s*[-_|—–·]+\s*(?:[^-_|—–]{2,20}?(?:网|网站|工会|门户|频道|平台|官网)|[\w.]+\.(?:com|cn|net|org)\S*)$",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:图为|图\d*\s*:|[(]图|资料图|摘要|内容提要|导语|核心提示|编者按|本报讯|本网讯|讯:|附件|附\s*:|注\s*:|各.{2,30}:|同志们|尊敬的|大家好|目录|文号|\S{1,20}[〔\[(]\d{4}[〕\])]\s*第?\d+号|签发人|"
    r"\d+$|第?\d+[版期页]|[A-Z]?\d{1,2}版)"
)
_TITLE_WORDS = re.compile(
    r"要点|计划|总结|安排|思路|打算|规划|方案|通知|公告|公示|通报|意见|办法|规定|条例|决定|章程|讲话|发言|致辞|报告|倡议|召开|举行|举办|开展|启动|部署|走访|慰问|调研|培训|竞赛|大赛|表彰|"
    r"签订|推进|打造|助力|成立|组织|浅谈|浅析|思考|探索|做好|加强|关于|工会|职工"
)
_SITE_NAME = re.compile(
    r".{0,16}(?:网|网站|门户|门户网站|官网|平台|频道|在线|日报|晚报|时报|电子报|客户端|公众号|之家|之窗|之声|文库|文件库|驿站|工运|信息公开|专栏|欢迎您?!?)"
)
_SUBTITLE = re.compile(r"(?:——|--|—|–)\s*\S.*|[(].{2,60}[)]")
_RUN_IN = re.compile(
    r"^(?P<title>\S(?:.{4,48}?)(?:工作要点|要点|工作计划|计划|工作总结|总结|工作安排|工作思路|通知|公告|方案|意见))(?:\s+|(?=\s*(?:19|20)\d\d年))(?=\S)"
)
_OPENING = re.compile(  # how a first paragraph begins, though its line be broken before it ends
    r"(?:本报|本网|本刊|本台|新华社|中新社|.{2,10})?讯\s*[(:]|(?:新华社|本报|中新社).{2,16}电\s*[(]|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[,上下晚]|至)|(?:近日|日前|近期|近年来|昨日|连日来|一年来|今年以来|为了?|根据|按照)[^。]{0,30},|.{6,}。.{4,}"
)
_DOC_NUMBER = re.compile(r"^\S{1,24}\s*[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d{1,4}\s*号$")
_LONGEST = 90
HEAD_LINES = 60  # a head is looked for in this many lines at most


@dataclass
class Head:
    """What stands above the text of one article, and the items that are its text."""

    title: Found = NOTHING
    kicker: Found = NOTHING
    byline: list[Line] = field(default_factory=list)
    doc_number: Found = NOTHING
    banner: list[Line] = field(default_factory=list)  # names above the title: site, organisation
    body: list[Line] = field(default_factory=list)
    infos: list[InfoLine] = field(default_factory=list)
    subtitle: Found = NOTHING
    dated: list[Line] = field(default_factory=list)  # a day in brackets under the title


def read_head(
    items: Sequence[Item], *, hint: str | None = None, newspaper: bool = False, given: Line | None = None
) -> Head:
    """Split the items of one article into head and text.

    `hint` is the breadcrumb's last part; `given` is the title line where a table of contents or a marker named it.
    A page may have no title: a heading, caption or signature is never taken for one.
    """
    head = Head(infos=[item.info for item in items if item.info])
    items = whole_titles(items, min(_text_start(items), HEAD_LINES), given)
    start = min(_text_start(items), HEAD_LINES)
    above = [item for item in items[:start] if item.role == "text"]
    head.doc_number = next(
        (
            found(line.text, "doc-number", line.text, line.number)
            for line in _lines(above)
            if _DOC_NUMBER.match(line.folded)
        ),
        NOTHING,
    )
    candidates = [item for item in above if _may_be_title(item.line)]
    chosen = next((item for item in candidates if given is item.line), None) or _choose(candidates, items, hint)
    if chosen:
        _take(head, chosen, above, newspaper)
    else:
        _without_line(head, items, above, hint)
    texts = [item.line for item in items[start:] if item.role == "text"]
    head.body += [line for line in texts if not _repeats(line, head.title.value)]
    _pull_bylines(head)
    return head


def _lines(items: Sequence[Item]) -> list[Line]:
    return [item.line for item in items]


def _text_start(items: Sequence[Item]) -> int:
    """The first item of running text, numbered heading or salutation."""
    for index, item in enumerate(items):
        folded = item.line.folded
        if item.role != "text":
            continue
        if (is_prose(folded) and not _title_like_prose(folded, items, index)) or NUMBERED.match(folded):
            return index
        if index and _OPENING.match(folded):
            return index
        if folded.endswith(":") and len(folded) > 3 and index > 0:
            return index
    return len(items)


def _title_like_prose(folded: str, items: Sequence[Item], index: int) -> bool:
    """A long title (关于印发…的通知) looks like prose until one sees that it does not end."""
    return (
        len(folded) <= _LONGEST
        and index + 1 < len(items)
        and not re.search(r"[。;!?:]", folded)
        and not any(
            item.role == "text" and not is_byline(item.line) and not UNION_ONLY.fullmatch(item.line.folded)
            for item in items[:index]
        )
    )


def _is_site(folded: str) -> bool:
    """A banner: every part of the line is a site's or a section's name."""
    return all(map(_SITE_NAME.fullmatch, re.split(r"\s{2,}|\s*[·|]\s*", folded)))


def _may_be_title(line: Line) -> bool:
    folded = line.folded
    if not 4 <= len(folded) <= _LONGEST or NUMBERED.match(folded) or _NEVER.match(folded) or _DOC_NUMBER.match(folded):
        return False
    if folded[-1] in "。;,:、" or _SUBTITLE.fullmatch(folded) or is_byline(line) or read_post_and_name(line.text):
        return False
    return bool(re.search(r"[\u3400-\u9fffA-Za-z]{2}", folded)) and not has_role(line.text)


def _choose(candidates: list[Item], items: Sequence[Item], hint: str | None) -> Item | None:
    if not candidates:
        return None
    info_at = next(
        (
            index
            for index, item in enumerate(items)
            if item.info and item.info.fields & {"date", "source", "author", "updated", "publisher"}
        ),
        None,
    )
    scored = []
    for order, item in enumerate(candidates):
        folded = item.line.folded
        place = items.index(item)
        score = 1.0 if 8 <= len(folded) <= 50 else 0.0
        if info_at is not None and place < info_at:
            score += (
                3 if not any(other is not item and place < items.index(other) < info_at for other in candidates) else 0
            )
        score += 3 if hint and fold(hint).rstrip(".…") in folded else 0
        score += 2 if sum(other.line.folded == folded for other in items) > 1 else 0
        score += 2 if _TITLE_WORDS.search(folded) else 0
        score -= 4 if _is_site(folded) or UNION_ONLY.fullmatch(folded) else 0
        score += 1 if "工会" in folded or "职工" in folded else 0
        score -= 1 if folded.count("、") >= 2 and all(len(part) <= 6 for part in re.split("[、 ]", folded)) else 0
        score -= 2 if len(folded) < 6 else 0
        scored.append((score, -order, item))
    best = max(scored, key=lambda row: row[:2])
    return best[2] if best[0] > -1 else None


def _take(head: Head, chosen: Item, above: list[Item], newspaper: bool) -> None:
    """Fill title and kicker from the chosen line; what stands above it is banner, what stands below may be text."""
    line = chosen.line
    text, kicker = _bare_title(line, above), None
    if newspaper:
        kicker, text = _split_kicker(text)
    head.title = found(text, "title-line", line.text, line.number)
    if kicker:
        head.kicker = found(kicker, "kicker-on-title-line", line.text, line.number)
    place = above.index(chosen)
    before = [item.line for item in above[:place]]
    head.banner = before
    if not kicker and before and _is_kicker(before[-1], line):
        head.kicker = found(before[-1].text, "line-above-title", before[-1].text, before[-1].number, "medium")
    for item in above[place + 1 :]:
        folded = item.line.folded
        if folded == line.folded or _DOC_NUMBER.match(folded):
            continue
        if UNION_ONLY.fullmatch(folded) and len(folded) <= 24:
            head.banner.append(item.line)
        elif re.fullmatch(r"[(]\s*(?:\d{4}|[二一]\S{3})年\S{2,8}日?\s*(?:\S{0,20}(?:通过|讨论))?[)]", folded):
            head.dated.append(item.line)
        elif _SUBTITLE.fullmatch(folded) and folded[0] in "-—–" and not head.subtitle.value:
            head.subtitle = found(item.line.text, "dash-below-title", item.line.text, item.line.number)
        else:
            head.body.append(item.line)


def _bare_title(line: Line, above: list[Item]) -> str:
    text = line.text
    match = _PREFIX.match(line.folded)
    if match and len(text) - match.end() >= 4:
        text = text[match.end() :]
    suffix = _SITE_SUFFIX.search(fold(text))
    if suffix:
        rest = fold(text[: suffix.start()])
        if len(rest) >= 6 and (
            "_" in suffix.group() or "|" in suffix.group() or any(item.line.folded == rest for item in above)
        ):
            text = text[: suffix.start()]
    return text.strip()


def _split_kicker(text: str) -> tuple[str | None, str]:
    """A newspaper's kicker and headline printed on one line: the part before the last space is a list of slogans."""
    cut = max(text.rfind(" "), text.rfind("　"))
    kicker, title = text[:cut].strip(), text[cut + 1 :].strip()
    if cut > 0 and kicker.count("、") >= 2 and "工会" not in kicker and "工会" in title:
        return kicker, title
    return None, text


def _is_kicker(line: Line, title: Line) -> bool:
    folded = line.folded
    if (
        not 6 <= len(folded) <= 40
        or _NEVER.match(folded)
        or _is_site(folded)
        or UNION_ONLY.fullmatch(folded)
        or _DOC_NUMBER.match(folded)
    ):
        return False
    return (
        title.number - line.number <= 3
        and bool(re.search(r"[、 ,“\"]", folded))
        and not re.search(r"[。:|>]", folded)
        and not is_byline(line)
    )


def _without_line(head: Head, items: Sequence[Item], above: list[Item], hint: str | None) -> None:
    """No line is a title: look on the information line, on the first line of the text, and in the breadcrumb."""
    for info in head.infos:
        label = next((label for label in info.labels if label.field == "title" and len(label.value) >= 4), None)
        lead = label.value if label else info.lead
        if lead and len(lead) >= 5:
            head.title = found(lead, "title-on-information-line", info.line.text, info.line.number)
            break
    head.body = [
        item.line for item in above if not UNION_ONLY.fullmatch(item.line.folded) and not _is_site(item.line.folded)
    ]
    kept = set(map(id, head.body))
    head.banner = [item.line for item in above if id(item.line) not in kept]
    if head.title.value:
        return
    first = next((item for item in items if item.role == "text" and is_prose(item.line.folded)), None)
    match = _RUN_IN.match(first.line.folded[:80]) if first and first is items[_text_start(items)] else None
    if match and not re.search(r"[,。;:!?]", match["title"]):
        text = first.line.text[: match.end("title")]
        head.title = found(text, "title-before-text", text, first.line.number, "medium")
        rest = Line(first.line.number, first.line.text[match.end() :].strip(), first.line.indent)
        items[items.index(first)] = Item("text", rest) if isinstance(items, list) else first
    elif hint and len(hint) > 8:
        head.title = found(hint, "breadcrumb-leaf", hint, None, "medium")


def _repeats(line: Line, title: str | None) -> bool:
    return bool(title) and line.folded == fold(title)


def _pull_bylines(head: Head) -> None:
    """Lines of nothing but names above the text, or after a newspaper's opening paragraphs, are the byline."""
    lead = [line for line in head.body[:5] if not isinstance(line.mark, Row)]
    for line in lead:
        if is_byline(line) or is_signed(line):
            head.byline.append(line)
    last = [line for line in head.body[-3:] if not isinstance(line.mark, Row)] if len(head.body) > 5 else []
    for line in last:
        if (
            is_byline(line) and (len(read_names(line.text)) >= 2 or has_role(line.text) or line.folded.startswith("("))
        ) and line not in head.byline:
            head.byline.append(line)
    head.body = [line for line in head.body if line not in head.byline]
