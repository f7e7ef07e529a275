"""What is remembered of records that were taken in: which article each became, and how far a run has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForeignRecord(models.Model):
    """The article that record `foreign_id` of the site `origin` became; by it a second run changes nothing.

    `digest` is of the line that was filed last, `revision` the number of the revision it became, `particulars` what
    else was filed of it: where the article has others now, a person has changed it. `slug` is kept as it was given.
    """

    origin = models.CharField(_("origin"), max_length=200)
    foreign_id = models.CharField(_("id there"), max_length=200)
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="foreign_records", verbose_name=_("article")
    )
    revision = models.PositiveIntegerField(_("revision"))
    digest = models.CharField(max_length=64)
    slug = models.CharField(_("address there"), max_length=300, blank=True)
    particulars = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("foreign record")
        verbose_name_plural = _("foreign records")
        constraints = [models.UniqueConstraint(fields=["origin", "foreign_id"], name="foreign_record_once")]

    def __str__(self) -> str:
        return f"{self.origin} {self.foreign_id}"


class RecordsRun(models.Model):
    """A run of import_records over a file, known by `fingerprint` (its size, time and beginning).

    `line` lines, `offset` bytes once unpacked, are done; they are written by the transaction that filed them, so that a
    run which was broken off goes on behind them.
    """

    place = models.CharField(_("from where"), max_length=300)
    fingerprint = models.CharField(max_length=64, db_index=True)
    origin = models.CharField(_("origin"), max_length=200, blank=True)
    line = models.PositiveBigIntegerField(_("lines done"), default=0)
    offset = models.PositiveBigIntegerField(_("bytes done"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("run of records")
        verbose_name_plural = _("runs of records")

    def __str__(self) -> str:
        return f"{self.pk} · {self.place}"
