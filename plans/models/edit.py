from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LABELS = {
    "split": _("Clause split"),
    "add clause": _("Clause added"),
    "merge": _("Clause merged with the one before"),
    "move": _("Clause moved"),
    "rename": _("Heading changed"),
    "retheme": _("Themes changed"),
    "confirm": _("Confirmed"),
    "change target": _("Target corrected"),
    "requote": _("Target tied to other words"),
    "add target": _("Target added"),
    "delete target": _("Target deleted"),
}


class PlanEdit(models.Model):
    """One change to the clauses and targets of a plan at its page (改动), with what it needs to be undone.

    `before` holds the rows that were changed or deleted as they stood, `{"clauses": […], "targets": […]}`; under
    "after" those that were changed or made as they stood afterwards, which tells whether they are still the same; under
    "revision" the text they point into. plans/page/verbs/editing.py writes it, undoing.py reads it.
    """

    plan = models.ForeignKey("plans.WorkPlan", models.CASCADE, related_name="edits", verbose_name=_("work plan"))
    verb = models.CharField(_("action"), max_length=20)
    words = models.CharField(_("what was changed"), max_length=300)
    before = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change at the plan's page")
        verbose_name_plural = _("changes at the plan's page")

    def __str__(self) -> str:
        return self.words

    @property
    def label(self) -> str:
        """What kind of change it was, in words."""
        return LABELS.get(self.verb, self.verb)
