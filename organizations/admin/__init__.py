"""The desk's pages about organisations, people, the audit trail and the site itself."""

from . import audit, organization, site, user  # noqa: F401  each registers its models
