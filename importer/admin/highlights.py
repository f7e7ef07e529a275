"""The page as it was read, for the review: its lines, where each value was found, and what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from importer.document import Document, Line, fold
from importer.readers import reader_for
from importer.readers.unreadable import UnreadableFile

MOST_LINES = 1500
LONGEST_LINE = 4000
WITH_ORGANIZATION = ("level", "parent_organization")
"""What rests on the organisation's own words as a rule, and then needs no mark of its own."""
ENDS = 20  # characters of a line's ends by which it is found in the text


@dataclass(frozen=True)
class Part:
    """A run of a line's characters; `fields` were found in it, those in `opening` begin here."""

    text: str
    fields: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    confidence: str = ""


@dataclass
class ShownLine:
    """A line of the page: `role` is own, other (another article's) or dropped; `first` where it is the number's first.

    `headings` and `targets` are the places (from 1) of those that were found in it.
    """

    number: int
    role: str
    first: bool
    parts: list[Part]
    cut: bool = False
    headings: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class ShownPage:
    lines: list[ShownLine]
    left_off: int  # lines that are not shown
    fault: str = ""


def document_of(raw: bytes, name: str) -> Document:
    """The file read once more; raises UnreadableFile as the import did."""
    reader = reader_for(raw, name)
    if reader is None:
        raise UnreadableFile("binary", name)
    return reader.read(raw, name)


def page_of(raw: bytes, name: str, output: dict, index: int, filed: dict) -> ShownPage:
    """The lines of the file with what was found in them for article `index` of the importer's `output`.

    `filed` is that article as it was corrected: its headings and targets are the ones that lines lead to. The file is
    read again and nothing of it is kept; what no reader takes gives a page without lines.
    """
    try:
        document = document_of(raw, name)
    except UnreadableFile as error:
        return ShownPage([], 0, str(error))
    articles = output.get("articles") or []
    article = articles[index] if index < len(articles) else {}
    evidence = _worth_marking(article.get("evidence") or {})
    texts = Texts(articles, index)
    headings = _by_line(filed.get("outline") or [])
    targets = _by_line(filed.get("targets") or [])
    shown, seen = [], set()
    lines = [line for line in document.lines if line.text]
    for line in lines[:MOST_LINES]:
        here = {name: found for name, found in evidence.items() if found["line"] == line.number}
        first = line.number not in seen
        seen.add(line.number)
        role = "own" if here else texts.role(line)
        row = ShownLine(line.number, role, first, parts_of(line, here, first), len(line.text) > LONGEST_LINE)
        if first:
            row.headings, row.targets = headings.get(line.number, []), targets.get(line.number, [])
        shown.append(row)
    return ShownPage(shown, max(0, len(lines) - MOST_LINES))


def _worth_marking(evidence: dict[str, dict]) -> dict[str, dict]:
    union = evidence.get("organization")
    same = {
        name for name in WITH_ORGANIZATION if union and name in evidence and evidence[name]["line"] == union["line"]
    }
    return {name: found for name, found in evidence.items() if name not in same}


def parts_of(line: Line, evidence: dict[str, dict], first: bool = True) -> list[Part]:
    """The line cut where a found value begins or ends; one whose words are not in it spans the line (if `first`)."""
    text = line.text[:LONGEST_LINE]
    spans = {}
    for name, found in evidence.items():
        span = _span(line, found["text"] or "")
        if span or first:
            start, end = span or (0, len(text))
            spans[name] = (min(start, len(text)), min(end, len(text)))
    edges = sorted({0, len(text), *(edge for span in spans.values() for edge in span)})
    parts = []
    for start, end in pairwise(edges):
        fields = tuple(name for name, span in spans.items() if span[0] <= start and end <= span[1])
        opening = tuple(name for name in fields if spans[name][0] == start)
        sure = [evidence[name]["confidence"] for name in fields]
        worst = next((word for word in ("low", "medium", "high") if word in sure), "")
        parts.append(Part(text[start:end], fields, opening, worst))
    return parts


def _span(line: Line, words: str) -> tuple[int, int] | None:
    """Where `words` stand in the line; where they are not there as one, from the first to the last of them."""
    text, sought = line.folded, fold(words)
    start = text.find(sought) if sought else -1
    if start >= 0:
        return start, start + len(sought)
    places = [(text.find(word), len(word)) for word in sought.split()]
    if not places or any(start < 0 for start, _length in places):
        return None
    return min(start for start, _length in places), max(start + length for start, length in places)


class Texts:
    """Which article a line went into: the one that is shown (own), another (other), or none (dropped)."""

    def __init__(self, articles: list[dict], index: int):
        self.own, self.others = "", ""
        for place, article in enumerate(articles):
            told = [found["text"] or "" for found in (article.get("evidence") or {}).values()]
            text = squeezed("\n".join([article.get("body") or "", *told]))
            if place == index:
                self.own = text
            else:
                self.others += text

    def role(self, line: Line) -> str:
        words = squeezed(line.text)
        for role, text in (("own", self.own), ("other", self.others)):
            if words[:ENDS] in text or words[-ENDS:] in text:
                return role
        return "dropped"


def squeezed(text: str) -> str:
    return fold("".join(text.split()))


def _by_line(rows: Iterable[dict]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, row in enumerate(rows, 1):
        if row.get("line"):
            found.setdefault(row["line"], []).append(place)
    return found
