"""Which pages a change concerns: the tags that its entry of the audit trail carries, by which kept pages are dropped.

What a room does not speak of concerns the whole SITE, so that something new is never forgotten, only costly.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar

from . import paths
from .kept import SITE as SITE
from .models import Membership, User

_tags_of: dict[type, Callable[[str, object], Iterable[str]]] = {}
_unseen: set[type] = {User, Membership}
_unseen_verbs: set[str] = {"locked out", "export", "prune audit"}
_awaiting: ContextVar[frozenset[str]] = ContextVar("tags_awaiting_an_entry", default=frozenset())


def register_concerned(model: type, tags: Callable[[str, object], Iterable[str]]) -> None:
    """Say by `tags(verb, object)` which pages an entry about an object of `model` concerns."""
    _tags_of[model] = tags


def register_unseen(*models: type, verbs: Iterable[str] = ()) -> None:
    """Say that readers see nothing of what is done to `models`, nor of these `verbs` whatever they are done to."""
    _unseen.update(models)
    _unseen_verbs.update(verbs)


def concerned(verb: str, obj) -> list[str]:
    """The tags of an entry about `verb` done to `obj` (None: to nothing), in order; empty where readers see nothing.

    What changed without an entry of its own (`also`) is among them.
    """
    tags: set[str] = set(_awaiting.get())
    _awaiting.set(frozenset())
    if verb not in _unseen_verbs and type(obj) not in _unseen:
        own = _tags_of.get(type(obj))
        tags.update(own(verb, obj) if own else [SITE])
    return [SITE] if SITE in tags else sorted(tags)


def also(*tags: str) -> None:
    """Let the next entry of this transaction have `tags` too: something changes beside the object it is about."""
    _awaiting.set(_awaiting.get() | set(tags))


def of_subtrees(path: str) -> list[str]:
    """The tags of the organisation at `path` and of those above it: a change there concerns the lists of all these."""
    return [f"organization:{above}" for above in (*paths.ancestor_paths(path), path)]
