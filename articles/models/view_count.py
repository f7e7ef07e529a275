from django.db import models
from django.utils.translation import gettext_lazy as _

# Neither key is held by the database: checking it would lock the article's row, for which an editor may have to wait.
# What was read was public, and is never deleted. An index of the days' articles alone would lead SQLite astray when it
# adds days up.


class ViewCount(models.Model):
    """How often an article was read; apart from the article, whose row a reader must not touch."""

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="view_count", db_constraint=False
    )
    count = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("view count")
        verbose_name_plural = _("view counts")

    def __str__(self) -> str:
        return str(self.count)


class DailyViewCount(models.Model):
    """How often an article was read on a day of the site's time zone; kept for VIEWS_KEEP_DAYS days."""

    article = models.ForeignKey(
        "articles.Article", models.DO_NOTHING, related_name="daily_view_counts", db_constraint=False, db_index=False
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("views"))

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views of a day")
        constraints = [models.UniqueConstraint(fields=["day", "article"], name="view_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.count}"
