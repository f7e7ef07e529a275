"""The second factor: set up, asked for, used once, throttled, required by role, lost and reset."""

import datetime
import io
import os
import re
import subprocess
import sys
import time
from base64 import b32decode

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from organizations import accounts, second_factor
from organizations.models import AuditEntry, RecoveryCode, SignedInSession, User
from tests.factories import PASSWORD, make_organization, make_user

LOGIN, CODE, SET_UP = "/accounts/login/", "/accounts/login/code/", "/accounts/second-factor/"
CODES, REMOVE = SET_UP + "codes/", SET_UP + "remove/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_organization("青岛市总工会", level="city")


@pytest.fixture
def user(owner):
    return make_user("wang", role="signer", organization=owner, is_staff=True)


def code_now(user, steps=0):
    """What the person's app shows, `steps` times thirty seconds from now."""
    totp = TOTP(TOTPDevice.objects.get(user=user).bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def turned_on(user):
    """Set the second factor of `user` up with a code of a minute and a half ago's step; returns the recovery codes."""
    key = second_factor.new_key()
    codes = second_factor.turn_on(user, key, f"{TOTP(bytes.fromhex(key)).token():06}")
    TOTPDevice.objects.update(last_t=-1)
    return codes


def wait_over():
    """Let the wait after wrong codes have passed."""
    TOTPDevice.objects.update(throttling_failure_timestamp=None)


def password(client, user, **more):
    return client.post(LOGIN, {"username": user.username, "password": PASSWORD, **more})


def give(client, code):
    return client.post(CODE, {"code": code})


def is_in(client):
    return client.get("/plans/").status_code == 200


def count(verb):
    return AuditEntry.objects.filter(verb=verb).count()


# Setting up


def test_setting_up_shows_the_secret_takes_one_code_and_shows_ten_recovery_codes_once(client, user):
    other = Client()
    password(client, user)
    password(other, user)
    page = client.get(SET_UP)
    text = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert re.search(r"<svg [^>]*viewBox", text)
    assert "style=" not in re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    groups = re.search(r'class="union-key">([A-Z2-7 ]+)<', text)[1]
    assert {len(group) for group in groups.split()} == {4}
    assert client.get(SET_UP).context["key"] == groups  # a reload keeps the secret
    wrong = client.post(SET_UP, {"password": PASSWORD, "code": "000000"})
    assert wrong.context["form"].errors and not TOTPDevice.objects.exists()
    token = f"{TOTP(b32decode(groups.replace(' ', ''))).token():06}"
    for missing in ("", "wrong"):
        refused = client.post(SET_UP, {"password": missing, "code": token})
        assert list(refused.context["form"].errors) == ["password"] and not TOTPDevice.objects.exists()
    done = client.post(SET_UP, {"password": PASSWORD, "code": f"{token[:3]} {token[3:]}"})
    assert "no-store" in done["Cache-Control"]
    codes = done.context["codes"]
    assert len(set(codes)) == 10 and all(code in done.content.decode() for code in codes)
    stored = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    assert count("turn on second factor") == 1
    assert client.get(SET_UP).url == "/accounts/security/"
    assert client.post(SET_UP, {"password": PASSWORD, "code": token}).url == SET_UP
    assert (is_in(client), is_in(other)) == (True, False)
    client.logout()
    password(client, user)
    assert give(client, token).context["form"].errors  # the code that proved the device cannot be used again


# Signing in


def test_the_password_alone_gives_no_session_with_rights(client, user):
    turned_on(user)
    response = password(client, user, next="/plans/?year=2019")
    assert response.url == CODE
    assert "_auth_user_id" not in client.session
    assert SignedInSession.objects.get().user_id is None
    assert (is_in(client), count("sign in")) == (False, 0)
    accepted = AuditEntry.objects.get(verb="password accepted")
    assert (accepted.actor_id, accepted.object_id, accepted.address) == (user.pk, str(user.pk), "127.0.0.1")
    assert "no-store" in client.get(CODE)["Cache-Control"]
    assert give(client, code_now(user)).url == "/plans/?year=2019"
    assert (is_in(client), count("sign in")) == (True, 1)
    assert SignedInSession.objects.get().user_id == user.pk


def test_codes_may_be_typed_with_spaces_and_full_width_digits(client, user):
    turned_on(user)
    password(client, user)
    token = code_now(user)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in token)
    assert give(client, f"{wide[:3]} {wide[3:]}").status_code == 302
    assert is_in(client)


def test_a_code_is_good_once(client, user):
    turned_on(user)
    token = code_now(user)
    password(client, user)
    assert give(client, token).status_code == 302
    client.logout()
    password(client, user)
    assert give(client, token).context["form"].errors
    assert not is_in(client)
    wait_over()
    assert give(client, code_now(user, 1)).status_code == 302


