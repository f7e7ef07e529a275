import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from organizations import rights

FIRST_YEAR, LAST_YEAR = 1900, 2100


class WorkPlanQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(state=WorkPlan.State.IN_FORCE)

    def in_years(self, first: int | None, last: int | None):
        """Plans whose period touches the years `first` to `last`; None leaves that end open."""
        rows = self
        if first is not None:
            rows = rows.filter(ends_on__gte=datetime.date(first, 1, 1))
        if last is not None:
            rows = rows.filter(starts_on__lte=datetime.date(last, 12, 31))
        return rows

    def open_to_all(self):
        """What the public register shows: plans filed whose article everybody may read in lists."""
        published = Article.objects.published().filter(pk=OuterRef("article"))
        return self.exclude(state=WorkPlan.State.DRAFT).filter(Exists(published))

    def visible_to(self, user):
        """What signed-in staff see: all plans of their own bodies; of others, those filed whose article is public."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        if not rights.may(user, "view"):
            return self.none()
        # asked plan by plan: a list of all readable articles would be made anew for every query
        public = ~Q(state=WorkPlan.State.DRAFT) & Exists(Article.objects.readable().filter(pk=OuterRef("article")))
        return self.filter(public | rights.reach(user, "view", "article__owner", limited="article__channel"))


class WorkPlan(models.Model):
    """A work plan or report (工作计划/总结): the article it is, whose it is, and for which time.

    The importer and editors make drafts; a person puts a plan in force, which needs an organisation and dates.
    `text_revision` is the revision that clauses and targets point into.
    """

    class Role(models.TextChoices):
        PLAN = "plan", _("plan")
        REPORT = "report", _("report")

    class Period(models.TextChoices):
        YEAR = "year", _("year")
        FIRST_HALF = "first_half", _("first half-year")
        SECOND_HALF = "second_half", _("second half-year")
        QUARTER = "quarter", _("quarter")
        YEARS = "years", _("several years")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        REPLACED = "replaced", _("replaced")
        CLOSED = "closed", _("closed")

    DEFAULT_SUBJECT = "综合"

    article = models.OneToOneField(
        "articles.Article", models.PROTECT, related_name="work_plan", verbose_name=_("article")
    )
    text_revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, editable=False, related_name="+", verbose_name=_("revision of the text")
    )
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_plans",
        verbose_name=_("organization"),
    )
    name_then = models.CharField(_("name at the time"), max_length=120, blank=True)
    level_then = models.ForeignKey(
        "organizations.Level",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("level at the time"),
    )
    role = models.CharField(pgettext_lazy("of a plan", "role"), max_length=10, choices=Role, default=Role.PLAN)
    subject = models.CharField(_("subject"), max_length=40, default=DEFAULT_SUBJECT)
    period = models.CharField(_("period"), max_length=12, choices=Period, default=Period.YEAR)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    year_stated = models.BooleanField(
        _("year stated"), default=True, help_text=_("Off: the year was inferred and the register says so.")
    )
    year_evidence = models.CharField(_("what the year rests on"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    doc_number = models.CharField(_("document number"), max_length=60, blank=True)  # 文号
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    filed_at = models.DateTimeField(_("filed"), auto_now_add=True)
    in_force_at = models.DateTimeField(_("in force since"), null=True, editable=False)
    reanchored = models.JSONField(null=True, editable=False)  # plans/anchoring.py: what the last change of text did

    objects = WorkPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(organization__isnull=False, starts_on__isnull=False, ends_on__isnull=False),
                name="plan_in_force_is_whole",
                violation_error_message=_("A plan in force needs an organization, a first day and a last day."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="plan_dates_in_order",
                violation_error_message=_("The first day lies after the last day."),
            ),
            models.UniqueConstraint(
                fields=["organization", "role", "subject", "starts_on", "ends_on"],
                condition=Q(state="in_force"),
                name="plan_in_force_once",
                violation_error_message=_("This organization already has a plan in force for this time."),
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_on", "id"], name="plan_newest"),
            models.Index(fields=["state", "starts_on", "ends_on"], name="plan_state_dates"),
            models.Index(fields=["organization", "starts_on"], name="plan_by_organization"),
            models.Index(fields=["level_then", "starts_on"], name="plan_by_level"),
        ]

    def __str__(self) -> str:
        return f"{self.name_then or self.organization or '—'} {self.years}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])

    def clean(self) -> None:
        """Raise ValidationError for days of no plan: every page reckons with the days around them."""
        for name in ("starts_on", "ends_on"):
            day = getattr(self, name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                sentence = _("The days of a plan lie between %(first)d and %(last)d.")
                years = {"first": FIRST_YEAR, "last": LAST_YEAR}
                raise ValidationError(sentence, code="years", params=years)

    @property
    def years(self) -> str:
        """「2019」, 「2021–2025」, or nothing where the dates are open."""
        if not self.starts_on or not self.ends_on:
            return ""
        first, last = self.starts_on.year, self.ends_on.year
        return str(first) if first == last else f"{first}–{last}"
