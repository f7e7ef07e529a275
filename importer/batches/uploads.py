"""Pages that come in through the desk: files and archives are kept as items of a batch and read by the worker."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from importer import tasks
from importer.batches.expected import Expected, options_of
from importer.batches.web_pages import is_part, is_web_page
from importer.filing.identity import upload_source
from importer.models import ImportBatch, ImportItem
from importer.readers.archives import Member, is_archive, printable, unpack
from importer.readers.unreadable import SIZE_LIMIT
from importer.readers.zips import TOTAL
from organizations import rights
from organizations.audit import record
from organizations.models import Organization
from plans import filing

MOST_PAGES = 10_000
LARGEST = 200 * 1024 * 1024
"""Bytes of an uploaded archive; a page by itself may have SIZE_LIMIT."""
AT_ONCE = 50  # rows of one INSERT: all their bytes are in memory


@transaction.atomic
def take(
    files: Iterable,
    *,
    owner: Organization,
    by,
    name: str = "",
    publish: bool = False,
    full_width: bool = False,
    organization: Organization | None = None,
    year: int | None = None,
) -> ImportBatch:
    """Keep uploaded `files` (each with name, size, chunks) for `owner`, have them read, and return their batch.

    An archive is opened and each page in it is an item. With `publish`, what is read without doubt is published at
    once; that needs the right to publish. The pages are expected to hold the plan of `organization` for `year`
    (batches/expected.py), which `by` must be allowed to file. Raises PermissionDenied, or ValidationError (one
    sentence) where a limit is passed; then nothing is kept.
    """
    files = list(files)
    if not files:
        raise ValidationError(_("Choose at least one file."), code="none")
    batch = ImportBatch(
        name=" ".join(name.split())[:100],
        by=by,
        owner=owner,
        place="、".join(_file_name(file) for file in files)[:300],
        publish=publish,
        options={"publish": publish, "full_width": full_width} | options_of(Expected(organization, year)),
    )
    if by is not None:
        rights.require(by, "write", owner)
        if publish:
            rights.require(by, "publish", owner)
        if organization and not filing.may_file_for(by, organization):
            raise PermissionDenied("file_plan")
    batch.save()
    rows: list[ImportItem] = []
    for file in files:
        for item in _items(file, batch):
            batch.total += 1
            if batch.total > MOST_PAGES:
                sentence = _("More than %(limit)d files: import them in several parts.")
                raise ValidationError(sentence % {"limit": MOST_PAGES}, code="many")
            rows.append(item)
            if len(rows) >= AT_ONCE:
                ImportItem.objects.bulk_create(rows)
                rows = []
    ImportItem.objects.bulk_create(rows)
    batch.done = batch.items.exclude(outcome=ImportItem.Outcome.QUEUED).count()
    batch.save()
    record("upload", batch, by=by, organization=owner, after={"files": batch.total})
    transaction.on_commit(partial(tasks.start, batch.pk))
    return batch


def _file_name(file) -> str:
    return printable(file.name.replace("\\", "/").rsplit("/", 1)[-1])[:200]


def _items(file, batch: ImportBatch) -> Iterator[ImportItem]:
    name = _file_name(file)
    head = next(iter(file.chunks()), b"")
    limit = LARGEST if head.startswith(b"PK") else SIZE_LIMIT
    if file.size > limit:
        said = {"name": name, "limit": filesizeformat(limit)}
        raise ValidationError(_("“%(name)s” is larger than %(limit)s: split it.") % said, code="large")
    raw = b"".join(file.chunks())
    if not is_archive(raw):
        yield _item(Member(name, raw), batch)
        return
    with_pages = any(is_web_page(member.id) for member in unpack(raw, name))
    unpacked = 0
    for member in unpack(raw, name):
        unpacked += len(member.raw)
        if unpacked > TOTAL:
            raise ValidationError(_("“%(name)s” unpacks to too much: split it.") % {"name": name}, code="large")
        yield _item(member, batch, part=is_part(member.id, with_pages))


def _item(member: Member, batch: ImportBatch, part: bool = False) -> ImportItem:
    item = ImportItem(
        batch=batch,
        name=member.id[-300:],
        source=upload_source(batch, member.id)[:500],
        raw=member.raw,
        sha256=hashlib.sha256(member.raw).hexdigest(),
        outcome=ImportItem.Outcome.PART if part else ImportItem.Outcome.QUEUED,
    )
    if member.refusal:
        item.outcome = ImportItem.Outcome.FAILED
        item.message = _(member.refusal.message) % member.refusal.params
    return item
