"""The forms of the plan page, and what opens in them for one clause or target."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.forms import PlainNumber
from plans.models import Clause, Indicator, Target, Theme

from .verbs.targets import CHANGEABLE

INDICATORS_OFFERED = 60


class RenameForm(forms.Form):
    """A clause's number and heading, both as they stand in the text."""

    number = forms.CharField(label=pgettext_lazy("of a clause", "number"), required=False, max_length=20)
    heading = forms.CharField(
        label=_("heading"), max_length=300, help_text=_("Number and heading are words of the text, in this order.")
    )


class ThemesForm(forms.Form):
    """A clause's primary theme and at most two others."""

    primary = forms.ChoiceField(label=_("primary theme"), required=False)
    second = forms.ChoiceField(label=_("second theme"), required=False)
    third = forms.ChoiceField(label=_("third theme"), required=False)

    def __init__(self, *args, themes: Iterable[Theme], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((theme.pk, theme.name) for theme in themes)]
        for field in self.fields.values():
            field.choices = choices

    def codes(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class IndicatorField(forms.CharField):
    """An indicator by its name."""

    default_error_messages = {"unknown": _("No indicator has this name. Choose one of the list.")}

    def clean(self, value):
        name = super().clean(value)
        found = Indicator.objects.filter(name=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found


class TargetForm(forms.ModelForm):
    """What is known of a target."""

    indicator = IndicatorField(label=_("indicator"), required=False)

    class Meta:
        model = Target
        fields = CHANGEABLE
        widgets = {
            "number": PlainNumber(),
            "deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, clauses: Iterable[Clause], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", "—"), *((row.pk, str(row)[:40]) for row in clauses)]
        self.initial["indicator"] = self.instance.indicator.name if self.instance.indicator else ""
        self.fields["indicator"].widget.attrs["list"] = "indicators"

    def _post_clean(self):
        """The verb checks the whole target; here its values are only read."""


def indicators_for(target: Target) -> list[str]:
    """Names to offer for a target: those of its unit first."""
    rows = Indicator.objects.filter(unit=target.unit) if target.unit else Indicator.objects.all()
    return list(rows.values_list("name", flat=True)[:INDICATORS_OFFERED])
