"""How numbers of one unit are spread: median, quartiles, extremes and a histogram, from counted values. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate

BINS = 8
_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_STEEP = 40  # from where the largest is so many times the median, the bins grow by powers of ten


@dataclass(frozen=True)
class Bin:
    """The numbers from `first` to below `end`; the last one holds its end too. `height` is in hundredths of the
    highest; `middle` says that the median lies in it."""

    first: Decimal
    end: Decimal
    count: int
    height: int
    middle: bool
    last: bool


@dataclass(frozen=True)
class Spread:
    """`count` numbers: the least, the quartiles, the median, the greatest, and how many lie where."""

    count: int
    least: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    greatest: Decimal
    bins: list[Bin]


def spread(counted: Iterable[tuple[Decimal, int]]) -> Spread | None:
    """The spread of numbers of which each comes with how often it occurs; None where there are none.

    A quartile between two numbers lies between them in proportion, as PostgreSQL's percentile_cont and a spreadsheet's
    QUARTILE.INC have it.
    """
    pairs = sorted(pair for pair in counted if pair[1])
    if not pairs:
        return None
    values, ends = [value for value, _count in pairs], list(accumulate(count for _value, count in pairs))

    def quantile(quarters: int) -> Decimal:
        at, rest = divmod((ends[-1] - 1) * quarters, 4)
        low = values[bisect_right(ends, at)]
        high = values[bisect_right(ends, at + 1)] if rest else low
        return low + (high - low) * rest / 4

    median = quantile(2)
    return Spread(ends[-1], values[0], quantile(1), median, quantile(3), values[-1], _bins(pairs, median))


def _bins(pairs: list[tuple[Decimal, int]], median: Decimal) -> list[Bin]:
    edges = _edges(pairs[0][0], pairs[-1][0], median)
    counts = [0] * (len(edges) - 1)

    def place(value: Decimal) -> int:
        return min(bisect_right(edges, value), len(counts)) - 1

    for value, count in pairs:
        counts[place(value)] += count
    most, middle = max(counts), place(median)
    return [
        Bin(edges[at], edges[at + 1], count, -(-100 * count // most), at == middle, at == len(counts) - 1)
        for at, count in enumerate(counts)
    ]


def _edges(least: Decimal, greatest: Decimal, median: Decimal) -> list[Decimal]:
    """Round numbers from at most `least` to at least `greatest`; powers of ten where a few are far above the rest."""
    if least > 0 and greatest > _STEEP * median:
        edges = [Decimal(10) ** least.adjusted()]
        while edges[-1] < greatest:
            edges.append(edges[-1] * 10)
        return edges
    width = (greatest - least) / BINS
    if not width:
        return [least, least]
    power = Decimal(10) ** width.adjusted()
    step = next(step * power for step in _STEPS if step * power >= width)
    if step < 1 and least == least.to_integral_value() and greatest == greatest.to_integral_value():
        step = Decimal(1)
    edges = [(least / step).to_integral_value(ROUND_FLOOR) * step]
    while edges[-1] < greatest:
        edges.append(edges[-1] + step)
    return edges
