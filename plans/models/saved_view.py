from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations import rights


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own, and those shared with an organisation they hold a role at or above or below."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user) | Q(shared_with__isnull=False) & rights.reach(user, "view", "shared_with"))


class SavedView(models.Model):
    """A state of a page of plans kept by its owner (常用视图), for everybody at `shared_with` where that is set."""

    class Page(models.TextChoices):
        REGISTER = "plans", _("Plan register")
        TARGETS = "plan-targets", _("Targets of all plans")
        COVERAGE = "plan-coverage", _("Coverage")

    page = models.CharField(_("page"), max_length=20, choices=Page, default=Page.REGISTER)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60)
    query = models.TextField(blank=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    shared_with = models.ForeignKey(
        "organizations.Organization",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You have a view of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(self.page) + (f"?{self.query}" if self.query else "")
