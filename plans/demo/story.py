"""Who files which paper when: the whole demonstration as a list, in order of time. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import writing
from .bank import occasion
from .bodies import Body
from .figures import Goal, Outcome, goals, outcome
from .writing import DIGITS, Text

BACK = 5  # years before the latest complete one
MISSING = {"c": 0.0, "d": 0.05, "t": 0.84}  # of the yearly plans at the beginning; fewer each year
STARTS = {"c": (1, 20), "d": (2, 10), "t": (2, 25)}


@dataclass
class Paper:
    """One plan or report, as it is to be filed."""

    body: Body
    year: int
    title: str
    text: Text
    published: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date
    role: str = "plan"
    period: str = "year"
    subject: str = "综合"
    doc_number: str = ""
    evidence: str = ""  # of an inferred year
    state: str = "in_force"
    replaces: "Paper | None" = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)


@dataclass
class Story:
    """What is told: of these bodies, up to the latest complete year `latest`, as things stand on the day `today`."""

    bodies: list[Body]
    latest: int
    today: datetime.date
    back: int = BACK

    @property
    def first(self) -> int:
        return self.latest - self.back

    @property
    def years(self) -> range:
        """The complete years and, where it runs, the next."""
        return range(self.first, self.latest + 1 + (self.today.year > self.latest))

    def goals(self, body: Body, year: int) -> dict[str, Goal]:
        return goals(body, self.first, year)

    def papers(self) -> list[Paper]:
        """All papers up to today, the earliest first."""
        found = [paper for body in self.bodies for paper in self._of(body) if paper.published <= self.today]
        return sorted(found, key=lambda paper: (paper.published, paper.body.code, paper.role))

    def _of(self, body: Body) -> Iterator[Paper]:
        for year in self.years:
            yield from self._year(body, year)
        yield from self._years_plans(body)

    def _year(self, body: Body, year: int) -> Iterator[Paper]:
        chance = body.chance("papers", year)
        diligence = (body.parent or body).chance("diligence").choice((0.5, 1, 1.1, 1.2))
        missing = (diligence if body.rank == "t" else 1) * MISSING[body.rank] * (1 - 0.08 * (year - self.first)) + (
            0.15 if year > self.latest else 0
        )
        if body.rank != "c" and chance.random() < missing:
            return
        own = self.goals(body, year)
        outcomes = {code: outcome(goal) for code, goal in own.items()}
        plan = self._plan(body, year, own, outcomes)
        yield plan
        if body.rank != "t" and chance.random() < 0.1 and plan.state != "draft":
            plan = self._revised(plan)
            yield plan
        if body.rank == "c" or (body.rank == "d" and body.chance("subjects").random() < 0.3):
            for subject in ("女职工", "经审"):
                yield self._plan(body, year, own, outcomes, subject=subject)
        if chance.random() < {"c": 1, "d": 0.5, "t": 0.06}[body.rank]:
            yield self._report(body, year, outcomes, half=True)
        if chance.random() < {"c": 1, "d": 0.8, "t": 0.2}[body.rank]:
            plan.state = "closed" if year < self.latest and plan.state == "in_force" else plan.state
            yield self._report(body, year, outcomes, half=False)

    def _plan(self, body, year, own, outcomes, *, subject: str = "综合") -> Paper:
        chance = body.chance("plan", year, subject)
        month, day = STARTS[body.rank]
        late = chance.random() < (0.12 if body.rank != "c" else 0)
        published = datetime.date(year, month, day) + datetime.timedelta(
            days=chance.randint(50, 140) if late else chance.randint(0, 25)
        )
        about = "" if subject == "综合" else subject
        form = body.chance("form").choice(
            ("工作要点", "工作计划") if body.rank != "t" else ("工作计划", "工作要点", "工作思路")
        )
        inferred = body.rank == "t" and chance.random() < 0.12
        title = f"{body.name}{'' if inferred else f'{year}年'}{about}{form}"
        if body.rank != "t" and not about and chance.random() < 0.4:
            title = f"关于印发《{title}》的通知"
        draft = chance.random() < {"c": 0, "d": 0.02, "t": 0.06}[body.rank] + (0.12 if year > self.latest else 0)
        return Paper(
            body,
            year,
            title,
            writing.plan(body, year, own, subject=subject),
            published,
            datetime.date(year, 1, 1),
            datetime.date(year, 12, 31),
            subject=subject,
            doc_number=self._number(body, year, chance.randint(3, 28)),
            evidence=f"{occasion(year)['stage']}"[:60] if inferred else "",
            state="draft" if draft and body.rank != "c" else "in_force",
            outcomes=outcomes,
        )

    def _number(self, body: Body, year: int, number: int) -> str:
        return f"{body.words['town'][0]}工发〔{year}〕{number}号" if body.rank != "t" else ""

    def _revised(self, plan: Paper) -> Paper:
        """The plan once more in June, with a few numbers changed, in place of the first."""
        body, year = plan.body, plan.year
        own = dict(self.goals(body, year))
        for code in list(own)[::4]:
            if (number := own[code].number) and number > 10 and own[code].promise.measure == "total":
                own[code] = Goal(own[code].promise, body, year, (number * 9) // 10, own[code].wording, "确保")
        return Paper(
            body,
            year,
            f"关于调整《{body.name}{year}年工作要点》有关任务的通知",
            writing.plan(body, year, own),
            datetime.date(year, 6, 18),
            plan.starts_on,
            plan.ends_on,
            doc_number=self._number(body, year, 33),
            state=plan.state,
            replaces=plan,
            outcomes={code: outcome(goal) for code, goal in own.items()},
        )

    def _report(self, body: Body, year: int, outcomes: dict[str, Outcome], *, half: bool) -> Paper:
        chance = body.chance("report", year, half)
        published = datetime.date(year, 7, 5) if half else datetime.date(year, 12, 20)
        return Paper(
            body,
            year,
            f"{body.name}{year}年{'上半年工作总结' if half else '工作总结'}",
            writing.report(body, year, outcomes, half=half),
            published + datetime.timedelta(days=chance.randint(0, 24)),
            datetime.date(year, 1, 1),
            datetime.date(year, 6, 30) if half else datetime.date(year, 12, 31),
            role="report",
            period="first_half" if half else "year",
            outcomes=outcomes,
        )

    def _years_plans(self, body: Body) -> Iterator[Paper]:
        """The plan of each five-year period that begins or runs within the story; of districts, of some."""
        if body.rank == "t" or (body.rank == "d" and body.chance("years").random() < 0.5):
            return
        for last in range(self.first - self.first % 5 + 5, self.years[-1] + 5, 5):
            begins = last - 4
            if begins not in self.years:
                continue
            ordinal = (begins - 1951) // 5
            name = DIGITS[ordinal - 11] if ordinal <= 20 else str(ordinal)
            own = self.goals(body, begins)
            yield Paper(
                body,
                last,
                f"{body.name}“十{name}五”工作规划（{begins}—{last}年）",
                writing.plan(body, last, own, years=5),
                datetime.date(begins, 3, 20) + datetime.timedelta(days=body.chance("years", begins).randint(0, 60)),
                datetime.date(begins, 1, 1),
                datetime.date(last, 12, 31),
                period="years",
                doc_number=self._number(body, begins, 9),
                outcomes={},
            )
