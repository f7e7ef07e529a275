"""An editor at the desk, and a text on its way through the review, for every test of their pages."""

import pytest

from articles import links, reviewing
from tests.factories import make_article, make_channel, make_organization, make_user


@pytest.fixture
def owner(db):
    return make_organization("胶州市总工会")


@pytest.fixture
def editor(owner):
    return make_user(role="editor", organization=owner, is_staff=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def writer(owner):
    return make_user("writer", role="contributor", organization=owner, name="李干事")


@pytest.fixture
def signer(owner):
    return make_user("signer", role="signer", organization=owner, name="张部长")


@pytest.fixture
def waiting(owner, writer):
    """A text that waits for its one, final review."""
    found = make_article("送温暖", owner=owner, channel=make_channel(review_stages=1), public=False, by=writer)
    reviewing.submit(found, writer)
    return found


@pytest.fixture
def link(waiting, signer):
    return links.make(waiting, signer, recipient="王主席", decides=True)
