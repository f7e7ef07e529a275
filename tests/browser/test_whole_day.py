"""A text's whole day: written in a township, reviewed by three, scheduled, read, corrected, archived; then its story.

With UNIONCMS_SHOTS=docs/screens each step leaves a picture there, which the editors' guide shows.
"""

import datetime
import json
import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dev.screens import shoot

pytestmark = pytest.mark.browser

PASSWORD = "Right-Horse-Battery-7"
TITLE = "东街镇总工会送清凉到工地"
FIRST_TEXT = "七月二十日，东街镇总工会给三个工地的四百名职工送去清凉饮品。"
LATER_TEXT = "七月二十日，东街镇总工会给四个工地的五百名职工送去清凉饮品。"
HOUSE = """
from articles.models import Channel
from organizations import tree
from organizations.models import Level, Membership, Organization, User
district = tree.add(Organization(name="甲县总工会", level_id="district"), None)
east = tree.add(Organization(name="东街镇总工会", level_id="township"), district)
west = tree.add(Organization(name="西街镇总工会", level_id="township"), district)
Channel.objects.create(name="基层风采", slug="jiceng-fengcai", review_stages=3)
for username, name, where, role in [
    ("east", "王芳", east, "contributor"), ("west", "赵敏", west, "editor"), ("editor", "李编辑", district, "editor"),
    ("first", "陈初审", district, "reviewer"), ("second", "刘复审", district, "reviewer"),
    ("signer", "周签发", district, "signer"), ("manager", "孙主管", district, "manager"),
    ("auditor", "吴审计", district, "auditor"),
]:
    user = User.objects.create_user(username, password="Right-Horse-Battery-7", name=name, is_staff=True)
    Membership.objects.create(user=user, organization=where, role=role)
"""
STORY = """
import json
from organizations.models import AuditEntry
rows = AuditEntry.objects.filter(object_type="articles.article", object_id="%s").order_by("pk")
print(json.dumps([[row.verb, row.actor_name, row.revision] for row in rows], ensure_ascii=False))
"""


def picture_of(page, name: str, *, whole: bool = False) -> None:
    """A picture of what stands in the window, or of the `whole` page, where pictures are asked for."""
    if folder := os.environ.get("UNIONCMS_SHOTS"):
        page.evaluate("document.activeElement && document.activeElement.blur()")
        shoot(page, Path(folder) / f"day-{name}-{page.viewport_size['width']}.png", whole=whole)


@pytest.fixture
def people(live_site, chromium):
    """people(username) is that person's page at the desk, signed in; people() a reader's, without an account."""
    live_site.manage("shell", "--no-imports", "-c", HOUSE)
    contexts, pages = [], {}

    def page_of(username: str = "", width: int = 1280):
        if username in pages:
            return pages[username]
        context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = pages[username] = context.new_page()
        if username and not username.startswith("reader"):
            page.goto(f"{live_site.url}/accounts/login/")
            page.fill("#id_username", username)
            page.fill("#id_password", PASSWORD)
            page.click("#login-form input[type=submit]")
            page.wait_for_url(f"{live_site.url}/admin/")
        return page

    yield page_of
    for context in contexts:
        context.close()


def write(page, text: str) -> None:
    """Replace the body in the editor by `text`."""
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def submit(page) -> None:
    page.click("input[name=_submit]")
    page.wait_for_selector(".messagelist .success")


def pass_at(page, site, number: str, opinion: str, shot: str = "") -> None:
    """The person finds the text in their list of what waits, reads it and passes it."""
    page.goto(f"{site.url}/admin/")
    page.locator(f"a[href*='/article/{number}/review/']").first.wait_for()
    if shot:
        picture_of(page, f"{shot}-desk")
    page.goto(f"{site.url}/admin/articles/article/{number}/review/")
    page.fill("#id_opinion", opinion)
    if shot:
        picture_of(page, f"{shot}-review")
    page.click("button[name=decision][value=pass]")
    page.wait_for_selector(".messagelist .success")


def soon(seconds: int) -> datetime.datetime:
    return datetime.datetime.now(ZoneInfo("Asia/Shanghai")) + datetime.timedelta(seconds=seconds)


def wait_for_status(page, address: str, status: int, seconds: int = 40) -> None:
    for _ in range(seconds):
        if page.goto(address).status == status:
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{address} did not answer {status}")


def nothing_seen_by(page, site, number: str, tokens: list[str]) -> None:
    """Whoever is signed in on `page` meets the text at no address of it, nor in a list or a search."""
    desk = f"{site.url}/admin/articles/article/"
    own = ("change", "history", "review", "review-sheet", "preview", "links", "revisions", "revisions/1", "compare")
    own += ("merge", "autosave", "withdraw", "trash", "restore", "correct")
    addresses = [f"{desk}{number}/{name}/" for name in own]
    addresses += [desk, f"{desk}?q=送清凉", f"{desk}review/", f"{desk}schedule/", f"{site.url}/admin/"]
    addresses += [f"{site.url}/articles/{number}/", f"{site.url}/articles/{number}/preview/"]
    addresses += [f"{site.url}/articles/{number}/preview/?revision=1", f"{site.url}/search/?q=送清凉", *tokens]
    for address in addresses:
        body = page.request.get(address).text()
        assert "清凉饮品" not in body, address
        assert TITLE not in body, address


