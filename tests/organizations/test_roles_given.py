"""Giving roles: never to oneself; what asks for a second factor is asked at once; the administrator's office."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from organizations import accounts, memberships
from organizations.models import AuditEntry, Membership, User
from tests.factories import PASSWORD, make_organization, make_user
from tests.organizations.test_secrets import with_factor

LOGIN, USERS = "/accounts/login/", "/admin/organizations/user/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_organization("青岛市总工会", level="city")


@pytest.fixture
def manager(owner):
    return make_user("manager", role="manager", organization=owner, is_staff=True)


def rows(*held, more=()):
    """The inline form's data: rows that are there, and (user, organization, role) of new ones."""
    data = {"memberships-TOTAL_FORMS": len(held) + len(more), "memberships-INITIAL_FORMS": len(held)}
    for number, one in enumerate([*held, *more]):
        pk, *rest = (one.pk, one.user_id, one.organization_id, one.role) if one in held else ("", *one)
        for name, value in zip(("id", "user", "organization", "role"), (pk, *rest), strict=True):
            data[f"memberships-{number}-{name}"] = value
    return data


# One's own roles


def test_nobody_gives_changes_or_takes_their_own_roles(owner, manager):
    held = manager.memberships.get()
    below = make_organization("胶州市总工会", parent=owner)
    steps = (
        lambda: memberships.give(Membership(user=manager, organization=owner, role="signer"), manager),
        lambda: memberships.give(Membership(user=manager, organization=below, role="editor"), manager),
        lambda: memberships.change(Membership(pk=held.pk, user=manager, organization=owner, role="signer"), manager),
        lambda: memberships.take(held, manager),
    )
    for step in steps:
        with pytest.raises(ValidationError) as refusal:
            step()
        assert refusal.value.code == "own"
    assert list(manager.memberships.values_list("organization__name", "role")) == [("青岛市总工会", "manager")]
    assert not AuditEntry.objects.filter(verb__contains="role").exists()


def test_nor_at_the_desk_nor_by_handing_a_signer_over_to_themselves(client, owner, manager):
    client.force_login(manager)
    data = {"username": "manager", **rows(manager.memberships.get(), more=[(manager.pk, owner.pk, "signer")])}
    page = client.post(f"{USERS}{manager.pk}/change/", data)
    assert page.status_code == 200 and page.context["errors"]
    signer = make_user("signer", role="signer", organization=owner)
    hand_over = f"{USERS}{signer.pk}/hand-over/"
    assert client.post(hand_over, {"to": manager.pk, "with_roles": "on"}).status_code == 200
    signer.refresh_from_db()
    assert signer.is_active and list(signer.memberships.values_list("role", flat=True)) == ["signer"]
    assert client.post(hand_over, {"to": manager.pk}).status_code == 302  # the work alone
    assert list(manager.memberships.values_list("role", flat=True)) == ["manager"]


def test_another_manager_and_an_administrator_may(owner, manager):
    other = make_user(role="manager", organization=owner)
    memberships.give(Membership(user=manager, organization=owner, role="signer"), other)
    chief = make_user(is_superuser=True)
    memberships.give(Membership(user=chief, organization=owner, role="editor"), chief)
    assert manager.memberships.count() == 2 and chief.memberships.count() == 1


# The second factor


def test_a_role_that_asks_for_a_second_factor_ends_the_sessions_of_who_has_none(client, owner, settings):
    settings.SECOND_FACTOR_ROLES = ["signer"]
    user = make_user("wang", role="editor", organization=owner, is_staff=True)
    other = make_user("zhao", role="editor", organization=owner, is_staff=True)
    with_factor(other)

    def still_in(person, role):
        client.force_login(person)
        memberships.give(Membership(user=person, organization=owner, role=role), None)
        return client.get("/admin/").status_code == 200

    assert still_in(user, "reviewer")  # asks for none
    assert still_in(other, "signer")  # has one
    assert not still_in(user, "signer")
    client.post(LOGIN, {"username": "wang", "password": PASSWORD})
    assert client.get("/admin/").url.startswith("/accounts/second-factor/")


@pytest.mark.parametrize("way", ["desk", "hand over"])
def test_so_does_the_administrators_office(client, owner, settings, way):
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    chief = make_user("chief", is_superuser=True, is_staff=True)
    with_factor(chief)
    user = make_user("wang", is_staff=True)
    client.force_login(user)
    client.get("/accounts/security/")
    if way == "desk":
        theirs = client.__class__()
        theirs.force_login(chief)
        theirs.post(f"{USERS}{user.pk}/change/", {"username": "wang", "is_superuser": "on", **rows()})
    else:
        accounts.hand_over(chief, user, None, administrator=True)
    assert User.objects.get(pk=user.pk).is_superuser
    assert client.get("/accounts/security/").url.startswith(LOGIN)


# The office handed on at the desk


def test_administrators_alone_hand_their_office_on_at_the_desk(client, owner, manager):
    chief, leaving = (make_user(name, is_superuser=True, is_staff=True) for name in ("chief", "leaving"))
    to = make_user("to", role="editor", organization=owner)
    editor = make_user("editor", role="editor", organization=owner)
    client.force_login(manager)
    page = f"{USERS}{editor.pk}/hand-over/"
    assert "administrator" not in client.get(page).context["form"].fields
    client.post(page, {"to": to.pk, "administrator": "on"})
    assert not User.objects.get(pk=to.pk).is_superuser
    client.force_login(chief)
    page = f"{USERS}{leaving.pk}/hand-over/"
    assert "administrator" in client.get(page).context["form"].fields
    assert client.post(page, {"to": to.pk, "administrator": "on"}).status_code == 302
    assert User.objects.get(pk=to.pk).is_superuser and not User.objects.get(pk=leaving.pk).is_active


# A lost password, on the server


def test_a_new_password_is_made_on_the_server(client, owner):
    user = make_user("wang", role="editor", organization=owner, is_staff=True)
    theirs = client.__class__()
    theirs.force_login(user)
    for _ in range(5):
        client.post(LOGIN, {"username": "wang", "password": "wrong"})
    printed = io.StringIO()
    call_command("reset_password", "wang", stdout=printed)
    password = printed.getvalue().splitlines()[0].split()[-1]
    assert theirs.get("/accounts/security/").url.startswith(LOGIN)
    assert client.post(LOGIN, {"username": "wang", "password": password}).status_code == 302
    assert client.get("/admin/").url.startswith("/accounts/password/")
    assert AuditEntry.objects.get(verb="reset password").actor_id is None
    with pytest.raises(CommandError):
        call_command("reset_password", "nobody")
