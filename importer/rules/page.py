"""A page's lines told apart: what is the article's and what is the site's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from importer.document import Attachment, Document, Line, Picture, Row, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.breadcrumbs import is_sure, path_of_entries, read_breadcrumb
from importer.rules.bylines import is_byline
from importer.rules.furniture import (
    closes,
    is_bare_figure,
    is_bare_stop,
    is_contact,
    is_menu_word,
    is_noise,
    starts_tail,
)
from importer.rules.interruptions import goes_on_at
from importer.rules.labels import InfoLine, read_info_line
from importer.rules.mastheads import PLACE
from importer.rules.neighbours import neighbour_title, read_neighbours
from importer.rules.persons import read_names
from importer.rules.prose import NUMBERED, ends_sentence, is_prose
from importer.rules.toolbars import is_strip, parts_of

_DAY_ALONE = re.compile(r"(?:\d{4}|[二一][〇零○ОΟ0一二三四五六七八九]{3})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日")
_FOOTER = re.compile(r".*(?:版权所有|Copyright|ICP备|公网安备|网站标识码|All Rights Reserved).*", re.IGNORECASE)
_CREDITS = {"editor", "reviewer", "views"}  # what stands under a text and nothing of it below
_PLACE_ALONE = re.compile(PLACE)
_WELCOME = re.compile(r"欢迎(?:您|你)?(?:访问|光临|来到|登录|登陆|浏览)(.{2,30}?)(?:网站|官网|门户网|网)?[!。]*")
_CALL = re.compile(r"(?:网站|本站|最新|滚动|系统|站内|重要)?(?:公告|通知|通告|提示|声明|消息)\s*:")


class Item(NamedTuple):
    """A line that is the article's (`text`) or tells about it (`info`)."""

    role: str
    line: Line
    info: InfoLine | None = None


@dataclass
class Page:
    """The lines that count, in order, and what the site says around them."""

    items: list[Item] = field(default_factory=list)
    breadcrumb: list[str] = field(default_factory=list)
    breadcrumb_line: Line | None = None
    previous: Found = NOTHING
    following: Found = NOTHING
    site: str | None = None  # words of the site's own banner, a hint whose page it is
    menu: set[str] = field(default_factory=set)  # the entries of the site's menus
    cut_note: bool = False  # the page itself says that text is left out
    hints: Mapping[str, Found] = field(default_factory=dict)  # what the file's format states: Document.hints
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: tuple[int, int] | None = None  # Document.body


def scan(document: Document) -> Page:
    """Sort the lines of `document`; furniture is dropped, breadcrumb and neighbours are read off."""
    page = Page(hints=document.hints, pictures=document.pictures, attachments=document.attachments)
    page.body = document.body
    lines = [line for line in document.lines if line.text]
    first, last, prose = _text_range(document, lines)
    pending: list[str] = []
    resumed = 0
    for index, line in enumerate(lines):
        if first < index < last and index >= resumed:
            resumed = goes_on_at(lines, index) or resumed
        if index < resumed:
            continue
        if index > max(last, 0) and index > first and (_FOOTER.fullmatch(line.folded[:200]) or starts_tail(line)):
            break
        if pending and not read_neighbours(line) and not is_noise(line):
            side = pending.pop(0)
            if not (starts_tail(line) or read_info_line(line) or is_prose(line.folded)):
                _set_neighbour(page, side, line.text, line)
                continue
        # A sentence inside the text: that it is no label, neighbour or furniture is known.
        if first < index <= last and index in prose and not (starts_tail(line) or _WELCOME.fullmatch(line.folded)):
            page.items.append(Item("text", line))
            pending = []
            continue
        pending = _place(page, lines, index, first, last) or (pending if is_noise(line) else [])
    _drop_foot(page, lines, last)
    _drop_outside(page)
    _drop_above_path(page)
    _drop_account(page)
    return page


def _text_range(document: Document, lines: list[Line]) -> tuple[int, int, set[int]]:
    """The places of the first and the last line of running text, and of the sentences that are no furniture.

    The first is the number of lines and the last -1 where there is none.
    """
    if document.body:
        start, stop = document.body
        inside = [index for index, line in enumerate(lines) if start <= line.number <= stop and not _is_edge(line)]
        prose = [index for index in inside if is_prose(lines[index].folded)] or inside
        if not prose:
            return len(lines), -1, set()
        last = _last_of_article(lines[: inside[-1] + 1], prose)
        if last < prose[-1]:
            return prose[0], last, set(prose)
        tail = next((index for index in range(last + 1, inside[-1] + 1) if starts_tail(lines[index])), None)
        return prose[0], tail - 1 if tail else inside[-1], set(prose)
    prose = [index for index in range(len(lines)) if _is_text(lines, index) and not _is_edge(lines[index])]
    while len(prose) > 1 and _is_title_with_stop(lines, prose):
        prose.pop(0)
    return (prose[0], _last_of_article(lines, prose), set(prose)) if prose else (len(lines), -1, set())


