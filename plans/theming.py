"""The theme of a target: the primary one of its clause, else of the clause above it (plans.models.Target.theme)."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .models import ClauseTheme, Target


def _theme() -> Coalesce:
    """What the theme of a target has to be."""

    def primary(condition: Q) -> Subquery:
        return Subquery(ClauseTheme.objects.filter(condition).order_by("rank", "pk").values("theme")[:1])

    return Coalesce(primary(Q(clause=OuterRef("clause"))), primary(Q(clause__children=OuterRef("clause"))))


def follow_themes(plans: Iterable[int]) -> None:
    """Set the theme of every target of the plans numbered `plans` anew; one statement.

    Whoever changes the themes of a clause, or the clause of a target, calls this in the same transaction.
    """
    Target.objects.filter(plan__in=list(plans)).update(theme=_theme())


def astray() -> QuerySet[Target]:
    """Targets whose theme is another than that of their clause; none, as long as everybody calls follow_themes."""
    rows = Target.objects.order_by().annotate(of_clause=_theme())
    return rows.exclude(theme=F("of_clause")).exclude(theme=None, of_clause=None)
