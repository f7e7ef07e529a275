"""The forms of filing a work plan."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.forms import RefusableForm
from organizations.numbered import NumberedForm

from .grammar.periods import year_span
from .models import Clause, ClauseTheme, Target, Theme, WorkPlan

FIRST_YEAR = 1949


class FilingForm(RefusableForm):
    """A new plan: which text, whose, for which year or days."""

    year = forms.IntegerField(
        label=gettext_lazy("year"),
        required=False,
        min_value=FIRST_YEAR,
        help_text=gettext_lazy("The year the plan is for. For other days fill in the first and the last day instead."),
    )
    read = forms.BooleanField(
        label=gettext_lazy("Read the text"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Proposes the clauses and the targets; you correct them on the next page."),
    )

    class Meta:
        model = WorkPlan
        fields = ("article", "organization", "role", "subject", "period", "starts_on", "ends_on")
        help_texts = {"organization": gettext_lazy("Empty: the article's own organization.")}

    def clean(self):
        data = super().clean()
        year, period = data.get("year"), data.get("period")
        if year and year > timezone.localdate().year + 10:
            self.add_error("year", _("This year lies too far ahead."))
        elif year and not data.get("starts_on") and not data.get("ends_on"):
            try:
                data["starts_on"], data["ends_on"] = year_span(year, period)
            except KeyError:
                self.add_error("starts_on", _("For this period fill in the first and the last day."))
        elif not year and "year" not in self.errors and not (data.get("starts_on") and data.get("ends_on")):
            self.add_error("year", _("Fill in the year of the plan, or its first and its last day."))
        return data

    def clean_article(self):
        article = self.cleaned_data["article"]
        filed = WorkPlan.objects.filter(article=article).first()
        if filed:
            raise ValidationError(_("This article is filed as a work plan already. Open that plan instead."))
        return article


class ClauseForm(NumberedForm):
    """A clause with its main theme; the other themes stand on the clause's own page."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label=gettext_lazy("main theme"), required=False)

    class Meta:
        model = Clause
        fields = ("position", "number", "heading", "depth")
        widgets = {
            "number": forms.TextInput(attrs={"size": 8}),
            "heading": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ranks = self.instance.theme_ranks.all() if self.instance.pk else []
        self.initial["theme"] = next((rank.theme_id for rank in ranks if rank.rank == 0), None)

    def save_theme(self) -> None:
        """Make the chosen theme the first; the others keep their order behind it."""
        chosen, clause = self.cleaned_data.get("theme"), self.instance
        others = [rank.theme_id for rank in clause.theme_ranks.order_by("rank") if rank.rank]
        codes = list(dict.fromkeys([*([chosen.pk] if chosen else []), *others]))
        clause.theme_ranks.all().delete()
        ClauseTheme.objects.bulk_create(
            ClauseTheme(clause=clause, theme_id=code, rank=rank) for rank, code in enumerate(codes)
        )


class PlainNumber(forms.NumberInput):
    """A number without the zeros the column adds."""

    def format_value(self, value):
        return f"{value.normalize():f}" if isinstance(value, Decimal) else super().format_value(value)


class TargetForm(NumberedForm):
    class Meta:
        model = Target
        fields = ("position", "comparator", "number", "unit", "object", "kind", "period", "clause", "quote")
        widgets = {
            "unit": forms.TextInput(attrs={"size": 6}),
            "period": forms.TextInput(attrs={"size": 10}),
            "object": forms.TextInput(attrs={"size": 24}),
            "number": PlainNumber(),
            "quote": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }
