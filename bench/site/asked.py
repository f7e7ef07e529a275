"""What is asked of the site and of the floors beside it, drawn from the loaded province, and what it shall reach."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bench import load, vocabulary

from .wrk import CONNECTIONS, Load

DRAWN = 5_000
FAR_PAGE = 2_000
LARGEST = "jiceng"
"""The channel that holds most."""
MISS = "Authorization: none"
"""Credentials, which nobody reads: the page cache passes such a request on, so that the page is made each time, with
what the process keeps in memory at hand as in any miss."""
HELLO, IN_MEMORY, DJANGO, FILE = "Bare WSGI, hello", "Bare WSGI, article", "Django hello, article", "nginx, a file"
CACHED, PLAIN, FIRST_PAGE = "Article, cached", "Article, cached, by a plain client", "Channel, page 1"


@dataclass(frozen=True)
class Reach:
    """At least `figure` of the floor ("ratio"), of answers a second ("rate"), or at most so many seconds ("p95")."""

    what: str
    figure: float

    def told(self, load: Load, ratio: float | None) -> str:
        """The reach in words, and whether it is met."""
        if self.what == "p95":
            said, met = f"p95 ≤ {self.figure * 1000:.0f} ms", load.p95 <= self.figure
        elif self.what == "rate":
            said, met = f"≥ {self.figure:.0f}/s", load.rate >= self.figure
        else:
            said, met = f"≥ {self.figure:.2f}", ratio >= self.figure
        return f"{said}: {'met' if met else 'not'}"


@dataclass(frozen=True)
class Asked:
    """A row of the table: `server` is asked for `addresses`; `floor` names the row that it is compared with.

    `warm`: asked before, until it is kept. `plain`: by our own client. `person`: with the session of an administrator.
    `made`: Django makes the page, so that its queries are counted.
    """

    name: str
    server: str
    addresses: Sequence[str]
    floor: str = ""
    reach: Reach | None = None
    headers: tuple[str, ...] = ()
    method: str = "GET"
    connections: int = CONNECTIONS
    warm: bool = False
    plain: bool = False
    person: bool = False
    made: bool = False


def floors() -> list[Asked]:
    return [
        Asked(HELLO, "bare", ["/hello"], warm=True),
        Asked(IN_MEMORY, "bare", ["/article"], HELLO, warm=True),
        Asked(DJANGO, "django", ["/article"], HELLO, warm=True),
        Asked(FILE, "static", ["/article.html"], HELLO, warm=True),
    ]


def hits(articles: list[str], etag: str) -> list[Asked]:
    """Pages that are kept; `etag` is that of the first article as it is sent compressed."""
    one, many = articles[:1], f"{len(articles):,} articles"
    unchanged = (f"If-None-Match: {etag}",)
    wsgi, no_slower, file = Reach("ratio", 0.6), Reach("ratio", 0.95), Reach("ratio", 0.85)
    return [
        Asked(CACHED, "site", one, HELLO, wsgi, warm=True),
        Asked(f"{many}, cached", "site", articles, HELLO, wsgi, warm=True),
        Asked("Article, cached, 304", "site", one, CACHED, no_slower, unchanged),
        Asked(PLAIN, "site", one, plain=True),
        Asked("The same, HEAD", "site", one, PLAIN, no_slower, method="HEAD", plain=True),
        Asked("Article behind nginx", "nginx", one, FILE, file, warm=True),
        Asked(f"{many} behind nginx", "nginx", articles, FILE, file, warm=True),
    ]


def misses(articles: list[str]) -> list[Asked]:
    """Pages that are made for each request."""
    pages = last_page()
    lists = {
        "Front page": ["/"],
        FIRST_PAGE: [f"/channels/{LARGEST}/"],
        f"Channel, page {pages:,} of its list": [f"/channels/{LARGEST}/?page={pages}"],
        "Unions with those below them": unions(),
        "Months of the archive": months(),
        "Tags": tags(),
    }
    rows = [made("Article, made", articles, Reach("ratio", 0.06))]
    for name, addresses in lists.items():
        far = name.startswith("Channel, page ") and name != FIRST_PAGE
        rows.append(made(name, addresses, Reach("ratio", 1 / 1.5) if far else None, FIRST_PAGE if far else DJANGO))
    return rows


def made(name: str, addresses: list[str], reach: Reach | None, floor: str = DJANGO) -> Asked:
    return Asked(name, "site", addresses, floor, reach, (MISS,), made=True)


def searches(most: float) -> list[Asked]:
    """Searches, each kind by one reader who waits for each answer, then all by eight; `most` seconds for the p95."""
    words, eighth = vocabulary.PLANTED, vocabulary.PLANTED["eighth"]
    narrowed = ({"channel": LARGEST}, {"year": "2024"}, {"level": "district"}, {"kind": "plan"})
    kinds = {
        "a rare word": [search(words["rare"]), search(words["hundredth"])],
        "a word of every text": [search(words["every"])],
        "two words": [search(" ".join(vocabulary.PAIR))],
        "narrowed": [search(eighth, **one) for one in narrowed],
    }
    reach = Reach("p95", most)
    rows = [
        Asked(f"Search, {kind}, one reader", "site", addresses, DJANGO, reach, connections=1, made=True)
        for kind, addresses in kinds.items()
    ]
    every = [address for addresses in kinds.values() for address in addresses]
    return [*rows, Asked("Search, all of these", "site", every, DJANGO, made=True)]


def planted() -> list[str]:
    """What was planted, to be searched for."""
    return [*vocabulary.PLANTED.values(), " ".join(vocabulary.PAIR)]


def search(words: str, **narrowed: str) -> str:
    return f"/search/?{urlencode({'q': words, **narrowed})}"


def desk() -> list[Asked]:
    """Lists of the register and of the admin, for an administrator."""
    word = urlencode({"q": vocabulary.PLANTED["hundredth"]})
    lists = {
        "Register of plans": "/plans/",
        "Register, one year": "/plans/?year=2020",
        "Admin, articles": "/admin/articles/article/",
        "Admin, articles, searched": f"/admin/articles/article/?{word}",
        "Admin, plans": "/admin/plans/workplan/",
    }
    reach = Reach("rate", 50)
    return [Asked(name, "site", [one], DJANGO, reach, person=True, made=True) for name, one in lists.items()]


def readings(articles: list[str]) -> list[Asked]:
    addresses = [f"{address}views" for address in articles]
    return [Asked("Reading counted", "site", addresses, DJANGO, method="POST", made=True)]


def drawn(count: int, seed: int) -> list[str]:
    """Addresses of articles, DRAWN of them or as many as there are, each once."""
    found = dict.fromkeys(load.addresses(min(DRAWN, count) * 8, seed))
    return list(found)[:DRAWN]


def last_page() -> int:
    """The number of the last page of the largest channel, FAR_PAGE at most."""
    from articles.models import Article
    from articles.views.paging import PAGE_SIZE

    count = Article.objects.published().filter(channel__slug=LARGEST).order_by().count()
    return max(1, min(FAR_PAGE, -(-count // PAGE_SIZE)))


def unions() -> list[str]:
    from organizations.models import Organization

    rows = [row.get_absolute_url() for row in Organization.objects.placed().order_by("path")]
    return random.Random(1).sample(rows, min(DRAWN, len(rows)))


def months() -> list[str]:
    from articles.models import Article

    rows = Article.objects.published().order_by().datetimes("published_at", "month")
    return [f"/archive/{row.year}/{row.month}/" for row in rows]


def tags() -> list[str]:
    from taggit.models import Tag

    return [f"/tags/{quote(name)}/" for name in Tag.objects.order_by("pk").values_list("name", flat=True)[:DRAWN]]
