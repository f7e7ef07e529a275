"""The second factor (第二因素): a code from an authenticator app after the password, or a recovery code in its place.

The device is django-otp's, which knows drift, refuses a code that was used and makes each wrong one cost twice the wait
of the one before; recovery codes share that wait. Digests of recovery codes need no key: a code has 79 random bits.
"""

import secrets
import time
import unicodedata
from base64 import b32encode
from binascii import unhexlify
from hashlib import sha256
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from .audit import record
from .models import Membership, RecoveryCode, SiteSettings, User
from .sessions import end_sessions

DUE = "second_factor_due"  # in the session of somebody whose role asks for a second factor they do not have
ADMINISTRATOR = "administrator"
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
CODE_LENGTH = 16


def is_required(user) -> bool:
    """Whether a role of `user` is among SECOND_FACTOR_ROLES."""
    roles = settings.SECOND_FACTOR_ROLES
    if ADMINISTRATOR in roles and user.is_superuser:
        return True
    return bool(roles) and user.memberships.filter(role__in=roles).exists()


def device_of(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def codes_left(user) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


@receiver(user_logged_in)
def decide_what_is_due(sender, request, user, **kwargs) -> None:
    """Decided once, at the sign-in, so that no later request asks the database."""
    if request is not None and is_required(user) and device_of(user) is None:
        request.session[DUE] = True


def ask_at_the_next_sign_in(user) -> None:
    """End the sessions of somebody to whom a role just given brings the duty: what is due is decided at the sign-in."""
    if is_required(user) and device_of(user) is None:
        end_sessions(user)


# Setting up


def new_key() -> str:
    return default_key()


def key_in_words(key: str) -> str:
    """The secret as authenticator apps take it typed: base 32 in groups of four."""
    written = b32encode(unhexlify(key)).decode()
    return " ".join(written[start : start + 4] for start in range(0, len(written), 4))


def key_address(key: str, user) -> str:
    """The secret as authenticator apps take it from a QR code."""
    issuer = SiteSettings.load().name.replace(":", "")
    label = quote(f"{issuer}:{user.get_username()}")
    secret = key_in_words(key).replace(" ", "")
    return f"otpauth://totp/{label}?" + urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)


@transaction.atomic
def turn_on(user, key: str, code: str) -> list[str]:
    """Set up the device that holds `key`, proved by `code`; returns the recovery codes, to be shown once.

    ValidationError where the code is wrong or there is a device already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if device_of(user) is not None:
        raise ValidationError(_("Your second factor is set up already."), code="there")
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not _is_number(code := plain(code)) or not totp.verify(int(code), tolerance=1):
        raise ValidationError(
            _("This code is wrong. Check that the clock of your phone is right, and type the code it shows now."),
            code="wrong",
        )
    TOTPDevice.objects.filter(user=user).delete()
    TOTPDevice.objects.create(user=user, name="", key=key, drift=totp.drift, last_t=totp.t())
    record("turn on second factor", user, by=user)
    return _make_codes(user)


def _make_codes(user) -> list[str]:
    made = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in made)
    return ["-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)) for code in made]


def _digest(user, code: str) -> str:
    return sha256(f"{user.pk}:{code}".encode()).hexdigest()


# Asking for it


def plain(code: str) -> str:
    """A typed code without what does not count: width, capitals, spaces and hyphens."""
    return "".join(char for char in unicodedata.normalize("NFKC", code).lower() if char.isalnum())


def _is_number(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()


def check(user, code: str) -> bool:
    """Take `code`, which is then used up; returns whether it was a recovery code. ValidationError where it is refused.

    A wrong one is recorded and counted even though the caller goes no further.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            raise ValidationError(_("No second factor is set up for this account."), code="none")
        allowed, why = device.verify_is_allowed()
        if not allowed:
            seconds = int((why["locked_until"] - timezone.now()).total_seconds()) + 1
            raise ValidationError(
                _("Too many wrong codes. Wait %(seconds)d seconds and try again.") % {"seconds": seconds}, code="wait"
            )
        code = plain(code)
        by_device = _is_number(code)
        right = device.verify_token(code) if by_device else _use_recovery_code(user, device, code)
        if not right:
            record("wrong second factor", user, by=user)
    if not right:
        raise ValidationError(
            _("This code is wrong or was used before. Wait for the next one and type that."), code="wrong"
        )
    return not by_device


def _use_recovery_code(user, device: TOTPDevice, code: str) -> bool:
    used = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at=None).update(
        used_at=timezone.now()
    )
    if not used:
        device.throttle_increment()
        return False
    device.throttle_reset()
    record("use recovery code", user, by=user, after={"left": codes_left(user)})
    return True


# Afterwards


@transaction.atomic
def new_codes(user) -> list[str]:
    """New recovery codes in place of all earlier ones, to be shown once. The caller has asked for a code."""
    made = _make_codes(user)
    record("new recovery codes", user, by=user)
    return made


@transaction.atomic
def turn_off(user) -> None:
    """Take one's own factor away; ValidationError where a role asks for it. The caller has asked for a code."""
    if is_required(user):
        raise ValidationError(_("Your role requires the second factor, so it cannot be taken away."), code="required")
    remove(user)
    record("turn off second factor", user, by=user)


def remove(user) -> None:
    """Delete the device and the recovery codes of `user`; the caller has checked and records it."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def forgive_wrong_codes(user) -> None:
    """End the wait after wrong codes, as with a new password: who does not know it can cause no new wait."""
    TOTPDevice.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


@checks.register(checks.Tags.security)
def roles_are_known(app_configs, **kwargs) -> list:
    """A misspelt role would ask nobody for a second factor."""
    unknown = set(settings.SECOND_FACTOR_ROLES) - {ADMINISTRATOR, *Membership.Role.values}
    return [
        checks.Error(f"SECOND_FACTOR_ROLES names no role of the site: {role}", id="organizations.E001")
        for role in sorted(unknown)
    ]
