"""The audit trail, to be read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organizations import rights
from organizations.audit_words import VERBS
from organizations.models import AuditEntry, Organization

from .scoped import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    verbs = {"view": "audit", "add": None, "change": None, "delete": None}
    owner_field = "organization"
    list_display = ("at", "actor_name", "verb_name", "object_name", "revision", "organization_name", "address")
    list_filter = ("verb", "object_type", "at")
    search_fields = ("actor_name", "object_name", "organization_name")
    date_hierarchy = None
    fields = (
        "at",
        "actor_name",
        "address",
        "verb_name",
        "object_type",
        "object_id",
        "object_name",
        "organization_name",
        "revision",
        "before",
        "after",
        "note",
    )

    def get_queryset(self, request):
        """An auditor reads what concerns the organisations in reach; an entry names them by number only."""
        rows = AuditEntry.objects.all()
        if request.user.is_superuser:
            return rows
        reached = Organization.objects.filter(rights.reach(request.user, "audit", ""))
        return rows.filter(organization_id__in=reached.values("pk"))

    def has_view_permission(self, request, obj=None):
        return rights.may(request.user, "audit")

    @admin.display(description=_("what was done"), ordering="verb")
    def verb_name(self, entry):
        return VERBS.get(entry.verb, entry.verb)
