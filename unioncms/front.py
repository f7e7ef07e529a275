"""What the front page shows, gathered from all rooms in few queries."""

import re
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from articles.menu import covered
from articles.models import Article, Channel, Collection
from articles.neighbours import first_rows
from organizations.models import Level, Organization
from plans.models import Target, WorkPlan

NEWEST = 12
WIRE = 6
SECTIONS = 3
IN_A_SECTION = 4
FIGURES = 4
LONGEST_WORDS = 24
PLANS_LOOKED_AT = 8
LEVEL_SAMPLE = 8
FIGURE_KINDS = (Target.Kind.TARGET, Target.Kind.RECURRING)


@dataclass
class News:
    """The newest articles laid out: one that leads, two beside each other, and the rest in short lines."""

    lead: Article | None = None
    pair: list[Article] = field(default_factory=list)
    wire: list[Article] = field(default_factory=list)

    @property
    def shown(self) -> set[int]:
        """Numbers of the lead and the pair."""
        return {row.pk for row in (self.lead, *self.pair) if row}


def news() -> News:
    """The lead and the pair are whole news or speeches with a summary; what they leave stands in short lines."""
    newest = list(Article.objects.published().for_lists().newest()[:NEWEST])
    told = (Article.Kind.NEWS, Article.Kind.SPEECH)
    telling = [row for row in newest if row.summary and row.complete and row.kind in told]
    telling = telling or newest
    lead, pair = (telling[0] if telling else None), telling[1:3]
    if len(pair) < 2:
        pair = []
    laid_out = News(lead, pair)
    laid_out.wire = [row for row in newest if row.pk not in laid_out.shown][:WIRE]
    return laid_out


def sections(
    channels: list[Channel], known: dict[int, Channel], shown: set[int]
) -> list[tuple[Channel, list[Article]]]:
    """The newest articles of the first channels that have any, with those of the channels below them, in one query.

    Those `shown` above come last. `known` are all channels by number.
    """
    chosen = [channel for channel in channels if channel.kind == Channel.Kind.LIST][:SECTIONS]
    if not chosen:
        return []
    public = Article.objects.published().newest()
    reach = [covered(channel, known) for channel in chosen]
    first, *others = [first_rows(public.filter(channel__in=pks), IN_A_SECTION).values_list("pk") for pks in reach]
    rows = Article.objects.for_lists().filter(pk__in=first.union(*others, all=True) if others else first).newest()
    rows = sorted(rows, key=lambda row: row.pk in shown)
    return [
        (channel, [row for row in rows if row.channel_id in pks]) for channel, pks in zip(chosen, reach, strict=True)
    ]


def figures() -> list[Target]:
    """Targets with a number from the newest plans in force whose article is public, at most two a plan."""
    public = Article.objects.published().order_by().values("pk")
    plans = WorkPlan.objects.in_force().filter(article__in=public).order_by("-starts_on", "-pk")
    rank = Window(RowNumber(), partition_by=F("plan"), order_by=("position", "pk"))
    rows = (
        Target.objects.filter(
            plan__in=plans.values("pk")[:PLANS_LOOKED_AT],
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


def organizations_by_level(sample: int = LEVEL_SAMPLE) -> list[tuple[Level, list[Organization], int]]:
    """(level, its first `sample` organisations, how many there are) for the public tree, in two queries."""
    placed = Organization.objects.placed()
    counted = Level.objects.filter(organization__placed=True).annotate(total=Count("organization"))
    levels = list(counted.order_by("position"))
    if not levels:
        return []
    first, *others = [first_rows(placed.filter(level=level).order_by("path"), sample) for level in levels]
    found: dict[str, list[Organization]] = {level.pk: [] for level in levels}
    for row in first.union(*others, all=True).order_by("path") if others else first.order_by("path"):
        found[row.level_id].append(row)
    return [(level, found[level.pk], level.total) for level in levels]


def collections() -> list[Collection]:
    return list(Collection.objects.published().with_counts()[:2])
