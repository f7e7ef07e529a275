from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignedInSession(AbstractBaseSession):
    """A browser's session (登录会话), with whose it is and from where, so that people see theirs and can end them.

    Written by sessions.py, the session engine; `user_id` is null before the sign-in.
    """

    user_id = models.BigIntegerField(null=True, db_index=True)
    address = models.GenericIPAddressField(_("from address"), null=True)
    browser = models.CharField(_("browser"), max_length=200, blank=True)
    signed_in_at = models.DateTimeField(_("signed in"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls):
        from ..sessions import SessionStore

        return SessionStore
