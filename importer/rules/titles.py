"""The head of an article: kicker 引题, title, byline, and where the text begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.document import Line, Row, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.bylines import is_byline, is_signed
from importer.rules.headlines import PAPERS, UNION_ONLY, whole_titles
from importer.rules.labels import InfoLine
from importer.rules.page import Item, is_prose
from importer.rules.persons import has_role, read_names
from importer.rules.title_choice import (
    DOC_NUMBER,
    NEVER,
    SUBTITLE,
    bare_title,
    choose,
    is_banner,
    is_site,
    may_be_title,
    reads_as_title,
    text_start,
)

_RUN_IN = re.compile(
    r"^(?P<title>\S(?:.{4,48}?)(?:工作要点|要点|工作计划|计划|工作总结|总结|工作安排|工作思路|通知|公告|方案|意见))(?:\s+|(?=\s*(?:19|20)\d\d年))(?=\S)"
)
_PAPER_END = re.compile(rf".*(?:{PAPERS})(?:[(].{{1,12}}[)])?$")
_DRAFT = re.compile(r"[(](?:\S{0,6}(?:稿|草案)|试行|暂行|修订|节选|摘要|代拟)[)]")
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
    subtitle: Found = NOTHING  # a title that is a slogan ends with it
    dated: list[Line] = field(default_factory=list)  # a day in brackets under the title


def read_head(
    items: Sequence[Item], *, hint: str | None = None, newspaper: bool = False, given: Line | None = None
) -> Head:
    """Split the items of one article into head and text.

    `hint` is the breadcrumb's last part; `given` is the title line where a table of contents or a marker named it.
    A page may have no title: a heading, caption or signature is never taken for one.
    """
    head = Head(infos=[item.info for item in items if item.info])
    items = whole_titles(items, min(text_start(items), HEAD_LINES), given)
    start = min(text_start(items), HEAD_LINES)
    above = [item for item in items[:start] if item.role == "text"]
    head.doc_number = next(
        (
            found(line.text, "doc-number", line.text, line.number)
            for line in _lines(above)
            if DOC_NUMBER.match(line.folded)
        ),
        NOTHING,
    )
    candidates = [item for item in above if may_be_title(item.line)]
    if not any(reads_as_title(item.line.folded) and not is_banner(item.line.folded) for item in candidates):
        items, lead = _with_lead(items, start)
        if lead:
            start, above, candidates = start + 1, [*above, lead], [*candidates, lead]
    chosen = next((item for item in candidates if given is item.line), None) or choose(candidates, items, start, hint)
    if chosen:
        _take(head, chosen, above, newspaper)
    else:
        _without_line(head, items, above, hint)
    texts = [item.line for item in items[start:] if item.role == "text"]
    title = fold(head.title.value or "")
    head.body += [line for line in texts if line is not given and (not title or line.folded != title)]
    _pull_bylines(head)
    return head


def _with_lead(items: list[Item], start: int) -> tuple[list[Item], Item | None]:
    """The items with a title in front of the first label (工作安排 2022-01-18 来源:…) on a line of its own."""
    for place, item in enumerate(items[:start]):
        if item.info and reads_as_title(item.info.lead) and not is_banner(fold(item.info.lead)):
            lead = Item("text", Line(item.line.number, item.info.lead))
            return [*items[:place], lead, *items[place:]], lead
    return items, None


def _lines(items: Sequence[Item]) -> list[Line]:
    return [item.line for item in items]


def _take(head: Head, chosen: Item, above: list[Item], newspaper: bool) -> None:
    """Fill title and kicker from the chosen line; what stands above it is banner, what stands below may be text."""
    line = chosen.line
    text, kicker = bare_title(line.text), None
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
        if folded == line.folded or DOC_NUMBER.match(folded):
            continue
        if UNION_ONLY.fullmatch(folded) and len(folded) <= 24 and not is_signed(item.line):
            head.banner.append(item.line)
        elif re.fullmatch(r"[(]\s*(?:\d{4}|[二一]\S{3})年\S{2,8}日?\s*(?:\S{0,20}(?:通过|讨论))?[)]", folded):
            head.dated.append(item.line)
        elif folded.isascii() and not line.folded.isascii() and 3 < len(folded) <= 80 and " " in folded:
            continue  # the site's name in English
        elif is_byline(item.line):
            head.body.append(item.line)
        elif SUBTITLE.fullmatch(folded) and folded[0] in "-—–" and not head.subtitle.value:
            head.subtitle = found(item.line.text, "dash-below-title", item.line.text, item.line.number)
            # a slogan, and below it what it is, where the format does not part them
            if not item.line.whole and _PAPER_END.match(folded) and not _PAPER_END.match(line.folded):
                head.title = Found(f"{head.title.value}{item.line.text}", head.title.evidence)
        elif _DRAFT.fullmatch(folded):
            head.title = Found(f"{head.title.value}{item.line.text}", head.title.evidence)
        else:
            head.body.append(item.line)


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
        or NEVER.match(folded)
        or is_site(folded)
        or UNION_ONLY.fullmatch(folded)
        or DOC_NUMBER.match(folded)
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
            head.title = found(bare_title(lead), "title-on-information-line", info.line.text, info.line.number)
            break
    head.body = [
        item.line for item in above if not UNION_ONLY.fullmatch(item.line.folded) and not is_site(item.line.folded)
    ]
    kept = set(map(id, head.body))
    head.banner = [item.line for item in above if id(item.line) not in kept]
    if head.title.value:
        return
    first = next((item for item in items if item.role == "text" and is_prose(item.line.folded)), None)
    match = _RUN_IN.match(first.line.folded[:80]) if first and first is items[text_start(items)] else None
    if match and not re.search(r"[,。;:!?]", match["title"]):
        text = first.line.text[: match.end("title")]
        head.title = found(text, "title-before-text", text, first.line.number, "medium")
        rest = Line(first.line.number, first.line.text[match.end() :].strip(), first.line.indent)
        items[items.index(first)] = Item("text", rest) if isinstance(items, list) else first
    elif hint and len(hint) > 8:
        head.title = found(hint, "breadcrumb-leaf", hint, None, "medium")


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
