"""Mail about the review, sent by the worker where REVIEW_MAIL is on: who may act next, what came of it.

One mail a person, never with the article's text. A mail server that fails changes nothing of the review: it is logged,
and the mail is tried again later.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.dispatch import receiver
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from organizations import rights
from organizations.models import SiteSettings, User

from . import review_record, reviewing
from .models import Article, Revision
from .reviewing import Stage

logger = logging.getLogger(__name__)
TRIED_AGAIN = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""How long after each failure a mail is tried again."""
PAGES = {"waiting": "admin:articles_article_review"}


@receiver(reviewing.review_moved)
def on_review_moved(sender, article, revision, step, by, opinion, **kwargs):
    """Once the step is committed, have the worker write to those whom it concerns, not to whoever took it."""
    if settings.REVIEW_MAIL:
        details = {"step": step, "stage": revision.stage, "by": str(by or ""), "opinion": opinion}
        transaction.on_commit(lambda: tell.enqueue(article.pk, revision.pk, getattr(by, "pk", None), **details))


@task
def tell(article: int, revision: int, actor: int | None, *, step: str, stage: str, by: str, opinion: str) -> None:
    """Write to those whom a step concerns, one task a person."""
    found = Article.objects.select_related("owner", "latest_revision").filter(pk=article).first()
    if found is None:
        return
    for kind, people in _addressees(found, revision, stage).items():
        for person in people:
            if person.pk != actor and _may_be_written_to(person, found):
                write.enqueue(kind, person.pk, revision, by=by, opinion=opinion if kind == "returned" else "")


def _addressees(article: Article, revision: int, stage: str) -> dict[str, list[User]]:
    """Who is written to, under the kind of mail; nobody twice, and nobody asked to do what has been done since."""
    if stage == Stage.RETURNED:
        return {"returned": list(User.objects.filter(pk__in=reviewing.authors(article)).order_by("pk"))}
    stands = article.latest_revision_id == revision and article.review_stage == stage
    people = review_record.next_people(article) if stands else []
    if stage != Stage.APPROVED:
        return {"waiting": people}
    submitter = Revision.objects.filter(pk=revision).values("submitted_by")
    others = User.objects.filter(pk__in=submitter).exclude(pk__in=[person.pk for person in people])
    return {"publish": people, "passed": list(others)}


def _may_be_written_to(person: User, article: Article) -> bool:
    """Whether mail about `article` may go there: never to somebody who has lost the right to see it."""
    return bool(person.email and not person.is_service and rights.may(person, "view", article))


@task
def write(kind: str, person: int, revision: int, *, by: str, opinion: str = "", tried: int = 0) -> None:
    """Send one mail. Where the server refuses, log it and try again later; the last failure is the task's own."""
    to = User.objects.filter(pk=person).first()
    text = Revision.objects.defer("body").select_related("article__owner", "channel").filter(pk=revision).first()
    if to is None or text is None or not _may_be_written_to(to, text.article):
        return
    try:
        _mail(kind, to, text, by, opinion).send()
    except Exception:
        logger.exception("Mail about the review of article %s to user %s was not sent", text.article_id, person)
        if tried >= len(TRIED_AGAIN) or not write.get_backend().supports_defer:
            raise
        later = write.using(run_after=timezone.now() + TRIED_AGAIN[tried])
        later.enqueue(kind, person, revision, by=by, opinion=opinion, tried=tried + 1)


def _mail(kind: str, to: User, revision: Revision, by: str, opinion: str) -> EmailMessage:
    site = SiteSettings.load()
    context = {
        "to": to,
        "by": by,
        "opinion": opinion,
        "title": revision.title,
        "channel": revision.channel,
        "owner": revision.article.owner,
        "stage": revision.get_stage_display(),
        "submitted_by": revision.submitted_by_name,
        "is_public": revision.article.live_revision_id == revision.pk and revision.article.is_public_now,
        "site": site,
        "address": _address(
            site, reverse(PAGES.get(kind, "admin:articles_article_change"), args=[revision.article_id])
        ),
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject, _, body = render_to_string(f"articles/mail/{kind}.txt", context).strip().partition("\n")
    return EmailMessage(" ".join(subject.split()), body.lstrip(), to=[to.email])


def _address(site: SiteSettings, path: str) -> str:
    """The absolute address of `path`; empty where the site's settings name no domain."""
    domain = site.domain.strip().rstrip("/")
    if not domain:
        return ""
    if "://" not in domain:
        domain = f"{'https' if settings.HTTPS else 'http'}://{domain}"
    return f"{domain}{path}"
