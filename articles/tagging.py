"""Which articles carry which tags."""

from collections.abc import Iterable

from taggit.models import TaggedItem

from .models import Article


def tagged():
    """The rows that tie tags to articles, joined on the content type's name so that no second query looks it up."""
    return TaggedItem.objects.filter(content_type__app_label="articles", content_type__model="article").order_by()


def set_tags(article: Article, names: Iterable[str]) -> None:
    """Tie these tags to `article` and no others."""
    if set(names) != set(article.tags.names()):
        article.tags.set(names)
