"""Rows for tests of coverage: plans in any state, expectations."""

import datetime

from articles.models import Article
from organizations.models import Organization
from plans.models import Expectation, WorkPlan
from tests.factories import make_article, make_level

SPANS = {
    "year": ((1, 1), (12, 31)),
    "first_half": ((1, 1), (6, 30)),
    "second_half": ((7, 1), (12, 31)),
    "q1": ((1, 1), (3, 31)),
    "q2": ((4, 1), (6, 30)),
    "q3": ((7, 1), (9, 30)),
    "q4": ((10, 1), (12, 31)),
}


def put_plan(organization: Organization, year: int, span: str = "year", state: str = "in_force", **fields) -> WorkPlan:
    """A plan in `state` for the `span` of `year`, without clauses; its article is public unless it is a draft."""
    article = fields.pop("article", None) or make_article(
        f"{organization.name}{year}年{span}工作计划",
        kind=Article.Kind.PLAN,
        organization=organization,
        owner=fields.pop("owner", organization),
        public=fields.pop("public", state != "draft"),
    )
    first, last = SPANS.get(span, SPANS["year"])
    given = {
        "organization": organization,
        "text_revision": article.latest_revision,
        "period": "quarter" if span.startswith("q") else span,
        "starts_on": datetime.date(year, *first),
        "ends_on": datetime.date(year + 4 if span == "years" else year, *last),
        "state": state,
    }
    return WorkPlan.objects.create(article=article, **(given | fields))


def expect(organization: Organization, *, level: str | None = None, first_year: int = 2010, **fields) -> Expectation:
    return Expectation.objects.create(
        organization=organization, level=make_level(level) if level else None, first_year=first_year, **fields
    )
