"""The audit trail can only grow, is kept for half a year at least, and outlives people and things."""

import datetime
import io
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organizations import accounts, retention
from organizations.audit import record
from organizations.audit_search import readable_by
from organizations.audit_words import VERBS
from organizations.models import AuditEntry, Membership
from tests.factories import PASSWORD, make_article, make_organization, make_user
from tests.test_house import start_django

pytestmark = pytest.mark.django_db
DELETIONS = ["DELETE FROM organizations_auditentry WHERE id = %s"]
CHANGES = [
    "UPDATE organizations_auditentry SET verb = 'other' WHERE id = %s",
    "UPDATE organizations_auditentry SET at = '2001-01-01 00:00:00' WHERE id = %s",
]


def aged(days: float, monkeypatch, verb="save") -> AuditEntry:
    """An entry that was written `days` days ago."""
    now = timezone.now()
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: now - datetime.timedelta(days=days))
        return record(verb)


def refused(statement: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


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


@pytest.mark.parametrize("days", [0, 1, 182.99])
def test_a_young_entry_stays_as_it_is_even_by_sql(days, monkeypatch):
    entry = aged(days, monkeypatch)
    assert all(refused(statement, entry.pk) for statement in CHANGES + DELETIONS)
    assert AuditEntry.objects.values_list("at", "verb").get(pk=entry.pk) == (entry.at, "save")


def test_an_old_entry_may_go_and_never_change(monkeypatch):
    entry = aged(183.01, monkeypatch)
    assert all(refused(statement, entry.pk) for statement in CHANGES)
    assert AuditEntry.objects.values_list("at", "verb").get(pk=entry.pk) == (entry.at, "save")
    assert not refused(DELETIONS[0], entry.pk)
    assert not AuditEntry.objects.filter(pk=entry.pk).exists()


def test_an_entry_is_not_replaced_nor_the_table_emptied():
    entry = record("save")
    columns = ", ".join(field.column for field in AuditEntry._meta.concrete_fields)
    if connection.vendor == "sqlite":
        overwrite = f"REPLACE INTO organizations_auditentry ({columns}) SELECT {columns} FROM organizations_auditentry"
        assert refused(overwrite)
        assert refused("DELETE FROM organizations_auditentry")
    else:
        assert refused("TRUNCATE organizations_auditentry")
    assert AuditEntry.objects.get() == entry


# Kept so long, then pruned


@pytest.mark.parametrize("days", ["182", "1", "-1"])
def test_less_than_half_a_year_refuses_to_start(days):
    done = start_django(SECRET_KEY="k" * 50, AUDIT_KEEP_DAYS=days)
    assert done.returncode == 1
    assert "AUDIT_KEEP_DAYS must be 0 (for ever) or at least 183" in done.stderr.strip().splitlines()[-1]


def test_half_a_year_starts():
    assert start_django(SECRET_KEY="k" * 50, AUDIT_KEEP_DAYS="183").returncode == 0


def pruned(*words: str) -> str:
    out = io.StringIO()
    call_command("prune_audit", *words, stdout=out)
    return out.getvalue()


def test_what_is_older_goes_in_steps_and_the_trail_says_so(monkeypatch, settings):
    monkeypatch.setattr(retention, "CHUNK", 2)
    for days in (400, 300, 250, 201, 199, 10):
        aged(days, monkeypatch)
    assert "for ever" in pruned()
    settings.AUDIT_KEEP_DAYS = 200
    assert pruned("--dry-run").startswith("4 entries")
    assert AuditEntry.objects.count() == 6
    said = pruned()
    assert "2 of 4" in said
    assert "4 of 4" in said
    entry = AuditEntry.objects.get(verb="prune audit")
    day = timezone.localdate() - datetime.timedelta(days=200)
    assert entry.after == {"count": 4, "before": day.isoformat()}
    assert AuditEntry.objects.filter(verb="save").count() == 2
    pruned()
    assert AuditEntry.objects.filter(verb="prune audit").count() == 1


def test_what_a_review_and_a_publication_are_answered_for_by_stays_for_good(monkeypatch):
    kept = [aged(9999, monkeypatch, verb) for verb in sorted(retention.FOR_GOOD)]
    assert retention.FOR_GOOD - set(VERBS) == set()
    aged(9999, monkeypatch, "save")
    assert retention.prune(183) == 1
    assert list(AuditEntry.objects.exclude(verb="prune audit").order_by("pk")) == kept


def test_a_whole_day_is_kept_or_gone(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 11, 21, 4, tzinfo=datetime.UTC))
    assert retention.first_kept_day(183) == datetime.date(2026, 5, 22)
    midnight = datetime.datetime(2026, 5, 21, 16, tzinfo=datetime.UTC)  # in Beijing
    for moment, kept in ((midnight, True), (midnight - datetime.timedelta(seconds=1), False)):
        with monkeypatch.context() as then:
            then.setattr(timezone, "now", lambda moment=moment: moment)
            entry = record("save")
        assert retention.outdated(183).filter(pk=entry.pk).exists() is not kept


def test_the_verb_itself_refuses_less_than_half_a_year():
    with pytest.raises(ValidationError):
        retention.prune(182)


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


def test_what_happens_to_an_account_with_roles_in_two_places_is_read_in_both(client):
    here, there = make_organization("甲区总工会"), make_organization("乙区总工会")
    user = make_user("wang", role="editor", organization=here)
    Membership.objects.create(user=user, organization=there, role="editor")
    stranger = make_user("stranger", role="editor", organization=here)
    for person in (user, stranger):
        client.post("/accounts/login/", {"username": person.username, "password": PASSWORD})
    accounts.reset_password(user, None)
    article = make_article(owner=here, by=user, public=False)
    assert str(article.pk) == str(user.pk) or AuditEntry.objects.filter(verb="create").exists()

    def read(organization):
        auditor = make_user(role="auditor", organization=organization)
        rows = readable_by(auditor).exclude(object_type="organizations.organization").order_by("id")
        return list(rows.values_list("verb", "object_name"))

    account = [("sign in", "wang"), ("reset password", "wang")]
    assert read(there) == account
    assert read(here) == [account[0], ("sign in", "stranger"), account[1], ("create", str(article))]
    assert read(make_organization("丙区总工会")) == []


@pytest.mark.parametrize("many", [False, True])
def test_so_it_is_where_there_are_many(monkeypatch, many):
    """Past MOST people or organisations the numbers are asked for within the query."""
    monkeypatch.setattr("organizations.audit_search.MOST", 0 if many else 200)
    here, there = make_organization("甲区总工会"), make_organization("乙区总工会")
    user = make_user("wang", role="editor", organization=here)
    Membership.objects.create(user=user, organization=there, role="editor")
    accounts.reset_password(user, None)
    assert [entry.verb for entry in readable_by(make_user(role="auditor", organization=there))] == ["reset password"]
