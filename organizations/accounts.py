"""The verbs of an account: open, reset the password, hand over, close and reopen. Nobody is ever deleted.

`by` is the acting user; None stands for a command run on the server. A missing right raises PermissionDenied, a wrong
state ValidationError with one sentence.
"""

import secrets
from collections.abc import Callable

from axes.utils import reset as unlock
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from . import memberships, rights, second_factor
from .audit import record
from .models import Membership, User
from .sessions import end_sessions

PASSWORD_LENGTH = 16
PASSWORD_KINDS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=@%")  # none that look alike

rights.register_owner(Membership, lambda membership: membership.organization)

_hand_overs: list[Callable] = []


def register_hand_over(change: Callable) -> Callable:
    """Add `change(user, to)`, which hands an upper room's things of `user` to `to` and returns how many they were."""
    _hand_overs.append(change)
    return change


def generated_password() -> str:
    """A password that passes every validator: PASSWORD_LENGTH characters, some of each kind."""
    letters = [secrets.choice(kind) for kind in PASSWORD_KINDS]
    letters += [secrets.choice("".join(PASSWORD_KINDS[:3])) for _ in range(PASSWORD_LENGTH - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def manageable_by(by):
    """The accounts that `by` may manage: no administrator's, and none with a role outside the reach of `by`."""
    if by.is_superuser:
        return User.objects.all()
    held = Membership.objects.filter(user=OuterRef("pk"))
    reach = rights.reach(by, "manage")
    return User.objects.filter(Exists(held.filter(reach)), ~Exists(held.exclude(reach)), is_superuser=False)


def _require(by, user: User) -> None:
    if by is not None and not manageable_by(by).filter(pk=user.pk).exists():
        raise PermissionDenied("manage")


def _require_closable(user: User, by) -> None:
    """Nobody closes their own account, and the site keeps an administrator who can sign in."""
    if by is not None and user.pk == by.pk:
        raise ValidationError(_("You cannot close your own account."), code="own")
    administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True, is_service=False)
    if [administrator.pk for administrator in administrators] == [user.pk]:
        raise ValidationError(_("This is the last administrator. Make another one first."), code="last")


@transaction.atomic
def open_account(by, *, username: str, name: str, organization, role: str, phone: str = "", email: str = ""):
    """A new account with its first role, as (user, generated password), which must be changed at the first sign-in."""
    if by is not None:
        rights.require(by, "manage", organization)
    password = generated_password()
    user = User(username=username, name=name, phone=phone, email=email, is_staff=True, must_change_password=True)
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    Membership.objects.create(user=user, organization=organization, role=role)
    record("open account", user, by=by, organization=organization, after={"username": username, "role": role})
    return user, password


@transaction.atomic
def reset_password(user: User, by) -> str:
    """Give `user` a new password, lift a lockout, end their sessions; returns the password, to be shown once.

    Nobody resets their own: whoever finds an open desk would take the account over without knowing the old password.
    """
    _require(by, user)
    if by is not None and user.pk == by.pk:
        raise ValidationError(_("Change your own password on its own page, which asks for the old one."), code="own")
    password = generated_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    unlock(username=user.username)
    second_factor.forgive_wrong_codes(user)
    end_sessions(user)
    record("reset password", user, by=by)
    return password


@transaction.atomic
def reset_second_factor(user: User, by) -> None:
    """Take away the lost second factor of `user` and end their sessions.

    ValidationError where it is one's own, which second_factor.turn_off takes away for a code, or where there is none.
    """
    _require(by, user)
    if by is not None and user.pk == by.pk:
        raise ValidationError(
            _("Take your own second factor away on the page of your account; it asks for a code."), code="own"
        )
    if second_factor.device_of(user) is None:
        raise ValidationError(_("No second factor is set up for this account."), code="none")
    second_factor.remove(user)
    end_sessions(user)
    record("turn off second factor", user, by=by)


@transaction.atomic
def hand_over(user: User, to: User, by, *, with_roles: bool = True, administrator: bool = False) -> int:
    """Give all that `user` works on to `to`, with the roles too if asked, and close the account of `user`.

    The closed account keeps no role: opened again, it can do nothing before somebody gives it one.

    `administrator` makes `to` an administrator of the whole site first, which administrators alone may do; so the last
    one can be handed over. Returns how many things changed hands.
    """
    _require(by, user)
    _require(by, to)
    if user.pk == to.pk:
        raise ValidationError(_("Choose another person to hand over to."), code="same")
    if not to.is_active:
        raise ValidationError(
            _("The account of %(name)s is closed. Choose another person.") % {"name": to}, code="closed"
        )
    if to.is_service:
        raise ValidationError(_("%(name)s is a service account. Choose a person.") % {"name": to}, code="service")
    if administrator:
        _make_administrator(to, by)
    _require_closable(user, by)
    if with_roles:
        memberships.copy(user, to, by)
    count = sum(change(user, to) for change in _hand_overs)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    record("hand over", user, by=by, after={"to": str(to), "count": count})
    for held in user.memberships.select_related("organization", "user"):
        memberships.take(held, by)
    return count


def _make_administrator(user: User, by) -> None:
    if by is not None and not by.is_superuser:
        raise PermissionDenied("manage")
    if user.is_superuser:
        return
    user.is_superuser = user.is_staff = True
    user.save(update_fields=["is_superuser", "is_staff"])
    second_factor.ask_at_the_next_sign_in(user)
    record("change", user, by=by, before={"is_superuser": False}, after={"is_superuser": True})


@transaction.atomic
def set_service(user: User, by, service: bool) -> None:
    """Make an account one for programs, with which nobody signs in, or one for a person again. Administrators only.

    The desk's form, the only caller, records it with the other changes.
    """
    if by is not None and not by.is_superuser:
        raise PermissionDenied("manage")
    if service:
        _require_closable(user, by)
    user.is_service = service
    user.save(update_fields=["is_service"])
    if service:
        end_sessions(user)


@transaction.atomic
def set_active(user: User, by, active: bool) -> None:
    """Close an account (its owner can no longer sign in, nothing else changes) or open it again."""
    _require(by, user)
    if not active:
        _require_closable(user, by)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    record("reopen account" if active else "close account", user, by=by)
