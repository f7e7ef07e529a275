"""News that speak of the figures of a demonstration, and some of them confirmed as evidence."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from articles.making import Draft, make
from articles.models import Article
from plans.models import Evidence, ProgressReport

from . import writing
from .figures import Outcome
from .stage import SOURCE, TOGETHER, Filed, Stage, in_unit, midnight, noon, place
from .writing import Text

TOLD = {"c": 0.35, "d": 0.16, "t": 0.012}  # of the goals of a year that a piece of news speaks of
CHANNELS = {
    "权益保障部": "quanyi",
    "劳动和经济工作部": "jiangong",
    "职工服务中心": "bangfu",
    "女职工部": "bangfu",
    "宣传教育部": "suzhi",
}


@dataclass(frozen=True)
class Piece:
    """One piece of news, and the report with the same figure where there is one."""

    outcome: Outcome
    day: datetime.date
    title: str
    text: Text
    report: ProgressReport | None


def tell(stage: Stage, accounts: list, reports: dict[tuple, dict[int, ProgressReport]]) -> None:
    """Publish the news, the earliest first; confirm nearly half of those with a report as evidence, refuse a few."""
    by = accounts[min(1, len(accounts) - 1)] if accounts else None
    pieces = sorted(_pieces(stage, reports), key=lambda piece: piece.day)
    for chunk in batched(pieces, TOGETHER):
        with stage.ledger.step():
            made = make([_draft(stage, piece) for piece in chunk], None)
            stage.ledger.add(row for one in made for row in (one.article, one.revision))
            judged = [_judged(piece, one.article, by) for piece, one in zip(chunk, made, strict=True) if piece.report]
            stage.ledger.add(Evidence.objects.bulk_create(one for one in judged if one))


def _pieces(stage: Stage, reports: dict[tuple, dict[int, ProgressReport]]) -> Iterator[Piece]:
    for one in stage.filed:
        if one.paper.role != "plan" or one.paper.period != "year" or one.plan.state not in ("in_force", "closed"):
            continue
        for _target, goal in one.targets:
            told = one.paper.outcomes.get(goal.promise.code)
            chance = goal.body.chance("news", goal.promise.code, goal.year)
            if told and told.known and chance.random() < TOLD[goal.body.rank]:
                yield from _piece(stage, one, told, chance.randint(1, 4), reports.get(place(one, goal), {}))


def _piece(
    stage: Stage, one: Filed, told: Outcome, quarter: int, reports: dict[int, ProgressReport]
) -> Iterator[Piece]:
    """The news of one quarter, a few days after it, where that is over and there is something to tell."""
    month = 3 * quarter
    year = told.goal.year
    day = datetime.date(year, month, calendar.monthrange(year, month)[1])
    day += datetime.timedelta(days=told.goal.body.chance("day", told.goal.promise.code, year).randint(2, 12))
    if day > stage.story.today or not writing.figure_in(told, quarter):
        return
    title, text = writing.news(told, quarter, f"{day.month}月{day.day}日")
    report = reports.get(quarter)
    if report is not None and report.value != in_unit(writing.figure_in(told, quarter), report.target):
        report = None  # that one was wrong and is corrected
    yield Piece(told, day, title, text, report)


def _draft(stage: Stage, piece: Piece) -> Draft:
    goal = piece.outcome.goal
    organization = stage.organizations[goal.body.key]
    slug = CHANNELS.get(goal.promise.duty, "yaowen" if goal.body.rank == "c" else "jiceng")
    return Draft(
        owner=organization,
        organization=organization,
        channel=stage.channel(slug),
        kind=Article.Kind.NEWS,
        text={"title": piece.title, "body": piece.text.html, "source": SOURCE},
        published_at=midnight(piece.day),
        imported=True,
        public=True,
    )


def _judged(piece: Piece, article: Article, by) -> Evidence | None:
    goal = piece.outcome.goal
    chance = goal.body.chance("evidence", goal.promise.code, goal.year)
    verdict = chance.choices(("confirmed", "refused", None), (65, 5, 30))[0]
    if verdict is None or article.live_revision is None:
        return None
    return Evidence(
        target=piece.report.target,
        article=article,
        report=piece.report if verdict == "confirmed" else None,
        verdict=verdict,
        quote=piece.text.said[0][0] if piece.text.said else "",
        judged_by=by,
        judged_at=noon(piece.day + datetime.timedelta(days=3)),
    )
