"""The WSGI entry point that granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unioncms.settings")
application = get_wsgi_application()
if settings.PAGE_CACHE_MEGABYTES:
    from unioncms.page_cache import PageCache

    application = PageCache(application, settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
