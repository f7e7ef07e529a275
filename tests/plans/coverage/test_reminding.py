"""Who is to file plans, and reminding those who have not."""

import datetime
import io

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry, Membership
from plans.coverage import expecting, reminding
from plans.coverage.mail import write
from plans.models import Expectation, Reminder
from tests.factories import make_level, make_organization, make_user

from .rows import expect, put_plan

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1


@pytest.fixture
def tree():
    city = make_organization("青岛市总工会", level="city")
    jiaozhou = make_organization("胶州市总工会", parent=city)
    pingdu = make_organization("平度市总工会", parent=city)
    expect(city, level="district", first_year=YEAR)
    return {"city": city, "jiaozhou": jiaozhou, "pingdu": pingdu}


@pytest.fixture
def clerk(tree):
    return make_user("clerk", role="editor", organization=tree["city"], is_staff=True)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """What happens after the commit is done, as the worker would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def districts(tree):
    return [tree["jiaozhou"], tree["pingdu"]]


# Reminding


def test_those_who_lack_a_plan_are_reminded_and_their_members_written_to(tree, clerk, sent):
    put_plan(tree["pingdu"], YEAR)
    make_user("wang", role="contributor", organization=tree["jiaozhou"], email="wang@example.org")
    make_user("audit", role="auditor", organization=tree["jiaozhou"], email="audit@example.org")
    make_user("gone", role="editor", organization=tree["jiaozhou"], email="gone@example.org", is_active=False)
    make_user("above", role="manager", organization=tree["city"], email="above@example.org")
    make_user("filed", role="manager", organization=tree["pingdu"], email="filed@example.org")
    with sent():
        done = reminding.remind(districts(tree), YEAR, clerk, "请于本周内报送")
    assert [row.organization.name for row in done.reminders] == ["胶州市总工会"]
    assert ([body.name for body in done.lacking_nothing], done.people) == (["平度市总工会"], 1)
    [message] = mail.outbox
    assert message.to == ["wang@example.org"]
    assert "胶州市总工会" in message.body and "请于本周内报送" in message.body and str(YEAR) in message.subject
    assert Reminder.objects.get().mailed == 1
    entry = AuditEntry.objects.get(verb="remind")
    assert (entry.actor_name, entry.organization_name, entry.after["year"]) == (str(clerk), "胶州市总工会", YEAR)


def test_one_mail_a_person_for_all_their_bodies(tree, clerk, sent):
    both = make_user("both", email="both@example.org")
    for body in districts(tree):
        for role in ("editor", "reviewer"):
            Membership.objects.create(user=both, organization=body, role=role)
    with sent():
        reminding.remind(districts(tree), YEAR, clerk)
    [message] = mail.outbox
    assert "胶州市总工会" in message.body and "平度市总工会" in message.body
    assert list(Reminder.objects.values_list("mailed", flat=True)) == [1, 1]


@pytest.mark.parametrize(("days", "again"), [(6, 0), (8, 1)])
def test_not_more_often_than_once_in_seven_days_for_a_body_and_year(tree, clerk, days, again):
    reminding.remind([tree["jiaozhou"]], YEAR, clerk)
    Reminder.objects.update(at=timezone.now() - datetime.timedelta(days=days))
    done = reminding.remind([tree["jiaozhou"]], YEAR, clerk)
    assert (len(done.reminders), len(done.lately)) == (again, 1 - again)
    expect(tree["city"], level="district", first_year=YEAR - 1)
    assert len(reminding.remind([tree["jiaozhou"]], YEAR - 1, clerk).reminders) == 1


def test_a_plan_that_the_clerk_may_not_see_is_not_asked_for(tree):
    put_plan(tree["jiaozhou"], YEAR, state="draft", owner=make_organization("编辑部", level=None))
    clerk = make_user(role="editor", organization=tree["jiaozhou"])
    assert reminding.remind([tree["jiaozhou"]], YEAR, clerk).lacking_nothing == [tree["jiaozhou"]]


def test_bodies_of_others_are_refused_and_nobody_is_reminded(tree):
    clerk = make_user(role="editor", organization=tree["jiaozhou"])
    for person in (clerk, make_user(role="contributor", organization=tree["city"])):
        with pytest.raises(PermissionDenied):
            reminding.remind(districts(tree), YEAR, person)
    with pytest.raises(ValidationError), transaction.atomic():
        reminding.remind([tree["jiaozhou"]], YEAR, clerk, "长" * 301)
    assert Reminder.objects.count() == 0


def test_who_left_the_body_meanwhile_is_not_written_to(tree, clerk, sent):
    wang = make_user("wang", role="editor", organization=tree["jiaozhou"], email="wang@example.org")
    [reminder] = reminding.remind([tree["jiaozhou"]], YEAR, clerk).reminders
    wang.memberships.all().delete()
    write.func(wang.pk, [reminder.pk])
    assert mail.outbox == []


def test_members_read_it_until_the_plan_is_there(tree, clerk):
    wang = make_user("wang", role="editor", organization=tree["jiaozhou"])
    reminding.remind(districts(tree), YEAR, clerk)
    [reminder] = reminding.reminders_of(wang)
    assert (reminder.organization, reminding.reminders_of(clerk)) == (tree["jiaozhou"], [])
    said = render_to_string("plans/coverage/reminded.html", {"reminders": [reminder]})
    assert reverse("plan-coverage-body", args=[tree["jiaozhou"].slug]) in said
    put_plan(tree["jiaozhou"], YEAR, state="draft")
    assert reminding.reminders_of(wang) == []


def test_the_page_offers_those_that_may_be_reminded_and_says_what_came_of_it(tree, clerk):
    client = Client(headers={"accept-language": "en"})
    client.force_login(clerk)
    page = client.get(reverse("plan-coverage"), {"remind": YEAR})
    assert page.context["choosable"] == 2
    data = {"year": YEAR, "subject": "综合", "next": "/plans/coverage/?level=district"}
    answer = client.post(reverse("plan-coverage-remind"), data | {"organization": [tree["jiaozhou"].pk]}, follow=True)
    assert answer.redirect_chain == [("/plans/coverage/?level=district", 302)]
    assert "1 organization was reminded." in answer.text
    assert client.get(reverse("plan-coverage"), {"remind": YEAR}).context["choosable"] == 1
    for bad in ({"organization": ["x"]}, {"organization": [tree["pingdu"].pk], "year": "0000"}, {}):
        answer = client.post(reverse("plan-coverage-remind"), data | {"next": "https://example.org/"} | bad)
        assert answer.url == reverse("plan-coverage")
    assert Reminder.objects.count() == 1
    assert client.get(reverse("plan-coverage-remind")).status_code == 405


def test_the_command_reminds_or_only_says_whom(tree):
    out = io.StringIO()
    call_command("remind_missing", year=YEAR, dry_run=True, stdout=out)
    assert out.getvalue().splitlines() == [
        f"胶州市总工会 {YEAR}",
        f"平度市总工会 {YEAR}",
        "2 would be reminded, 0 were reminded within seven days.",
    ]
    assert Reminder.objects.count() == 0
    call_command("remind_missing", year=YEAR, organization=tree["pingdu"].slug, stdout=out)
    assert [row.organization for row in Reminder.objects.all()] == [tree["pingdu"]]
    with pytest.raises(CommandError):
        call_command("remind_missing", year=YEAR, organization="nowhere")


# Who is to file


def form(**fields):
    given = {"organization": "青岛市总工会", "level": "township", "first_year": "2020", "last_year": "", "due": "03-31"}
    return given | {"subject": "综合", "expected": "yes", "note": ""} | fields


@pytest.fixture
def manager(tree):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(role="manager", organization=tree["city"], is_staff=True))
    return client


def test_a_manager_says_who_is_to_file(tree, manager):
    make_level("township")
    answer = manager.post(reverse("plan-coverage-expect"), form(due="4月15日", last_year="2025"))
    assert answer.status_code == 302
    rule = Expectation.objects.get(level="township")
    assert (rule.organization, rule.first_year, rule.last_year) == (tree["city"], 2020, 2025)
    assert (rule.due_on(2021), rule.expected) == (datetime.date(2021, 4, 15), True)
    assert AuditEntry.objects.get(verb="expect plans").after["due_month"] == 4
    exempt = form(organization="胶州市总工会", level="", expected="no", note="撤并")
    manager.post(reverse("plan-coverage-expect"), exempt)
    assert Expectation.objects.get(organization=tree["jiaozhou"]).expected is False


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due": "3月"}, "The due day is written as month and day, such as 03-31."),
        ({"due": "02-30"}, "The due day is no day of the calendar."),
        ({"last_year": "2019"}, "The first year lies after the last year."),
        ({"first_year": "20"}, "Write a year of four digits, such as 2019."),
        ({"organization": "某市"}, "No organization is called “某市”. Write its full name, or a part of it."),
        ({"first_year": ""}, "This field is required."),
    ],
)
def test_a_wrong_rule_is_shown_again_with_the_reason_and_nothing_is_saved(tree, manager, wrong, said):
    make_level("township")
    answer = manager.post(reverse("plan-coverage-expect"), form(**wrong))
    errors = [error for errors in answer.context["form"].errors.values() for error in errors]
    assert (answer.status_code, errors) == (422, [said])
    assert Expectation.objects.count() == 1


def test_only_managers_of_the_body_or_above(tree):
    for role, body in (("editor", "city"), ("manager", "pingdu")):
        person = make_user(role=role, organization=tree[body])
        with pytest.raises(PermissionDenied):
            expecting.expect(Expectation(organization=tree["jiaozhou"], first_year=2020), person)
    person = make_user(role="manager", organization=tree["jiaozhou"])
    expecting.expect(Expectation(organization=tree["jiaozhou"], first_year=2020), person)
    assert Expectation.objects.count() == 2


def test_rules_at_the_desk_stay_within_what_somebody_manages(tree):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(role="manager", organization=tree["jiaozhou"], is_staff=True))
    add = reverse("admin:plans_expectation_add")
    data = {"first_year": 2020, "due_month": 3, "due_day": 31, "subject": "综合", "expected": "on"}
    assert client.post(add, data | {"organization": tree["pingdu"].pk}).status_code == 200
    assert client.post(add, data | {"organization": tree["jiaozhou"].pk}).status_code == 302
    [rule] = Expectation.objects.filter(organization=tree["jiaozhou"])
    assert AuditEntry.objects.filter(verb="add", object_id=str(rule.pk)).exists()
    above = Expectation.objects.get(organization=tree["city"])
    for page in ("change", "delete"):
        answer = client.post(reverse(f"admin:plans_expectation_{page}", args=[above.pk]), {"post": "yes"})
        assert answer.status_code in (302, 403)
    client.post(reverse("admin:plans_expectation_delete", args=[rule.pk]), {"post": "yes"})
    assert list(Expectation.objects.all()) == [above]
