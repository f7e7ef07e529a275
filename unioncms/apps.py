"""The admin, with this project's own site class."""

from django.contrib.admin.apps import AdminConfig


class UnionAdminConfig(AdminConfig):
    default_site = "unioncms.admin_site.UnionAdminSite"
