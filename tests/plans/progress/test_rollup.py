"""Targets that are part of others: added up in one unit at any depth, with what is missing named."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from articles import publishing
from plans.models import Indicator
from plans.progress.indicators import set_upper, upper_candidates
from plans.progress.states import State, progress_of
from tests.factories import make_organization, make_user

from .targets import TODAY, bare_plan, day, make_report, make_target

pytestmark = pytest.mark.django_db


def progress(target, today=TODAY):
    return progress_of([target], today)[target.pk]


def refused(code: str):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def test_parts_are_added_up_in_the_unit_of_the_whole():
    whole = make_target(number=3, unit="万人", object="会员")
    for number, unit, value in ((10000, "人", 8000), (1, "万人", Decimal("0.9")), (5000, "名", 500)):
        make_report(make_target(number=number, unit=unit, parent=whole), value)
    one = progress(whole)
    assert (one.value, one.share, one.state, one.reports) == (Decimal("1.75"), Decimal("58.3"), State.ON_TRACK, 3)


def test_missing_parts_are_named_and_never_zero():
    whole = make_target()
    district = make_organization("甲区总工会")
    make_target(bare_plan(organization=district), parent=whole)
    assert (progress(whole).state, progress(whole).value) == (State.NO_DATA, None)
    make_report(make_target(parent=whole), 20)
    with translation.override("en"):
        one = progress(whole)
    assert one.value == 20
    assert one.formula.startswith("Sum of 1 part. Nothing reported by: 甲区总工会 工会组织. 20家 by 2019-06-30 is 20 %")


def test_any_depth():
    whole = make_target()
    middle = make_target(parent=whole)
    for value in (3, 4):
        make_report(make_target(parent=make_target(parent=middle)), value)
    assert progress(whole).value == 7


def test_a_report_of_its_own_wins_over_the_sum():
    whole = make_target()
    make_report(make_target(parent=whole), 30)
    make_report(whole, 25)
    assert progress(whole).value == 25


def test_what_is_counted_in_another_way_is_named_and_not_added():
    whole = make_target()
    make_report(make_target(parent=whole), 30)
    make_report(make_target(number=90, unit="%", parent=whole), 80)
    make_report(make_target(number=900, unit="人", parent=whole), 700)
    with translation.override("en"):
        one = progress(whole)
    assert one.value == 30
    assert "Not added, counted in another way:" in one.formula


def test_rates_are_never_added_up():
    whole = make_target(number=90, unit="%")
    make_report(make_target(number=90, unit="%", parent=whole), 80)
    assert progress(whole).state == State.NO_DATA


def test_what_stands_in_a_draft_of_somebody_else_is_not_added():
    whole = make_target()
    make_report(make_target(bare_plan(in_force=False), parent=whole), 30)
    assert progress(whole).value is None


def test_a_circle_ends():
    one, other = make_target(), make_target()
    one.parent, other.parent = other, one
    one.save()
    other.save()
    make_report(other, 5)
    assert (progress(one).value, progress(other).value) == (5, 5)


def test_the_sum_is_of_what_was_reported_by_the_day():
    whole = make_target()
    part = make_target(parent=whole)
    make_report(part, 10, day(3))
    make_report(part, 30, day(6))
    assert (progress(whole, day(4)).value, progress(whole).value) == (10, 30)


def test_naming_the_upper_target():
    city = make_organization("甲市总工会", level="city")
    district = make_organization("乙区总工会", parent=city)
    upper = make_target(bare_plan(organization=city), 300, object="新就业形态工会组织")
    make_target(bare_plan(organization=city, year=2018), 300, object="新就业形态工会组织")
    lower = make_target(bare_plan(organization=district), 40, object="新就业形态工会组织")
    user = make_user(role="editor", organization=district)
    assert upper_candidates(lower, make_user(is_superuser=True)) == [upper]
    assert set_upper(lower, upper, user).parent == upper
    assert set_upper(lower, None, user).parent is None


def test_what_cannot_be_part_of_another():
    plan = bare_plan()
    whole, part = make_target(plan), make_target(plan)
    set_upper(part, whole, None)
    with refused("circle"):
        set_upper(whole, part, None)
    with refused("circle"):
        set_upper(whole, whole, None)
    with refused("unit"):
        set_upper(part, make_target(plan, unit="人"), None)
    with refused("rate"):
        set_upper(make_target(plan, unit="%"), make_target(plan, unit="%"), None)
    with refused("kind"):
        set_upper(part, make_target(plan, kind="achieved"), None)
    rate = Indicator.objects.create(name="某率", measure="rate")
    with refused("rate"):
        set_upper(part, make_target(plan, indicator=rate), None)


def test_nobody_adds_to_the_sums_of_others():
    city = make_organization("甲市总工会", level="city")
    own, beside = (make_organization(name, parent=city) for name in ("乙区总工会", "丙区总工会"))
    target = make_target(bare_plan(organization=own))
    for plan in (
        bare_plan(organization=beside),
        bare_plan(organization=make_organization("丁镇总工会", level="township", parent=own)),
        bare_plan(organization=city, in_force=False),
    ):
        with refused("above"):
            set_upper(target, make_target(plan), None)
    assert set_upper(target, make_target(bare_plan(organization=own, year=2018)), None).parent.plan.organization == own


def test_a_quarter_is_no_part_of_a_year():
    whole = make_target(number=1000, unit="场")
    quarterly = make_target(number=10, unit="场", kind="recurring", period="每季度", parent=whole)
    make_report(quarterly, 10, day(6, 30))
    with translation.override("en"):
        assert (progress(whole, day(6, 30)).value, progress(whole, day(6, 30)).state) == (None, State.NO_DATA)
        assert "Not added, counted in another way" in progress(whole, day(6, 30)).formula
    make_report(make_target(number=40, unit="场", kind="recurring", period="每年", parent=whole), 7)
    assert progress(whole).value == 7


def test_what_recurs_adds_up_the_plans_of_its_period_alone():
    years = bare_plan(starts_on=day(1, 1, 2016), ends_on=day(12, 31, 2020), period="years")
    whole = make_target(years, 1000, "名", kind="recurring", period="每年")
    make_report(make_target(bare_plan(2018), 300, "名", parent=whole), 290, day(12, 20, 2018))
    make_report(make_target(bare_plan(2019), 300, "名", parent=whole), 120)
    with translation.override("en"):
        one = progress(whole)
    assert (one.value, "Not added" in one.formula) == (120, False)


def test_parts_that_the_reader_may_not_see_are_counted_and_not_named(client):
    city = make_organization("甲市总工会", level="city")
    whole = make_target(bare_plan(organization=city), 1000)
    silent = {name: bare_plan(organization=make_organization(name, parent=city)) for name in ("乙区", "丙区", "丁区")}
    for plan in silent.values():
        make_target(plan, parent=whole, object="工会")
    make_report(make_target(bare_plan(), parent=whole), 20)
    publishing.withdraw(silent["乙区"].article, None, "错")
    silent["丁区"].targets.update(broken=True)
    own, other = (make_user(role="editor", organization=body) for body in (city, make_organization()))
    rate = make_target(
        bare_plan(organization=make_organization("戊区", parent=city)), 9, "%", parent=whole, object="率"
    )
    publishing.withdraw(rate.plan.article, None, "错")
    told = {
        own: "Nothing reported by: 乙区 工会, 丙区 工会, 丁区 工会. Not added, counted in another way: 戊区 率.",
        other: "Nothing reported by: 丙区 工会, and 2 parts you may not see."
        " Not added, counted in another way: 1 part you may not see.",
    }
    for user, words in told.items():
        with translation.override("en"):
            formula = progress_of([whole], TODAY, user)[whole.pk].formula
        assert formula.startswith(f"Sum of 1 part. {words} 20家 by 2019-06-30")
        client.force_login(user)
        page = client.get(reverse("plan-target", args=[whole.pk]), headers={"accept-language": "en"})
        assert words in page.context["one"].progress.formula
        assert words in client.get(reverse("plan-targets"), headers={"accept-language": "en"}).content.decode()
    assert (len(page.context["one"].parts), page.context["one"].parts_unseen) == (2, 3)
    assert "And 3 parts you may not see." in page.content.decode()


def test_many_parts_that_are_named_and_some_that_are_not():
    whole = make_target()
    plans = [bare_plan(organization=make_organization(f"第{number}街道工会")) for number in range(7)]
    for plan in plans:
        make_target(plan, parent=whole, object="工会")
    for plan in plans[5:]:
        publishing.withdraw(plan.article, None, "错")
    with translation.override("en"):
        formula = progress_of([whole], TODAY, make_user(role="editor"))[whole.pk].formula
    named = "第0街道工会 工会, 第1街道工会 工会, 第2街道工会 工会 and 2 more, and 2 parts you may not see."
    assert f"Nothing reported by: {named}" in formula
