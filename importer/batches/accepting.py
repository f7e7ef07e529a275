"""Deciding on what was read: correct a value, file the page or dismiss it.

A batch belongs to its owner: "write" there corrects, accepts and dismisses, "publish" publishes.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.html import count_characters
from importer.batches import corrections, particulars, texts
from importer.batches.filers import filer_for, files_of
from importer.filing.files import Decision, Filed
from importer.filing.identity import earlier_item, imported_from
from importer.models import ImportBatch, ImportedArticle, ImportItem
from importer.readers.unreadable import UnreadableFile
from organizations import rights
from organizations.audit import record
from organizations.models import AuditEntry

CORRECTABLE = (
    "title",
    "kicker",
    "kind",
    "organization",
    "level",
    "plan_year",
    "carries_plan",
    "published_on",
    "source",
    "author",
    "author_title",
    "editor",
    "channel",
    "body_html",
    "full_width",
)
FOR_ALL = corrections.FOR_ALL


AS_TEXT = {name: name for name in ("title", "kicker", "source", "author", "author_title", "editor", "complete")}
AS_TEXT["body"] = "body_html"
"""Fields of an article's text by what the importer's output calls them; the subtitle is among the evidence there."""


def waiting(user):
    """The items that wait and `user` may decide on, the most doubtful first; without bytes and output."""
    rows = ImportItem.objects.filter(
        rights.reach(user, "write", "batch__owner"), outcome__in=ImportItem.WAITING, batch__undone_at=None
    )
    return rows.select_related("batch__owner").defer("raw", "output").order_by("-doubt", "pk")


@transaction.atomic
def correct(item: ImportItem, by, index: int, values: dict, *, seen: str | None = None) -> ImportItem:
    """Set `values` (keys of CORRECTABLE) for article `index` of the item's output instead of what was read.

    `organization` is an Organization, its primary key or a name; `channel` a Channel or its address (slug);
    `published_on` a date or an ISO day; `body_html` the whole text, from which outline and targets are read anew;
    `full_width` whether its half-width marks are set full-width. None says that the page has none. A value that equals
    what was read takes the correction away. `seen` is the stamp (corrections.stamp) of what the person's form was made
    from: where somebody changed the item since, it is refused (code "stale"). Raises PermissionDenied, or
    ValidationError by field.
    """
    _known(values, CORRECTABLE)
    locked = _lock(item, by, seen)
    articles = locked.output.get("articles", ())
    if not 0 <= index < len(articles):
        raise ValidationError(_("The file has no such article."), code="index")
    read, own = {"full_width": False, **articles[index]}, dict(locked.corrections.get(str(index), {}))
    before = _told(own, read, values)
    common = corrections.for_all(locked.batch.options)
    for name, value in _checked(values, read).items():
        own[name] = value
        chosen = name == "organization" and not isinstance(values[name], str) and value
        as_read = texts.same(value, read[name]) if name == "body_html" else value == read.get(name)
        if (name not in common and as_read and not chosen) or (name == "channel" and value is None):
            del own[name]
    if "organization" not in own:
        own.pop("organization_id", None)
    if own == locked.corrections.get(str(index), {}):
        return locked
    locked.corrections = {**locked.corrections, str(index): own}
    if not own:
        del locked.corrections[str(index)]
    locked.save(update_fields=["corrections"])
    after = _told(own, read, values)
    record("describe", locked, by=by, organization=locked.batch.owner, before=before, after=after)
    item.corrections = locked.corrections
    return locked


@transaction.atomic
def correct_batch(batch: ImportBatch, by, values: dict) -> int:
    """Set `values` (keys of FOR_ALL) for every item of the batch that waits; returns how many those are.

    What a person set for one item by itself stays. None takes the value back. Raises PermissionDenied or
    ValidationError by field.
    """
    _known(values, FOR_ALL)
    if by is not None:
        rights.require(by, "write", batch.owner)
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    given = _checked(values, {})
    if "organization" in given and given["organization"] is not None:
        if given["organization_id"] is None:
            sentence = _("No organization has this name, or several have: choose it from the list.")
            raise ValidationError({"organization": sentence}, code="organization")
        given["organization"] = given["organization_id"]
    given.pop("organization_id", None)
    before = {name: locked.options.get(name) for name in given}
    locked.options = {name: value for name, value in (locked.options | given).items() if value is not None}
    locked.save(update_fields=["options"])
    if given != before:
        record("describe", locked, by=by, organization=batch.owner, before=before, after=given)
    batch.options = locked.options
    return locked.items.filter(outcome__in=ImportItem.WAITING).count()


def corrected(item: ImportItem) -> dict:
    """The item's output with the corrections in it, those of its batch too.

    An article with a chosen organisation or channel also has `organization_id` or `channel_slug`.
    """
    return corrections.corrected(item)


@transaction.atomic
def accept(
    item: ImportItem, by, *, publish: bool = False, fields: Iterable[str] | None = None, seen: str | None = None
) -> Filed:
    """File a waiting item as it was corrected.

    Where it changes an article that is there, `fields` names the differences (differences.of) to take, as "title" or,
    in a file of several articles, "0:title", and what is not named stays as the article has it; None takes those that
    nobody edited. `seen` as for correct. Raises PermissionDenied, or ValidationError where nothing can be filed, or
    (code "decided") the item was decided on already.
    """
    locked = _lock(item, by, seen)
    if publish and by is not None:
        rights.require(by, "publish", locked.batch.owner)
    output = corrections.corrected(locked)
    if not any(found["title"] and found["kind"] != "other" for found in output["articles"]):
        raise ValidationError(
            _("Nothing here can be filed: give the page a title and the kind it has, or dismiss it."), code="nothing"
        )
    common = corrections.for_all(locked.batch.options)
    if common:
        locked.corrections = {
            str(index): common | locked.corrections.get(str(index), {}) for index in range(len(output["articles"]))
        }
    fields = None if fields is None else frozenset(fields)
    particulars.take(locked, output, by, fields)
    if fields is not None:
        _leave_as_they_are(particulars.known_of(locked, output), output, fields)
    locked.decided_by, locked.decided_at = by, timezone.now()
    filer = filer_for(locked.batch, by=by, publish=publish, full_width=False)  # corrected() has set the marks
    decision = Decision(fields)
    filed = filer.file_item(locked, output, decision=decision, files=found_files(locked))
    item.refresh_from_db(fields=["outcome", "message", "corrections", "decided_by", "decided_at", "collection"])
    return filed


@transaction.atomic
def dismiss(item: ImportItem, by, reason: str) -> ImportItem:
    """Say that a waiting item becomes no article. Raises PermissionDenied, or ValidationError without a reason."""
    locked = _lock(item, by)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError(_("Say why the page is dismissed; the batch keeps it."), code="reason")
    if not locked.articles.exists():  # what the file became earlier stays known by it
        earlier = earlier_item(locked.source, locked.sha256, locked.batch.owner, but=locked.pk)
        ImportedArticle.objects.bulk_create(
            ImportedArticle(item=locked, index=row.index, article=row.article, revision=row.revision)
            for row in imported_from(earlier)
        )
    locked.outcome, locked.message = ImportItem.Outcome.DISMISSED, reason
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["outcome", "message", "decided_by", "decided_at"])
    record("dismiss", locked, by=by, organization=locked.batch.owner, note=reason)
    item.refresh_from_db(fields=["outcome", "message", "decided_by", "decided_at"])
    return locked


def found_files(item: ImportItem):
    """The bytes of the item's pictures and attachments; its file is read again for those inside it."""
    from importer.proposal import propose  # all that reads: only what came with pictures waits for it

    inside = {}
    if any(found["images"] or found["attachments"] for found in item.output["articles"]):
        try:
            inside = propose(bytes(item.raw), item.name).files
        except UnreadableFile:  # the rules have changed since
            inside = {}
    return files_of(item, inside)


