"""What filing a page costs the database: a bound for each page, the same for the tenth page and for thirty clauses."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import SearchDocument
from importer.filing.files import Filer, Page
from importer.proposal import RULES_VERSION, output, propose
from organizations.models import SiteSettings
from plans.models import Clause, WorkPlan

pytestmark = pytest.mark.django_db

A_PAGE = 25  # statements of a page that is published with its plan in force, savepoints left out
TEN_TOGETHER = 50  # statements of ten such pages that are filed by one transaction
SAVEPOINTS = 10  # statements that set or release one
ONES = ("", *"一二三四五六七八九")
NUMBERS = [*[f"{tens}{one}" for tens in ("", "十", "二十") for one in ONES][1:], "三十"]


def page(year: int, clauses: int) -> bytes:
    lines = [f"石桥镇总工会{year}年工作要点", f"发布时间:{year}-02-03 来源:石桥镇总工会"]
    lines.append(f"{year}年,镇总工会要围绕中心工作,服务职工群众,推动工会工作再上新台阶。")
    for number in NUMBERS[:clauses]:
        lines += [f"{number}、加强组织建设", "抓好企业建会工作,全年新建基层工会20家。"]
    return "\n".join(lines).encode()


@pytest.fixture
def filer(db):
    call_command("set_up", stdout=io.StringIO())
    filer = Filer(owner=SiteSettings.load().organization, place="pages", publish=True)
    file(filer, 1990, 1)  # makes the organisation, and reads what a run reads once
    return filer


def file(filer: Filer, year: int, clauses: int) -> None:
    raw = page(year, clauses)
    filer.file(raw, output(propose(raw, "page.txt")), source=f"{year}.txt", rules_version=int(RULES_VERSION))


def statements(filer: Filer, years: range, clauses: int) -> tuple[int, int]:
    """How many statements filing a page of each year took, and how many more that set or released savepoints."""
    with CaptureQueriesContext(connection) as captured:
        for year in years:
            file(filer, year, clauses)
    marks = sum(query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured.captured_queries)
    return len(captured) - marks, marks


def test_a_page_costs_the_same_alone_and_among_ten_with_one_clause_and_with_thirty(filer):
    statement_count, savepoints = statements(filer, range(1991, 1992), 1)
    assert statement_count <= A_PAGE
    assert savepoints <= SAVEPOINTS
    ten = (10 * statement_count, 10 * savepoints)
    assert statements(filer, range(1992, 2002), 1) == ten
    assert statements(filer, range(2002, 2012), 30) == ten
    assert Clause.objects.count() == 12 + 300
    assert WorkPlan.objects.in_force().count() == 22
    assert SearchDocument.objects.count() == 22


def test_ten_pages_filed_together_share_their_statements(filer):
    raws = {year: page(year, 5) for year in range(1991, 2001)}
    pages = [Page(raw, output(propose(raw, "page.txt")), f"{year}.txt") for year, raw in raws.items()]
    with CaptureQueriesContext(connection) as captured:
        filed = list(filer.file_all(pages, rules_version=int(RULES_VERSION)))
    assert [(one.published, one.in_force) for one in filed] == [(1, 1)] * 10
    assert sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured) <= TEN_TOGETHER
