"""Quantified targets of a plan: number, unit and comparator, with the sentence that promises them."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from .glosses import as_written, without_glosses
from .outline import Heading, read_outline
from .paragraphs import Paragraph
from .quantities import Quantity, find_quantities
from .refusals import is_refused, of_all
from .sentences import Span, clauses, pieces
from .tables import Row, read_tables
from .tense import LOOKED_BACK, THIS_YEAR, is_narrative, is_news, leaning, names_past_year, section_leanings
from .widths import fold
from .wording import counted_object, modality, period

REACH = 150  # how far back in a long sentence a cue still governs a number
NEAR = 50  # how far to either side in a clause without commas
NAME = re.compile(r"[“\"][^“”\",。;\dx×]{1,12}[”\"]")
LONGEST_STORY = 800  # a longer paragraph is a page run together: each of its sentences tells for itself
TITLE = 30  # a paragraph this short is read as a title, too

DEEDS = re.compile(
    r"建|创|办|设|结[对成]|招|培|训|选|评|树|开展|组织|举|发展|吸|覆盖|完成|达|推|打造|增|帮|扶|救|助|慰问|走访|签|筹|投入|发放|提供|安排|实现|征集|编|印"
    r"|扩|争|召开|解决|化解|调解|受理|配|购|补|奖|表彰|命名|宣|参加|参与|入会|率|为|控制|收缴|确定|精选|挖掘|引进|落实|服务|检|查|报送|撰写"
    r"|刊|突破|动员|引导|吸引|聘|降[到至低]|减[少到至]|压[减缩降]|上报|上交|提交|形成|采用|推荐|成立|维修|改造|减免|募|捐|看望|下降|提高|提升|审|参赛|抓[好实]|办好|搞好|做好|设|保持|稳定在|任务|目标|指标|不[低少]于|至少|以上"
)
RECURRENCE = re.compile(r"每(?:年|周|天|日|半年|个?季度?|[一两三]?个?月|两年|学期)|逐年|年均|月均|按(?:月|季度?)")
EACH = re.compile(
    r"每(?:人|户|家|名|位|月|天|日|件|个|场|次|篇|条)|人均|户均|/[人户月年家次天]|标准|津贴|一次性|最高|学费"
)
AVERAGE = re.compile("[人户]均")
# 人均救助标准由上年的3000元提高到5000元: the raise of a rate is promised, no rate merely stated.
RAISED = re.compile("(?:提高|提升|增加|增长|上调|提标)[到至为]$")
CONTINUES = re.compile("^ *(?:(?:要|将)?(?:继续|持续|进一步|不断)|[^,。;]{0,12}(?:继续推|继续做|持续推|进一步推))")
GRANT = re.compile(r"给予|奖励|补助|补贴|奖金|报销|资助|救助金|慰问金")
LONGEST_NOUN = 10
GOVERNED = re.compile(
    r"(?:针对|围绕|按照?|根据|对照|面对|由|从|以|把|就|在|(?<!结)对(?!子)|于|包括|分为?|涉及|位于|属于|有|是|为期|历时|会期|等|的|和|及|共计)[^,]{0,3}$"
)
FULL = re.compile(r"(?P<word>全额)(?=补助|补贴|资助|报销|减免|救助|返还)")
COVERED = re.compile(
    r"(?:建会|入会|建制|签订|体检|参保|互助|职代会|厂务公开|集体合同|集体协商|组建)[^,。;]{0,18}(?:实现|达到|做到)(?:了)?(?P<word>全覆盖)"
)


@dataclass(frozen=True)
class TargetFound:
    """One quantity; start and end are the code-point offsets of its sentence in paragraph number `paragraph`.

    A sentence of more than 600 characters is a list run together; the piece of it that holds the number is taken.
    """

    number: Decimal | None
    unit: str
    comparator: str
    kind: str
    modality: str | None
    period: str | None
    object: str
    sentence: str
    line: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Setting:
    """What surrounds a number: the leaning of its part (-1, 0, 1), whether an event is told, the plan's year."""

    section: int
    narrative: bool  # of the part, or of the text as a whole
    plan_year: int | None