def _is_title_with_stop(lines: list[Line], prose: list[int]) -> bool:
    """A short sentence above the information line is the title: 暑期托管班来啦,家长们别错过!"""
    start, after = prose[:2]
    if len(lines[start].folded) >= 60 or start > 12 or lines[start].folded[-1] not in "!?…":
        return False
    if any(is_sure(line) and read_breadcrumb(line) for line in lines[start + 1 : min(after, start + 5)]):
        return True
    infos = (read_info_line(line) for line in lines[start + 1 : min(after, start + 5)])
    return any(info and info.fields & {"date", "source", "author", "updated"} for info in infos)


def _is_text(lines: list[Line], index: int) -> bool:
    """A line of prose, or one broken off at the edge of a page whose paragraph goes on below at the same width."""
    if is_prose(lines[index].folded):
        return True
    folded = lines[index].folded
    if not 16 <= len(folded) <= 60 or lines[index].whole or ends_sentence(folded):
        return False
    if is_sure(lines[index]) and read_breadcrumb(lines[index]):
        return False
    joined = folded
    for line in lines[index + 1 : index + 4]:
        joined += line.folded
        if line.whole or line.indent > lines[index].indent:
            return False
        if ends_sentence(line.folded):
            return len(line.folded) <= len(folded) + 3 and is_prose(joined)
        if abs(len(line.folded) - len(folded)) > 3:
            return False
    return len(joined) > 60 and bool(re.search("[,。;!?、:]", joined))


def _is_edge(line: Line) -> bool:
    """A long line that is furniture all the same."""
    return is_noise(line) or bool(read_neighbours(line)) or read_info_line(line) is not None


def _last_of_article(lines: list[Line], prose: list[int]) -> int:
    """The last prose line before the list of other pages, unless the article goes on after it."""
    total = sum(len(lines[index].text) for index in prose)
    for cut, line in enumerate(lines):
        if cut > prose[0] and (starts_tail(line) or read_neighbours(line)):
            after = [index for index in prose if index > cut]
            if after and goes_on_at(lines, cut) is None and sum(len(lines[index].text) for index in after) < total / 4:
                return max(index for index in prose if index < cut)
    return prose[-1]


def _place(page: Page, lines: list[Line], index: int, first: int, last: int) -> list[str]:
    """Put one line where it belongs; returns those of "prev" and "next" whose titles stand on the following lines."""
    line = lines[index]
    if isinstance(line.mark, Row) or _is_torn(page, line, index, first, last):
        page.items.append(Item("text", line))
        return []
    if len(line.text) <= 240:
        neighbours = read_neighbours(line)
        if neighbours:
            for side, value in neighbours.items():
                _set_neighbour(page, side, value, line)
            empty = [side for side, value in neighbours.items() if not value]
            return empty if index + 1 < len(lines) and index > first else []
        crumb = read_breadcrumb(line) if index < first or (not page.breadcrumb and index > last) else None
        crumb = crumb or (path_of_entries(line, page.menu) if index < first and page.menu else None)
        if crumb:
            if not page.breadcrumb_line or _is_nearer(line, crumb, page):
                page.breadcrumb, page.breadcrumb_line = crumb, line
            return []
        info = None if is_byline(line) and ":" not in line.folded else read_info_line(line)
        if info and _counts(info, lines, index, first, last):
            page.items.append(Item("info", line, info))
            return []
        if _is_notices_contact(page, lines, index, first, last):
            page.items.append(Item("text", line))
            return []
        if _site_words(page, line) or is_noise(line) or starts_tail(line):
            if index < first and len(line.text) <= 120:
                page.menu.update(parts_of(line.folded))
            page.cut_note = page.cut_note or bool(re.search(r"(?:隐藏|省略)\s*\d+\s*个?字", line.folded))
            return []
        if (index < first or index > last) and _is_menu(line):
            page.menu.update(parts_of(line.folded))
            return []
    page.items.append(Item("text", line))
    return []


def _is_nearer(line: Line, crumb: list[str], page: Page) -> bool:
    """Whether a second path is the article's: the first was a menu, for it begins alike and is no more certain."""
    if is_sure(line) != is_sure(page.breadcrumb_line):
        return is_sure(line)
    if is_sure(line):
        return False
    barred = "|" in page.breadcrumb_line.folded and "|" not in line.folded  # a menu's bars, a path's own marks
    return barred or (crumb[0] == page.breadcrumb[0] and len(crumb) < len(page.breadcrumb))


def _is_menu(line: Line) -> bool:
    if is_menu_word(line) or _PLACE_ALONE.fullmatch(line.folded):  # where an account's post was sent from
        return True
    return is_strip(line) and not NUMBERED.match(line.folded) and not read_names(line.text)


def _is_torn(page: Page, line: Line, index: int, first: int, last: int) -> bool:
    """A figure or full stop that goes on the sentence of the line above: 建会率达到100 / %。"""
    if index <= first or not page.items or page.items[-1].role != "text":
        return False
    bare = is_bare_stop(line) or (index < last and is_bare_figure(line))
    return bare and not ends_sentence(page.items[-1].line.folded)


