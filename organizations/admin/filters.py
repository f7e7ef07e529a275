"""Filters of the desk's lists."""

from django.contrib import admin
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NamedEmptyFilter(admin.RelatedFieldListFilter):
    """By a related row; the choice for rows without one has a name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("none")


class YearFilter(admin.SimpleListFilter):
    """By the year of a date or time field named in `field`; only years between the first and the last are offered."""

    title = _("year")
    parameter_name = "year"
    field = "sort_at"

    def lookups(self, request, model_admin):
        rows = model_admin.model.objects.order_by()
        # each end by a query of its own: asked for together they are looked for in all rows, not in the index
        first, last = (rows.aggregate(end=end(self.field))["end"] for end in (Min, Max))
        if last is None:
            return []
        first, last = (timezone.localtime(end) if hasattr(end, "hour") else end for end in (first, last))
        return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]

    def queryset(self, request, queryset):
        year = self.value()
        return self.in_year(queryset, int(year)) if year in dict(self.lookup_choices) else queryset

    def in_year(self, queryset, year: int):
        return queryset.filter(**{f"{self.field}__year": year})
