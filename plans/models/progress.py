from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgressReport(models.Model):
    """What a target had come to on a day (进展)."""

    target = models.ForeignKey("plans.Target", models.PROTECT, related_name="reports", verbose_name=_("target"))
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reporter")
    )
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.value.normalize():f}"


class Evidence(models.Model):
    """An article that shows how far a target has come (佐证)."""

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
    quote = models.TextField(_("sentence"), blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [models.UniqueConstraint(fields=["target", "article"], name="evidence_once")]

    def __str__(self) -> str:
        return str(self.article)
