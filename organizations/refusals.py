"""What is said where a right is missing: which roles have it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from . import rights
from .models import Membership


def roles_that_may(refusal: Exception | None) -> list[str]:
    """The names of the roles that have the right which `refusal` (a PermissionDenied) carries; none where none does."""
    verb = refusal.args[0] if isinstance(refusal, PermissionDenied) and refusal.args else None
    roles = rights.roles_for(verb) if isinstance(verb, str) else ()
    return [str(role.label) for role in Membership.Role if role in roles]


def in_words(refusal: Exception) -> str:
    """One sentence: that the role is missing, which one it takes, whom to ask."""
    if roles := roles_that_may(refusal):
        said = _("Your role does not allow this here; it takes one of these: %s. Ask the manager of the organization.")
        return said % "、".join(roles)
    return _("Your role does not allow this. Ask the manager of the organization.")
