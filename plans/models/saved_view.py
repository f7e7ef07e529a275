from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations import paths, rights
from organizations.models import Membership, Organization


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own, and those shared with a body they hold a role in, or with one above it."""
        if not rights.may(user, "view"):
            return self.none()
        if user.is_superuser:
            return self.filter(Q(owner=user) | Q(shared_with__isnull=False))
        held = Membership.objects.filter(user=user).values_list("organization__path", flat=True)
        above = {step for path in held for step in (*paths.ancestor_paths(path), path)}
        sharing = Organization.objects.filter(path__in=above).order_by().values("pk")
        return self.filter(Q(owner=user) | Q(shared_with__in=sharing))


class SavedView(models.Model):
    """A state of a page of plans kept by its owner (常用视图); where `shared_with` is set, for the members of that body
    and of those below it. register/saved_views.py is the only writer."""

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
