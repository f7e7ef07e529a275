"""Whose request it is: the visitor's address, behind proxies or not."""

import pytest
from django.test import RequestFactory

from organizations.actor import client_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "203.0.113.1", PROXY),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.9,203.0.113.1,10.0.0.2", "203.0.113.1"),
        (2, "203.0.113.1", PROXY),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "unknown", PROXY),
        (1, "", PROXY),
    ],
)
def test_the_address_is_the_entry_the_outermost_own_proxy_wrote(settings, count, forwarded, address):
    settings.PROXY_COUNT = count
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_a_socket_has_no_address(settings):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
