"""Take records in: articles and plans, one JSON object a line (docs/records.md)."""

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from importer.both_languages import in_both_languages
from importer.records.filing import BAD, KEPT, NEW, OUTCOMES, OWN_ADDRESS, REVISED, UNCHANGED, Entry, Filer
from importer.records.lines import Source, fingerprint, opened
from importer.records.preparing import prepared
from importer.records.queueing import Chunk, chunks
from importer.records.rows import RecordsRun
from importer.records.shape import BadRecord
from organizations.audit import record
from organizations.models import Organization, SiteSettings
from organizations.taking_turns import give_way

WIDTH = 30  # of the progress bar
SMALL = 2_000_000  # bytes of a file that other processes are not begun for
TURN = 1.0  # seconds of writing, after which others that wait to write on SQLite are let in
NAMED = 20  # things made that are named at the end
LINE = gettext_noop("Line %(number)d:")
NO_FILE = gettext_noop("“%(name)s” is not there or cannot be read: check the path.")
NO_OWNER = gettext_noop("No organization has the address “%(name)s”: look it up in the admin.")
NO_SITE = gettext_noop("The site has no organization of its own yet: run set_up first, or name one with --owner.")
BROKEN_OFF = gettext_noop("Broken off. The same command goes on behind line %(line)d.")
GOES_ON = gettext_noop("An earlier run was broken off; this one goes on behind line %(line)d.")
PATTERN = gettext_noop("“%(name)s” is no pattern: it begins with / and holds {slug} or {id}.")
WORKERS = gettext_noop("“%(name)s” must be 0 or more.")


