"""What is measured within a process that serves: queries of a page, the time of publishing, the search index."""

import time

from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Channel
from articles.publishing import create, publish, withdraw
from articles.search import CAP, search
from organizations import kept
from organizations.models import SiteSettings, User

NAME = "bench"
PUBLISHED = 30


def administrator() -> User:
    """Somebody who may do everything, and whose password nobody knows."""
    there = User.objects.filter(username=NAME).first()
    return there or User.objects.create_superuser(NAME, password=None, name="测速")


def client(user: User | None) -> Client:
    found = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    if user:
        found.force_login(user)
    return found


def session(user: User) -> str:
    """The header of a new session of somebody."""
    cookie = client(user).get("/").client.cookies["sessionid"]
    return f"Cookie: sessionid={cookie.value}"


def queries(user: User | None, method: str, addresses: list[str]) -> int:
    """Queries of the last of `addresses`, in a process that has answered the first."""
    asked = client(user)
    kept.drop([kept.SITE])
    kept.trust(3600)
    try:
        for address in (addresses[0], addresses[-1]):
            with CaptureQueriesContext(connection) as found:
                response = asked.generic(method, address, HTTP_USER_AGENT="Mozilla/5.0")
            if response.status_code != 200:
                raise ValueError(f"{address} answered {response.status_code}.")
    finally:
        kept.trust(0)
    return len(found)


def publishing(by: User) -> list[float]:
    """Seconds of each publication of PUBLISHED new articles, until it is committed and what this process kept of it is
    dropped. The articles are withdrawn afterwards."""
    example = Article.objects.published().filter(kind=Article.Kind.NEWS).select_related("live_revision").newest()[0]
    about = {"channel": Channel.objects.get(slug="yaowen"), "organization": example.organization}
    text = {"title": example.title, "body": example.live_revision.body, "tags": example.live_revision.tags}
    times = []
    for number in range(PUBLISHED):
        title = f"{text['title']}（{timezone.now():%H%M%S}{number}）"
        article = create(by=by, owner=SiteSettings.load().organization, text={**text, "title": title}, **about)
        began = time.perf_counter()
        publish(article, by)
        times.append(time.perf_counter() - began)
        withdraw(article, by, "测速")
    return times


def index_size() -> tuple[int, int]:
    """Bytes of the search index, and of the bodies of all texts in UTF-8."""
    if connection.vendor == "postgresql":
        index, text = "pg_relation_size('articles_searchdocument_words')", "octet_length(body)"
    else:
        index, text = "(SELECT SUM(length(block)) FROM articles_searchindex_data)", "length(CAST(body AS BLOB))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {index}, SUM({text}) FROM articles_revision")
        return tuple(map(int, cursor.fetchone()))


def found(words: list[str]) -> dict[str, tuple[int, int]]:
    """Of words apart from each other by spaces: how many articles a search finds, and how many texts hold them, as far
    as a search counts."""
    holding = {
        f"words{at}": Count("pk", filter=Q(*(Q(live_revision__body__contains=word) for word in one.split())))
        for at, one in enumerate(words)
    }
    ought = Article.objects.published().order_by().aggregate(**holding)
    return {one: (min(CAP, search(one).count), min(CAP, ought[f"words{at}"])) for at, one in enumerate(words)}
