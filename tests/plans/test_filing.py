"""A work plan's life: read from the text, in force, replaced, re-anchored."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from articles import publishing
from articles.canonical import canonical
from articles.html import plain_text
from organizations.models import AuditEntry
from plans import filing
from plans.consistency import quotes_stand
from plans.grammar.periods import title_span, title_subject
from plans.models import Clause, ProgressReport, Target, WorkPlan
from plans.models.work_plan import WorkPlanQuerySet
from tests.factories import make_article, make_organization, make_theme, make_user

pytestmark = pytest.mark.django_db

BODY = (
    "<h2>一、加强组织建设</h2><p>全年新建工会20家，发展会员1000名。</p>"
    "<h2>二、维护职工权益</h2><p>集体合同签订率达到90%以上。推进工资集体协商。</p>"
)
YEAR = {"starts_on": datetime.date(2024, 1, 1), "ends_on": datetime.date(2024, 12, 31)}


def file_plan(**options):
    make_theme("organisation", "组织建设")
    make_theme("rights", "权益维护")
    article = make_article("2024年工作要点", body=BODY)
    organization = options.pop("organization", None) or make_organization()
    return filing.propose(article, None, **{"organization": organization, **YEAR, **options})


def test_clauses_and_targets_are_read_with_their_places():
    plan = file_plan()
    assert list(plan.clauses.values_list("number", "heading", "depth", "position")) == [
        ("一、", "加强组织建设", 1, 1024),
        ("二、", "维护职工权益", 1, 2048),
    ]
    assert [target.amount + target.unit for target in plan.targets.all()] == ["20家", "1000名", "90%"]
    text = canonical(plain_text(plan.text_revision.body))
    for target in plan.targets.all():
        assert text[target.start : target.end] == canonical(target.quote)
    assert [target.clause.heading for target in plan.targets.all()] == [
        "加强组织建设",
        "加强组织建设",
        "维护职工权益",
    ]
    assert [rank.theme_id for rank in Clause.objects.get(number="二、").theme_ranks.all()][:1] == ["rights"]


def test_a_table_is_read_by_its_columns():
    head = "<tr><th>项目</th><th>目标</th><th>责任部门</th></tr>"
    row = "<tr><td>困难职工 走访</td><td>500户</td><td>权益保障部</td></tr>"
    article = make_article("2024年工作要点", body=f"{BODY}<table>{head}{row}</table>")
    plan = filing.propose(article, None, organization=make_organization(), **YEAR)
    target = plan.targets.last()
    assert (target.object, target.amount, target.unit) == ("困难职工 走访", "500", "户")
    assert target.quote == "困难职工 走访 500户 权益保障部"
    assert [target.amount for target in plan.targets.all()] == ["20", "1000", "90", "500"]


def test_a_plan_needs_organisation_and_dates_to_be_in_force():
    for missing in ({"organization": None}, {"starts_on": None}, {"ends_on": None}):
        plan = file_plan()
        WorkPlan.objects.filter(pk=plan.pk).update(**missing)
        with pytest.raises(ValidationError) as refused:
            filing.put_in_force(plan, None)
        assert refused.value.code == "whole"
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkPlan.objects.filter(pk=plan.pk).update(state="in_force")


def test_a_second_plan_for_the_same_time_asks_whether_it_replaces_the_first():
    organization = make_organization("甲区总工会")
    first, second = file_plan(organization=organization), file_plan(organization=organization)
    first = filing.put_in_force(first, None)
    with pytest.raises(ValidationError) as refused:
        filing.put_in_force(second, None)
    assert refused.value.code == "clash"
    second = filing.put_in_force(second, None, replaces=first)
    first.refresh_from_db()
    assert (first.state, second.state, second.replaces) == ("replaced", "in_force", first)
    filing.back_to_draft(second, None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.replaces) == ("in_force", "draft", None)


def test_only_the_plan_in_the_way_is_replaced():
    first, second = filing.put_in_force(file_plan(), None), file_plan()
    with pytest.raises(ValidationError) as refused:
        filing.put_in_force(second, None, replaces=first)
    assert refused.value.code == "replaces"


def test_many_come_into_force_together_and_each_refusal_is_told():
    organization = make_organization("甲区总工会")
    held = filing.put_in_force(file_plan(organization=organization), None)
    free, clash, twin, open_ended = (
        file_plan(),
        file_plan(organization=organization),
        file_plan(organization=(other := make_organization("乙区总工会"))),
        file_plan(starts_on=None),
    )
    second_twin = file_plan(organization=other)
    plans = [free, clash, twin, second_twin, open_ended, held]
    told = filing.put_all_in_force(plans, None)
    assert [refusal and refusal.code for refusal in told] == [None, "clash", None, "clash", "whole", "state"]
    states = [WorkPlan.objects.get(pk=plan.pk).state for plan in plans]
    assert states == ["in_force", "draft", "in_force", "draft", "draft", "in_force"]
    free.refresh_from_db()
    assert (free.name_then, free.level_then) == (free.organization.name, free.organization.level)
    assert AuditEntry.objects.filter(verb="put in force", object_id=str(free.pk)).count() == 1


def test_where_another_plan_came_into_force_meanwhile_each_is_put_in_force_by_itself(monkeypatch):
    """What the look at the plans in force missed, the database refuses; the others come into force all the same."""
    organization = make_organization("甲区总工会")
    filing.put_in_force(file_plan(organization=organization), None)
    late, free = file_plan(organization=organization), file_plan()
    unseeing = WorkPlan.objects.none()
    monkeypatch.setattr(WorkPlanQuerySet, "in_force", lambda rows: unseeing)
    told = filing.put_all_in_force([late, free], None)
    assert [refusal and refusal.code for refusal in told] == ["clash", None]
    assert [WorkPlan.objects.get(pk=plan.pk).state for plan in (late, free)] == ["draft", "in_force"]


def test_many_are_put_in_force_by_whoever_may_put_each():
    plan, foreign = file_plan(), file_plan()
    editor = make_user(role="editor", organization=make_organization())
    with pytest.raises(PermissionDenied):
        filing.put_all_in_force([plan, foreign], editor)
    assert not WorkPlan.objects.in_force().exists()


def test_a_closed_plan_goes_back_to_draft_with_its_closing_figures():
    plan = filing.put_in_force(file_plan(), None)
    report = ProgressReport.objects.create(
        target=plan.targets.get(unit="家"), on=datetime.date(2024, 12, 31), value=22, final=True
    )
    WorkPlan.objects.filter(pk=plan.pk).update(state="closed")
    plan = filing.back_to_draft(plan, None)
    assert (plan.state, plan.in_force_at) == ("draft", None)
    filing.read_text(plan, None)
    report.refresh_from_db()
    assert (report.value, report.final, report.target.plan) == (22, True, plan)


def test_a_plan_does_not_come_back_where_a_third_one_holds_its_place():
    organization = make_organization("甲区总工会")
    first, second = file_plan(organization=organization), file_plan(organization=organization)
    first = filing.put_in_force(first, None)
    second = filing.put_in_force(second, None, replaces=first)
    WorkPlan.objects.filter(pk=second.pk).update(subject="女职工")
    filing.put_in_force(file_plan(organization=organization), None)
    with pytest.raises(ValidationError) as refused:
        filing.back_to_draft(second, None)
    assert refused.value.code == "clash"
    assert [WorkPlan.objects.get(pk=plan.pk).state for plan in (first, second)] == ["replaced", "in_force"]


def test_the_database_refuses_two_in_force():
    organization = make_organization("甲区总工会")
    first, second = file_plan(organization=organization), file_plan(organization=organization)
    filing.put_in_force(first, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkPlan.objects.filter(pk=second.pk).update(state="in_force")


def test_dates_out_of_order_are_refused():
    with pytest.raises(ValidationError):
        file_plan(starts_on=datetime.date(2024, 12, 31), ends_on=datetime.date(2024, 1, 1))


def test_an_article_is_filed_once():
    plan = file_plan()
    with pytest.raises(ValidationError) as refused:
        filing.propose(plan.article, None)
    assert refused.value.code == "filed"


def test_publication_moves_the_anchors_and_marks_what_is_gone():
    plan = file_plan()
    changed = BODY.replace("全年新建工会20家", "新段落。全年新建工会25家").replace("<h2>一", "<p>前言。</p><h2>一")
    publishing.save_revision(plan.article, None, {"body": changed})
    assert [target.broken for target in plan.targets.all()] == [False, False, False]
    publishing.publish(plan.article, None)
    assert [target.broken for target in plan.targets.all()] == [True, True, False]
    plan.refresh_from_db()
    assert plan.text_revision == plan.article.live_revision
    assert list(quotes_stand()) == []
    publishing.save_revision(plan.article, None, {"body": BODY})
    publishing.publish(plan.article, None)
    assert [target.broken for target in plan.targets.all()] == [False, False, False]


def test_reading_anew_keeps_what_a_person_confirmed():
    plan = file_plan()
    user = make_user()
    kept = plan.targets.get(unit="家")
    kept.confirmed_by = user
    kept.object = "人工改过"
    kept.save()
    filing.read_text(plan, None)
    assert Target.objects.get(pk=kept.pk).object == "人工改过"
    assert [target.amount + target.unit for target in plan.targets.all()] == ["20家", "1000名", "90%"]


def test_a_plan_in_force_is_not_read_anew():
    plan = filing.put_in_force(file_plan(), None)
    with pytest.raises(ValidationError) as refused:
        filing.read_text(plan, None)
    assert refused.value.code == "state"
    assert filing.back_to_draft(plan, None).state == "draft"


def test_years_match_any_overlap():
    plan = file_plan(starts_on=datetime.date(2021, 1, 1), ends_on=datetime.date(2025, 12, 31), period="years")
    for first, last, found in [(2023, 2023, [plan]), (None, 2020, []), (2026, None, []), (2020, 2021, [plan])]:
        assert list(WorkPlan.objects.in_years(first, last)) == found


def test_rights():
    plan = file_plan()
    contributor = make_user(role="contributor", organization=plan.article.owner)
    with pytest.raises(PermissionDenied):
        filing.put_in_force(plan, contributor)
    with pytest.raises(PermissionDenied):
        filing.read_text(plan, make_user(role="manager", organization=make_organization()))
    editor = make_user(role="editor", organization=plan.article.owner)
    assert filing.put_in_force(plan, editor).state == "in_force"


def test_drafts_are_seen_by_their_owners_members_and_plans_in_force_by_all_staff():
    draft, in_force = file_plan(), filing.put_in_force(file_plan(), None)
    member = make_user(role="contributor", organization=draft.article.owner)
    foreign = make_user(role="manager", organization=make_organization())
    outsider = make_user()
    hidden = filing.put_in_force(file_plan(), None)
    publishing.withdraw(hidden.article, None, "有误")
    for user, seen in ((member, {draft, in_force, hidden}), (foreign, {in_force}), (outsider, set())):
        assert set(WorkPlan.objects.visible_to(user)) == seen


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("某区总工会2021年工作要点", ("year", "2021-01-01", "2021-12-31")),
        ("某区总工会2021年上半年工作总结", ("first_half", "2021-01-01", "2021-06-30")),
        ("某区总工会2021年下半年工作安排", ("second_half", "2021-07-01", "2021-12-31")),
        ("某区总工会2021年第一季度工作计划", ("quarter", "2021-01-01", "2021-03-31")),
        ("某区总工会2021年四季度工作计划", ("quarter", "2021-10-01", "2021-12-31")),
        ("某市总工会2021-2025年工作规划", ("years", "2021-01-01", "2025-12-31")),
        ("某市总工会三年行动计划", ("years", "None", "None")),
        ("某校工会2021学年工作计划", ("years", "None", "None")),
    ],
)
def test_a_title_names_the_time(title, span):
    assert tuple(map(str, title_span(title, 2021))) == span


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("某市总工会2021年女职工工作要点", "女职工"),
        ("某市总工会2021年经审工作计划", "经审"),
        ("某市总工会2021年经费审查委员会工作要点", "经审"),
        ("某市总工会2021年工作要点", None),
        ("关心女职工 建功新时代", None),
    ],
)
def test_a_title_names_the_subject(title, subject):
    assert title_subject(title) == subject


def test_a_number_that_no_column_holds_is_left_out():
    article = make_article("2024年工作要点", body="<p>全年新建工会99999999999999999999亿家，新建母婴室20个。</p>")
    plan = filing.propose(article, None)
    assert [target.amount for target in plan.targets.all()] == ["20"]
