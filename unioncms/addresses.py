"""Addresses that no page can answer."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.views import defaults


class NullCharacterMiddleware:
    """Refuse a NUL character early: PostgreSQL takes none, so a query with one would be an error of ours.

    404 where it stands in the path, 400 in the query string.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            return defaults.page_not_found(request, Http404())
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            return defaults.bad_request(request, BadRequest())
        return self.get_response(request)
