"""A reader of the English pages who may see everything, and one of a single body."""

import pytest
from django.test import Client

from tests.factories import make_organization, make_user


@pytest.fixture
def editors(db):
    return make_organization("编辑部", level=None)


@pytest.fixture
def client(editors):
    made = Client(headers={"accept-language": "en"})
    made.force_login(make_user("reader", role="contributor", organization=editors))
    return made
