"""The bodies a demonstration tells of, and how texts call them. Pure."""

import random
from dataclasses import dataclass, field

from organizations import divisions

RANK = {"city": "c", "district": "d", "township": "t"}
UPPER = {"市": "市", "区": "区", "县": "县", "旗": "旗", "镇": "镇", "乡": "乡", "道": "街道", "木": "苏木"}


@dataclass(frozen=True)
class Body:
    """A federation in the story; `seed` makes all that happens to it the same each time."""

    key: int
    name: str
    code: str
    rank: str
    parent: "Body | None"
    words: dict[str, str] = field(compare=False, hash=False)
    seed: int = 0

    def chance(self, *about) -> random.Random:
        """Random numbers for one matter of this body, independent of all others."""
        return random.Random(f"{self.seed} {self.code} {' '.join(map(str, about))}")  # noqa: S311  a story, no secret


def body(key: int, name: str, code: str, parent: Body | None, seed: int) -> Body:
    """The body number `key`, the federation of the division `code`."""
    division = divisions.by_code(code)
    unit = UPPER.get(division.name[-1], "区")
    rank = RANK[division.level]
    above = parent.words["self"] if parent else "省总工会"
    committee = {"街道": "街道党工委", "镇": "镇党委", "乡": "乡党委", "苏木": "苏木党委"}.get(unit, f"{unit}委")
    words = {
        "org": name,
        "short": division.name,
        "town": division.short if rank != "t" else parent.words["town"],
        "place": f"全{unit}",
        "self": f"{unit}总工会" if rank != "t" else f"{unit}工会",
        "up": above,
        "committee": committee,
    }
    return Body(key, name, code, rank, parent, words, seed)
