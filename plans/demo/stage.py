"""What the makers of a demonstration hand to one another."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from articles.models import Channel
from organizations.models import Organization
from plans.models import Indicator, Target, WorkPlan

from .figures import Goal
from .ledger import Ledger
from .story import Paper, Story

SOURCE = "演示数据（程序生成，非真实文件）"
TOGETHER = 20  # papers filed by the same statements, in one step
ROWS = 500  # of other tables, in one step


@dataclass
class Filed:
    """A paper with its plan, and which of its targets speak of which goal."""

    paper: Paper
    plan: WorkPlan
    targets: list[tuple[Target, Goal]] = field(default_factory=list)


@dataclass
class Stage:
    """What the makers share: the story, the rows of its bodies, what was made so far."""

    story: Story
    organizations: dict[int, Organization]
    channels: dict[str, Channel]
    ledger: Ledger
    filed: list[Filed] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(default_factory=dict)

    def channel(self, slug: str) -> Channel:
        return self.channels.get(slug) or next(iter(self.channels.values()))


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def noon(day: datetime.date) -> datetime.datetime:
    return midnight(day) + datetime.timedelta(hours=12)


def place(one: Filed, goal: Goal) -> tuple:
    """Whose and which promise for which time a goal is, whatever text speaks of it."""
    return one.paper.body.code, one.paper.starts_on, one.paper.ends_on, goal.promise.code


def in_unit(figure: Decimal, target: Target) -> Decimal:
    """A figure in the unit of the target, which may be written in 万元."""
    return round(figure / 10_000, 2) if target.unit.startswith("万") else figure
