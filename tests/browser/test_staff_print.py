"""The pages of plans on paper: a full page of coverage is one sheet."""

import io
import unicodedata
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from plans.coverage.views import BODIES_A_PAGE
from plans.models import Target
from tests.factories import make_organization, make_user
from tests.plans.coverage.rows import expect, put_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
YEAR = timezone.localdate().year


@pytest.fixture
def printed(chromium):
    """Prints an address as an administrator sees it; gives its sheets."""
    context = chromium.new_context(locale="zh-CN")
    page, staff = context.new_page(), Client(headers={"accept-language": "zh-CN"})
    staff.force_login(make_user(is_superuser=True))

    def answer(route):
        path = urlsplit(route.request.url).path
        found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
        return route.fulfill(path=found) if found else route.abort()

    def sheets(address: str) -> list:
        html = b"".join(staff.get(address))
        page.unroute_all()
        page.route("**/*", answer)
        page.route("**/plans/**", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(f"http://staff.example{address}")
        return list(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)

    yield sheets
    context.close()


def upright(sheet) -> bool:
    return sheet.mediabox.height > sheet.mediabox.width


def said(sheet) -> str:
    """Its text without spaces; a font's radicals are read as their characters."""
    return "".join(unicodedata.normalize("NFKC", sheet.extract_text()).split())


def test_a_full_page_of_coverage_is_one_sheet(printed):
    city = make_organization("青岛市总工会", level="city")
    bodies = [city] + [make_organization(f"第{number}区总工会", parent=city) for number in range(10)]
    towns = BODIES_A_PAGE - len(bodies)
    bodies += [
        make_organization(f"第{number}街道总工会", level="township", parent=bodies[1 + number % 10])
        for number in range(towns)
    ]
    for level in ("district", "township"):
        expect(city, level=level, first_year=YEAR - 9)
    for number, body in enumerate(bodies):
        plan = put_plan(body, YEAR - number % 10, state="draft" if number % 3 else "in_force")
        Target.objects.bulk_create(Target(plan=plan, quote="", quote_hash="") for _ in range(20))
    (sheet,) = printed("/plans/coverage/")
    assert upright(sheet)
    assert "第48街道总工会" in said(sheet)
    assert not any(upright(one) for one in printed(f"/plans/coverage/?year_from={YEAR - 19}&year_to={YEAR}"))
