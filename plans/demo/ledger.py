"""What a demonstration made, kept as runs of numbers, and where it stands on a site that is in use."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article
from organizations.audit import together
from organizations.taking_turns import give_way
from plans.models import Demonstration


class Ledger:
    """The rows that a demonstration made so far, kept with each step of the making."""

    def __init__(self, demonstration: Demonstration) -> None:
        self.demonstration = demonstration
        self.rows: dict[str, set[int]] = defaultdict(set)

    @contextmanager
    def step(self) -> Iterator[None]:
        """A transaction: what is made inside is known as made, or it is not there. Others may write after each.

        Raises ValidationError, and nothing is made, where somebody removes the demonstration meanwhile.
        """
        with transaction.atomic(), together():
            yield
            self._keep()
        give_way()

    def finish(self) -> None:
        """Say, within the last step, that all is made."""
        self.demonstration.state = Demonstration.State.WHOLE

    def add(self, objects: Iterable) -> None:
        for one in objects:
            self.rows[one._meta.label_lower].add(one.pk)

    def add_rows(self, queryset) -> None:
        self.rows[queryset.model._meta.label_lower].update(queryset.order_by().values_list("pk", flat=True))

    def _keep(self) -> None:
        one = self.demonstration
        one.rows = written(self.rows)
        still = Demonstration.objects.filter(pk=one.pk, state=Demonstration.State.MAKING)
        if not still.update(rows=one.rows, state=one.state):
            raise ValidationError(_("The demonstration was removed while it was being made."), code="removed")


def written(rows: Mapping[str, Collection[int]]) -> dict[str, list[list[int]]]:
    """The numbers of rows by the label of their model, as Demonstration.rows keeps them."""
    return {label: _runs(numbers) for label, numbers in rows.items() if numbers}


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
