"""Filing a union that a text names: find its row, or make it with the bodies above it."""

from django.db import transaction

from . import tree
from .divisions import Division
from .models import Level, Organization
from .names import UnionName, read_union_name

NATIONAL = "中华全国总工会"


@transaction.atomic
def union(name: UnionName, *, origin: str) -> Organization | None:
    """The organisation `name` speaks of, made with its ancestors where it is new.

    A body without a known parent is kept apart under `origin` (the site or batch that names it). An anonymised name
    makes none.
    """
    return _union(name, origin)


def _union(name: UnionName, origin: str) -> Organization | None:
    if name.anonymised:
        return None
    if name.canonical == NATIONAL:
        return _root()
    parent_name = read_union_name(name.parent) if name.parent else None
    if parent_name is None or parent_name.anonymised:
        return _unplaced(name, origin)
    parent = _union(parent_name, origin)
    there = Organization.objects.filter(parent=parent, name=name.canonical).first()
    return there or tree.add(_new(name), parent)


def _root() -> Organization:
    there = Organization.objects.filter(parent=None, name=NATIONAL, origin="").first()
    if there:
        return there
    level = Level.objects.filter(pk="national").first()
    return tree.add(Organization(name=NATIONAL, short_name="全总", level=level, kind=Organization.Kind.LOCAL), None)


def _unplaced(name: UnionName, origin: str) -> Organization:
    there = Organization.objects.filter(parent=None, name=name.canonical, origin=origin).first()
    if there:
        return there
    organization = _new(name)
    organization.origin = origin
    return tree.add(organization, None)


def _new(name: UnionName) -> Organization:
    division: Division | None = name.division
    return Organization(
        name=name.canonical,
        aliases=[name.written] if name.written != name.canonical else [],
        level=Level.objects.filter(pk=name.level).first() if name.level else None,
        kind=name.kind,
        division_code=division.code if division else "",
    )
