"""What must hold in the data beyond the databases' own constraints. `manage.py check_data` runs every check.

A room's checks stand in its `consistency.py`, which is loaded when they are asked for.
"""

from collections.abc import Callable, Iterator

from django.utils.module_loading import autodiscover_modules

from . import name_keys, paths
from .models import Organization

_checks: list[Callable[[], Iterator[str]]] = []


def register(check: Callable[[], Iterator[str]]) -> Callable:
    """Add a check: a function that yields one sentence for each fault."""
    _checks.append(check)
    return check


def faults() -> Iterator[str]:
    autodiscover_modules("consistency")
    for check in _checks:
        yield from check()


@register
def names_are_found() -> Iterator[str]:
    """Every organisation is found by its names of today and by no others."""
    rows = Organization.objects.prefetch_related("name_keys").defer("intro", "contact").order_by("pk")
    for row in rows.iterator(chunk_size=2000):
        if {one.key for one in row.name_keys.all()} != name_keys.keys(row.names):
            yield f"organization {row.pk}: the keys by which it is found are not those of its names; save it again"


@register
def tree_holds() -> Iterator[str]:
    """Path, depth and `placed` follow from the parents, and no child stands above its parent."""
    rows = Organization.objects.select_related("parent__level", "level").defer("intro", "contact")
    for row in rows.iterator(chunk_size=2000):
        above = row.parent
        if row.depth != paths.depth(row.path) or len(row.path) % paths.STEP:
            yield f"organization {row.pk}: depth {row.depth} does not fit path {row.path}"
        if (above is None and row.depth != 1) or (above is not None and row.path[: -paths.STEP] != above.path):
            yield f"organization {row.pk}: path {row.path} does not stand below its parent"
        if row.placed != (above.placed if above else not row.origin):
            yield f"organization {row.pk}: placed does not follow from its parent"
        levels = row.level, above.level if above else None
        if all(level and level.rank for level in levels) and levels[0].rank < levels[1].rank:
            yield f"organization {row.pk}: {levels[0].code} stands below {levels[1].code}"
