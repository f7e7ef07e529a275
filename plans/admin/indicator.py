"""Indicators at the desk: their name, unit, measure and other wordings."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.admin.scoped import ScopedAdmin
from organizations.forms import LinesField, RefusableForm
from plans.models import Indicator
from plans.progress.units import comparable


class IndicatorForm(RefusableForm):
    wordings = LinesField(
        label=gettext_lazy("other wordings"), required=False, help_text=gettext_lazy("One wording a line.")
    )

    class Meta:
        model = Indicator
        fields = ("name", "unit", "measure", "wordings", "definition")

    def clean_unit(self):
        """The unit, which must still measure what the indicator's targets are counted in."""
        unit = self.cleaned_data["unit"].strip()
        other = self.instance.pk and not comparable(unit, self.instance.unit)
        if other and self.instance.targets.exists():
            raise ValidationError(_("Targets have this indicator, and their unit cannot be reckoned in that one."))
        return unit


@admin.register(Indicator)
class IndicatorAdmin(ScopedAdmin):
    form = IndicatorForm
    owner_field = None
    verbs = {"view": "view", "add": "manage", "change": "manage", "delete": None}
    list_display = ("name", "unit", "measure")
    list_filter = ("measure",)
    search_fields = ("name", "wordings")
    actions = None
