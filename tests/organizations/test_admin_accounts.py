"""Accounts: signing in and out, the lockout, the forced change of password; opening, resetting and handing over."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from organizations.accounts import generated_password, hand_over, reset_password, set_active
from organizations.models import AuditEntry, Membership, User
from tests.factories import PASSWORD, make_article, make_organization, make_user

LOGIN = "/accounts/login/"
USERS = "/admin/organizations/user/"


@pytest.fixture
def owner(db):
    return make_organization("青岛市总工会", level="city")


@pytest.fixture
def manager(owner):
    return make_user("manager", role="manager", organization=owner, is_staff=True)


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": user.username, "password": password, **more})


def page(name, user):
    return reverse(f"admin:organizations_user_{name}", args=[user.pk])


# Signing in and out


def test_editors_start_at_the_desk_and_other_staff_in_the_register(client, owner):
    assert sign_in(client, make_user(role="editor", organization=owner, is_staff=True)).url == "/admin/"
    client.post("/accounts/logout/")
    assert sign_in(client, make_user(role="auditor", organization=owner)).url == "/plans/"
    client.post("/accounts/logout/")
    user = make_user(role="editor", organization=owner)
    assert sign_in(client, user, next="/plans/?level=district").url == "/plans/?level=district"
    client.post("/accounts/logout/")
    assert sign_in(client, user, next="https://elsewhere.example/").url == "/plans/"


def test_signing_out_is_a_post(client, owner):
    sign_in(client, make_user(role="editor", organization=owner))
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in client.session
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))[-2:] == ["sign in", "sign out"]


def test_the_admins_own_sign_in_is_the_sites(client, owner):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
    client.force_login(make_user())
    assert client.get("/admin/", follow=True).status_code == 403


def test_whoever_must_change_the_password_does_nothing_before(client, owner):
    user = make_user(role="editor", organization=owner, is_staff=True, must_change_password=True)
    assert sign_in(client, user).status_code == 302
    assert client.get("/admin/articles/article/").url == "/accounts/password/?next=%2Fadmin%2Farticles%2Farticle%2F"
    assert client.post("/admin/articles/article/add/").url == "/accounts/password/"

    def change(new, again=None):
        data = {"old_password": PASSWORD, "new_password1": new, "new_password2": again or new, "next": "/plans/"}
        return client.post("/accounts/password/", data)

    for refused in (PASSWORD, "short-1A", "onlysmallletters", "12345678901234"):
        assert change(refused).context["form"].errors, refused
    assert change("Fresh-Water-2026", "Fresh-Water-2027").context["form"].errors
    assert change("Fresh-Water-2026").url == "/plans/"
    assert client.get("/admin/articles/article/").status_code == 200


# Accounts at the desk


def test_an_account_is_opened_with_a_password_shown_once(desk, client, owner, manager):
    data = {"username": "wang", "name": "王编辑", "organization": owner.pk, "role": "editor"}
    response = desk.post(f"{USERS}add/", data)
    password = re.search(r"<code>(.+?)</code>", response.content.decode())[1]
    assert "no-store" in response["Cache-Control"]
    user = User.objects.get(username="wang")
    assert (user.name, user.is_staff, user.is_superuser, user.must_change_password) == ("王编辑", True, False, True)
    assert list(user.memberships.values_list("organization__name", "role")) == [("青岛市总工会", "editor")]
    entry = AuditEntry.objects.get(verb="open account")
    assert (entry.actor_id, password in str(entry.after)) == (manager.pk, False)
    client.logout()
    assert sign_in(client, user, password).status_code == 302
    assert client.get("/admin/").url.startswith("/accounts/password/")


def test_generated_passwords_differ_and_pass_every_rule(db):
    from django.contrib.auth.password_validation import validate_password

    made = {generated_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        validate_password(password)


def test_a_manager_sees_and_makes_accounts_of_the_subtree_alone(desk, owner):
    below = make_user("below", role="editor", organization=make_organization("胶州市总工会", parent=owner))
    beside = make_user("beside", role="editor", organization=make_organization("杭州市总工会", level="city"))
    both = make_user("both", role="editor", organization=owner)
    Membership.objects.create(user=both, organization=beside.memberships.get().organization, role="editor")
    chief = make_user("chief", role="editor", organization=owner, is_superuser=True)
    listed = {user.username for user in desk.get(USERS).context["cl"].result_list}
    assert listed == {"manager", "below"}
    assert desk.post(page("reset", below)).status_code == 200
    for user in (beside, both, chief):
        password = user.password
        for name in ("reset", "hand_over", "active"):
            assert desk.post(page(name, user)).status_code == 403
        user.refresh_from_db()
        assert (user.password, user.is_active) == (password, True)
    elsewhere = beside.memberships.get().organization.pk
    refused = desk.post(f"{USERS}add/", {"username": "x", "organization": elsewhere, "role": "editor"})
    assert list(refused.context["adminform"].form.errors) == ["organization"]
    data = {"username": "below", "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0}
    data |= {"memberships-0-organization": elsewhere, "memberships-0-role": "manager", "is_superuser": "on"}
    assert desk.post(page("change", below), data).status_code == 200
    below.refresh_from_db()
    assert (below.memberships.count(), below.is_superuser) == (1, False)


def test_a_related_row_stands_in_the_trail_by_its_name_before_and_after(client, owner):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    district = make_organization("胶州市总工会", parent=owner)
    other = make_organization("杭州市总工会", level="city")
    data = {"name": district.name, "kind": district.kind, "level": district.level_id, "parent": other.pk}
    client.post(reverse("admin:organizations_organization_change", args=[district.pk]), data)
    entry = AuditEntry.objects.get(verb="change")
    assert (entry.before["parent"], entry.after["parent"]) == ("青岛市总工会", "杭州市总工会")


def test_handing_over_moves_articles_and_roles_and_closes_the_account(desk, owner):
    leaving = make_user("leaving", role="editor", organization=owner)
    staying = make_user("staying", role="contributor", organization=owner)
    drafts = [make_article(owner=owner, by=leaving, public=False) for _ in range(2)]
    assert desk.get(page("hand_over", leaving)).status_code == 200
    response = desk.post(page("hand_over", leaving), {"to": staying.pk, "with_roles": "on"})
    assert response.url == USERS
    leaving.refresh_from_db()
    for draft in drafts:
        draft.refresh_from_db()
    assert [draft.contributor for draft in drafts] == [staying, staying]
    assert set(staying.memberships.values_list("role", flat=True)) == {"contributor", "editor"}
    assert not leaving.is_active
    entry = AuditEntry.objects.get(verb="hand over")
    assert entry.after == {"to": "staying", "count": 2}


def test_accounts_close_and_reopen_and_are_never_deleted(desk, manager, owner):
    user = make_user(role="editor", organization=owner)
    for active in (False, True):
        desk.post(page("active", user))
        user.refresh_from_db()
        assert user.is_active is active
    assert desk.post(page("delete", user), {"post": "yes"}).status_code == 403
    desk.post(page("active", manager))
    manager.refresh_from_db()
    assert manager.is_active


def test_nobody_closes_their_own_account_by_handing_over(desk, manager, owner):
    staying = make_user("staying", role="contributor", organization=owner)
    desk.post(page("hand_over", manager), {"to": staying.pk})
    manager.refresh_from_db()
    assert manager.is_active


def test_the_last_administrator_stays(owner):
    """Closed administrators do not count; by=None is a command on the server."""
    last = make_user(is_superuser=True)
    make_user(is_superuser=True, is_active=False)
    for close in (lambda: hand_over(last, make_user(), None), lambda: set_active(last, None, False)):
        with pytest.raises(ValidationError) as refused:
            close()
        assert refused.value.code == "last"
    other = make_user(is_superuser=True)
    set_active(other, last, False)
    other.refresh_from_db()
    assert not other.is_active


def test_set_up_makes_an_administrator_where_none_can_sign_in(db):
    def names():
        call_command("set_up", stdout=io.StringIO())
        return list(User.objects.filter(is_superuser=True, is_active=True).values_list("username", flat=True))

    assert names() == names() == ["admin"]
    assert User.objects.get().must_change_password  # what a terminal printed is nobody's password for long
    User.objects.update(is_active=False)
    assert names() == ["admin2"]


def test_the_audit_trail_is_read_by_auditors_and_for_their_organisations(client, owner):
    make_article(owner=owner, by=None, public=False)
    make_article(owner=make_organization("杭州市总工会", level="city"), by=None, public=False)
    client.force_login(make_user(role="auditor", organization=owner, is_staff=True))
    trail = client.get("/admin/organizations/auditentry/")
    assert {entry.organization_name for entry in trail.context["cl"].result_list} == {"青岛市总工会"}
    client.force_login(make_user(role="editor", organization=owner, is_staff=True))
    assert client.get("/admin/organizations/auditentry/").status_code == 403


def test_an_auditor_reads_what_happens_to_accounts_of_the_organisation(client, owner):
    user = make_user("wang", role="editor", organization=make_organization("胶州市总工会", parent=owner))
    Membership.objects.create(user=user, organization=make_organization("杭州市总工会", level="city"), role="editor")
    for _ in range(5):
        sign_in(client, user, "wrong")
    reset_password(user, None)
    set_active(user, None, False)
    sign_in(client, make_user(role="editor", organization=make_organization("宁波市总工会", level="city")))
    client.force_login(make_user("auditor", role="auditor", organization=owner, is_staff=True))
    trail = client.get("/admin/organizations/auditentry/").context["cl"].result_list
    assert [(entry.verb, entry.object_name, entry.organization_name) for entry in trail] == [
        ("sign in", "auditor", "青岛市总工会"),
        ("close account", "wang", "胶州市总工会"),
        ("reset password", "wang", "胶州市总工会"),
        ("locked out", "wang", "胶州市总工会"),
        *[("sign-in failed", "wang", "胶州市总工会")] * 5,
    ]


def test_the_user_list_asks_as_often_for_thirty_as_for_one(desk, owner, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(15) as queries:
            desk.get(USERS)
        return len(queries)

    make_user(role="editor", organization=owner)
    few = count()
    for _ in range(29):
        make_user(role="editor", organization=owner)
    assert count() == few


def test_the_pages_of_one_account_ask_few_questions(desk, owner, django_assert_max_num_queries):
    user = make_user(role="editor", organization=owner)
    for name in ("change", "reset", "second_factor", "hand_over", "active"):
        with django_assert_max_num_queries(15):
            assert desk.get(page(name, user)).status_code == 200, name
