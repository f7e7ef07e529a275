"""What the front page shows, gathered from all rooms in few queries."""

import re
from dataclasses import dataclass, field

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from articles.long_lists import within_reach
from articles.menu import covered
from articles.models import Article, Channel, Collection
from articles.months import counts
from articles.neighbours import first_rows
from organizations.models import Level, Organization
from plans.models import Target, WorkPlan

NEWEST = 12
WIRE = 6
WIRE_BESIDE_A_PICTURE = 9
SECTIONS = 3
IN_A_SECTION = 4
NOTICES = 6
NOTICE_NAMES = ("通知", "公告", "公示")
FIGURES = 4
LONGEST_WORDS = 24
PLANS_OF_A_LEVEL = 3
LEVEL_SAMPLE = 8
FIGURE_KINDS = (Target.Kind.TARGET, Target.Kind.RECURRING)

Section = tuple[Channel, list[Article]]


@dataclass
class News:
    """The newest articles laid out: one that leads, two beside each other, and the rest in short lines.

    `sections` are the first channels of the menu with what is new in them, `notices` the channel of notices.
    """

    lead: Article | None = None
    pair: list[Article] = field(default_factory=list)
    wire: list[Article] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notices: Section | None = None

    @property
    def shown(self) -> set[int]:
        """Numbers of the lead and the pair."""
        return {row.pk for row in (self.lead, *self.pair) if row}


def news(channels: list[Channel], known: dict[int, Channel]) -> News:
    """What is new in all and in the first of `channels`, in one query; `known` are all channels by number.

    The lead and the pair are whole news or speeches with a summary; what they leave stands in short lines. A channel
    shows what stands in it and below it, what leads the page last.
    """
    boards = (row for row in known.values() if row.shown and row.kind == Channel.Kind.LIST)
    board = next((row for row in boards if any(word in row.name for word in NOTICE_NAMES)), None)
    apart = covered(board, known) if board else []
    lists = [row for row in channels if row.kind == Channel.Kind.LIST and row != board]
    chosen = [(channel, covered(channel, known), IN_A_SECTION) for channel in lists[:SECTIONS]]
    if board:
        chosen.append((board, apart, NOTICES))
    public = Article.objects.published().newest()
    sources = [first_rows(public.exclude(Q(kind=Article.Kind.PAGE) | Q(channel__in=apart)), NEWEST)]
    sources += [
        first_rows(within_reach(public.filter(channel__in=reach), counts(reach).all, most), most)
        for _channel, reach, most in chosen
    ]
    first, *others = [rows.values_list("pk") for rows in sources]
    numbers = first.union(*others, all=True) if others else first
    rows = list(Article.objects.for_lists().filter(pk__in=numbers).newest())
    newest = [row for row in rows if row.kind != Article.Kind.PAGE and row.channel_id not in apart]
    laid_out = _laid_out(newest[:NEWEST])
    last = sorted(rows, key=lambda row: row.pk in laid_out.shown)
    found = [(channel, [row for row in last if row.channel_id in reach][:most]) for channel, reach, most in chosen]
    laid_out.notices = found.pop() if board else None
    laid_out.sections = [section for section in found if section[1]]
    return laid_out


def _laid_out(newest: list[Article]) -> News:
    told = (Article.Kind.NEWS, Article.Kind.SPEECH)
    telling = [row for row in newest if row.summary and row.complete and row.kind in told]
    telling = telling or newest
    lead, pair = (telling[0] if telling else None), telling[1:3]
    if len(pair) < 2:
        pair = []
    laid_out = News(lead, pair)
    most = WIRE_BESIDE_A_PICTURE if lead and lead.lead_image else WIRE
    laid_out.wire = [row for row in newest if row.pk not in laid_out.shown][:most]
    return laid_out


def plans(levels: list[Level]) -> list[WorkPlan]:
    """The newest plans in force whose article is public, of each of `levels` and of none, in one query."""
    public = Article.objects.published().order_by().values("pk")
    rows = WorkPlan.objects.in_force().filter(role=WorkPlan.Role.PLAN, article__in=public)
    rows = rows.order_by("-starts_on", "-pk")
    first, *others = [
        first_rows(rows.filter(level_then=level), PLANS_OF_A_LEVEL).values_list("pk") for level in (None, *levels)
    ]
    numbers = first.union(*others, all=True) if others else first
    shown = WorkPlan.objects.filter(pk__in=numbers).select_related("article", "organization", "level_then")
    return list(shown.order_by(F("level_then__position").asc(nulls_last=True), "-starts_on", "-pk"))


def plans_and_figures(levels: list[Level]) -> tuple[list[WorkPlan], list[Target]]:
    found = plans(levels)
    return found, figures(found)


def figures(plans: list[WorkPlan]) -> list[Target]:
    """Targets with a number from these plans, those of the newest first, at most two a plan."""
    if not plans:
        return []
    rank = Window(RowNumber(), partition_by=F("plan"), order_by=("position", "pk"))
    rows = (
        Target.objects.filter(
            plan__in=plans,
            kind__in=FIGURE_KINDS,
            number__isnull=False,
            broken=False,
        )
        .exclude(object="")
        .annotate(rank=rank)
        .filter(rank__lte=2)
        .select_related("plan__organization", "plan__article")
        .order_by("rank", "-plan__starts_on", "pk")[:FIGURES]
    )
    found = list(rows)
    for target in found:
        target.said = words_around(target.quote, target.amount)
    return found


def words_around(quote: str, amount: str) -> str:
    """The part of a sentence between two commas that holds the number; nothing where none or a long one does."""
    parts = [part.strip() for part in re.split(r"[，,；;。：:、]", quote) if amount in part]
    return parts[0] if parts and len(parts[0]) <= LONGEST_WORDS else ""


def organizations_by_level(levels: list[Level], sample: int = LEVEL_SAMPLE) -> list[tuple[Level, list[Organization]]]:
    """Each of `levels` (from directory.levels) that has organisations, with its first `sample`, in one query."""
    here = [level for level in levels if level.total]
    if not here:
        return []
    placed = Organization.objects.placed().order_by("path")
    first, *others = [first_rows(placed.filter(level=level), sample) for level in here]
    found: dict[str, list[Organization]] = {level.pk: [] for level in here}
    for row in first.union(*others, all=True).order_by("path") if others else first.order_by("path"):
        found[row.level_id].append(row)
    return [(level, found[level.pk]) for level in here]


def collections() -> list[Collection]:
    return list(Collection.objects.published().with_counts()[:2])