def test_a_recovery_code_is_good_once_and_for_its_person_alone(client, user):
    codes = turned_on(user)
    other = make_user("other", role="editor")
    theirs = turned_on(other)
    password(client, user)
    assert give(client, theirs[0]).context["form"].errors
    wait_over()
    assert give(client, codes[0].upper().replace("-", " ")).status_code == 302
    assert is_in(client)
    assert AuditEntry.objects.get(verb="use recovery code").after == {"left": 9}
    client.logout()
    password(client, user)
    assert give(client, codes[0]).context["form"].errors
    wait_over()
    assert give(client, codes[1]).status_code == 302
    assert client.get("/accounts/security/").context["codes_left"] == 8


def test_wrong_codes_must_wait_longer_each_time_and_stand_in_the_trail(client, user):
    turned_on(user)
    password(client, user)
    assert give(client, "000000").context["form"].errors
    assert give(client, code_now(user)).context["form"].errors["code"]  # right, but within the wait
    assert (is_in(client), count("wrong second factor")) == (False, 1)
    entry = AuditEntry.objects.get(verb="wrong second factor")
    assert (entry.actor_id, entry.object_name) == (user.pk, "wang")
    for recovery in ("aaaa-aaaa-aaaa-aaaa", "111111"):
        wait_over()
        give(client, recovery)
    device = TOTPDevice.objects.get()
    assert device.throttling_failure_count == 3
    waits = device.verify_is_allowed()[1]["locked_until"] - device.throttling_failure_timestamp
    assert waits == datetime.timedelta(seconds=4)
    wait_over()
    assert give(client, code_now(user)).status_code == 302
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_after_five_wrong_codes_the_password_is_asked_again(client, user):
    turned_on(user)
    password(client, user)
    answers = []
    for _ in range(5):
        answers.append(give(client, "000000").status_code)
        wait_over()
    assert answers == [200, 200, 200, 200, 302]
    assert give(client, code_now(user)).url == LOGIN
    assert not is_in(client)


def test_the_half_signed_in_have_five_minutes_an_open_account_and_the_same_password(client, user, monkeypatch):
    turned_on(user)

    def refused(change):
        password(client, user)
        change()
        return give(client, code_now(user)).url == LOGIN and not is_in(client)

    assert refused(lambda: User.objects.update(is_active=False))
    User.objects.update(is_active=True)
    assert refused(lambda: User.objects.update(is_service=True))
    User.objects.update(is_service=False)
    assert refused(lambda: User.objects.update(password="!"))
    User.objects.update(password=user.password)
    now = time.time()
    assert refused(lambda: monkeypatch.setattr("organizations.views.time.time", lambda: now + 301))
    monkeypatch.undo()
    password(client, user)
    assert give(client, code_now(user)).status_code == 302


def test_the_page_for_the_code_is_for_whoever_gave_a_password(client):
    assert client.get(CODE).url == LOGIN
    assert give(client, "123456").url == LOGIN
    assert client.get(CODE).cookies == {}


def test_a_half_sign_in_does_not_forgive_wrong_passwords(client, user):
    """Else somebody with the password but without the phone could keep an account's count low for ever."""
    turned_on(user)
    for _ in range(4):
        client.post(LOGIN, {"username": user.username, "password": "wrong"})
    password(client, user)
    assert client.post(LOGIN, {"username": user.username, "password": "wrong"}).status_code == 429


# Required by role


@pytest.mark.parametrize("role", ["signer", "administrator"])
def test_who_must_have_one_sets_it_up_before_anything_else(client, owner, settings, role):
    settings.SECOND_FACTOR_ROLES = ["signer", "administrator"]
    if role == "signer":
        user = make_user("zhao", role="signer", organization=owner, is_staff=True)
    else:
        user = make_user("zhao", is_superuser=True, is_staff=True)
    assert password(client, user).status_code == 302
    assert client.get("/admin/articles/article/").url == SET_UP + "?next=%2Fadmin%2Farticles%2Farticle%2F"
    assert client.post("/admin/articles/article/add/").url == SET_UP
    page = client.get(SET_UP)
    assert page.context["is_due"] and "password" not in page.context["form"].fields
    token = f"{TOTP(b32decode(page.context['key'].replace(' ', ''))).token():06}"
    done = client.post(SET_UP, {"code": token, "next": "/plans/"})
    assert done.context["target"] == "/plans/"
    assert client.get("/admin/articles/article/").status_code == 200


