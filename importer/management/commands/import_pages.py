"""Load saved pages: read, print or file them."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from importer.batches import runs
from importer.batches.runs import Page
from importer.both_languages import in_both_languages
from importer.filing import addresses, files
from importer.filing.files import Filer
from importer.models import ImportItem
from importer.parsing import Parsed, parse_all
from importer.proposal import RULES_VERSION
from organizations.models import Organization, SiteSettings

SEEDS = settings.BASE_DIR / "fixtures" / "seeds"
Outcome = ImportItem.Outcome
WIDTH = 30  # of the progress bar
TOGETHER = 20  # pages filed by one transaction
LARGE = 1_000_000  # bytes of a page that nothing is kept waiting with


class Command(BaseCommand):
    help = "Read pages (files, folders or zip archives; none: the seeds) and file them as articles and draft plans."

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="print what would be filed and change nothing")
        parser.add_argument("--jsonl", action="store_true", help="print one JSON object a line")
        parser.add_argument("--publish", action="store_true", help="publish what was read without doubt")
        parser.add_argument("--full-width", action="store_true", help="set half-width marks in Chinese text full-width")
        parser.add_argument("--owner", help="address (slug) of the organisation that owns the articles")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="read in N processes (default: 1)")
        parser.add_argument("--batch", default="", metavar="NAME", help="name the batch; one broken off goes on")
        parser.add_argument("--base-url", default="", metavar="URL", help="where a mirrored folder's top was published")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write one line for each file")

    def handle(self, *args, **options) -> None:
        self.options = options
        self.paths = options["paths"] or [SEEDS]
        self.counts = dict.fromkeys(Outcome.values, 0) | {"articles": 0, "published": 0, "in_force": 0, "files": 0}
        total = sum(map(self._count, self.paths))
        self._refuse_wrong_usage()
        self.read: list[tuple[Page, files.Page]] = []
        self.filer = None if options["dry_run"] else self._filer(total)
        try:
            with self._report() as self.report:
                self._run(total)
        except KeyboardInterrupt:
            if self.filer:
                self.filer.interrupted()
            self.stderr.write("\n" + in_both_languages(self._go_on(), {"name": options["batch"]}))
            sys.exit(130)
        if self.filer:
            self.filer.close()
        if not options["jsonl"]:
            self._summary()
        if self.counts[Outcome.FAILED]:
            sys.exit(1)

    def _run(self, total: int) -> None:
        pages = (page for path in self.paths for page in runs.pages_of(path, self.options["base_url"]))
        left = (page for page in pages if not (self.filer and self.filer.has(page.key.source)))
        done = self.filer.batch.done if self.filer and self.filer.batch else 0
        try:
            for number, (page, parsed) in enumerate(parse_all(left, self.options["workers"]), done + 1):
                self._take(page, parsed)
                if len(self.read) >= TOGETHER or len(page.raw) >= LARGE:
                    self._file()
                self._progress(number, max(total, number), page.name)
        finally:
            self._file()

    def _count(self, path: Path) -> int:
        if not path.exists():
            raise _refusal(gettext_noop("“%(name)s” is not there: check the path."), path)
        count = runs.count(path)
        if not count:
            raise _refusal(gettext_noop("“%(name)s” holds no files: choose a folder with pages in it."), path)
        return count

    def _refuse_wrong_usage(self) -> None:
        if self.options["workers"] < 1:
            raise _refusal(gettext_noop("“%(name)s” must be 1 or more."), "--workers")
        report = self.options["report"]
        if report and not report.parent.is_dir():
            raise _refusal(gettext_noop("The report's folder “%(name)s” is not there: make it first."), report.parent)

    def _filer(self, total: int) -> Filer:
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
            raise _refusal(sentence, slug)
        publish, full_width = self.options["publish"], self.options["full_width"]
        place = " ".join(map(runs.source_of, self.paths))
        batch = runs.named_batch(self.options["batch"], owner, place, publish, full_width, total)
        return Filer(owner=owner, place=place, publish=publish, full_width_marks=full_width, batch=batch)

    def _take(self, page: Page, parsed: Parsed) -> None:
        """Print or note what was read; what can be filed waits for others to be filed with."""
        self.counts["files"] += 1
        row, source = parsed.output, page.key.source
        if self.options["base_url"] and page.key.inside:
            row.setdefault("address", addresses.mirrored(self.options["base_url"], page.key.inside))
        if self.options["jsonl"] or not self.filer:
            self._print(row)
        if parsed.sentence:
            self._failed(page, row, in_both_languages(parsed.sentence, parsed.params))
            return
        if not self.filer:
            self._report_line(page.name, "", row["articles"], row["warnings"])
            return
        self.read.append((page, files.Page(page.raw, row, source, runs.files_of(page, parsed))))

    def _file(self) -> None:
        """File the pages that wait, and say what became of each."""
        waiting, self.read = self.read, []
        if waiting:
            told = self.filer.file_all([one for _page, one in waiting], rules_version=int(RULES_VERSION))
            for (page, one), filed in zip(waiting, told, strict=True):
                self._tell(page, one.output, filed)

    def _tell(self, page: Page, row: dict, filed: files.Filed | ValidationError) -> None:
        if isinstance(filed, ValidationError):
            self._failed(page, row, f"{page.name}: {' '.join(filed.messages)}")
            return
        self.counts[filed.outcome] += 1
        self.counts["articles"] += len(filed.articles)
        self.counts["published"] += filed.published
        self.counts["in_force"] += filed.in_force
        for note in filed.notes:
            self.stderr.write(f"{page.name}: {_(note)}")
        self._report_line(page.name, filed.outcome, row["articles"], [*row["warnings"], *map(_, filed.notes)])

    def _failed(self, page: Page, row: dict, sentence: str) -> None:
        self._file()  # those before it are told first
        self.counts[Outcome.FAILED] += 1
        self.stderr.write(sentence)
        if self.filer:
            self.filer.failed(row, source=page.key.source, rules_version=int(RULES_VERSION), sentence=sentence)
        self._report_line(page.name, Outcome.FAILED, [], [sentence])

    def _print(self, row: dict) -> None:
        indent = None if self.options["jsonl"] else 2
        self.stdout.write(json.dumps(row, ensure_ascii=False, indent=indent))

    def _progress(self, number: int, total: int, name: str) -> None:
        if self.stderr.isatty() and not self.options["jsonl"]:
            width = WIDTH * number // total
            self.stderr.write(f"\r{'━' * width}{'─' * (WIDTH - width)} {number}/{total} {name[:40]:40}", ending="")
            if number == total:
                self.stderr.write("")

    def _report(self):
        """The report, opened at its end where the batch goes on; what stands for nothing without one."""
        goes_on = bool(self.filer and self.filer.batch and self.filer.batch.done)
        return runs.Report(self.options["report"], append=goes_on)

    def _report_line(self, name: str, outcome: str, articles: list[dict], notes: list[str]) -> None:
        self.report.line(name, outcome, [found["title"] or "" for found in articles], notes)

    def _go_on(self) -> str:
        if self.options["batch"]:
            return gettext_noop("Broken off. The same command goes on with batch “%(name)s”.")
        return gettext_noop("Broken off. What was filed stays; run it again, what is unchanged is passed over.")

    def _summary(self) -> None:
        counts = self.counts
        if self.options["dry_run"]:
            return
        if counts[Outcome.UNCHANGED] == counts["files"] and not counts["published"]:
            self.stdout.write(_("%(count)d file(s) read, nothing has changed.") % {"count": counts["files"]})
            return
        self.stdout.write(
            _(
                "%(count)d file(s) read: %(filed)d filed, %(revised)d with a new revision, %(unchanged)d unchanged, "
                "%(aside)d put aside, %(failed)d not readable; %(articles)d articles, %(published)d published, "
                "%(in_force)d plans in force."
            )
            % {
                "count": counts["files"],
                "filed": counts[Outcome.FILED],
                "revised": counts[Outcome.REVISED],
                "unchanged": counts[Outcome.UNCHANGED],
                "aside": counts[Outcome.SET_ASIDE],
                "failed": counts[Outcome.FAILED],
                "articles": counts["articles"],
                "published": counts["published"],
                "in_force": counts["in_force"],
            }
        )


def _refusal(sentence: str, name) -> CommandError:
    return CommandError(in_both_languages(sentence, {"name": name}), returncode=2)
