"""The organisation tree: the only code that writes parent, path, depth and placed."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Concat, Substr
from django.dispatch import Signal
from django.utils.translation import gettext as _

from . import paths
from .concerned import SITE, also
from .models import NameKey, Organization
from .slugs import free_slug, numbered, pinyin_slug

organization_moved = Signal()
"""Sent inside the transaction with `organization`, whose subtree has other paths now."""


def check_order(level, parent: Organization | None) -> None:
    """Raise ValidationError where a body of `level` would stand above its parent; without a rank it stands anywhere."""
    above = parent and parent.level
    if level and above and level.rank and above.rank and level.rank < above.rank:
        raise ValidationError(
            _("A %(level)s organization cannot stand below a %(above)s one. Choose another parent or level.")
            % {"level": level.name, "above": above.name},
            code="order",
        )


def _next_path(parent: Organization | None) -> str:
    siblings = Organization.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True)
    return _path_after(siblings.first(), parent)


def _path_after(last: str | None, parent: Organization | None) -> str:
    """The path below `parent` that follows `last`, the last one there."""
    number = paths.step_number(last) + 1 if last else 0
    if number >= 36**paths.STEP - 1:
        raise ValidationError(_("This organization has no room for another one below it."), code="full")
    return (parent.path if parent else "") + paths.step(number)


def _check_depth(depth: int) -> None:
    if depth > paths.MAX_DEPTH:
        raise ValidationError(
            _("The tree has no more than %(count)d levels. Choose a parent higher up.") % {"count": paths.MAX_DEPTH},
            code="depth",
        )


def _lock() -> None:
    """Lock the whole tree until the transaction ends: its oldest row, whatever is to change.

    Locking the rows concerned would not do: a body added below a subtree that is moving would keep the old path. In an
    empty tree there is nothing to lock, and the unique path refuses the second of two first bodies.
    """
    list(Organization.objects.select_for_update().order_by("pk").values_list("pk")[:1])


def _clean(organization: Organization) -> None:
    """Raise what full_clean() would: its questions are asked only where some row answers the one they have in common.

    That its parent and level are there is known by now.
    """
    there = Organization.objects.order_by().filter(
        Q(slug=organization.slug) | Q(name=organization.name, parent=organization.parent)
    )
    if organization.valid_from or organization.valid_to or there.exists():
        organization.full_clean(exclude=["path", "depth"])
    else:
        organization.clean_fields(exclude=["path", "depth", "parent", "level"])
        organization.clean()


def _fresh(organization: Organization | None) -> Organization | None:
    return organization and Organization.objects.select_related("level").get(pk=organization.pk)


@transaction.atomic
def add(organization: Organization, parent: Organization | None) -> Organization:
    """Save a new `organization` below `parent` (None: as a root) and return it.

    Raises ValidationError where the order of levels, a constraint or the room below the parent forbids it.
    """
    _lock()
    parent = _fresh(parent)
    check_order(organization.level, parent)
    organization.parent = parent
    organization.path = _next_path(parent)
    organization.depth = paths.depth(organization.path)
    _check_depth(organization.depth)
    organization.placed = parent.placed if parent else not organization.origin
    if not organization.slug:
        organization.slug = free_slug(organization.name, Organization.objects.all())
    _clean(organization)
    organization.save(force_insert=True)
    also(SITE)
    return organization


@transaction.atomic
def add_all(organizations: Collection[Organization], parent: Organization | None) -> list[Organization]:
    """Save many new bodies below one `parent` as add() saves one, by few statements; all, or where one is refused none.

    Raises what add() raises.
    """
    _lock()
    parent, rows = _fresh(parent), list(organizations)
    slugs = set(Organization.objects.order_by().values_list("slug", flat=True))
    there = Organization.objects.filter(parent=parent)
    last, names = there.aggregate(last=Max("path"))["last"], set(there.order_by().values_list("name", "origin"))
    for row in rows:
        check_order(row.level, parent)
        row.parent = parent
        last = row.path = _path_after(last, parent)
        row.depth = paths.depth(row.path)
        _check_depth(row.depth)
        row.placed = parent.placed if parent else not row.origin
        row.slug = row.slug or numbered(pinyin_slug(row.name), slugs)
        row.clean_fields(exclude=["path", "depth", "parent", "level"])
        if (row.name, row.origin) in names:
            raise ValidationError(_("The parent organization already has an organization of this name."), code="name")
        slugs.add(row.slug)
        names.add((row.name, row.origin))
    Organization.objects.bulk_create(rows)
    NameKey.objects.bulk_create(key for row in rows for key in NameKey.of(row))
    return rows


@transaction.atomic
def move(organization: Organization, parent: Organization | None) -> Organization:
    """Put `organization` and everything below it under `parent`; its number and address stay.

    Raises ValidationError for a place below itself or too deep, a wrong order of levels or a name taken there.
    """
    _lock()
    old, parent = _fresh(organization), _fresh(parent)
    if parent is not None and parent.path.startswith(old.path):
        raise ValidationError(_("An organization cannot stand below itself. Choose another parent."), code="cycle")
    check_order(organization.level, parent)
    shift = (parent.depth if parent else 0) + 1 - old.depth
    _check_depth(shift + Organization.objects.subtree(old).aggregate(deepest=Max("depth"))["deepest"])
    organization.parent = parent
    if parent is not None:
        organization.origin = ""
    organization.path, organization.depth = old.path, old.depth
    organization.placed = parent.placed if parent else not organization.origin
    organization.full_clean(exclude=["path", "depth"])
    new_path = _next_path(parent)
    organization.save()
    Organization.objects.subtree(old).update(
        path=Concat(Value(new_path), Substr("path", len(old.path) + 1)),
        depth=F("depth") + shift,
        placed=organization.placed,
    )
    organization.refresh_from_db()
    organization_moved.send(Organization, organization=organization)
    return organization