def test_a_text_from_the_township_to_the_archive(live_site, people):
    site = live_site
    desk = f"{site.url}/admin/articles/article/"

    author = people("east")
    author.goto(f"{desk}add/")
    author.fill("#id_title", TITLE)
    author.select_option("#id_channel", label="基层风采")
    write(author, FIRST_TEXT)
    picture_of(author, "01-write")
    submit(author)
    number = re.search(r"/article/(\d+)/", author.url)[1] if "/change/" in author.url else ""
    if not number:
        author.goto(desk)
        number = re.search(r"/article/(\d+)/", author.locator("#result_list a").first.get_attribute("href"))[1]
    author.goto(f"{desk}{number}/change/")
    picture_of(author, "02-submitted")
    assert author.locator("input[name=_publish]").count() == 0
    public = f"{site.url}/articles/{number}/"

    nothing_seen_by(people("west"), site, number, [])

    pass_at(people("first"), site, number, "数字已核对。", "03-first")
    pass_at(people("second"), site, number, "同意。", "04-second")

    manager = people("manager")
    manager.goto(f"{desk}{number}/links/")
    manager.fill("#id_recipient", "郑主席")
    manager.check("#id_decides")
    picture_of(manager, "05-link-form")
    manager.click(".union-link-form input[type=submit]")
    address = manager.input_value("#link-address")
    picture_of(manager, "06-link")
    token = site.url + re.search(r"/preview/.+$", address)[0]

    leader = people("reader-leader", width=390)
    leader.goto(token)
    picture_of(leader, "07-leader", whole=True)
    leader.fill("#id_opinion", "同意签发。")
    leader.check("input[name=confirmed]")
    leader.click("button[name=decision][value=pass]")
    leader.locator("#decided").wait_for()
    picture_of(leader, "08-leader-decided", whole=True)

    reader = people()
    assert reader.goto(public).status == 404
    editor = people("editor")
    editor.goto(f"{desk}{number}/change/")
    start = soon(12).replace(microsecond=0)
    fill_time(editor, "publish_at", start)
    editor.locator("#id_publish_at_0").scroll_into_view_if_needed()
    picture_of(editor, "09-schedule")
    editor.click("input[name=_publish]")
    editor.wait_for_selector(".messagelist .success")
    editor.goto(f"{desk}schedule/")
    editor.locator("main", has_text=TITLE).wait_for()
    picture_of(editor, "10-schedule-panel")
    wait_for_status(reader, public, 200)
    assert soon(0) >= start
    assert FIRST_TEXT in reader.locator("article").inner_text()
    picture_of(reader, "11-public")

    editor.goto(f"{desk}{number}/change/")
    editor.locator(".ProseMirror", has_text="清凉饮品").wait_for()
    write(editor, LATER_TEXT)
    open_all(editor)
    editor.check("#id_major")
    editor.fill("#id_public_note", "更正工地和职工人数。")
    editor.locator("#id_public_note").scroll_into_view_if_needed()
    picture_of(editor, "12-correct")
    submit(editor)
    reader.goto(public)
    assert FIRST_TEXT in reader.locator("article").inner_text()
    reviewer = people("first")
    reviewer.goto(f"{desk}{number}/compare/")
    reviewer.locator("ins").first.wait_for()
    picture_of(reviewer, "13-compare")
    for username, opinion in (("first", "已与镇里核实。"), ("second", "同意。"), ("signer", "同意发布。")):
        pass_at(people(username), site, number, opinion)
    reader.goto(public)
    assert FIRST_TEXT in reader.locator("article").inner_text()
    editor.goto(f"{desk}{number}/change/")
    editor.click("input[name=_publish]")
    editor.wait_for_selector(".messagelist .success")
    reader.goto(public)
    assert LATER_TEXT in reader.locator("article").inner_text()
    assert "更正工地和职工人数。" in reader.locator("article").inner_text()
    picture_of(reader, "14-corrected")
    editor.goto(f"{desk}{number}/review-sheet/")
    picture_of(editor, "15-sheet", whole=True)

    editor.goto(f"{desk}{number}/withdraw/")
    editor.check("input[name=kind][value=archived]")
    editor.fill("#id_reason", "活动已结束。")
    picture_of(editor, "16-withdraw")
    editor.locator(".submit-row input.default").click()
    editor.wait_for_selector(".messagelist .success")
    assert reader.goto(public).status == 200
    assert "活动已结束。" in reader.locator(".banner").first.inner_text()
    assert LATER_TEXT in reader.locator("article").inner_text()
    picture_of(reader, "17-archived")

    told = site.manage("shell", "--no-imports", "-c", STORY % number).strip().splitlines()[-1]
    assert json.loads(told) == [
        ["create", "王芳", 1],
        ["submit", "王芳", 1],
        ["pass", "陈初审", 1],
        ["pass", "刘复审", 1],
        ["make link", "孙主管", None],
        ["open link", "郑主席", 1],
        ["pass", "郑主席", 1],
        ["open link", "郑主席", 1],
        ["schedule", "李编辑", 1],
        ["save", "李编辑", 2],
        ["submit", "李编辑", 2],
        ["pass", "陈初审", 2],
        ["pass", "刘复审", 2],
        ["pass", "周签发", 2],
        ["publish", "李编辑", 2],
        ["withdraw", "李编辑", 2],
    ]
    auditor = people("auditor")
    auditor.goto(f"{site.url}/admin/organizations/auditentry/?q=送清凉")
    auditor.locator("#result_list", has_text=TITLE).wait_for()
    picture_of(auditor, "18-audit")


def open_all(page) -> None:
    """Open every folded section of the form."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def fill_time(page, name: str, at: datetime.datetime) -> None:
    open_all(page)
    page.fill(f"#id_{name}_0", f"{at:%Y-%m-%d}")
    page.fill(f"#id_{name}_1", f"{at:%H:%M:%S}")
