"""Import batches at the desk, to be looked at."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from organizations import rights
from organizations.admin.inlines import ReadOnlyInline
from organizations.admin.scoped import ReadOnlyAdmin

from .models import ImportBatch, ImportItem

rights.register_owner(ImportBatch, lambda batch: batch.owner)


class ItemInline(ReadOnlyInline):
    model = ImportItem
    fields = ("name", "outcome", "message", "reader", "rules_version")
    readonly_fields = fields
    verbose_name_plural = _("files")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw", "output")


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = ("id", "place", "owner", "by", "started_at", "ended_at", "files", "undone_at")
    list_display_links = ("id", "place")
    list_filter = ("started_at", "publish")
    list_select_related = ("owner", "by")
    search_fields = ("place", "items__name")
    inlines = (ItemInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(file_count=Count("items"))

    @admin.display(description=_("files"), ordering="file_count")
    def files(self, batch):
        return batch.file_count
