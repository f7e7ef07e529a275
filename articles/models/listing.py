from django.db import models
from django.utils.translation import gettext_lazy as _


class Listing(models.Model):
    """A public article's place in a list that many would have to be looked through for: that of an organisation with
    all below it ("o" and its path) or of a tag ("t" and its number). listing.py is the only writer."""

    list = models.CharField(max_length=64)
    sort_at = models.DateTimeField()
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("place in a list")
        verbose_name_plural = _("places in lists")
        constraints = [models.UniqueConstraint(fields=["list", "article"], name="listing_once")]
        indexes = [models.Index(fields=["list", "-sort_at", "-article"], name="listing_newest")]

    def __str__(self) -> str:
        return f"{self.list} {self.article_id}"


class ListCount(models.Model):
    """How many public articles a list has: the site's ("") and a channel's ("c" and its number) by month of the site's
    time zone (2019 * 12 + 0 is January 2019), a Listing's in all (month 0), that of the sitemap ("b") by its parts.
    listing.py is the only writer.

    An article counts whose state is public, whether its time has come or has ended; `dated` are those with a date."""

    list = models.CharField(max_length=64)
    month = models.PositiveIntegerField(default=0)
    count = models.IntegerField()
    dated = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("count of a list")
        verbose_name_plural = _("counts of lists")
        constraints = [models.UniqueConstraint(fields=["list", "month"], name="list_count_once")]

    def __str__(self) -> str:
        return f"{self.list} {self.month}: {self.count}"
