"""What is measured within a process that serves: queries of a page, and the time that publishing takes."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Channel
from articles.publishing import create, publish, withdraw
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
