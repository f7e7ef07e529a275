from django.db import models
from django.utils.translation import gettext_lazy as _

from ..audit_words import VERBS


class AuditEntry(models.Model):
    """One thing that somebody did (审计记录).

    Append-only: triggers on both databases refuse every update, and the deletion of whatever is younger than half a
    year (KEPT_AT_LEAST). People and objects are kept as numbers and text, never as foreign keys, so the entry outlives
    them. `tags` names what pages the change concerns. Each index serves one condition of audit_search.py, newest first.
    """

    KEPT_AT_LEAST = 183  # days; the triggers of migration 0004 hold it

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(_("user number"), null=True)
    actor_name = models.CharField(_("who"), max_length=150, blank=True)
    address = models.GenericIPAddressField(_("from address"), null=True)
    verb = models.CharField(_("what was done"), max_length=40)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.CharField(_("object number"), max_length=40, blank=True)
    object_name = models.CharField(_("object"), max_length=300, blank=True)
    organization_id = models.BigIntegerField(_("organization number"), null=True)
    organization_name = models.CharField(_("organization"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(_("revision"), null=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    note = models.TextField(_("note"), blank=True)
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["object_type", "at"], name="audit_kind"),
            models.Index(fields=["object_id", "object_type", "at"], name="audit_object"),
            models.Index(fields=["object_name"], opclasses=["varchar_pattern_ops"], name="audit_object_name"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
            models.Index(fields=["actor_name", "at"], name="audit_actor_name"),
            models.Index(fields=["verb", "at"], name="audit_verb"),
            models.Index(fields=["organization_id", "at"], name="audit_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {VERBS.get(self.verb, self.verb)} {self.object_name}"
