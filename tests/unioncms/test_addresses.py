"""Addresses that no page can answer: a NUL character, which PostgreSQL takes nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tags/x%00y/", 404),
        ("/media/x%00", 404),
        ("/nowhere%00", 404),
        ("/organizations/?level=%00", 400),
        ("/search/?q=a%00", 400),
    ],
)
def test_a_nul_character_is_refused_and_never_reaches_the_database(client, db, address, status):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == status
    assert not [query["sql"] for query in queries if "\x00" in query["sql"]]
    assert "Permissions-Policy" in response.headers
