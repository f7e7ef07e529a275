from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations import rights


def stored_name(media: "MediaFile", filename: str) -> str:
    """Uploads are named by their content, in ASCII: ab/12….jpg; a Chinese file name never reaches the disk."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"{media.sha256[:2]}/{media.sha256[2:34]}{suffix}"


class MediaFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(rights.reach(user, "view", "owner"))


class MediaFile(models.Model):
    """A picture or an attachment (媒体). Pictures need a text alternative."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        ATTACHMENT = "attachment", _("attachment")

    owner = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("owner"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    file = models.FileField(_("file"), upload_to=stored_name)
    original_name = models.CharField(_("file name"), max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    alt = models.CharField(_("text alternative"), max_length=200, blank=True)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("media file")
        verbose_name_plural = _("media")
        indexes = [
            models.Index(fields=["file"], name="media_by_file"),
            models.Index(fields=["-uploaded_at", "-id"], name="media_newest"),
        ]

    def __str__(self) -> str:
        return self.alt or self.original_name
