"""What an address that leads nowhere may have meant, where that is cheap to tell."""

import re
from dataclasses import dataclass, field

from articles.menu import channels
from articles.models import Article, Channel, Collection
from articles.search import search
from organizations.models import Organization

MOST = 5
_CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff0-9]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{2,79}")
LONGEST_WORDS = 40


@dataclass
class Meant:
    """The Chinese `words` of an address, and what bears them or the address's Latin parts as its own."""

    words: str = ""
    channels: list[Channel] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.channels or self.collections or self.organizations or self.articles)


def meant(request) -> Meant:
    """Channels, topics and unions whose address or name stands in the path, and articles that hold its words."""
    path = request.path[:400]
    words = _CHINESE.findall(path)
    slugs = set(_SLUG.findall(path.lower()))
    found = Meant(" ".join(words)[:LONGEST_WORDS].strip())
    readable = [row for row in channels(request).values() if row.shown]
    found.channels = [row for row in readable if row.slug in slugs or row.name in words][:MOST]
    if slugs:
        found.collections = list(Collection.objects.published().filter(slug__in=slugs)[:MOST])
        found.organizations = list(Organization.objects.filter(slug__in=slugs)[:MOST])
    if found.words:
        numbers = search(found.words, limit=MOST).ids
        rows = Article.objects.published().for_lists().in_bulk(numbers)
        found.articles = [rows[pk] for pk in numbers if pk in rows]
    return found
