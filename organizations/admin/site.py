"""The site's own settings: one row, so its entry opens the form at once."""

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations import logo
from organizations.forms import RefusableForm
from organizations.models import SiteSettings

from .scoped import ScopedAdmin


class SiteSettingsForm(RefusableForm):
    def clean_logo(self):
        """A new picture in the size and form it is kept in; ValidationError where it is none."""
        given = self.cleaned_data["logo"]
        return logo.prepared(given) if isinstance(given, UploadedFile) else given


@admin.register(SiteSettings)
class SiteSettingsAdmin(ScopedAdmin):
    form = SiteSettingsForm
    owner_field = None
    verbs = {"view": "manage", "add": None, "change": "manage", "delete": None}
    autocomplete_fields = ("organization",)
    fieldsets = (
        (None, {"fields": ("name", "motto", "organizer", "description", "organization")}),
        (_("Looks"), {"fields": ("logo", "logo_names", "accent", "grey_mode")}),
        (_("Footer and contact"), {"fields": ("contact", "hotline", "footer_note")}),
        (_("Links"), {"fields": ("leaving_notice",)}),
        (_("Work plans"), {"fields": ("public_register",)}),
        (_("Filing numbers"), {"fields": ("domain", "site_code", "icp_number", "police_number")}),
    )

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:organizations_sitesettings_change", args=[1]))
