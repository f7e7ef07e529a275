"""What came in: batches and their items with the raw bytes, so that nothing is ever lost and a batch can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One run of the importer (导入批次)."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    owner = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("owner"))
    place = models.CharField(_("from where"), max_length=300, blank=True)
    publish = models.BooleanField(_("published at once"), default=False)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")

    def __str__(self) -> str:
        return f"{self.pk} · {self.place}"


class ImportItem(models.Model):
    """One file of a batch: its bytes, what the importer read in it, what became of it."""

    class Outcome(models.TextChoices):
        FILED = "filed", _("filed")
        REVISED = "revised", _("new revision")
        UNCHANGED = "unchanged", _("unchanged")
        SET_ASIDE = "set_aside", _("waits for a person")
        FAILED = "failed", _("not readable")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items", verbose_name=_("import batch"))
    name = models.CharField(_("name"), max_length=300)
    source = models.CharField(_("source"), max_length=500, db_index=True)
    raw = models.BinaryField(_("bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    reader = models.CharField(_("reader"), max_length=20, blank=True)
    rules_version = models.PositiveIntegerField(_("version of the rules"))
    output = models.JSONField(_("output"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    message = models.TextField(_("message"), blank=True)
    collection = models.ForeignKey(
        "articles.Collection", models.SET_NULL, null=True, related_name="+", verbose_name=_("collection")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("import item")
        verbose_name_plural = _("import items")

    def __str__(self) -> str:
        return self.name


class ImportedArticle(models.Model):
    """Which article the n-th text of a source became; the identity that makes a second run change nothing."""

    item = models.ForeignKey(ImportItem, models.CASCADE, related_name="articles", verbose_name=_("import item"))
    index = models.PositiveSmallIntegerField(_("place in the file"))
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="import_records", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", verbose_name=_("revision")
    )

    class Meta:
        ordering = ["index"]
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        constraints = [models.UniqueConstraint(fields=["item", "index"], name="imported_article_once")]

    def __str__(self) -> str:
        return str(self.article)
