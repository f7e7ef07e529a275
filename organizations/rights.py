"""Who may do what: one policy, asked by every view, admin page, verb and command.

A role in an organisation covers that organisation's whole subtree. An upper room registers how its objects name their
owner (`register_owner`) and says which roles its verbs need (`register_verbs`).
"""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from . import paths
from .models import Membership, Organization

Role = Membership.Role
WRITERS = frozenset({Role.CONTRIBUTOR, Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.MANAGER})
EDITORS = frozenset({Role.EDITOR, Role.REVIEWER, Role.SIGNER, Role.MANAGER})
SIGNERS = frozenset({Role.SIGNER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})

_verbs: dict[str, frozenset[str]] = {
    "view": frozenset(Role.values),
    "manage": MANAGERS,
    "audit": frozenset({Role.AUDITOR, Role.MANAGER}),
}
_owners: dict[type, Callable] = {Organization: lambda organization: organization}


def register_verbs(**roles: Iterable[str]) -> None:
    """Add verbs with the roles that may do them."""
    _verbs.update({verb: frozenset(names) for verb, names in roles.items()})


def register_owner(model: type, owner: Callable) -> None:
    """Say how an object of `model` names the organisation whose members may touch it."""
    _owners[model] = owner


def owner(obj) -> Organization | None:
    """The organisation whose members may touch `obj`; None for what belongs to the whole site."""
    find = _owners.get(type(obj))
    return find(obj) if find else None


def _held(user) -> list[tuple[str, str]]:
    """(role, path) of each membership of `user`, read once for each user object."""
    if not hasattr(user, "_held_roles"):
        user._held_roles = list(user.memberships.values_list("role", "organization__path"))
    return user._held_roles


def may(user, verb: str, obj=None) -> bool:
    """True where `user` may do `verb` to `obj`; without `obj`, where they may do it somewhere.

    Administrators (superusers) may do everything; nobody else may do anything without a membership.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    paths_held = [path for role, path in _held(user) if role in _verbs[verb]]
    if obj is None or not paths_held:
        return bool(paths_held)
    owning = _owners[type(obj)](obj)
    return owning is not None and any(owning.path.startswith(path) for path in paths_held)


def require(user, verb: str, obj=None) -> None:
    """Raise PermissionDenied with a sentence that says whom to ask, where `may` says no."""
    if not may(user, verb, obj):
        raise PermissionDenied(verb)


def reach(user, verb: str, field: str = "organization") -> Q:
    """The condition on `field` (a relation to Organization) for rows that `user` may do `verb` to.

    `field` "" speaks of Organization itself. Nobody's reach matches no row.
    """
    if user.is_authenticated and user.is_active and user.is_superuser:
        return Q()
    prefix = f"{field}__" if field else ""
    condition = Q(pk__in=[])
    if user.is_authenticated and user.is_active:
        for role, path in _held(user):
            if role in _verbs[verb]:
                condition |= Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": paths.subtree_end(path)})
    return condition
