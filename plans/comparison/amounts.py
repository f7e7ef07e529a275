"""The numbers of a measure, and how they differ from those of another after their units are made equal. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from plans.grammar.numerals import parse
from plans.grammar.paragraphs import Paragraph
from plans.grammar.quantities import Quantity, find_quantities
from plans.grammar.refusals import THRESHOLD
from plans.grammar.sentences import Span, clauses
from plans.grammar.targets import read_targets
from plans.grammar.wording import counted_object
from plans.progress.units import convert

from . import strength
from .strength import A_YEAR, Difference
from .terms import weights

ALIKE = 0.2  # below this two numbers of a sentence count different things
LONGEST_NAME = 12  # characters between quotation marks that are a name, whose numbers count nothing
FROM = "≥"  # before the unit of a threshold: it is compared with thresholds alone, and a lower one takes in more
CAPS = frozenset({"<=", "<"})
FLOORS = {"~": -1}  # 达到, 不低于 and 以上 ask the same; 左右 asks less
_TIME = re.compile(
    r"(?P<before>最迟|限|不超过|至多|最多)?(?P<number>(?<!\d)\d{1,3}|[一二三四五六七八九十两]{1,3})"
    r"(?P<unit>个?工作日|个?小时|天|日|分钟|周|个月|年)(?P<after>以内|之内|内)?"
)
_OF_TIME = {"小时": 1, "工作日": 24, "天": 24, "日": 24, "周": 168, "月": 720, "年": 8640}
_EVERY = re.compile(r"[每按逐](?P<span>两年|半年|个?季度?|个?月|周|天|日|年|学期)[^,。;]{0,16}$")
_QUOTED = re.compile(r"[“\"][^“”\",。;]{1,12}[”\"]")


class Amount(NamedTuple):
    """A number of a measure; `of` is what is counted, `a_year` how often it comes round, if it does.

    `promised` is off for numbers that may be told by the way: they are compared, but none is missed.
    """

    number: Decimal | None
    unit: str
    comparator: str
    of: str
    a_year: Decimal | None
    words: str
    promised: bool


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a passage, and the time within which something is to be done; none of a name."""
    paragraph = Paragraph(1, text)
    folded = paragraph.folded
    promised = {
        (target.number, target.unit)
        for target in read_targets([paragraph], headings=())
        if target.kind not in ("achieved", "standard")
    }
    quoted = [found.span() for found in _QUOTED.finditer(folded)]
    times = [(found.span(), _time(found)) for found in _TIME.finditer(folded) if found["before"] or found["after"]]
    named = [*quoted, *(span for span, _amount in times)]
    out = [amount for _span, amount in times]
    for quantity in find_quantities(folded):
        if quantity.written == "first" or any(start <= quantity.start < end for start, end in named):
            continue
        amount = _amount(paragraph, quantity, promised)
        if quantity.bound and THRESHOLD.match(folded, quantity.end):  # 25人以上企业
            amount = amount._replace(unit=FROM + quantity.unit, promised=False)
        out.append(amount)
    return tuple(out)


def _time(found: re.Match) -> Amount:
    unit = found["unit"].removeprefix("个")
    hours = parse(found["number"]) * _OF_TIME[unit] if unit in _OF_TIME else parse(found["number"]) / 60
    return Amount(Decimal(hours), "小时", "<=", "", None, found[0], promised=False)


def _amount(paragraph: Paragraph, quantity: Quantity, promised: set) -> Amount:
    text, folded = paragraph.text, paragraph.folded
    sentence = next(
        (span for span in paragraph.sentences if span.start <= quantity.start < span.end), Span(0, len(folded))
    )
    parts = clauses(folded, *sentence)
    own = next((part for part in parts if part.start <= quantity.start < part.end), sentence)
    of = counted_object(text, folded, quantity, own, sentence, [part for part in parts if part.start < own.start])
    every = _EVERY.search(folded, own.start, quantity.start) if quantity.unit not in ("%", "元") else None
    often = A_YEAR[every["span"].removeprefix("个").replace("季度", "季")] if every else None
    words = text[quantity.start : quantity.end]
    single = quantity.number == 1 and quantity.written == "chinese"  # 一次, 一批: as good as no number
    counts = (quantity.number, quantity.unit) in promised and not single and not strength.narrow(folded[slice(*own)])
    return Amount(
        quantity.number, quantity.unit, quantity.comparator, of, Decimal(str(often)) if often else None, words, counts
    )