class Command(BaseCommand):
    help = "Take in articles and plans from a file of records, one JSON object a line (.jsonl, .jsonl.gz, - for stdin)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl")
        parser.add_argument(
            "--origin", default="", metavar="NAME", help="the site they are from (default: as they say)"
        )
        parser.add_argument("--owner", help="address (slug) of the organisation that owns the articles")
        parser.add_argument("--address", default=OWN_ADDRESS, metavar="PATTERN", help="old path of a bare slug")
        parser.add_argument(
            "--workers", type=int, metavar="N", help="processes that read (default: one a core; 0: none)"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done and change nothing")

    def handle(self, *args, **options) -> None:
        self.options, self.path = options, options["file"]
        self._refuse_wrong_usage()
        self.counts: Counter = Counter()
        self.made: dict[str, dict[str, None]] = {"channel": {}, "organization": {}, "tag": {}}
        self.filer = Filer(self._owner(), made=self._made, dry_run=options["dry_run"], pattern=options["address"])
        self.run = None if options["dry_run"] or self.path == "-" else self._run()
        try:
            with opened(self.path) as source:
                gc.freeze()  # what is loaded now stays; only what a chunk makes is looked through
                self._take(source)
        except OSError:
            raise _refusal(NO_FILE, self.path)
        except KeyboardInterrupt:
            line = RecordsRun.objects.get(pk=self.run.pk).line if self.run else 0
            self.stderr.write("\n" + in_both_languages(BROKEN_OFF, {"line": line}))
            sys.exit(130)
        finally:
            gc.unfreeze()
        if self.run:
            RecordsRun.objects.filter(pk=self.run.pk).update(ended_at=timezone.now())
            record("import", self.run, organization=self.filer.owner, note=self._sentence(), tags=())
        self._summary()
        if self.counts[BAD]:
            sys.exit(1)

    def _refuse_wrong_usage(self) -> None:
        pattern, workers = self.options["address"], self.options["workers"]
        try:
            tried = pattern.format(slug="s", id="s", channel="c")
        except (KeyError, IndexError, ValueError):
            tried = ""
        if not tried.startswith("/") or "s" not in tried:
            raise _refusal(PATTERN, pattern)
        if workers is not None and workers < 0:
            raise _refusal(WORKERS, "--workers")
        if self.path != "-" and not Path(self.path).is_file():
            raise _refusal(NO_FILE, self.path)

    def _owner(self) -> Organization:
        slug = self.options["owner"]
        owner = Organization.objects.filter(slug=slug).first() if slug else SiteSettings.load().organization
        if owner is None:
            raise _refusal(NO_OWNER if slug else NO_SITE, slug)
        return owner

    def _run(self) -> RecordsRun:
        """The run over this file that was broken off, else a new one."""
        known, origin = fingerprint(self.path), self.options["origin"][:200]
        run = RecordsRun.objects.filter(fingerprint=known, origin=origin, ended_at=None).first()
        if run is None:
            return RecordsRun.objects.create(
                place=str(Path(self.path).resolve())[:300], fingerprint=known, origin=origin
            )
        self.counts.update(run.counts)
        self.stderr.write(in_both_languages(GOES_ON, {"line": run.line}))
        return run

    def _take(self, source: Source) -> None:
        lines = source.lines(self.run.offset, self.run.line) if self.run else source.lines()
        origin, paused = self.options["origin"], time.monotonic()
        for chunk, found in prepared(self._watched(chunks(lines, origin), source), origin, self._workers(source)):
            entries = []
            for (number, digest, key), ready in zip(chunk.waiting, found, strict=True):
                if isinstance(ready, BadRecord):
                    chunk.bad.append((number, ready))
                else:
                    entries.append(Entry(number, digest, ready, key))
            self.filer.file(entries, self.run, lambda: self._done(chunk, entries))  # noqa: B023  called at once
            self._tell(chunk, entries)
            if time.monotonic() - paused > TURN:
                give_way()
                paused = time.monotonic()
        self._progress(source, end=True)

    def _workers(self, source: Source) -> int:
        if self.options["workers"] is not None:
            return self.options["workers"]
        return (os.cpu_count() or 1) if source.size is None or source.size > SMALL else 0

    def _watched(self, given: Iterator[Chunk], source: Source) -> Iterator[tuple[Chunk, list[bytes]]]:
        for chunk in given:
            yield chunk, chunk.raws
            chunk.raws = []
            self._progress(source)

    def _done(self, chunk: Chunk, entries: list[Entry]) -> dict:
        counts = self.counts + self._of(chunk, entries)
        return {"line": chunk.line, "offset": chunk.offset, "counts": dict(counts)}

    def _of(self, chunk: Chunk, entries: list[Entry]) -> Counter:
        found = Counter(entry.outcome for entry in entries if entry.outcome)
        return found + Counter({UNCHANGED: chunk.unchanged, BAD: len(chunk.bad)})

    def _tell(self, chunk: Chunk, entries: list[Entry]) -> None:
        """Count what became of a chunk, and say by their lines what was wrong."""
        self.counts += self._of(chunk, entries)
        said = [(number, refusal.sentence, refusal.params) for number, refusal in chunk.bad]
        said += [(entry.number, *note) for entry in entries for note in entry.notes]
        for number, sentence, params in sorted(said, key=lambda one: one[0]):
            self.stderr.write(_on_line(number, sentence, params))

    def _made(self, kind: str, name: str) -> None:
        self.made[kind][name] = None

    def _progress(self, source: Source, *, end: bool = False) -> None:
        if self.stderr.isatty():
            part = min(1.0, source.position / source.size) if source.size else 0.0
            bar = "━" * int(WIDTH * part) + "─" * (WIDTH - int(WIDTH * part))
            done = sum(self.counts[name] for name in OUTCOMES)
            self.stderr.write(f"\r{bar} {part:4.0%} {done:,}", ending="\n" if end else "")

    def _sentence(self) -> str:
        names = (NEW, REVISED, UNCHANGED, KEPT, BAD)
        return _(
            "%(count)d records: %(new)d new, %(revised)d revised, %(unchanged)d unchanged, "
            "%(kept)d left as edited here, %(bad)d bad lines."
        ) % {"count": sum(self.counts[name] for name in names), **{name: self.counts[name] for name in names}}

    def _summary(self) -> None:
        for kind, sentence in (
            ("channel", _("Channels made: %(count)d (%(names)s)")),
            ("organization", _("Organizations made: %(count)d (%(names)s)")),
            ("tag", _("Tags made: %(count)d (%(names)s)")),
        ):
            if names := list(self.made[kind]):
                shown = "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
                self.stdout.write(sentence % {"count": len(names), "names": shown})
        self.stdout.write(self._sentence())
        if self.options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))


def _on_line(number: int, sentence: str, params: dict) -> str:
    return f"{in_both_languages(LINE, {'number': number})} {in_both_languages(sentence, params)}"


def _refusal(sentence: str, name) -> CommandError:
    return CommandError(in_both_languages(sentence, {"name": name}), returncode=2)
