"""Pages come in: uploaded, read in the background, corrected and accepted at the desk, read by the public.

With UNIONCMS_SHOTS=docs/screens each step leaves a picture there, which the editors' guide shows.
"""

import os
from pathlib import Path

import pytest

from dev.screens import shoot
from tests.importer.pdf_files import drawn, pdf
from tests.importer.word_files import document, paragraph, saved

from .test_accessibility import AXE, FINDINGS, sign_in

pytestmark = pytest.mark.browser
HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>东湖镇总工会送清凉-工会网</title>
<meta name="ArticleTitle" content="东湖镇总工会为环卫工人送清凉"><meta name="PubDate" content="2021-07-15 09:30">
<meta name="ContentSource" content="东湖镇总工会"></head><body><div class="nav">首页 | 工会动态 | 通知公告</div>
<h1>东湖镇总工会为环卫工人送清凉</h1><div class="TRS_Editor">
<p>7月15日，东湖镇总工会走访环卫站，为一线职工送去防暑降温用品。</p>
<p>活动中，镇总工会负责人向职工讲解了防暑知识，叮嘱大家注意休息，安全生产。</p></div>
<div class="share">分享到：微信 微博</div></body></html>"""
TEXT = """当前位置：首页 > 工会工作 > 工作计划
石桥镇总工会2022年工作要点
来源：石桥镇总工会 作者：admin 发布时间：2022-01-20 点击：233次 【字号：大 中 小】
2022年，镇总工会要围绕中心工作，服务职工群众，推动工会工作再上新台阶。
一、加强组织建设
全年新建工会组织20家，发展会员1000名，力争建会率达到90%以上。
二、维护职工权益
集体合同签订率达到95%，帮扶困难职工不少于120户。
上一篇：送清凉活动启动
分享到：微信 微博 打印本页 关闭窗口
"""
WORD = ("南山县总工会举办职工技能大赛", "5月18日，南山县总工会举办第三届职工技能大赛，来自全县的120名职工参加比赛。")
CORRECTED = "石桥镇总工会二〇二二年工作要点"
PDF_LINES = ("西河镇总工会开展职工普法宣传", "西河镇总工会日前组织律师走进企业，", "为一百二十名职工讲解劳动合同知识。")


def files() -> list[dict]:
    printed = "".join(drawn(90, 760 - 28 * row, line, 22 if row == 0 else 14) for row, line in enumerate(PDF_LINES))
    pages = {
        "工作要点.txt": TEXT.encode("gb18030"),
        "送清凉.html": HTML.encode(),
        "技能大赛.docx": saved(document(*map(paragraph, WORD))),
        "普法宣传.pdf": pdf(printed),
        "旧文件.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    }
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": raw} for name, raw in pages.items()]


def picture_of(page, name: str) -> None:
    if folder := os.environ.get("UNIONCMS_SHOTS"):
        shoot(page, Path(folder) / f"import-{name}-{page.viewport_size['width']}.png", whole=False)


def accessible(page, name: str) -> None:
    """axe finds nothing at both widths, and nothing scrolls sideways."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: install node and npm, then npm ci (make test does)")
    page.add_script_tag(path=AXE)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FINDINGS) == [], (name, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


@pytest.fixture
def desk(live_site, chromium):
    context = chromium.new_context(locale="zh-CN", bypass_csp=True, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, live_site)
    yield page
    context.close()


def test_from_upload_to_the_public(live_site, desk, chromium):
    desk.goto(f"{live_site.url}/admin/articles/article/")
    desk.click("a[href='/admin/importer/importbatch/add/'] >> nth=0")
    desk.set_input_files("input[type=file]", files())
    desk.locator("#chosen li", has_text="送清凉.html").wait_for()
    desk.fill("#id_name", "旧门户网站第一批")
    accessible(desk, "upload")
    picture_of(desk, "01-upload")
    desk.click("#upload-form input.default")
    desk.locator("#progress").wait_for()
    picture_of(desk, "02-progress")
    live_site.manage("db_worker", "--batch")
    desk.locator("#progress").wait_for(state="detached", timeout=60_000)  # the page notices by itself
    desk.locator("main", has_text="旧文件.doc").wait_for()
    for name in ("工作要点.txt", "送清凉.html", "技能大赛.docx", "普法宣传.pdf"):
        assert desk.locator(".union-files", has_text=name).count() == 1, name
    accessible(desk, "batch")
    picture_of(desk, "03-batch")
    batch = desk.url
    desk.goto(batch.replace("/change/", "/correct/"))
    desk.fill("#id_source", "旧门户网站")
    picture_of(desk, "04-correct-all")
    desk.click(".submit-row input.default")
    desk.locator(".messagelist .success").wait_for()
    desk.goto(f"{live_site.url}/admin/importer/importitem/")
    accessible(desk, "queue")
    picture_of(desk, "05-queue")

    desk.goto(batch)
    desk.click(".union-files a:text('工作要点.txt')")
    desk.locator("#text .ProseMirror").wait_for()  # the scripts are there
    assert "石桥镇总工会" in desk.locator("#line-2 .found[data-fields~=title]").first.inner_text()
    assert desk.locator("li.line-dropped", has_text="分享到").count() == 1
    desk.keyboard.press("e")
    assert desk.evaluate("document.activeElement.id") == "id_title"
    desk.keyboard.press("Control+A")
    desk.keyboard.type(CORRECTED)
    assert desk.locator(".found.lit").count() >= 1
    picture_of(desk, "06-review")
    desk.keyboard.press("Escape")
    desk.locator("#text .ProseMirror p", has_text="新建工会组织20家").click()
    desk.keyboard.press("End")
    desk.keyboard.type("a")  # letters that are keys elsewhere are only letters here
    desk.keyboard.press("Backspace")
    desk.keyboard.type("全年慰问职工300名。")
    picture_of(desk, "06-review-text")
    desk.click("#text button[value=keep]")
    desk.locator(".messagelist .success").wait_for()
    desk.locator("#targets li", has_text="300名").wait_for()
    accessible(desk, "review")
    desk.set_viewport_size({"width": 390, "height": 900})
    picture_of(desk, "06-review")
    desk.set_viewport_size({"width": 1280, "height": 900})
    accepted = [CORRECTED]
    here = desk.url
    desk.click("button[value=publish]")
    desk.wait_for_url(lambda url: url != here)
    for _file in range(3):
        desk.locator("#review-form").wait_for()
        accepted.append(desk.input_value("#id_title"))
        here = desk.url
        desk.locator("button[value=publish]").click()
        desk.wait_for_url(lambda url, here=here: url != here)
    desk.goto(batch)
    assert desk.locator("[data-outcome=filed] b").inner_text() == "4"
    picture_of(desk, "07-done")

    public = chromium.new_context(locale="zh-CN").new_page()
    titles = {"东湖镇总工会为环卫工人送清凉", WORD[0], PDF_LINES[0], CORRECTED}
    assert set(accepted) == titles
    for title in titles:
        public.goto(f"{live_site.url}/search/?q={title}")
        public.click(f"main a:has-text('{title[:8]}') >> nth=0")
        public.locator("h1", has_text=title).wait_for()
    picture_of(public, "08-public")
    public.context.close()

    desk.click("[data-outcome=filed] a")
    desk.click("#result_list tbody th a >> nth=0")
    desk.click("#made-title ~ ul a >> nth=0")
    desk.click("#provenance summary")
    desk.locator("#provenance").scroll_into_view_if_needed()
    picture_of(desk, "09-provenance")
    desk.goto(batch.replace("/change/", "/undo/"))
    accessible(desk, "undo")
    picture_of(desk, "10-undo")
