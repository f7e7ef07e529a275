"""The audit trail at the desk: searched, read in words, taken away as CSV."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import rights
from organizations.audit_changes import changes, kind_name
from organizations.audit_export import export
from organizations.audit_search import AuditSearch, auditable_by, readable_by
from organizations.audit_words import VERBS
from organizations.models import AuditEntry

from .capped import CappedPaginator
from .scoped import ReadOnlyAdmin

LISTED = 10_000


class TrailPaginator(CappedPaginator):
    @property
    def most(self) -> int:
        return LISTED


class Trail(ChangeList):
    """The list, narrowed by a search form of its own instead of Django's filters."""

    def get_filters_params(self, params=None):
        asked = super().get_filters_params(params)
        return {name: value for name, value in asked.items() if name not in AuditSearch.base_fields}

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters).defer("before", "after", "note", "tags")
        self.search = self.model_admin.search(request)
        return self.search.found(rows)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    verbs = {"view": "audit", "add": None, "change": None, "delete": None}
    owner_field = "organization"
    paginator = TrailPaginator
    list_display = ("at", "actor_name", "verb_name", "object_name", "revision", "organization_name", "address")
    list_display_links = ("at",)
    list_max_show_all = 0
    sortable_by = ()
    ordering = ("-at", "-id")
    change_list_template = "admin/organizations/auditentry/change_list.html"
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
        "changes_shown",
        "note",
    )

    def get_queryset(self, request):
        return readable_by(request.user)

    def has_view_permission(self, request, obj=None):
        return rights.may(request.user, "audit")

    def get_changelist(self, request, **kwargs):
        return Trail

    def search(self, request) -> AuditSearch:
        return AuditSearch(request.GET, organizations=auditable_by(request.user))

    @admin.display(description=_("what was done"))
    def verb_name(self, entry):
        return VERBS.get(entry.verb, entry.verb)

    @admin.display(description=_("kind of object"))
    def kind_shown(self, entry):
        return kind_name(entry.object_type)

    @admin.display(description=_("what changed"))
    def changes_shown(self, entry):
        return render_to_string("admin/audit_changes.html", {"changes": changes(entry)})

    # Taken away

    def get_urls(self):
        own = path("export/", self.admin_site.admin_view(self.export_view), name="organizations_auditentry_export")
        return [own, *super().get_urls()]

    def export_view(self, request):
        """What the list shows for the same search, all of it, as a file; recorded, therefore a POST."""
        rights.require(request.user, "audit")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        search = self.search(request)
        if not search.is_valid():  # the list says what is wrong
            address = reverse("admin:organizations_auditentry_changelist")
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        own = None if request.user.is_superuser else auditable_by(request.user).order_by("path").first()
        rows = search.found(self.get_queryset(request))
        response = StreamingHttpResponse(
            export(rows, request.user, asked=search.words(), organization=own), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localtime():%Y%m%d-%H%M}.csv"'
        return response
