from django.db import models
from django.utils.translation import gettext_lazy as _


class ViewCount(models.Model):
    """How often an article was read; apart from the article, whose row a reader must not touch."""

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="view_count")
    count = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("view count")
        verbose_name_plural = _("view counts")

    def __str__(self) -> str:
        return str(self.count)
