"""The path of channels above an article, however it leads in, ends and is marked up."""

import pytest

from importer.document import Document, Line, lines_of
from importer.proposal import output, propose
from importer.rules.breadcrumbs import channel_of, read_breadcrumb
from importer.rules.page import scan

BODY = (
    "5月6日，云岭县总工会在职工文化中心举办职工技能竞赛，来自全县28家企业的130名职工参加比赛。",
    "县总工会主席赵立新表示，今年还将举办竞赛8场，带动3000名职工学技术、练本领，为县域经济作贡献。",
)
TITLE = "云岭县总工会举办职工技能竞赛"


@pytest.mark.parametrize(
    "lead",
    [
        "当前所在：",
        "您现在所在：",
        "你当前所在: ",
        "目前所处：",
        "您当前的所在：",
        "当前所在地：",
        "您目前所在位置：",
        "当前页面：",
    ],
)
def test_lead_in(lead):
    parts = read_breadcrumb(Line(1, f"{lead}首页 > 工会要闻"))
    assert channel_of(parts, TITLE) == ["首页", "工会要闻"]


@pytest.mark.parametrize("text", ["他目前所在的车间有30人", "当前所在地区：云岭县", "工会目前所处的环境"])
def test_no_path(text):
    assert read_breadcrumb(Line(1, text)) is None


LEAVES = """
内容阅读 文章阅读 新闻阅读 阅读全文 阅读正文 查看原文 内容显示 文章显示 新闻内容显示 正文页 内容页面
文章内页 最终页 信息查阅 content Detail 详细信息 正文
"""


@pytest.mark.parametrize("leaf", LEAVES.split())
def test_words_for_a_page_are_no_channel(leaf):
    parts = read_breadcrumb(Line(1, f"当前位置：首页 » 工作部署 » {leaf}"))
    assert channel_of(parts, TITLE) == ["首页", "工作部署"]


@pytest.mark.parametrize("channel", ["职工阅读", "全民阅读", "成果展示", "文件查阅", "工会网页"])
def test_channels_named_alike_stay(channel):
    parts = read_breadcrumb(Line(1, f"当前位置：首页 > {channel}"))
    assert channel_of(parts, TITLE) == ["首页", channel]


@pytest.mark.parametrize(
    "title", ["车间工会工作计划四篇(精选)", "车间工会工作总结十二篇", "职工书屋活动方案两篇（通用）"]
)
def test_a_collections_title_is_no_channel(title):
    parts = read_breadcrumb(Line(1, f"当前位置：文库 > 工作计划 > {title}"))
    assert channel_of(parts, "车间工会工作计划(篇一)") == ["文库", "工作计划"]


def test_a_path_as_wide_as_the_lines_below_it_is_no_paragraph():
    rows = (
        "您现在的位置： 首页 >> 政务公开 >> 年度计划 >> 正文\n索引号：YL-2021-00031 公开形式：依申请公开 主题\n"
        f"发布机构：云岭县总工会办公室 成文日期：2021-03-04\n{TITLE}\n" + "\n".join(BODY)
    )
    assert scan(Document(lines_of(rows), "utf-8", "text")).breadcrumb == ["首页", "政务公开", "年度计划", "正文"]


STEPS = "<li><a href='/'>首页</a></li><li><a href='/a'>基层工会</a></li><li>正文</li>"


@pytest.mark.parametrize(
    "path",
    [
        f"<nav aria-label='breadcrumb'><ol>{STEPS}</ol></nav>",
        f"<nav aria-label='面包屑'><ul>{STEPS}</ul></nav>",
        f"<nav><ol class='breadcrumb'>{STEPS}</ol></nav>",
        f"<nav><ul class='uk-breadcrumb'>{STEPS}</ul></nav>",
        f"<nav class='top'><div class='crumbs'>{STEPS}</div></nav>",
        f"<ol itemscope itemtype='https://schema.org/BreadcrumbList'>{STEPS}</ol>",
        f"<div class='el-breadcrumb' aria-label='Breadcrumb'>{STEPS}</div>",
    ],
)
def test_a_path_that_only_the_markup_tells(path):
    menu = "".join(f"<li><a href='/c{at}'>工会栏目{at}</a></li>" for at in range(12))
    text = "".join(f"<p>{line}</p>" for line in BODY)
    markup = (
        f"<html><body><header><nav><ul>{menu}</ul></nav></header>{path}<main><article><h1>{TITLE}</h1>"
        f"<div>{text}</div></article></main></body></html>"
    )
    (article,) = output(propose(markup.encode(), "page.html"))["articles"]
    assert (article["channel"], article["body"].split("\n")) == (["首页", "基层工会"], list(BODY))
