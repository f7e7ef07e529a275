"""`manage.py hand_over`: when somebody leaves, also the last administrator."""

import io

import pytest
from django.core.management import CommandError, call_command

from organizations.models import AuditEntry, Membership
from tests.factories import make_article, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving():
    return make_user("leaving", role="editor", organization=make_organization("青岛市总工会"), name="老张")


@pytest.fixture
def staying():
    return make_user("staying", role="contributor", organization=make_organization("胶州市总工会"), name="小李")


def run(*args):
    printed = io.StringIO()
    call_command("hand_over", *args, stdout=printed)
    return printed.getvalue()


def test_work_and_roles_go_over_and_the_account_is_closed(leaving, staying):
    drafts = [make_article(by=leaving, public=False) for _ in range(2)]
    printed = run("leaving", "staying")
    leaving.refresh_from_db()
    for draft in drafts:
        draft.refresh_from_db()
    assert {draft.contributor_id for draft in drafts} == {staying.pk}
    assert set(staying.memberships.values_list("role", flat=True)) == {"contributor", "editor"}
    assert not leaving.is_active
    assert printed.startswith("2 ") and "青岛市总工会" in printed and "胶州市总工会" not in printed
    assert not leaving.memberships.exists()
    entry = AuditEntry.objects.get(verb="hand over")
    taken = AuditEntry.objects.get(verb="take role")
    assert (taken.object_name, taken.organization_name, entry.organization_name) == (
        "老张",
        "青岛市总工会",
        "青岛市总工会",
    )
    assert (entry.actor_id, entry.object_name, entry.after) == (None, "老张", {"to": "小李", "count": 2})


def test_without_the_roles(leaving, staying):
    run("leaving", "staying", "--without-roles")
    assert set(staying.memberships.values_list("role", flat=True)) == {"contributor"}
    assert not leaving.memberships.exists()


def test_the_last_administrator_is_handed_over_with_the_office(staying):
    last = make_user("last", is_superuser=True, is_staff=True)
    with pytest.raises(CommandError, match="--administrator"):
        run("last", "staying")
    last.refresh_from_db()
    assert last.is_active
    run("last", "staying", "--administrator")
    last.refresh_from_db()
    staying.refresh_from_db()
    assert (last.is_active, staying.is_superuser, staying.is_staff) == (False, True, True)
    entry = AuditEntry.objects.get(verb="change", object_id=str(staying.pk))
    assert (entry.before, entry.after) == ({"is_superuser": False}, {"is_superuser": True})


def test_what_cannot_be_done_changes_nothing(leaving, staying):
    make_user("robot", role="editor", is_service=True)
    make_user("closed", role="editor", is_active=False)
    before = Membership.objects.count()
    for names in (("leaving", "nobody"), ("nobody", "staying"), ("leaving", "leaving"), ("leaving", "closed")):
        with pytest.raises(CommandError):
            run(*names)
    with pytest.raises(CommandError):
        run("leaving", "robot", "--administrator")
    leaving.refresh_from_db()
    assert (leaving.is_active, Membership.objects.count()) == (True, before)
    assert not AuditEntry.objects.filter(verb__in=["hand over", "change"]).exists()
