"""Articles as evidence of how far a target has come: suggested by shared words and numbers, judged by a person."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.alike import telling_words
from articles.asking import sharing, what_is_shared
from articles.html import plain_text
from articles.keys import key
from articles.models import Article
from organizations import paths
from organizations.audit import record
from plans.models import Evidence, ProgressReport, Target, WorkPlan

from .likeness import Passage, best_passage, telling
from .reporting import report, require_report

NEWEST = 500  # articles of the organisation and those below it among which is looked
READ = 10  # of which so many are read
SHOWN = 5
AFTERWARDS = datetime.timedelta(days=120)  # news of a year is written until then


@dataclass(frozen=True)
class Candidate:
    article: Article
    passage: Passage


def candidates(target: Target) -> list[Candidate]:
    """Public articles of the plan's organisation and of those below it that seem to speak of `target`, the best first.

    They are of the plan's time, not judged yet, and hold two telling words of the target. One query.
    """
    plan = target.plan
    words = telling_words(target.object) or telling_words(target.quote)
    if not words or plan.organization is None or plan.starts_on is None or plan.ends_on is None:
        return []
    groups = list(combinations(words, 2)) or [tuple(words)]
    shared = what_is_shared([[key(word) for word in group] for group in groups])
    matching = RawSQL(sharing(len(shared)), shared)  # noqa: S611  words are parameters
    judged = Evidence.objects.filter(target=target).values("article")
    newest = published_of(plan).order_by("-sort_at").values("pk")[:NEWEST]
    rows = Article.objects.filter(pk__in=newest).filter(pk__in=matching).exclude(pk__in=judged)
    rows = rows.select_related("organization", "live_revision").order_by("-sort_at", "-pk")
    wanted = telling(target.object) | telling(target.quote)
    found = []
    for article in rows[:READ]:
        passage = best_passage(plain_text(article.live_revision.body), wanted, target.unit)
        if passage:
            found.append(Candidate(article, passage))
    return sorted(found, key=lambda one: -one.passage.worth)[:SHOWN]


def published_of(plan: WorkPlan):
    """What the plan's organisation and those below it published in the plan's time and shortly after; no plans."""
    path = plan.organization.path
    since = timezone.make_aware(datetime.datetime.combine(plan.starts_on, datetime.time()))
    until = timezone.make_aware(datetime.datetime.combine(plan.ends_on + AFTERWARDS, datetime.time()))
    return (
        Article.objects.published()
        .filter(organization__path__gte=path, organization__path__lt=paths.subtree_end(path))
        .filter(sort_at__gte=since, sort_at__lt=until)
        .exclude(kind=Article.Kind.PLAN)
    )


@transaction.atomic
def confirm(target: Target, article: Article, by, *, quote: str, value: Decimal | None = None) -> Evidence:
    """Say that `article` shows how far `target` has come, by the words `quote`; with `value` report it, too.

    The report bears the article's day. Raises ValidationError where the article is not public, does not hold the
    words, or the value cannot be reported.
    """
    target = _of(target, by)
    _require_quote(article, quote)
    made = _report(target, article, by, value) if value is not None else None
    row = _judge(target, article, by, Evidence.Verdict.CONFIRMED, quote=quote.strip())
    if made:
        row.report = made
        row.save(update_fields=["report"])
    record("confirm evidence", target, by=by, organization=target.plan.article.owner, note=str(article))
    return row


@transaction.atomic
def refuse(target: Target, article: Article, by) -> Evidence:
    """Say that `article` shows nothing of `target`; it is suggested no more."""
    target = _of(target, by)
    row = _judge(target, article, by, Evidence.Verdict.REFUSED, quote="", report=None)
    record("refuse evidence", target, by=by, organization=target.plan.article.owner, note=str(article))
    return row


@transaction.atomic
def take_back(evidence: Evidence, by) -> None:
    """Forget a judgement, so that the article may be suggested again; what was reported from it stays."""
    target = _of(evidence.target, by)
    record("take back evidence", target, by=by, organization=target.plan.article.owner, note=str(evidence.article))
    evidence.delete()


def _of(target: Target, by) -> Target:
    rows = Target.objects.select_for_update(of=("self",)).order_by("pk")
    target = rows.select_related("plan__article__owner", "plan__organization").get(pk=target.pk)
    require_report(by, target.plan)
    if target.kind not in Target.FORWARD:
        raise ValidationError(_("This figure promises nothing, so nothing is evidence of it."), code="kind")
    return target


def _require_quote(article: Article, quote: str) -> None:
    if not article.is_public_now:
        raise ValidationError(_("Only a public article can be evidence."), code="public")
    words = "".join(quote.split())
    if not words or words not in "".join(plain_text(article.live_revision.body).split()):
        raise ValidationError(_("These words do not stand in the article. Copy the sentence from it."), code="quote")


def _report(target: Target, article: Article, by, value: Decimal) -> ProgressReport:
    written = timezone.localdate(article.sort_at)
    day = min(max(written, target.plan.starts_on or written), timezone.localdate())
    return report(target, by, on=day, value=value, note=_("From the article “%s”") % article.title[:200])


def _judge(target: Target, article: Article, by, verdict: str, **more) -> Evidence:
    said = {"verdict": verdict, "judged_by": by, "judged_at": timezone.now(), **more}
    return Evidence.objects.update_or_create(target=target, article=article, defaults=said)[0]