def read_targets(
    paragraphs: Sequence[Paragraph],
    *,
    plan_year: int | None = None,
    headings: Sequence[Heading] | None = None,
    reports: bool = False,
) -> list[TargetFound]:
    """The targets, standards and achieved figures of a body, in reading order.

    A number counts where its unit is known, its words are neither a slogan, a date, a threshold nor a person's speech,
    and the clause, sentence, section or paragraph says whether it is promised or done; plan_year dates earlier years
    as done, and in a text that `reports` (news, a 总结) what nothing promises is done. `headings` spares reading the
    outline a second time.
    """
    headings = read_outline(paragraphs) if headings is None else headings
    texts, places = without_glosses(paragraphs)
    titles = _titles(texts, headings)
    sections = section_leanings(titles, [text.folded for text in texts], plan_year, -1 if reports else 0)
    news = is_news(next((text.folded.strip() for text in texts if len(text.text) > TITLE), ""))
    rows, whole = read_tables(texts), Setting(0, news, plan_year)
    found = []
    for at, text in enumerate(texts):
        if at in rows:
            found += _row_targets(text, rows[at], at, Setting(sections[at][-1][1], news, plan_year))
        else:
            found += _paragraph_targets(text, at, sections[at], whole)
    if places:
        found = [as_written(target, paragraphs, dict(enumerate(places)), "sentence") for target in found]
    return found


def _titles(texts: Sequence[Paragraph], headings: Sequence[Heading]) -> list[tuple[int, str] | None]:
    """For each paragraph the level and words of the heading it is or opens with; a short line is read as one, too."""
    titles = [(0, text.folded) if len(text.text) <= TITLE and not text.cells else None for text in texts]
    for heading in headings:
        if heading.style != "inline":
            words = texts[heading.paragraph].folded
            titles[heading.paragraph] = (
                heading.level,
                words if heading.style == "standalone" else fold(heading.heading),
            )
    return titles


def _row_targets(text: Paragraph, row: Row, at: int, setting: Setting) -> Iterator[TargetFound]:
    """The figures of a table's row, each with what its row says of object and deadline."""
    start, end = len(text.text) - len(text.text.lstrip()), len(text.text.rstrip())
    for figure in row.figures:
        quantity = figure.quantity
        done = row.done or setting.section < 0
        yield TargetFound(
            quantity.number,
            quantity.unit,
            quantity.comparator,
            "achieved" if done else "placeholder" if quantity.written == "placeholder" else "target",
            modality(text.folded, Span(start, end), quantity.start),
            row.deadline or (f"{setting.plan_year}年" if setting.plan_year and not done else None),
            figure.object,
            text.text[start:end],
            text.line_at(quantity.start),
            at,
            start,
            end,
        )


def _paragraph_targets(
    paragraph: Paragraph, at: int, turns: Sequence[tuple[int, int]], whole: Setting
) -> Iterator[TargetFound]:
    folded = paragraph.folded
    quantities = find_quantities(folded)
    if "全额" in folded or "全覆盖" in folded:
        quantities = sorted(quantities + _in_words(folded), key=attrgetter("start"))
    if not quantities:
        return
    told = len(folded) <= LONGEST_STORY and is_narrative(folded)
    plain = _without_names(folded) if "“" in folded or '"' in folded else folded
    spans = paragraph.sentences
    starts = [span.start for span in spans]
    parts, quotes, current, listed, around, upcoming = [], [], None, False, [], deque(paragraph.quotations)
    for quantity in quantities:
        while upcoming and upcoming[0].start <= quantity.start:
            around.append(upcoming.popleft())
        around = [quote for quote in around if quantity.start < quote.end]
        sentence = spans[max(0, bisect_right(starts, quantity.start) - 1)]
        if not sentence.start <= quantity.start < sentence.end:
            continue
        if sentence is not current:
            parts, quotes = clauses(folded, *sentence), pieces(folded, sentence)
            current, listed = sentence, False
            section = turns[max(0, bisect_right(turns, (sentence.start, 1)) - 1)][1]
            event = told or (len(folded) > LONGEST_STORY and is_narrative(folded[sentence.start : sentence.end]))
            setting = Setting(section, event or (whole.narrative and section <= 0), whole.plan_year)
        quote = quotes[max(0, bisect_right(quotes, (quantity.start, len(folded) + 1)) - 1)]
        if quantity.end > quote.end:
            continue
        place = max(0, bisect_right(parts, (quantity.start, len(folded) + 1)) - 1)
        clause = parts[place]
        if is_refused(folded, quantity, clause, sentence, around, listed=listed):
            continue
        kind = _kind(folded, plain, quantity, clause, sentence, setting, listed=listed)
        if kind is None:
            continue
        listed = True
        reach = Span(max(sentence.start, quantity.start - REACH), sentence.end)
        said = Span(max(quote.start, reach.start), quote.end)
        year = setting.plan_year if kind not in ("achieved", "standard") else None
        yield TargetFound(
            quantity.number,
            quantity.unit,
            quantity.comparator,
            kind,
            modality(folded, reach, quantity.start),
            period(folded, reach, quantity.start, year),
            counted_object(
                paragraph.text, folded, quantity, _within(clause, said), said, parts[max(0, place - REACH) : place]
            ),
            paragraph.text[quote.start : quote.end],
            paragraph.line_at(quantity.start),
            at,
            quote.start,
            quote.end,
        )


