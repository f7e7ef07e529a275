from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.Model):
    """A level (层级) of the union system.

    Levels with a rank are ordered (1 = national) and a child never stands above its parent; industry and enterprise
    have no rank and stand outside the order.
    """

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40, unique=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return self.name
