"""Pages that say what went wrong; an old address of an imported page leads on instead."""

from django.http import HttpResponsePermanentRedirect
from django.views import defaults

from articles.models import Redirect


def not_found(request, exception):
    """301 to the article whose old address this is, else the 404 page."""
    old = Redirect.objects.filter(old_path=request.path).select_related("article").first()
    if old and old.article.is_public_now:
        return HttpResponsePermanentRedirect(old.article.get_absolute_url())
    return defaults.page_not_found(request, exception)
