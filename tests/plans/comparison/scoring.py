"""How many labelled rows the comparison gives back: the same two passages, the same class."""

from plans.comparison.alignment import align
from plans.comparison.passages import Passage, known_by
from plans.comparison.verdicts import judge


def rows(item: dict) -> set[tuple[int | None, int | None, str]]:
    """The rows the comparison makes of an item, as its gold ones are written."""
    earlier, later = (
        [Passage(one["text"], known_by(one["text"]), one["theme"]) for one in item[side]]
        for side in ("earlier", "later")
    )
    found = set()
    for pair in align(earlier, later):
        said = judge(item["mode"], [earlier[i] for i in pair.earlier], [later[j] for j in pair.later])
        found |= {(i, j, str(said.verdict)) for i in pair.earlier or [None] for j in pair.later or [None]}
    return found


def score(items: list[dict]) -> tuple[float, list[str]]:
    """The part of the gold rows that came out as they are, and a line for each that did not."""
    right, total, wrong = 0, 0, []
    for item in items:
        gold, found = {tuple(row) for row in item["rows"]}, rows(item)
        right += len(gold & found)
        total += len(gold)
        wrong += [f"{item['id']}: {row}, not {sorted(found - gold, key=str)}" for row in sorted(gold - found, key=str)]
    return right / total, wrong
