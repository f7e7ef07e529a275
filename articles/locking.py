"""An article's row, locked until the end of the transaction."""

from .models import Article


def lock(article: Article) -> Article:
    """The row as it is now, with what every verb asks for; a second verb on the same article waits.

    It is read after the lock is held: PostgreSQL would join a row it waited for with revisions as they were before.
    """
    Article.objects.select_for_update().order_by().values_list("pk").get(pk=article.pk)
    return Article.objects.select_related("owner", "latest_revision__channel").get(pk=article.pk)
