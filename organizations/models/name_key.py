from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .. import name_keys


class NameKeyQuerySet(models.QuerySet):
    def beginning_with(self, text: str):
        """The keys that begin with what was typed, whatever its spaces; none for nothing, or for one Latin letter."""
        key = name_keys.typed(text)
        if not key or (len(key) == 1 and key.isascii()):
            return self.none()
        if connection.vendor == "sqlite":  # which serves a range from the index, but no LIKE
            return self.filter(key__gte=key, key__lt=key + "\U0010ffff")
        return self.filter(key__startswith=key)


class NameKey(models.Model):
    """One beginning by which an organisation is found: of its name, a short, other or former name, in pinyin or in
    initials. Organization.save() and tree.add_all() are the only writers."""

    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=name_keys.LONGEST, db_index=True)

    objects = NameKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("beginning of a name")
        verbose_name_plural = _("beginnings of names")
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="name_key_once")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, organization) -> list["NameKey"]:
        """The keys of an organization that has none yet; to be saved."""
        return [cls(organization=organization, key=key) for key in sorted(name_keys.keys(organization.names))]

    @classmethod
    def follow(cls, organization, *, new: bool) -> None:
        """Bring the keys of `organization` up to its names; a `new` one has none."""
        wanted = name_keys.keys(organization.names)
        held = {} if new else dict(cls.objects.filter(organization=organization).values_list("key", "pk"))
        gone = [pk for key, pk in held.items() if key not in wanted]
        if gone:
            cls.objects.filter(pk__in=gone).delete()
        cls.objects.bulk_create(cls(organization=organization, key=key) for key in sorted(wanted - held.keys()))
