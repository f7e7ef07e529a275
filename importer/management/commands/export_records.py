"""Give records out: articles and plans, one JSON object a line (docs/records.md)."""

import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from importer.both_languages import in_both_languages
from importer.records.writing import count, records

WIDTH = 30
NO_PLACE = gettext_noop("“%(name)s” cannot be written: check the folder and its rights.")


class Command(BaseCommand):
    help = "Write what is public (or --all) as records, one JSON object a line, to FILE (.jsonl, .jsonl.gz) or stdout."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", default="-", metavar="FILE.jsonl")
        parser.add_argument("--all", action="store_true", help="drafts, withdrawn articles and draft plans, too")

    def handle(self, *args, **options) -> None:
        everything, path = options["all"], options["file"]
        total, written = count(everything=everything), 0
        try:
            with _opened(path) as stream:
                for one in records(everything=everything):
                    stream.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")
                    written += 1
                    if self.stderr.isatty() and (written % 100 == 0 or written == total):
                        bar = "━" * (WIDTH * written // max(total, written))
                        end = "\n" if written == total else ""
                        self.stderr.write(f"\r{bar:─<{WIDTH}} {written:,}/{total:,}", ending=end)
        except BrokenPipeError:  # whoever read it has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError:
            raise CommandError(in_both_languages(NO_PLACE, {"name": path}), returncode=2)
        if path != "-":
            self.stdout.write(_("%(count)d records written.") % {"count": written})


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """A file that takes its place when it is whole, packed where its name ends so; or standard output."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    whole, part = Path(path), Path(f"{path}.part")
    try:
        with part.open("wb") as beneath:
            if whole.suffix == ".gz":
                with (
                    gzip.GzipFile(filename="", mode="wb", fileobj=beneath, mtime=0) as stream,
                    io.BufferedWriter(stream) as out,
                ):
                    yield out
            else:
                yield beneath
        part.replace(whole)
    finally:
        part.unlink(missing_ok=True)
