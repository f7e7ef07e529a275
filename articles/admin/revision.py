"""Revisions at the desk: each one can be read, none can be changed."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.html import clean
from articles.models import Revision
from organizations import rights
from organizations.admin.scoped import ReadOnlyAdmin

rights.register_owner(Revision, lambda revision: revision.article.owner)
rights.register_limited(Revision, lambda revision: revision.article.channel_id)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    owner_field = "article__owner"
    limited_field = "article__channel"
    list_display = ("number", "title", "made_at", "made_by_name", "characters", "change_note", "stage")
    list_display_links = ("number", "title")
    search_fields = ("title",)
    list_filter = ("stage",)
    fields = (
        "number",
        "title",
        "kicker",
        "subtitle",
        "summary",
        "text_shown",
        "channel",
        "tags_shown",
        "source",
        "author",
        "author_title",
        "editor",
        "reviewer",
        "complete",
        "change_note",
        "made_by_name",
        "made_at",
        "stage",
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("article__owner")
        return rows.defer("body") if request.resolver_match.url_name.endswith("changelist") else rows

    def has_module_permission(self, request):
        """They are reached from their article."""
        return False

    def lookup_allowed(self, lookup, value, request):
        return lookup == "article__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("text"))
    def text_shown(self, revision):
        return mark_safe(f'<div class="union-read">{clean(revision.body)}</div>')  # noqa: S308  cleaned just now

    @admin.display(description=_("tags"))
    def tags_shown(self, revision):
        return format_html_join("，", "{}", ((tag,) for tag in revision.tags))
