"""Quantified targets of a plan: number, unit and comparator, with the sentence that promises them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans.outline import Paragraph, read_outline
from plans.quantities import Quantity, find_quantities
from plans.refusals import is_refused
from plans.sentences import Span, clauses, quotations, sentences
from plans.tense import is_narrative, leaning, section_leanings
from plans.wording import counted_object, modality, period
from plans.widths import fold

VERBS = re.compile(
    r"建|创|办|设|招|培|训|选|评|树|开展|组织|举|发展|吸|覆盖|完成|达|推|打造|新增|增|帮|扶|救|助|慰问|走访|签|筹|投入|发放|提供|安排|实现|培育|征集|编|印|打|扩|争|召开|解决|化解|调解|受理|配|购|补|奖|表彰|命名|宣|参加|参保|参与|入会|率|为|控制|收缴|确定|精选|挖掘|引进|落实|服务|检|查|报送|撰写|刊|不[低少]于|至少"
)
RECURRENCE = re.compile(r"每(?:年|月|周|天|日|半年|个?季度|个?月|两年|学期)|逐年|年均|月均|按(?:月|季度?)")
STANDARD = re.compile(
    r"每人|每户|每家|每名|每位|每月|人均|/[人户月年家次]|标准|津贴|补贴|补助|奖励(?!资金|经费|共)|奖金|一次性|给予|报销|最高|学费"
)
FULL = re.compile(r"(?P<word>全额)(?=补助|补贴|资助|报销|减免|救助|返还)")
COVERED = re.compile(
    r"(?:建会|入会|建制|签订|体检|参保|互助|职代会|厂务公开|集体合同|工资集体协商|劳模|会员)[^,。;]{0,18}(?:实现|达到|做到)(?:了)?(?P<word>全覆盖)"
)


@dataclass(frozen=True)
class TargetFound:
    """One quantity; start and end are the code-point offsets of its sentence in paragraph number `paragraph`."""

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


def read_targets(paragraphs: Sequence[Paragraph], *, plan_year: int | None = None) -> list[TargetFound]:
    """The targets, standards and achieved figures of a body, in reading order.

    A number counts where its unit is known, its words are neither a slogan, a date, a threshold nor a person's speech,
    and the clause, sentence, section or paragraph says whether it is promised or done; plan_year dates earlier years
    as done.
    """
    paragraphs = list(paragraphs)
    headed = {heading.paragraph: heading for heading in read_outline(paragraphs) if heading.style != "inline"}
    titles = [
        fold(headed[at].heading) if at in headed else fold(p.text) if len(p.text) <= 30 else None
        for at, p in enumerate(paragraphs)
    ]
    sections = section_leanings(titles, plan_year)
    return [
        found
        for at, paragraph in enumerate(paragraphs)
        for found in _paragraph_targets(paragraph, at, sections[at], plan_year)
    ]


def _paragraph_targets(paragraph: Paragraph, at: int, section: int, plan_year: int | None) -> Iterator[TargetFound]:
    folded = fold(paragraph.text)
    quantities = find_quantities(folded) + _whole(folded)
    if not quantities:
        return
    quantities.sort(key=lambda quantity: quantity.start)
    quoted = quotations(folded)
    narrative = is_narrative(folded)
    for sentence in sentences(paragraph.text):
        parts = clauses(folded, *sentence)
        inside = [q for q in quantities if sentence.start <= q.start and q.end <= sentence.end]
        counted = None
        for quantity in inside:
            clause = next((part for part in parts if part.start <= quantity.start < part.end), sentence)
            if is_refused(folded, quantity, clause, sentence, quoted, listed=counted is not None):
                continue
            kind = _kind(folded, quantity, clause, sentence, section, narrative, plan_year, listed=counted is not None)
            if kind is None:
                continue
            counted = quantity
            yield TargetFound(
                quantity.number,
                quantity.unit,
                quantity.comparator,
                kind,
                modality(folded, sentence, quantity.start),
                period(
                    folded,
                    sentence,
                    quantity.start,
                    quantity.end,
                    plan_year if kind not in ("achieved", "standard") else None,
                ),
                counted_object(paragraph.text, folded, quantity, clause, sentence),
                paragraph.text[sentence.start : sentence.end],
                paragraph.line_at(quantity.start),
                at,
                sentence.start,
                sentence.end,
            )


def _whole(folded: str) -> list[Quantity]:
    """全额 and, of a rate, 全覆盖: a hundred per cent in words."""
    return [
        Quantity(found.start("word"), found.end("word"), Decimal(100), "%", "=", "whole", False)
        for pattern in (FULL, COVERED)
        for found in pattern.finditer(folded)
    ]


def _kind(
    folded, quantity: Quantity, clause: Span, sentence: Span, section: int, narrative: bool, plan_year, *, listed: bool
) -> str | None:
    own = folded[clause.start : clause.end]
    before = folded[sentence.start : clause.start]
    lean = leaning(own, plan_year) or leaning(before, plan_year)
    vague_more = quantity.comparator == ">" and folded[quantity.start : quantity.end].strip("0123456789")[:1] in "余多"
    if lean == 0 and not quantity.written == "placeholder":
        lean = -1 if section < 0 or narrative or vague_more else 0
    if quantity.written == "whole":
        return "standard" if folded.startswith("全额", quantity.start) else ("achieved" if lean < 0 else "implied")
    if lean < 0:
        return None if quantity.written == "first" else "achieved"
    if quantity.unit.endswith("元") and STANDARD.search(own):
        return "standard"
    if quantity.written == "first":
        return "implied" if VERBS.search(own) else None
    if quantity.written == "placeholder":
        return "placeholder"
    if not (VERBS.search(own) or listed):
        return None
    return "recurring" if RECURRENCE.search(own[: quantity.start - clause.start]) else "target"
