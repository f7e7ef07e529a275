from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EditingSession(models.Model):
    """A person at an article's form (正在编辑), with what they have typed and not yet saved: their one personal draft.

    `article` is null while a new article is written. `opened_at` is when the form was opened, null once it was left;
    `seen_at` its last sign of life. `text` holds the form's fields as its widgets give them, None where nothing was
    typed, kept at `text_at`; `base` is the number of the revision it started from.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, null=True, related_name="editing_sessions", verbose_name=_("article")
    )
    opened_at = models.DateTimeField(_("opened"), null=True)
    seen_at = models.DateTimeField(_("last seen"))
    base = models.PositiveIntegerField(_("started from revision"), null=True)
    text = models.JSONField(_("unsaved text"), null=True, encoder=DjangoJSONEncoder)
    text_at = models.DateTimeField(_("kept at"), null=True)

    class Meta:
        verbose_name = _("editing session")
        verbose_name_plural = _("editing sessions")
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="editing_session_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(article=None), name="editing_session_once_for_new"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.article or ''}"
