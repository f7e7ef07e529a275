"""Which articles carry which tags."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem

from organizations.inserting import insert

from .models import Article


def tagged():
    """The rows that tie tags to articles, joined on the content type's name so that no second query looks it up."""
    return TaggedItem.objects.filter(content_type__app_label="articles", content_type__model="article").order_by()


def set_tags(article: Article, names: Iterable[str]) -> None:
    """Tie these tags to `article` and no others."""
    if set(names) != set(article.tags.names()):
        article.tags.set(names)


def tag_new(articles: Iterable[tuple[Article, list[str]]]) -> None:
    """Tie tags, spelt as text.spelling() says, to new articles that have none: a few statements for all."""
    tied = [(article, name) for article, names in articles for name in names]
    if not tied:
        return
    wanted = {name for _article, name in tied}
    numbers = dict(Tag.objects.order_by().filter(name__in=wanted).values_list("name", "pk"))
    for name in dict.fromkeys(name for _article, name in tied if name not in numbers):
        numbers[name] = Tag.objects.get_or_create(name=name)[0].pk
    kind = ContentType.objects.get_for_model(Article)
    insert(
        (TaggedItem(tag_id=numbers[name], content_type=kind, object_id=article.pk) for article, name in tied),
        keys=False,
    )
