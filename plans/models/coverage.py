import calendar
import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Expectation(models.Model):
    """Who is to file a yearly plan, for which years, by which day (应报范围).

    With a level it speaks of every body of that level at or below `organization`, without one of that body alone. Where
    several speak of the same body and year, the one about the body itself wins, then the one of the lowest
    organisation, then the latest; so an exemption (`expected` off) is a row of its own.
    """

    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, related_name="expectations", verbose_name=_("organization")
    )
    level = models.ForeignKey(
        "organizations.Level",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level"),
        help_text=_("Every body of this level at or below the organization; empty: the organization alone."),
    )
    subject = models.CharField(_("subject"), max_length=40, default="综合")
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(
        _("to year"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )
    due_month = models.PositiveSmallIntegerField(_("due month"), default=3)
    due_day = models.PositiveSmallIntegerField(_("due day"), default=31)
    expected = models.BooleanField(_("expected"), default=True, help_text=_("Off: nothing is expected of these."))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["organization__path", "first_year", "pk"]
        verbose_name = _("expected plans")
        verbose_name_plural = _("expected plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(first_year__lte=F("last_year")),
                name="expectation_years_in_order",
                violation_error_message=_("The first year lies after the last year."),
            ),
            models.CheckConstraint(
                condition=Q(due_month__range=(1, 12), due_day__range=(1, 31)),
                name="expectation_due_on_a_day",
                violation_error_message=_("The due day is no day of the calendar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.first_year}–{self.last_year or ''}"

    def clean(self) -> None:
        if self.due_month and self.due_day and 1 <= self.due_month <= 12 and self.due_day > _days(2000, self.due_month):
            raise ValidationError(_("The due day is no day of the calendar."), code="due")

    def covers(self, year: int) -> bool:
        """Whether it speaks of `year`."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def due_on(self, year: int) -> datetime.date:
        """The last day for the plan of `year`; of a leap day only the 28th is left in other years."""
        return datetime.date(year, self.due_month, min(self.due_day, _days(year, self.due_month)))


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


class Reminder(models.Model):
    """That an organisation was reminded of a plan it had not filed (催报)."""

    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, related_name="reminders", verbose_name=_("organization")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=40, default="综合")
    note = models.CharField(_("note"), max_length=300, blank=True)
    mailed = models.PositiveSmallIntegerField(_("mails sent"), default=0, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [models.Index(fields=["year", "organization"], name="reminder_year_organization")]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}"
