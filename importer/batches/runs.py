"""A run of the command: the pages below a path one after another, its named batch, its report."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from importer.batches.web_pages import is_part, is_web_page
from importer.filing.pictures import bytes_beside
from importer.models import ImportBatch
from importer.parsing import Parsed, Source
from importer.readers.archives import printable, walk
from importer.readers.unreadable import SIZE_LIMIT

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Key:
    """How a page is known: its identity; its path inside the folder; the folder."""

    source: str
    inside: str
    top: Path


Page = Source


def source_of(path: Path) -> str:
    """A file's identity: its path, inside the project from the project's top."""
    path = path.resolve()
    return printable(path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path)


def count(path: Path) -> int:
    """How many files a path holds; an archive is one."""
    if not path.is_dir():
        return 1
    with_pages = _holds_web_pages(path)
    return sum(1 for name in _names(path) if not is_part(name, with_pages))


def pages_of(path: Path, base_url: str = "") -> Iterator[Page]:
    """The pages of a folder, an archive or one file, one at a time; what lies beside saved web pages is left out."""
    top = path if path.is_dir() else path.parent
    with_pages = path.is_dir() and _holds_web_pages(path)
    start = source_of(top)
    for member in walk(path):
        if not is_part(member.id, with_pages):
            inside = member.id if path.is_dir() else ""
            yield Page(member.id, member.raw, member.refusal, Key(f"{start}/{member.id}", inside, top))


def files_of(page: Page, parsed: Parsed) -> Callable[[str], bytes | None]:
    """The bytes of a page's pictures: those found inside it, else those of the files beside it."""

    def beside(name: str) -> bytes | None:
        file = (page.key.top / name).resolve()
        if not file.is_relative_to(page.key.top.resolve()) or not file.is_file() or file.stat().st_size > SIZE_LIMIT:
            return None
        return file.read_bytes()

    near = bytes_beside(page.key.inside or page.name, beside)
    return lambda source: parsed.files.get(source) or near(source)


def named_batch(name: str, owner, place: str, publish: bool, full_width: bool, total: int) -> ImportBatch | None:
    """The unfinished batch of that name, else a new one; None without a name."""
    if not name:
        return None
    batch = ImportBatch.objects.filter(name=name[:100], owner=owner, undone_at=None).order_by("-pk").first()
    if batch is None or batch.state == ImportBatch.State.ENDED:
        batch = ImportBatch(name=name[:100], owner=owner, place=place[:300])
    batch.state, batch.publish, batch.total = ImportBatch.State.RUNNING, publish, total
    batch.options |= {"publish": publish, "full_width": full_width}
    batch.save()
    return batch


def _holds_web_pages(folder: Path) -> bool:
    return any(map(is_web_page, _names(folder)))


def _names(folder: Path) -> Iterator[str]:
    for _top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (name for name in names if not name.startswith("."))


class Report(AbstractContextManager):
    """A CSV file with one line for each page, safe to open in a spreadsheet; nothing where `path` is None."""

    HEAD = ("file", "outcome", "articles", "titles", "notes")

    def __init__(self, path: Path | None, *, append: bool = False):
        self.path, self.append, self.stream = path, append, None

    def __enter__(self):
        if self.path:
            new = not (self.append and self.path.exists())
            self.stream = self.path.open("w" if new else "a", encoding="utf-8-sig" if new else "utf-8", newline="")
            self.writer = csv.writer(self.stream)
            if new:
                self.writer.writerow(self.HEAD)
        return self

    def __exit__(self, *exc) -> None:
        if self.stream:
            self.stream.close()

    def line(self, name: str, outcome: str, titles: list[str], notes: list[str]) -> None:
        if self.stream:
            cells = (name, outcome, str(len(titles)), " | ".join(titles), " | ".join(notes))
            self.writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
            self.stream.flush()
