"""An editor's morning in a real browser: write, illustrate, tag, preview, publish, be read, withdraw."""

import re

import pytest

from tests.articles.pictures import picture

pytestmark = pytest.mark.browser

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture
def desk(live_site, page):
    """A page signed in at the desk; `page.troubles` collects script errors and what the policy refused."""
    page.troubles = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_site.url}/admin/")
    page.fill("#id_username", live_site.username)
    page.fill("#id_password", live_site.password)
    page.click("#login-form input[type=submit]")
    page.wait_for_url(f"{live_site.url}/admin/")
    return page


def calm(page) -> None:
    assert page.evaluate("window.violations") == []
    assert page.troubles == []


def tool(page, place: int):
    return page.locator(".union-tools button").nth(place)


def test_write_illustrate_preview_publish_read_and_withdraw(live_site, desk, chromium, tmp_path):
    sent = tmp_path / "劳模合影.png"
    sent.write_bytes(picture(size=(600, 400)).read())

    desk.goto(f"{live_site.url}/admin/articles/article/add/")
    desk.fill("#id_title", "春送岗位暖民心")
    desk.select_option("#id_channel", index=1)
    text = desk.locator(".ProseMirror")
    text.click()
    desk.keyboard.type("一、送岗位到家门口")
    tool(desk, 1).click()
    desk.keyboard.press("Enter")
    desk.keyboard.type("全年举办招聘会12场。")
    desk.keyboard.press("Enter")
    tool(desk, 9).click()
    dialog = desk.locator("dialog.union-picture-dialog")
    dialog.locator("input[type=file]").set_input_files(str(sent))
    dialog.locator("input[name=alt]").fill("招聘会现场")
    dialog.locator("input[name=caption]").fill("第一场招聘会")
    calm(desk)
    dialog.locator("form button.default").click()
    desk.wait_for_selector(".ProseMirror figure img[alt='招聘会现场']")
    desk.click("button.union-choose")
    desk.locator("ul.union-pictures button").first.click()
    desk.fill("#id_tags", "就业，送岗位")
    calm(desk)

    desk.click("input[name=_preview]")
    desk.wait_for_url("**/preview/")
    shown = desk.frame_locator("iframe.union-page").locator("main")
    shown.locator("figure", has_text="第一场招聘会").first.wait_for()
    assert "春送岗位暖民心" in shown.inner_text()
    number = re.search(r"/article/(\d+)/preview/", desk.url)[1]
    address = f"{live_site.url}/articles/{number}/"
    assert desk.request.get(address, max_redirects=0).status == 404

    calm(desk)
    desk.click(".object-tools a[href$='/change/']")
    desk.wait_for_selector(".ProseMirror h2")
    desk.fill("#id_title", "春送岗位暖人心")
    desk.click("input[name=_publish]")
    desk.wait_for_selector(".messagelist .success")
    calm(desk)
    form = desk.url

    reader_context = chromium.new_context(locale="zh-CN")
    reader = reader_context.new_page()
    assert reader.goto(address).status == 200
    assert reader.locator("h1").inner_text().replace("\u200b", "") == "春送岗位暖人心"
    assert reader.locator("article h2, main h2", has_text="送岗位到家门口").count() >= 1
    image = reader.locator("main img[alt='招聘会现场']").first
    image.scroll_into_view_if_needed()
    drawn = "() => [...document.querySelectorAll('main img:not(.qr)')].every((one) => one.naturalWidth > 0)"
    reader.wait_for_function(drawn)
    assert "就业" in reader.locator("main").inner_text()
    assert reader_context.cookies() == []

    desk.goto(form)
    desk.locator("a[href$='/withdraw/']").click()
    desk.check("input[name=kind][value=error]")
    desk.fill("#id_reason", "时间有误，稍后重发。")
    desk.locator(".submit-row input.default").click()
    desk.wait_for_selector(".messagelist .success")
    calm(desk)
    gone = reader.goto(address)
    assert gone.status == 410
    assert "时间有误，稍后重发。" in reader.locator("main").inner_text()
    reader_context.close()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "articles/article/",
        "articles/article/1/change/",
        "articles/collection/1/change/",
        "articles/mediafile/add/",
        "plans/workplan/",
        "plans/workplan/add/",
        "plans/workplan/1/change/",
        "organizations/organization/add/",
        "organizations/user/add/",
        "organizations/auditentry/",
        "organizations/sitesettings/1/change/",
    ],
)
def test_no_page_of_the_desk_breaks_the_content_policy_or_scrolls_sideways(live_site, desk, address):
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.goto(f"{live_site.url}/admin/{address}").status == 200
        desk.wait_for_load_state("networkidle")
        calm(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector(".ProseMirror").dispatchEvent(paste);
}"""
FROM_WORD = (
    "<html><head><style>p{color:red}</style></head><body>"
    '<p class="MsoNormal" style="text-indent:2em"><b><span style="font-size:16pt">全年</span></b>'
    "建会20家<o:p></o:p></p>"
    '<img src="https://elsewhere.example/a.png" onerror="alert(1)"></body></html>'
)


def test_what_is_pasted_from_word_comes_without_styles_and_tables_can_be_made(live_site, desk):
    desk.goto(f"{live_site.url}/admin/articles/article/add/")
    desk.locator(".ProseMirror").click()
    desk.evaluate(PASTE, FROM_WORD)
    assert desk.input_value("#id_body") == "<p><strong>全年</strong>建会20家</p>"
    desk.keyboard.press("Enter")
    tool(desk, 10).click()
    desk.keyboard.type("甲")
    tool(desk, 11).click()
    assert desk.input_value("#id_body").count("<tr>") == 4
    calm(desk)
