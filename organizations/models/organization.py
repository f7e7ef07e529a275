from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import paths
from .name_key import NameKey

MOST_KEYS = 300
NAMES = ("name", "short_name", "aliases", "former_names")


class OrganizationQuerySet(models.QuerySet):
    def placed(self):
        """Organisations whose place in the tree is known; imported bodies without a parent are not among them."""
        return self.filter(placed=True)

    def subtree(self, organization: "Organization"):
        """`organization` and everything below it."""
        return self.filter(path__gte=organization.path, path__lt=paths.subtree_end(organization.path))

    def below(self, organization: "Organization"):
        return self.subtree(organization).exclude(pk=organization.pk)

    def ancestors(self, organization: "Organization"):
        """The bodies above `organization`, the highest first."""
        return self.filter(path__in=paths.ancestor_paths(organization.path)).order_by("path")

    def named(self, text: str):
        """Those that are found by `text`: the beginning of a name or of a word in it, its pinyin or initials; the
        highest first. Of very many the first by their names."""
        keys = NameKey.objects.beginning_with(text).order_by("key").values("organization")[:MOST_KEYS]
        return self.filter(pk__in=keys).order_by("depth", "path")


class Organization(models.Model):
    """A union organisation (工会组织).

    `path` and `depth` belong to tree.py, which is the only writer of them, of `parent` and of `placed`.
    `origin` is empty for bodies whose place is known or that a person entered; else it is the site or batch a body
    without a known parent came from, so that two bodies of one name from two sites stay two.
    """

    class Kind(models.TextChoices):
        LOCAL = "local", _("local federation")  # 地方总工会
        INDUSTRIAL = "industrial", _("industrial union")  # 产业工会
        TOWNSHIP = "township", _("township or street union")  # 乡镇街道总工会
        GRASSROOTS = "grassroots", _("grass-roots committee")  # 基层工会委员会
        JOINT = "joint", _("joint union")  # 联合工会
        FEDERATION = "federation", _("regional or trade federation")  # 工会联合会
        VILLAGE_ENTERPRISE = "village_enterprise", _("village and enterprise union")  # 村企联合工会
        OVERSEAS = "overseas", _("overseas union")  # 海外工会
        INSTITUTION = "institution", _("union of an office or public institution")  # 机关/事业单位工会
        COMMITTEE = "committee", _("working committee")  # 工会工委
        OTHER = "other", _("other body")

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True, help_text=_("One name a line."))
    former_names = models.JSONField(_("former names"), default=list, blank=True, help_text=_("One name a line."))
    level = models.ForeignKey("organizations.Level", models.PROTECT, null=True, blank=True, verbose_name=_("level"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent organization")
    )
    path = models.CharField(max_length=60, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    placed = models.BooleanField(_("in the tree"), default=True, editable=False)
    division_code = models.CharField(_("division code"), max_length=12, blank=True)
    origin = models.CharField(_("origin"), max_length=200, blank=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    contact = models.TextField(_("contact"), blank=True)
    intro = models.TextField(_("introduction"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(parent__isnull=False),
                name="organization_once_below_its_parent",
                violation_error_message=_("The parent organization already has an organization of this name."),
            ),
            models.UniqueConstraint(
                fields=["name", "origin"],
                condition=Q(parent__isnull=True),
                name="organization_once_from_its_origin",
                violation_error_message=_("An organization of this name without a parent is there already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=models.F("valid_to")),
                name="organization_dates_in_order",
                violation_error_message=_("The first day lies after the last day."),
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="organization_name"),
            models.Index(fields=["division_code"], name="organization_division"),
            models.Index(fields=["level", "path"], name="organization_level_path"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not (only := kwargs.get("update_fields")) or set(only) & set(NAMES):
                NameKey.follow(self, new=new)

    def get_absolute_url(self) -> str:
        return reverse("organization", args=[self.slug])

    @property
    def names(self) -> list[str]:
        """Every name it has or had."""
        return [self.name, self.short_name, *self.aliases, *self.former_names]

    def covers(self, other: "Organization") -> bool:
        """True where `other` is this body or stands below it."""
        return other.path.startswith(self.path)
