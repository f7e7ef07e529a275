"""The audit trail, to be read."""

from django.apps import apps
from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organizations import rights
from organizations.audit_words import VERBS
from organizations.models import AuditEntry, Organization

from .scoped import ReadOnlyAdmin


def kind_name(object_type: str) -> str:
    """The words for a model's label; the label itself where the model is gone."""
    try:
        return capfirst(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


class VerbFilter(admin.SimpleListFilter):
    """By verb, from the list of verbs: never by a look through the whole trail."""

    title = _("what was done")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return list(VERBS.items())

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """By kind of object: the project's own models."""

    title = _("kind of object")
    parameter_name = "object_type"

    def lookups(self, request, model_admin):
        rooms = ("organizations", "articles", "plans", "importer")
        models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
        return [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models]

    def queryset(self, request, queryset):
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    verbs = {"view": "audit", "add": None, "change": None, "delete": None}
    owner_field = "organization"
    list_display = ("at", "actor_name", "verb_name", "object_name", "revision", "organization_name", "address")
    list_filter = (VerbFilter, KindFilter, "at")
    search_fields = ("actor_name", "object_name", "organization_name")
    date_hierarchy = None
    fields = (
        "at",
        "actor_name",
        "address",
        "verb_name",
        "kind_shown",
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

    @admin.display(description=_("kind of object"), ordering="object_type")
    def kind_shown(self, entry):
        return kind_name(entry.object_type)
