"""What came in: batches and their items with the raw bytes, so that nothing is ever lost and a batch can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records.rows import ForeignRecord, RecordsRun  # noqa: F401  Django finds models here


class ImportBatch(models.Model):
    """One run of the importer (导入批次): an upload, or a run of the command.

    `options` is what holds for all of it: `publish` and `full_width`; and what a person set for all items that wait
    (accepting.correct_batch): `channel` (an address), `organization` (a primary key), `source`. An import begun for the
    plan of one body has `expected_organization` (a primary key) and `expected_year` (batches/expected.py). `done` of
    `total` items have been read; `heartbeat_at` is the last sign of life of whoever reads.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be read")
        RUNNING = "running", _("being read")
        ENDED = "ended", _("read")
        FAILED = "failed", _("broken off")

    name = models.CharField(_("name"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    options = models.JSONField(_("options"), default=dict, blank=True)
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(_("files read"), default=0)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
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
        indexes = [models.Index(fields=["name"], condition=~Q(name=""), name="import_batch_by_name")]

    def __str__(self) -> str:
        return f"{self.pk} · {self.name or self.place}"


class ImportItem(models.Model):
    """One file of a batch: its bytes, what the importer read in it, what became of it.

    `corrections` is what a person set otherwise, by the article's place in `output` (a string) and the field's name.
    `doubt` orders what waits (doubt.py). While somebody reads it, `claimed_by` names them since `claimed_at`.
    """

    class Outcome(models.TextChoices):
        QUEUED = "queued", _("waits to be read")
        READ = "read", _("read, waits for a decision")
        FILED = "filed", _("filed")
        REVISED = "revised", _("new revision")
        UNCHANGED = "unchanged", _("unchanged")
        SET_ASIDE = "set_aside", _("waits for a person")
        FAILED = "failed", _("not readable")
        DISMISSED = "dismissed", _("dismissed")
        PART = "part", _("belongs to a page")  # a picture beside the pages of an archive

    WAITING = (Outcome.READ, Outcome.SET_ASIDE)
    """What waits for a person's decision."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items", verbose_name=_("import batch"))
    name = models.CharField(_("name"), max_length=300)
    source = models.CharField(_("source"), max_length=500, db_index=True)
    raw = models.BinaryField(_("bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    reader = models.CharField(_("reader"), max_length=20, blank=True)
    rules_version = models.PositiveIntegerField(_("version of the rules"), default=0)
    output = models.JSONField(_("output"), default=dict)
    corrections = models.JSONField(_("corrections"), default=dict, blank=True)
    doubt = models.PositiveIntegerField(_("doubt"), default=0)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    message = models.TextField(_("message"), blank=True)
    collection = models.ForeignKey(
        "articles.Collection", models.SET_NULL, null=True, related_name="+", verbose_name=_("collection")
    )
    claimed_by = models.CharField(max_length=100, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("import item")
        verbose_name_plural = _("import items")
        indexes = [
            models.Index(fields=["batch", "outcome", "id"], name="import_item_by_outcome"),
            models.Index(fields=["-doubt", "id"], name="import_item_by_doubt"),
            models.Index(
                fields=["-doubt", "id"], condition=Q(outcome__in=("read", "set_aside")), name="import_item_waiting"
            ),
            models.Index(
                fields=["batch", "-doubt", "id"],
                condition=Q(outcome__in=("read", "set_aside")),
                name="import_item_batch_waiting",
            ),
        ]

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
