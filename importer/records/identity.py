"""Which article a record is: by the row kept of it, or by its own number where it was given out by this very site."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from articles.models import Article

from .rows import ForeignRecord

Key = tuple[str, str]


@cache
def own_site() -> str:
    """The name under which this database gives its own records out: when it was set up, to the microsecond.

    A domain would not do: a copy for trying things out has the same, or none.
    """
    first = MigrationRecorder(connection).migration_qs.order_by("applied").values_list("applied", flat=True).first()
    return f"unioncms:{first:%Y%m%dT%H%M%S%f}" if first else "unioncms"


def known(keys: Iterable[Key]) -> dict[Key, ForeignRecord]:
    """The rows of the records that are there. One of this site's own has none; its row is made here and not saved."""
    by_origin = defaultdict(list)
    for origin, name in keys:
        by_origin[origin].append(name)
    found = {}
    for origin, names in by_origin.items():
        for row in ForeignRecord.objects.filter(origin=origin, foreign_id__in=names):
            found[origin, row.foreign_id] = row
    own = own_site()
    numbers = [int(name) for name in by_origin.get(own, ()) if (own, name) not in found and _is_number(name)]
    for pk in Article.objects.filter(pk__in=numbers).order_by().values_list("pk", flat=True) if numbers else ():
        found[own, str(pk)] = ForeignRecord(origin=own, foreign_id=str(pk), article_id=pk, revision=0)
    return found


def digests(keys: Iterable[Key]) -> dict[Key, str]:
    return {key: row.digest for key, row in known(keys).items()}


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) < 19


def particulars(article: Article) -> dict:
    """What is kept of an article besides its text, to know later whether a person has changed it."""
    return {
        "organization": article.organization_id,
        "as_written": article.organization_as_written,
        "level": article.level_id,
        "kind": str(article.kind),
        "published_at": article.published_at and article.published_at.timestamp(),
    }
