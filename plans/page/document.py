"""A plan as a document for Word (.docx): its text with headings, then its targets as a table."""

import datetime
import io
import re
from collections.abc import Iterable
from itertools import product

import docx
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from articles.canonical import canonical
from articles.html import BLOCK_TAGS, CONTROL, parse
from plans.models import Clause, Target, WorkPlan
from plans.progress.states import Progress, State, progress_of

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
DEEPEST = 4
MOST_JOINED = 60
WIDTHS = (10, 38, 24, 26, 28, 20, 24)  # of the columns, in millimetres
_EMPHASIS = {"b": "bold", "strong": "bold", "em": "italic", "i": "italic", "u": "underline", "s": "strike"}
_RAISED = {"sub": "subscript", "sup": "superscript"}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def written(plan: WorkPlan, today: datetime.date, *, lost: bool = True) -> bytes:
    """The bytes of the document, with the progress of the plan's targets by `today`.

    `lost` says whether targets whose sentence is no longer in the text are among them.
    """
    paper = docx.Document()
    _set_up(paper, plan)
    paper.add_paragraph(_plain(plan.article.title), style="Title")
    paper.add_paragraph(" · ".join(filter(None, _about(plan))), style="Subtitle")
    depths = {
        canonical(clause.number + clause.heading): clause.depth
        for clause in plan.clauses.all()
        if clause.style == Clause.Style.STANDALONE and not clause.broken
    }
    _Writer(paper, depths).blocks(parse(plan.text_revision.body or "<p></p>"))
    promises = plan.targets.filter(kind__in=Target.FORWARD)
    targets = [target for target in promises if lost or not target.broken]
    if targets:
        paper.add_heading(_("Targets"), 1)
        _table(paper, targets, progress_of(targets, today), today)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _about(plan: WorkPlan) -> list[str]:
    days = f"{plan.starts_on:%Y-%m-%d} – {plan.ends_on:%Y-%m-%d}" if plan.starts_on and plan.ends_on else ""
    name = plan.name_then or (plan.organization.name if plan.organization else "")
    return [_plain(name), days, plan.get_role_display(), plan.get_state_display(), _plain(plan.doc_number)]


def _plain(text: str) -> str:
    """`text` without the characters that no XML file may hold."""
    return CONTROL.sub("", text)


# How it looks


