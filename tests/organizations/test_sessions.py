"""One's own sessions: seen, ended one by one or all, and ended by whoever closes the account."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations import accounts, idle
from organizations.models import AuditEntry, SignedInSession
from organizations.sessions import browser_words, public_name
from tests.factories import PASSWORD, make_organization, make_user

PAGE = "/accounts/sessions/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit/537.36 Chrome/114.0 Mobile Safari/537.36 MicroMessenger/8.0"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user("wang", role="editor", is_staff=True)


def signed_in(user, agent=EDGE, address="203.0.113.1", password=PASSWORD):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    assert client.post("/accounts/login/", {"username": user.username, "password": password}).status_code == 302
    return client


def is_in(client):
    return client.get("/plans/").status_code == 200


def places(client):
    return [
        (place["row"].browser, place["row"].address, place["is_this"]) for place in client.get(PAGE).context["rows"]
    ]


def test_browsers_in_words():
    assert browser_words(EDGE) == "Edge · Windows"
    assert browser_words(PHONE) == "WeChat · HarmonyOS"
    assert browser_words("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1") == "Safari · iPhone"
    assert browser_words("curl/8") == ""


def test_ones_own_sessions_are_listed_and_nobody_elses_nor_any_key(user):
    here, phone = signed_in(user), signed_in(user, PHONE, "203.0.113.2")
    signed_in(make_user("other", role="editor"))
    assert sorted(places(here)) == [
        ("Edge · Windows", "203.0.113.1", True),
        ("WeChat · HarmonyOS", "203.0.113.2", False),
    ]
    page = here.get(PAGE)
    assert "no-store" in page["Cache-Control"]
    for row in SignedInSession.objects.all():
        assert row.session_key not in page.content.decode()
    assert is_in(phone)


def test_one_session_is_ended_and_it_stands_in_the_trail(user):
    here, phone = signed_in(user), signed_in(user, PHONE, "203.0.113.2")
    assert here.post(PAGE, {"session": public_name(phone.session.session_key)}).url == PAGE
    assert (is_in(here), is_in(phone)) == (True, False)
    entry = AuditEntry.objects.get(verb="end session")
    assert (entry.actor_id, entry.note) == (user.pk, "WeChat · HarmonyOS 203.0.113.2")


def test_everywhere_else(user):
    here, *others = [signed_in(user) for _ in range(4)]
    here.post(PAGE)
    assert [is_in(client) for client in (here, *others)] == [True, False, False, False]
    assert AuditEntry.objects.filter(verb="end session").count() == 3
    here.post(PAGE)
    assert AuditEntry.objects.filter(verb="end session").count() == 3


def test_this_one(user):
    here, other = signed_in(user), signed_in(user)
    assert here.post(PAGE, {"session": public_name(here.session.session_key)}).url == "/accounts/login/"
    assert (is_in(here), is_in(other)) == (False, True)
    assert AuditEntry.objects.latest("id").verb == "sign out"


def test_nobody_ends_the_session_of_another(user):
    other = signed_in(make_user("other", role="editor"))
    signed_in(user).post(PAGE, {"session": public_name(other.session.session_key)})
    assert is_in(other)
    assert Client().post(PAGE, {"session": public_name(other.session.session_key)}).url.startswith("/accounts/login/")
    assert is_in(other)


@pytest.mark.parametrize(
    "end",
    [
        lambda user: accounts.set_active(user, None, False),
        lambda user: accounts.reset_password(user, None),
        lambda user: accounts.hand_over(user, make_user("staying", role="editor"), None),
    ],
)
def test_closing_an_account_or_resetting_its_password_ends_its_sessions(user, end):
    client, other = signed_in(user), signed_in(make_user("other", role="editor"))
    end(user)
    assert SignedInSession.objects.filter(user_id=user.pk).count() == 0
    assert (is_in(client), is_in(other)) == (False, True)


def test_changing_ones_password_ends_ones_other_sessions(user):
    here, other = signed_in(user), signed_in(user)
    new = "Fresh-Water-2026"
    here.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert (is_in(here), is_in(other)) == (True, False)
    assert len(places(here)) == 1


def test_nobody_resets_their_own_password_at_the_desk(client):
    manager = make_user("manager", role="manager", is_staff=True)
    client.force_login(manager)
    assert client.post(f"/admin/organizations/user/{manager.pk}/reset/").status_code == 302
    before = manager.password
    manager.refresh_from_db()
    assert manager.password == before


def test_last_seen_is_written_with_the_idle_touch_and_costs_no_query(user, monkeypatch):
    client = signed_in(user)
    seen = SignedInSession.objects.get().seen_at
    with CaptureQueriesContext(connection) as queries:
        client.get("/plans/")
    assert [query["sql"] for query in queries if "signedinsession" in query["sql"]][1:] == []
    assert SignedInSession.objects.get().seen_at == seen
    now = idle.time.time()
    monkeypatch.setattr(idle.time, "time", lambda: now + idle.TOUCH_SECONDS + 1)
    client.get("/plans/")
    row = SignedInSession.objects.get()
    assert row.seen_at > seen
    assert (row.user_id, row.browser, row.signed_in_at < row.seen_at) == (user.pk, "Edge · Windows", True)


def test_the_page_asks_as_often_for_thirty_as_for_one(user):
    client = signed_in(user)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    few = count()
    for _ in range(29):
        signed_in(user)
    assert (count(), len(places(client))) == (few, 30)
    assert few <= 15


def test_what_ended_long_ago_is_cleared_away_at_the_next_sign_in(user):
    from datetime import timedelta

    from django.utils import timezone

    signed_in(user)
    SignedInSession.objects.update(expire_date=timezone.now() - timedelta(days=2))
    signed_in(user)
    assert SignedInSession.objects.count() == 1


def test_an_outsider_is_sent_to_sign_in_and_gets_no_cookie(client):
    for address in (PAGE, "/accounts/security/", "/accounts/second-factor/", "/accounts/second-factor/codes/"):
        assert client.get(address).url == f"/accounts/login/?next={address}"
    make_organization()
    assert client.get("/").cookies == {}
    assert SignedInSession.objects.count() == 0


def test_the_page_of_the_account_says_how_old_the_password_is(user, settings):
    settings.PASSWORD_MAX_AGE_DAYS = 90
    page = signed_in(user).get("/accounts/security/")
    assert (page.context["password_days"], page.context["session_count"], page.context["device"]) == (0, 1, None)
    assert re.search(r"90", page.content.decode())
    assert "no-store" in page["Cache-Control"]
