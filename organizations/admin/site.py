"""The site's own settings: one row, so its entry opens the form at once."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models import SiteSettings

from .scoped import ScopedAdmin


@admin.register(SiteSettings)
class SiteSettingsAdmin(ScopedAdmin):
    owner_field = None
    verbs = {"view": "manage", "add": None, "change": "manage", "delete": None}
    autocomplete_fields = ("organization",)
    fieldsets = (
        (None, {"fields": ("name", "motto", "organizer", "description", "organization", "grey_mode")}),
        (_("Contact"), {"fields": ("contact", "hotline")}),
        (_("Filing numbers"), {"fields": ("domain", "site_code", "icp_number", "police_number")}),
    )

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:organizations_sitesettings_change", args=[1]))
