"""Every address of the desk and of the staff pages is refused to outsiders and to accounts without a role."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern, URLResolver

from articles import uploads
from articles.models import Article, Collection
from importer.models import ImportBatch
from organizations.models import AuditEntry, SiteSettings
from plans.models import WorkPlan
from tests.articles.pictures import picture
from tests.factories import make_article, make_organization, make_plan, make_user

STAFF = ("admin/", "plans/", "accounts/password/", "articles/<int:pk>/preview/")
WORDS = {"app_label": "articles", "content_type_id": "1", "object_id": "1", "pk": "1", "url": "nowhere/", "name": "x"}
LABELS = ("articles", "plans", "organizations", "importer")


def addresses(patterns=None, before="") -> list[str]:
    """Every address below `patterns` with an example in place of each part that varies."""
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        text = str(pattern.pattern) if isinstance(pattern.pattern, RoutePattern) else _example(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, before + text)
        elif (before + text).startswith(STAFF):
            found.append("/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: WORDS[part[1]], before + text))
    return found


def _example(pattern: RegexPattern) -> str:
    text = pattern.regex.pattern.lstrip("^").removesuffix("$").removesuffix(r"\Z")
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda part: WORDS[part[1]], text).replace("\\", "")


def real_addresses() -> list[str]:
    """The addresses with the numbers of rows that are there, whatever the database counts from."""

    def numbered(found):
        row = apps.get_model(found[1], found[2])._default_manager.order_by("pk").first()
        return f"/admin/{found[1]}/{found[2]}/{row.pk if row else 1}/"

    plan = WorkPlan.objects.get()
    draft = Article.objects.get(title="尚未发布的稿件")
    fixed = {"/plans/1/": f"/plans/{plan.pk}/", "/articles/1/preview/": f"/articles/{draft.pk}/preview/"}
    return [fixed.get(address) or re.sub(r"^/admin/(?!r/)(\w+)/(\w+)/1/", numbered, address) for address in addresses()]


@pytest.fixture
def house(db):
    """One row of everything the desk shows."""
    owner = make_organization("胶州市总工会")
    make_user(role="editor", organization=owner)
    make_article("尚未发布的稿件", owner=owner, public=False)
    make_plan(year=2019, organization=owner)
    Collection.objects.create(title="专题", slug="topic", owner=owner)
    uploads.store(picture("图.png"), owner=owner, by=None, alt="会场")
    ImportBatch.objects.create(owner=owner, place="seeds")
    SiteSettings.objects.create(pk=1)
    return owner


def state() -> dict:
    rows = {
        model._meta.label: model._default_manager.count() for model in admin.site._registry if model is not AuditEntry
    }
    return rows | {"articles": list(Article.objects.order_by("pk").values_list("pk", "state", "latest_revision"))}


def test_the_walk_meets_every_page_of_the_desk():
    found = addresses()
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert {base, f"{base}add/", f"{base}1/change/", f"{base}1/history/", f"{base}1/delete/"} <= set(found)
    assert {"/plans/", "/plans/1/", "/admin/", "/articles/1/preview/", "/accounts/password/"} <= set(found)


@pytest.mark.parametrize("method", ["get", "post"])
def test_outsiders_are_sent_to_sign_in(client, house, method):
    before = state()
    for address in real_addresses():
        response = getattr(client, method)(address)
        assert response.status_code in (302, 403, 405), address
        if response.status_code == 302:
            assert re.match(r"/accounts/login/|/admin/(login/)?(\?|$)", response.url), (address, response.url)
    assert state() == before


@pytest.mark.parametrize("is_staff", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_account_without_a_role_is_refused(client, house, method, is_staff):
    client.force_login(make_user(is_staff=is_staff))
    before = state()
    own = {"/accounts/password/", "/admin/logout/"}
    for address in real_addresses():
        if address in own:
            continue
        response = getattr(client, method)(address, follow=True)
        assert response.status_code in (403, 404, 405), address
    assert state() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_manager_elsewhere_meets_nothing_of_this_house(client, house, method):
    client.force_login(make_user(role="manager", organization=make_organization("他市总工会"), is_staff=True))
    before = state()
    for address in real_addresses():
        if address.startswith(("/plans/", "/accounts/", "/admin/logout/")):
            continue
        body = getattr(client, method)(address, follow=True).content.decode()
        assert "尚未发布的稿件" not in body, address
    assert state() == before
