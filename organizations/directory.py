"""Where the unions of the public tree are and what their names begin with, from one pass over all of them."""

from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Count, Q, Subquery

from . import divisions, paths
from .counted import counted, newest_entry
from .kept import kept
from .models import Level, Organization

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "0"
"""Stands for names that begin with no letter."""
SMALLEST_PLACE = 6
"""Digits of a county's code, the smallest place that is told apart."""
MOST_ROOTS = 200


@dataclass
class Place:
    """The unions of one division: how many, and the paths that they stand at or below."""

    total: int = 0
    roots: list[str] = field(default_factory=list)


class Directory:
    """What is counted over all unions of the public tree, each part when it is asked for; `state` by one query."""

    @cached_property
    def state(self) -> str:
        rows = Organization.objects.order_by("-pk").annotate(entry=Subquery(newest_entry(Organization)))
        newest, entry = rows.values_list("pk", "entry").first() or (0, 0)
        return f"{newest}-{entry}"  # the import makes unions without an entry

    def _counted(self, name: str, count: Callable):
        name = f"directory-{name}"
        return kept(name, (), lambda: counted(name, self.state, count))

    @cached_property
    def levels(self) -> list[Level]:
        """Every level in its order; `total` is how many organisations have it."""
        rows = Level.objects.annotate(total=Count("organization", filter=Q(organization__placed=True)))
        return self._counted("levels", lambda: list(rows.order_by("position")))

    @cached_property
    def places(self) -> dict[str, Place]:
        """What there is by division code, from the province down to the county; a union without a code of its own
        belongs to the place of the body above it."""
        return self._counted("places", _places)

    def place(self, code: str) -> Place:
        return self.places.get(code) or Place()

    @cached_property
    def letters(self) -> dict[str, array]:
        """The numbers of the organisations whose name begins with each of LETTERS in pinyin, in its order; OTHER at
        the end. Only letters that are there."""
        return self._counted("letters", _letters)


def within(code: str, place: Place) -> Q:
    """The condition of standing in a place."""
    condition = Q(division_code__startswith=code)
    if len(place.roots) <= MOST_ROOTS:
        condition = Q(pk=None)
        for path in place.roots:
            condition |= Q(path__gte=path, path__lt=paths.subtree_end(path))
    return condition


def _places() -> dict[str, Place]:
    found: dict[str, Place] = defaultdict(Place)
    names = divisions.table().names
    above: list[tuple[str, str]] = []  # path and code of the bodies above the row
    rows = Organization.objects.placed().order_by("path").values_list("path", "division_code")
    for path, written in rows.iterator(chunk_size=5000):
        while above and not path.startswith(above[-1][0]):
            above.pop()
        inherited = above[-1][1] if above else ""
        code = (_known(written, names) if written else "") or inherited
        above.append((path, code))
        for digits in (2, 4, SMALLEST_PLACE):
            place = code[:digits]
            if len(place) == digits and place in names:
                found[place].total += 1
                if not inherited.startswith(place):
                    found[place].roots.append(path)
    return dict(found)


def _known(written: str, names: dict[str, str]) -> str:
    """The code as the table has it; trailing zeros of the six-digit form are forgiven. Empty where it has none."""
    return next((form for form in (written, written[:-2], written[:-4]) if form in names and _is(form, written)), "")


def _is(form: str, written: str) -> bool:
    return not written.removeprefix(form).strip("0")


def _letters() -> dict[str, array]:
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for pk, name in Organization.objects.placed().order_by().values_list("pk", "name").iterator(chunk_size=5000):
        sound = _sound(name[:2])
        letter = sound[:1].upper()
        found[letter if letter in LETTERS else OTHER].append((sound, name, pk))
    return {
        letter: array("Q", [pk for _sound, _name, pk in sorted(found[letter])])
        for letter in (*LETTERS, OTHER)
        if letter in found
    }


@lru_cache(maxsize=65536)
def _sound(beginning: str) -> str:
    from pypinyin import lazy_pinyin  # slow and large: few processes count the letters

    return " ".join(lazy_pinyin(beginning)).lower()
