"""One article read from its lines: every recogniser in turn, each value with its evidence."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from importer.document import Line
from importer.evidence import NOTHING, Evidence, Found, found
from importer.rules.affiliation import Affiliation, Where, read_affiliation
from importer.rules.bodies import blocks_of, outline_of, paragraphs_of, read_headings, targets_of
from importer.rules.breadcrumbs import channel_of, leaf_title
from importer.rules.bylines import Byline, read_byline
from importer.rules.dates import find_dates, iso, publish_date
from importer.rules.hints import take_byline, take_channel, take_published, take_title, title_hint
from importer.rules.kinds import read_kind, reads_as_plan
from importer.rules.labels import InfoLine
from importer.rules.markup import html_of, unlinked
from importer.rules.page import Page
from importer.rules.pieces import Piece, Split
from importer.rules.plan_year import Clues, read_plan_year, veils_year
from importer.rules.shared_lines import shared_infos
from importer.rules.title_choice import reads_as_title
from importer.rules.titles import Head, read_head
from importer.rules.union_pages import is_unions


@dataclass
class ArticleProposal:
    """What is proposed for one article; the fields are those of the importer's output."""

    kind: str
    title: str | None = None
    kicker: str | None = None
    organization: str | None = None
    organization_as_written: str | None = None
    level: str | None = None
    parent_organization: str | None = None
    plan_year: int | None = None
    plan_year_stated: bool = False
    carries_plan: bool = False
    published_on: str | None = None
    published_at: str | None = None
    source: str | None = None
    author: str | None = None
    author_title: str | None = None
    editor: str | None = None
    channel: list[str] = field(default_factory=list)
    prev_title: str | None = None
    next_title: str | None = None
    complete: bool = True
    outline: list[dict] = field(default_factory=list)
    targets: list[dict] = field(default_factory=list)
    body: str = ""
    body_html: str = ""
    images: list[dict] = field(default_factory=list)
    attachments: list[dict] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def set(self, name: str, value: Found) -> None:
        """Take a recognised value and keep what it rests on."""
        setattr(self, name, value.value)
        self.evidence.pop(name, None)
        if value.evidence:
            self.evidence[name] = value.evidence


def read_article(
    page: Page, split: Split, index: int, neighbour_year: Found = NOTHING, *, unions: bool = False
) -> tuple[ArticleProposal, list[str]]:
    """Piece `index` of the page as a proposal, with the warnings about it.

    `neighbour_year` is the year stated by another article of the same newspaper page; `unions` says that the other
    pieces of its collection are a union's, and so is this one, whatever its words.
    """
    piece = split.pieces[index]
    if len(split.pieces) > 1:
        page = replace(page, hints={})  # they speak of one article
    if split.kind == "newspaper":
        page = replace(page, site=None)  # a union named all over the page is another report's
    head = read_head(list(piece.items), hint=_hint(page), newspaper=split.kind == "newspaper", given=piece.given)
    if piece.title and piece.given:
        head.title = found(piece.title, "table-or-marker", piece.given.text, piece.given.number)
    else:
        take_title(head, page)
    if page.body:
        head.body = [line for line in head.body if page.body[0] <= line.number <= page.body[1]]
    title = head.title.value
    infos = [*head.infos, *shared_infos(split, head.infos)]
    blocks = blocks_of(head.body)
    paragraphs = paragraphs_of(blocks)
    lines = [Line(block.line, block.text) for block in blocks]
    byline = read_byline(
        infos, head.byline, lines[0] if lines else None, head.body[-1] if head.body else None, head.body
    )
    byline = take_byline(byline, page)
    common = split.title.text if split.title and split.kind in ("collection", "series") else None
    pictures, files = _of_piece(page.pictures, split, index), _of_piece(page.attachments, split, index)
    captions = {picture.caption for picture in pictures}
    headings = [row for row in read_headings(paragraphs) if paragraphs[row.paragraph].text not in captions]
    article = ArticleProposal("news")
    article.set("kind", read_kind(title, lines, post=bool(byline.author_title.value), common=common))
    affiliation = read_affiliation(_where(page, head, article.kind, lines, infos, byline, common))
    _set_affiliation(article, affiliation)
    texts = [line.text for line in lines]
    around = " ".join([page.site or "", *page.breadcrumb, byline.source.value or ""])
    judged = is_unions(title or common, texts, around, affiliation.organization)
    if not (judged.value or unions):
        article.set("kind", Found("other", judged.evidence))
        _set_affiliation(article, Affiliation())
    known = article.organization is not None or article.kind == "plan"
    article.carries_plan = known and reads_as_plan(article.kind, title, texts, _tops(headings))
    _set_head(article, page, head, byline, common)
    printed = _title_line(head)
    days = [*_sign_off(lines), *head.dated, *_signed_days(lines)]
    published = publish_date(infos, days, printed.number if printed else None)
    published = take_published(published, page)
    if published.value:
        article.published_at = iso(published.value)
        article.set("published_on", Found(published.value.day.isoformat(), published.evidence))
    clues = Clues(
        _line_of(head.title, piece),
        title,
        head.doc_number.value,
        lines,
        article.kind,
        article.carries_plan,
        _day_of_piece(split, published, days),
        neighbour_year,
    )
    year = read_plan_year(clues)
    article.set("plan_year", year.year)
    article.plan_year_stated = year.stated
    article.outline = outline_of(paragraphs, headings)
    reports = article.kind in ("news", "plan", "speech") and not article.carries_plan
    article.targets = targets_of(paragraphs, headings, article.plan_year, reports=reports)
    loose = unlinked(blocks, files)
    article.body = "\n".join([*texts, *(file.name or file.source for file in loose)])
    article.body_html = html_of(blocks, headings, pictures, loose)
    article.images = [asdict(picture) for picture in pictures]
    article.attachments = [asdict(file) for file in files]
    article.complete = not (piece.truncated or (page.cut_note and len(split.pieces) == 1))
    warnings = list(year.warnings)
    if not article.complete:
        warnings.append(f"cut_body: {title or ''}".strip())
    return article, warnings


