"""Collections at the desk: a title, an introduction and entries ordered by their number."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Collection, CollectionEntry
from organizations import rights
from organizations.admin.inlines import ScopedInline
from organizations.admin.scoped import RefusableForm, ScopedAdmin
from organizations.models import Organization, SiteSettings
from organizations.numbered import NumberedForm, in_order
from organizations.slugs import free_slug


class CollectionForm(RefusableForm):
    class Meta:
        model = Collection
        fields = ("title", "intro", "is_public", "owner", "declared_count", "slug")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty: it is made from the title in pinyin. It never changes.")

    def clean(self):
        data = super().clean()
        if not self.instance.pk and not data.get("slug") and data.get("title"):
            data["slug"] = free_slug(data["title"], Collection.objects.all())
        return data

    def clean_owner(self):
        owner = self.cleaned_data["owner"]
        if not rights.may(self.acting_user, "edit", Collection(owner=owner)):
            raise ValidationError(_("You do not edit for that organization. Choose one of yours."))
        return owner


class EntryInline(ScopedInline):
    model = CollectionEntry
    form = NumberedForm
    fields = ("position", "article", "title")
    autocomplete_fields = ("article",)
    verbose_name_plural = gettext_lazy("entries, in the order of their numbers")
    extra = 3

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only what the person may see can be chosen, and what stands in the collection already can stay."""
        if db_field.name == "article":
            seen = Article.objects.visible_to(request.user).order_by().values("pk")
            held = CollectionEntry.objects.filter(collection=request.resolver_match.kwargs.get("object_id"))
            allowed = Q(pk__in=seen) | Q(pk__in=held.order_by().values("article"))
            kwargs["queryset"] = Article.objects.filter(allowed)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Collection)
class CollectionAdmin(ScopedAdmin):
    form = CollectionForm
    verbs = {"view": "view", "add": "edit", "change": "edit", "delete": "edit"}
    list_display = ("title", "is_public", "owner", "declared_count", "created_at")
    list_filter = ("is_public",)
    list_select_related = ("owner",)
    search_fields = ("title", "slug")
    autocomplete_fields = ("owner",)
    inlines = (EntryInline,)
    actions = None
    fieldsets = (
        (None, {"fields": ("title", "intro", "is_public")}),
        (
            gettext_lazy("Whose it is, its address"),
            {"classes": ("collapse",), "fields": ("owner", "declared_count", "slug")},
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()

    def get_changeform_initial_data(self, request):
        own = Organization.objects.filter(rights.reach(request.user, "edit", ""), memberships__user=request.user)
        owner = own.order_by("path").first() or SiteSettings.load().organization
        return {"owner": owner} | super().get_changeform_initial_data(request)

    def save_formset(self, request, form, formset, change):
        for entry in in_order(formset, form.instance.entries.all()):
            entry.save()
