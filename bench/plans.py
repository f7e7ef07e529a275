"""What the staff's pages of plans cost at 2,000 and at 50,000 plans with 20 targets each, beside an empty page.

Every city has 33 bodies and six years of plans, however many cities there are: a page filtered to one city shows the
same at both sizes, and must cost the same. Times are processor time of a request (on PostgreSQL time by the
clock), the best of some; the floor is a page of the same frame that reads hardly any plan.
"""

import argparse
import datetime
import itertools
import sys
import time
from collections.abc import Iterator

from . import report

SIZES = (2_000, 50_000)
YEARS = range(2019, 2025)
TARGETS = 20
BODIES = (("city", 1), ("district", 8), ("township", 24))  # of one city
TOGETHER = 500
REPEATS = 9
TITLES = ["Page", "Queries", *(f"{size:,} plans" for size in SIZES), "Grows", "Floor (empty page)", "Figure to floor"]
THEMES = ["ideology", "merit", "skills", "rights", "support", "organisation", "self", "digital", "reform", "finance"]
PROMISES = (
    "全年新建{}家示范点，培训骨干{}名",
    "走访职工{}户，覆盖率达到{}%以上",
    "力争开展活动{}场，参加职工不少于{}00人次",
    "年底前建成阵地{}个，帮扶职工{}人",
)


def text(numbers: Iterator[int]) -> list[tuple[str, str]]:
    """Ten clauses, each a heading and a paragraph with two of the numbers."""
    rows = []
    for at, figure in enumerate("一二三四五六七八九十"):
        promise = PROMISES[at % len(PROMISES)].format(next(numbers), next(numbers))
        rows.append(
            (f"{figure}、抓好第{figure}方面工作", f"围绕中心任务，压实责任，完善机制。{promise}。加强检查督促。")
        )
    return rows


def body(rows: list[tuple[str, str]]) -> str:
    return "".join(f"<h2>{heading}</h2><p>{words}</p>" for heading, words in rows)


def cities(count: int) -> Iterator[list]:
    """The bodies of one new city after the other, the highest first."""
    from organizations import tree
    from organizations.models import Level, Organization

    levels = {level.code: level for level in Level.objects.all()}
    there = Organization.objects.filter(level="city").count()
    for number in range(there, there + count):
        parent, made = None, []
        for code, bodies in BODIES:
            rows = [Organization(name=f"第{number}市第{at}{code}工会", level=levels[code]) for at in range(bodies)]
            made += tree.add_all(rows, parent)
            parent = made[0]
        yield made


