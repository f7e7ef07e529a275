"""Every address of plans as an attacker: rows of others, rows of another plan, odd input, words that are code."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles import publishing
from articles.models import ChannelLimit
from organizations.models import SiteSettings
from plans import filing
from plans.models import Clause, Indicator, PlanEdit, ProgressReport, Reminder, SavedView, Target, Theme, WorkPlan
from plans.page import verbs
from tests.factories import make_article, make_channel, make_organization, make_plan, make_user

pytestmark = pytest.mark.django_db

SECRET = "红樱桃"
DRAFT = f"<h2>一、{SECRET}行动</h2><p>全年新建{SECRET}工会77家。</p><h2>二、维护权益</h2><p>全年培训职工90人。</p>"
LATER = "<h2>二、维护权益</h2><p>全年培训职工90人。</p>"
PAGES = ("plans", "plan-targets", "plan-themes", "plan-phrases", "plan-progress", "plan-coverage", "plan-views")
LISTS = ("plans", "plan-targets", "plan-coverage", "plan-compare")
CODE = "<img src=x onerror=alert(1)>\"'{{7*7}}"


@pytest.fixture
def city():
    return make_organization("甲市总工会", level="city", slug="jia")


def entered(user) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def neighbour():
    """An editor of the body beside, with a plan of its own."""
    beside = make_organization("乙市总工会", level="city")
    user = make_user("neighbour", role="manager", organization=beside)
    make_plan(make_article("乙市2019年工作", owner=beside, kind="plan"), organization=beside)
    return user


def own_plan(city, **fields) -> WorkPlan:
    article = make_article("甲市2019年工作", owner=city, kind="plan", **fields)
    return make_plan(article, organization=city)


def text_of(response) -> str:
    return b"".join(response).decode(errors="replace")


def everything(client, plan) -> dict[str, str]:
    """Each page that may show something of `plan`, by its address."""
    target, clause = plan.targets.first(), plan.clauses.first()
    own = WorkPlan.objects.exclude(pk=plan.pk).first()
    addresses = [reverse(name) for name in PAGES]
    addresses += [f"{reverse(name)}?format={kind}" for name in LISTS for kind in ("csv", "json")]
    addresses += [
        f"/plans/?columns=quote&columns=clause&q={SECRET}",
        "/plans/?columns=quote&columns=clause&format=json",
        f"/plans/phrases/?phrase={SECRET}",
        f"/plans/compare/?plan={plan.pk}&plan={own.pk}",
        f"/plans/compare/?plan={plan.pk}&plan={own.pk}&format=json",
        "/plans/compare/?q=甲市",
        "/plans/coverage/bodies/jia/",
        f"/plans/{plan.pk}/",
        f"/plans/{plan.pk}/?clause={clause.pk}",
        f"/plans/{plan.pk}/close/",
        f"/plans/{own.pk}/",
        *(f"/plans/targets/{row.pk}/" for row in plan.targets.all()),
        *(f"/plans/indicators/{row.pk}/?organization=jia" for row in Indicator.objects.all()),
    ]
    assert target
    return {address: text_of(client.get(address)) for address in addresses}


def holding(found: dict[str, str], word: str) -> list[str]:
    """The addresses whose page holds `word`, but for what was asked in the address itself."""
    escaped = json.dumps(word)[1:-1]
    return [address for address, text in found.items() if word not in address and (word in text or escaped in text)]


def test_a_draft_of_another_body_is_on_no_page(city, neighbour):
    plan = own_plan(city, body=DRAFT)
    Target.objects.filter(plan=plan).update(indicator=Indicator.objects.create(name="职工培训", unit="人"))
    WorkPlan.objects.filter(pk=plan.pk).update(state=WorkPlan.State.DRAFT)
    found = everything(entered(neighbour), plan)
    assert holding(found, SECRET) == []
    assert holding(found, "甲市2019年工作") == []


def test_words_that_never_were_public_are_for_the_own_people(city, neighbour):
    """A plan filed from a draft whose words were changed before it came out."""
    writer = make_user("writer", role="manager", organization=city)
    plan = own_plan(city, body=DRAFT, public=False)
    verbs.confirm_clause(plan, plan.clauses.first().pk, writer)
    publishing.save_revision(plan.article, None, {"title": "甲市2019年工作", "body": LATER})
    publishing.publish(plan.article, None)
    plan.refresh_from_db()
    assert plan.targets.filter(broken=True).exists()
    assert not Clause.objects.filter(plan=plan, text__contains=SECRET).exists()
    assert PlanEdit.objects.filter(plan=plan, words__contains=SECRET).exists()
    found = everything(entered(neighbour), plan)
    assert "全年培训职工90人" in found[f"/plans/{plan.pk}/"]
    for address in (f"/plans/{plan.pk}/", f"/plans/compare/?plan={plan.pk}&plan={neighbour_plan(plan)}"):
        assert SECRET not in found[address], address
    assert SECRET in text_of(entered(writer).get(f"/plans/{plan.pk}/"))
    document = b"".join(entered(neighbour).get(f"/plans/{plan.pk}/document.docx"))
    assert document.startswith(b"PK")


def neighbour_plan(plan) -> int:
    return WorkPlan.objects.exclude(pk=plan.pk).first().pk


def test_the_public_sees_no_word_that_is_not_in_the_public_text(city):
    SiteSettings.objects.update_or_create(pk=1, defaults={"public_register": True})
    plan = own_plan(city, body=DRAFT, public=False)
    publishing.save_revision(plan.article, None, {"title": "甲市2019年工作", "body": LATER})
    publishing.publish(plan.article, None)
    for query in ("columns=quote&columns=clause", "format=json&columns=quote&columns=clause", "view=organizations"):
        text = text_of(Client().get(f"/plans/?{query}"))
        assert SECRET not in text, query
        assert "甲市" in text, query
    counted = Client().get(f"/plans/?where=targets&q={SECRET}")
    assert counted.context["register"].plans == 0


DEEDS = {
    "plan-undo": {},
    "plan-noted": {},
    "plan-target-add": {"words": "培训职工"},
    "plan-clause-add": {"words": "培训职工"},
    "plan-close-now": {},
    "plan-reopen": {},
}
OF_TARGET = {
    "plan-report": {"on": "2019-06-30", "value": "5"},
    "plan-evidence": {"article": "1", "refuse": "1"},
    "plan-target-indicator": {"name": "新口径"},
    "plan-target-upper": {"upper": ""},
}


def state_of() -> list:
    models = (WorkPlan, Clause, Target, ProgressReport, PlanEdit, Indicator, SavedView, Reminder)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("who", ["outsider", "account", "auditor", "neighbour", "narrowed"])
def test_nobody_else_does_anything(city, neighbour, who):
    plan = own_plan(city, body=DRAFT)
    plan.article.refresh_from_db()
    visitors = {
        "outsider": lambda: Client(),
        "account": lambda: entered(make_user("nobody")),
        "auditor": lambda: entered(make_user("auditor", role="auditor", organization=city)),
        "neighbour": lambda: entered(neighbour),
        "narrowed": lambda: entered(_narrowed(city)),
    }
    client, before = visitors[who](), state_of()
    posts = [(reverse(name, args=[plan.pk]), data) for name, data in DEEDS.items()]
    target, clause = plan.targets.first(), plan.clauses.first()
    posts += [(reverse(name, args=[target.pk]), data) for name, data in OF_TARGET.items()]
    for deed in ("change", "confirm", "requote", "delete", "let-go"):
        fields = {"words": "培训职工", "kind": "target", "comparator": "=", "number": 1}
        posts.append((f"/plans/{plan.pk}/targets/{target.pk}/{deed}/", fields))
    for deed in ("split", "merge", "up", "down", "in", "out", "rename", "retheme", "confirm"):
        posts.append((f"/plans/{plan.pk}/clauses/{clause.pk}/{deed}/", {"words": "培训职工", "heading": "维护权益"}))
    posts.append(("/plans/coverage/remind/", {"organization": city.pk, "year": 2018}))
    posts.append(("/plans/coverage/expect/", {"organization": city.name, "first_year": 2018, "expected": "yes"}))
    for address, data in posts:
        assert client.post(address, data).status_code in (302, 400, 403, 404, 422), address
    assert state_of() == before


def _narrowed(city):
    user = make_user("narrowed", role="editor", organization=city)
    ChannelLimit.objects.create(membership=user.memberships.get(), channel=make_channel("别的栏目"))
    return user


def test_rows_of_another_plan_are_not_reached_through_ones_own(city, neighbour):
    plan, own = own_plan(city, body=DRAFT), WorkPlan.objects.get(article__title="乙市2019年工作")
    client, foreign = entered(neighbour), own_plan_rows(plan)
    mine = own.targets.first()
    ProgressReport.objects.create(target=foreign["target"], on="2019-06-30", value=5)
    before = state_of()
    posts = [
        (f"/plans/{own.pk}/targets/{foreign['target'].pk}/delete/", {}),
        (f"/plans/{own.pk}/targets/{foreign['target'].pk}/confirm/", {}),
        (f"/plans/{own.pk}/clauses/{foreign['clause'].pk}/merge/", {}),
        (f"/plans/{own.pk}/clauses/{foreign['clause'].pk}/confirm/", {}),
        (
            f"/plans/{own.pk}/targets/{mine.pk}/change/",
            {"kind": mine.kind, "comparator": "=", "number": "1", "clause": foreign["clause"].pk},
        ),
        (f"/plans/targets/{mine.pk}/reports/{ProgressReport.objects.get().pk}/", {"back": "1"}),
        (f"/plans/indicators/{Indicator.objects.create(name='口径').pk}/targets/", {"target": foreign["target"].pk}),
        (f"/plans/{own.pk}/close/now/", {f"figure-{foreign['target'].pk}": "own", f"value-{foreign['target'].pk}": 1}),
    ]
    before[5] = list(Indicator.objects.values())
    for address, data in posts:
        assert client.post(address, data).status_code in (403, 404, 422), address
    assert state_of() == before


def own_plan_rows(plan) -> dict:
    return {"target": plan.targets.first(), "clause": plan.clauses.first()}


def test_fields_that_no_form_has_change_nothing(city):
    editor = make_user("editor", role="editor", organization=city)
    plan = own_plan(city, body=DRAFT)
    target = plan.targets.first()
    data = {"kind": "target", "comparator": "=", "number": "77", "unit": "家", "object": "工会"}
    smuggled = {"plan": "999", "quote": "别的话", "start": "0", "end": "9", "broken": "1", "parent": "1", "theme": "x"}
    entered(editor).post(f"/plans/{plan.pk}/targets/{target.pk}/change/", data | smuggled)
    after = Target.objects.get(pk=target.pk)
    assert after.confirmed_by == editor
    for name in ("plan_id", "quote", "start", "end", "broken", "parent_id", "theme_id"):
        assert getattr(after, name) == getattr(target, name), name


def test_a_view_is_shared_only_where_one_is_an_editor(city, neighbour):
    client = entered(neighbour)
    answer = client.post("/plans/views/save/", {"name": "给你们", "query": "q=1", "shared_with": city.name})
    assert answer.status_code == 400
    client.post("/plans/views/save/", {"name": "自己的", "query": "\r\nSet-Cookie: a=b", "owner": "1", "page": "plans"})
    view = SavedView.objects.get()
    assert view.owner == neighbour
    own = entered(make_user("colleague", role="editor", organization=city))
    for deed in ("change", "delete"):
        assert own.post(f"/plans/views/{view.pk}/{deed}/", {"name": "改"}).status_code == 404
    assert "自己的" not in text_of(own.get("/plans/views/"))


def test_reminders_of_a_body_are_for_its_own_people(city, neighbour):
    Reminder.objects.create(organization=city, year=2018, note="请尽快")
    page = "/plans/coverage/bodies/jia/?year_to=2019"
    assert "请尽快" not in text_of(entered(neighbour).get(page))
    assert "请尽快" in text_of(entered(make_user("own", role="editor", organization=city)).get(page))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_no_cell_is_a_formula(city, start):
    plan = own_plan(city, body=DRAFT)
    Target.objects.filter(plan=plan).update(object=f"{start}事", duty_holder=start, quote=start, unit=start[:20])
    client = entered(make_user("own", role="editor", organization=city))
    for address in ("/plans/?columns=quote&columns=holder&columns=amount&format=csv", "/plans/targets/?format=csv"):
        text = text_of(client.get(address))
        assert f"'{start}" in text, address
        assert f",{start}" not in text, address


def test_words_that_are_code_are_shown_as_words(city):
    plan = own_plan(city, body=DRAFT)
    Target.objects.filter(plan=plan).update(object=CODE, duty_holder=CODE[:120], quote=CODE, period=CODE[:40])
    Clause.objects.filter(plan=plan).update(heading=CODE)
    Theme.objects.update(name=CODE[:40])
    target = plan.targets.first()
    ProgressReport.objects.create(target=target, on="2019-06-30", value=5, note=CODE)
    user = make_user("own", role="manager", organization=city, name=CODE[:40])
    SavedView.objects.create(owner=user, name=CODE, query="q=<script>")
    make_plan(make_article("乙", owner=make_organization("乙市"), kind="plan"))
    Reminder.objects.create(organization=city, year=2018, note=CODE, by=user)
    found = everything(entered(user), plan)
    assert holding({address: text for address, text in found.items() if "format=" not in address}, "<img src=x") == []
    assert "&lt;img src=x" in found[f"/plans/targets/{target.pk}/"]


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(city, away):
    client = entered(make_user("own", role="manager", organization=city))
    for data in ({"next": away}, {"next": away, "organization": city.pk, "year": "2018"}):
        assert client.post("/plans/coverage/remind/", data)["Location"] == "/plans/coverage/"


ODD = {
    "long": "工" * 3000,
    "number": "9" * 5000,
    "negative": "-1",
    "day": "9999-99-99",
    "wide": "９９９９",
    "quote": "'\";--%_",
    "sort": "promised__plan__article",
}
NAMES_1 = ["q", "page", "year", "year_from", "year_to", "organization", "theme", "plan", "phrase"]
NAMES_2 = ["new", "level", "indicator", "family", "subject", "unit", "sort", "group", "view"]
NAMES_3 = ["format", "row", "show", "state", "remind", "columns", "clause", "target", "report"]
NAMES = [*NAMES_1, *NAMES_2, *NAMES_3]
TYPED_1 = ["words", "near", "heading", "number", "deadline", "on", "value", "note"]
TYPED_2 = ["name", "upper", "indicator", "again", "article", "quote", "object", "clause"]
TYPED_3 = ["year", "organization", "subject", "first_year", "due", "plan", "earlier", "later"]
TYPED_4 = ["earlier_words", "partner", "verdict", "current", "query", "shared_with"]
TYPED = [*TYPED_1, *TYPED_2, *TYPED_3, *TYPED_4]


@pytest.mark.parametrize("odd", ODD)
def test_no_odd_question_is_an_error(city, odd):
    plan = own_plan(city, body=DRAFT)
    client = entered(make_user("own", role="manager", organization=city))
    addresses = [reverse(name) for name in (*PAGES, "plan-compare", "plan-coverage-expected")]
    addresses += [f"/plans/{plan.pk}/", f"/plans/{plan.pk}/close/", "/plans/coverage/bodies/jia/"]
    for address in addresses:
        answer = client.get(address, dict.fromkeys(NAMES, ODD[odd]))
        assert answer.status_code < 500, address
    many = [str(number) for number in range(900)]
    assert client.get("/plans/compare/", {"plan": many}).status_code == 200
    assert client.get("/plans/", {"subject": many, "theme": many}).status_code == 200


@pytest.mark.parametrize("value", ["\0", "9" * 400, "1e999", "NaN", "-0", "工" * 5000, "9999-12-31", "0001-01-01"])
def test_no_odd_form_is_an_error(city, value):
    plan = own_plan(city, body=DRAFT)
    client = entered(make_user("own", role="manager", organization=city))
    target, clause = plan.targets.first(), plan.clauses.first()
    fields = dict.fromkeys(TYPED, value)
    fields |= {"kind": "target", "comparator": "=", "unit": "家"}
    addresses = [reverse(name, args=[plan.pk]) for name in ("plan-target-add", "plan-clause-add", "plan-close-now")]
    addresses += [reverse(name, args=[target.pk]) for name in OF_TARGET]
    addresses += [f"/plans/{plan.pk}/targets/{target.pk}/{deed}/" for deed in ("change", "requote")]
    addresses += [f"/plans/{plan.pk}/clauses/{clause.pk}/{deed}/" for deed in ("split", "rename", "retheme")]
    addresses += ["/plans/coverage/remind/", "/plans/coverage/expect/", "/plans/compare/pairs/", "/plans/views/save/"]
    for address in addresses:
        assert client.post(address, fields).status_code < 500, address
    remind = {"organization": city.pk, "year": "2018", "note": value, "subject": value}
    assert client.post("/plans/coverage/remind/", remind).status_code == 302
    for address in (f"/plans/{plan.pk}/", f"/plans/targets/{target.pk}/", "/plans/progress/", "/plans/targets/"):
        assert client.get(address).status_code in (200, 404), address


@pytest.mark.parametrize("year", [1, 9999])
def test_days_of_no_plan_are_refused(city, year):
    article = make_article("远", owner=city, kind="plan")
    with pytest.raises(ValidationError, match="1900"):
        make_plan(article, organization=city, year=year)
    plan = own_plan(city, body=DRAFT)
    filing.back_to_draft(plan, None)
    WorkPlan.objects.filter(pk=plan.pk).update(
        starts_on=datetime.date.min, ends_on=datetime.date.max, state=WorkPlan.State.IN_FORCE
    )
    client = entered(make_user("own", role="manager", organization=city))
    assert client.get(f"/plans/{plan.pk}/").status_code == 200
    assert Client().get(plan.article.get_absolute_url()).status_code == 200


def test_a_change_is_not_taken_back_onto_a_theme_that_is_gone(city):
    editor = make_user("editor", role="editor", organization=city)
    Theme.objects.get_or_create(code="gone", defaults={"name": "旧主题"})
    plan = own_plan(city, body=DRAFT)
    clause = plan.clauses.first()
    verbs.retheme(plan, clause.pk, ["gone"], editor)
    verbs.retheme(plan, clause.pk, [], editor)
    Theme.objects.filter(code="gone").delete()
    answer = entered(editor).post(f"/plans/{plan.pk}/undo/")
    assert answer.status_code == 422
