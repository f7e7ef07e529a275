"""One policy: a role covers the subtree of its organisation, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.models import Article, ChannelLimit
from organizations import rights
from organizations.models import Membership
from organizations.rights import may, reach
from tests.factories import make_article, make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db

WRITES = {"view", "write", "file_plan", "report_progress", "assign_indicator"}
EDITS = WRITES | {"edit", "publish", "withdraw", "put_in_force", "show", "remind"}
EDITS |= {"make_indicator", "close_plan", "share_view"}
DOES = {
    "contributor": WRITES,
    "editor": EDITS | {"redate"},
    "reviewer": EDITS | {"review"},
    "signer": EDITS | {"redate", "review", "sign", "delegate"},
    "auditor": {"view", "audit"},
    "manager": EDITS | {"redate", "delegate", "manage", "audit", "expect_plans"},
}
VERBS = sorted(set().union(*DOES.values()))


def test_every_verb_of_the_policy_is_among_them():
    assert set(VERBS) == set(rights._verbs)
    for verb in VERBS:
        assert rights.roles_for(verb) == {role for role in DOES if verb in DOES[role]}
    assert rights.roles_for("no verb") == set()


@pytest.mark.parametrize("role", DOES)
def test_each_role_does_what_it_may_and_no_more(role):
    city = make_organization("甲市总工会", level="city")
    article = make_article(owner=make_organization("乙区总工会", parent=city), public=False)
    user = make_user(role=role, organization=city)
    assert {verb for verb in VERBS if may(user, verb, article)} == DOES[role]


@pytest.mark.parametrize("role", DOES)
def test_no_role_reaches_beside_or_above_its_organisation(role):
    city = make_organization("甲市总工会", level="city")
    here, beside = make_organization("乙区总工会", parent=city), make_organization("丙区总工会", parent=city)
    user = make_user(role=role, organization=here)
    for owner in (city, beside):
        article = make_article(owner=owner, public=False)
        assert {verb for verb in VERBS if may(user, verb, article)} == set()


def test_outsiders_inactive_and_roleless_users_may_nothing():
    article = make_article(public=False)
    inactive = make_user(role="manager", organization=article.owner, is_active=False)
    for user in (AnonymousUser(), make_user(), inactive):
        assert [verb for verb in VERBS if may(user, verb, article)] == []
        assert list(Article.objects.filter(reach(user, "view", "owner"))) == []


def test_reach_and_may_agree():
    city = make_organization("甲市总工会", level="city")
    owners = [city, make_organization("乙区总工会", parent=city), make_organization("己市总工会", level="city")]
    articles = [make_article(owner=owner, public=False) for owner in owners]
    for role in DOES:
        user = make_user(role=role, organization=city)
        for verb in VERBS:
            rows = Article.objects.filter(reach(user, verb, "owner")).order_by("pk")
            assert list(rows) == [article for article in articles if may(user, verb, article)]


def test_the_nearest_holders_come_first_and_closed_accounts_are_none():
    city = make_organization("甲市总工会", level="city")
    district = make_organization("乙区总工会", parent=city)
    far, near = make_user(role="signer", organization=city), make_user(role="manager", organization=district)
    make_user(role="editor", organization=district)
    make_user(role="signer", organization=district, is_active=False)
    make_user(role="signer", organization=make_organization("丙区总工会", parent=city))
    assert [row.user for row in rights.holders("delegate", district)] == [near, far]
    assert [row.user for row in rights.holders("delegate", city)] == [far]


def test_nothing_narrows_whoever_has_one_role_without_limits():
    chief = make_user(is_superuser=True)
    editor = make_user(role="editor")
    assert rights.narrowed_to(chief, "write") is rights.narrowed_to(editor, "write") is None
    assert rights.narrowed_to(editor, "sign") == rights.narrowed_to(AnonymousUser(), "write") == frozenset()


# Narrowed roles


def narrow(user, *channels):
    """Narrow every role of `user` to the channels."""
    for membership in user.memberships.all():
        for channel in channels:
            ChannelLimit.objects.create(membership=membership, channel=channel)


@pytest.mark.parametrize("address", ["/admin/articles/article/", "/admin/"])
def test_many_narrowed_roles_ask_as_often_as_one(client, django_assert_max_num_queries, address):
    def count(roles):
        user = make_user(is_staff=True)
        for _ in range(roles):
            Membership.objects.create(user=user, organization=make_organization(), role="editor")
        narrow(user, make_channel(), make_channel())
        client.force_login(user)
        client.get(address)
        with django_assert_max_num_queries(40) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert count(1) == count(5)


def test_each_narrowed_role_reaches_its_own_channels_and_those_below():
    upper, other = make_channel(), make_channel()
    below = make_channel(parent=upper)
    user = make_user()
    for channel in (upper, other):
        membership = Membership.objects.create(user=user, organization=make_organization(), role="editor")
        ChannelLimit.objects.create(membership=membership, channel=channel)
    rights.read([user])
    assert [held.limit for held in user._held_roles] == [{upper.pk, below.pk}, {other.pk}]


def test_holders_narrowed_elsewhere_are_left_out_where_the_channel_is_told():
    city = make_organization("甲市总工会", level="city")
    upper, other = make_channel(), make_channel()
    below = make_channel(parent=upper)
    free, near, far = (make_user(role="signer", organization=city) for _ in range(3))
    narrow(near, upper, other)
    narrow(far, other)

    def found(number=None):
        return [row.user for row in rights.holders("sign", city, number)]

    assert found() == [free, near, far]
    assert found(upper.pk) == found(below.pk) == [free, near]
    assert found(other.pk) == [free, near, far]
