"""One policy: a role covers the subtree of its organisation, and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.models import Article
from organizations.rights import may, reach
from tests.factories import make_article, make_organization, make_user

pytestmark = pytest.mark.django_db

DOES = {
    "contributor": {"view", "write", "file_plan"},
    "editor": {"view", "write", "edit", "publish", "withdraw", "file_plan", "put_in_force"},
    "reviewer": {"view", "write", "edit", "publish", "withdraw", "file_plan", "put_in_force"},
    "signer": {"view", "write", "edit", "publish", "withdraw", "file_plan", "put_in_force"},
    "auditor": {"view", "audit"},
    "manager": {
        "view", "write", "edit", "publish", "withdraw", "file_plan", "put_in_force", "manage", "audit",
    },
}  # fmt: skip
VERBS = sorted(set().union(*DOES.values()))


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
