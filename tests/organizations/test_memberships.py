"""Roles given, changed, taken: each in the trail of its organisation, with person, role and organisation in words."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from organizations import accounts, memberships
from organizations.models import AuditEntry, Membership
from tests.factories import make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_organization("青岛市总工会", level="city")


@pytest.fixture
def district(city):
    return make_organization("胶州市总工会", parent=city)


@pytest.fixture
def manager(city):
    return make_user("manager", name="张主席", role="manager", organization=city, is_staff=True)


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


def sent(user, *rows, initial) -> dict:
    data = {"username": user.username, "name": user.name}
    data |= {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return data


def save(desk, user, *rows, initial=1):
    return desk.post(reverse("admin:organizations_user_change", args=[user.pk]), sent(user, *rows, initial=initial))


def row(membership, **changes) -> dict:
    first = {"id": membership.pk, "user": membership.user_id, "organization": membership.organization_id}
    return first | {"role": membership.role, "numbers": memberships.narrowing().numbers(membership)} | changes


def told(since: int) -> list[tuple]:
    rows = AuditEntry.objects.filter(pk__gt=since).order_by("pk")
    return [(e.verb, e.actor_name, e.object_name, e.organization_name, e.before, e.after) for e in rows]


def last() -> int:
    return AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def test_a_role_given_changed_and_taken(desk, city, district):
    user = make_user("wang", name="王编辑", role="editor", organization=district)
    held = user.memberships.get()

    def words(role):
        return {"role": role, "organization": "胶州市总工会"}

    since = last()
    assert save(desk, user, row(held, role="reviewer")).status_code == 302
    second = {"user": user.pk, "organization": district.pk, "role": "auditor"}
    held.refresh_from_db()
    assert save(desk, user, row(held), second).status_code == 302
    assert (
        save(desk, user, row(held, DELETE="on"), row(user.memberships.get(role="auditor")), initial=2).status_code
        == 302
    )
    assert told(since) == [
        ("change role", "张主席", "王编辑", "胶州市总工会", words("editor"), words("reviewer")),
        ("give role", "张主席", "王编辑", "胶州市总工会", None, words("auditor")),
        ("take role", "张主席", "王编辑", "胶州市总工会", words("reviewer"), None),
    ]


def test_roles_in_two_organisations_stand_in_both_trails(desk, city, district):
    other = make_organization("平度市总工会", parent=city)
    user = make_user("wang", role="editor", organization=district)
    since = last()
    second = {"user": user.pk, "organization": other.pk, "role": "editor"}
    save(desk, user, row(user.memberships.get(), role="reviewer"), second)
    assert [(verb, organization) for verb, _, _, organization, _, _ in told(since)] == [
        ("change role", "胶州市总工会"),
        ("give role", "平度市总工会"),
    ]


def test_a_role_that_moves_stands_in_the_trails_of_both(desk, city, district):
    other = make_organization("平度市总工会", parent=city)
    user = make_user("wang", role="editor", organization=district)
    since = last()
    save(desk, user, row(user.memberships.get(), organization=other.pk))
    assert [(verb, organization) for verb, _, _, organization, _, _ in told(since)] == [
        ("take role", "胶州市总工会"),
        ("give role", "平度市总工会"),
    ]


def test_an_unchanged_form_is_not_recorded(desk, district):
    user = make_user("wang", name="王编辑", role="editor", organization=district)
    since = last()
    save(desk, user, row(user.memberships.get()))
    assert told(since) == []


# Narrowed to channels


def test_a_manager_narrows_a_role_to_channels_and_widens_it_again(desk, district):
    news, notices = make_channel("要闻"), make_channel("公告")
    below = make_channel("通知", parent=notices)
    user = make_user("wang", role="contributor", organization=district)
    held = user.memberships.get()
    since = last()
    assert save(desk, user, row(held, numbers=[below.pk, news.pk])).status_code == 302
    assert sorted(memberships.narrowing().numbers(held)) == sorted([below.pk, news.pk])
    page = desk.get(reverse("admin:organizations_user_change", args=[user.pk]))
    form = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert sorted(form["numbers"].value()) == sorted([below.pk, news.pk])
    assert save(desk, user, row(held, numbers=[])).status_code == 302
    assert list(held.channel_limits.all()) == []
    narrowed = {"role": "contributor", "organization": "胶州市总工会", "channels": ["要闻", "公告 › 通知"]}
    wide = {"role": "contributor", "organization": "胶州市总工会"}
    assert [(verb, before, after) for verb, _, _, _, before, after in told(since)] == [
        ("change role", wide, narrowed),
        ("change role", narrowed, wide),
    ]


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_whoever_oversees_everything_is_not_narrowed(desk, district, role):
    channel = make_channel()
    user = make_user("wang", role="contributor", organization=district)
    refused = save(desk, user, row(user.memberships.get(), role=role, numbers=[channel.pk]))
    assert refused.status_code == 200
    assert "numbers" in refused.context["inline_admin_formsets"][0].formset.errors[0]
    assert user.memberships.get().role == "contributor"
    with pytest.raises(ValidationError):
        memberships.give(Membership(user=user, organization=district, role=role), None, numbers=[channel.pk])


def test_a_channel_that_is_none_is_refused(desk, district):
    user = make_user("wang", role="contributor", organization=district)
    refused = save(desk, user, row(user.memberships.get(), numbers=["999999"]))
    assert "numbers" in refused.context["inline_admin_formsets"][0].formset.errors[0]


def test_a_manager_elsewhere_narrows_and_widens_nothing(client, district):
    channel = make_channel()
    user = make_user("wang", role="contributor", organization=district)
    held = user.memberships.get()
    memberships.change(held, None, numbers=[channel.pk])
    stranger = make_user(role="manager", organization=make_organization("杭州市总工会", level="city"), is_staff=True)
    client.force_login(stranger)
    save(client, user, row(held, numbers=[]))
    assert memberships.narrowing().numbers(held) == [channel.pk]
    for verb in (memberships.change, memberships.take):
        with pytest.raises(PermissionDenied):
            verb(held, stranger)
    with pytest.raises(PermissionDenied):
        memberships.give(Membership(user=user, organization=district, role="editor"), stranger)
    assert user.memberships.count() == 1


def test_handing_over_gives_no_more_than_there_was(district):
    chief = make_user(is_superuser=True)
    news, notices = make_channel("要闻"), make_channel("公告")

    def holder(*roles):
        user = make_user()
        for role, numbers in roles:
            memberships.give(Membership(user=user, organization=district, role=role), None, numbers=numbers)
        return user

    def held(user):
        return {row.role: sorted(memberships.narrowing().numbers(row)) for row in user.memberships.all()}

    leaving = [("contributor", [news.pk]), ("editor", [])]
    for own, both in (
        ([], {"contributor": [news.pk], "editor": []}),
        ([("contributor", [notices.pk])], {"contributor": [news.pk, notices.pk], "editor": []}),
        ([("contributor", []), ("editor", [news.pk])], {"contributor": [], "editor": []}),
    ):
        to = holder(*own)
        since = last()
        accounts.hand_over(holder(*leaving), to, chief)
        assert held(to) == both
        assert {"give role", "change role"} & {verb for verb, *_ in told(since)}


def test_channels_cost_no_query_more(desk, city, django_assert_max_num_queries):
    user = make_user("wang", role="contributor", organization=make_organization(parent=city))
    channels = [make_channel() for _ in range(3)]
    for _ in range(4):
        new = Membership(user=user, organization=make_organization(parent=city), role="contributor")
        memberships.give(new, None, numbers=[channels[0].pk])

    def count():
        with django_assert_max_num_queries(20) as queries:
            assert desk.get(reverse("admin:organizations_user_change", args=[user.pk])).status_code == 200
        return len(queries)

    count()  # the first page of a session writes that it was used
    few = count()
    for held in user.memberships.all():
        memberships.change(held, None, numbers=[channel.pk for channel in channels])
    for _ in range(30):
        make_channel()
    assert count() == few
