"""The audit trail as CSV, taken away in pieces and itself recorded."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from .audit import record
from .audit_changes import changes, kind_name
from .audit_words import VERBS
from .models import AuditEntry

CHUNK = 1000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
    trail is that of the file. UTF-8 with a mark at the beginning, by which Excel knows it.
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
    return _pieces(rows, get_language())


def _pieces(rows, language: str | None) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _lines([HEADER], language)
    entries = rows.iterator(chunk_size=CHUNK)
    while piece := list(islice(entries, CHUNK)):
        yield _lines(map(_row, piece), language)


def _lines(rows: Iterable, language: str | None) -> bytes:
    """`rows` written in `language`: pieces are made after the request, when its language is forgotten."""
    text = io.StringIO()
    with override(language):
        csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


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
