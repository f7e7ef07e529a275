"""Collections at the desk: a title, an introduction and entries ordered by their number."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Collection, CollectionEntry
from organizations import rights
from organizations.admin.inlines import ScopedInline
from organizations.admin.scoped import RefusableForm, ScopedAdmin
from organizations.models import Organization, SiteSettings
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
    fields = ("position", "article", "title")
    autocomplete_fields = ("article",)
    verbose_name_plural = gettext_lazy("entries, in the order of their numbers")
    extra = 3

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article")

    def get_formset(self, request, obj=None, **kwargs):
        """A new entry comes after the last one unless its number says otherwise."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["position"].required = False
        return formset


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
        """Entries without a number follow the last one; the two-step save lets two entries change places."""
        entries = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        rest = form.instance.entries.exclude(pk__in=[entry.pk for entry in entries if entry.pk])
        taken = set(rest.values_list("position", flat=True)) | {entry.position for entry in entries if entry.position}
        _step_aside([entry for entry in entries if entry.pk], taken)
        last = max(taken, default=0)
        for entry in entries:
            if not entry.position:
                last = entry.position = last + 1
            entry.save()
        formset.save_m2m()


def _step_aside(entries, taken: set[int]) -> None:
    """Give stored entries numbers nobody uses until each gets its new one."""
    free = max(taken, default=0) + len(taken) + len(entries) + 1
    for number, entry in enumerate(entries):
        CollectionEntry.objects.filter(pk=entry.pk).update(position=free + number)
