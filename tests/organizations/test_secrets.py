"""Passwords and codes are told by no list, kept by no table and no entry of the trail."""

import time

import pytest
from axes.models import AccessAttempt
from django_otp.oath import TOTP

from organizations import second_factor
from organizations.models import AuditEntry, User
from tests.factories import PASSWORD, make_organization, make_user

LOGIN, USERS, AUDIT = "/accounts/login/", "/admin/organizations/user/", "/admin/organizations/auditentry/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_organization("青岛市总工会", level="city")


def with_factor(user):
    """Set the second factor of `user` up; returns the recovery codes."""
    key = second_factor.new_key()
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time()
    return second_factor.turn_on(user, key, f"{totp.token():06}")


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_a_list_is_filtered_by_what_it_offers_alone(client, owner, role):
    editor = make_user("wang", role="editor", organization=owner, is_staff=True)
    given = {"is_superuser": True} if role == "administrator" else {"role": role, "organization": owner}
    client.force_login(make_user("manager", is_staff=True, **given))
    for guess in (editor.password[:30], "x"):
        assert client.get(USERS, {"password__startswith": guess}).status_code == 400
    for lookup in ("password", "email__contains", "memberships__user__password__startswith", "id__gt"):
        assert client.get(USERS, {lookup: "1"}).status_code == 400
    page = client.get(USERS, {"is_active__exact": "1", "memberships__role__exact": "editor"})
    assert [row.username for row in page.context["cl"].result_list] == ["wang"]
    assert client.get(USERS, {"q": "wang"}).context["cl"].result_count == 1


def test_the_offered_filters_of_every_list_still_work(client, django_user_model):
    from django.contrib import admin

    client.force_login(make_user(is_superuser=True, is_staff=True))
    tried = 0
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        page = client.get(address)
        if page.status_code != 200:
            continue  # one row alone: its form
        for spec in page.context["cl"].filter_specs:
            for choice in spec.choices(page.context["cl"]):
                tried += 1
                assert client.get(address + choice["query_string"]).status_code == 200, (address, choice)
    assert tried > 30


def test_no_code_and_no_password_stands_in_the_table_of_wrong_tries(client, owner):
    user = make_user("wang", role="editor", organization=owner, is_staff=True)
    client.post(LOGIN, {"username": "wang", "password": "Wrong-Horse-1"})
    codes = with_factor(user)
    client.force_login(user)
    client.get("/accounts/security/")
    secrets = {"password": "Wrong-Horse-2", "code": codes[0], "csrfmiddlewaretoken": "token-7"}
    for page in ("codes/", "remove/"):
        client.post(f"/accounts/second-factor/{page}", secrets)
    new = {"old_password": "Wrong-Horse-3", "new_password1": "Fresh-Water-9", "new_password2": "Fresh-Water-9"}
    client.post("/accounts/password/", new)
    second_factor.remove(user)
    client.post("/accounts/second-factor/", {"password": "Wrong-Horse-4", "code": "123456"})
    kept = str(list(AccessAttempt.objects.values()))
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 4  # those after the sign-in
    for secret in (codes[0], "Wrong-Horse", "Fresh-Water", "token-7", "123456"):
        assert secret not in kept, secret
    trail = str(list(AuditEntry.objects.values()))
    assert codes[0] not in trail and "Horse" not in trail and PASSWORD not in trail
    assert User.objects.get().check_password(PASSWORD)


# The page for one's own password


def test_the_old_password_is_guessed_no_more_often_than_at_the_sign_in(client, owner):
    client.force_login(make_user("wang", role="editor", organization=owner, is_staff=True))

    def change(old, new="New-Horse-9-bat"):
        return client.post(
            "/accounts/password/", {"old_password": old, "new_password1": new, "new_password2": new}
        ).status_code

    assert [change(f"x{number}") for number in range(5)] == [200, 200, 200, 200, 429]
    assert change(PASSWORD) == 429
    assert User.objects.get().check_password(PASSWORD)
    assert AuditEntry.objects.filter(verb="sign-in failed", object_name="wang").count() == 6


def test_the_field_for_the_new_password_does_not_tell_the_old_one(client, owner):
    client.force_login(make_user("wang", role="editor", organization=owner, is_staff=True))
    for old in ("", "wrong"):
        data = {"old_password": old, "new_password1": PASSWORD, "new_password2": PASSWORD}
        page = client.post("/accounts/password/", data)
        assert list(page.context["form"].errors) == ["old_password"]


def test_who_is_held_there_may_sign_out(client, owner):
    user = make_user("wang", role="editor", organization=owner, is_staff=True)
    client.force_login(user)
    sign_out = 'action="/accounts/logout/"'
    assert sign_out not in client.get("/accounts/password/").content.decode()
    User.objects.update(must_change_password=True)
    assert sign_out in client.get("/accounts/password/").content.decode()
