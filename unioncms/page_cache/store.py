"""Pages within a number of bytes: what was asked for longest ago goes first, what changed goes by its tags."""

from collections import OrderedDict
from collections.abc import Collection

from organizations.kept import SITE

from .asking import Key
from .page import Page


class Store:
    """`put` and `drop` are called within the lock of organizations.kept; `get` needs none."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._keys: dict[str, set[Key]] = {}  # by tag

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key | None) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            try:
                self._pages.move_to_end(key)
            except KeyError:  # it was dropped this very moment
                return None
        return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page; not one that would take an eighth of the room."""
        self._forget(key)
        if page.size > self.most_bytes // 8:
            return
        self._pages[key] = page
        self.bytes += page.size
        for tag in page.tags:
            self._keys.setdefault(tag, set()).add(key)
        while self.bytes > self.most_bytes:
            self._forget(next(iter(self._pages)))

    def drop(self, tags: Collection[str]) -> None:
        if SITE in tags:
            self._pages.clear()
            self._keys.clear()
            self.bytes = 0
            return
        for tag in tags:
            for key in self._keys.pop(tag, ()):
                self._forget(key)

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.bytes -= page.size
        for tag in page.tags:
            if (keys := self._keys.get(tag)) is not None:
                keys.discard(key)
                if not keys:
                    del self._keys[tag]
