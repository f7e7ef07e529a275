"""The audit trail as CSV, taken away in pieces and itself recorded."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import csv_pieces
from .audit import record
from .audit_changes import changes, kind_name
from .audit_words import VERBS
from .models import AuditEntry

CHUNK = 1000
HEADER = (
    _("entry number"),
    _("time (Beijing time)"),
    _("who"),
    _("user number"),
    _("from address"),
    _("what was done"),
    _("kind of object"),
    _("object number"),
    _("object"),
    _("organization"),
    _("revision"),
    _("before"),
    _("after"),
    _("note"),
)


def export(rows, by, *, asked: str, organization=None) -> Iterator[bytes]:
    """Record that `by` takes `rows` (entries, ordered) away, then return their CSV in pieces, in today's language.

    `asked` says in words what was searched for. Entries written from now on are not among them, so the count in the
    trail is that of the file.
    """
    newest = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    rows = rows.filter(id__lte=newest)
    record(
        "export",
        by=by,
        organization=organization,
        after={"count": rows.count()},
        note=gettext("Audit trail: %s") % asked,
    )
    return csv_pieces.pieces(HEADER, rows.iterator(chunk_size=CHUNK), _row, size=CHUNK)


def _row(entry: AuditEntry) -> tuple:
    changed = changes(entry)
    return (
        entry.pk,
        f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.actor_id,
        entry.address,
        VERBS.get(entry.verb, entry.verb),
        kind_name(entry.object_type),
        entry.object_id,
        entry.object_name,
        entry.organization_name,
        entry.revision,
        "\n".join(f"{change.field}：{change.before}" for change in changed if change.before),
        "\n".join(f"{change.field}：{change.after}" for change in changed if change.after),
        entry.note,
    )
