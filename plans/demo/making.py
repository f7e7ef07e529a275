"""Making a demonstration: bodies, papers, what follows from them, step by step.

Each step is a transaction of a second or so, since others wait to write meanwhile; it notes its rows in the ledger. So
whatever breaks the making off, what was made until then is known and can be removed.
"""

import datetime
from collections.abc import Callable
from itertools import batched

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.canonical import canonical
from articles.making import Draft, make
from articles.models import Article, Channel
from organizations import federations
from organizations.audit import record, together
from organizations.models import Level, Organization
from plans import filing
from plans.models import Clause, Demonstration, Indicator, Target, WorkPlan
from plans.proposals import Proposal, propose_all

from . import aftermath, people
from .bank import promises
from .bodies import Body, body
from .ledger import Ledger, own_articles
from .stage import SOURCE, TOGETHER, Filed, Stage, in_unit, midnight
from .story import Paper, Story

State = WorkPlan.State


def make_demonstration(
    division: str,
    latest: int,
    today: datetime.date,
    *,
    seed: int = 0,
    back: int = 5,
    beside: bool = False,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Demonstration, dict[str, int]]:
    """Make it for the federations of `division`, with `latest` as the latest complete year, and count what was made.

    `tell` is called with how far it has come. Raises ValidationError where the site has one already, if only a part
    of one, lacks its vocabularies, or has published articles of its own and `beside` does not say that this is meant.
    """
    found = federations.survey(division)
    with transaction.atomic(), together():
        _require_room(beside=beside)
        ledger = Ledger(Demonstration.objects.create(latest=latest, state=Demonstration.State.MAKING))
        record("make demonstration", ledger.demonstration, note=f"{division} {latest}")
    bodies, organizations = _bodies(found, division, seed, ledger)
    story = Story(bodies, latest, today, back)
    papers = story.papers()
    channels = {one.slug: one for one in Channel.objects.filter(kind="list").order_by("position")}
    stage = Stage(story, organizations, channels, ledger)
    with ledger.step():
        stage.indicators = _indicators(ledger)
    total = len(papers) + len(papers) // 2
    for chunk in batched(papers, TOGETHER):
        with ledger.step():
            _file(stage, list(chunk))
        tell(len(stage.filed), total)
    with ledger.step():
        accounts = people.accounts(stage)
    for step, steps in aftermath.follow(stage, accounts):
        tell(len(papers) + (total - len(papers)) * step // steps, total)
    with ledger.step():
        people.calendar(stage, accounts)
        ledger.finish()
    return ledger.demonstration, {label: len(rows) for label, rows in ledger.rows.items()}


def _require_room(*, beside: bool) -> None:
    if there := Demonstration.objects.first():
        if there.state == Demonstration.State.WHOLE:
            raise ValidationError(
                _("A demonstration is there already. Remove it first: make demo-remove"), code="there"
            )
        raise ValidationError(
            _(
                "A part of a demonstration is there: the making or removing of it was broken off, or goes on just now. "
                "Remove it first: make demo-remove"
            ),
            code="part",
        )
    if not Level.objects.exists() or not Channel.objects.filter(kind="list").exists():
        raise ValidationError(_("The site has no levels or channels yet. Run set_up first."), code="empty")
    if not beside and (count := own_articles()):
        raise ValidationError(
            _(
                "This site has published %(count)d articles of its own; a demonstration would stand among them. "
                "Make it on a site for trying things out, or say --beside."
            )
            % {"count": count},
            code="beside",
        )


def _bodies(
    found: federations.Survey, division: str, seed: int, ledger: Ledger
) -> tuple[list[Body], dict[int, Organization]]:
    """The federations of the division, made where they are missing, and those above it, which stay outside."""
    new, creating = found.missing, federations.create(found)
    while not all(one.there for one in new):
        with ledger.step():
            next(creating)
            ledger.add(one.there for one in new if one.there)
    by_code: dict[str, Body] = {}
    organizations = {}
    for one in found.all:
        if one.division and one.division.code.startswith(division) and len(one.division.code) >= 4:
            above = by_code.get(one.parent.division.code) if one.parent.division else None
            row = body(one.there.pk, one.there.name, one.division.code, above, seed)
            by_code[one.division.code] = row
            organizations[row.key] = one.there
    return list(by_code.values()), organizations


def _indicators(ledger: Ledger) -> dict[str, Indicator]:
    """The indicator of each promise, made where no indicator has that name."""
    there = {one.name: one for one in Indicator.objects.filter(name__in=[one.name for one in promises().values()])}
    new = [
        Indicator(name=one.name, unit=one.unit, measure=one.measure, definition=f"演示口径，由{one.duty}负责统计。")
        for one in promises().values()
        if one.name not in there
    ]
    ledger.add(Indicator.objects.bulk_create(new))
    there |= {one.name: one for one in new}
    return {code: there[one.name] for code, one in promises().items()}


def _file(stage: Stage, papers: list[Paper]) -> None:
    """File papers as articles and plans, and tie the targets read from them to what they were written from."""
    made = make([_draft(stage, paper) for paper in papers], None)
    stage.ledger.add(row for one in made for row in (one.article, one.revision))
    plans = propose_all(
        [
            _proposal(stage.organizations[paper.body.key], paper, one.article)
            for paper, one in zip(papers, made, strict=True)
        ],
        None,
    )
    filed = [Filed(paper, plan) for paper, plan in zip(papers, plans, strict=True)]
    stage.filed += filed
    stage.ledger.add(plans)
    for model in (Clause, Target):
        stage.ledger.add_rows(model.objects.filter(plan__in=plans))
    filing.put_all_in_force([one.plan for one in filed if one.paper.state != "draft" and not one.paper.replaces], None)
    for one in filed:
        if one.paper.replaces and one.paper.state != "draft":
            before = next(other for other in stage.filed if other.paper is one.paper.replaces)
            filing.put_in_force(one.plan, None, replaces=before.plan)
            before.plan.state = State.REPLACED
    _date(filed)
    _tie(filed)


def _draft(stage: Stage, paper: Paper) -> Draft:
    organization = stage.organizations[paper.body.key]
    return Draft(
        owner=organization,
        organization=organization,
        channel=stage.channel("jihua"),
        kind=Article.Kind.PLAN,
        text={
            "title": paper.title,
            "body": paper.text.html,
            "source": SOURCE,
            "document_number": paper.doc_number,
            "written_on": paper.published,
        },
        published_at=midnight(paper.published),
        imported=True,
        public=paper.state != "draft",
    )


def _proposal(organization: Organization, paper: Paper, article: Article) -> Proposal:
    return Proposal(
        article=article,
        organization=organization,
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
        year_stated=not paper.evidence,
        year_evidence=paper.evidence,
        role=paper.role,
        subject=paper.subject,
        period=paper.period,
        doc_number=paper.doc_number,
    )


def _date(filed: list[Filed]) -> None:
    """Give the plans the days of the story, and close those that are to be closed."""
    for one in filed:
        plan, day = one.plan, midnight(one.paper.published + datetime.timedelta(days=3))
        plan.refresh_from_db(fields=["state", "in_force_at"])
        plan.filed_at = day
        if plan.in_force_at:
            plan.in_force_at = day
        if one.paper.state == "closed" and plan.state == State.IN_FORCE:
            plan.state = State.CLOSED
            record("close plan", plan, organization=plan.article.owner)
    WorkPlan.objects.bulk_update([one.plan for one in filed], ["filed_at", "in_force_at", "state"])


def _tie(filed: list[Filed]) -> None:
    """Find, for each target read from a text, the goal that its sentence was written from."""
    by_plan = {one.plan.pk: one for one in filed}
    told = {
        pk: [(canonical(text), goal, number) for text, goal, number in one.paper.text.said]
        for pk, one in by_plan.items()
    }
    for target in Target.objects.filter(plan__in=by_plan).select_related("plan"):
        quote = canonical(target.quote)
        for sentence, goal, number in told[target.plan_id]:
            if (
                (number is None) == (target.number is None)
                and (number is None or in_unit(number, target) == target.number)
                and (quote in sentence or sentence in quote)
            ):
                by_plan[target.plan_id].targets.append((target, goal))
                break