def _set_up(paper, plan: WorkPlan) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    names = {"Title": 22, "Subtitle": 11, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Heading 4": 12}
    for name, size in {"Normal": 12, "List Bullet": 12, "Quote": 12, "Caption": 10.5, **names}.items():
        style = paper.styles[name]
        _set_fonts(style, HEI if name in names and name != "Subtitle" else SONG)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.italic = False  # Chinese has no italics
    for name in ("Title", "Subtitle"):
        paper.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.styles["Normal"].paragraph_format.line_spacing = 1.5
    about = paper.core_properties
    about.title, about.language, about.comments = _plain(plan.article.title)[:255], "zh-CN", ""
    about.author = _plain(str(plan.organization or plan.name_then))[:255]
    about.created = about.modified = timezone.now().astimezone(datetime.UTC).replace(tzinfo=None)


def _set_fonts(style, chinese: str) -> None:
    """Name the fonts of a style outright: those of the template's theme have no Chinese one."""
    style.font.name = LATIN
    fonts = style.element.rPr.rFonts
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


# The text


class _Writer:
    """Writes the blocks of a body; a paragraph that is a clause's heading becomes a heading of its depth."""

    def __init__(self, paper, depths: dict[str, int]):
        self.paper, self.depths = paper, depths

    def blocks(self, element, style: str | None = None) -> None:
        """What stands in `element`: its blocks, and text beside them as paragraphs."""
        loose = [("", element.text)]
        for child in element:
            if child.tag in BLOCK_TAGS:
                self.words(loose, style)
                loose = []
                self.block(child, style)
                loose.append(("", child.tail))
            else:
                loose += [(child, None), ("", child.tail)]
        self.words(loose, style)

    def block(self, element, style: str | None) -> None:
        if element.tag in HEADINGS:
            self.paper.add_heading(_line(element), HEADINGS[element.tag])
        elif element.tag == "p" and (depth := self.depths.get(canonical(element.text_content()))):
            self.paper.add_heading(_line(element), min(depth, DEEPEST))
        elif element.tag == "ol":
            first = int(element.get("start", "1")) if element.get("start", "1").isdecimal() else 1
            for number, item in enumerate(element.iterchildren("li"), first):
                item.text = f"{number}. {(item.text or '').lstrip()}"  # Word's own count would run on from list to list
                self.blocks(item, style)
        elif element.tag == "ul":
            for item in element.iterchildren("li"):
                self.blocks(item, "List Bullet")
        elif element.tag == "table":
            self.table(element)
        elif element.tag != "hr":
            self.blocks(element, {"blockquote": "Quote", "figcaption": "Caption"}.get(element.tag, style))

    def words(self, parts: Iterable[tuple], style: str | None) -> None:
        parts = [(part, text) for part, text in parts if part != "" or (text or "").strip()]
        if not parts:
            return
        paragraph = self.paper.add_paragraph(style=style)
        for part, text in parts:
            if part == "":
                _run(paragraph, text, ())
            else:
                _inline(paragraph, part, ())

    def table(self, element) -> None:
        """A table with the words of its cells; joined cells stay joined."""
        lines = [line for line in element.iter("tr") if next(line.iterancestors("table")) is element]
        owners: dict[tuple[int, int], tuple[int, int]] = {}  # of each place in the grid, where its cell begins
        words: dict[tuple[int, int], str] = {}
        for row, line in enumerate(lines):
            column = 0
            for cell in line.iterchildren("td", "th"):
                while (row, column) in owners:
                    column += 1
                down, across = (min(_number(cell.get(name)), MOST_JOINED) for name in ("rowspan", "colspan"))
                words[row, column] = _line(cell)
                for place in product(range(row, min(row + down, len(lines))), range(column, column + across)):
                    owners.setdefault(place, (row, column))
        if (caption := element.find("caption")) is not None:
            self.paper.add_paragraph(_line(caption), style="Caption")
        if owners:
            self.grid(len(lines), owners, words)

    def grid(self, rows: int, owners: dict, words: dict) -> None:
        made = self.paper.add_table(rows, max(column for _row, column in owners) + 1, style="Table Grid")
        cells = [row.cells for row in made.rows]
        last = dict(sorted((owner, place) for place, owner in owners.items()))  # of each cell, its last place
        for (row, column), text in words.items():
            bottom, right = last[row, column]
            block = product(range(row, bottom + 1), range(column, right + 1))
            if (bottom, right) != (row, column) and all(owners.get(place) == (row, column) for place in block):
                cells[row][column].merge(cells[bottom][right])
            cells[row][column].text = text


def _number(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdecimal() and len(value) < 5 else 1


def _line(element) -> str:
    return _plain(" ".join(element.text_content().split()))


def _inline(paragraph, element, looks: tuple[str, ...]) -> None:
    if element.tag == "br":
        paragraph.add_run().add_break()
    elif element.tag == "img":
        alt = (element.get("alt") or "").strip()
        _run(paragraph, _("[picture: %s]") % alt if alt else _("[picture]"), looks)
    own = (*looks, element.tag) if element.tag in _EMPHASIS or element.tag in _RAISED else looks
    _run(paragraph, element.text, own)
    for child in element:
        _inline(paragraph, child, own)
        _run(paragraph, child.tail, own)


def _run(paragraph, text: str | None, looks: tuple[str, ...]) -> None:
    if not text:
        return
    run = paragraph.add_run(re.sub(r"\s+", " ", _plain(text)))
    for tag in looks:
        setattr(run.font, _EMPHASIS.get(tag) or _RAISED[tag], True)


# The targets


def _table(paper, targets: list[Target], progress: dict[int, Progress], today: datetime.date) -> None:
    heads = (_("No."), _("Target"), _("Goal"), _("Deadline"), _("Duty-holder"), _("State"), _("Value"))
    made = paper.add_table(1, len(heads), style="Table Grid")
    made.autofit = False
    _repeat(made.rows[0])
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).font.bold = True
    for number, target in enumerate(targets, 1):
        cells = (str(number), target.object or target.quote, _goal(target), _deadline(target), target.duty_holder)
        for cell, words in zip(made.add_row().cells, (*cells, *_reached(target, progress.get(target.pk))), strict=True):
            cell.text = _plain(words)
    for row in made.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)
    paper.add_paragraph(_("As of %(day)s.") % {"day": f"{today:%Y-%m-%d}"})


def _repeat(row) -> None:
    """The head of the table stands on each of its pages."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _goal(target: Target) -> str:
    comparator = "" if target.comparator == Target.Comparator.EQUAL else target.get_comparator_display()
    return f"{comparator}{target.amount}{target.unit}"


def _deadline(target: Target) -> str:
    return f"{target.deadline:%Y-%m-%d}" if target.deadline else target.period


def _reached(target: Target, progress: Progress | None) -> tuple[str, str]:
    """State and value in words; what nobody reported has no value, not 0."""
    if progress is None:
        return str(State.NO_DATA.label), "—"
    value = "—" if progress.value is None else f"{progress.value.normalize():f}{target.unit}"
    return str(progress.state.label), value
