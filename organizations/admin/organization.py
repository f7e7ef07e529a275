"""Organisations at the desk: a list indented as the tree is, a form that goes through tree.py."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Replace
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organizations import rights, tree
from organizations.forms import LinesField, RefusableForm
from organizations.models import Level, Organization

from .filters import NamedEmptyFilter
from .scoped import ScopedAdmin


class OrganizationForm(RefusableForm):
    aliases = LinesField(label=gettext_lazy("other names"), required=False, help_text=gettext_lazy("One name a line."))
    former_names = LinesField(
        label=gettext_lazy("former names"), required=False, help_text=gettext_lazy("One name a line.")
    )

    class Meta:
        model = Organization
        fields = (
            "name",
            "short_name",
            "parent",
            "level",
            "kind",
            "aliases",
            "former_names",
            "division_code",
            "valid_from",
            "valid_to",
            "contact",
            "intro",
            "slug",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty: it is made from the name in pinyin. It never changes.")

    def clean_parent(self):
        """A place is given and taken only by whoever manages the parents on both sides; no parent: administrators."""
        parent, user, new = self.cleaned_data["parent"], self.acting_user, not self.instance.pk
        if user.is_superuser or (not new and parent == self.instance.parent):
            return parent
        if parent is None:
            raise ValidationError(_("Choose the organization above it; only the administrator adds one without."))
        if not rights.may(user, "manage", parent):
            raise ValidationError(_("You do not manage that organization. Choose another parent."))
        old = self.instance.parent
        if not new and not (old and rights.may(user, "manage", old)):
            raise ValidationError(
                _("You do not manage the organization it stands below now. Ask the administrator to move it.")
            )
        return parent

    def _post_clean(self):
        """Keep the old parent on the object: tree.move compares with it and is its only writer."""
        self.old_parent_id = self.instance.parent_id
        super()._post_clean()


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    form = OrganizationForm
    owner_field = ""
    verbs = {"view": "view", "add": "manage", "change": "manage", "delete": None}
    list_display = ("indented_name", "level", "kind", "short_name", "division_code", "placed")
    list_display_links = ("indented_name",)
    list_filter = (("level", NamedEmptyFilter), "kind", "placed")
    list_select_related = ("level",)
    search_fields = ("name", "short_name", "pinyin")
    search_help_text = gettext_lazy("Name, short name or pinyin")
    autocomplete_fields = ("parent",)
    ordering = ("path",)
    actions = None
    fieldsets = (
        (None, {"fields": ("name", "short_name", "parent", "level", "kind")}),
        (gettext_lazy("Names and dates"), {"fields": ("aliases", "former_names", "valid_from", "valid_to")}),
        (gettext_lazy("For readers"), {"fields": ("intro", "contact", "slug", "division_code")}),
    )

    def get_queryset(self, request):
        """Every organisation may be seen and chosen; who may change it is asked row by row."""
        return Organization.objects.annotate(pinyin=Replace("slug", Value("-"), Value("")))

    def get_search_results(self, request, queryset, search_term):
        """Pinyin is found with or without hyphens between the syllables."""
        return super().get_search_results(request, queryset, search_term.replace("-", " "))

    def has_view_permission(self, request, obj=None):
        return rights.may(request.user, "view")

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()

    @admin.display(description=pgettext_lazy("of a thing", "name"), ordering="path")
    def indented_name(self, organization):
        return format_html('<span class="depth depth-{}">{}</span>', min(organization.depth, 8), organization.name)

    def save_model(self, request, organization, form, change):
        parent = form.cleaned_data.get("parent", organization.parent)
        if not change:
            tree.add(organization, parent)
        elif (parent.pk if parent else None) != form.old_parent_id:
            tree.move(organization, parent)
        else:
            tree.check_order(organization.level, parent)
            organization.save(update_fields=form.changed_data)  # never the path: it may have moved meanwhile


@admin.register(Level)
class LevelAdmin(ScopedAdmin):
    owner_field = None
    verbs = {"view": "view", "add": "manage", "change": "manage", "delete": None}
    list_display = ("name", "code", "rank", "position")
    search_fields = ("name", "code")
    actions = None

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()
