"""Pages that say what went wrong and what to do; an old address of an imported page leads on instead."""

import logging

from django.http import HttpResponseForbidden, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.views.article import answers
from importer.filing import addresses
from organizations.refusals import roles_that_may
from organizations.whom_to_ask import managers_for

from .meant import meant

logger = logging.getLogger(__name__)


def not_found(request, exception):
    """301 to the article whose old address this is, else the 404 page with what the address may have meant."""
    return old_address(request) or render(request, "404.html", {"meant": meant(request)}, status=404)


def old_address(request) -> HttpResponsePermanentRedirect | None:
    """301 to the article whose old address, with its query, was asked for; None where there is none to be read."""
    article = addresses.asked(request.path, request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    return HttpResponsePermanentRedirect(article.get_absolute_url()) if article and answers(article) else None


def forbidden(request, exception=None):
    """403: the roles that may do this and whom to ask for one; to outsiders, where to sign in.

    It says nothing of what the page would have shown, and never fails itself: not even where the database does.
    """
    try:
        user = getattr(request, "user", None)
        context = {
            "outsider": user is None or not user.is_authenticated,
            "roles": roles_that_may(exception),
            "managers": managers_for(user) if user is not None else [],
            "wanted": request.get_full_path() if request.method == "GET" else "",
        }
        return render(request, "403.html", context, status=403)
    except Exception:  # an error page that fails would hide the refusal behind a 500
        logger.exception("The page for a refused request failed.")
        return HttpResponseForbidden(_("This page is not open to you"), content_type="text/plain; charset=utf-8")
