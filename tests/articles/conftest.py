"""An editor at the desk, for every test of its pages."""

import pytest

from tests.factories import make_organization, make_user


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
