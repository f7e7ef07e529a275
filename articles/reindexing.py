"""Indexing many articles anew in short transactions: all of them by a command, an organisation's by the worker."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.tasks import task

from organizations.models import Organization
from organizations.paths import subtree_end
from organizations.taking_turns import give_way
from organizations.tree import organization_moved

from . import search
from .models import Article

BATCH = 100  # articles of one transaction


def index_anew(numbers: list[int]) -> Iterator[int]:
    """Index the articles of these numbers as they are, and say after each transaction how many are done."""
    for start in range(0, len(numbers), BATCH):
        _batch(numbers[start : start + BATCH])
        give_way()
        yield min(start + BATCH, len(numbers))


@transaction.atomic
def _batch(numbers: list[int]) -> None:
    list(Article.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))
    search.index_now(search.to_be_indexed(numbers))


@task
def index_organization(pk: int) -> None:
    """The articles of an organisation and of those below it, by its name, level and place of today."""
    path = Organization.objects.filter(pk=pk).values_list("path", flat=True).first()
    if path is not None:
        rows = Article.objects.filter(organization__path__gte=path, organization__path__lt=subtree_end(path))
        for _done in index_anew(list(rows.order_by("pk").values_list("pk", flat=True))):
            pass


@receiver(organization_moved)
def _moved(sender, organization: Organization, **about) -> None:
    transaction.on_commit(lambda: index_organization.enqueue(organization.pk))


@receiver(pre_save, sender=Organization)
def _renamed(sender, instance: Organization, raw: bool = False, **about) -> None:
    """A new name or level is found by soon; many bodies that are made at once have no articles yet."""
    if raw or instance._state.adding:
        return
    before = Organization.objects.filter(pk=instance.pk).values_list("name", "level").first()
    if before and before != (instance.name, instance.level_id):
        transaction.on_commit(lambda: index_organization.enqueue(instance.pk))
