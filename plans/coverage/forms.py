"""The form in which somebody says who is to file plans, and who is exempt."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organizations.models import Level, Organization
from plans.models import Expectation, WorkPlan
from plans.organization_choice import choose

from .filters import FIRST_YEAR, LAST_YEAR

_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


class ExpectationForm(forms.ModelForm):
    """One rule. `candidates` are the organisations that the name typed may mean."""

    candidates: list[Organization] = []

    organization = forms.CharField(label=gettext_lazy("organization"), max_length=120)
    due = forms.CharField(
        label=gettext_lazy("due day"),
        max_length=10,
        initial="03-31",
        help_text=gettext_lazy("Month and day of the plan's year, such as 03-31."),
    )
    expected = forms.TypedChoiceField(
        label=gettext_lazy("expected"),
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("a plan is expected")), ("no", pgettext_lazy("of a body", "exempt"))],
        initial="yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Expectation
        fields = ("level", "subject", "first_year", "last_year", "note")

    field_order = ("organization", "level", "first_year", "last_year", "due", "subject", "expected", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["level"].queryset = Level.objects.order_by("position")
        self.fields["level"].empty_label = _("the organization alone")
        self.fields["level"].help_text = ""
        self.fields["last_year"].help_text = ""
        self.fields["subject"].initial = WorkPlan.DEFAULT_SUBJECT
        for name in ("first_year", "last_year"):
            self.fields[name].min_value, self.fields[name].max_value = FIRST_YEAR, LAST_YEAR
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "maxlength": 4})
        for name in ("due", "subject"):
            self.fields[name].widget.attrs["size"] = 7

    def clean_organization(self) -> Organization:
        written = self.cleaned_data["organization"].strip()
        chosen, self.candidates = choose(written)
        if chosen:
            return chosen
        said = _("No organization is called “%(name)s”. Write its full name, or a part of it.")
        if self.candidates:
            said = _("Several organizations match “%(name)s”: %(names)s. Write the one you mean.")
        names = "、".join(candidate.name for candidate in self.candidates)
        raise ValidationError(said % {"name": written, "names": names})

    def clean_due(self) -> tuple[int, int]:
        found = _DAY.fullmatch(self.cleaned_data["due"].strip())
        if not found or not 1 <= int(found[1]) <= 12 or not 1 <= int(found[2]) <= 31:
            raise ValidationError(_("The due day is written as month and day, such as 03-31."))
        return int(found[1]), int(found[2])

    def clean(self):
        data = super().clean()
        for name in ("first_year", "last_year"):
            year = data.get(name)
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                self.add_error(name, _("Write a year of four digits, such as 2019."))
        self.instance.organization = data.get("organization")
        if "due" in data:
            self.instance.due_month, self.instance.due_day = data["due"]
        self.instance.expected = data.get("expected", True)
        return data

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"organization"}
