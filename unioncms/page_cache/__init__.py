"""Whole public pages kept in the memory of each serving process, answered before any code of Django's (ADR 14).

layer.py is the WSGI application around Django's; asking.py says which page a request asks for, page.py is a page as it
is kept, store.py keeps pages within a number of bytes, conditions.py says who has the page already. watching.py and
clock.py drop what changed, by the tags of the audit trail and by the clock.
"""

from .layer import PageCache

__all__ = ["PageCache"]
