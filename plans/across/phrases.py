"""The phrase tracker (提法): when, where and how widely plans use a phrase, and every place where it stands.

Of FEW plans all texts are looked through. Of more the search index says which hold the words, and of each year's at
most a share of CAP texts is looked through for the phrases as they stand. Years of which more texts hold the words are
`partial`: their numbers are at least so many.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter

from articles.canonical import canonical
from articles.finding import articles_holding
from organizations.models import Level
from plans.models import Clause, Theme, WorkPlan
from plans.register.address import Chip, chips
from plans.register.filters import YearFilter

from .address import PageAddress
from .concordance import MOST, Place, places, split
from .plan_filters import PlanFilters
from .rising import Rising, rising

CAP = 2000  # texts looked through
FEW = 500  # texts that are looked through whatever words they hold
CANDIDATES = 20_000
HEADINGS = 3000  # of a year, of which rising phrases are told
A_PAGE = 30
SORTS = {"year": gettext_lazy("year"), "left": gettext_lazy("words before"), "right": gettext_lazy("words behind")}


class PhraseFilters(PlanFilters):
    """The filters of the phrase tracker: those on plans, the phrases, the order, and the year of what is new."""

    phrase = CharFilter(label=gettext_lazy("phrases"), method="unchanged", max_length=160)
    sort = ChoiceFilter(label=gettext_lazy("order"), method="unchanged", choices=list(SORTS.items()))
    new = YearFilter(label=gettext_lazy("year"), method="unchanged")

    def filed(self):
        """The plans and reports that are spoken of: filed, with a first day."""
        return self.plans().exclude(state=WorkPlan.State.DRAFT).exclude(starts_on=None)


@dataclass
class Hit:
    """A place where `phrase` stands in the plan number `plan`; `row` and `url` are set where it is shown."""

    phrase: str
    plan: int
    year: int
    place: Place
    row: WorkPlan | None = None
    url: str = ""


@dataclass(frozen=True)
class Line:
    """How many bodies of a level (or of all) use a phrase in each year, and these numbers as a polyline."""

    label: str
    numbers: list[int]
    cells: list[tuple[int, int, bool]]  # year, number, and whether there may be more
    points: str

    @property
    def end(self) -> str:
        return self.points.rpartition(",")[2]


@dataclass(frozen=True)
class Use:
    """The use of one phrase: by level and together, the first who wrote it, in all how often and by how many."""

    phrase: str
    lines: list[Line]
    first: list[Hit]
    bodies: int
    times: int


@dataclass
class Tracked:
    """What is known of the phrases asked for; `years` has how many bodies filed anything in each."""

    uses: list[Use] = field(default_factory=list)
    years: list[tuple[int, int, bool]] = field(default_factory=list)
    page: Page | None = None
    partial: bool = False


@dataclass
class PhrasePage:
    """Everything the page of phrases shows: `tracked` where phrases are asked for, else what is new in `year`."""

    filters: PhraseFilters
    address: PageAddress
    chips: list[Chip]
    complaints: list[str]
    levels: dict[str, str]
    phrases: list[str]
    tracked: Tracked | None = None
    rising: list[Rising] = field(default_factory=list)
    year: int | None = None
    years: list[int] = field(default_factory=list)
    capped: bool = False


def read(data, user) -> PhrasePage:
    """The page for the GET parameters `data` over what `user` may see. At most nine queries.

    Never raises for bad parameters: they are left out and named in `complaints`.
    """
    levels = dict(Level.objects.order_by("position").values_list("code", "name"))
    themes = dict(Theme.objects.values_list("code", "name"))
    plans = WorkPlan.objects.visible_to(user)
    filters = PhraseFilters(data, plans, user, levels=levels, themes=themes, states=WorkPlan.State.choices)
    address = PageAddress(data, "plan-phrases")
    phrases, left_out = split(filters.asked.get("phrase", ""))
    complaints = filters.complaints + [
        _("“%(piece)s” was left out: up to %(most)d phrases of 2 to 30 characters are looked for.")
        % {"piece": piece, "most": MOST}
        for piece in left_out[:3]
    ]
    found = PhrasePage(filters, address, chips(filters, address, levels, themes), complaints, levels, phrases)
    by_year = filters.filed().order_by().values_list("starts_on__year")
    bodies = dict(by_year.annotate(Count("organization", distinct=True)))
    if phrases:
        found.tracked = _tracked(filters, phrases, bodies, levels, data.get("page"))
    elif bodies:
        _tell_new(found, sorted(bodies, reverse=True))
    return found


def _tell_new(found: PhrasePage, years: list[int]) -> None:
    found.years, found.year = years, found.filters.asked.get("new")
    if found.year not in years:
        found.year = years[0]
    both = []
    for year in (found.year, found.year - 1):
        within = found.filters.filed().filter(starts_on__year=year).values("pk")
        rows = Clause.objects.visible_to(found.filters.user).filter(plan__in=within).order_by("-pk")
        both.append(list(rows.values_list("heading", "plan__organization")[:HEADINGS]))
    found.capped = any(len(headings) == HEADINGS for headings in both)
    found.rising = rising(*both)


def _tracked(filters: PhraseFilters, phrases: list[str], bodies: dict, levels: dict, number) -> Tracked:
    chosen, partial = _chosen(filters.filed(), phrases)
    hits, users = _look(chosen, phrases)
    years = [(year, bodies[year], year in partial) for year in sorted(bodies)]
    page = Paginator(_sorted(hits, filters.asked.get("sort", "year")), A_PAGE).get_page(number)
    uses = [_use(phrase, hits, users[phrase], years, levels) for phrase in phrases]
    _fill([*page.object_list, *(hit for use in uses for hit in use.first)])
    return Tracked(uses, years, page, bool(partial))


def _chosen(filed, phrases: list[str]) -> tuple[list[int], set[int]]:
    """The numbers of the plans to look through, and the years that have more.

    Of FEW plans all are looked through, without the index, whose answer grows with all texts there are. Of more those
    that hold the words, the oldest of each year first.
    """
    few = list(filed.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return few, set()
    holding = Q(pk=None)
    for phrase in phrases:
        if (articles := articles_holding(f"“{phrase}”")) is not None:
            holding |= Q(article__in=articles)
    by_year: dict[int, list[int]] = defaultdict(list)
    rows = filed.filter(holding).order_by("starts_on", "article__sort_at", "pk").values_list("starts_on__year", "pk")
    for year, pk in rows[:CANDIDATES]:
        by_year[year].append(pk)
    share = CAP // max(len(by_year), 1)
    chosen = [pk for numbers in by_year.values() for pk in numbers[:share]]
    return chosen, {year for year, numbers in by_year.items() if len(numbers) > share}


def _look(chosen: list[int], phrases: list[str]) -> tuple[list[Hit], dict[str, dict]]:
    """Every hit in the plans numbered `chosen`, the oldest first, and of each phrase who uses it: the bodies by year
    and level."""
    hits: list[Hit] = []
    users: dict[str, dict] = {phrase: defaultdict(set) for phrase in phrases}
    rows = WorkPlan.objects.filter(pk__in=chosen).order_by("starts_on", "article__sort_at", "pk")
    columns = ("pk", "starts_on__year", "organization", "level_then", "text_revision__body")
    for pk, year, body, level, html in rows.values_list(*columns).iterator(chunk_size=200):
        for phrase, place in places(html, phrases):
            hits.append(Hit(phrase, pk, year, place))
            users[phrase][year, level].add(body or f"plan {pk}")
    return hits, users


def _sorted(hits: list[Hit], sort: str) -> list[Hit]:
    if sort == "left":
        return sorted(hits, key=lambda hit: hit.place.left[::-1])
    if sort == "right":
        return sorted(hits, key=lambda hit: hit.place.right)
    return sorted(hits, key=lambda hit: -hit.year)


def _use(phrase: str, hits: list[Hit], users: dict, years: list[tuple[int, int, bool]], levels: dict) -> Use:
    own = [hit for hit in hits if hit.phrase == phrase]
    first = {hit.plan: hit for hit in reversed(own) if hit.year == own[0].year}
    everybody: dict[int, set] = defaultdict(set)
    for (year, _level), bodies in users.items():
        everybody[year] |= bodies
    lines = [_line(_("all levels"), {year: len(bodies) for year, bodies in everybody.items()}, years)]
    for code, name in levels.items():
        numbers = {year: len(bodies) for (year, level), bodies in users.items() if level == code}
        if numbers:
            lines.append(_line(name, numbers, years))
    return Use(phrase, lines, list(reversed(first.values()))[:3], len(set().union(*everybody.values())), len(own))


def _line(label: str, found: dict[int, int], years: list[tuple[int, int, bool]]) -> Line:
    cells = [(year, found.get(year, 0), partial) for year, _bodies, partial in years]
    numbers = [number for _year, number, _partial in cells]
    most, step = max(numbers, default=0) or 1, 120 / max(len(numbers) - 1, 1)
    points = " ".join(f"{step * at:.1f},{30 - 28 * number / most:.1f}" for at, number in enumerate(numbers))
    return Line(label, numbers, cells, points)


def _fill(hits: list[Hit]) -> None:
    """Give each hit the row of its plan and the address of the clause that it stands in; two queries."""
    numbers = {hit.plan for hit in hits}
    rows = WorkPlan.objects.select_related("article", "organization", "level_then").in_bulk(numbers)
    clauses = defaultdict(list)
    found = Clause.objects.standing().filter(plan__in=numbers).order_by("start")
    for clause in found.only("pk", "plan_id", "start"):
        clauses[clause.plan_id].append(clause)
    for hit in hits:
        hit.row = rows[hit.plan]
        at = len(canonical(hit.place.text[: hit.place.start]))
        above = [clause for clause in clauses[hit.plan] if clause.start <= at]
        hit.url = hit.row.get_absolute_url() + (f"#{above[-1].anchor}" if above else "#text")
