"""For whoever watches the site: is the process alive, and may it be sent readers."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _say(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)


@require_safe
@never_cache
def healthz(request):
    """The process answers; nothing else is asked."""
    return _say("ok")


@require_safe
@never_cache
def readyz(request):
    """The database answers and has every migration; 503 with a sentence otherwise."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured):
        return _say("The database does not answer.", 503)
    if behind:
        return _say("The database lacks migrations: run manage.py migrate.", 503)
    return _say("ready")
