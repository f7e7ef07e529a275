from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProgressReportQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: the last of each chain of corrections, where that takes nothing back."""
        corrections = ProgressReport.objects.filter(corrects=OuterRef("pk")).order_by()
        return self.filter(~Exists(corrections), value__isnull=False)


class ProgressReport(models.Model):
    """What a target had come to on a day (进展), in the target's own unit.

    A report is never changed: a correction is a report of its own that names the one it `corrects`, and a correction
    without a value takes that one back. `taken_from` is the figure of a year's report that this one was read from.
    """

    target = models.ForeignKey("plans.Target", models.PROTECT, related_name="reports", verbose_name=_("target"))
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    final = models.BooleanField(_("figure at the year's end"), default=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    taken_from = models.ForeignKey(
        "plans.Target",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("figure of the report"),
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reporter")
    )
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(corrects__isnull=False),
                name="report_without_value_takes_one_back",
                violation_error_message=_("A report has a value; only a correction may be without one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {'—' if self.value is None else f'{self.value.normalize():f}'}"


class Evidence(models.Model):
    """An article that shows how far a target has come (佐证), as a person judged it; what is suggested is not kept."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("no evidence")

    target = models.ForeignKey("plans.Target", models.CASCADE, related_name="evidence", verbose_name=_("target"))
    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="+", verbose_name=_("article"))
    report = models.ForeignKey(
        ProgressReport,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("progress report"),
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.CONFIRMED)
    quote = models.TextField(_("sentence"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [models.UniqueConstraint(fields=["target", "article"], name="evidence_once")]

    def __str__(self) -> str:
        return str(self.article)