def test_the_others_are_not_held_nor_asked_about_at_later_requests(client, owner, settings, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.SECOND_FACTOR_ROLES = ["signer"]
    password(client, make_user("zhao", role="editor", organization=owner))
    with CaptureQueriesContext(connection) as queries:
        assert is_in(client)
    assert not [query for query in queries if "otp_totp" in query["sql"]]


def test_a_first_sign_in_changes_the_password_and_then_sets_the_factor_up(client, owner, settings):
    settings.SECOND_FACTOR_ROLES = ["signer"]
    user = make_user("zhao", role="signer", organization=owner, must_change_password=True)
    password(client, user)
    assert client.get("/plans/").url.startswith("/accounts/password/")
    new = {"old_password": PASSWORD, "new_password1": "Fresh-Water-2026", "new_password2": "Fresh-Water-2026"}
    client.post("/accounts/password/", new)
    assert client.get("/plans/").url.startswith(SET_UP)
    assert client.post("/accounts/logout/").url == "/"


def test_a_role_that_is_none_stops_the_start(settings):
    settings.SECOND_FACTOR_ROLES = ["signer", "sigmer"]
    assert [error.id for error in second_factor.roles_are_known(None)] == ["organizations.E001"]
    settings.SECOND_FACTOR_ROLES = ["signer", "administrator"]
    assert second_factor.roles_are_known(None) == []


def test_the_roles_may_be_listed_with_spaces():
    environment = os.environ | {"SECOND_FACTOR_ROLES": "signer, manager ,"}
    ask = "from unioncms.settings import SECOND_FACTOR_ROLES; print(SECOND_FACTOR_ROLES)"
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=django_settings.BASE_DIR, capture_output=True
    )
    assert done.stdout.decode().strip() == "['signer', 'manager']", done.stderr


# New codes, taking away, losing


def test_new_recovery_codes_ask_for_password_and_code_and_end_the_old_ones(client, user):
    old = turned_on(user)
    client.force_login(user)
    assert client.post(CODES, {"password": "wrong", "code": code_now(user)}).context["form"].errors
    assert client.post(CODES, {"password": PASSWORD, "code": "000000"}).context["form"].errors
    wait_over()
    page = client.post(CODES, {"password": PASSWORD, "code": code_now(user)})
    assert len(page.context["codes"]) == 10 and not set(page.context["codes"]) & set(old)
    assert (count("new recovery codes"), RecoveryCode.objects.count()) == (1, 10)
    client.logout()
    password(client, user)
    assert give(client, old[0]).context["form"].errors
    wait_over()
    assert give(client, page.context["codes"][0]).status_code == 302


def test_a_wrong_password_there_counts_towards_the_lockout(client, user):
    turned_on(user)
    client.force_login(user)
    answers = [client.post(REMOVE, {"password": "wrong", "code": "1"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert client.post(REMOVE, {"password": PASSWORD, "code": code_now(user)}).status_code == 429
    assert TOTPDevice.objects.exists()


def test_taking_it_away_asks_for_both_and_not_while_a_role_requires_it(client, user, settings):
    turned_on(user)
    client.force_login(user)
    settings.SECOND_FACTOR_ROLES = ["signer"]
    assert client.post(REMOVE, {"password": PASSWORD, "code": code_now(user)}).context["form"].errors
    assert TOTPDevice.objects.exists()
    settings.SECOND_FACTOR_ROLES = []
    assert client.post(REMOVE, {"password": PASSWORD, "code": code_now(user, 1)}).url == "/accounts/security/"
    assert not TOTPDevice.objects.exists() and not RecoveryCode.objects.exists()
    assert count("turn off second factor") == 1
    assert client.get(REMOVE).url == client.get(CODES).url == "/accounts/security/"


def test_a_manager_resets_a_lost_factor_of_their_people_alone(client, owner, user):
    turned_on(user)
    stranger = make_user("stranger", role="editor", organization=make_organization())
    turned_on(stranger)
    manager = make_user("manager", role="manager", organization=owner, is_staff=True)
    turned_on(manager)
    theirs = Client()
    theirs.force_login(user)
    client.force_login(manager)

    def reset(person):
        return client.post(f"/admin/organizations/user/{person.pk}/second-factor/").status_code

    assert client.get(f"/admin/organizations/user/{user.pk}/second-factor/").status_code == 200
    assert (reset(user), reset(stranger), reset(manager)) == (302, 403, 302)
    left = set(TOTPDevice.objects.values_list("user__username", flat=True))
    assert left == {"stranger", "manager"}
    assert not is_in(theirs)
    assert AuditEntry.objects.get(verb="turn off second factor").actor_id == manager.pk
    with pytest.raises(PermissionDenied):
        accounts.reset_second_factor(stranger, manager)
    client.logout()
    password(client, user)
    assert is_in(client)


def test_a_lost_factor_is_reset_on_the_server(user):
    turned_on(user)
    call_command("reset_second_factor", "wang", stdout=io.StringIO())
    assert not TOTPDevice.objects.exists() and not RecoveryCode.objects.exists()
    for username in ("wang", "nobody"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", username)


def test_a_new_password_ends_the_wait_after_wrong_codes(client, user):
    turned_on(user)
    password(client, user)
    give(client, "000000")
    new = accounts.reset_password(user, None)
    client.post(LOGIN, {"username": "wang", "password": new})
    assert give(client, code_now(user)).status_code == 302


def test_the_library_brings_no_page_of_its_own_to_the_desk(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
