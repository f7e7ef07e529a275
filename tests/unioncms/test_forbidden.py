"""403: which roles may, whom to ask, where to sign in; nothing of what is hidden, and never an error of its own."""

import lxml.html
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations import rights, whom_to_ask
from organizations.forms import sentence
from organizations.models import Membership, SiteSettings
from organizations.refusals import roles_that_may
from tests.factories import make_article, make_organization, make_user
from unioncms.errors import forbidden

Role = Membership.Role


@pytest.fixture
def tree(db):
    city = make_organization("甲市总工会", level="city")
    return city, make_organization("乙区总工会", parent=city), make_organization("丙区总工会", parent=city)


def refused(user, exception, method="get", path="/admin/somewhere/?a=1"):
    request = getattr(RequestFactory(), method)(path)
    request.user = user
    response = forbidden(request, exception)
    assert response.status_code == 403
    return response.content.decode()


def said(html: str) -> str:
    return " ".join(lxml.html.fromstring(html).find(".//main").text_content().split())


def test_it_names_the_roles_that_may(tree):
    text = said(refused(make_user(role="editor", organization=tree[1]), PermissionDenied("sign")))
    assert str(Role.SIGNER.label) in text
    assert str(Role.AUDITOR.label) not in text


@pytest.mark.parametrize("verb", ["write", "edit", "publish", "manage", "audit", "review", "delegate"])
def test_the_roles_are_those_of_the_policy(verb):
    named = roles_that_may(PermissionDenied(verb))
    assert set(named) == {str(Role(role).label) for role in rights.roles_for(verb)}
    assert named


@pytest.mark.parametrize("refusal", [PermissionDenied(), PermissionDenied("no verb"), PermissionDenied(["x"]), None])
def test_a_refusal_without_a_right_names_none(refusal, tree):
    assert roles_that_may(refusal) == []
    assert said(refused(make_user(role="editor", organization=tree[1]), refusal))


def test_it_names_the_nearest_managers_first_and_nobody_else(tree):
    city, district, beside = tree
    make_user("far", name="市管理员", role="manager", organization=city)
    near = make_user("near", name="区管理员", role="manager", organization=district, phone="0532-1234")
    Membership.objects.create(user=near, organization=city, role="manager")
    make_user("beside", name="邻区管理员", role="manager", organization=beside)
    make_user("closed", name="离职管理员", role="manager", organization=district, is_active=False)
    make_user("program", name="接口账号", role="manager", organization=district, is_service=True)
    make_user("editor", name="区编辑", role="editor", organization=district)
    text = said(refused(make_user(role="contributor", organization=district), PermissionDenied("edit")))
    assert text.index("区管理员") < text.index("市管理员")
    assert text.count("区管理员") == 1
    assert "0532-1234" in text
    assert not [name for name in ("邻区管理员", "离职管理员", "接口账号", "区编辑") if name in text]


def test_a_manager_is_sent_further_up_and_five_are_enough(tree):
    city, district, _beside = tree
    manager = make_user("me", name="本人", role="manager", organization=district)
    for number in range(7):
        make_user(name=f"市管理员{number}", role="manager", organization=city)
    text = said(refused(manager, PermissionDenied("manage")))
    assert "本人" not in text
    assert text.count("市管理员") == whom_to_ask.MOST == 5


def test_without_a_manager_the_administrators_are_named(tree):
    SiteSettings.objects.create(pk=1, contact="网站管理员 0532-9999")
    for user in (make_user(role="editor", organization=tree[1]), make_user()):
        assert "0532-9999" in said(refused(user, PermissionDenied("manage")))


def test_an_outsider_is_led_to_sign_in_and_back(tree):
    make_user(name="区管理员", role="manager", organization=tree[1], phone="0532-1234")
    html = refused(AnonymousUser(), PermissionDenied("edit"))
    assert f"{reverse('login')}?next=%2Fadmin%2Fsomewhere%2F%3Fa%3D1" in html
    assert "区管理员" not in html
    assert "0532-1234" not in html
    assert "next=" not in refused(AnonymousUser(), PermissionDenied("edit"), "post")


def test_nothing_of_the_hidden_object_is_said(client, tree):
    _city, district, beside = tree
    writer = make_user(role="editor", organization=beside, name="邻区作者")
    hidden = make_article("尚未公开的人事安排", owner=beside, public=False, by=writer)
    client.force_login(make_user(role="editor", organization=district, is_staff=True))
    for address in (reverse("article-preview", args=[hidden.pk]), f"/admin/articles/article/{hidden.pk}/withdraw/"):
        response = client.get(address)
        assert response.status_code in (403, 404)
        text = response.content.decode()
        assert not [words for words in ("尚未公开", "邻区作者", "丙区总工会") if words in text]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_and_the_site_answer_with_it_in_both_languages(client, tree, language):
    client.force_login(make_user(role="editor", organization=tree[1], is_staff=True))
    response = client.get("/admin/organizations/auditentry/", headers={"accept-language": language})
    assert response.status_code == 403
    assert ("403.html" in [template.name for template in response.templates]) is True
    assert "This page is not open to you" in said(response.content.decode()) or language != "en"


def test_it_asks_the_database_four_times_at_most_besides_the_pages_frame(tree):
    for number in range(30):
        make_user(role="manager", organization=tree[number % 2])
    user = make_user(role="contributor", organization=tree[1])
    with CaptureQueriesContext(connection) as asked:
        refused(user, PermissionDenied("edit"))
    own = [query["sql"] for query in asked.captured_queries if "articles_" not in query["sql"]]  # the frame's menu
    assert len(own) <= 4
    assert len(asked.captured_queries) <= 6


@pytest.mark.parametrize("failure", [DatabaseError("gone"), ValueError("x")])
def test_it_never_fails_itself(tree, monkeypatch, failure, caplog):
    def fail(user):
        raise failure

    monkeypatch.setattr("unioncms.errors.managers_for", fail)
    assert refused(make_user(), PermissionDenied("edit"))
    assert "refused request failed" in caplog.text


def test_it_answers_without_a_user():
    response = forbidden(RequestFactory().get("/"), PermissionDenied())
    assert response.status_code == 403


def test_a_refused_action_names_the_roles_too():
    assert str(Role.SIGNER.label) in sentence(PermissionDenied("sign"))
    assert str(Role.EDITOR.label) not in sentence(PermissionDenied("sign"))
    assert sentence(PermissionDenied())
