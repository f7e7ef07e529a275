"""The public pages in a real browser: narrow screens, the reader's modes, the count of readers, print."""

import pytest

pytestmark = pytest.mark.browser

LONG_TITLE = (
    "关于深入学习贯彻上级工会会议精神团结动员全市广大职工为实现年度目标任务"
    "建功立业并做好困难职工帮扶工作的若干具体实施意见和安排"
)
READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"
PATHS = [
    "/",
    "/channels/",
    "/channels/jihua/",
    "ARTICLE",
    "/organizations/",
    "/collections/",
    "/archive/",
    "/search/?q=技能",
]


@pytest.fixture(scope="module")
def article(live_site):
    """The address of the public article with the most characters."""
    printed = live_site.manage(
        "shell",
        "--no-imports",
        "-c",
        "from articles.models import Article; print(Article.objects.published().order_by('-characters').first().pk)",
    )
    return f"/articles/{printed.split()[-1]}/"


@pytest.fixture
def errors(page):
    """What the browser complained of."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.parametrize(("width", "query"), [(320, ""), (640, ""), (1280, ""), (320, "view=elder")])
def test_no_page_scrolls_sideways(page, live_site, article, errors, width, query):
    page.set_viewport_size({"width": width, "height": 900})
    too_wide = {}
    for path in PATHS:
        path = article if path == "ARTICLE" else path
        page.goto(live_site.url + path + (("&" if "?" in path else "?") + query if query else ""))
        page.evaluate(
            "title => { const h1 = document.querySelector('h1:not(.vh), .lead h2 a'); if (h1) h1.textContent = title }",
            LONG_TITLE,
        )
        extra = page.evaluate("document.documentElement.scrollWidth") - width
        if extra > 0:
            too_wide[path] = extra
    assert too_wide == {}
    assert errors == []


def test_a_mode_is_remembered_without_a_cookie(page, live_site, article, errors):
    page.goto(live_site.url + "/")
    page.click("a[data-mode='view=elder']")
    page.click("a[data-mode='size=l']")
    assert page.url == live_site.url + "/"
    page.goto(live_site.url + article)
    page.wait_for_selector("html[data-view=elder][data-size=l]")
    assert page.get_attribute("a[data-mode='size=l']", "aria-current") == "true"
    page.click("a[data-mode='view=']")
    page.reload()
    page.wait_for_selector("html[data-size=l]:not([data-view])")
    assert page.context.cookies() == []
    assert errors == []


def test_a_view_is_counted_once_and_again_from_the_browsers_memory(chromium, live_site, article):
    """By a reader, that is: a browser that says it is driven by a program does not count."""
    context = chromium.new_context(locale="zh-CN", user_agent=READER)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/views") else None)
    counts = []
    for _ in range(2):
        with page.expect_response("**/views") as answer:
            page.goto(live_site.url + article)
        text = answer.value.json()["text"]
        page.wait_for_function("text => document.querySelector('[data-views]').textContent === text", arg=text)
        assert page.is_visible("[data-views]")
        counts.append(answer.value.json()["count"])
    assert counts[0] > 0
    assert counts[1] == counts[0]
    assert len(asked) == 2
    with page.expect_request("**/views"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert len(asked) == 3
    context.close()


def test_a_page_made_ready_ahead_is_counted_when_somebody_sees_it(chromium, live_site, article):
    context = chromium.new_context(locale="zh-CN", user_agent=READER)
    page = context.new_page()
    page.add_init_script("Object.defineProperty(document, 'prerendering', { value: true, configurable: true })")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/views") else None)
    page.goto(live_site.url + article, wait_until="networkidle")
    assert asked == []
    with page.expect_request("**/views"):
        page.evaluate(
            """() => {
                Object.defineProperty(document, 'prerendering', { value: false });
                document.dispatchEvent(new Event('prerenderingchange'));
                document.dispatchEvent(new Event('visibilitychange'));
            }"""
        )
    assert len(asked) == 1
    context.close()


def test_reading_and_searching_need_no_script(chromium, live_site, article):
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(live_site.url + article)
    assert page.is_visible("article .prose p")
    page.click(".toc summary")
    assert page.is_visible(".toc li a")
    page.fill("input[name=q]", "技能")
    page.press("input[name=q]", "Enter")
    page.locator(".list mark").first.wait_for()
    context.close()


def test_print_leaves_the_text_alone(page, live_site, article):
    page.goto(live_site.url + article)
    page.emulate_media(media="print")
    assert page.is_visible("article h1")
    assert page.is_visible("article .prose p")
    for part in (".mainnav", ".util", ".toc", ".seek", ".turn", ".crumbs"):
        assert not page.is_visible(part), part


def test_contents_are_open_beside_a_wide_text_and_folded_on_a_phone(page, live_site, article):
    page.goto(live_site.url + article)
    assert page.is_visible(".toc li a")
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.is_visible(".toc li a")
