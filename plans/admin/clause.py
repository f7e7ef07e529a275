"""A clause with all its themes, and the themes themselves."""

from django.contrib import admin

from organizations.admin.inlines import ScopedInline
from organizations.admin.scoped import ScopedAdmin
from plans.models import Clause, ClauseTheme, Theme


class ThemeInline(ScopedInline):
    model = ClauseTheme
    fields = ("rank", "theme")


@admin.register(Clause)
class ClauseAdmin(ScopedAdmin):
    owner_field = "plan__article__owner"
    limited_field = "plan__article__channel"
    verbs = {"view": "view", "add": None, "change": "file_plan", "delete": None}
    list_display = ("number", "heading", "plan")
    list_select_related = ("plan__organization",)
    search_fields = ("heading",)
    fields = ("plan", "number", "heading", "text", "depth", "position", "style")
    readonly_fields = ("plan",)
    inlines = (ThemeInline,)
    actions = None

    def has_module_permission(self, request):
        """They are reached from their plan."""
        return False


@admin.register(Theme)
class ThemeAdmin(ScopedAdmin):
    owner_field = None
    verbs = {"view": "view", "add": "manage", "change": "manage", "delete": None}
    list_display = ("name", "code", "description", "position")
    search_fields = ("name", "code")
    actions = None

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()
