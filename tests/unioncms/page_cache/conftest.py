"""A page cache around views of its own."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from organizations import kept

from . import asked


@pytest.fixture
def pages(settings, monkeypatch):
    """A new page cache; what was made for it stands in `asked.made`."""
    settings.ROOT_URLCONF = "tests.unioncms.page_cache.asked"
    monkeypatch.setattr(kept, "_followers", [])
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    asked.made.clear()
    kept.trust(60)
    yield asked.new_cache()
    kept.trust(0)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
