"""What became of a measure from one plan to another, and why. Pure.

Between two plans of one body (years): kept, reworded, strengthened, weakened, dropped, new. Between an upper body's
plan and a lower one's (levels): taken up, added, left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from plans.grammar.widths import fold

from . import amounts, strength
from .passages import Passage
from .terms import said

TELLING = 0.5  # differences that weigh less in sum make a measure neither stronger nor weaker


class Mode(TextChoices):
    YEARS = "years", gettext_lazy("plans of one body over the years")
    LEVELS = "levels", gettext_lazy("plans of upper and lower bodies")
    BESIDE = "beside", gettext_lazy("plans side by side")


class Verdict(TextChoices):
    KEPT = "kept", pgettext_lazy("of a measure", "kept")
    REWORDED = "reworded", pgettext_lazy("of a measure", "reworded")
    STRENGTHENED = "strengthened", pgettext_lazy("of a measure", "strengthened")
    WEAKENED = "weakened", pgettext_lazy("of a measure", "weakened")
    NEW = "new", pgettext_lazy("of a measure", "new")
    DROPPED = "dropped", pgettext_lazy("of a measure", "dropped")
    TAKEN_UP = "taken_up", pgettext_lazy("of a measure", "taken up")
    ADDED = "added", pgettext_lazy("of a measure", "added")
    LEFT_OUT = "left_out", pgettext_lazy("of a measure", "left out")


OF_PAIRS = {
    Mode.YEARS: (Verdict.KEPT, Verdict.REWORDED, Verdict.STRENGTHENED, Verdict.WEAKENED),
    Mode.LEVELS: (Verdict.TAKEN_UP,),
}
OF_ONE_SIDE = {Mode.YEARS: (Verdict.DROPPED, Verdict.NEW), Mode.LEVELS: (Verdict.LEFT_OUT, Verdict.ADDED)}


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reasons, each a few words in the reader's language."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


def classes(mode: str) -> tuple[Verdict, ...]:
    """The verdicts of a mode in the order they are shown; plans side by side are judged as those of years are."""
    mode = Mode.LEVELS if mode == Mode.LEVELS else Mode.YEARS
    gone, come = OF_ONE_SIDE[mode]
    return (*OF_PAIRS[mode], come, gone)


def judge(
    mode: str,
    earlier: Sequence[Passage],
    later: Sequence[Passage],
    years: tuple[int | None, int | None] = (None, None),
) -> Judgement:
    """What became of the passages `earlier` that are `later` now; one of the two may be empty, not both."""
    levels = mode == Mode.LEVELS
    if not earlier or not later:
        gone, come = OF_ONE_SIDE[Mode.LEVELS if levels else Mode.YEARS]
        return Judgement(come if later else gone)
    was, now = (" ".join(passage.text for passage in side) for side in (earlier, later))
    found = _differences(was, now, years)
    reasons = tuple(difference.why for difference in found)
    if levels:
        return Judgement(Verdict.TAKEN_UP, reasons)
    total = sum(difference.weight for difference in found)
    if abs(total) >= TELLING:
        return Judgement(Verdict.STRENGTHENED if total > 0 else Verdict.WEAKENED, reasons)
    if said(was) == said(now):
        return Judgement(Verdict.KEPT)
    return Judgement(Verdict.REWORDED, reasons or (_("other words, the same promise"),))


def _differences(was: str, now: str, years: tuple[int | None, int | None]) -> list[strength.Difference]:
    one, other = amounts.amounts(was), amounts.amounts(now)
    counted = bool(amounts.paired(one, other))
    readings = strength.read(fold(was)), strength.read(fold(now))
    return amounts.differences(one, other) + strength.differences(*readings, years, counted=counted)
