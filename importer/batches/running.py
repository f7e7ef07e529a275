"""Reading the items of a batch that wait: each once, whatever is interrupted."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from importer.batches import claims, corrections, expected
from importer.batches.filers import filer_for, files_of
from importer.doubt import SURE
from importer.doubt import doubt as doubt_of
from importer.filing.files import UNPUBLISHED
from importer.filing.identity import earlier_item
from importer.models import ImportBatch, ImportItem
from importer.parsing import FAULT, Parsed, Source, parse_all
from importer.proposal import RULES_VERSION

logger = logging.getLogger(__name__)
Outcome = ImportItem.Outcome
State = ImportBatch.State
KNOWN = gettext_noop("known: the very same page was imported before; nothing was read anew.")


def read_batch(pk: int, *, workers: int = 1, progress: Callable[[int, int, str], None] | None = None) -> ImportBatch:
    """Read the queued items of batch `pk` and return it; `progress` is told (done, total, name) after each.

    May be called again after an interrupt, and by several processes at once: what has been read, or is being read by a
    living process, is left alone. A file that cannot be read fails with a sentence and the others go on.
    """
    batch = ImportBatch.objects.select_related("owner", "by").get(pk=pk)
    if batch.undone_at:
        return batch
    rows = ImportBatch.objects.filter(pk=pk)
    rows.update(state=State.RUNNING, heartbeat_at=timezone.now())
    claim = claims.new_claim()
    sources = (
        Source(item.output.get("id") or item.name, bytes(item.raw), key=item) for item in claims.claimed(batch, claim)
    )
    try:
        for source, parsed in parse_all(sources, workers):
            if _keep(source.key, parsed, claim, batch) and progress:
                batch.refresh_from_db(fields=["done", "total"])
                progress(batch.done, batch.total, source.name)
    except BaseException:
        rows.update(state=State.FAILED)
        raise
    finally:
        claims.release(batch, claim)
    if not batch.items.filter(outcome=Outcome.QUEUED).exists():
        rows.update(state=State.ENDED, ended_at=timezone.now())
    batch.refresh_from_db()
    return batch


def _keep(item: ImportItem, parsed: Parsed, claim: str, batch: ImportBatch) -> bool:
    """Note what was read in one item, in one transaction; False where somebody else has done so meanwhile."""
    try:
        return _noted(item, parsed, claim, batch)
    except DatabaseError:
        raise
    except Exception as error:
        if not isinstance(error, ValidationError):
            logger.exception("A fault while filing item %s", item.pk)
        said = " ".join(error.messages) if isinstance(error, ValidationError) else ""
        fault = Parsed(parsed.output, sentence=said.replace("%", "%%") or FAULT, params={"name": item.name})
        return _noted(item, fault, claim, batch)


@transaction.atomic
def _noted(item: ImportItem, parsed: Parsed, claim: str, batch: ImportBatch) -> bool:
    ours = ImportItem.objects.select_for_update().filter(pk=item.pk, outcome=Outcome.QUEUED, claimed_by=claim)
    if not ours.values_list("pk").first():
        return False
    expected.lend(parsed.output, expected.of(batch.options))
    item.output, item.reader = parsed.output, parsed.output["reader"] or ""
    item.sha256, item.rules_version = parsed.output["sha256"], int(RULES_VERSION)
    item.doubt = doubt_of(parsed.output)
    item.claimed_by, item.claimed_at = "", None
    earlier = None if parsed.sentence else earlier_item(item.source, item.sha256, batch.owner, but=item.pk)
    item.corrections = corrections.carried(earlier, parsed.output)
    if parsed.sentence:
        item.outcome = Outcome.FAILED
        with translation.override(settings.LANGUAGE_CODE):
            item.message = _(parsed.sentence) % parsed.params
    elif earlier and earlier.sha256 == item.sha256:
        item.outcome, item.message = Outcome.UNCHANGED, KNOWN
    elif batch.publish and item.doubt < SURE and not any(w.startswith(UNPUBLISHED) for w in parsed.output["warnings"]):
        filer_for(batch, by=batch.by, publish=True).file_item(
            item, corrections.corrected(item), files=files_of(item, parsed.files)
        )
    else:
        item.outcome = Outcome.READ
    item.save()
    ImportBatch.objects.filter(pk=batch.pk).update(done=F("done") + 1, heartbeat_at=timezone.now())
    return True
