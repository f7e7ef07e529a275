"""The forms of progress."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.grammar.numerals import parse
from plans.grammar.widths import fold

from .units import offered

LONGEST = 40  # characters of a number


class NumberField(forms.CharField):
    """A number as people write it: 1200, 1,200, 1.2万, ３０, 三十; below zero with a minus."""

    default_error_messages = {"invalid": _("Write a number, such as 360 or 1.2万.")}

    def to_python(self, value) -> Decimal | None:
        written = fold(super().to_python(value)).strip()
        if not written:
            return None
        number = parse(written.removeprefix("-")) if len(written) <= LONGEST else None
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return -number if written.startswith("-") else number


class ReportForm(forms.Form):
    """How far a target has come by a day; the unit may be another one of its family."""

    on = forms.DateField(
        label=_("Day"),
        error_messages={
            "required": _("Fill in the day."),
            "invalid": _("Write the day as year, month and day, such as 2019-06-30."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    value = NumberField(
        label=_("Value"),
        error_messages={"required": _("Fill in the number.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12, "maxlength": LONGEST, "autocomplete": "off"}),
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    note = forms.CharField(
        label=pgettext_lazy("of a report", "Note"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"size": 40, "autocomplete": "off"}),
    )

    def __init__(self, *args, target, **kwargs):
        kwargs.setdefault("initial", {"on": timezone.localdate(), "unit": target.unit})
        super().__init__(*args, **kwargs)
        choices = [(unit, unit) for unit in offered(target.unit)]
        self.fields["unit"].widget = forms.Select(choices=choices) if len(choices) > 1 else forms.HiddenInput()
