from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Pairing(models.Model):
    """What a person says about two passages of two plans (对应): that they belong together, and what changed.

    Passages are known by the SHA-256 of their canonical words, so that a judgement outlives a new reading of the plan;
    an empty one says that the other has no counterpart. An empty verdict leaves the class to be computed.
    """

    earlier = models.ForeignKey("plans.WorkPlan", models.CASCADE, related_name="+", verbose_name=_("earlier or upper"))
    later = models.ForeignKey("plans.WorkPlan", models.CASCADE, related_name="+", verbose_name=_("later or lower"))
    earlier_words = models.CharField(max_length=64, blank=True, editable=False)
    later_words = models.CharField(max_length=64, blank=True, editable=False)
    verdict = models.CharField(_("verdict"), max_length=12, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("pair of passages")
        verbose_name_plural = _("pairs of passages")
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later", "earlier_words", "later_words"], name="pair_of_passages_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier} — {self.later}"
