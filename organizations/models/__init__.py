"""Who: levels, organisations and their tree, users and their memberships, the audit trail, the site's settings."""

from .audit import AuditEntry
from .level import Level
from .membership import Membership
from .name_key import NameKey
from .organization import Organization
from .recovery_code import RecoveryCode
from .signed_in_session import SignedInSession
from .site_settings import SiteSettings
from .user import User

__all__ = [
    "AuditEntry",
    "Level",
    "Membership",
    "NameKey",
    "Organization",
    "RecoveryCode",
    "SignedInSession",
    "SiteSettings",
    "User",
]
