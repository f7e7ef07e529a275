"""Writing in a real browser: text survives a reload and a sign-out, and two people's texts come together."""

import pytest

from tests.browser.test_accessibility import AXE, FINDINGS

pytestmark = pytest.mark.browser

TICKS = 5_000  # milliseconds in which the script has begun to keep what was typed
PASSWORD = "Right-Horse-Battery-7"
MAKE = """
from articles import publishing
from articles.models import Channel
from organizations.models import Membership, Organization, User
owner = Organization.objects.order_by("path").first()
for name in ("xiaoli", "wangfang"):
    if not User.objects.filter(username=name).exists():
        user = User.objects.create_user(name, password="{password}", is_staff=True)
        Membership.objects.create(user=user, organization=owner, role="editor")
body = "<p>第一段。</p><p>第二段。</p><p>第三段。</p>"
text = {{"title": "两人的稿件", "body": body}}
print(publishing.create(owner=owner, channel=Channel.objects.first(), by=None, text=text).pk)
"""


@pytest.fixture
def form(live_site):
    """The address of the form of a draft with three paragraphs."""
    printed = live_site.manage("shell", "--no-imports", "-c", MAKE.format(password=PASSWORD))
    return f"{live_site.url}/admin/articles/article/{printed.split()[-1]}/change/"


@pytest.fixture
def sit_down(live_site, chromium):
    """Open a browser of one's own, signed in as `name`; the clock of its pages can be moved."""
    contexts = []

    def sit(name, clock=False, **options):
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if clock:
            page.clock.install()
        sign_in(page, live_site, name)
        return page

    yield sit
    for context in contexts:
        context.close()


def sign_in(page, live_site, name):
    page.goto(f"{live_site.url}/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form input[type=submit]")
    page.wait_for_url(f"{live_site.url}/admin/")


def sign_out(page):
    """Sign out in another tab of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    with other.expect_navigation():
        other.click("#logout-form button")
    return other


def faults(page) -> list[str]:
    """What axe finds on the page as it stands, wide and narrow, and whether it scrolls sideways."""
    page.add_script_tag(path=AXE)
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found += page.evaluate(FINDINGS)
        found += [f"wider than {width}"] if page.evaluate("document.documentElement.scrollWidth") > width else []
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_what_is_typed_is_there_again_after_a_reload(sit_down, form):
    page = sit_down("xiaoli", clock=True)
    page.goto(form)
    assert page.locator(".union-notice").count() == 0
    page.locator(".ProseMirror p").last.click()
    page.keyboard.press("End")
    page.keyboard.type("没有保存的一句。")
    page.clock.run_for(TICKS)
    page.wait_for_selector("input[name=kept]:not([value=''])", state="attached")
    assert page.locator(".union-kept").inner_text()
    page.goto(form)
    page.click(".union-notice a.button")
    page.locator(".ProseMirror", has_text="没有保存的一句。").wait_for()
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert page.locator(".union-notice").count() == 0
    assert "没有保存的一句。" in page.locator(".ProseMirror").inner_text()


def test_two_people_at_one_article_bring_their_texts_together(sit_down, form):
    first, second = sit_down("xiaoli"), sit_down("wangfang")
    first.goto(form)
    second.goto(form)
    assert "xiaoli" in second.locator(".union-others").inner_text()
    for page, words, place in ((first, "小李改。", 0), (second, "王芳改。", 2)):
        page.locator(".ProseMirror p").nth(place).click()
        page.keyboard.press("End")
        page.keyboard.type(words)
    second.fill("#id_title", "王芳的题目")
    first.fill("#id_title", "小李的题目")
    first.click("input[name=_continue]")
    first.wait_for_selector(".messagelist .success")
    second.click("input[name=_continue]")
    second.wait_for_url("**/merge/")
    second.check("input[name=title][value=mine]")
    second.click(".submit-row input.default")
    second.wait_for_url("**/change/?draft=1")
    second.click("input[name=_continue]")
    second.wait_for_selector(".messagelist .success")
    assert second.input_value("#id_title") == "王芳的题目"
    assert second.input_value("#id_body") == "<p>第一段。小李改。</p><p>第二段。</p><p>第三段。王芳改。</p>"


def test_notices_and_the_page_of_both_texts_are_accessible(sit_down, form):
    if not AXE.exists():
        pytest.skip("axe-core is missing: install node and npm, then npm ci (make test does)")
    first, second = sit_down("xiaoli"), sit_down("wangfang", bypass_csp=True)
    first.goto(form)
    second.goto(form)
    for page, title in ((first, "小李的题目"), (second, "王芳的题目")):
        page.fill("#id_title", title)
        page.locator(".ProseMirror p").last.click()
        page.keyboard.press("End")
        page.keyboard.type(f"由{title}而来。")
        with page.expect_navigation():
            page.click("input[name=_continue]")
    second.wait_for_url("**/merge/")
    assert second.locator("fieldset.union-conflict").count() == 2
    assert faults(second) == []
    second.goto(form)
    second.wait_for_selector(".union-notice a.button")
    assert second.locator(".union-others p").count() == 1
    assert faults(second) == []


def test_signing_out_in_another_tab_loses_nothing(live_site, sit_down, form):
    page = sit_down("xiaoli")
    page.goto(form)
    other = sign_out(page)
    page.fill("#id_title", "退出后写的题目")
    page.click("input[name=_continue]")
    page.wait_for_selector(".union-kept.union-lost a[target=_blank]")
    assert page.input_value("#id_title") == "退出后写的题目"
    sign_in(other, live_site, "xiaoli")
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert page.input_value("#id_title") == "退出后写的题目"
