import io

import pytest
from django.core.management import call_command


@pytest.fixture
def site(db):
    call_command("set_up", stdout=io.StringIO())
