from django.db import models
from django.utils.translation import gettext_lazy as _


class Demonstration(models.Model):
    """What a demonstration made (演示数据), so that just that can be taken away: `rows` holds, for the label of each
    model, the numbers of its rows as pairs of first and last. plans/demo/ is the only reader and writer.

    It is made and removed by steps; one that is not `whole` is being made or removed, or that was broken off.
    """

    class State(models.TextChoices):
        MAKING = "making"
        WHOLE = "whole"
        REMOVING = "removing"

    latest = models.PositiveSmallIntegerField(_("latest complete year"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WHOLE, editable=False)
    rows = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("demonstration")
        verbose_name_plural = _("demonstrations")

    def __str__(self) -> str:
        return str(self.latest)
