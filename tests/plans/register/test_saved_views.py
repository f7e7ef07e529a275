"""Saved views: kept, shared downwards, changed, deleted; only by their owner."""

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.models import AuditEntry
from plans.models import SavedView
from plans.register import saved_views
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """An editor of a city, one of a district below it, one of another city."""
    city = make_organization("青岛市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    other = make_organization("烟台市总工会", level="city")
    return {
        "city": make_user("city", role="editor", organization=city),
        "district": make_user("district", role="contributor", organization=district),
        "other": make_user("other", role="editor", organization=other),
    } | {"bodies": (city, district, other)}


def test_a_view_is_kept_by_the_form_and_stands_in_the_list(client, people):
    client.force_login(people["city"])
    answer = client.post("/plans/views/save/", {"name": " 区县2019 ", "query": "level=district&year=2019"})
    assert (answer.status_code, answer["Location"]) == (302, "/plans/?level=district&year=2019")
    page = lxml.html.fromstring(client.get(answer["Location"]).content)
    links = page.xpath("//details[@id='tool-views']//li/a")
    assert [(link.text_content(), link.get("href"), link.get("aria-current")) for link in links] == [
        ("区县2019", "/plans/?level=district&year=2019", "true")
    ]
    assert AuditEntry.objects.first().after == {
        "name": "区县2019",
        "query": "level=district&year=2019",
        "shared_with": "",
    }


def test_a_shared_view_is_seen_by_members_and_those_below(people):
    city, district, _other = people["bodies"]
    manager = make_user("manager", role="manager", organization=district)
    of_city = saved_views.save(people["city"], "全市", "year=2019", shared_with=city)
    of_district = saved_views.save(manager, "本区", "year=2020", shared_with=district)
    own = saved_views.save(people["city"], "自己", "")
    administrator = make_user("root", is_superuser=True)
    seen = {
        name: set(SavedView.objects.visible_to(user))
        for name, user in [*people.items(), ("root", administrator), ("nobody", make_user())]
        if name != "bodies"
    }
    assert seen == {
        "city": {of_city, own},
        "district": {of_city, of_district},
        "other": set(),
        "root": {of_city, of_district},
        "nobody": set(),
    }


def test_sharing_needs_a_role_there(client, people):
    city, _district, other = people["bodies"]
    with pytest.raises(PermissionDenied):
        saved_views.save(people["city"], "外市", "", shared_with=other)
    with pytest.raises(PermissionDenied):  # a contributor, and not of the city
        saved_views.save(people["district"], "全市", "", shared_with=city)
    client.force_login(people["city"])
    answer = client.post("/plans/views/save/", {"name": "外市", "query": "year=2019", "shared_with": "烟台市总工会"})
    assert answer.status_code == 400
    page = lxml.html.fromstring(answer.content)
    assert page.xpath("//input[@name='query']/@value") == ["year=2019"]
    assert len(page.xpath("//*[@role='alert']/p")) == 1
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize(("name", "query"), [("  ", ""), ("有了", ""), ("长", "q=" + "x" * 5000), ("x" * 61, "")])
def test_what_cannot_be_kept_gets_a_sentence(people, name, query):
    saved_views.save(people["city"], "有了", "")
    with pytest.raises(ValidationError):
        saved_views.save(people["city"], name, query)
    assert list(SavedView.objects.values_list("name", flat=True)) == ["有了"]


def test_views_are_renamed_shared_and_deleted_by_their_owner(client, people):
    city = people["bodies"][0]
    view = saved_views.save(people["city"], "旧名", "year=2019")
    client.force_login(people["city"])
    client.post(f"/plans/views/{view.pk}/change/", {"name": "新名", "shared_with": city.name})
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.query) == ("新名", city, "year=2019")
    assert client.post(f"/plans/views/{view.pk}/change/", {"name": ""}).status_code == 400
    assert client.post(f"/plans/views/{view.pk}/delete/")["Location"] == "/plans/views/"
    assert list(AuditEntry.objects.values_list("verb", flat=True)[:2]) == ["delete", "change"]
    assert SavedView.objects.count() == 0


def test_others_cannot_change_what_is_shared_with_them(client, people):
    view = saved_views.save(people["city"], "全市", "year=2019", shared_with=people["bodies"][0])
    client.force_login(people["district"])
    assert "全市" in client.get("/plans/views/").content.decode()
    assert client.post(f"/plans/views/{view.pk}/change/", {"name": "改"}).status_code == 404
    assert client.post(f"/plans/views/{view.pk}/delete/").status_code == 404
    with pytest.raises(PermissionDenied):
        saved_views.delete(view, people["district"])
    client.logout()
    assert client.get("/plans/views/").status_code == 302
    assert client.post("/plans/views/save/", {"name": "x"}).status_code == 302
