"""Shoot every page of a seeded site into docs/screens: .venv/bin/python dev/screens.py [NAME ...]

Starts the site on a temporary database with the seeds and dev/screen_samples.py published, opens each page at 1280 and
390 pixels in headless Chromium and writes docs/screens/NAME-WIDTH.png, what is printed as NAME.png. With names, only
those pages. Needs Chromium and a CJK font. The staff's pages of plans are dev/plan_screens.py's, and the pictures day-*
are left by the browser test of a whole day:

    UNIONCMS_SHOTS=docs/screens .venv/bin/python -m pytest -n 0 tests/browser/test_whole_day.py
"""

import io
import json
import re
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
TALLEST_AGAIN = 1500  # of the same page in another look
COLOURS = 40  # enough for type and rules
HTML = "text/html; charset=utf-8"
SHOW_PICTURES = """async () => {  // those that wait to be scrolled to
    const pictures = [...document.images];
    pictures.forEach(picture => { picture.loading = "eager"; picture.decoding = "sync"; });
    await Promise.all(pictures.map(picture => picture.complete
        || new Promise(done => { picture.onload = picture.onerror = done; })));
    await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
}"""
CHANGE = """
from organizations.audit import record
from organizations.models import SiteSettings
row = SiteSettings.objects.get_or_create(pk=1)[0]
for name, value in {values}.items():
    setattr(row, name, value)
row.save()
record("describe", row)  # the running site follows the trail
"""

SAMPLES = ROOT / "dev/screen_samples.py"
PAPER = 630  # pixels between the margins of A4

# name: address of a page everybody sees; each is shot light, dark and in large type
PUBLIC = {
    "front": "/",
    "channels": "/channels/",
    "channel": "/channels/jiceng/",
    "channel-empty": "/channels/zhengce/",
    "article": "/articles/{article}/",
    "article-news": "/articles/{news}/",
    "article-document": "/articles/{document}/",
    "article-archived": "/articles/{archived}/",
    "article-withdrawn": "/articles/{withdrawn}/",
    "article-incomplete": "/articles/{cut}/",
    "single-page": "/channels/gaikuang/",
    "organizations": "/organizations/",
    "organizations-level": "/organizations/?level=district",
    "organizations-place": "/organizations/?place=37",
    "organizations-letter": "/organizations/?letter=J",
    "organization": "/organizations/{organization}/",
    "collections": "/collections/",
    "collection": "/collections/{collection}/",
    "tags": "/tags/",
    "tag": "/tags/职工服务/",
    "archive": "/archive/",
    "archive-year": "/archive/2019/",
    "archive-month": "/archive/2019/1/",
    "search-start": "/search/",
    "search": "/search/?q=技能",
    "search-filters": "/search/?q=技能#filters",
    "search-empty": "/search/?q=能级工资制",
    "favourites": "/favourites/?ids={kept}",
    "favourites-empty": "/favourites/",
    "leaving": "{leaving}",
    "site-map": "/sitemap/",
    "reading-aids": "/accessibility/",
    "not-found": "/no-such-page/",
    "bad-request": "/400/",
    "forbidden": "/403/",
    "server-error": "/500/",
}
LOOKS = {  # name of a look: what it adds to the address, options of the browser's context
    "": ("", {}),
    "dark": ("", {"color_scheme": "dark"}),
    "elder": ("view=elder", {}),
}
STATUS = {"not-found": 404, "article-withdrawn": 410, "bad-request": 400, "forbidden": 403, "server-error": 500}

# name of a choice in the site's settings: what it sets; the front page and an article are shot with it
SETTINGS = {
    "blue": {"accent": "blue"},
    "green": {"accent": "green"},
    "ochre": {"accent": "ochre"},
    "grey": {"accent": "red", "grey_mode": True},
}

# the pages of those who sign in, and the sign-in itself; name: (address, signed in, options of the browser's context)
STAFF = {
    "sign-in": ("/accounts/login/", False, {}),
    "admin-sign-in": ("/admin/login/", False, {}),
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


def named(address: str, look: str) -> str:
    place, mark, part = address.partition("#")
    return place + (("&" if "?" in place else "?") + look if look else "") + mark + part


PAGES = STAFF | {
    f"{name}-{look}".removesuffix("-"): (named(address, added), False, options)
    for name, address in PUBLIC.items()
    for look, (added, options) in LOOKS.items()
}
PRINTED = {f"{name}-print": PUBLIC[name] for name in ("article", "article-news", "article-document")}
CHOSEN = {
    f"{name}-{choice}": (PUBLIC[name], choice) for choice in SETTINGS for name in ("front", "article-news")
}  # in the order of SETTINGS, since each stays in force for those that follow
ALL = [*PAGES, *PRINTED, *CHOSEN]


def main(names: list[str]) -> int:
    unknown = set(names) - set(ALL)
    if unknown:
        print(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
        return 2
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        print("Chromium is missing: apt-get install chromium")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in ALL if not names or name in names]
    odd = []
    with (
        tempfile.TemporaryDirectory() as folder,
        LiveSite(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        places = json.loads(
            site.manage("shell", "--no-imports", "-c", SAMPLES.read_text(encoding="utf-8")).split("\n")[-2]
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        session = signed_in(browser, site)
        in_force = ""
        for name in wanted:
            if name in CHOSEN and CHOSEN[name][1] != in_force:
                in_force = CHOSEN[name][1]
                site.manage("shell", "--no-imports", "-c", CHANGE.format(values=SETTINGS[in_force]))
            for width in [PAPER] if name in PRINTED else WIDTHS:
                odd += one(browser, site, places, session, name, width)
        browser.close()
    print("\n".join(odd) or f"{len(wanted)} pages in {FOLDER.relative_to(ROOT)}")
    return 1 if odd else 0


def one(browser, site: LiveSite, places: dict, session: dict, name: str, width: int) -> list[str]:
    """Shoot the page `name` at `width`; what is odd about it, as sentences."""
    if name in PAGES:
        address, staff, options = PAGES[name]
    else:
        address, staff, options = PRINTED.get(name) or CHOSEN[name][0], False, {}
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": width, "height": 900},
        storage_state=session if staff else None,
        **options,
    )
    page = context.new_page()
    for code, text in places["broken"].items():
        context.route(re.compile(rf"/{code}/(\?|$)"), answering(int(code), text))
    if name in PRINTED:
        page.emulate_media(media="print")
    answer = page.goto(site.url + address.format(**places))
    page.evaluate(SHOW_PICTURES)
    odd = []
    expected = next((STATUS[kind] for kind in STATUS if name in {kind, f"{kind}-dark", f"{kind}-elder"}), 200)
    if answer.status != expected:
        odd.append(f"{name}: {answer.status}")
    sideways = page.evaluate("document.documentElement.scrollWidth") - width
    if sideways > 0:
        odd.append(f"{name}: {sideways} pixels too wide at {width}")
    again = name in CHOSEN or name.removesuffix("-dark").removesuffix("-elder") != name
    path = FOLDER / (f"{name}.png" if name in PRINTED else f"{name}-{width}.png")
    shoot(page, path, tallest=TALLEST_AGAIN if again else TALLEST)
    context.close()
    return odd


def answering(status: int, text: str):
    return lambda route: route.fulfill(status=status, body=text, content_type=HTML)


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


def shoot(page: Page, path: Path, *, whole: bool = True, tallest: int = TALLEST):
    """The `whole` page, at most `tallest` high, or its window, as a small palette PNG; MAXCOVERAGE keeps the red."""
    image = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, tallest)))
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
