"""The old addresses of imported pages, so that they lead to the new articles."""

from urllib.parse import quote, unquote, urlsplit

from articles.models import Article, Redirect

INDEXES = ("index.html", "index.htm", "index.shtml", "default.htm", "default.html")


def old_paths(address: str | None) -> list[str]:
    """The decoded paths that an old address answers at; none where a query tells pages of one path apart."""
    parts = urlsplit(address or "")
    path = unquote(parts.path)
    if parts.query or "?" in path or not path.startswith("/") or path == "/":
        return []
    folder, _, last = path.rpartition("/")
    paths = [path, f"{folder}/"] if last.lower() in INDEXES and folder else [path]
    return [one for one in paths if len(one) <= Redirect._meta.get_field("old_path").max_length]


def mirrored(base_url: str, name: str) -> str:
    """The address that file `name` of a mirrored site had, whose top is `base_url`."""
    return f"{base_url.rstrip('/')}/{quote(name)}"


def lead_to(article: Article, address: str | None) -> None:
    """Let the old `address` lead to `article`, unless it leads to another one that is not in the trash."""
    for path in old_paths(address):
        row, made = Redirect.objects.select_related("article").get_or_create(
            old_path=path, defaults={"article": article}
        )
        if not made and row.article.state == Article.State.TRASHED and row.article_id != article.pk:
            row.article = article
            row.save(update_fields=["article"])
