"""Who may do what: one policy, asked by every view, admin page, verb and command.

A role in an organisation covers that organisation's whole subtree. An upper room registers how its objects name their
owner (`register_owner`) and says which roles its verbs need (`register_verbs`). It may also say that a membership can
be narrowed to some numbers, such as those of channels (`register_limit`), and which of its objects have such a number
(`register_limited`).
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from . import paths
from .models import Membership, Organization

Role = Membership.Role
WRITERS = frozenset({Role.CONTRIBUTOR, Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.MANAGER})
EDITORS = frozenset({Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.MANAGER})
SIGNERS = frozenset({Role.SIGNER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})


class Held(NamedTuple):
    """A role in the subtree at `path`; `limit` holds the numbers it is narrowed to, None where it is not."""

    role: str
    path: str
    limit: frozenset[int] | None


_verbs: dict[str, frozenset[str]] = {
    "view": frozenset(Role.values),
    "manage": MANAGERS,
    "audit": frozenset({Role.AUDITOR, Role.MANAGER}),
}
_owners: dict[type, Callable] = {Organization: lambda organization: organization}
_limited: dict[type, Callable] = {}
_limit_lookup: list[str] = []
_widen: list[Callable] = []


def register_verbs(**roles: Iterable[str]) -> None:
    """Add verbs with the roles that may do them."""
    _verbs.update({verb: frozenset(names) for verb, names in roles.items()})


def register_owner(model: type, owner: Callable) -> None:
    """Say how an object of `model` names the organisation whose members may touch it."""
    _owners[model] = owner


def register_limit(lookup: str, widen: Callable[[list[set[int]]], list[set[int]]]) -> None:
    """Say where, seen from Membership, the numbers stand that narrow it, and what else they cover.

    `widen` gives each of many sets of numbers back with all that they cover, by one query however many there are.
    """
    _limit_lookup[:], _widen[:] = [lookup], [widen]


def register_limited(model: type, number: Callable) -> None:
    """Say which number of an object of `model` must be among those of a narrowed membership."""
    _limited[model] = number


def roles_for(verb: str) -> frozenset[str]:
    """The roles that may do `verb`; none where nobody but administrators may."""
    return _verbs.get(verb, frozenset())


def owner(obj) -> Organization | None:
    """The organisation whose members may touch `obj`; None for what belongs to the whole site."""
    find = _owners.get(type(obj))
    return find(obj) if find else None


def _held(user) -> list[Held]:
    """What `user` holds, read once for each user object."""
    if not hasattr(user, "_held_roles"):
        read([user])
    return user._held_roles


def read(users: Iterable) -> None:
    """Read what all of `users` hold in one query, before `may` is asked for one after the other."""
    users = list(users)
    limits: dict[int, set[int]] = {}
    held: dict[int, tuple[int, str, str]] = {}
    names = ("pk", "user", "role", "organization__path", *_limit_lookup)
    for pk, holder, role, path, *limit in Membership.objects.filter(user__in=users).values_list(*names):
        held[pk] = (holder, role, path)
        limits.setdefault(pk, set()).update(number for number in limit if number is not None)
    narrowed = [pk for pk, numbers in limits.items() if numbers]
    widened = dict(zip(narrowed, _widen[0]([limits[pk] for pk in narrowed]), strict=True)) if narrowed else {}
    for user in users:
        user._held_roles = [
            Held(role, path, frozenset(widened[pk]) if pk in widened else None)
            for pk, (holder, role, path) in held.items()
            if holder == user.pk
        ]


def may(user, verb: str, obj=None) -> bool:
    """True where `user` may do `verb` to `obj`; without `obj`, where they may do it somewhere.

    Administrators (superusers) may do everything; nobody else may do anything without a membership.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    held = [one for one in _held(user) if one.role in _verbs[verb]]
    if obj is None or not held:
        return bool(held)
    owning = _owners[type(obj)](obj)
    if owning is None:
        return False
    number = _limited[type(obj)](obj) if type(obj) in _limited else None
    return any(
        owning.path.startswith(one.path) and (one.limit is None or number is None or number in one.limit)
        for one in held
    )


def narrowed_to(user, verb: str) -> frozenset[int] | None:
    """The numbers outside of which `user` may do `verb` to nothing, wherever it is; None where nothing narrows them."""
    held = [one.limit for one in _held(user) if one.role in _verbs[verb]] if user.is_authenticated else []
    if user.is_superuser or None in held:
        return None
    return frozenset().union(*held)


def require(user, verb: str, obj=None) -> None:
    """Raise PermissionDenied, with the verb as its argument, where `may` says no."""
    if not may(user, verb, obj):
        raise PermissionDenied(verb)


def reach(user, verb: str, field: str = "organization", *, limited: str = "") -> Q:
    """The condition on `field` (a relation to Organization) for rows that `user` may do `verb` to.

    `field` "" speaks of Organization itself; `limited` is the relation to what may narrow a membership, where the rows
    have one. Nobody's reach matches no row.
    """
    if user.is_authenticated and user.is_active and user.is_superuser:
        return Q()
    prefix = f"{field}__" if field else ""
    condition = Q(pk__in=[])
    if user.is_authenticated and user.is_active:
        for one in _held(user):
            if one.role in _verbs[verb]:
                inside = Q(**{f"{prefix}path__gte": one.path, f"{prefix}path__lt": paths.subtree_end(one.path)})
                if one.limit is not None and limited:
                    inside &= Q(**{f"{limited}__in": one.limit})
                condition |= inside
    return condition


def holders(verb: str, organization: Organization, number: int | None = None):
    """The memberships whose role may do `verb` to what `organization` owns, those of the nearest body first.

    With `number` those narrowed to other numbers (register_limit) are left out.
    """
    above = [*paths.ancestor_paths(organization.path), organization.path]
    rows = Membership.objects.filter(role__in=_verbs[verb], organization__path__in=above, user__is_active=True)
    if number is not None and _limit_lookup:
        rows = rows.filter(pk__in=Membership.objects.filter(_covering(rows, number)).values("pk"))
    return rows.select_related("user", "organization").order_by("-organization__depth", "user_id", "role")


def _covering(rows, number: int) -> Q:
    """The condition on Membership that nothing narrows it, or one of the numbers that narrow `rows` covers `number`."""
    lookup = _limit_lookup[0]
    used = [one for one in rows.order_by().values_list(lookup, flat=True).distinct() if one is not None]
    covers = [
        one for one, all_covered in zip(used, _widen[0]([{one} for one in used]), strict=True) if number in all_covered
    ]
    return Q(**{f"{lookup}__isnull": True}) | Q(**{f"{lookup}__in": covers})
