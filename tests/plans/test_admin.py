"""Work plans at the desk: filed for an organisation and a year, corrected, put in force, replaced."""

import datetime

import pytest
from django.urls import reverse

from plans.models import WorkPlan
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user

LIST = "/admin/plans/workplan/"


@pytest.fixture
def owner(db):
    return make_organization("胶州市总工会")


@pytest.fixture
def desk(client, owner):
    client.force_login(make_user(role="editor", organization=owner, is_staff=True))
    return client


def change(plan) -> str:
    return reverse("admin:plans_workplan_change", args=[plan.pk])


def page(name, plan) -> str:
    return reverse(f"admin:plans_workplan_{name}", args=[plan.pk])


def filed(desk, article, **fields):
    data = {"article": article.pk, "role": "plan", "subject": "综合", "period": "year", "read": "on"}
    return desk.post(f"{LIST}add/", data | fields)


def typed(plan, clauses=None, targets=None, **fields) -> dict:
    """What the form of `plan` would send; `clauses` and `targets` change rows by their place."""
    data = {"role": plan.role, "subject": plan.subject, "period": plan.period, "name_then": plan.name_then}
    data |= {"starts_on": plan.starts_on or "", "ends_on": plan.ends_on or "", "year_stated": "on", "_continue": "1"}
    data["organization"] = plan.organization_id or ""
    groups = {
        "clauses": (plan.clauses.all(), ("position", "number", "heading", "depth"), clauses or {}),
        "targets": (
            plan.targets.all(),
            ("position", "comparator", "number", "unit", "object", "kind", "period", "clause_id", "quote"),
            targets or {},
        ),
    }
    for group, (rows, names, changes) in groups.items():
        extra = [key for key in changes if key >= len(rows)]
        data |= {f"{group}-TOTAL_FORMS": len(rows) + len(extra), f"{group}-INITIAL_FORMS": len(rows)}
        for place, row in enumerate(rows):
            values = {name.removesuffix("_id"): getattr(row, name) for name in names} | {"id": row.pk, "plan": plan.pk}
            if group == "clauses":
                first = row.theme_ranks.first()
                values["theme"] = first.theme_id if first else ""
            values |= changes.get(place, {})
            data |= {f"{group}-{place}-{name}": "" if value is None else value for name, value in values.items()}
        for place in extra:
            data |= {f"{group}-{place}-{name}": value for name, value in changes[place].items()}
    return data | fields


def test_filing_proposes_clauses_and_targets_for_the_year(desk, owner):
    make_theme()
    article = make_article("2019年工作要点", owner=owner, kind="plan")
    response = filed(desk, article, organization=owner.pk, year="2019")
    plan = WorkPlan.objects.get()
    assert response.url == change(plan)
    assert (plan.state, plan.organization, plan.name_then) == ("draft", owner, "胶州市总工会")
    assert (plan.starts_on, plan.ends_on) == (datetime.date(2019, 1, 1), datetime.date(2019, 12, 31))
    assert [str(clause) for clause in plan.clauses.all()] == ["一、加强组织建设", "二、维护职工权益"]
    assert [(target.amount, target.unit) for target in plan.targets.all()] == [
        ("20", "家"),
        ("1000", "名"),
        ("90", "%"),
    ]
    assert desk.get(change(plan)).status_code == 200


def test_an_article_that_names_its_organisation_need_not_be_asked(desk, owner):
    about = make_organization("青岛市总工会", level="city")
    filed(desk, make_article(owner=owner, organization=about), year="2019")
    assert WorkPlan.objects.get().organization == about


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "year"),
        ({"year": "12"}, "year"),
        ({"year": "2019", "period": "quarter"}, "starts_on"),
        ({"starts_on": "2019-05-01", "ends_on": "2019-04-01"}, "__all__"),
    ],
)
def test_what_is_missing_or_wrong_is_named(desk, owner, fields, wrong):
    response = filed(desk, make_article(owner=owner), **fields)
    assert list(response.context["adminform"].form.errors) == [wrong]
    assert WorkPlan.objects.count() == 0


def test_an_article_is_filed_once_and_only_by_its_own_people(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner))
    again = filed(desk, plan.article, year="2020")
    assert list(again.context["adminform"].form.errors) == ["article"]
    foreign = make_article(owner=make_organization(), public=False)
    assert filed(desk, foreign, year="2020").status_code in (200, 403)
    assert WorkPlan.objects.count() == 1


def test_rows_are_corrected_added_and_deleted(desk, owner):
    theme = make_theme("rights", "权益维护")
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    clauses = {0: {"heading": "组织建设", "theme": "rights"}, 2: {"heading": "三", "number": "", "depth": 1}}
    targets = {0: {"number": "25"}, 1: {"DELETE": "on"}}
    response = desk.post(change(plan), typed(plan, clauses, targets, doc_number="胶工〔2019〕1号"))
    assert response.status_code == 302
    plan.refresh_from_db()
    assert plan.doc_number == "胶工〔2019〕1号"
    assert [clause.heading for clause in plan.clauses.all()] == ["组织建设", "维护职工权益", "三"]
    assert plan.clauses.first().theme_ranks.get(rank=0).theme == theme
    assert [clause.position for clause in plan.clauses.all()] == [1024, 2048, 3072]
    assert [target.amount for target in plan.targets.all()] == ["25", "90"]


