"""Mail that reminds of missing plans, sent by the worker: one a person, whatever the number of bodies.

A mail server that fails changes nothing of the reminder: it is logged, and the mail is tried again later.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from organizations.models import SiteSettings, User
from plans.models import Reminder

logger = logging.getLogger(__name__)
TRIED_AGAIN = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


@task
def write(person: int, reminders: list[int], tried: int = 0) -> None:
    """Send one mail about `reminders` (their numbers) and count it with each of them."""
    to = User.objects.filter(pk=person, is_active=True).exclude(email="").first()
    rows = Reminder.objects.filter(pk__in=reminders, organization__memberships__user=person)
    found = list(rows.select_related("organization", "by").distinct().order_by("organization__path"))
    if to is None or not found:
        return
    try:
        _mail(to, found).send()
    except Exception:
        logger.exception("The reminder of missing plans to user %s was not sent", person)
        if tried >= len(TRIED_AGAIN) or not write.get_backend().supports_defer:
            raise
        later = write.using(run_after=timezone.now() + TRIED_AGAIN[tried])
        later.enqueue(person, reminders, tried=tried + 1)
    else:
        Reminder.objects.filter(pk__in=[reminder.pk for reminder in found]).update(mailed=F("mailed") + 1)


def _mail(to: User, reminders: list[Reminder]) -> EmailMessage:
    site, first = SiteSettings.load(), reminders[0]
    context = {"to": to, "reminders": reminders, "first": first, "site": site, "address": _address(site)}
    with translation.override(settings.LANGUAGE_CODE):
        subject, _, body = render_to_string("plans/coverage/mail.txt", context).strip().partition("\n")
    return EmailMessage(" ".join(subject.split()), body.lstrip(), to=[to.email])


def _address(site: SiteSettings) -> str:
    """The absolute address of the register; empty where the site's settings name no domain."""
    domain = site.domain.strip().rstrip("/")
    if not domain:
        return ""
    if "://" not in domain:
        domain = f"{'https' if settings.HTTPS else 'http'}://{domain}"
    return f"{domain}{reverse('plans')}"
