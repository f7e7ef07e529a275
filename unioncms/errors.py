"""Pages that say what went wrong; an old address of an imported page leads on instead."""

from django.http import HttpResponsePermanentRedirect
from django.views import defaults

from articles.models import Redirect
from articles.views.article import answers


def not_found(request, exception):
    """301 to the article whose old address this is, else the 404 page."""
    old = Redirect.objects.filter(old_path=request.path).select_related("article").first()
    if old and answers(old.article):
        return HttpResponsePermanentRedirect(old.article.get_absolute_url())
    return defaults.page_not_found(request, exception)
