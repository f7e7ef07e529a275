"""Writing the audit trail. Every verb that changes state calls `record` inside its transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from . import kept
from .actor import current_address, current_user
from .concerned import concerned
from .inserting import insert
from .models import AuditEntry, User


@dataclass(frozen=True)
class Outsider:
    """Somebody without an account, who acts by a link made for them."""

    name: str
    pk = None

    def __str__(self) -> str:
        return self.name


_gathered: ContextVar[list[AuditEntry] | None] = ContextVar("audit_entries_to_be_written", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write what is recorded inside by one statement, at the end; to be entered within a transaction.

    What a failure takes back leaves no entry: catch it around a `together` of its own, within the outer one.
    """
    outer, entries = _gathered.get(), []
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
    if outer is None:
        insert(entries, keys=False)
    else:
        outer += entries


def record(
    verb: str,
    obj=None,
    *,
    by=None,
    organization=None,
    revision: int | None = None,
    before: dict | None = None,
    after: dict | None = None,
    note: str = "",
    tags: Iterable[str] | None = None,
) -> AuditEntry:
    """Add one entry: who (`by`, else the signed-in user) did `verb` to `obj`, now, from the request's address.

    `before` and `after` are JSON-ready and only for models that keep no revisions. An account belongs to the first
    organisation in the tree that its owner has a role in, so that auditors there see what happens to it. `tags` name
    the pages concerned; None: those that `concerned` knows.
    """
    actor = by or current_user()
    if organization is None and isinstance(obj, User):
        membership = obj.memberships.select_related("organization").order_by("organization__path").first()
        organization = membership and membership.organization
    entry = AuditEntry(
        actor_id=getattr(actor, "pk", None),
        actor_name=str(actor)[:150] if actor else "",
        address=current_address(),
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_name=str(obj)[:300] if obj is not None else "",
        organization_id=getattr(organization, "pk", None),
        organization_name=str(organization)[:120] if organization else "",
        revision=revision,
        before=before,
        after=after,
        note=note,
        tags=concerned(verb, obj) if tags is None else list(tags),
    )
    gathered = _gathered.get()
    if gathered is None:
        entry.save(force_insert=True)
    else:
        gathered.append(entry)
    if entry.tags:
        transaction.on_commit(partial(kept.drop, entry.tags))
    return entry
