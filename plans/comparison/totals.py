"""Whether the numbers of lower bodies add up to the upper body's. Pure, over the cells of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .amounts import Amount, amounts, in_unit, paired

RATES = frozenset({"%", "‰", "百分点", "个百分点"})  # which never add up


@dataclass(frozen=True)
class Total:
    """A number of the upper plan, what the lower ones name of it together, and which of them name none."""

    upper: Amount
    together: Decimal
    named: int
    missing: tuple[str, ...]

    @property
    def short(self) -> bool:
        return self.together < self.upper.number


def totals(upper, lower: Sequence) -> list[Total]:
    """For each number that the cell `upper` promises the sum of what the cells `lower` name of it, in its unit.

    There is none where nobody below names one, and none for rates.
    """
    promised = [amount for one in upper.passages for amount in amounts(one.text)]
    promised = [one for one in promised if one.promised and one.number is not None and one.unit not in RATES]
    found = []
    for at, goal in enumerate(promised):
        together, missing, named = Decimal(0), [], 0
        for cell in lower:
            own = [amount for one in cell.passages for amount in amounts(one.text)]
            answers = [own[j] for i, j in paired(promised, own) if i == at]
            value = in_unit(answers[0], goal.unit) if answers else None
            if value is None:
                missing.append(cell.side.name)
            else:
                together, named = together + value, named + 1
        if named:
            found.append(Total(goal, together, named, tuple(missing)))
    return found
