"""The audit trail can only grow, and outlives people and things."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from organizations.audit import record
from organizations.audit_words import VERBS
from organizations.models import AuditEntry
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def test_an_entry_outlives_its_person_and_its_object():
    user, organization = make_user("wang", name="王编辑"), make_organization("甲市总工会", level="city")
    entry = record("save", organization, by=user, organization=organization)
    user.delete()
    organization.delete()
    entry.refresh_from_db()
    assert (entry.actor_name, entry.object_name, entry.organization_name) == ("王编辑", "甲市总工会", "甲市总工会")


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="other"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_delete_an_entry(change):
    entry = record("save", by=make_user())
    with pytest.raises(DatabaseError), transaction.atomic():
        change(AuditEntry.objects.filter(pk=entry.pk))
    assert AuditEntry.objects.get(pk=entry.pk).verb == "save"


def test_every_verb_that_is_recorded_has_its_words():
    root = Path(__file__).parents[2]
    code = "".join(
        path.read_text("utf-8")
        for room in ("organizations", "articles", "plans", "importer", "unioncms")
        for path in (root / room).rglob("*.py")
    )
    recorded = set(re.findall(r"\brecord\(\s*\"([a-z ]+)\"", code))
    assert len(recorded) > 15
    assert recorded - set(VERBS) == set()
