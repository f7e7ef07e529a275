"""Targets and reports for tests of progress."""

import datetime
from decimal import Decimal

from plans.grammar.quotes import quote_hash
from plans.models import ProgressReport, Target
from tests.factories import make_article, make_organization, make_plan

LAST_REPORT = datetime.date(2019, 6, 30)
TODAY = datetime.date(2019, 7, 2)  # the 183rd of 365 days


def day(month: int, of_month: int = 1, year: int = 2019) -> datetime.date:
    return datetime.date(year, month, of_month)


def bare_plan(year: int = 2019, organization=None, **fields):
    """A plan in force whose text promises nothing that is counted."""
    organization = organization or make_organization()
    article = make_article(body="<p>做好各项工作。</p>", owner=organization, organization=organization)
    return make_plan(article, year=year, organization=organization, **fields)


def make_target(plan=None, number=100, unit="家", *, object="工会组织", **fields) -> Target:
    quote = f"新建{object}{number}{unit}。"
    return Target.objects.create(
        plan=plan or bare_plan(),
        number=None if number is None else Decimal(number),
        unit=unit,
        object=object,
        quote=quote,
        quote_hash=quote_hash(quote),
        **fields,
    )


def make_report(target: Target, value, on=LAST_REPORT, **fields) -> ProgressReport:
    return ProgressReport.objects.create(
        target=target, value=None if value is None else Decimal(value), on=on, **fields
    )
