"""The targets a state of the register speaks of: what is promised, under the conditions that are put on targets."""

import datetime
from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans.models import ProgressReport, Target, WorkPlan

LIMITS = (Target.Comparator.AT_MOST, Target.Comparator.LESS)

# Conditions on targets that choose plans too; a theme alone leaves those whose clauses have it
CHOOSING: dict[str, Callable[[dict], object]] = {
    "words": lambda asked: asked.get("q") and asked.get("where") == "targets",
    "unit": lambda asked: asked.get("unit"),
    "progress": lambda asked: asked.get("progress"),
    "overdue": lambda asked: asked.get("overdue"),
}


def wanted(asked: dict, user, kinds=Target.FORWARD):
    """The targets of `kinds` that `user` may read and that meet the conditions on targets in `asked`
    (RegisterFilters.asked)."""
    rows = Target.objects.visible_to(user).filter(kind__in=kinds)
    if themes := asked.get("theme"):
        rows = rows.filter(theme__in=themes)
    if CHOOSING["words"](asked):
        for word in asked["q"].split():
            rows = rows.filter(quote__icontains=word)
    if unit := asked.get("unit"):
        rows = rows.filter(unit=unit.strip())
    if progress := asked.get("progress"):
        reported = Exists(standing())
        rows = rows.filter(reported if progress == "yes" else ~reported)
    if asked.get("overdue"):
        rows = overdue(rows, timezone.localdate())
    return rows


def standing():
    """The reports of an outer target that count: nothing corrects them and they take nothing back."""
    return ProgressReport.objects.filter(target=OuterRef("pk")).standing().order_by()


def overdue(rows, today: datetime.date):
    """Of the targets `rows` those whose day is over (their own, else their plan's last) without a word of how it came
    out: no report of that day or later or of the year's end, and none that reaches the number. Of plans in force, and
    not of targets that are parted into others, whose figures are theirs."""
    reached = Q(value__gte=OuterRef("number")) & ~Q(target__comparator__in=LIMITS)
    said = standing().filter(Q(final=True) | Q(on__gte=OuterRef("day")) | reached)
    return (
        rows.annotate(day=Coalesce(F("deadline"), F("plan__ends_on")))
        .filter(plan__state=WorkPlan.State.IN_FORCE, number__isnull=False, day__lt=today)
        .filter(~Exists(said), ~Exists(Target.objects.filter(parent=OuterRef("pk"))))
    )
