"""From a file's bytes to a proposal, and from a proposal to the importer's output. Pure: nothing is stored."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from importer.evidence import NOTHING, Found, found
from importer.readers import reader_for
from importer.readers.unreadable import SIZE_LIMIT, UnreadableFile, foreign_kind
from importer.reading import ArticleProposal, read_article
from importer.rules.hints import take_neighbours
from importer.rules.owner import site_of
from importer.rules.page import Page, scan
from importer.rules.pieces import Split
from importer.rules.splitting import split
from importer.rules.torn import mended

RULES_VERSION = "1"


@dataclass
class Proposal:
    """What a file holds: its articles, its collection's table where it has one, and warnings (`code: sentence`).

    `address` is where the page says it was published, `files` the bytes of pictures and the like found inside, by name;
    these are not printed.
    """

    id: str
    sha256: str
    encoding: str | None = None
    reader: str | None = None
    seconds: float = 0.0
    collection: dict | None = None
    articles: list[ArticleProposal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    address: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def propose(raw: bytes, name: str) -> Proposal:
    """Read one file. `name` is its id in the output; only the content decides how it is read.

    Raises UnreadableFile (with the proposal to print) for a file that is empty, larger than SIZE_LIMIT or not text.
    """
    started = time.perf_counter()
    proposal = Proposal(name, hashlib.sha256(raw).hexdigest())
    try:
        document = _read(raw, name)
    except UnreadableFile as error:
        proposal.warnings.append(f"unreadable_{error.code}: {error}")
        proposal.seconds = time.perf_counter() - started
        error.proposal = proposal
        raise
    proposal.encoding, proposal.reader = document.encoding, document.reader
    proposal.warnings += document.warnings
    proposal.files = document.files
    proposal.address = document.hints["url"].value if "url" in document.hints else None
    document = mended(document)
    page = scan(document)
    page.site = page.site or site_of(document)
    take_neighbours(page)
    parts = split(page)
    _read_articles(proposal, page, parts)
    proposal.collection = _collection(parts)
    proposal.warnings = list(dict.fromkeys([*proposal.warnings, *_contents_warnings(parts)]))
    proposal.seconds = time.perf_counter() - started
    return proposal


def output(proposal: Proposal) -> dict:
    """The proposal as one JSON-ready object of the importer's output."""
    row = asdict(replace(proposal, files={}))
    del row["files"]
    if proposal.address is None:
        del row["address"]
    row["seconds"] = round(proposal.seconds, 4)
    for article, printed in zip(proposal.articles, row["articles"], strict=True):
        printed["evidence"] = {name: evidence._asdict() for name, evidence in article.evidence.items()}
    return row


def _read(raw: bytes, name: str):
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise UnreadableFile("empty", name)
    if len(raw) > SIZE_LIMIT:
        raise UnreadableFile("too_large", name)
    reader = reader_for(raw, name)
    if reader is None:
        raise UnreadableFile(foreign_kind(raw) or "binary", name)
    return reader.read(raw, name)


def _read_articles(proposal: Proposal, page: Page, parts: Split) -> None:
    """All pieces of the page; a year stated by one article of a newspaper page is lent to those without."""
    read = [read_article(page, parts, index) for index in range(len(parts.pieces))]
    if parts.kind == "newspaper":
        lent = _stated_year([article for article, _ in read])
        for index, (article, _) in enumerate(read):
            if lent.value and article.carries_plan and article.plan_year is None:
                read[index] = read_article(page, parts, index, lent)
    if len(parts.pieces) > 1 and _are_unions(parts, [article.kind for article, _ in read]):
        for index, (article, _) in enumerate(read):
            if article.kind == "other":
                read[index] = read_article(page, parts, index, unions=True)
    if parts.kind == "collection":
        _set_neighbours([article for article, _ in read], parts)
    for article, warnings in read:
        proposal.warnings += warnings
        if article.kind == "other" and (article.body or article.title):
            proposal.warnings.append("not_union: the page does not seem to be a trade union's; it waits for a person")
        elif not article.body:
            proposal.warnings.append("needs_review: no text of an article was found on the page")
        proposal.articles.append(article)


def _are_unions(parts: Split, kinds: list[str]) -> bool:
    """Whether the other pieces speak for one that names no union: any of a collection, most of a newspaper's page."""
    unions = sum(kind != "other" for kind in kinds)
    return unions > 0 if parts.kind in ("collection", "series") else unions * 2 > len(kinds)


def _stated_year(articles: list[ArticleProposal]) -> Found:
    for article in articles:
        if article.plan_year and article.plan_year_stated:
            evidence = article.evidence["plan_year"]
            return found(article.plan_year, "from_neighbour", evidence.text, evidence.line, "medium")
    return NOTHING


def _set_neighbours(articles: list[ArticleProposal], parts: Split) -> None:
    """Inside a collection the articles before and after are the entries of its table, present or missing."""
    titles = [title for _no, title, _state in parts.contents]
    for index, article in enumerate(articles):
        place = titles.index(article.title) if titles.count(article.title) == 1 else index
        article.prev_title = titles[place - 1] if place else None
        article.next_title = titles[place + 1] if place + 1 < len(titles) else None


def _collection(parts: Split) -> dict | None:
    if parts.kind not in ("collection", "series"):
        return None
    return {
        "title": parts.title.text if parts.title else None,
        "declared_count": parts.declared_count,
        "declared_chars": parts.declared_chars,
        "toc": [{"no": no, "title": title, "body": state} for no, title, state in parts.contents],
    }


def _contents_warnings(parts: Split) -> list[str]:
    rows = [f"missing_body: {title}" for _no, title, state in parts.contents if state == "missing"]
    if parts.declared_count and parts.contents and parts.declared_count != len(parts.contents):
        rows.append(
            f"count_differs: the title announces {parts.declared_count} pieces, {len(parts.contents)} are listed"
        )
    return rows