def test_clauses_may_change_places(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    desk.post(change(plan), typed(plan, {0: {"position": 2048}, 1: {"position": 1024}}))
    assert [clause.heading for clause in plan.clauses.all()] == ["维护职工权益", "加强组织建设"]


def test_a_corrected_sentence_is_anchored_anew_or_marked_broken(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    first = plan.targets.first()
    desk.post(change(plan), typed(plan, targets={0: {"quote": "发展会员1000名"}}))
    first.refresh_from_db()
    assert (first.broken, first.end - first.start) == (False, len("发展会员1000名"))
    desk.post(change(plan), typed(plan, targets={0: {"quote": "原文没有的句子"}}))
    first.refresh_from_db()
    assert first.broken


def test_put_in_force_and_back_to_draft(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    answer = desk.post(change(plan), typed(plan, _put_in_force="1"), follow=True)
    plan.refresh_from_db()
    assert plan.state == "in_force"
    assert len(answer.context["messages"]) == 1
    desk.post(page("draft", plan))
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_plan_of_an_unpublished_article_says_who_sees_it(desk, owner):
    article = make_article(owner=owner, public=False)
    plan = make_plan(organization=owner, article=article, in_force=False)
    answer = desk.post(change(plan), typed(plan, _put_in_force="1"), follow=True)
    _done, warning = answer.context["messages"]
    assert reverse("admin:articles_article_change", args=[article.pk]) in str(warning)


def test_a_plan_without_days_is_refused_with_everything_kept(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    data = typed(plan, starts_on="", ends_on="", doc_number="胶工1号", _put_in_force="1")
    response = desk.post(change(plan), data)
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert "胶工1号" in response.content.decode()
    plan.refresh_from_db()
    assert (plan.state, plan.doc_number) == ("draft", "")


def test_a_second_plan_for_the_same_time_asks_whether_it_replaces_the_first(desk, owner):
    old = make_plan(organization=owner, article=make_article("旧计划", owner=owner))
    new = make_plan(organization=owner, article=make_article("新计划", owner=owner), in_force=False)
    response = desk.post(change(new), typed(new, _put_in_force="1"))
    assert response.url == page("replace", new)
    asked = desk.get(response.url).content.decode()
    assert "旧计划" in asked
    new.refresh_from_db()
    assert new.state == "draft"
    desk.post(response.url)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, new.replaces) == ("replaced", "in_force", old)


def test_reading_anew_restores_what_the_text_says(desk, owner):
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    plan.clauses.all().delete()
    desk.post(page("read", plan))
    assert plan.clauses.count() == 2


def test_a_contributor_files_and_does_not_put_in_force(client, owner):
    client.force_login(make_user(role="contributor", organization=owner, is_staff=True))
    plan = make_plan(organization=owner, article=make_article(owner=owner), in_force=False)
    assert 'name="_put_in_force"' not in client.get(change(plan)).content.decode()
    assert client.post(change(plan), typed(plan, _put_in_force="1")).status_code == 200
    client.post(LIST, {"action": "put_chosen_in_force", "_selected_action": [plan.pk]})
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_another_organisations_plan_is_out_of_reach(desk):
    theirs = make_plan(
        organization=make_organization(), article=make_article(owner=make_organization()), in_force=False
    )
    assert desk.get(change(theirs)).url == "/admin/"
    assert desk.post(page("read", theirs)).status_code == 403


def test_the_list_is_filtered_by_year_state_and_level(desk, owner):
    make_plan(organization=owner, article=make_article("甲", owner=owner), year=2019)
    make_plan(organization=owner, article=make_article("乙", owner=owner), year=2021, in_force=False)
    for query in ({"year": "2019"}, {"state__exact": "in_force"}, {"q": "甲"}):
        found = desk.get(LIST, query).context["cl"].result_list
        assert [plan.article.title for plan in found] == ["甲"], query
    assert len(desk.get(LIST, {"level_then__code__exact": "district"}).context["cl"].result_list) == 2


def test_the_list_asks_as_often_for_thirty_as_for_one(desk, owner, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(15) as queries:
            desk.get(LIST)
        assert not [query for query in queries.captured_queries if '"articles_revision"."body"' in query["sql"]]
        return len(queries)

    make_plan(organization=owner, article=make_article(owner=owner), year=2000)
    few = count()
    for number in range(29):
        make_plan(organization=owner, article=make_article(owner=owner), year=2001 + number)
    assert count() == few
