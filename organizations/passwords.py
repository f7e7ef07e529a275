"""Password rules beyond Django's own (等保): ten characters of several kinds, changed from time to time."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


class MixedKindsValidator:
    """Ask for at least `kinds` of: small letters, capitals, digits, other characters."""

    def __init__(self, kinds: int = 3):
        self.kinds = kinds

    def validate(self, password: str, user=None) -> None:
        tests = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
        if sum(any(map(test, password)) for test in tests) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Use at least three of these kinds: small letters, capitals, digits, other characters.")


def age(user) -> timedelta:
    """How old the password of `user` is; one that was never changed is as old as the account."""
    return timezone.now() - (user.password_changed_at or user.date_joined)


def is_too_old(user) -> bool:
    """True where the password must be changed by its age; PASSWORD_MAX_AGE_DAYS 0 lets it live for ever."""
    days = settings.PASSWORD_MAX_AGE_DAYS
    return days > 0 and age(user) > timedelta(days=days)
