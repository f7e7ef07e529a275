"""What awaits a person: the targets of the plans they report on, by state, and news that may be evidence."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.utils import timezone

from articles.alike import telling_words
from articles.keys import key
from articles.models import Article, SearchDocument
from organizations import paths, rights
from organizations.models import Organization
from plans.models import Evidence, Target, WorkPlan

from .states import Progress, State, progress_of

PLANS_A_PAGE = 10
TARGETS_A_PLAN = 60
NEWS = 40
SUGGESTED = 8
SOON = datetime.timedelta(days=30)
URGENT = (State.MISSED, State.BEHIND, State.NO_DATA, State.ON_TRACK, State.OPEN, State.MET)
CURRENT, ENDED = "current", "ended"


@dataclass(frozen=True)
class Awaiting:
    target: Target
    progress: Progress
    due: bool


@dataclass(frozen=True)
class PlanAwaiting:
    plan: WorkPlan
    rows: list[Awaiting]
    hidden: int
    ended: bool


@dataclass(frozen=True)
class Suggestion:
    target: Target
    article: Article
    words: list[str]


@dataclass(frozen=True)
class AwaitingPage:
    page: Page
    plans: list[PlanAwaiting]
    counts: list[tuple[State, int]]
    suggestions: list[Suggestion]


def plans_of(user) -> Q:
    """The condition of the plans on which `user` reports; for those who report nowhere, of those they see."""
    verb = "report_progress" if rights.may(user, "report_progress") else "view"
    owned = rights.reach(user, verb, "article__owner", limited="article__channel")
    return owned | rights.reach(user, verb, "organization", limited="article__channel")


def awaiting_page(
    user, today: datetime.date, *, show: str = CURRENT, state: str = "", within: Organization | None = None, number=1
) -> AwaitingPage:
    """A page of plans in force, those that end first before others, with their targets that need somebody.

    `show` is of plans whose time runs, or of those whose time is over and that are to be closed; `state` shows one
    state alone, else what is met or open is left out. Six queries.
    """
    plans = WorkPlan.objects.visible_to(user).filter(plans_of(user), role=WorkPlan.Role.PLAN)
    plans = plans.filter(state=WorkPlan.State.IN_FORCE)
    if show == ENDED:
        plans = plans.filter(ends_on__lt=today).order_by("-ends_on", "organization__path", "pk")
    else:
        plans = plans.filter(starts_on__lte=today, ends_on__gte=today).order_by("ends_on", "organization__path", "pk")
    if within is not None:
        end = paths.subtree_end(within.path)
        plans = plans.filter(organization__path__gte=within.path, organization__path__lt=end)
    promises = Target.objects.visible_to(user).filter(kind__in=Target.FORWARD)
    promises = promises.defer("quote").select_related("indicator")
    rows = plans.select_related("organization", "article").prefetch_related(
        Prefetch("targets", queryset=promises[:TARGETS_A_PLAN], to_attr="promises")
    )
    page = Paginator(rows, PLANS_A_PAGE).get_page(number)
    page.object_list = list(page.object_list)
    targets = [target for plan in page.object_list for target in plan.promises]
    found = progress_of(targets, today, user)
    states = [one.state for one in found.values()]
    return AwaitingPage(
        page=page,
        plans=[_plan(plan, found, state, today) for plan in page.object_list],
        counts=[(one, states.count(one)) for one in URGENT],
        suggestions=_suggestions(page.object_list, found) if not state else [],
    )


def _plan(plan: WorkPlan, found: dict[int, Progress], state: str, today: datetime.date) -> PlanAwaiting:
    rows = []
    for target in plan.promises:
        progress = found[target.pk]
        last = target.deadline or plan.ends_on
        due = progress.state not in (State.MET, State.OPEN) and today <= last <= today + SOON
        if progress.state == state or (not state and (due or progress.state not in (State.MET, State.OPEN))):
            rows.append(Awaiting(target, progress, due))
    rows.sort(key=lambda row: (not row.due, URGENT.index(row.progress.state), row.target.position))
    return PlanAwaiting(plan, rows, len(plan.promises) - len(rows), plan.ends_on < today)


def _suggestions(plans: list[WorkPlan], found: dict[int, Progress]) -> list[Suggestion]:
    """The newest public articles of the bodies of `plans` that share two telling words with a target not met yet.

    The words come from the search index: no text is read. Two queries.
    """
    bodies = {plan.organization_id: plan.organization.path for plan in plans}
    if not bodies:
        return []
    inside = Q()
    for path in bodies.values():
        inside |= Q(organization__path__gte=path, organization__path__lt=paths.subtree_end(path))
    since = timezone.make_aware(datetime.datetime.combine(min(plan.starts_on for plan in plans), datetime.time()))
    news = Article.objects.published().filter(inside, sort_at__gte=since).exclude(kind=Article.Kind.PLAN)
    newest = news.order_by("-sort_at").values("pk")[:NEWS]
    documents = SearchDocument.objects.exclude(side=SearchDocument.Side.LATEST).filter(article__in=newest)
    documents = documents.select_related("article__organization").order_by("-article__sort_at", "-article_id")
    texts = [(one.article, frozenset(one.words)) for one in documents]
    judged = set(
        Evidence.objects.filter(article__in=[article.pk for article, _words in texts]).values_list("target", "article")
    )
    suggested = []
    for plan in plans:
        for target in plan.promises:
            if found[target.pk].state in (State.MET, State.OPEN):
                continue
            asked = telling_words(target.object)
            best = max(
                (
                    (len(shared), -place, article, shared)
                    for place, (article, words) in enumerate(texts)
                    if article.organization.path.startswith(plan.organization.path)
                    and (target.pk, article.pk) not in judged
                    and len(shared := [word for word in asked if key(word) in words]) >= min(2, max(1, len(asked)))
                ),
                key=lambda one: one[:2],
                default=None,
            )
            if best:
                suggested.append((best[0], Suggestion(target, best[2], best[3])))
    suggested.sort(key=lambda one: -one[0])
    return [one for _score, one in suggested[:SUGGESTED]]
