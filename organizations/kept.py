"""What this process keeps in memory until something of which it was made changes.

A change is a set of tags (organizations/shown.py); `drop` is told of each, soon after it is committed. Whoever keeps
something takes `moment()` before making it: where one of its tags is dropped meanwhile, it may be old and is not kept.
Nothing is kept, nor answered from memory, unless somebody watches for changes (`trust`).
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from time import monotonic

from .shown import shows

logger = logging.getLogger(__name__)

SITE = "site"
"""The tag that everything has."""
MOST_VALUES = 5_000
MOST_TAGS = 100_000

_lock = threading.RLock()
_values: OrderedDict[str, tuple[object, frozenset[str], float]] = OrderedDict()
_names: dict[str, set[str]] = {}  # by tag
_dropped: dict[str, int] = {}  # the moment when a tag was dropped last
_moment = 0
_floor = 0  # what was begun before this moment is not kept: of what was dropped until then nothing is known any more
_trusted_until = 0.0
_followers: list[Callable[[frozenset[str]], None]] = []


def kept[T](name: str, tags: Iterable[str], compute: Callable[[], T], seconds: float | None = None) -> T:
    """What `compute()` returns, computed again only once one of `tags` was dropped (or `seconds` have passed).

    The page that is being made shows these tags. The value is shared: nobody may change it.
    """
    tags = frozenset(tags)
    shows(*tags)
    if not is_trusted():
        return compute()
    with _lock:
        if (found := _values.get(name)) is not None and found[2] > monotonic():
            _values.move_to_end(name)
            return found[0]
        since = moment()
    value = compute()
    until = float("inf") if seconds is None else monotonic() + seconds
    keep_if_unchanged(tags, since, lambda: _keep(name, value, tags, until))
    return value


def _keep(name: str, value, tags: frozenset[str], until: float) -> None:
    _forget(name)
    _values[name] = value, tags, until
    for tag in tags:
        _names.setdefault(tag, set()).add(name)
    if len(_values) > MOST_VALUES:
        _forget(next(iter(_values)))


def _forget(name: str) -> None:
    _value, tags, _until = _values.pop(name, (None, (), 0))
    for tag in tags:
        if (names := _names.get(tag)) is not None:
            names.discard(name)
            if not names:
                del _names[tag]


def moment() -> int:
    """A number that grows with everything that is dropped."""
    return _moment


def keep_if_unchanged(tags: Collection[str], since: int, keep: Callable[[], None]) -> bool:
    """Call `keep` unless one of `tags` was dropped after the moment `since`, or nobody watches; whether it was called.

    Nothing is dropped meanwhile, so `keep` must be quick.
    """
    with _lock:
        if since < _floor or not is_trusted() or any(_dropped.get(tag, 0) > since for tag in (SITE, *tags)):
            return False
        keep()
        return True


def drop(tags: Iterable[str]) -> None:
    """Forget all that was made of what one of `tags` names; all there is for the tag "site"."""
    global _moment, _floor
    tags = frozenset(tags)
    if not tags:
        return
    with _lock:
        _moment += 1
        if len(_dropped) > MOST_TAGS:
            _dropped.clear()
            _floor = _moment
        _dropped.update(dict.fromkeys(tags, _moment))
        if SITE in tags:
            _values.clear()
            _names.clear()
        for name in {name for tag in tags for name in _names.get(tag, ())}:
            _forget(name)
        for follower in _followers:
            try:
                follower(tags)
            except Exception:  # a verb that is committed must not fail for it
                logger.exception("What was kept could not be dropped: %s", sorted(tags))


def also_drops(follower: Callable[[frozenset[str]], None]) -> None:
    """Have `follower` called with the tags of every `drop` from now on, within the lock of keep_if_unchanged."""
    with _lock:
        _followers.append(follower)


def trust(seconds: float) -> None:
    """Say that all changes until now were dropped; what is kept may be used for so long. 0 ends that."""
    global _trusted_until
    _trusted_until = monotonic() + seconds if seconds > 0 else 0.0


def is_trusted() -> bool:
    """Whether somebody watches for changes in this process, and could do so lately."""
    return monotonic() < _trusted_until
