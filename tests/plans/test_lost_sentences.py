"""What the text of a plan no longer says: for the plan's own people on every page, and counted for nobody else."""

import json

import pytest
from django.test import Client

from articles import publishing
from organizations.models import SiteSettings
from plans.models import Clause, ClauseTheme, Indicator, Target
from plans.progress.awaiting import awaiting_page
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user
from tests.plans.progress.targets import TODAY, bare_plan, make_report, make_target
from tests.plans.register.reading_pages import facet

from .test_access import DRAFT, LATER, SECRET, entered, everything, holding, own_plan, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """A plan whose first clause and target were taken out of its text before it came out; both have a theme."""
    city = make_organization("甲市总工会", level="city", slug="jia")
    make_theme("skills", "素质"), make_theme("rights", "权益")
    made = own_plan(city, body=DRAFT, public=False)
    lost, stands = made.clauses.order_by("position")
    ClauseTheme.objects.filter(clause__plan=made).delete()
    ClauseTheme.objects.create(clause=lost, theme_id="skills")
    ClauseTheme.objects.create(clause=stands, theme_id="rights")
    made.targets.filter(clause=lost).update(theme="skills")
    made.targets.filter(clause=stands).update(theme="rights")
    made.targets.update(indicator=Indicator.objects.create(name="职工培训", unit="人"))
    publishing.save_revision(made.article, None, {"title": "甲市2019年工作", "body": LATER})
    publishing.publish(made.article, None)
    made.refresh_from_db()
    assert list(made.targets.order_by("start").values_list("broken", flat=True)).count(True) == 1
    return made


@pytest.fixture
def own(plan) -> Client:
    return entered(make_user("own", role="auditor", organization=plan.article.owner))


@pytest.fixture
def other() -> Client:
    """Somebody of the body beside, which has a plan without a number."""
    beside = make_organization("乙市总工会", level="city")
    article = make_article("乙市2019年工作", owner=beside, kind="plan", body="<p>做好各项工作。</p>")
    make_plan(article, organization=beside)
    return entered(make_user("other", role="manager", organization=beside))


def lost(plan) -> Target:
    return plan.targets.get(broken=True)


def test_no_page_and_no_file_shows_it_to_others(plan, own, other):
    found = everything(other, plan)
    assert holding(found, SECRET) == []
    assert "全年培训职工90人" in found["/plans/targets/?format=csv"]
    seen = holding(everything(own, plan), SECRET)
    for address in ("/plans/?format=json", "/plans/targets/", "/plans/targets/?format=csv", f"/plans/{plan.pk}/"):
        assert address in seen


def test_its_page_is_there_for_the_own_people_alone(plan, own, other):
    address = f"/plans/targets/{lost(plan).pk}/"
    assert (own.get(address).status_code, other.get(address).status_code) == (200, 404)
    assert other.get(f"/plans/targets/{plan.targets.get(broken=False).pk}/").status_code == 200


def test_administrators_see_all(plan, other):
    client = entered(make_user("root", is_superuser=True))
    assert client.get(f"/plans/targets/{lost(plan).pk}/").status_code == 200
    assert client.get("/plans/targets/").context["counts"].found == 2


@pytest.mark.parametrize(("who", "targets", "clauses"), [("own", 2, 2), ("other", 1, 1)])
def test_others_do_not_count_it(plan, own, other, who, targets, clauses):
    client = {"own": own, "other": other}[who]
    register = client.get("/plans/").context["register"]
    row = next(one for one in register.page.object_list if one.pk == plan.pk)
    assert (register.targets, row.promised, row.of_all, row.sections) == (targets, targets, targets, clauses)
    (body,) = [
        one
        for one in client.get("/plans/?view=organizations").context["register"].page.object_list
        if one.organization == plan.organization
    ]
    assert body.promises == targets
    explorer = client.get("/plans/targets/")
    assert explorer.context["counts"].found == targets
    assert facet(explorer, "theme") == {"skills": targets - 1, "rights": 1}
    for of, number in (("targets", targets), ("clauses", clauses)):
        assert client.get(f"/plans/themes/?of={of}").context["map"].total == number
    coverage = client.get("/plans/coverage/?year_from=2019&year_to=2019")
    numbers = [cell.number for _level, rows in coverage.context["groups"] for row in rows for cell in row.cells]
    assert sum(filter(None, numbers)) == targets