def _lock(item: ImportItem, by, seen: str | None = None) -> ImportItem:
    """The waiting item, locked, which `by` may decide on and nobody has changed since it was `seen`."""
    locked = ImportItem.objects.select_for_update(of=("self",)).select_related("batch__owner").get(pk=item.pk)
    if by is not None:
        rights.require(by, "write", locked.batch.owner)
    if locked.outcome not in ImportItem.WAITING or locked.batch.undone_at:
        raise ValidationError(_("This page was decided on already. Reload the list."), code="decided")
    if seen is not None and seen != corrections.stamp(locked):
        raise ValidationError(
            _("%(who)s corrected this file meanwhile. It is shown as it is now; look at it, then decide again.")
            % {"who": _last_hand(locked) or _("Somebody")},
            code="stale",
        )
    return locked


def _leave_as_they_are(known: dict[int, ImportedArticle], output: dict, fields: Iterable[str]) -> None:
    """Put into `output` what each article has now where the file's value was not chosen."""
    for index, row in known.items():
        found, now = output["articles"][index], row.article.latest_revision
        for name in AS_TEXT:
            if not {name, f"{index}:{name}"} & set(fields):
                found[AS_TEXT[name]] = getattr(now, name)
                if name == "body":
                    found["images"], found["attachments"] = [], []  # it has its own
        if not {"subtitle", f"{index}:subtitle"} & set(fields):
            found["evidence"]["subtitle"] = {**(found["evidence"].get("subtitle") or {}), "text": now.subtitle}


def _last_hand(item: ImportItem) -> str:
    """Who corrected the item or its batch last."""
    same = Q(object_type=item._meta.label_lower, object_id=str(item.pk))
    same |= Q(object_type=item.batch._meta.label_lower, object_id=str(item.batch_id))
    entry = AuditEntry.objects.filter(same, verb="describe").order_by("-pk").first()
    return entry.actor_name if entry else ""


def _known(values: dict, names: tuple[str, ...]) -> None:
    if unknown := set(values) - set(names):
        raise TypeError(f"cannot be corrected: {', '.join(sorted(unknown))}")


def _told(own: dict, read: dict, names: Iterable[str]) -> dict:
    """The values as the audit trail keeps them: of a text, how long it is."""
    values = {name: own.get(name, read.get(name)) for name in names}
    if "body_html" in values:
        values["body_html"] = _("%d characters") % count_characters(values["body_html"])
    return values


def _checked(values: dict, read: dict) -> dict:
    """The values as stored, `organization_id` beside `organization`; all refusals at once, by field.

    `read` is the article as the importer read it.
    """
    given, refused = {}, {}
    for name, value in values.items():
        try:
            if name == "organization":
                given[name], given["organization_id"] = corrections.organization_of(value) if value else (None, None)
            elif name == "body_html":
                given[name] = _text(value or "", read)
            else:
                given[name] = corrections.checked(name, value)
        except ValidationError as refusal:
            refused[name] = refusal
    if refused:
        raise ValidationError(refused)
    return given


def _text(value: str, read: dict) -> str:
    html = texts.safe(value, read)
    if not count_characters(html) and "<img" not in html:
        raise ValidationError(_("Write the text, or dismiss the page: it becomes no article then."), code="empty")
    return html