def differences(one: Sequence[Amount], other: Sequence[Amount]) -> list[Difference]:
    """How the numbers of the later passage differ from those of the earlier one."""
    pairs = paired(one, other)
    out = [difference for i, j in pairs if (difference := _differs(one[i], other[j]))]
    left, come = {i for i, _j in pairs}, {j for _i, j in pairs}
    gone = [amount for i, amount in enumerate(one) if i not in left and amount.promised]
    new = [amount for j, amount in enumerate(other) if j not in come and amount.promised]
    out += [Difference(-1.5, _("the number %(number)s is gone") % {"number": _whole(amount)}) for amount in gone]
    out += [Difference(1.5, _("the number %(number)s is new") % {"number": _whole(amount)}) for amount in new]
    return out


def _whole(amount: Amount) -> str:
    return amount.words if amount.of in amount.words or amount.words in amount.of else f"{amount.words}{amount.of}"


def paired(one: Sequence[Amount], other: Sequence[Amount]) -> list[tuple[int, int]]:
    """Which number answers to which: of one family of units; equal ones first, then those that count what is alike."""
    candidates = []
    for i, was in enumerate(one):
        for j, now in enumerate(other):
            if was.number is None or now.number is None or (value := in_unit(now, was.unit)) is not None:
                equal = was.number is not None and now.number is not None and value == was.number
                alike = likeness(was.of, now.of)
                candidates.append((equal, round(alike, 3), was.unit == now.unit, -abs(i - j), -i, -j))
    pairs: list[tuple[int, int]] = []
    for equal, alike, _same, _near, i, j in sorted(candidates, reverse=True):
        i, j = -i, -j
        if any(i == a or j == b for a, b in pairs):
            continue
        if equal or alike >= ALIKE or len(one) == len(other):
            pairs.append((i, j))
    return sorted(pairs)


def likeness(one: str, other: str) -> float:
    """How alike what two numbers count is, by its words and by its characters, from 0 to 1."""
    if one == other:
        return 1.0
    words = weights(one), weights(other)
    shared = sum(weight for word, weight in words[0].items() if word in words[1])
    total = min(sum(words[0].values()), sum(words[1].values()))
    letters = len(set(one) & set(other)) / max(1, len(set(one) | set(other)))
    return max(shared / total if total else 0.0, letters)


def in_unit(amount: Amount, unit: str) -> Decimal | None:
    """The number of `amount` in `unit`; None where it is open or measures something else."""
    return None if amount.number is None else convert(amount.number, amount.unit, unit)


def _differs(was: Amount, now: Amount) -> Difference | None:
    words = {"was": was.words, "now": now.words}
    if was.number is None or now.number is None:
        if was.number is None and now.number is None:
            return None
        return Difference(2.0 if was.number is None else -2.0, _("from %(was)s to %(now)s") % words)
    before, after = was.number, in_unit(now, was.unit)
    if was.a_year and now.a_year and was.a_year != now.a_year:  # 每年2次, 每季度1次
        if before == after:
            return None  # how often is said by itself
        before, after = before * was.a_year, after * now.a_year
    if before != after:
        up = after > before
        if was.unit.startswith(FROM):
            return Difference(-1.0 if up else 1.0, _("it begins at %(now)s, no longer at %(was)s") % words)
        if was.comparator in CAPS or now.comparator in CAPS:
            if up:
                return Difference(-2.0, _("the upper limit was raised from %(was)s to %(now)s") % words)
            return Difference(2.0, _("the upper limit was lowered from %(was)s to %(now)s") % words)
        if up:
            return Difference(2.0, _("the number rose from %(was)s to %(now)s") % words)
        return Difference(-2.0, _("the number fell from %(was)s to %(now)s") % words)
    firmer = FLOORS.get(now.comparator, 0) - FLOORS.get(was.comparator, 0)
    if firmer:
        return Difference(1.0 if firmer > 0 else -1.0, _("from %(was)s to %(now)s") % words)
    return None
