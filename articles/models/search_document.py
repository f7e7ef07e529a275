from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """The words of an article as the index holds them: one document of the live text for the public and one of the
    latest for staff. Token columns are segmented words separated by spaces; search.py is the only writer."""

    class Side(models.TextChoices):
        LIVE = "live"
        LATEST = "latest"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="search_documents")
    side = models.CharField(max_length=8, choices=Side)
    title_tokens = models.TextField()
    body_tokens = models.TextField()
    tokenizer = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["article", "side"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.side}"
