"""Damaged pages: each is read or refused with a sentence, prints a valid line, and is filed whole or not at all.

MUTATIONS=10000 tries that many instead of a few hundred; SEED=n others.
"""

import io
import os
import traceback

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command

from importer.filing.files import Filer
from importer.models import ImportedArticle, ImportItem
from importer.proposal import RULES_VERSION
from organizations.consistency import faults as data_faults
from organizations.models import SiteSettings
from tests.importer.mutations import STRUCTURES, mutant, mutants
from tests.importer.output_schema import faults, read

COUNT = int(os.environ.get("MUTATIONS", "300"))
SEED = int(os.environ.get("SEED", "0"))
EVERY = 10  # of which one is filed


def test_mutants_can_be_made_again():
    assert mutant(17) == mutant(17) and mutant(17) != mutant(17, seed=1)


def test_every_structure_is_met():
    done = "+".join(name for name, _ in mutants(300))
    assert [structure.__name__ for structure in STRUCTURES if structure.__name__ not in done] == []


def test_no_traceback_and_valid_output():
    wrong = []
    for name, raw in mutants(COUNT, SEED):
        try:
            wrong += [(name, fault) for fault in faults(read(raw))]
        except Exception:
            wrong.append((name, traceback.format_exc(limit=-3)))
    assert wrong == []


@pytest.fixture
def filer(db):
    call_command("set_up", stdout=io.StringIO())
    return Filer(owner=SiteSettings.load().organization, place="mutations", publish=True)


def counted():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def test_filed_whole_or_not_at_all(filer):
    wrong = []
    for number, (name, raw) in enumerate(mutants(COUNT, SEED)):
        if number % EVERY or not (row := read(raw))["articles"]:
            continue
        before = counted()
        try:
            filed = filer.file(raw, row, source=f"mutants/{number}", rules_version=int(RULES_VERSION))
        except ValidationError as refusal:
            wrong += [(name, "half-written after", str(refusal))] if counted() != before else []
            continue
        item = ImportItem.objects.latest("pk")
        rows = ImportedArticle.objects.filter(item=item, article__isnull=False, revision__isnull=False)
        if filed.outcome != ImportItem.Outcome.UNCHANGED and rows.count() != len(filed.articles):
            wrong.append((name, filed.outcome, rows.count(), len(filed.articles)))
    assert wrong == []
    assert [str(fault) for fault in data_faults()] == []
    assert ImportedArticle.objects.count() > COUNT // 50
