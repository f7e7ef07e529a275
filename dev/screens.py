"""Shoot every page of a seeded site into docs/screens: .venv/bin/python dev/screens.py [NAME ...]

Starts the site on a temporary database with the seeds published, opens each page at 1280 and 390 pixels in headless
Chromium and writes docs/screens/NAME-WIDTH.png. With names, only those pages. Needs Chromium and a CJK font. The
pictures day-* are left by the browser test of a whole day:

    UNIONCMS_SHOTS=docs/screens .venv/bin/python -m pytest -n 0 tests/browser/test_whole_day.py
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

import tests.settings  # noqa: E402, F401  fixes the environment before anything reads it
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES  # noqa: E402
from tests.live_site import LiveSite  # noqa: E402

FOLDER = ROOT / "docs/screens"
WIDTHS = (1280, 390)
TALLEST = 2600  # pixels of a page that are kept
COLOURS = 40  # enough for type and rules

LOOK_UP = """
from articles.models import Article, Collection
from importer.models import ImportItem
from plans.models import WorkPlan
plan = WorkPlan.objects.in_force().filter(targets__isnull=False).order_by("-starts_on", "pk").first()
cut = Article.objects.filter(complete=False).first() or plan.article
print(plan.pk, plan.article_id, plan.organization.slug, cut.pk, Collection.objects.published().first().slug)
item = ImportItem.objects.exclude(articles=None).order_by("pk").first()
print(item.pk, item.batch_id)
"""

# name: (address, signed in, options of the browser's context)
PAGES = {
    "front": ("/", False, {}),
    "front-dark": ("/", False, {"color_scheme": "dark"}),
    "front-elder": ("/?view=elder", False, {}),
    "channels": ("/channels/", False, {}),
    "channel": ("/channels/jihua/", False, {}),
    "channel-empty": ("/channels/zhengce/", False, {}),
    "article": ("/articles/{article}/", False, {}),
    "article-dark": ("/articles/{article}/", False, {"color_scheme": "dark"}),
    "article-elder": ("/articles/{article}/?view=elder", False, {}),
    "article-incomplete": ("/articles/{cut}/", False, {}),
    "organizations": ("/organizations/", False, {}),
    "organization": ("/organizations/{organization}/", False, {}),
    "collections": ("/collections/", False, {}),
    "collection": ("/collections/{collection}/", False, {}),
    "archive": ("/archive/", False, {}),
    "archive-year": ("/archive/2015/", False, {}),
    "search": ("/search/?q=技能", False, {}),
    "search-empty": ("/search/?q=能级工资制", False, {}),
    "not-found": ("/no-such-page/", False, {}),
    "sign-in": ("/accounts/login/", False, {}),
    "admin-sign-in": ("/admin/login/", False, {}),
    "register": ("/plans/", True, {}),
    "register-district-2019": ("/plans/?level=district&year=2019", True, {}),
    "register-dark": ("/plans/", True, {"color_scheme": "dark"}),
    "plan": ("/plans/{plan}/", True, {}),
    "article-preview": ("/articles/{article}/preview/", True, {}),
    "admin-front": ("/admin/", True, {}),
    "admin-articles": ("/admin/articles/article/", True, {}),
    "admin-article": ("/admin/articles/article/{article}/change/", True, {}),
    "admin-plans": ("/admin/plans/workplan/", True, {}),
    "admin-plan": ("/admin/plans/workplan/{plan}/change/", True, {}),
    "admin-review-list": ("/admin/articles/article/review/", True, {}),
    "admin-schedule": ("/admin/articles/article/schedule/", True, {}),
    "admin-preview": ("/admin/articles/article/{article}/preview/", True, {}),
    "admin-revisions": ("/admin/articles/article/{article}/revisions/", True, {}),
    "admin-audit": ("/admin/organizations/auditentry/", True, {}),
    "admin-users": ("/admin/organizations/user/", True, {}),
    "account-security": ("/accounts/security/", True, {}),
    "account-sessions": ("/accounts/sessions/", True, {}),
    "account-second-factor": ("/accounts/second-factor/", True, {}),
    "admin-import-upload": ("/admin/importer/importbatch/add/", True, {}),
    "admin-import-batches": ("/admin/importer/importbatch/", True, {}),
    "admin-import-batch": ("/admin/importer/importbatch/{batch}/change/", True, {}),
    "admin-import-files": ("/admin/importer/importitem/?outcome=all", True, {}),
    "admin-import-review": ("/admin/importer/importitem/{item}/change/", True, {}),
    "admin-organizations": ("/admin/organizations/organization/", True, {}),
}


def main(names: list[str]) -> int:
    unknown = set(names) - set(PAGES)
    if unknown:
        print(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(PAGES)}.")
        return 2
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        print("Chromium is missing: apt-get install chromium")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    odd = []
    with (
        tempfile.TemporaryDirectory() as folder,
        LiveSite(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        words = site.manage("shell", "--no-imports", "-c", LOOK_UP).split()[-7:]
        places = dict(
            zip(("plan", "article", "organization", "cut", "collection", "item", "batch"), words, strict=True)
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        session = signed_in(browser, site)
        for name in names or PAGES:
            address, staff, options = PAGES[name]
            for width in WIDTHS:
                context = browser.new_context(
                    locale="zh-CN",
                    viewport={"width": width, "height": 900},
                    storage_state=session if staff else None,
                    **options,
                )
                page = context.new_page()
                answer = page.goto(site.url + address.format(**places))
                expected = 404 if name == "not-found" else 200
                if answer.status != expected:
                    odd.append(f"{name}: {answer.status}")
                sideways = page.evaluate("document.documentElement.scrollWidth") - width
                if sideways > 0:
                    odd.append(f"{name}: {sideways} pixels too wide at {width}")
                shoot(page, FOLDER / f"{name}-{width}.png")
                context.close()
        browser.close()
    print("\n".join(odd) or f"{len(names or PAGES)} pages in {FOLDER.relative_to(ROOT)}")
    return 1 if odd else 0


def signed_in(browser, site: LiveSite) -> dict:
    """The cookies of the site's administrator."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.url}/admin/login/")
    page.fill("input[name=username]", site.username)
    page.fill("input[name=password]", site.password)
    page.click("[type=submit]")
    page.wait_for_url(f"{site.url}/admin/")
    state = context.storage_state()
    context.close()
    return state


def shoot(page: Page, path: Path, *, whole: bool = True):
    """The `whole` page, at most TALLEST high, or its window, as a small palette PNG; MAXCOVERAGE keeps the red."""
    image = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST)))
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
