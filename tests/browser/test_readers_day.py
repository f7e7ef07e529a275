"""A reader's day in a real browser: reads, searches, keeps, prints, changes the look; wide and narrow, with script and
without."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

WIDTHS = {"narrow": 390, "wide": 1280}
LOOK_UP = """
from articles.models import Article
found = Article.objects.published().order_by("-characters").first()
print(found.pk, found.title.replace(" ", "_"))
"""


@pytest.fixture(scope="module")
def article(live_site) -> tuple[str, str]:
    """The address and the title of the public article with the most characters."""
    pk, title = live_site.manage("shell", "--no-imports", "-c", LOOK_UP).split()[-2:]
    return f"/articles/{pk}/", title.replace("_", " ")


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request) -> bool:
    return request.param


@pytest.fixture(params=WIDTHS)
def reader(request, chromium, script):
    """A page of one width, with script or without, and what its browser complained of."""
    context = chromium.new_context(
        locale="zh-CN", java_script_enabled=script, viewport={"width": WIDTHS[request.param], "height": 844}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def words(page, selector: str) -> str:
    return page.locator(selector).first.text_content().replace("\u2060", "").strip()


def test_from_the_front_page_to_a_text_and_its_neighbour(reader, live_site, article):
    reader.goto(live_site.url + "/")
    reader.click(".mainnav a:has-text('工作要点')")
    reader.wait_for_url(live_site.url + "/channels/jihua/")
    title = words(reader, ".list h2 a")
    reader.click(".list h2 a >> nth=0")
    assert words(reader, "article h1") == title
    reader.wait_for_selector("article .prose p >> nth=0")
    here = reader.url
    reader.click(".turn a >> nth=0")
    reader.wait_for_url(lambda url: url != here)
    assert words(reader, "article h1") != title


def test_contents_lead_to_their_heading(reader, live_site, article):
    reader.goto(live_site.url + article[0])
    entry = reader.locator(".toc li a").nth(1)
    if not entry.is_visible():
        reader.click(".toc summary")
    entry.click()
    anchor = entry.get_attribute("href")
    reader.wait_for_url(live_site.url + article[0] + anchor)
    box = reader.locator(anchor).bounding_box()
    assert 0 <= box["y"] <= 844


def test_search_from_any_page_narrow_it_and_read_a_hit(reader, live_site, article):
    reader.goto(live_site.url + article[0])
    reader.fill("input[name=q]", "技能")
    reader.press("input[name=q]", "Enter")
    reader.wait_for_url("**/search/?q=*")
    marked = reader.locator(".list mark").all_text_contents()
    assert marked
    assert set(marked) <= {"技能"}
    reader.click(".views a[href*='order=date']")
    reader.wait_for_url("**order=date*")
    reader.click(".list h2 a >> nth=0")
    reader.wait_for_selector("article h1")


def test_a_mode_named_in_the_address_needs_no_script(reader, live_site, article):
    reader.goto(live_site.url + article[0] + "?view=elder&size=l&scheme=dark")
    found = reader.evaluate("({...document.documentElement.dataset})")
    assert {name: found.get(name) for name in ("view", "size", "scheme")} == {
        "view": "elder",
        "size": "l",
        "scheme": "dark",
    }
    size = reader.evaluate("getComputedStyle(document.querySelector('.prose p')).fontSize")
    assert float(size.removesuffix("px")) >= 28


def test_switching_by_the_links_of_the_masthead(reader, live_site, article, script):
    reader.goto(live_site.url + article[0])
    reader.click("a[data-mode='view=elder'] >> visible=true >> nth=0")
    reader.wait_for_selector("html[data-view=elder]")
    reader.goto(live_site.url + "/")
    kept = reader.get_attribute("html", "data-view")
    assert kept == ("elder" if script else None)
    assert reader.context.cookies() == []


def test_keeping_an_article(reader, live_site, article, script):
    reader.goto(live_site.url + article[0])
    button = reader.locator("[data-favourite]").first
    if not script:
        assert not button.is_visible()
        reader.goto(f"{live_site.url}/favourites/?ids={article[0].split('/')[2]}")
        assert words(reader, ".list h2") == article[1]
        return
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    reader.goto(live_site.url + "/favourites/")
    reader.wait_for_url("**/favourites/?ids=*")
    assert words(reader, ".list h2") == article[1]
    reader.click("[data-forget]")
    reader.wait_for_url("**/favourites/")
    assert reader.locator(".list h2").count() == 0


def test_a_printed_article_is_the_text_alone(reader, live_site, article):
    reader.goto(live_site.url + article[0])
    printed = PdfReader(io.BytesIO(reader.pdf(format="A4")))
    text = "".join(page.extract_text() for page in printed.pages)
    text = "".join(unicodedata.normalize("NFKC", text).split())  # a font's radicals are read as their characters
    assert "".join(article[1].split()) in text.replace("\u2060", "")
    body = "".join(reader.locator(".prose p").last.text_content().split())
    assert unicodedata.normalize("NFKC", body)[:12] in text
    for gone in ("长辈版", "全部栏目", "上一篇", "搜索"):
        assert gone not in text, gone
    assert abs(float(printed.pages[0].mediabox.width) - 595) < 2


def test_the_pages_of_a_list_turn(reader, live_site):
    reader.goto(live_site.url + "/archive/")
    reader.click(".months a >> nth=0")
    reader.wait_for_url("**/archive/*/**")
    assert reader.is_visible(".list h2 a >> nth=0")
