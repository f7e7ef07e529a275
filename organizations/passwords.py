"""Password rules beyond Django's own (等保: at least two kinds of characters and ten of them)."""

from django.core.exceptions import ValidationError
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
