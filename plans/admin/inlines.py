"""A plan's clauses and targets as rows that an editor corrects."""

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from organizations.admin.inlines import ScopedInline
from plans.forms import ClauseForm, TargetForm
from plans.models import Clause, Target, Theme


class ClauseFormSet(BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not hasattr(self, "_themes"):
            self._themes = [("", "—"), *((theme.pk, theme.name) for theme in Theme.objects.all())]
        form.fields["theme"].queryset = Theme.objects.all()
        form.fields["theme"].choices = self._themes


class TargetFormSet(BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not hasattr(self, "_clauses"):
            rows = self.instance.clauses.all() if self.instance.pk else []
            self._clauses = [("", "—"), *((clause.pk, str(clause)[:24]) for clause in rows)]
        form.fields["clause"].queryset = Clause.objects.filter(plan=self.instance)
        form.fields["clause"].choices = self._clauses


class ClauseInline(ScopedInline):
    model = Clause
    form = ClauseForm
    formset = ClauseFormSet
    fields = ("position", "number", "heading", "depth", "theme")
    show_change_link = True
    ordering = ("position",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("theme_ranks").defer("text")


class TargetInline(ScopedInline):
    model = Target
    form = TargetForm
    formset = TargetFormSet
    template = "admin/edit_inline/stacked.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "quote",
                    ("comparator", "number", "unit", "object"),
                    ("kind", "period", "clause", "position"),
                )
            },
        ),
    )
    ordering = ("position", "pk")
    verbose_name_plural = _("targets, each with the sentence it stands in")
