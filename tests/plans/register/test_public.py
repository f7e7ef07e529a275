"""The register that everybody may read: what it shows and what it never does."""

import json

import lxml.html
import pytest
from django.test import Client

from articles import publishing
from articles.models import Article
from organizations.models import SiteSettings
from plans.models import ProgressReport, Target, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(world):
    """Somebody without an account, at a site whose register is public."""
    SiteSettings.objects.update_or_create(pk=1, defaults={"public_register": True})
    return Client(headers={"accept-language": "en"})


def titles(response) -> list[str]:
    return [link.text_content() for link in lxml.html.fromstring(response.content).xpath("//tr[@class='plan']/th/a")]


def test_it_is_closed_unless_the_site_opens_it(world):
    assert Client().get("/plans/").status_code == 302


def test_it_shows_filed_plans_whose_articles_are_public(reader, world):
    page = reader.get("/plans/")
    assert titles(page) == ["胶州五年规划", "胶州工会2019年工作", "青岛市总工会工作要点"]
    assert titles(reader.get("/plans/?state=draft")) == titles(page)
    assert "is not known" in reader.get("/plans/?state=draft").content.decode()
    WorkPlan.objects.filter(pk=world["long"]).update(state=WorkPlan.State.REPLACED)
    withdrawn = Article.objects.get(work_plan=world["city"])
    publishing.withdraw(withdrawn, None, "错")
    assert titles(reader.get("/plans/")) == ["胶州五年规划", "胶州工会2019年工作"]


def test_nothing_of_the_staff_is_in_it(reader, world):
    target = Target.objects.filter(plan=world["jiaozhou"]).first()
    ProgressReport.objects.create(target=target, on="2019-06-30", value=5, note="内部说明")
    page = reader.get("/plans/?columns=latest&columns=status&columns=quote")
    tree = lxml.html.fromstring(page.content)
    text = page.content.decode()
    assert "内部说明" not in text
    assert "黄岛工作安排" not in text
    closed = [href for href in tree.xpath("//main//a/@href") if not href.startswith(("/articles/", "/plans/?", "#"))]
    assert set(closed) <= {"/plans/"}
    assert tree.xpath("//*[@id='tool-views'] | //input[@name='csrfmiddlewaretoken']") == []
    links = tree.xpath("//tr[@class='tg']/td/a/@href")
    assert links
    assert all(link.startswith("/articles/") for link in links)


def test_its_files_hold_the_same(reader, world):
    found = json.loads(b"".join(reader.get("/plans/?format=json").streaming_content))
    assert {row["plan"] for row in found["rows"]} == {world[name] for name in ("jiaozhou", "city", "long")}


def test_caches_may_keep_it_and_ask_and_no_cookie_is_set(reader, world):
    page = reader.get("/plans/")
    assert not page.cookies
    assert page["Cache-Control"] == "no-cache"
    assert "Cookie" in page["Vary"]
    assert reader.get("/plans/", headers={"if-none-match": page["ETag"]}).status_code == 304


def test_the_staff_gets_its_own_page(reader, world, client):
    answer = client.get("/plans/")
    assert "no-store" in answer["Cache-Control"]
    assert len(titles(answer)) == 5


def test_other_pages_of_plans_stay_closed(reader, world):
    for address in (f"/plans/{world['city']}/", "/plans/views/", "/plans/progress/"):
        assert reader.get(address).status_code == 302, address
