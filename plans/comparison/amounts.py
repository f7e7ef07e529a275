"""The numbers of a measure, and how they differ from those of another after their units are made equal. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from plans.grammar.paragraphs import Paragraph
from plans.grammar.targets import TargetFound, read_targets
from plans.progress.units import convert

from .strength import A_YEAR, Difference
from .terms import weights

ALIKE = 0.2  # below this two numbers of a sentence count different things
CAPS = frozenset({"<=", "<"})
FLOORS = {"=": 0, "~": -1, ">=": 1, ">": 1}  # what a number of one size promises


class Amount(NamedTuple):
    """A number as a measure promises it; `of` is what is counted, `a_year` how often it comes round, if it does."""

    number: Decimal | None
    unit: str
    comparator: str
    of: str
    a_year: Decimal | None
    words: str


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a passage that promise something, or tell how something is to be done; what was reached is not
    among them."""
    found = read_targets([Paragraph(1, text)], headings=())
    return tuple(_amount(text, target) for target in found if target.kind != "achieved")


def _amount(text: str, target: TargetFound) -> Amount:
    sign = {">=": "≥", "<=": "≤", "~": "≈"}.get(target.comparator, target.comparator)
    number = "xx" if target.number is None else f"{target.number.normalize():f}"
    period = (target.period or "").removeprefix("每").removeprefix("个")
    often = A_YEAR.get(period) if (target.period or "").startswith("每") and target.unit not in ("%", "元") else None
    return Amount(
        target.number,
        target.unit,
        target.comparator,
        target.object,
        Decimal(str(often)) if often else None,
        f"{'' if sign == '=' else sign}{number}{target.unit}",
    )


def differences(one: Sequence[Amount], other: Sequence[Amount]) -> list[Difference]:
    """How the numbers of the later passage differ from those of the earlier one."""
    pairs = _paired(one, other)
    out = [difference for i, j in pairs if (difference := _differs(one[i], other[j]))]
    left, come = {i for i, _j in pairs}, {j for _i, j in pairs}
    gone = [amount for i, amount in enumerate(one) if i not in left and amount.number is not None]
    new = [amount for j, amount in enumerate(other) if j not in come and amount.number is not None]
    out += [Difference(-1.5, _("the number %(number)s is gone") % {"number": _whole(amount)}) for amount in gone]
    out += [Difference(1.5, _("the number %(number)s is new") % {"number": _whole(amount)}) for amount in new]
    return out


def _whole(amount: Amount) -> str:
    of = "" if amount.of in amount.words or amount.words in amount.of else amount.of
    return f"{amount.words} {of}".strip()


def _paired(one: Sequence[Amount], other: Sequence[Amount]) -> list[tuple[int, int]]:
    """Which number answers to which: of one family of units, and the more alike what they count is the sooner."""
    candidates = []
    for i, was in enumerate(one):
        for j, now in enumerate(other):
            if _in_unit(now, was.unit) is not None or (was.number is None or now.number is None):
                candidates.append((_likeness(was.of, now.of), was.unit == now.unit, -abs(i - j), -i, -j))
    pairs: list[tuple[int, int]] = []
    for likeness, _same, _near, i, j in sorted(candidates, reverse=True):
        i, j = -i, -j
        if any(i == a or j == b for a, b in pairs):
            continue
        if likeness >= ALIKE or (len(one) == len(other) and i == j) or len(one) == len(other) == 1:
            pairs.append((i, j))
    return sorted(pairs)


def _likeness(one: str, other: str) -> float:
    """How alike what two numbers count is, by its words and by its characters."""
    if one == other:
        return 1.0
    words = weights(one), weights(other)
    shared = sum(weight for word, weight in words[0].items() if word in words[1])
    total = max(sum(words[0].values()), sum(words[1].values()))
    letters = len(set(one) & set(other)) / max(1, len(set(one) | set(other)))
    return max(shared / total if total else 0.0, letters)


def _in_unit(amount: Amount, unit: str) -> Decimal | None:
    return None if amount.number is None else convert(amount.number, amount.unit, unit)


def _differs(was: Amount, now: Amount) -> Difference | None:
    if was.number is None or now.number is None:
        if was.number is None and now.number is None:
            return None
        words = {"was": was.words, "now": now.words}
        return Difference(2.0 if was.number is None else -2.0, _("from %(was)s to %(now)s") % words)
    before, after = was.number, _in_unit(now, was.unit)
    if after is None:
        return None
    if was.a_year and now.a_year and was.a_year != now.a_year:  # 每年2次, 每季度1次
        before, after = before * was.a_year, after * now.a_year
        if was.number == now.number:
            return None  # how often is said by itself
    words = {"was": was.words, "now": now.words}
    if before != after:
        up = after > before
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
