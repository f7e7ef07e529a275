"""The WSGI entry point that the server's processes share (serving.py).

Everything a page needs is loaded here, so that no reader waits for it; what only a few requests need is imported where
it is used (tests/unioncms/test_start.py names what must not be here).
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

gc.disable()  # what is loaded stays: to look through it for rubbish takes a tenth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unioncms.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
if settings.PAGE_CACHE_MEGABYTES:
    from unioncms.page_cache import PageCache

    application = PageCache(application, settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
gc.freeze()
gc.enable()
