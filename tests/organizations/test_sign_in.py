"""Signing in: lockout by account and address, failures in the trail, idle sessions, password age, service accounts."""

import datetime
import io
import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from organizations import accounts
from organizations.models import AuditEntry, SignedInSession, User
from tests.factories import PASSWORD, make_organization, make_user

LOGIN = "/accounts/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("wang", role="editor", is_staff=True)


def sign_in(client, username, password=PASSWORD, address="203.0.113.1", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def grow_older(minutes):
    """Let the failures so far lie `minutes` further back."""
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= datetime.timedelta(minutes=minutes)
        attempt.save()


# Lockout


def test_an_account_is_locked_from_everywhere_after_five_wrong_passwords_from_two_addresses(client, user):
    answers = [sign_in(client, "wang", "wrong", f"203.0.113.{1 + number % 2}").status_code for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(client, "wang", PASSWORD, "203.0.113.3")
    assert (locked.status_code, locked.context["by_account"], locked.context["limit"]) == (429, True, 5)
    assert "_auth_user_id" not in client.session
    other = make_user(role="editor")
    assert sign_in(client, other.username, PASSWORD, "203.0.113.1").status_code == 302


def test_an_address_is_locked_after_twenty_wrong_passwords_over_many_accounts(client, user):
    answers = [sign_in(client, f"nobody{number}", "wrong").status_code for number in range(20)]
    assert answers == [200] * 19 + [429]
    locked = sign_in(client, "wang")
    assert (locked.status_code, locked.context["by_account"], locked.context["limit"]) == (429, False, 20)
    assert sign_in(client, "wang", PASSWORD, "203.0.113.2").status_code == 302
    entry = AuditEntry.objects.get(verb="locked out")
    assert (entry.object_id, entry.note, entry.address) == ("", "203.0.113.1", "203.0.113.1")


def test_a_right_password_forgives_its_own_account_alone(client, user):
    for number in range(19):
        sign_in(client, f"nobody{number}", "wrong")
    assert sign_in(client, "wang").status_code == 302
    client.logout()
    assert sign_in(client, "one-more", "wrong").status_code == 429
    client.logout()
    for _ in range(4):
        sign_in(client, "wang", "wrong", "203.0.113.9")
    sign_in(client, "wang", PASSWORD, "203.0.113.9")
    client.logout()
    assert sign_in(client, "wang", "wrong", "203.0.113.9").status_code == 200


def test_a_lock_ends_thirty_minutes_after_the_wrong_passwords_and_trying_does_not_prolong_it(client, user):
    for _ in range(5):
        sign_in(client, "wang", "wrong")
    grow_older(29)
    locked = sign_in(client, "wang")
    assert locked.status_code == 429
    wait = locked.context["until"] - timezone.now()
    assert datetime.timedelta(seconds=30) < wait < datetime.timedelta(minutes=1)
    grow_older(1)
    assert sign_in(client, "wang").status_code == 302


def test_the_page_says_the_same_of_accounts_that_do_not_exist(client, user):
    def shown(username):
        pages = [sign_in(client, username, "wrong").content.decode() for _ in range(5)]
        grow_older(31)
        plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"|\d\d:\d\d', "", page) for page in pages]
        return [page.replace(username, "") for page in plain]

    make_user("zhou", role="editor", is_active=False)
    make_user("zheng", role="editor", is_service=True)
    known = shown("wang")
    assert known == shown("nobody") == shown("zhou") == shown("zheng")


def test_failures_and_the_lock_stand_in_the_trail_in_order(client, user):
    for _ in range(6):
        sign_in(client, "wang", "wrong")
    sign_in(client, "x" * 150, "wrong", "203.0.113.7")
    assert verbs() == ["sign-in failed"] * 5 + ["locked out"] + ["sign-in failed"] * 2
    first, last = AuditEntry.objects.earliest("id"), AuditEntry.objects.latest("id")
    assert (first.note, first.address, first.object_id) == ("wang", "203.0.113.1", str(user.pk))
    assert (last.note, last.address, last.object_id) == ("xx… (150)", "203.0.113.7", "")
    assert "wrong" not in str(list(AuditEntry.objects.values("note", "after", "before")))


def test_a_password_typed_for_a_name_is_not_kept(client, user):
    for _ in range(5):
        sign_in(client, "My-Secret-Pass-9", "x")
    kept = list(AuditEntry.objects.order_by("id").values_list("verb", "note"))
    assert kept == [("sign-in failed", "My… (16)")] * 5 + [("locked out", "My… (16)")]


def test_a_network_of_ipv6_is_one_address_and_ipv4_in_its_dress_is_ipv4(client, user):
    answers = [sign_in(client, f"nobody{n}", "wrong", f"2001:db8:1:2:{n:x}::1").status_code for n in range(20)]
    assert answers == [200] * 19 + [429]
    assert sign_in(client, "wang", PASSWORD, "2001:db8:1:2:ffff::9").status_code == 429
    assert sign_in(client, "wang", PASSWORD, "2001:db8:1:3::1").status_code == 302
    client.logout()
    trail = AuditEntry.objects.filter(verb="sign-in failed").order_by("id")
    assert list(trail.values_list("address", flat=True))[:2] == ["2001:db8:1:2::1", "2001:db8:1:2:1::1"]
    for number in range(20):
        sign_in(client, f"somebody{number}", "wrong", "::ffff:203.0.113.5" if number % 2 else "203.0.113.5")
    assert sign_in(client, "wang", PASSWORD, "203.0.113.5").status_code == 429


def test_a_new_password_lifts_the_lock_of_the_account(client, user):
    for _ in range(5):
        sign_in(client, "wang", "wrong")
    assert sign_in(client, "wang").status_code == 429
    assert sign_in(client, "wang", accounts.reset_password(user, None)).status_code == 302


def test_the_visitors_address_behind_a_proxy_is_the_one_the_proxy_wrote(client, user, settings):
    settings.PROXY_COUNT = 1

    def answer(visitor, username, password):
        headers = {"X-Forwarded-For": f"203.0.113.99, {visitor}"}  # the first entry is what the visitor claims
        return client.post(LOGIN, {"username": username, "password": password}, headers=headers).status_code

    assert [answer("203.0.113.1", f"nobody{number}", "wrong") for number in range(20)][-1] == 429
    assert answer("203.0.113.1", "wang", PASSWORD) == 429
    assert answer("203.0.113.2", "wang", PASSWORD) == 302
    assert AuditEntry.objects.get(verb="sign in").address == "203.0.113.2"


# Idle


def test_who_was_idle_is_told_so_at_the_sign_in_page(client, user):
    sign_in(client, "wang")
    assert client.get("/admin/").status_code == 200
    SignedInSession.objects.update(expire_date=timezone.now())
    response = client.get("/admin/articles/article/")
    assert response.url == "/accounts/login/?next=/admin/articles/article/&idle=1"
    page = client.get(response.url)
    assert page.context["was_idle"]
    assert 'role="status"' in page.content.decode()
    assert sign_in(client, "wang", next="/admin/articles/article/").url == "/admin/articles/article/"


def test_the_sign_in_page_itself_knows_an_idle_session(client, user):
    sign_in(client, "wang")
    SignedInSession.objects.update(expire_date=timezone.now())
    assert client.get(LOGIN).context["was_idle"]
    assert not client.get(LOGIN).context["was_idle"]  # the first answer took the cookie back


def test_an_outsider_is_not_told_of_idleness(client, user):
    assert client.get("/plans/").url == "/accounts/login/?next=/plans/"
    sign_in(client, "wang")
    SignedInSession.objects.all().delete()  # ended by somebody
    assert "idle" not in client.get("/plans/").url


# Password age


def test_a_password_past_its_age_is_changed_before_anything_else(client, user, settings):
    settings.PASSWORD_MAX_AGE_DAYS = 90
    sign_in(client, "wang")
    User.objects.update(password_changed_at=timezone.now() - datetime.timedelta(days=89))
    assert client.get("/admin/").status_code == 200
    User.objects.update(password_changed_at=timezone.now() - datetime.timedelta(days=91))
    assert client.get("/admin/").url == "/accounts/password/?next=%2Fadmin%2F"
    page = client.get("/accounts/password/")
    assert (page.context["too_old"], page.context["age"]) == (True, 91)
    assert "no-store" in page["Cache-Control"]
    new = {"old_password": PASSWORD, "new_password1": "Fresh-Water-2026", "new_password2": "Fresh-Water-2026"}
    assert client.post("/accounts/password/", {**new, "next": "/plans/"}).url == "/plans/"
    assert client.get("/admin/").status_code == 200


def test_a_password_never_changed_is_as_old_as_its_account(client, user, settings):
    sign_in(client, "wang")
    User.objects.update(password_changed_at=None, date_joined=timezone.now() - datetime.timedelta(days=400))
    assert client.get("/admin/").status_code == 200
    settings.PASSWORD_MAX_AGE_DAYS = 365
    assert client.get("/admin/").url.startswith("/accounts/password/")


def test_every_way_of_changing_a_password_makes_it_young(user, monkeypatch):
    old = timezone.now() - datetime.timedelta(days=400)

    def is_young(change):
        User.objects.update(password_changed_at=old)
        change(User.objects.get(pk=user.pk))
        return User.objects.get(pk=user.pk).password_changed_at > old

    def by_command(user):
        from django.contrib.auth.management.commands import changepassword

        monkeypatch.setattr(changepassword.Command, "_get_pass", lambda self, prompt="": "Fresh-Water-2026")
        call_command("changepassword", user.username, verbosity=0, stdout=io.StringIO())

    def by_code(user):
        user.set_password("Fresh-Water-2027")
        user.save()

    for change in (lambda user: accounts.reset_password(user, None), by_command, by_code):
        assert is_young(change), change


def test_a_renewed_hash_is_not_a_new_password(client, user, settings):
    old = timezone.now() - datetime.timedelta(days=400)
    User.objects.update(password_changed_at=old)
    before = User.objects.get().password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher", *settings.PASSWORD_HASHERS]
    assert sign_in(client, "wang").status_code == 302
    after = User.objects.get()
    assert after.password != before
    assert after.password_changed_at == old


# Service accounts


def test_nobody_signs_in_with_a_service_account_nor_keeps_a_session(client, user):
    sign_in(client, "wang")
    assert client.get("/plans/").status_code == 200
    accounts.set_service(user, None, True)
    assert client.get("/plans/").url.startswith(LOGIN)
    User.objects.update(is_service=False)
    sign_in(client, "wang")
    get_user_model().objects.update(is_service=True)  # past every verb: the backend alone refuses
    assert client.get("/plans/").url.startswith(LOGIN)
    assert sign_in(client, "wang").status_code == 200


def test_administrators_alone_make_an_account_a_service_account(client):
    owner = make_organization()
    robot = make_user("robot", role="editor", organization=owner)
    page = f"/admin/organizations/user/{robot.pk}/change/"
    data = {"username": "robot", "is_service": "on", "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    client.force_login(make_user(role="manager", organization=owner, is_staff=True))
    assert client.post(page, data).status_code == 302
    assert not User.objects.get(pk=robot.pk).is_service
    chief = make_user("chief", is_superuser=True, is_staff=True)
    client.force_login(chief)
    assert client.post(page, data).status_code == 302
    assert User.objects.get(pk=robot.pk).is_service
    assert AuditEntry.objects.filter(verb="change", object_id=str(robot.pk)).latest("id").after == {"is_service": True}
    client.post(f"/admin/organizations/user/{chief.pk}/change/", {**data, "username": "chief", "is_superuser": "on"})
    assert not User.objects.get(pk=chief.pk).is_service
