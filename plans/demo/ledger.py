"""What a demonstration made, kept as runs of numbers, and where it stands on a site that is in use."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from articles.models import Article
from plans.models import Demonstration


class Ledger:
    """The rows made, gathered while they are made."""

    def __init__(self) -> None:
        self.rows: dict[str, set[int]] = defaultdict(set)

    def add(self, objects: Iterable) -> None:
        for one in objects:
            self.rows[one._meta.label_lower].add(one.pk)

    def add_rows(self, queryset) -> None:
        self.rows[queryset.model._meta.label_lower].update(queryset.order_by().values_list("pk", flat=True))

    def save(self, latest: int) -> Demonstration:
        return Demonstration.objects.create(
            latest=latest, rows={label: _runs(numbers) for label, numbers in self.rows.items() if numbers}
        )


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def made_rows(demonstration: Demonstration) -> dict[type, set[int]]:
    """The numbers of the rows it made, by model."""
    return {
        apps.get_model(label): {number for first, last in runs for number in range(first, last + 1)}
        for label, runs in demonstration.rows.items()
    }


def own_articles() -> int:
    """How many articles the site has published itself; the pages that come with the software do not count."""
    rows = Article.objects.filter(first_published_at__isnull=False)
    # the importer's room, above this one, is asked by the name of its relation only
    return rows.exclude(import_records__item__source__startswith="fixtures/seeds/").count()
