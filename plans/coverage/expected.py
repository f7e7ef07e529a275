"""From whom a plan is expected, and by when: which of several expectations wins (plans/models/coverage.py)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from organizations import paths
from organizations.models import Organization
from plans.models import Expectation


class ExpectedSet:
    """The expectations `rules` (each with its organisation), asked body by body without a query."""

    def __init__(self, rules: Iterable[Expectation]):
        self.rules = sorted(rules, key=lambda rule: -rule.pk)
        self._own: dict[int, list[Expectation]] = defaultdict(list)
        self._below: dict[tuple[str, str], list[Expectation]] = defaultdict(list)
        for rule in self.rules:
            if rule.level_id is None:
                self._own[rule.organization_id].append(rule)
            else:
                self._below[rule.organization.path, rule.level_id].append(rule)
        self._chains: dict[tuple[str, str], list[Expectation]] = {}

    def about(self, body: int, path: str, level: str | None) -> list[Expectation]:
        """All that speak of a body, the one that wins first."""
        own = self._own.get(body, [])
        if level is None:
            return own
        if (path, level) in self._below:
            return own + self._chain(path, level)
        return own + self._chain(path[: -paths.STEP], level)

    def _chain(self, path: str, level: str) -> list[Expectation]:
        """Those of `level` at `path` or above, the lowest first; kept, since siblings share them."""
        if (path, level) not in self._chains:
            at = [path, *reversed(paths.ancestor_paths(path))]
            self._chains[path, level] = [rule for one in at for rule in self._below.get((one, level), ())]
        return self._chains[path, level]

    @staticmethod
    def due(
        rules: list[Expectation], year: int, exists: tuple[datetime.date | None, datetime.date | None] = (None, None)
    ) -> datetime.date | None:
        """When the plan of `year` is due by `rules`; None where none is, or the body did not exist on that day."""
        rule = next((rule for rule in rules if rule.covers(year)), None)
        if rule is None or not rule.expected:
            return None
        day, (first, last) = rule.due_on(year), exists
        return day if (first is None or first <= day) and (last is None or day <= last) else None

    def bodies(self) -> Q | None:
        """The condition on Organization of being spoken of; None where it would be longer than it is worth."""
        rules = [rule for rule in self.rules if rule.expected]
        if len(rules) > 100:
            return None
        condition = Q(pk__in=[rule.organization_id for rule in rules if rule.level_id is None])
        for path, level in {(rule.organization.path, rule.level_id) for rule in rules if rule.level_id}:
            condition |= Q(level=level, path__gte=path, path__lt=paths.subtree_end(path))
        return condition


def expectations(subject: str, first: int, last: int, within: Organization | None = None):
    """The expectations about plans of `subject` for years from `first` to `last`, of bodies at or below `within`."""
    rules = Expectation.objects.filter(subject=subject, first_year__lte=last).select_related("organization").order_by()
    rules = rules.filter(Q(last_year=None) | Q(last_year__gte=first))
    if within is not None:
        above = Q(organization__path__in=paths.ancestor_paths(within.path), level__isnull=False)
        inside = Q(organization__path__gte=within.path, organization__path__lt=paths.subtree_end(within.path))
        rules = rules.filter(above | inside)
    return rules
