"""One policy: a role covers the subtree of its organisation, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.models import Article
from organizations import rights
from organizations.rights import may, reach
from tests.factories import make_article, make_organization, make_user

pytestmark = pytest.mark.django_db

WRITES = {"view", "write", "file_plan"}
EDITS = WRITES | {"edit", "publish", "withdraw", "put_in_force", "show"}
DOES = {
    "contributor": WRITES,
    "editor": EDITS | {"redate"},
    "reviewer": EDITS | {"review"},
    "signer": EDITS | {"redate", "review", "sign", "delegate"},
    "auditor": {"view", "audit"},
    "manager": EDITS | {"redate", "delegate", "manage", "audit"},
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
