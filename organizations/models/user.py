from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account. Chinese names are one field; rights come from memberships (任职授权)."""

    first_name = None
    last_name = None
    name = models.CharField(_("full name"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    must_change_password = models.BooleanField(
        _("must change the password at the next sign-in"), default=False, help_text=_("Set for new and reset accounts.")
    )

    password_changed_at = models.DateTimeField(_("password changed"), null=True, blank=True, editable=False)
    is_service = models.BooleanField(
        _("service account"),
        default=False,
        help_text=_("For programs: what they do is recorded under this name; nobody can sign in with it."),
    )

    class Meta:
        ordering = ["username"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username

    def set_password(self, raw_password):
        """As Django's; a save with update_fields must name `password_changed_at` beside `password`.

        Django's own renewal of an old hash names `password` alone, and so does not make the password younger.
        """
        super().set_password(raw_password)
        self.password_changed_at = timezone.now()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.username
