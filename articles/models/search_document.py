from array import array
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


def array_text(keys: Iterable[int]) -> str:
    """Numbers as PostgreSQL reads an array: a list would cost the driver a millisecond."""
    return "{" + ",".join(map(str, keys)) + "}"


class KeysField(models.Field):
    """Numbers of 32 bits with a sign, in order: an array on PostgreSQL, their bytes on SQLite."""

    def db_type(self, connection) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "blob"

    def from_db_value(self, value, expression, connection) -> tuple[int, ...] | None:
        return value and tuple(value if connection.vendor == "postgresql" else array("i", value))

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None:
            return None
        return array_text(value) if connection.vendor == "postgresql" else array("i", value).tobytes()


class SearchDocument(models.Model):
    """A text of an article as the index holds it; search.py is the only writer.

    One document is both the live text for the public and the latest for staff while they are the same, else there are
    two. `words` are its keys (keys.py), `chief` its names and the words that it holds often, `month` that of the
    article's date. On SQLite documents are numbered by the article's date, so that the index gives the newest first.
    """

    class Side(models.TextChoices):
        LIVE = "live"
        LATEST = "latest"
        BOTH = "both"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="search_documents")
    side = models.CharField(max_length=8, choices=Side)
    month = models.PositiveIntegerField(db_index=True)
    words = KeysField()
    chief = models.TextField(blank=True)
    tokenizer = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")

    def __str__(self) -> str:
        return f"{self.article_id} {self.side}"
