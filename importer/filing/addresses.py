"""The old addresses of imported pages, so that they lead to the new articles.

Old portals tell pages apart by a query (show.asp?id=12): such an address is kept with it, and exactly that query leads
to the article. An address is kept as Django gives a request's path, decoded; its query as browsers send it.
"""

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

from django.utils.encoding import repercent_broken_unicode

from articles.models import Article, Redirect

INDEXES = ("index.html", "index.htm", "index.shtml", "default.htm", "default.html")
LONGEST = Redirect._meta.get_field("old_path").max_length
_KEPT = "!$%&'()*+,/:;=?@[]~-._"  # what a query may hold as it is; the rest is escaped as browsers do
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_SAVED_QUERY = re.compile(r"(.*\.(?:asp|aspx|php|jsp|jspx|do|action|cgi|s?html?))[?@]([^?@/]+=[^?/]*)", re.IGNORECASE)
_SAVED_AS = re.compile(r"\.html?$", re.IGNORECASE)


def old_paths(address: str | None) -> list[str]:
    """What an old address is known by: its decoded path, with its query where it has one; none for a site's top."""
    parts = urlsplit(address or "")
    path = _decoded(parts.path)
    if "?" in path or not path.startswith("/") or (path == "/" and not parts.query):
        return []
    if parts.query:
        paths = [with_query(path, parts.query)]
    else:
        folder, _, last = path.rpartition("/")
        paths = [path, f"{folder}/"] if last.lower() in INDEXES and folder else [path]
    return [one for one in paths if len(one) <= LONGEST]


def with_query(path: str, query: str | bytes) -> str:
    """A decoded path with its query, the escapes of which are spelt in one way."""
    return f"{path}?{_ESCAPE.sub(lambda found: found[0].upper(), quote(query, safe=_KEPT))}"


def asked(path: str, query: bytes) -> Article | None:
    """The article whose old address a request for `path` (decoded) with `query` is.

    A page that was kept without a query answers with any, unless its path tells pages apart by theirs.
    """
    own = with_query(path, query) if query else path
    rows = Redirect.objects.select_related("article")
    found = {row.old_path: row.article for row in rows.filter(old_path__in={own, path})}
    if own in found:
        return found[own]
    if path in found and not rows.filter(old_path__startswith=f"{path}?").exists():
        return found[path]
    return None


def mirrored(base_url: str, name: str) -> str:
    """The address that file `name` of a mirrored site had, whose top is `base_url`.

    What saves a site keeps a query in the file's name (show.asp?id=12, show.asp@id=12.html): it is one again.
    """
    saved = _SAVED_QUERY.fullmatch(name)
    if saved:
        return f"{base_url.rstrip('/')}/{quote(saved[1])}?{quote(_SAVED_AS.sub('', saved[2]), safe=_KEPT)}"
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


def _decoded(path: str) -> str:
    return repercent_broken_unicode(unquote_to_bytes(path)).decode()
