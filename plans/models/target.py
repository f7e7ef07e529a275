from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations import rights

from .passage import PassageQuerySet


class Measure(models.TextChoices):
    """How reports of a target are read (计量方式)."""

    TOTAL = "total", _("total so far")  # 累计: each report says how much there is by its day
    EACH = "each", _("anew in every period")  # 每年、每季度: each report counts for the period its day lies in
    RATE = "rate", _("rate")  # 比率: the last report counts, never a sum
    DONE = "done", _("done or not")  # 是否完成: 1 or 0


class Indicator(models.Model):
    """What is measured (指标口径), with an identity that outlives the wording of any one year."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=120, unique=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    measure = models.CharField(_("how it is measured"), max_length=8, choices=Measure, blank=True)
    wordings = models.JSONField(_("other wordings"), default=list, blank=True, help_text=_("One wording a line."))
    definition = models.TextField(_("definition"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """A quantified promise (指标) with the sentence it stands in.

    `quote` is that sentence as printed; `start` and `end` are code-point offsets into the canonical text of the plan's
    text_revision, `quote_hash` is of the canonical quote. A quote that is no longer found marks the target broken; it
    is never moved silently. `theme` repeats the primary theme of its clause (else of the clause above), so that a
    million targets can be counted by theme; filing and retheming keep it true. An empty `measure` is told from kind
    and unit.
    """

    class Comparator(models.TextChoices):
        EQUAL = "=", "="
        AT_LEAST = ">=", "≥"
        AT_MOST = "<=", "≤"
        MORE = ">", ">"
        LESS = "<", "<"
        ABOUT = "~", "≈"

    class Kind(models.TextChoices):
        TARGET = "target", _("target")
        RECURRING = "recurring", _("recurring target")
        IMPLIED = "implied", _("implied target")
        PLACEHOLDER = "placeholder", _("value left open")
        STANDARD = "standard", _("standard")
        ACHIEVED = "achieved", _("achieved")

    FORWARD = (Kind.TARGET, Kind.RECURRING, Kind.IMPLIED, Kind.PLACEHOLDER)

    plan = models.ForeignKey("plans.WorkPlan", models.CASCADE, related_name="targets", verbose_name=_("work plan"))
    clause = models.ForeignKey(
        "plans.Clause", models.SET_NULL, null=True, blank=True, related_name="targets", verbose_name=_("clause")
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("upper target")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("indicator")
    )
    theme = models.ForeignKey(
        "plans.Theme",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="targets",
        verbose_name=_("theme"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    number = models.DecimalField(
        pgettext_lazy("quantity", "number"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    comparator = models.CharField(_("comparator"), max_length=2, choices=Comparator, default=Comparator.EQUAL)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TARGET)
    measure = models.CharField(_("how it is measured"), max_length=8, choices=Measure, blank=True)
    modality = models.CharField(_("modality"), max_length=20, blank=True)  # 力争, 确保
    period = models.CharField(_("period"), max_length=40, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    duty_holder = models.CharField(_("duty-holder"), max_length=120, blank=True)
    object = models.CharField(_("what is counted"), max_length=200, blank=True)
    quote = models.TextField(_("sentence"))
    start = models.PositiveIntegerField(editable=False, default=0)
    end = models.PositiveIntegerField(editable=False, default=0)
    quote_hash = models.CharField(max_length=64, editable=False)
    broken = models.BooleanField(_("sentence not found"), default=False, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="placeholder") | models.Q(number__isnull=True),
                name="placeholder_target_has_no_number",
                violation_error_message=_("A target whose value is left open has no number."),
            )
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_comparator_display() if self.comparator != '=' else ''}{self.amount}{self.unit} {self.object}"
        )

    @property
    def amount(self) -> str:
        """The number without needless zeros; 「xx」 where the text leaves it open."""
        return "xx" if self.number is None else f"{self.number.normalize():f}"

    @property
    def anchor(self) -> str:
        """The id of its sentence in the article's page."""
        return f"t{self.pk}"

    def hide_lost_clause(self, user) -> None:
        """Forget, in memory alone, a clause whose heading the text no longer says, where `user` may not read that.

        The clause, the plan and its article's owner are read already.
        """
        if self.clause and self.clause.broken and not rights.may(user, "view", self.plan):
            self.clause = None
