"""The pages of progress and what is done there."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.models import Evidence, Indicator, ProgressReport, WorkPlan
from plans.progress.charts import sparks_of
from plans.progress.indicators import assign, make
from tests.factories import make_article, make_organization, make_plan, make_user

from .targets import TODAY, bare_plan, day, make_report, make_target
from .test_closing import PLAN, REPORT

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
QUERIES = {"progress": 12, "target": 12, "indicator": 11, "close": 8}


@pytest.fixture
def plan():
    return bare_plan(year=YEAR)


@pytest.fixture
def editor(client, plan):
    user = make_user(role="editor", organization=plan.organization)
    client.force_login(user)
    return user


def text(response) -> str:
    return response.content.decode()


def test_what_awaits_an_editor(client, editor, plan):
    behind, silent = make_target(plan, object="新建家园"), make_target(plan, object="未报之事")
    met = make_target(plan, object="完成之事")
    make_report(behind, 0, day(1, 1, YEAR))
    make_report(met, 100, day(1, 1, YEAR))
    make_target(bare_plan(year=YEAR), object="别家之事")
    page = text(client.get(reverse("plan-progress")))
    assert [name in page for name in ("新建家园", "未报之事", "完成之事", "别家之事")] == [True, True, False, False]
    assert silent.object in text(client.get(reverse("plan-progress"), {"state": "no_data"}))
    assert silent.object not in text(client.get(reverse("plan-progress"), {"state": "met"}))


def test_plans_that_are_over_wait_to_be_closed(client, editor, plan):
    over = bare_plan(year=YEAR - 1, organization=plan.organization)
    page = text(client.get(reverse("plan-progress"), {"show": "ended"}))
    assert reverse("plan-close", args=[over.pk]) in page
    assert reverse("plan-close", args=[plan.pk]) not in page


def test_an_organization_that_is_not_known_is_said(client, editor):
    page = client.get(
        reverse("plan-progress"), {"organization": "没有这个工会", "page": "x", "state": "odd", "show": "?"}
    )
    assert page.status_code == 200
    assert "没有这个工会" in text(page)


def test_a_report_is_made_in_another_unit(client, editor, plan):
    target = make_target(plan, 300, "万元")
    response = client.post(
        reverse("plan-report", args=[target.pk]),
        {"on": f"{YEAR}-01-01", "value": "1,200,000", "unit": "元", "note": "一季度"},
    )
    assert response.headers["Location"] == reverse("plan-target", args=[target.pk]) + "#reports"
    assert ProgressReport.objects.get().value == 120


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"value": "许多"}, "许多"),
        ({"value": ""}, ""),
        ({"value": "1", "on": "明天"}, "明天"),
        ({"value": "1", "on": "2199-01-01"}, "2199-01-01"),
    ],
)
def test_what_was_typed_is_kept_where_it_is_refused(client, editor, plan, said, word):
    target = make_target(plan)
    response = client.post(reverse("plan-report", args=[target.pk]), {"on": f"{YEAR}-01-01", "note": "留下", **said})
    assert (response.status_code, ProgressReport.objects.count()) == (422, 0)
    assert "留下" in text(response)
    assert word in text(response)


def test_a_report_is_corrected_and_taken_back(client, editor, plan):
    report = make_report(make_target(plan), 40, day(1, 1, YEAR))
    address = reverse("plan-report-correct", args=[report.target_id, report.pk])
    client.post(address, {"on": f"{YEAR}-01-01", "value": "4", "note": "多写了零"})
    right = report.target.reports.get(corrects=report)
    assert right.value == 4
    refused = client.post(address, {"on": f"{YEAR}-01-01", "value": "5"})
    assert refused.status_code == 422
    client.post(reverse("plan-report-correct", args=[report.target_id, right.pk]), {"back": "1"})
    assert right.target.reports.get(corrects=right).value is None
    page = client.get(reverse("plan-target", args=[report.target_id]))
    assert [line.gone for line in page.context["one"].lines] == [False, True, True]


def test_evidence_is_confirmed_with_its_number_and_refused(client, editor, plan):
    target = make_target(plan, 29, object="农业专业合作社成立工会")
    sentence = "全区已有11家农业专业合作社成立工会。"
    article, other = (
        make_article(body=f"<p>{sentence}</p>", owner=plan.organization, organization=plan.organization) for _ in "12"
    )
    page = client.get(reverse("plan-target", args=[target.pk]))
    assert {one.article for one in page.context["one"].candidates} == {article, other}
    address = reverse("plan-evidence", args=[target.pk])
    client.post(address, {"article": article.pk, "quote": sentence, "value": "11", "report": "1"})
    client.post(address, {"article": other.pk, "refuse": "1"})
    assert ProgressReport.objects.get().value == 11
    assert {row.article: row.verdict for row in Evidence.objects.all()} == {article: "confirmed", other: "refused"}
    page = client.get(reverse("plan-target", args=[target.pk]))
    assert (page.context["one"].candidates, len(page.context["one"].evidence)) == ([], 1)
    client.post(address, {"again": Evidence.objects.get(article=article).pk})
    assert list(Evidence.objects.values_list("article", flat=True)) == [other.pk]


def test_indicators_are_made_and_assigned(client, editor, plan):
    target = make_target(plan, object="新就业形态会员")
    earlier = make_target(bare_plan(year=YEAR - 1, organization=plan.organization), object="新就业形态会员")
    client.post(reverse("plan-target-indicator", args=[target.pk]), {"name": "新就业形态会员"})
    indicator = Indicator.objects.get()
    page = client.get(reverse("plan-indicator", args=[indicator.pk]))
    assert list(page.context["alike"]) == [earlier]
    assert [row.target for row in page.context["one"].years] == [target]
    client.post(reverse("plan-indicator-targets", args=[indicator.pk]), {"target": [earlier.pk]})
    page = client.get(reverse("plan-indicator", args=[indicator.pk]))
    assert [row.target for row in page.context["one"].years] == [earlier, target]
    twice = client.post(reverse("plan-target-indicator", args=[earlier.pk]), {"name": "新就业形态会员"})
    assert twice.status_code == 422
    client.post(reverse("plan-target-indicator", args=[target.pk]), {})
    target.refresh_from_db()
    assert target.indicator is None


def test_an_indicator_measures_one_thing(client, editor, plan):
    indicator = make(make_target(plan, unit="人", object="会员"), "会员数", None)
    other = make_target(plan, unit="%", object="入会率")
    response = client.post(reverse("plan-target-indicator", args=[other.pk]), {"indicator": indicator.pk})
    assert response.status_code == 422
    assign([make_target(plan, 2, "万人", object="会员")], indicator, None)
    page = client.get(reverse("plan-indicator", args=[indicator.pk]))
    assert [row.goal for row in page.context["one"].years] == [100, 20000]


def test_a_year_is_closed_from_its_report_and_reopened(client):
    organization = make_organization()
    client.force_login(make_user(role="editor", organization=organization))
    plan = make_plan(make_article(body=PLAN, owner=organization), organization=organization)
    report = make_plan(make_article(body=REPORT, owner=organization), organization=organization, role="report")
    address = reverse("plan-close-now", args=[plan.pk])
    page = client.get(reverse("plan-close", args=[plan.pk]))
    said = {"report": report.pk}
    for choice in page.context["choices"]:
        said[f"figure-{choice['target'].pk}"] = choice["chosen"]
    first = page.context["choices"][0]["target"]
    wrong = client.post(address, {**said, f"figure-{first.pk}": "own", f"value-{first.pk}": "许多"})
    assert (wrong.status_code, ProgressReport.objects.count()) == (422, 0)
    assert 'value="许多"' in text(wrong)
    assert client.post(address, said).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, ProgressReport.objects.filter(final=True).count()) == (WorkPlan.State.CLOSED, 6)
    assert client.post(address, said).status_code == 422
    client.post(reverse("plan-reopen", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.state == WorkPlan.State.IN_FORCE


def test_whoever_may_only_look_finds_no_forms(client, plan):
    client.force_login(make_user(role="auditor", organization=plan.organization))
    target = make_target(plan)
    page = text(client.get(reverse("plan-target", args=[target.pk])))
    assert reverse("plan-report", args=[target.pk]) not in page
    assert (
        client.post(reverse("plan-report", args=[target.pk]), {"on": f"{YEAR}-01-01", "value": "1"}).status_code == 403
    )
    assert client.post(reverse("plan-close-now", args=[plan.pk])).status_code == 403
    assert not ProgressReport.objects.exists()


def test_a_target_of_somebody_else_s_draft_is_not_found(client, editor):
    target = make_target(bare_plan(in_force=False))
    assert client.get(reverse("plan-target", args=[target.pk])).status_code == 404
    assert client.get(reverse("plan-close", args=[target.plan_id])).status_code == 404


def test_an_achieved_figure_has_a_page_without_state(client, editor, plan):
    assert client.get(reverse("plan-target", args=[make_target(plan, kind="achieved").pk])).status_code == 200


def test_small_lines_of_many_targets_by_two_queries(plan, django_assert_num_queries):
    targets = [make_target(plan) for _ in range(30)]
    for target in targets[:29]:
        make_report(target, 40, day(1, 1, YEAR))
    with django_assert_num_queries(2):
        assert len(sparks_of(targets, TODAY.replace(year=YEAR))) == 29


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow(client, number):
    organization = make_organization()
    client.force_login(make_user(role="editor", organization=organization))
    plan = bare_plan(year=YEAR, organization=organization)
    bodies = [make_organization(parent=organization, level="township") for _ in range(number)]
    below = [bare_plan(year=YEAR, organization=body) for body in bodies]
    whole = make_target(plan, object="农业专业合作社成立工会")
    indicator = make(whole, "合作社工会数", None)
    parts = [make_target(one, parent=whole, object="农业专业合作社成立工会") for one in below]
    assign(parts, indicator, None)
    for place, part in enumerate(parts):
        make_report(part, 5, day(1, 1, YEAR))
        make_report(whole, place, datetime.date(YEAR, 1, 1) + datetime.timedelta(days=place))
        article = make_article(
            body="<p>已有11家农业专业合作社成立工会。</p>", owner=organization, organization=organization
        )
        if place % 2:
            Evidence.objects.create(target=whole, article=article)
        make_target(plan)
    addresses = {
        "progress": reverse("plan-progress"),
        "target": reverse("plan-target", args=[whole.pk]),
        "indicator": reverse("plan-indicator", args=[indicator.pk]),
        "close": reverse("plan-close", args=[plan.pk]),
    }
    queries = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, address
        queries[name] = len(asked)
    assert queries == QUERIES