@pytest.mark.parametrize(("who", "shown"), [("own", 1), ("other", 0)])
def test_others_find_no_plan_by_it(plan, own, other, who, shown):
    client = {"own": own, "other": other}[who]
    for query in ("theme=skills", "unit=家", "unit=家&progress=no"):
        assert client.get(f"/plans/?{query}").context["register"].plans == shown, query
    assert facet(client.get("/plans/"), "theme") == {"skills": shown, "rights": 1}
    assert client.get(f"/plans/targets/?q={SECRET}").context["counts"].found == shown
    assert client.get("/plans/targets/?unit=家").context["counts"].found == shown
    spread = client.get("/plans/targets/").context["counts"]
    assert (spread.distribution is None) == bool(shown)  # for others all numbers are of one unit


def test_a_plan_that_has_nothing_else_promises_nothing_to_others(plan, own, other):
    plan.targets.filter(broken=False).delete()
    for client, number in ((own, 1), (other, 0)):
        assert client.get("/plans/?targets=yes").context["register"].plans == number
        assert facet(client.get("/plans/"), "targets")["yes"] == number


def test_a_lost_heading_is_not_told_with_a_sentence_that_stands(plan, own, other):
    stands = plan.targets.get(broken=False)
    Target.objects.filter(pk=stands.pk).update(clause=plan.clauses.get(broken=True))
    addresses = ("/plans/?columns=clause", "/plans/?columns=clause&format=csv", f"/plans/targets/{stands.pk}/")
    for address in addresses:
        assert SECRET not in text_of(other.get(address)), address
        assert SECRET in text_of(own.get(address)), address


def test_the_public_counts_what_stands(plan, own):
    SiteSettings.objects.update_or_create(pk=1, defaults={"public_register": True})
    client = Client(headers={"accept-language": "en"})
    (row,) = client.get("/plans/").context["register"].page.object_list
    assert (row.promised, row.of_all, row.sections) == (1, 1, 1)
    assert client.get("/plans/?theme=skills").context["register"].plans == 0
    assert "2 条" not in client.get(plan.organization.get_absolute_url()).content.decode()
    (year,) = client.get(plan.organization.get_absolute_url()).context["years"]
    assert [(one.clause_count, one.target_count) for one in year[1]] == [(1, 1)]


def test_whoever_reports_for_the_body_but_does_not_own_the_text_is_another(plan):
    """The article is owned by the body above: the role in the plan's own body sees its text as it is public."""
    below = make_organization("丙区总工会", parent=plan.organization)
    type(plan).objects.filter(pk=plan.pk).update(organization=below)
    for organization, objects in ((below, 1), (plan.organization, 2)):
        user = make_user(role="editor", organization=organization)
        found = awaiting_page(user, TODAY)
        assert [len(one.rows) + one.hidden for one in found.plans] == [objects]


def test_the_close_of_a_year_tells_others_no_lost_figure(plan, other):
    report = bare_plan(2019, organization=plan.organization, role="report")
    make_target(report, 70, "家", object=f"{SECRET}工会", kind="achieved", broken=True)
    text = text_of(other.get(f"/plans/{plan.pk}/close/?report={report.pk}"))
    assert "培训职工" in text
    assert SECRET not in text


def test_a_lost_upper_target_is_not_named(plan, own, other):
    part = make_target(bare_plan(2019), 5, "家", parent=lost(plan))
    page = other.get(f"/plans/targets/{part.pk}/")
    assert (page.context["one"].upper, SECRET in text_of(page)) == (None, False)
    assert own.get(f"/plans/targets/{part.pk}/").context["one"].upper == lost(plan)


def test_a_lost_part_is_not_listed(plan, own, other):
    whole = make_target(bare_plan(2019), 100, "家", object="新建工会")
    Target.objects.filter(pk=lost(plan).pk).update(parent=whole)
    make_report(lost(plan), 5)
    address = f"/plans/targets/{whole.pk}/"
    assert [part.target for part in own.get(address).context["one"].parts] == [lost(plan)]
    assert other.get(address).context["one"].parts == []
    assert SECRET not in text_of(other.get(address))


def test_new_phrases_are_told_from_headings_that_stand(plan, own, other):
    Clause.objects.filter(plan=plan, broken=True).update(heading="红樱桃专项行动")
    for client, told in ((own, True), (other, False)):
        beside = own_plan(make_organization(), body="<p>无</p>")
        beside.clauses.create(position=1024, heading="红樱桃专项行动")
        phrases = [one.phrase for one in client.get("/plans/phrases/?new=2019").context["found"].rising]
        assert any(SECRET in phrase for phrase in phrases) is told
        beside.clauses.all().delete()


def test_files_of_others_hold_no_lost_sentence(plan, own, other):
    for client, number in ((own, 2), (other, 1)):
        rows = json.loads(b"".join(client.get("/plans/?format=json&organization=jia")))["rows"]
        assert len(rows) == number
        rows = json.loads(b"".join(client.get("/plans/targets/?format=json")))["rows"]
        assert len(rows) == number