def _within(span: Span, outer: Span) -> Span:
    return Span(max(span.start, outer.start), min(span.end, outer.end))


def _without_names(folded: str) -> str:
    """The text with the words inside short quotation marks blanked: a programme's name tells no tense."""
    return NAME.sub(lambda found: found[0][0] + "·" * (len(found[0]) - 2) + found[0][-1], folded)


def _in_words(folded: str) -> list[Quantity]:
    """全额 and, of what can be counted, 全覆盖: a hundred per cent in words."""
    return [
        Quantity(found.start("word"), found.end("word"), Decimal(100), "%", "=", "whole", False)
        for pattern in (FULL, COVERED)
        for found in pattern.finditer(folded)
    ]


def _is_done(plain: str, quantity: Quantity, clause: Span, sentence: Span, setting: Setting) -> bool:
    """Whether the number reports: its clause decides, then its sentence, then the passage it stands in."""
    own = plain[max(clause.start, quantity.start - NEAR) : min(clause.end, quantity.end + NEAR)]
    before = plain[max(sentence.start, clause.start - REACH) : clause.start]
    lean = leaning(own, setting.plan_year)
    if lean < 2:
        said = leaning(before, setting.plan_year)
        if lean == 0 or said == 2 or (lean == 1 and not THIS_YEAR.search(own)):  # 近年来,我们坚持每月一次
            lean = said or lean
        elif lean == 1 and said < 0 and names_past_year(before, setting.plan_year):  # 2021年,…,全年新建19家
            lean = said
    if lean in (2, -1):
        return lean < 0
    if LOOKED_BACK.search(plain, max(clause.end, sentence.end - NEAR), sentence.end):
        return True
    vague = quantity.comparator == ">" and re.search(r"[余多]", plain[quantity.start : quantity.end]) is not None
    vague = vague and not CONTINUES.search(plain[sentence.start : quantity.start])
    return setting.section < 0 or setting.narrative or (vague and setting.section == 0)


def _is_stated(folded: str, quantity: Quantity, clause: Span) -> bool:
    """Whether a number closes its clause, alone or with a short noun, and no preposition takes it (针对3个问题)."""
    before = folded[max(clause.start, quantity.start - NEAR) : quantity.start]
    if before.endswith("(") and folded[quantity.end : quantity.end + 1] == ")":  # 先锋号(3个)
        return False
    if not before and quantity.written != "arabic":
        return False
    return clause.end - quantity.end <= LONGEST_NOUN and not GOVERNED.search(before)


def _kind(
    folded: str, plain: str, quantity: Quantity, clause: Span, sentence: Span, setting: Setting, *, listed: bool
) -> str | None:
    """The kind of a number that is not refused; None where it is neither promised nor reported."""
    own = folded[max(clause.start, quantity.start - NEAR) : min(clause.end, quantity.end + NEAR)]
    if folded.startswith("全额", quantity.start):
        return "standard"
    if _is_done(plain, quantity, clause, sentence, setting):
        return None if quantity.written in ("first", "whole") else "achieved"
    if quantity.written in ("first", "whole"):
        return "implied" if DEEDS.search(own) else None
    if quantity.unit.endswith("元") and quantity.comparator == ">=" and AVERAGE.search(own):
        return "target"
    if quantity.unit.endswith("元") and RAISED.search(folded, max(sentence.start, quantity.start - 4), quantity.start):
        return "target"
    if quantity.unit.endswith("元") and quantity.comparator == "<=" and GRANT.search(own):
        return "standard"
    if quantity.unit.endswith("元") and (EACH.search(own) or (quantity.unit == "元" and GRANT.search(own))):
        return "standard"
    if quantity.written == "placeholder":
        return "placeholder"
    if not (listed or DEEDS.search(own) or of_all(folded, quantity, sentence) or _is_stated(folded, quantity, clause)):
        return None
    return (
        "recurring" if RECURRENCE.search(folded, max(clause.start, quantity.start - NEAR), quantity.start) else "target"
    )
