"""Segment articles anew, after a change of the tokeniser or its dictionary."""

import time

from django.core.management.base import BaseCommand
from django.db import connection

from articles.models import Article, SearchDocument
from articles.reindexing import index_anew
from articles.words import TOKENIZER

EVERY = 10  # seconds after which it says how far it is, where nobody watches


class Command(BaseCommand):
    help = "Bring the search index up to date; interrupted, it goes on where it stopped. Readers find all meanwhile."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--all", action="store_true", help="every article, not only those with an old tokeniser")

    def handle(self, *args, **options) -> None:
        rows = Article.objects.order_by("pk")
        if not options["all"]:
            latest = SearchDocument.objects.exclude(side=SearchDocument.Side.LIVE).filter(tokenizer=TOKENIZER)
            rows = rows.exclude(state=Article.State.TRASHED).exclude(pk__in=latest.values("article"))
        numbers = list(rows.values_list("pk", flat=True))
        watched, told = self.stderr.isatty(), time.monotonic()
        for done in index_anew(numbers):
            if watched or time.monotonic() - told > EVERY:
                told = time.monotonic()
                self.stderr.write(f"{done}/{len(numbers)}", ending="\r" if watched else "\n")
        if numbers and connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO articles_searchindex(articles_searchindex) VALUES ('optimize')")
        self.stdout.write(f"{len(numbers)} article(s) indexed.")
