"""An article's row, locked until the end of the transaction."""

from .models import Article


def lock(article: Article) -> Article:
    """The row as it is now, with what every verb asks for; a second verb on the same article waits."""
    rows = Article.objects.select_for_update(of=("self",))
    return rows.select_related("owner", "latest_revision__channel", "live_revision", "correction").get(pk=article.pk)
