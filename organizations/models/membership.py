from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """A user's role (任职授权) in an organisation; it covers the organisation's whole subtree."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor", _("contributor")  # 通讯员
        EDITOR = "editor", _("editor")  # 编辑
        REVIEWER = "reviewer", _("reviewer")  # 审核
        SIGNER = "signer", _("signer")  # 签发
        AUDITOR = "auditor", _("auditor")  # 审计
        MANAGER = "manager", _("manager")  # 管理员

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        ordering = ["organization__path", "role"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                name="membership_once",
                violation_error_message=_("This person already has this role in this organization."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization} · {self.get_role_display()}"
