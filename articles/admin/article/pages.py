"""What the parts of the article's admin have in common.

A part is a mixin of ArticleAdmin: it adds its pages to `get_urls` and what its buttons need to `render_change_form`,
and hands on to the next part.
"""

from django.urls import path
from django.utils import timezone

from articles.models import Article
from organizations import rights


class Pages:
    def page(self, address: str, view, name: str):
        """A page of the desk below the articles' list, named articles_article_<name>."""
        return path(address, self.admin_site.admin_view(view), name=f"articles_article_{name}")

    def article(self, request, pk, verb: str) -> Article:
        """The article; PermissionDenied where the person may not see it or not do `verb` to it."""
        article = self.object_or_404(request, pk)
        rights.require(request.user, verb, article)
        return article


def clock(moment) -> str:
    """A time near now, in words' way: the hour today, else with its day."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"
