import re
from pathlib import PurePosixPath

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import logo
from ..kept import kept


class SiteSettings(models.Model):
    """What the site says about itself (站点设置): one row, number 1. An empty value prints nothing."""

    class Accent(models.TextChoices):
        """The one colour beside ink and paper; its values are measured for contrast in every mode of the reader."""

        RED = "red", _("union red")
        BLUE = "blue", _("sea blue")
        GREEN = "green", _("pine green")
        OCHRE = "ochre", _("ochre")

    name = models.CharField(_("site name"), max_length=60, default="工会通讯")
    motto = models.CharField(_("motto"), max_length=80, blank=True, default="各级工会的新闻与工作计划")
    organizer = models.CharField(_("organizer"), max_length=80, blank=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    domain = models.CharField(_("domain"), max_length=120, blank=True)
    site_code = models.CharField(_("government site code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP number"), max_length=60, blank=True)
    police_number = models.CharField(_("police filing number"), max_length=60, blank=True)
    logo = models.ImageField(
        _("logo"),
        upload_to=logo.stored_name,
        width_field="logo_width",
        height_field="logo_height",
        blank=True,
        help_text=_("PNG, JPEG or WebP on a transparent or white ground, best 120 pixels high or more."),
    )
    logo_width = models.PositiveIntegerField(null=True, editable=False)
    logo_height = models.PositiveIntegerField(null=True, editable=False)
    logo_names = models.BooleanField(
        _("the logo holds the name"), default=False, help_text=_("On: the name is not printed beside it.")
    )
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent, default=Accent.RED)
    contact = models.TextField(_("contact"), blank=True)
    footer_note = models.TextField(
        _("note in the footer"), blank=True, help_text=_("Copyright, how to reprint, who is responsible.")
    )
    leaving_notice = models.BooleanField(
        _("notice on leaving the site"),
        default=False,
        help_text=_("On: a link to another site in an article opens a page that says so first."),
    )
    hotline = models.CharField(_("hotline"), max_length=20, blank=True, default="12351")
    public_register = models.BooleanField(
        _("public register of plans"),
        default=False,
        help_text=_("On: everybody may look through the plans in force whose articles are public."),
    )
    grey_mode = models.BooleanField(_("grey mode"), default=False, help_text=_("For days of mourning."))
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the site's own organization"),
        help_text=_("It owns what is imported unless another owner is named."),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_site_settings")]

    def __str__(self) -> str:
        return self.name

    @property
    def police_code(self) -> str:
        """The digits of the police filing number, by which the ministry's page finds it."""
        return "".join(re.findall(r"[0-9]", self.police_number))

    @property
    def logo_address(self) -> str:
        """Where the logo is served; empty without one."""
        return reverse("site-logo", args=[PurePosixPath(self.logo.name).stem]) if self.logo else ""

    @classmethod
    def load(cls) -> "SiteSettings":
        """The one row, with the defaults where none has been saved; kept until it changes, and so for reading alone."""
        return kept("site-settings", (), lambda: cls.objects.filter(pk=1).first() or cls(pk=1))
