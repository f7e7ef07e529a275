"""A township's union with its channels, its editor, and that editor signed in: who imports at the desk."""

import pytest

from tests.factories import make_channel, make_level, make_organization, make_user


@pytest.fixture
def owner(db):
    for code in ("national", "province", "city", "district", "township"):
        make_level(code)
    make_channel("工作计划", slug="jihua")
    make_channel("基层动态", slug="jiceng")
    return make_organization("石桥镇总工会", level="township")


@pytest.fixture
def editor(owner):
    return make_user("editor", role="editor", organization=owner, is_staff=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client
