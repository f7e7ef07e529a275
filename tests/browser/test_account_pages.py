"""One's own account in a real browser: each page passes axe and fits a phone, from set-up to the locked page."""

from base64 import b32decode

import pytest
from django_otp.oath import TOTP

from .test_accessibility import AXE, FINDINGS

pytestmark = pytest.mark.browser

SIZES = {"wide": (1280, "light"), "phone": (390, "dark")}


@pytest.fixture(params=SIZES)
def site_and_page(request, chromium, live_site):
    """The site, a page in which axe may be loaded beside the site's own policy, and an account of this test's own."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: install node and npm, then npm ci (make test does)")
    width, scheme = SIZES[request.param]
    username = f"keeper-{request.param}"
    live_site.manage("createsuperuser", "--noinput", "--username", username, "--email", "keeper@example.org")
    context = chromium.new_context(
        locale="zh-CN", bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(15_000)
    yield live_site, context.new_page(), username
    context.close()


def faults(page) -> list:
    """What axe finds, and whether the page is wider than the screen."""
    page.add_script_tag(path=AXE)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return page.evaluate(FINDINGS) + (["wider than the screen"] if wide else [])


def test_the_pages_of_ones_account(site_and_page):
    site, page, username = site_and_page
    found = {}

    def give_password(password):
        page.goto(site.url + "/accounts/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("#login-form [type=submit]")

    give_password(site.password)
    page.wait_for_url(site.url + "/admin/")
    for path in ("security", "sessions", "password", "second-factor"):
        page.goto(f"{site.url}/accounts/{path}/")
        found[path] = faults(page)
    box = page.locator(".union-qr svg").bounding_box()
    assert box["width"] == box["height"] >= 200
    key = b32decode(page.text_content(".union-key").replace(" ", ""))
    page.fill("input[name=code]", "000000")
    page.fill("#content input[name=password]", site.password)
    page.click("#content form:has(input[name=code]) [type=submit]")
    page.locator("#content .errorlist, #content .errornote").first.wait_for()
    found["wrong code"] = faults(page)
    page.fill("input[name=code]", f"{TOTP(key).token():06}")
    page.fill("#content input[name=password]", site.password)
    page.click("#content form:has(input[name=code]) [type=submit]")
    page.locator(".union-codes").wait_for()
    found["recovery codes"] = faults(page)
    codes = page.locator(".union-codes code").all_text_contents()
    assert len(codes) == 10
    page.goto(site.url + "/accounts/security/")
    found["security with a factor"] = faults(page)
    for path in ("codes", "remove"):
        page.goto(f"{site.url}/accounts/second-factor/{path}/")
        found[path] = faults(page)
    page.context.clear_cookies()
    give_password(site.password)
    page.wait_for_url(site.url + "/accounts/login/code/")
    found["code"] = faults(page)
    page.fill("input[name=code]", codes[0])
    page.click("#content [type=submit]")
    page.wait_for_url(site.url + "/admin/")
    page.context.clear_cookies()
    for _ in range(5):
        give_password("wrong")
        page.locator(".errornote").wait_for()
    found["locked out"] = faults(page)
    assert found == {name: [] for name in found}
