"""The verbs of a role: give, change, take; and what an upper room lets a role be narrowed to.

`by` is the acting user; None stands for a command run on the server. A missing right raises PermissionDenied, a wrong
narrowing or a change of one's own roles ValidationError with one sentence. Each entry stands in the trail of the
organisation that the role is in.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import rights, second_factor
from .audit import record
from .models import Membership, User

WHOLE = frozenset({Membership.Role.AUDITOR, Membership.Role.MANAGER})  # roles that are never narrowed


class Narrowing(NamedTuple):
    """How the numbers that narrow a membership are chosen, read and written (rights.register_limit says what they do).

    `choices()` lists (number, name); `numbers(membership)` reads what a membership is narrowed to, from what
    `prefetch` names; `narrow(membership, numbers)` writes it.
    """

    label: str
    help_text: str
    prefetch: str
    choices: Callable[[], list[tuple[int, str]]]
    numbers: Callable[[Membership], list[int]]
    narrow: Callable[[Membership, Iterable[int]], None]


_narrowings: list[Narrowing] = []


def register_narrowing(narrowing: Narrowing) -> None:
    """Add the one way in which memberships can be narrowed."""
    _narrowings[:] = [narrowing]


def narrowing() -> Narrowing | None:
    """The way in which memberships can be narrowed, where an upper room has one."""
    return next(iter(_narrowings), None)


def check(role: str, numbers: Iterable[int]) -> None:
    """ValidationError where a role that oversees everything is to be narrowed."""
    if role in WHOLE and list(numbers):
        raise ValidationError(_("Managers and auditors have all channels. Choose none here, or another role."))


def _numbers(membership: Membership) -> list[int]:
    return sorted(narrowing().numbers(membership)) if narrowing() else []


def _described(membership: Membership) -> dict:
    """The membership as the trail has it, with the names of what it is narrowed to."""
    told = {"role": str(membership.role), "organization": str(membership.organization)}
    if numbers := _numbers(membership):
        names = dict(narrowing().choices())
        told["channels"] = [str(names.get(number, number)) for number in numbers]
    return told


def _require(membership: Membership, by) -> None:
    """`by` manages the organisation, and somebody else's roles: nobody signs what they let themselves sign."""
    if by is None:
        return
    rights.require(by, "manage", membership.organization)
    if membership.user_id == by.pk and not by.is_superuser:
        raise ValidationError(
            _("You cannot change your own roles. Ask another manager or the administrator."), code="own"
        )


def _write(membership: Membership, numbers: Iterable[int], by) -> None:
    _require(membership, by)
    check(membership.role, numbers)
    membership.save()
    if narrowing():
        narrowing().narrow(membership, numbers)
    second_factor.ask_at_the_next_sign_in(membership.user)


@transaction.atomic
def give(membership: Membership, by, *, numbers: Iterable[int] = ()) -> Membership:
    """Save a new membership, narrowed to `numbers`; none: it reaches everything."""
    _write(membership, list(numbers), by)
    record("give role", membership.user, by=by, organization=membership.organization, after=_described(membership))
    return membership


@transaction.atomic
def change(membership: Membership, by, *, numbers: Iterable[int] = ()) -> Membership:
    """Save a changed membership; one that moves to another organisation stands in the trails of both."""
    old = Membership.objects.select_related("organization").get(pk=membership.pk)
    _require(old, by)
    before, user = _described(old), membership.user
    _write(membership, list(numbers), by)
    after = _described(Membership.objects.select_related("organization").get(pk=membership.pk))
    if old.organization_id != membership.organization_id:
        record("take role", user, by=by, organization=old.organization, before=before)
        record("give role", user, by=by, organization=membership.organization, after=after)
    elif before != after:
        record("change role", user, by=by, organization=old.organization, before=before, after=after)
    return membership


@transaction.atomic
def take(membership: Membership, by) -> None:
    """End a membership."""
    _require(membership, by)
    before, organization, user = _described(membership), membership.organization, membership.user
    membership.delete()
    record("take role", user, by=by, organization=organization, before=before)


@transaction.atomic
def copy(user: User, to: User, by) -> None:
    """Give `to` every role of `user`, narrowed as it is there; a role that both have reaches what either reached."""
    for held in user.memberships.select_related("organization"):
        numbers = _numbers(held)
        own = to.memberships.select_related("organization").filter(organization=held.organization, role=held.role)
        if (same := own.first()) is None:
            give(Membership(user=to, organization=held.organization, role=held.role), by, numbers=numbers)
        elif both := numbers and _numbers(same):
            change(same, by, numbers={*numbers, *both})
        else:
            change(same, by)
