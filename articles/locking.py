"""An article's row, locked until the end of the transaction."""

from .concerned import Standing
from .models import Article


def lock(article: Article) -> Article:
    """The row as it is now, with what every verb asks for; a second verb on the same article waits.

    It is read after the lock is held: PostgreSQL would join a row it waited for with revisions as they were before.
    `stood` remembers where readers find it before the verb.
    """
    Article.objects.select_for_update().order_by().values_list("pk").get(pk=article.pk)
    rows = Article.objects.select_related("owner", "organization", "latest_revision__channel", "live_revision")
    locked = rows.get(pk=article.pk)
    locked.stood = Standing.of(locked)
    return locked