def fill(plans: int) -> None:
    """Exactly `plans` plans in force with their articles, clauses, targets and, of every tenth target, a report."""
    from articles.making import Draft, make
    from articles.models import Article, Channel
    from organizations.models import SiteSettings
    from plans.models import WorkPlan
    from plans.proposals import Proposal, propose_all

    there = WorkPlan.objects.count()
    channel, owner = Channel.objects.get(slug="jihua"), SiteSettings.load().organization
    bodies = itertools.chain.from_iterable(cities((plans - there) // (33 * len(YEARS)) + 1))
    wanted = itertools.islice(((one, year) for one in bodies for year in YEARS), plans - there)
    for number, some in enumerate(itertools.batched(wanted, TOGETHER, strict=False)):
        drafts = []
        for one, year in some:
            numbers = itertools.cycle(range(10 + number % 60, 98))
            about = {"title": f"{one.name}{year}年工作要点", "body": body(text(numbers))}
            made_on = datetime.datetime(year, 2, 1, tzinfo=datetime.UTC)
            drafts.append(
                Draft(
                    owner=owner,
                    channel=channel,
                    text=about,
                    kind=Article.Kind.PLAN,
                    organization=one,
                    published_at=made_on,
                    imported=True,
                    public=True,
                )
            )
        articles = [made.article for made in make(drafts, None)]
        days = [(datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for _one, year in some]
        proposals = [
            Proposal(article=article, organization=one, starts_on=first, ends_on=last, read=False)
            for article, (one, _year), (first, last) in zip(articles, some, days, strict=True)
        ]
        _read(propose_all(proposals, None))
        there += len(some)
        print(f"\r{there:,} of {plans:,} plans", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _read(plans: list) -> None:
    """Clauses, targets and reports as the grammars read the first plan, and copies for the others of its text."""
    from plans.models import Clause, ClauseTheme, ProgressReport, Target, WorkPlan
    from plans.proposals import read, store

    first, numbers = plans[0], [plan.pk for plan in plans]
    pattern = read(first)
    if len(pattern.targets) != TARGETS:
        sys.exit(f"{len(pattern.targets)} targets were read where {TARGETS} stand")
    store([(first, pattern)])
    others = f"JOIN plans_workplan p ON p.id > {first.pk} AND p.id <= {max(numbers)}"
    same_place = "JOIN plans_clause own ON own.plan_id = p.id AND own.position = c.position"
    its_clause = f"JOIN plans_clause c ON c.id = row.clause_id {others} {same_place}"
    _copy(Clause, f"{others} WHERE row.plan_id = {first.pk}", {"plan_id": "p.id"})
    _copy(ClauseTheme, f"{its_clause} WHERE c.plan_id = {first.pk}", {"clause_id": "own.id"})
    _copy(Target, f"{its_clause} WHERE row.plan_id = {first.pk}", {"plan_id": "p.id", "clause_id": "own.id"})
    WorkPlan.objects.filter(pk__in=numbers).update(
        state=WorkPlan.State.IN_FORCE, in_force_at=datetime.datetime.now(datetime.UTC)
    )
    tenth = Target.objects.filter(plan__in=numbers, position__in=(1024, 11 * 1024)).select_related("plan")
    ProgressReport.objects.bulk_create(
        ProgressReport(target=row, on=row.plan.ends_on.replace(month=9, day=30), value=row.number // 2) for row in tenth
    )


def _copy(model: type, where: str, other: dict[str, str]) -> None:
    """Rows of a model once more, with `other` columns, by one statement."""
    from django.db import connection

    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    names, values = (", ".join(f'"{name}"' for name in columns), ", ".join(other.get(n, f'row."{n}"') for n in columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table} row {where}"
        )


def addresses() -> dict[str, str]:
    """What is asked for: of each screen a page narrowed to one city, or to plans of one."""
    from organizations.models import Organization
    from plans.models import Target, WorkPlan

    city = Organization.objects.filter(level="city", name__startswith="第0市").get()
    plans = list(WorkPlan.objects.filter(organization=city, starts_on__year__in=(2023, 2024)).order_by("starts_on"))
    target = Target.objects.filter(plan=plans[0]).order_by("position").first()
    within = f"organization={city.slug}"
    return {
        "Register, one city and year": f"/plans/?{within}&year=2023",
        "Register, one city and theme": f"/plans/?{within}&theme=rights",
        "Register, words of targets in one city": f"/plans/?{within}&q=示范点",
        "One plan": f"/plans/{plans[0].pk}/",
        "One target": f"/plans/targets/{target.pk}/",
        "Targets, one city and year": f"/plans/targets/?{within}&year=2023",
        "Themes, one city": f"/plans/themes/?{within}",
        "Phrases, one city": f"/plans/phrases/?{within}&phrase=示范点",
        "Progress": "/plans/progress/",
        "Coverage, one city": f"/plans/coverage/?{within}",
        "Comparison of two years": f"/plans/compare/?plan={plans[0].pk}&plan={plans[1].pk}",
    }


FLOOR = "/plans/compare/"  # the frame and a form


def cost(client, address: str) -> tuple[float, int]:
    """Milliseconds of processor time of a request, the best of some, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked = len(queries)
    if response.status_code != 200:
        sys.exit(f"{address} answered {response.status_code}")
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter  # PostgreSQL works elsewhere
    times = []
    for _ in range(REPEATS):
        started = clock()
        client.get(address)
        times.append(clock() - started)
    return 1000 * min(times), asked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, help="how many plans, small and large")


def measure(options: argparse.Namespace) -> None:
    """Print what each screen costs at both sizes; on the database DATABASE_URL names, a new one unless told."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from organizations.models import Membership, SiteSettings, User

    call_command("migrate", interactive=False, verbosity=0)
    call_command("set_up", verbosity=0)
    user = User.objects.filter(username="bench").first() or User.objects.create_user("bench")
    Membership.objects.get_or_create(user=user, organization=SiteSettings.load().organization, role="manager")
    found: dict[str, list[tuple[float, int]]] = {}
    floors: list[float] = []
    for size in options.sizes:
        fill(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        for _ in range(2):
            client.get(FLOOR)
        floors.append(cost(client, FLOOR)[0])
        for name, address in addresses().items():
            found.setdefault(name, []).append(cost(client, address))
    rows = [_row(name, costs, floors) for name, costs in found.items()]
    for row in rows:
        print(" | ".join(row), flush=True)
    if options.write:
        titles = [*TITLES[:2], *(f"{size:,} plans" for size in options.sizes), *TITLES[-3:]]
        vendor = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
        about = f"On {vendor}, {TARGETS} targets a plan; milliseconds of a request, the best of {REPEATS}."
        report.write(f"Pages of plans on {vendor}", about, titles, rows)


def _row(name: str, costs: list[tuple[float, int]], floors: list[float]) -> list[str]:
    """A line of the table; how a page grows is told against the floors of the two moments."""
    (small, queries), (large, _) = costs
    return [
        name,
        str(queries),
        f"{small:.0f} ms",
        f"{large:.0f} ms",
        f"× {(large / floors[1]) / (small / floors[0]):.2f}",
        f"{floors[0]:.0f}, {floors[1]:.0f} ms",
        f"{large / floors[1]:.1f} : 1",
    ]
