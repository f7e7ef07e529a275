"""What a page states about its article apart from the text: meta tags (网页标签规范), JSON-LD, its <title>."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from importer.document import fold
from importer.evidence import Found, found
from importer.readers.html.tree import Tree, statements
from importer.rules.dates import CHINA, find_dates, iso

# By hint, the names of meta tags in lower case, the surest first; after "|" stand the weaker ones.
_NAMES = {
    "title": "articletitle dc.title citation_title | og:title twitter:title",
    "published": "pubdate publishdate publish_date publishtime publish_time article:published_time "
    "og:article:published_time firstpublishedtime datepublished | og:release_date weibo:article:create_at dc.date "
    "dcterms.created",
    "source": "contentsource article:source articlesource | source dc.source mediaid",
    "author": "author article:author og:article:author articleauthor | dc.creator",
    "editor": "editor articleeditor responsibleeditor |",
    "channel": "columnname | article:section og:article:section",
    "site": "sitename | og:site_name",
    "url": "url | og:url",
}
_STATED = {  # the same in JSON-LD
    "title": ("headline", "title", "name"),
    "published": ("datePublished", "pubDate", "dateCreated"),
    "author": ("author",),
    "source": ("sourceOrganization", "provider"),
    "channel": ("articleSection",),
    "url": ("url", "@id"),
}
_ARTICLE = re.compile(r"Article|NewsArticle|BlogPosting|Report", re.IGNORECASE)
_PART = re.compile(r"\s*(?:[_|–—\-<>«»·丨｜﹣－]|::)+\s*")
_SCRIPT = {
    "published": re.compile(r"""(?:var\s+(?:ct|publish_time)|window\.ct)\s*=\s*["']([\d\- :]{10,19})["']"""),
    "source": re.compile(r"""var\s+nickname\s*=\s*(?:htmlDecode\()?["']([^"'<>]{2,40})["']"""),
    "author": re.compile(r"""<span class="rich_media_meta rich_media_meta_text">\s*([^<>]{2,20}?)\s*</span>"""),
    "title": re.compile(r"""var\s+msg_title\s*=\s*["']([^"'<>]{4,120})["']"""),
}
_LONGEST = 200
_SET_OFF = "_|–—-<>«»·丨:"
_RULE = re.compile(r"[^a-z0-9]+")


class Stated(NamedTuple):
    """A value the page states, the place it is stated in, and how sure it is."""

    value: str
    place: str
    confidence: str


def read_hints(tree: Tree, text: str, lines: Sequence[str]) -> dict[str, Found]:
    """The hints of Document.hints. `lines` are the page's printed lines, in which a <title> is looked for."""
    stated: dict[str, list[Stated]] = {name: [] for name in _NAMES}
    _from_metas(tree, stated)
    _from_statements(tree, stated)
    if "js_content" in text:
        for name, pattern in _SCRIPT.items():
            match = pattern.search(text)
            if match:
                stated[name].append(Stated(match[1], "script", "high"))
    for link in tree.links:
        if "canonical" in link.get("rel", "").lower() and link.get("href"):
            stated["url"].append(Stated(link["href"].strip(), "link-canonical", "medium"))
    hints = {}
    for name, values in stated.items():
        for row in values:
            value = _published(row.value) if name == "published" else row.value
            if value and name not in hints:
                value = [value] if name == "channel" else value
                hints[name] = found(value, row.place, row.value, None, row.confidence)
    title = _title(stated["title"], "".join(tree.titles), lines)
    hints.pop("title", None)
    return hints | ({"title": title} if title else {})


def _from_metas(tree: Tree, stated: dict[str, list[Stated]]) -> None:
    values: dict[str, str] = {}
    for meta in tree.metas[:300]:
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and 0 < len(content) <= _LONGEST:
            values.setdefault(name, content)
    for hint, names in _NAMES.items():
        for confidence, part in zip(("high", "medium"), names.split("|"), strict=True):
            stated[hint] += [
                Stated(values[name], f"meta-{_RULE.sub('-', name)}", confidence)
                for name in part.split()
                if name in values
            ]


def _from_statements(tree: Tree, stated: dict[str, list[Stated]]) -> None:
    for row in statements(tree):
        kind = row.get("@type")
        kind = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")
        if not _ARTICLE.search(kind) and not ("pubDate" in row and "title" in row):
            continue
        for hint, names in _STATED.items():
            value = next((value for name in names if (value := _words(row.get(name)))), "")
            if value:
                stated[hint].append(Stated(value, "json-ld", "high"))
        return


def _words(value) -> str:
    """The text of a JSON-LD value: itself, its name, or the names of a list."""
    if isinstance(value, Mapping):
        value = value.get("name")
    elif isinstance(value, list):
        value = " ".join(filter(None, (_words(part) for part in value[:5] if not isinstance(part, list))))
    value = " ".join(value.split()) if isinstance(value, str) else ""
    return value if len(value) <= _LONGEST else ""


def _published(text: str) -> str | None:
    """A day or a moment in China's time, in ISO form; None where `text` holds none that can be."""
    if re.fullmatch(r"1\d{9}", text):
        return datetime.datetime.fromtimestamp(int(text), CHINA).isoformat()
    if "T" in text and re.search(r"(?:Z|[+-]\d\d:?\d\d)$", text):
        try:
            return datetime.datetime.fromisoformat(text).astimezone(CHINA).replace(microsecond=0).isoformat()
        except (ValueError, OverflowError):
            pass
    dates = find_dates(fold(text))
    return (iso(dates[0]) or dates[0].day.isoformat()) if dates else None


def _squeeze(text: str) -> str:
    return "".join(fold(text).split()).lower()


def _title(stated: Sequence[Stated], page_title: str, lines: Sequence[str]) -> Found | None:
    """The article's title as stated: printed so on the page, else a meta tag's, else the longest part of <title>.

    A <title> holds the site's and the channel's names too: the longest printed line that is part of it is the title.
    """
    printed = {}
    for line in lines:
        if 5 <= len(line) <= 120:
            printed.setdefault(_squeeze(line), line)
    page_title = " ".join(page_title.split())[:300]
    for row in [*stated, Stated(page_title, "title-tag", "medium")]:
        whole = _squeeze(row.value).rstrip(".…")
        if len(whole) < 4:
            continue
        if whole in printed:
            return found(printed[whole], row.place, row.value, None, row.confidence)
        inside = [key for key in printed if _begins_or_ends(key, whole)]
        if inside and row.confidence != "high":
            return found(printed[max(inside, key=len)], row.place, row.value, None, row.confidence)
        if row.confidence == "high":
            return found(row.value, row.place, row.value, None, "high")
    parts = [part for part in _PART.split(stated[0].value if stated else page_title) if part]
    best = max(parts, key=len, default="")
    return found(best, "title-tag", page_title, None, "low") if len(best) >= 6 else None


def _begins_or_ends(key: str, whole: str) -> bool:
    """Whether the line is a part of the <title> set off by a separator, or stands at its start."""
    at = whole.find(key)
    if at < 0 or len(key) < 6:
        return False
    after, before = whole[at + len(key) : at + len(key) + 1], whole[at - 1 : at] if at else ""
    return before in f"{_SET_OFF}】])" and after in f"{_SET_OFF}([【"
