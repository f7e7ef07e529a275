"""What the front page shows, gathered from all rooms in few queries."""

from dataclasses import dataclass, field

from articles.models import Article, Channel, Collection
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from organizations.models import Organization
from plans.models import Target, WorkPlan

NEWEST = 12
WIRE = 6
SECTIONS = 3
IN_A_SECTION = 4
FIGURES = 4
PLANS_LOOKED_AT = 8
LEVEL_SAMPLE = 8
FIGURE_KINDS = (Target.Kind.TARGET, Target.Kind.RECURRING)


@dataclass
class News:
    """The newest articles laid out: one that leads, two beside each other, and the rest in short lines."""

    lead: Article | None = None
    pair: list[Article] = field(default_factory=list)
    wire: list[Article] = field(default_factory=list)


def news() -> News:
    """The lead and the pair are news or speeches that have a summary; what they leave stands in short lines."""
    newest = list(Article.objects.published().for_lists().newest()[:NEWEST])
    telling = [row for row in newest if row.summary and row.kind in (Article.Kind.NEWS, Article.Kind.SPEECH)]
    telling = telling or newest
    lead, pair = (telling[0] if telling else None), telling[1:3]
    if len(pair) < 2:
        pair = []
    shown = {row.pk for row in (lead, *pair) if row}
    return News(lead, pair, [row for row in newest if row.pk not in shown][:WIRE])


def sections(channels: list[Channel]) -> list[tuple[Channel, list[Article]]]:
    """The newest articles of the first channels that have any, in one query."""
    chosen = [channel for channel in channels if channel.kind == Channel.Kind.LIST][:SECTIONS]
    if not chosen:
        return []
    parts = [
        Article.objects.published().filter(channel=channel).newest().values_list("pk")[:IN_A_SECTION]
        for channel in chosen
    ]
    pks = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = Article.objects.for_lists().filter(pk__in=pks).newest()
    return [(channel, [row for row in rows if row.channel_id == channel.pk]) for channel in chosen]


def figures() -> list[Target]:
    """Targets with a number from the newest plans in force whose article is public, at most two a plan."""
    public = Article.objects.published().order_by().values("pk")
    plans = WorkPlan.objects.in_force().filter(article__in=public).order_by("-starts_on", "-pk")
    rank = Window(RowNumber(), partition_by=F("plan"), order_by=("position", "pk"))
    rows = (
        Target.objects.filter(
            plan__in=list(plans.values_list("pk", flat=True)[:PLANS_LOOKED_AT]),
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
    return list(rows)


def organizations_by_level(sample: int = LEVEL_SAMPLE) -> list[tuple[object, list[Organization], int]]:
    """(level, its first `sample` organisations, how many there are) for the public tree, in one query."""
    rank = Window(RowNumber(), partition_by=F("level"), order_by=F("path").asc())
    total = Window(Count("pk"), partition_by=F("level"))
    rows = (
        Organization.objects.placed()
        .exclude(level=None)
        .annotate(rank=rank, total=total)
        .filter(rank__lte=sample)
        .select_related("level")
        .order_by("level__position", "path")
    )
    found: dict[str, tuple[object, list[Organization], int]] = {}
    for row in rows:
        found.setdefault(row.level_id, (row.level, [], row.total))[1].append(row)
    return list(found.values())


def collections() -> list[Collection]:
    public = Article.objects.published().order_by()
    return list(
        Collection.objects.published().annotate(
            named=Count("entries"), here=Count("entries", filter=Q(entries__article__in=public))
        )[:2]
    )
