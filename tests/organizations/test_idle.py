"""A session lives on while it is used and ends when it is not; reading a page writes nothing."""

import pytest
from django.test.utils import CaptureQueriesContext

from organizations import idle
from organizations.models import SignedInSession
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_page_within_the_minute_writes_nothing_and_a_later_one_prolongs_the_session(client, monkeypatch):
    from django.db import connection

    client.force_login(make_user(is_staff=True, is_superuser=True))
    row = SignedInSession.objects.get()
    with CaptureQueriesContext(connection) as queries:
        client.get("/plans/")
    assert [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "("))] == []
    now = idle.time.time()
    monkeypatch.setattr(idle.time, "time", lambda: now + idle.TOUCH_SECONDS + 1)
    client.get("/plans/")
    assert SignedInSession.objects.get().expire_date > row.expire_date


def test_an_anonymous_reader_gets_no_session(client):
    assert client.get("/").cookies == {}
    assert SignedInSession.objects.count() == 0