def _is_notices_contact(page: Page, lines: list[Line], index: int, first: int, last: int) -> bool:
    """联系电话 and 邮箱 of a notice stand in its text or between the text and the signature's day."""
    if index <= first or not is_contact(lines[index]):
        return False
    if index < last or any(_DAY_ALONE.fullmatch(line.folded) for line in lines[index + 1 : index + 7]):
        return True
    if any(_FOOTER.fullmatch(line.folded[:200]) for line in lines[index + 1 : index + 3]):
        return False  # the first line of the site's footer
    before = page.items[-1].line if page.items else None
    return (
        before is lines[index - 1] and page.items[-1].role == "text" and (is_prose(before.folded) or is_contact(before))
    )


def _counts(info: InfoLine, lines: list[Line], index: int, first: int, last: int) -> bool:
    """Whether an information line speaks of the article: above and below the text, inside it only a plain one."""
    if (
        any(label.field == "date" and label.label in ("时间", "日期", "") for label in info.labels)
        and len(info.fields) == 1
    ):
        around = [line.folded for line in lines[max(0, index - 2) : index + 3]]
        if any(
            re.match(
                r"[\d一二三四五、.()\s]*(?:活动|会议|培训|报名|参会|集合)?(?:地点|地址|会议时间|对象|人员|内容|参会人员)\s*:",
                text,
            )
            for text in around
        ):
            return False  # a notice's 时间: and 地点:
        if index > last and not any(label.label for label in info.labels):
            return False  # the day under a document's signature
    if first < index < last:
        telling = info.fields - {"other", "photo", "title", "font", "tools", "doc_number", "publisher"}
        return (
            len(telling) >= 2
            or (not telling and not info.labels)
            or telling <= {"views", "editor", "clerk", "reviewer"}
            or _among_credits(lines, index)
        )
    return True


def _among_credits(lines: list[Line], index: int) -> bool:
    """Whether the line above or below tells of people too: 来源 |, 文字 |, 编辑 | one below another."""
    near = [read_info_line(line) for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])]
    return any(info and not info.lead and info.fields & {"author", "photo", "editor", "reviewer"} for info in near)


def _site_words(page: Page, line: Line) -> bool:
    match = _WELCOME.fullmatch(line.folded)
    if match:
        page.site = page.site or match[1]
    return bool(match)


def _set_neighbour(page: Page, side: str, value: str, line: Line) -> None:
    title = neighbour_title(value)
    if title is None:
        return
    if side == "prev" and not page.previous.value:
        page.previous = found(title, "label", line.text, line.number)
    if side == "next" and not page.following.value:
        page.following = found(title, "label", line.text, line.number)


def _drop_foot(page: Page, lines: list[Line], last: int) -> None:
    """Below the credits, the tools or the neighbours under the text there are only other pages and the site's foot."""
    if last < 0:
        return
    credits = {id(item.line) for item in page.items if item.info and item.info.fields & _CREDITS}
    for place in range(last + 1, len(lines)):
        line = lines[place]
        if (
            closes(line)
            or read_neighbours(line)
            or (
                id(line) in credits
                and not any(_DAY_ALONE.fullmatch(other.folded) for other in lines[place + 1 : place + 4])
            )
        ):
            below = set(map(id, lines[place + 1 :]))
            page.items = [item for item in page.items if item.role == "info" or id(item.line) not in below]
            return


def _drop_above_path(page: Page) -> None:
    """A sentence above the path of channels is the site's: 网站公告:本站即将改版,敬请谅解!"""
    path = page.breadcrumb_line
    if path:
        page.items = [
            item
            for item in page.items
            if item.role == "info" or item.line.number >= path.number or not _is_call(item.line.folded)
        ]


def _drop_account(page: Page) -> None:
    """The name and the motto of the account that a text is taken from, below 以下文章来源于…."""
    for place, item in enumerate(page.items[:8]):
        if not item.info or not any(label.label == "来源于" for label in item.info.labels):
            continue
        below = page.items[place + 1 : place + 3]
        if (
            below
            and below[0].role == "text"
            and below[0].line.folded.strip(" .。") in map(fold, item.info.values("source"))
        ):
            motto = len(below) > 1 and below[1].role == "text" and len(below[1].line.text) <= 40
            del page.items[place + 1 : place + 2 + motto]
        return


def _is_call(folded: str) -> bool:
    return len(folded) <= 120 and ends_sentence(folded) and bool(_CALL.match(folded) or re.search("[。!]", folded))


def _drop_outside(page: Page) -> None:
    """Where the format tells the article's lines: no sentence above them and no text below them is the article's."""
    if page.body:
        first, last = page.body
        page.items = [
            item
            for item in page.items
            if item.role == "info"
            or first <= item.line.number <= last
            or (item.line.number < first and not (is_prose(item.line.folded) and ends_sentence(item.line.folded)))
        ]
