from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteSettings(models.Model):
    """What the site says about itself (站点设置): one row, number 1. An empty value prints nothing."""

    name = models.CharField(_("site name"), max_length=60, default="工会通讯")
    motto = models.CharField(_("motto"), max_length=80, blank=True, default="各级工会的新闻与工作计划")
    organizer = models.CharField(_("organizer"), max_length=80, blank=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    domain = models.CharField(_("domain"), max_length=120, blank=True)
    site_code = models.CharField(_("government site code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP number"), max_length=60, blank=True)
    police_number = models.CharField(_("police filing number"), max_length=60, blank=True)
    contact = models.TextField(_("contact"), blank=True)
    hotline = models.CharField(_("hotline"), max_length=20, blank=True, default="12351")
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

    @classmethod
    def load(cls) -> "SiteSettings":
        """The one row, with the defaults where none has been saved."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
