"""Segment articles anew, after a change of the tokeniser or its dictionary."""

from django.core.management.base import BaseCommand
from django.db import transaction

from articles import search
from articles.models import Article, SearchDocument
from articles.words import TOKENIZER
from organizations.taking_turns import give_way

BATCH = 100  # articles of one transaction


class Command(BaseCommand):
    help = "Bring the search index up to date; interrupted, it goes on where it stopped."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--all", action="store_true", help="every article, not only those with an old tokeniser")

    def handle(self, *args, **options) -> None:
        rows = Article.objects.order_by("pk")
        if not options["all"]:
            current = SearchDocument.objects.filter(side=SearchDocument.Side.LATEST, tokenizer=TOKENIZER)
            rows = rows.exclude(state=Article.State.TRASHED).exclude(pk__in=current.values("article"))
        numbers = list(rows.values_list("pk", flat=True))
        for start in range(0, len(numbers), BATCH):
            self._batch(numbers[start : start + BATCH])
            give_way()
            if self.stderr.isatty():
                self.stderr.write(f"\r{min(start + BATCH, len(numbers))}/{len(numbers)}", ending="")
        self.stdout.write(f"{len(numbers)} article(s) indexed.")

    @transaction.atomic
    def _batch(self, numbers: list[int]) -> None:
        related = ("live_revision", "latest_revision", "organization")
        for article in Article.objects.select_related(*related).filter(pk__in=numbers):
            search.index(article)
