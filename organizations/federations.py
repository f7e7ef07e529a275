"""The federations of a place's own: one for each division from the province down to the township, by rule.

X省, X市, X区, X县: X总工会; a town or a street: X总工会; a township (乡, 苏木): X工会. What the official table counts
with these but is none (farms, reserves, the committee of an island) has no federation by rule and is left to a person.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import rights, tree
from .audit import record, together
from .divisions import Division, ancestors, by_code, table
from .models import Level, Organization
from .names import local_name
from .registry import NATIONAL
from .taking_turns import give_way

Kind = Organization.Kind
PLACEHOLDER = re.compile(r"市辖区|县|(?:省|自治区|市)直辖.*")  # the statistics' own rows, no places
PLACE = re.compile(r".+[省市区县州盟旗]|.+地区")
TOWNSHIP = re.compile(r".+(?:街道|镇|乡|苏木)")
PLAIN = re.compile(r".+(?:乡|苏木)")  # whose union is seldom a 总工会
ENDING = re.compile("总?工会$")


@dataclass
class Federation:
    """One federation of a division: the row that is there already, or None where it is to be made."""

    name: str
    division: Division | None  # None: the national one
    parent: "Federation | None"
    there: Organization | None = None


@dataclass
class Survey:
    """What stands and what is missing: in order, a parent before what stands below it."""

    all: list[Federation] = field(default_factory=list)
    left_out: list[Division] = field(default_factory=list)  # without a federation by rule
    namesakes: list[Organization] = field(default_factory=list)  # bodies without a known place, of a name to be made

    @property
    def missing(self) -> list[Federation]:
        return [one for one in self.all if one.there is None]


def federation_name(division: Division) -> str | None:
    """The name of a division's own federation; None where by rule it has none."""
    if PLACEHOLDER.fullmatch(division.name):
        return None
    if division.level == "township":
        if not TOWNSHIP.fullmatch(division.name):
            return None
        return division.name + ("工会" if PLAIN.fullmatch(division.name) else "总工会")
    return local_name(division) if PLACE.fullmatch(division.name) else None


def survey(code: str) -> Survey:
    """The federations of the division `code` (2, 4, 6 or 9 digits), of those above it and of all below it.

    One is there where a federation has its division code, or one below the same parent has its name. Raises
    ValidationError for a code that no division has.
    """
    top = by_code(code)
    if top is None:
        raise ValidationError(
            _("No division has the code “%(code)s”. Give 2, 4, 6 or 9 digits, such as 37 for a whole province.")
            % {"code": code},
            code="division",
        )
    found = Survey()
    national = Federation(NATIONAL, None, None)
    found.all.append(national)
    by_division: dict[str, Federation] = {}
    for division in [*ancestors(top), *_subtree(top)]:
        name = federation_name(division)
        if name is None:
            found.left_out.append(division)
            continue
        above = next((by_division[code] for code in _codes_above(division.code) if code in by_division), national)
        by_division[division.code] = one = Federation(name, division, above)
        found.all.append(one)
    _match(found)
    return found


def _subtree(top: Division) -> Iterator[Division]:
    for code in table().names:
        if code.startswith(top.code):
            yield by_code(code)


def _codes_above(code: str) -> list[str]:
    return [code[:cut] for cut in (6, 4, 2) if cut < len(code)]


def _spellings(name: str) -> set[str]:
    """The two forms of one federation's name: 佛堂镇总工会, 佛堂镇工会."""
    head = ENDING.sub("", name)
    return {head + "总工会", head + "工会"}


def _match(found: Survey) -> None:
    """Find the rows that are there, by three queries."""
    names = {spelling for one in found.all for spelling in _spellings(one.name)}
    codes = [one.division.code for one in found.all if one.division]
    rows = Organization.objects.filter(Q(name__in=names) | Q(division_code__in=codes)).select_related("level")
    by_code_there: dict[str, list[Organization]] = {}
    by_name: dict[tuple[int | None, str], Organization] = {}
    for row in rows.order_by("path"):
        if not row.placed:
            found.namesakes.append(row)
            continue
        by_name.setdefault((row.parent_id, row.name), row)
        if row.division_code and row.kind in (Kind.LOCAL, Kind.TOWNSHIP):
            by_code_there.setdefault(row.division_code, []).append(row)
    for one in found.all:
        if one.division:
            held = [row for row in by_code_there.get(one.division.code, []) if row.level_id == one.division.level]
            one.there = next((row for row in held if row.name in _spellings(one.name)), held[0] if held else None)
        if one.there is None and (one.parent is None or one.parent.there):
            parent = one.parent.there.pk if one.parent else None
            one.there = next(
                (by_name[parent, name] for name in sorted(_spellings(one.name), key=len) if (parent, name) in by_name),
                None,
            )
    wanted = {name for one in found.missing for name in _spellings(one.name)}
    found.namesakes = [row for row in found.namesakes if row.name in wanted]


def create(found: Survey, by=None, *, since: int | None = None) -> Iterator[int]:
    """Make what is missing and yield, after each step, how many rows it made; broken off, it goes on when run again.

    What stands below one body is made in one transaction. `by` needs the right to manage the body above; None is a
    command run on the server. Raises PermissionDenied before anything is changed.
    """
    missing = found.missing
    if by is not None:
        _require(missing, by)
    levels = Level.objects.in_bulk()
    groups: dict[int, list[Federation]] = {}
    for one in missing:
        groups.setdefault(id(one.parent), []).append(one)
    for group in groups.values():
        parent = group[0].parent.there if group[0].parent else None
        rows = [_new(one, levels, since) for one in group]
        with transaction.atomic(), together():
            tree.add_all(rows, parent)
            for one, row in zip(group, rows, strict=True):
                one.there = row
                record("add", row, by=by, organization=row)
        give_way()
        yield len(rows)


def _require(missing: list[Federation], by) -> None:
    """Raise PermissionDenied unless `by` manages every body that something new is to stand below."""
    if by.is_superuser:
        return
    for one in missing:
        if one.parent is None:
            raise PermissionDenied("manage")
        if one.parent.there:
            rights.require(by, "manage", one.parent.there)


def _new(one: Federation, levels: dict[str, Level], since: int | None) -> Organization:
    level = one.division.level if one.division else "national"
    return Organization(
        name=one.name,
        short_name="" if one.division else "全总",
        level=levels.get(level),
        kind=Kind.TOWNSHIP if level == "township" else Kind.LOCAL,
        division_code=one.division.code if one.division else "",
        valid_from=datetime.date(since, 1, 1) if since else None,
    )
