"""Shoot the staff's pages of plans into docs/screens: .venv/bin/python dev/plan_screens.py [NAME ...]

As dev/screens.py does, on a temporary site that the demonstration (manage.py make_demo) has filled: docs/screens/
plans-NAME-WIDTH.png, light, and some in the dark too.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from screens import CHROMIUM_FLAGS, CHROMIUM_NAMES, FOLDER, ROOT, WIDTHS, LiveSite, shoot, signed_in

# Where things are: the city, its last closed year's plan and the one after, one of a district, a target with reports
PLACES = """
import json
from plans.models import ProgressReport, Target, WorkPlan
yearly = WorkPlan.objects.filter(role="plan", period="year", subject="综合").exclude(state="replaced")
city = yearly.filter(level_then="city", state="closed").order_by("-starts_on").first()
after = yearly.filter(organization=city.organization, starts_on__gt=city.ends_on).order_by("starts_on").first()
below = yearly.filter(organization__parent=city.organization, starts_on=city.starts_on).order_by("pk").first()
reported = ProgressReport.objects.filter(target__plan=city).order_by("target").values_list("target", flat=True)
running = yearly.filter(organization__parent=city.organization, state="in_force", ends_on__lt=after.ends_on)
print(json.dumps({
    "city": city.organization.slug,
    "year": city.starts_on.year,
    "plan": city.pk,
    "after": after.pk,
    "below": below.pk,
    "target": reported[0],
    "indicator": Target.objects.filter(plan=city, indicator__isnull=False).first().indicator_id,
    "close": (running.order_by("-starts_on").first() or after).pk,
}))
"""
PAGES = {
    "register": "/plans/?organization={city}&year={year}&level=city&level=district",
    "register-targets": "/plans/?organization={city}&year={year}&view=organizations",
    "plan": "/plans/{plan}/",
    "target": "/plans/targets/{target}/",
    "progress": "/plans/progress/?organization={city}",
    "close": "/plans/{close}/close/",
    "coverage": "/plans/coverage/?organization={city}",
    "compare-choose": "/plans/compare/",
    "compare-years": "/plans/compare/?plan={plan}&plan={after}",
    "compare-levels": "/plans/compare/?plan={plan}&plan={below}",
    "targets": "/plans/targets/?organization={city}&year={year}&theme=organisation",
    "themes": "/plans/themes/?organization={city}",
    "phrases": "/plans/phrases/?phrase=新就业形态",
}
DARK = ("register", "plan", "coverage", "compare-years")
ALL = [*PAGES, *(f"{name}-dark" for name in DARK)]


def main(names: list[str]) -> int:
    if unknown := set(names) - set(ALL):
        print(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
        return 2
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        print("Chromium is missing: apt-get install chromium")
        return 2
    odd = []
    with tempfile.TemporaryDirectory() as folder, LiveSite(Path(folder)) as site, sync_playwright() as playwright:
        site.manage("make_demo", "--beside")
        places = json.loads(site.manage("shell", "--no-imports", "-c", PLACES).strip().split("\n")[-1])
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        session = signed_in(browser, site)
        for name in names or ALL:
            address = site.url + PAGES[name.removesuffix("-dark")].format(**places)
            for width in WIDTHS:
                context = browser.new_context(
                    locale="zh-CN",
                    viewport={"width": width, "height": 900},
                    storage_state=session,
                    color_scheme="dark" if name.endswith("-dark") else "light",
                )
                page = context.new_page()
                answer = page.goto(address)
                if answer.status != 200:
                    odd.append(f"{name}: {answer.status}")
                if (sideways := page.evaluate("document.documentElement.scrollWidth") - width) > 0:
                    odd.append(f"{name}: {sideways} pixels too wide at {width}")
                shoot(page, FOLDER / f"plans-{name}-{width}.png")
                context.close()
        browser.close()
    print("\n".join(odd) or f"{len(names or ALL)} pages in {FOLDER.relative_to(ROOT)}")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
