"""Who sees the register."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import make_user

from .reading_pages import pks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/plans/", "/plans/?level=district&year=2019"])
def test_outsiders_are_sent_to_the_sign_in_and_back(client, address):
    response = client.get(address)
    assert response.status_code == 302
    target = urlsplit(response["Location"])
    assert (target.path, parse_qs(target.query)) == ("/accounts/login/", {"next": [address]})


def test_an_account_without_a_role_gets_a_page_that_says_so(client, world):
    client.force_login(make_user("guest"))
    response = client.get("/plans/")
    assert response.status_code == 403
    assert "Your account has no role in any organization yet." in response.content.decode()
    assert pks(response) == []


def test_drafts_are_for_those_who_may_view_their_owner(client, world):
    assert set(pks(client.get("/plans/"))) == {world[name] for name in ("jiaozhou", "city", "long", "draft", "nobody")}
    client.force_login(make_user("neighbour", role="editor", organization=world["organization"]))
    response = client.get("/plans/")
    assert set(pks(response)) == {world[name] for name in ("jiaozhou", "city", "long")}
    assert response.context["register"].plans == 3


def test_only_reading_is_possible(client, world):
    assert client.post("/plans/").status_code == 405
