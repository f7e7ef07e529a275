"""What the desk's article form sends and says."""

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import BODY

LIST = "/admin/articles/article/"


def typed(article=None, **changes) -> dict:
    """What the form of `article` would send."""
    latest = article.latest_revision if article else None
    owner = article.owner if article else changes.pop("owner")
    channel = latest.channel if latest else changes.pop("channel")
    data = {
        "title": latest.title if latest else "春送岗位",
        "channel": channel.pk,
        "body": latest.body if latest else BODY,
        "tags": "，".join(latest.tags) if latest else "就业，送岗位",
        "complete": "on",
        "base": latest.number if latest else "",
        "owner": owner.pk,
        "kind": article.kind if article else "news",
        "_continue": "1",
    }
    if article and article.published_at:
        data |= {f"published_at_{n}": part for n, part in enumerate(shown(article.published_at).split())}
    return data | changes


def shown(moment) -> str:
    """A time as the form shows it."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def change(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def upload(desk, sent, **words):
    return desk.post("/admin/articles/mediafile/upload/", {"file": sent, "alt": "会场", **words})
