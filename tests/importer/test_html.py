"""Saved web pages of many makes, in words of these tests' own, against what a careful reader gets (html/pages.json)."""

import json
from pathlib import Path

import pytest

from articles.html import clean, plain_text
from importer.proposal import output, propose
from tests.importer.output_schema import faults

PAGES = Path(__file__).parent / "html"
GOLD = json.loads((PAGES / "pages.json").read_text("utf-8"))
FIELDS = ("kind", "title", "organization", "level", "published_on", "published_at", "source", "author", "editor")
LISTS = ("channel", "prev_title", "next_title", "images", "attachments")


def reading(name):
    row = output(propose((PAGES / name).read_bytes(), name))
    return {
        "encoding": row["encoding"],
        "warnings": row["warnings"],
        "articles": [
            {key: article[key] for key in (*FIELDS, *LISTS) if article[key] not in (None, [])}
            | {"body": article["body"].split("\n")}
            for article in row["articles"]
        ],
    }


def test_every_page_has_its_gold():
    assert sorted(GOLD) == sorted(path.name for path in PAGES.glob("*.html"))


@pytest.mark.parametrize("name", GOLD)
def test_page(name):
    assert reading(name) == GOLD[name]


@pytest.mark.parametrize("name", GOLD)
def test_html_of_the_text_is_clean_and_says_the_same(name):
    row = output(propose((PAGES / name).read_bytes(), name))
    row.pop("address", None)
    assert faults(row) == []
    for article in row["articles"]:
        html = article["body_html"]
        for image in article["images"]:
            html = html.replace(f'src="{image["source"].replace("&", "&amp;")}"', 'src="/media/1.jpg"')
        assert clean(html) == html
        assert plain_text(html) == article["body"]


def test_tables_lists_headings_links_and_figures_stay():
    portal = output(propose((PAGES / "trs_portal.html").read_bytes(), "x"))["articles"][0]["body_html"]
    assert portal.split("\n")[1:] == [
        '<figure><img src="./W020210416341.jpg" alt="会场"><figcaption>图为会议现场。王磊 摄</figcaption></figure>',
        "<p>会议指出，去年全市签订工资专项集体合同1260份，覆盖企业3100家、职工11.2万人，为<strong>稳定劳动关系</strong>"
        "打下了基础。</p>",
        "<p>会议要求，各级工会要抓住春季要约行动的时机，做到应谈尽谈、应签尽签，年底前建制率达到90%以上。</p>",
        "<table><tbody>",
        "<tr><th>乡镇</th><th>任务数</th></tr>",
        "<tr><td>戴南镇</td><td>320份</td></tr>",
        "<tr><td>昭阳街道</td><td>210份</td></tr>",
        "</tbody></table>",
        '<p><a href="./P020210416342.doc" rel="noopener noreferrer">任务分解表.doc</a></p>',
    ]
    plan = output(propose((PAGES / "index_table.html").read_bytes(), "x"))["articles"][0]["body_html"]
    assert plan.split("\n")[1:13] == [
        "<h2>一、加强思想政治引领</h2>",
        "<ul>",
        "<li>开展劳模宣讲100场，覆盖职工2万人次。</li>",
        "<li>新建职工书屋20家。</li>",
        "</ul>",
        "<h2>二、深化产业工人队伍建设</h2>",
        "<ol>",
        "<li>举办市级职业技能竞赛15项。</li>",
        '<li>选树“镇江工匠”10名，详见<a href="http://www.example.org/gj" rel="noopener noreferrer">评选办法</a>。</li>',
        "</ol>",
        "<h2>三、重点任务分解</h2>",
        "<table><tbody>",
    ]
    assert '<tr><th rowspan="2">序号</th><th rowspan="2">任务</th><th colspan="2">要求</th></tr>' in plan
