"""Who is to file plans, and who was reminded, at the desk."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import rights
from organizations.admin.filters import NamedEmptyFilter
from organizations.admin.scoped import ReadOnlyAdmin, ScopedAdmin
from organizations.forms import RefusableForm
from plans.coverage import expecting  # noqa: F401  it registers the verbs and the owners
from plans.models import Expectation, Reminder


class ExpectationAdminForm(RefusableForm):
    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if not rights.may(self.acting_user, "expect_plans", organization):
            raise ValidationError(_("You do not manage that organization. Choose one of yours."))
        return organization


@admin.register(Expectation)
class ExpectationAdmin(ScopedAdmin):
    form = ExpectationAdminForm
    owner_field = "organization"
    verbs = {"view": "view", "add": "expect_plans", "change": "expect_plans", "delete": "expect_plans"}
    list_display = ("organization", "level", "years", "due", "subject", "expected", "note")
    list_filter = ("expected", ("level", NamedEmptyFilter), "subject")
    list_select_related = ("organization", "level")
    search_fields = ("organization__name", "note")
    autocomplete_fields = ("organization",)
    fields = (
        "organization",
        "level",
        ("first_year", "last_year"),
        ("due_month", "due_day"),
        "subject",
        "expected",
        "note",
    )
    ordering = ("organization__path", "-pk")
    actions = None

    @admin.display(description=gettext_lazy("years"), ordering="first_year")
    def years(self, rule):
        return f"{rule.first_year}–{rule.last_year or ''}"

    @admin.display(description=gettext_lazy("due day"))
    def due(self, rule):
        return f"{rule.due_month:02}-{rule.due_day:02}"


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    owner_field = "organization"
    list_display = ("organization", "year", "subject", "at", "by", "mailed", "note")
    list_filter = ("year", "subject")
    list_select_related = ("organization", "by")
    search_fields = ("organization__name", "note")
    ordering = ("-pk",)
