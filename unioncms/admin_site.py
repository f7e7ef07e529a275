from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class UnionAdminSite(AdminSite):
    """The editors' admin (后台)."""

    site_title = _("UnionCMS")
    site_header = _("UnionCMS")
    index_title = _("Desk")
    enable_nav_sidebar = True
