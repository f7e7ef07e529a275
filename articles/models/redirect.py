from django.db import models
from django.utils.translation import gettext_lazy as _


class Redirect(models.Model):
    """An old address of an article. `old_path` is the decoded path, so one typed in Chinese is found too."""

    old_path = models.CharField(_("old path"), max_length=300, unique=True)
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="old_addresses", verbose_name=_("article")
    )

    class Meta:
        ordering = ["old_path"]
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.old_path
