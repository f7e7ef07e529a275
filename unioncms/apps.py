"""The wiring as an app (its commands), and the admin with this project's own site class."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class UnionConfig(AppConfig):
    name = "unioncms"


class UnionAdminConfig(SimpleAdminConfig):  # the site discovers its pages by itself, later
    default_site = "unioncms.admin_site.UnionAdminSite"
