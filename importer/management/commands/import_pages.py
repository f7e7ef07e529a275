"""Load saved pages: read, print or file them."""

import json
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from importer.filing import Filer
from importer.models import ImportItem
from importer.proposal import RULES_VERSION, output, propose
from importer.unreadable import SIZE_LIMIT, UnreadableFile
from organizations.models import Organization, SiteSettings

SEEDS = settings.BASE_DIR / "fixtures" / "seeds"


def files_under(path: Path) -> list[tuple[Path, str]]:
    """(file, id) of a file by itself or of all files below a folder in name order; hidden ones are left out."""
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.is_file())
        inside = [(file, file.relative_to(path)) for file in found]
        return [(file, printable(name)) for file, name in inside if not any(p.startswith(".") for p in name.parts)]
    return [(path, printable(path.name))] if path.is_file() else []


def printable(path: Path | str) -> str:
    """A path that can be printed and stored: bytes that are no UTF-8 (names zipped on old systems) become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def source_of(file: Path) -> str:
    """The file's identity: its path, inside the project from the project's top."""
    file = file.resolve()
    return printable(file.relative_to(settings.BASE_DIR) if file.is_relative_to(settings.BASE_DIR) else file)


def in_both_languages(sentence: str, params: dict) -> str:
    """A sentence in Chinese and in English, for a terminal whose reader is not known."""
    with translation.override("zh-hans"):
        chinese = _(sentence) % params
    with translation.override("en"):
        english = _(sentence) % params
    return chinese if chinese == english else f"{chinese} {english}"


class Command(BaseCommand):
    help = "Read pages (files or folders; none: the seeds) and file them as articles and draft plans."

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="print what would be filed and change nothing")
        parser.add_argument("--jsonl", action="store_true", help="print one JSON object a line")
        parser.add_argument("--publish", action="store_true", help="publish what was read without doubt")
        parser.add_argument("--full-width", action="store_true", help="set half-width marks in Chinese text full-width")
        parser.add_argument("--owner", help="address (slug) of the organisation that owns the articles")

    def handle(self, *args, **options) -> None:
        self.options = options
        files = [entry for path in options["paths"] or [SEEDS] for entry in self._listed(path)]
        filer = None if options["dry_run"] else self._filer()
        counts = dict.fromkeys(ImportItem.Outcome.values, 0) | {"articles": 0, "published": 0, "in_force": 0}
        for number, (file, name) in enumerate(files, 1):
            self._progress(number, len(files), name)
            self._one(file, name, filer, counts)
        if filer:
            filer.close()
        if not options["jsonl"]:
            self._summary(counts, len(files))
        if counts[ImportItem.Outcome.FAILED]:
            sys.exit(1)

    def _listed(self, path: Path) -> list[tuple[Path, str]]:
        if not path.exists():
            sentence = gettext_noop("“%(name)s” is not there: check the path.")
            raise CommandError(in_both_languages(sentence, {"name": path}), returncode=2)
        files = files_under(path)
        if not files:
            sentence = gettext_noop("“%(name)s” holds no files: choose a folder with pages in it.")
            raise CommandError(in_both_languages(sentence, {"name": path}), returncode=2)
        return files

    def _filer(self) -> Filer:
        slug = self.options["owner"]
        owner = Organization.objects.filter(slug=slug).first() if slug else SiteSettings.load().organization
        if owner is None:
            sentence = (
                gettext_noop("No organization has the address “%(name)s”: look it up in the admin.")
                if slug
                else gettext_noop(
                    "The site has no organization of its own yet: run set_up first, or name one with --owner."
                )
            )
            raise CommandError(in_both_languages(sentence, {"name": slug}), returncode=2)
        places = [source_of(path) for path in self.options["paths"] or [SEEDS]]
        return Filer(
            owner=owner,
            place=" ".join(places),
            publish=self.options["publish"],
            full_width_marks=self.options["full_width"],
        )

    def _one(self, file: Path, name: str, filer: Filer | None, counts: dict) -> None:
        try:
            with file.open("rb") as stream:
                raw = stream.read(SIZE_LIMIT + 1)
            proposal = propose(raw, name)
        except OSError:
            counts[ImportItem.Outcome.FAILED] += 1
            sentence = gettext_noop("“%(name)s” cannot be opened: check that it is there and may be read.")
            self.stderr.write(in_both_languages(sentence, {"name": name}))
            return
        except UnreadableFile as error:
            counts[ImportItem.Outcome.FAILED] += 1
            self.stderr.write(in_both_languages(error.message, error.params))
            if self.options["jsonl"]:
                self._print(output(error.proposal))
            return
        row = output(proposal)
        if filer is None:
            self._print(row)
            return
        try:
            filed = filer.file(raw, row, source=source_of(file), rules_version=int(RULES_VERSION))
        except ValidationError as error:
            counts[ImportItem.Outcome.FAILED] += 1
            self.stderr.write(f"{name}: {' '.join(error.messages)}")
            return
        counts[filed.outcome] += 1
        counts["articles"] += len(filed.articles)
        counts["published"] += filed.published
        counts["in_force"] += filed.in_force
        if self.options["jsonl"]:
            self._print(row)
        for note in filed.notes:
            self.stderr.write(f"{name}: {_(note)}")

    def _print(self, row: dict) -> None:
        indent = None if self.options["jsonl"] else 2
        self.stdout.write(json.dumps(row, ensure_ascii=False, indent=indent))

    def _progress(self, number: int, total: int, name: str) -> None:
        if self.stderr.isatty() and not self.options["jsonl"]:
            width = 30 * number // total
            self.stderr.write(f"\r{'━' * width}{'─' * (30 - width)} {number}/{total} {name[:40]:40}", ending="")
            if number == total:
                self.stderr.write("")

    def _summary(self, counts: dict, total: int) -> None:
        if self.options["dry_run"]:
            return
        outcomes = ImportItem.Outcome
        if counts[outcomes.UNCHANGED] == total and not counts["published"]:
            self.stdout.write(_("%(count)d file(s) read, nothing has changed.") % {"count": total})
            return
        self.stdout.write(
            _(
                "%(count)d file(s) read: %(filed)d filed, %(revised)d with a new revision, %(unchanged)d unchanged, "
                "%(aside)d put aside, %(failed)d not readable; %(articles)d articles, %(published)d published, "
                "%(in_force)d plans in force."
            )
            % {
                "count": total,
                "filed": counts[outcomes.FILED],
                "revised": counts[outcomes.REVISED],
                "unchanged": counts[outcomes.UNCHANGED],
                "aside": counts[outcomes.SET_ASIDE],
                "failed": counts[outcomes.FAILED],
                "articles": counts["articles"],
                "published": counts["published"],
                "in_force": counts["in_force"],
            }
        )
