"""The theme of a target: the primary one of its clause, else of the clause above it (plans.models.Target.theme)."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from .models import ClauseTheme, Target


def follow_themes(plans: Iterable[int]) -> None:
    """Set the theme of every target of the plans numbered `plans` anew; one statement.

    Whoever changes the themes of a clause, or the clause of a target, calls this in the same transaction.
    """

    def primary(condition: Q) -> Subquery:
        return Subquery(ClauseTheme.objects.filter(condition).order_by("rank", "pk").values("theme")[:1])

    own, above = primary(Q(clause=OuterRef("clause"))), primary(Q(clause__children=OuterRef("clause")))
    Target.objects.filter(plan__in=list(plans)).update(theme=Coalesce(own, above))
