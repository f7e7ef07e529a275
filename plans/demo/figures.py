"""What a body promises of an indicator in a year, and what comes of it. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from .bank import RANKS, Promise, promises
from .bodies import Body

MODALITIES = ("", "", "确保", "力争")
SHARES = {"c": 0.85, "d": 0.7, "t": 0.5}  # of the indicators there are for its rank that a body takes up
PERIODS = {"每月": 12, "每季度": 4, "每年": 1}


@dataclass(frozen=True)
class Goal:
    """One promise of one body in one year. `number` is None where the text leaves it open."""

    promise: Promise
    body: Body
    year: int
    number: Decimal | None
    wording: int
    modality: str

    @property
    def periods(self) -> int:
        """How many times in the year it is promised; 1 where it is not each time anew."""
        said = self.promise.says[self.wording]
        return next((count for word, count in PERIODS.items() if word in said), 1)


@dataclass(frozen=True)
class Outcome:
    """How the year ends: the figure of each quarter (a sum so far; of an EACH, in that period), None where unknown."""

    goal: Goal
    known: bool
    series: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.series, Decimal(0)) if self.goal.promise.measure == "each" else self.series[-1]


def rounded(number: float) -> int:
    """A number as plans write them: 1234 is 1250, 123456 is 123000."""
    for limit, grain in ((1_000_000, 50_000), (100_000, 5000), (10_000, 1000), (1000, 50), (100, 10), (30, 5)):
        if number >= limit:
            return round(number / grain) * grain
    return max(1, round(number))


def goals(body: Body, first: int, year: int) -> dict[str, Goal]:
    """What the body promises in `year`, by the code of the indicator, its plans having begun in `first`."""
    found = {code: goal(body, one, first, year) for code, one in promises().items()}
    return {code: one for code, one in found.items() if one}


def goal(body: Body, promise: Promise, first: int, year: int) -> Goal | None:
    """The promise as the body makes it in `year`; None where it does not.

    Told year by year from the first: most stay, some grow, some shrink, some are said in other words.
    """
    chance = body.chance("goal", promise.code)
    if body.rank not in promise.levels or chance.random() > SHARES[body.rank]:
        return None
    begins = first if chance.random() < 0.8 else chance.randint(first + 1, first + 4)
    ends = None if chance.random() < 0.8 else begins + chance.randint(1, 4)
    begins = max(begins, promise.first or begins)
    if year < begins or (ends and year > ends) or (promise.last and year > promise.last):
        return None
    rank = RANKS.index(body.rank)
    rate = promise.measure == "rate"
    number = promise.base[rank] * (1 if rate else chance.uniform(0.7, 1.35))
    number += chance.choice((-2, -1, 0, 1)) if rate else 0
    wording, modality = chance.randrange(len(promise.says)), chance.choice(MODALITIES)
    for at in range(first, year + 1):
        turn = body.chance("turn", promise.code, at)
        if at > first:
            move = turn.choices((0, 1, -0.7), (40, 45, 15))[0]
            number += move * promise.step[rank] * turn.uniform(0.8, 2)
        if turn.random() < 0.2:
            wording = turn.randrange(len(promise.says))
        if turn.random() < 0.2:
            modality = turn.choice(MODALITIES)
    value = Decimal(str(min(99, round(number * 2) / 2))) if rate else Decimal(rounded(number))
    if promise.measure == "done":
        value = Decimal(1)
    return Goal(promise, body, year, None if promise.placeholder else value, wording, modality)


def outcome(goal: Goal) -> Outcome:
    """What comes of the promise: mostly met, sometimes just missed, sometimes by far, sometimes nobody says."""
    chance = goal.body.chance("outcome", goal.promise.code, goal.year)
    fate = chance.choices(("met", "near", "missed", "unknown"), (62, 16, 12, 10))[0]
    base = goal.number if goal.number is not None else Decimal(goal.promise.base[-1] or 5)
    measure = goal.promise.measure
    if measure == "rate":
        end = float(base) + {"met": chance.uniform(0, 2), "near": -0.5, "missed": -chance.uniform(2, 6)}.get(fate, 0)
        end = min(end, 99.6)
        series = [end - chance.uniform(0.5, 1.5) * left for left in (3, 2, 1, 0)]
        numbers = tuple(Decimal(f"{max(1, number):.1f}") for number in series)
    elif measure == "done":
        end = fate == "met"
        numbers = (Decimal(0), Decimal(0), Decimal(int(end and chance.random() < 0.5)), Decimal(int(end)))
    elif measure == "each":
        share = {"met": 1.05, "near": 0.95, "missed": 0.7}.get(fate, 1)
        numbers = tuple(
            Decimal(max(0, round(float(base) * share * chance.uniform(0.9, 1.15)))) for _ in range(goal.periods)
        )
    else:
        share = {"met": chance.uniform(1, 1.18), "near": chance.uniform(0.9, 0.99)}.get(fate, chance.uniform(0.5, 0.88))
        end = max(0, round(float(base) * share)) if base > 3 or fate != "met" else int(base)
        parts = (chance.uniform(0.1, 0.25), chance.uniform(0.38, 0.6), chance.uniform(0.65, 0.85), 1)
        grain = 10_000 if goal.promise.unit == "元" else 1
        numbers = tuple(Decimal(int(end * part) // grain * grain) for part in parts)
    return Outcome(goal, fate != "unknown", numbers)


def written(number: Decimal, *, wan: bool = False) -> str:
    """The number as it stands in a text: 12000, or 1.2万."""
    if wan and number >= 10_000 and number % 1000 == 0:
        return f"{(number / 10_000).normalize():f}万"
    return f"{number.normalize():f}"
