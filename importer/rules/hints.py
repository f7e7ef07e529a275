"""What a file's format states about its one article: taken first where it can be trusted, never a placeholder."""

import datetime
import re

from importer.document import fold
from importer.evidence import NOTHING, Found
from importer.rules.bylines import Byline, real
from importer.rules.dates import DateFound
from importer.rules.page import Page
from importer.rules.persons import read_names, read_post_and_name
from importer.rules.titles import Head

_NO_TITLE = re.compile(
    r"(?:无标题|新建|未命名|untitled|new page|default|index|document\s*\d*|microsoft word|幻灯片|图片新闻|新闻详情|"
    r"新闻中心|新闻内容|文章详情|详细信息|信息详情|内容详情|首页|网站首页|欢迎(?:访问|光临)).*"
    r"|.{0,20}(?:官网|官方网站|门户网站?|信息网|工会网|公众平台)|\S{2,8}(?:在线|网)|\S{2,14}(?:总工会|工会委员会|工会联合会|人民政府)"
    r"|.*第\s*[A-Z]?\d+\s*版.*|.*\.(?:docx?|wps|pdf|html?|txt|xlsx?)",
    re.IGNORECASE,
)
_CUT = re.compile(r"[.…]+$")


def title_hint(page: Page) -> str | None:
    """The title the format states, where it can be one: no placeholder, site, body or file name."""
    hint = page.hints.get("title", NOTHING)
    return hint.value if hint.value and _may_be_title(page, hint.value) else None


def take_title(head: Head, page: Page) -> None:
    """The stated title goes before the one read off the lines, unless that is the same written out in full.

    One stated in doubt (a <title> that no printed line repeats) only fills a gap.
    """
    hint = page.hints.get("title", NOTHING)
    if title_hint(page) is None:
        return
    stated, read = _bare(hint.value), _bare(head.title.value)
    if read and (hint.evidence.confidence == "low" or (len(read) >= len(stated) and (stated in read))):
        return
    head.title = hint
    head.body = [line for line in head.body if _bare(line.text) != stated]


def take_byline(byline: Byline, page: Page) -> Byline:
    """Source, author and editor as stated fill what the page does not print; a site's name is no author."""
    hints = page.hints
    source, author, title, editor = byline
    stated = hints.get("source", NOTHING)
    if (
        real(stated.value)
        and not read_names(stated.value)
        and (not source.value or stated.evidence.confidence == "high")
    ):
        source = Found(real(stated.value), stated.evidence)
    stated = hints.get("author", NOTHING)
    if not author.value and real(stated.value):
        author, title = _person(stated) or (author, title)
    stated = hints.get("editor", NOTHING)
    if not editor.value and real(stated.value) and _person(stated):
        editor = _person(stated)[0]
    return Byline(source, author, title, editor)


def take_published(published: Found, page: Page) -> Found:
    """The stated day or time; a labelled one printed on the page goes before one stated in doubt."""
    hint = page.hints.get("published", NOTHING)
    stated = _moment(hint)
    if not stated:
        return published
    printed = published.value
    if printed and printed.day == stated.day:
        return published if printed.time or not stated.time else Found(stated, hint.evidence)
    labelled = published.evidence and published.evidence.rule != "sign-off"
    if labelled and hint.evidence.confidence != "high":
        return published
    return Found(stated, hint.evidence)


def take_channel(page: Page) -> list[str]:
    """The breadcrumb the page prints, else the channel the format states."""
    return page.breadcrumb or list(page.hints.get("channel", NOTHING).value or [])


def take_neighbours(page: Page) -> None:
    """The articles before and after as the page prints them, else as the format states them."""
    page.previous = page.previous if page.previous.value else page.hints.get("previous", NOTHING)
    page.following = page.following if page.following.value else page.hints.get("following", NOTHING)


def _may_be_title(page: Page, text: str) -> bool:
    folded = fold(text).strip()
    site = page.hints.get("site", NOTHING).value
    others = {site, page.site, *page.breadcrumb[:-1], *take_channel(page)[:-1]}
    return len(folded) >= 4 and not _NO_TITLE.fullmatch(folded) and text not in others and bool(real(text))


def _bare(text: str | None) -> str:
    return _CUT.sub("", re.sub(r"\s+", "", fold(text or "")))


def _person(stated: Found) -> tuple[Found, Found] | None:
    """(author, post) of a stated author who is one or several people."""
    post = read_post_and_name(stated.value)
    if post:
        return Found(post[1], stated.evidence), Found(post[0], stated.evidence)
    names = read_names(stated.value)
    return (Found(" ".join(names), stated.evidence), NOTHING) if names else None


def _moment(hint: Found) -> DateFound | None:
    if not hint.value:
        return None
    try:
        moment = datetime.datetime.fromisoformat(hint.value)
    except ValueError:
        return None
    if not 1945 <= moment.year <= 2100:
        return None
    if len(hint.value) <= 10:
        return DateFound(moment.date(), None, "day", 0, 0)
    precision = "second" if moment.second else "minute"
    return DateFound(moment.date(), moment.time().replace(microsecond=0, tzinfo=None), precision, 0, 0)
