"""What the register counts, and the rows of a plan."""

import lxml.html
import pytest

from .reading_pages import facet, pks

pytestmark = pytest.mark.django_db


def test_counts_of_plans_targets_and_facets(client, world):
    register = client.get("/plans/").context["register"]
    assert (register.plans, register.targets) == (5, 10)
    response = client.get("/plans/?level=district&state=in_force")
    assert (response.context["register"].plans, response.context["register"].targets) == (2, 6)
    assert facet(response, "level") == {"city": 1, "district": 2, "township": 0}  # under the state chosen alone
    assert facet(response, "state") == {"draft": 1, "in_force": 2, "replaced": 0, "closed": 0}
    assert facet(response, "theme") == {"organisation": 2, "rights": 2, "skills": 0, "digital": 0}
    assert facet(response, "targets") == {"yes": 2, "no": 0}
    assert facet(response, "basis") == {"stated": 2, "inferred": 0}


@pytest.mark.parametrize("name", ["level", "theme", "state", "targets", "basis"])
def test_a_facet_counts_what_choosing_it_shows(client, world, name):
    for value, number in facet(client.get("/plans/?year_from=2018"), name).items():
        assert len(pks(client.get(f"/plans/?year_from=2018&{name}={value}"))) == number, value


def test_a_plan_shows_its_targets_and_marks(client, world):
    page = lxml.html.fromstring(client.get("/plans/").content)
    rows = {body.xpath("tr[1]/th/a/@href")[0]: body for body in page.xpath("//div[@class='reg']//tbody")}
    words = {name: rows[f"/plans/{world[name]}/"].text_content() for name in ("jiaozhou", "draft", "nobody")}
    values = rows[f"/plans/{world['jiaozhou']}/"].xpath("tr[contains(@class, 'tg')]/td[@class='val']")
    assert [value.text_content().strip() for value in values] == ["20家", "1000名", "≥90%"]
    assert "year inferred" not in words["jiaozhou"]
    assert "draft" not in words["jiaozhou"]
    assert "year inferred" in words["draft"]
    assert "No quantified target in the text." in words["draft"]
    assert "xx镇总工会" in words["nobody"]
    assert "year unknown" in words["nobody"]