def _hint(page: Page) -> str | None:
    last = page.breadcrumb[-1] if page.breadcrumb else ""
    return title_hint(page) or leaf_title(page.breadcrumb) or (last if reads_as_title(last) else None)


def _of_piece(files: Sequence, split: Split, index: int) -> list:
    """The pictures or attachments that stand among the lines of piece `index`."""
    starts = [piece.items[0].line.number if piece.items else 0 for piece in split.pieces]
    first = starts[index] if index else 0
    last = min((start for start in starts if start > starts[index]), default=None)
    return [file for file in files if first <= file.after and (last is None or file.after < last)]


def _line_of(title: Found, piece: Piece) -> Line | None:
    number = title.evidence.line if title.evidence else None
    return next((item.line for item in piece.items if item.line.number == number), None)


def _tops(headings) -> int:
    return sum(1 for heading in headings if heading.level == 1 and heading.style != "inline")


def _sign_off(lines: list[Line]) -> list[Line]:
    """The last short lines: a signature and its date."""
    last = []
    for line in reversed(lines[-4:]):
        dates = find_dates(line.folded)
        if (
            len(line.text) > 40
            or line.folded.endswith(("。", ";", "!"))
            or re.match(r"[一二三四五六七八九十\d(]+[、.)]", line.folded)
        ):
            break
        if dates and len(line.text) - (dates[-1].end - dates[-1].start) > 24:
            break
        last.append(line)
    return last


def _day_of_piece(split: Split, published: Found, days: Sequence[Line]) -> date | None:
    """The day a year may be read from: in a collection of models the piece's own, for others put the page up."""
    models = split.kind == "collection" or any(veils_year(piece.title or "") for piece in split.pieces)
    if models and len(split.pieces) > 1:
        published = publish_date([], days)
    return published.value and published.value.day


def _signed_days(lines: list[Line]) -> list[Line]:
    """Days on a line of their own: the signature of a notice that a plan is printed below."""
    days = [(line, find_dates(line.folded)) for line in lines if len(line.text) <= 18]
    return [line for line, dates in days if dates and dates[0].end - dates[0].start >= len(line.text) - 2]


def _where(
    page: Page,
    head: Head,
    kind: str,
    lines: list[Line],
    infos: list[InfoLine],
    byline: Byline,
    common: str | None,
) -> Where:
    publishers = [value for info in infos for value in info.values("publisher")]
    return Where(
        title=_title_line(head),
        title_text=" ".join(filter(None, [head.title.value, head.subtitle.value])) or None,
        kind=kind,
        paragraphs=lines,
        sign_off=_sign_off(lines) if kind != "news" else (),
        banner=head.banner,
        publisher=publishers[0] if publishers else None,
        source=byline.source.value,
        post=byline.author_title.value,
        breadcrumb=page.breadcrumb,
        site=page.site,
        common=common,
        kicker=head.kicker.value,
    )


def _title_line(head: Head) -> Line | None:
    evidence = head.title.evidence
    return Line(evidence.line, evidence.text) if evidence and evidence.line else None


def _set_affiliation(article: ArticleProposal, affiliation) -> None:
    article.set("organization", affiliation.organization)
    article.organization_as_written = affiliation.written
    article.set("level", affiliation.level)
    article.set("parent_organization", affiliation.parent)


def _set_head(article: ArticleProposal, page: Page, head: Head, byline: Byline, common: str | None) -> None:
    if head.subtitle.evidence:
        article.evidence["subtitle"] = head.subtitle.evidence
    for name, value in (
        ("title", head.title),
        ("kicker", head.kicker),
        ("source", byline.source),
        ("author", byline.author),
        ("author_title", byline.author_title),
        ("editor", byline.editor),
    ):
        article.set(name, value)
    article.channel = channel_of(channel_of(take_channel(page), head.title.value), common)
    if article.channel and page.breadcrumb_line:
        article.evidence["channel"] = Evidence(
            "breadcrumb", page.breadcrumb_line.text[:120], page.breadcrumb_line.number
        )
    article.set("prev_title", page.previous)
    article.set("next_title", page.following)
