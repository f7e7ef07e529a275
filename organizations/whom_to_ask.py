"""Whoever gives the rights that a person lacks."""

from django.db.models import Q

from . import paths
from .models import Membership

MOST = 5


def managers_for(user) -> list[Membership]:
    """The managers of the bodies where `user` has a role and of those above, the nearest first, at most MOST.

    A person is named once and never asked to ask themselves. Nobody where `user` has no role anywhere.
    """
    if not user.is_authenticated:
        return []
    own = user.memberships.values_list("organization__path", flat=True)
    above = {path for place in own for path in [*paths.ancestor_paths(place), place]}
    if not above:
        return []
    can_answer = Q(user__is_active=True, user__is_service=False) & ~Q(user=user.pk)
    rows = Membership.objects.filter(can_answer, role=Membership.Role.MANAGER, organization__path__in=above)
    rows = rows.select_related("user", "organization").order_by("-organization__depth", "user_id")
    persons: dict[int, Membership] = {}
    for row in rows[: MOST * 3]:
        persons.setdefault(row.user_id, row)
    return list(persons.values())[:MOST]
