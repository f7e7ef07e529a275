"""One page of the coverage table as it is shown: each cell with its sign, its words and where it leads."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organizations import rights
from organizations.models import Organization
from plans.models import Reminder, Target, WorkPlan

from .cells import GAPS, SIGNS, Cell, Mark, Tally
from .filters import Asked
from .matrix import Body, Matrix
from .reminding import AGAIN_AFTER

LOOKS = {
    Mark.IN_FORCE: "full",
    Mark.DRAFT: "check",
    Mark.INFERRED: "guess",
    Mark.CLOSED: "closed",
    Mark.PARTIAL: "part",
    Mark.REPLACED: "old",
    Mark.MISSING: "miss",
    Mark.PENDING: "wait",
    Mark.NONE: "none",
}


@dataclass(slots=True)
class Shown:
    """A cell: `number` is that of the targets, None where no plan decides; `words` is what a screen reader says."""

    cell: Cell
    sign: str
    look: str
    words: str
    href: str = ""
    number: int | None = None
    reminders: int = 0
    details: str = ""
    choosable: bool = False


@dataclass(slots=True)
class Row:
    """A body with its cells; `above` is the name of the body above it, where those of its level stand below several."""

    body: Body
    above: str = ""
    cells: list[Shown] = field(default_factory=list)


def rows(bodies: list[Body], asked: Asked, user, own_site: Organization | None) -> list[Row]:
    """The rows of some bodies; three queries however many they are."""
    plans = {pk for body in bodies for cell in body.cells for pk in cell.plans if len(cell.plans) == 1}
    shown = _Cells(asked, user, own_site, _targets(plans, user), _reminders(bodies, asked))
    known = Organization.objects.select_related("parent").only("path", "parent__name")
    found = known.in_bulk([body.pk for body in bodies])
    parents = defaultdict(set)
    for body in bodies:
        parents[body.level].add(found[body.pk].parent)

    def above(body: Body) -> str:
        parent = found[body.pk].parent
        return parent.name if parent and len(parents[body.level]) > 1 else ""

    return [Row(body, above(body), list(shown.of(body, found[body.pk]))) for body in bodies]


def grouped(rows: list[Row], levels: dict[str, str]) -> list[tuple[str, list[Row]]]:
    """The rows by the name of their level."""
    by_level = groupby(rows, key=lambda row: row.body.level)
    return [(levels.get(level) or _("without a level"), list(some)) for level, some in by_level]


def totals(matrix: Matrix, levels: dict[str, str]) -> list[tuple[str, list[Tally], Tally]]:
    """For each level, and at the end for all of them where there are several: its name, by year, over the years."""
    order = [code for code in (*levels, None) if code in matrix.tallies]
    found = [(levels.get(code) or _("without a level"), matrix.tallies[code]) for code in order]
    if len(found) != 1:
        found.append((_("all levels"), matrix.totals()))
    return [(name, row, Tally().take_in(row)) for name, row in found]


def sign(cell: Cell) -> str:
    """The sign of a cell, in brackets where the plan is there though none is expected."""
    said = str(SIGNS[cell.mark])
    return pgettext("sign of coverage", "(%s)") % said if cell.apart else said


def legend() -> list[tuple[str, str, str]]:
    """Sign, look and words of each mark."""
    signs = [(SIGNS[mark], LOOKS[mark], mark.label) for mark in Mark]
    besides = Cell(Mark.IN_FORCE)
    return [*signs, (sign(besides), f"{LOOKS[besides.mark]} apart", _("there though not expected"))]


def _targets(plans: set[int], user) -> dict[int, int]:
    found = Target.objects.visible_to(user).filter(plan__in=plans, kind__in=Target.FORWARD).order_by()
    return dict(found.values_list("plan").annotate(Count("pk")))


def _reminders(bodies: list[Body], asked: Asked) -> dict[tuple[int, int], tuple]:
    found = Reminder.objects.filter(
        organization__in=[body.pk for body in bodies], year__in=asked.years, subject=asked.subject
    ).order_by()
    found = found.values_list("organization", "year").annotate(Count("pk"), Max("at"))
    return {(body, year): (count, at) for body, year, count, at in found}


class _Cells:
    def __init__(self, asked: Asked, user, own_site, targets: dict, reminders: dict):
        self.asked, self.user, self.targets, self.reminders = asked, user, targets, reminders
        try:
            self.add_url = reverse("admin:plans_workplan_add") if user.is_staff else ""
        except NoReverseMatch:  # a site without a desk
            self.add_url = ""
        self.files_for_all = own_site is not None and rights.may(user, "file_plan", own_site)
        self.since = timezone.now() - AGAIN_AFTER

    def of(self, body: Body, organization: Organization) -> Iterator[Shown]:
        may_file = bool(self.add_url) and (self.files_for_all or rights.may(self.user, "file_plan", organization))
        reminds = self.asked.remind and rights.may(self.user, "remind", organization)
        for year, cell in zip(self.asked.years, body.cells, strict=True):
            yield self._shown(body, year, cell, may_file, reminds and year == self.asked.remind)

    def _shown(self, body: Body, year: int, cell: Cell, may_file: bool, reminds: bool) -> Shown:
        count, at = self.reminders.get((body.pk, year), (0, None))
        shown = Shown(cell, sign(cell), LOOKS[cell.mark], cell.mark.label, reminders=count)
        said = []
        if cell.plans:
            shown.href = self._plans_url(body, year, cell)
            if len(cell.plans) == 1 and cell.mark not in GAPS:
                shown.number = self.targets.get(cell.plans[0], 0)
                said.append(ngettext("%d target", "%d targets", shown.number) % shown.number)
        elif may_file and (cell.due or cell.others):
            shown.href = f"{self.add_url}?{self._initial(body, year)}"
        if cell.apart:
            said.append(_("not expected"))
        elif cell.due and not cell.filed:
            said.append(_("due on %s") % cell.due)
        if cell.others:
            other = ngettext("%d other plan touches the year", "%d other plans touch the year", len(cell.others))
            said.append(other % len(cell.others))
        if count:
            said.append(ngettext("reminded %d time", "reminded %d times", count) % count)
            said.append(_("last on %s") % timezone.localtime(at).date())
        shown.details = f"{year} " + pgettext("between two counts", ", ").join([str(shown.words), *said])
        shown.choosable = bool(reminds) and cell.mark == Mark.MISSING and (at is None or at <= self.since)
        return shown

    def _plans_url(self, body: Body, year: int, cell: Cell) -> str:
        if len(cell.plans) == 1:
            return reverse("plan", args=cell.plans)
        query = {"organization": body.slug, "own": 1, "year": year, "role": WorkPlan.Role.PLAN}
        return f"{reverse('plans')}?{urlencode(query | {'subject': self.asked.subject})}"

    def _initial(self, body: Body, year: int) -> str:
        return urlencode({"organization": body.pk, "year": year, "subject": self.asked.subject})
