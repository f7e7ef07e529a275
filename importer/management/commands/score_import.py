"""How right the importer is on labelled pages."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from importer.scoring import SHOWN, by_stem, score


class Command(BaseCommand):
    help = "Compare what import_pages --dry-run --jsonl printed with a gold file."

    def add_arguments(self, parser) -> None:
        parser.add_argument("printed", type=Path, metavar="PRED.jsonl", help="what the importer printed")
        parser.add_argument("gold", type=Path, metavar="GOLD.json", help="what a careful reader found")
        parser.add_argument("--detail", metavar="FIELD", help="list every wrong value of a field (title, leak, kept …)")

    def handle(self, *args, **options) -> None:
        gold = self._read(options["gold"], json.loads)
        rows = self._read(
            options["printed"], lambda text: [json.loads(row) for row in text.splitlines() if row.strip()]
        )

        def tell(page: str, name: str, wanted, got) -> None:
            if name == options["detail"]:
                self.stdout.write(f"{page} {name}: wanted {wanted!r}, got {got!r}")

        result = score(gold, by_stem(rows), tell)
        self.stdout.write(f"{'':24} {'precision':>9} {'recall':>9} {'F1':>9}")
        for name, tally in sorted(result.tallies.items()):
            self.stdout.write(f"{name:24} {tally.precision:9.3f} {tally.recall:9.3f} {tally.f1:9.3f}")
        for name in SHOWN:
            if result.rates.get(name):
                self.stdout.write(f"{name:24} {result.rate(name):9.3f}")
        self.stdout.write(f"{'OVERALL':24} {result.overall:9.3f}")

    def _read(self, path: Path, parse):
        try:
            return parse(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise CommandError(f"“{path}” is not there: check the path.", returncode=2)
        except ValueError as error:
            raise CommandError(f"“{path}” is no valid JSON: {error}.", returncode=2)
