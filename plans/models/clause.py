from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .passage import ClauseThemeQuerySet, PassageQuerySet


class Theme(models.Model):
    """What a clause is about (主题). The phrases by which themes are recognised are code: plans/grammar/themes.py."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name


class Clause(models.Model):
    """A numbered or headed part of a plan (条目), with the span its heading takes in the plan's canonical text.

    A heading that is no longer found in the text marks the clause broken; it is never moved silently.
    Positions leave gaps of 1024, so that one can be put between two without renumbering.
    """

    class Style(models.TextChoices):
        STANDALONE = "standalone", _("heading on its own line")
        RUN_IN = "run_in", _("first sentence of a paragraph")
        INLINE = "inline", _("inside a paragraph")

    plan = models.ForeignKey("plans.WorkPlan", models.CASCADE, related_name="clauses", verbose_name=_("work plan"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("parent clause")
    )
    position = models.PositiveIntegerField(_("position"))
    depth = models.PositiveSmallIntegerField(_("outline level"), default=1)
    number = models.CharField(pgettext_lazy("of a clause", "number"), max_length=20, blank=True)
    heading = models.CharField(_("heading"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    style = models.CharField(_("style"), max_length=12, choices=Style, default=Style.STANDALONE)
    themes = models.ManyToManyField(Theme, through="ClauseTheme", related_name="clauses", verbose_name=_("themes"))
    start = models.PositiveIntegerField(editable=False, default=0)
    end = models.PositiveIntegerField(editable=False, default=0)
    broken = models.BooleanField(_("heading not found"), default=False, editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="clause_position_once")]
        indexes = [models.Index(fields=["plan", "depth", "broken"], name="clause_of_plan")]  # what a list counts of it

    def __str__(self) -> str:
        return f"{self.number}{self.heading}"

    @property
    def anchor(self) -> str:
        """The id of its place in the article's page: a permalink, which names the same clause for good."""
        return f"clause-{self.pk}"

    @property
    def old_anchor(self) -> str:
        """The id by which it was linked to when ids counted clauses; it keeps working."""
        return "" if self.position % 1024 else f"c{self.position // 1024}"


class ClauseTheme(models.Model):
    """A theme of a clause; rank 0 is the primary one."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="theme_ranks")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="clause_ranks", verbose_name=_("theme"))
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)

    objects = ClauseThemeQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        verbose_name = _("theme of a clause")
        verbose_name_plural = _("themes of a clause")
        constraints = [models.UniqueConstraint(fields=["clause", "theme"], name="clause_theme_once")]

    def __str__(self) -> str:
        return str(self.theme)
