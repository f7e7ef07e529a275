"""Pages printed on one line, and pages whose parts are torn into many lines, as portals of many kinds leave them."""

import time

import pytest

from importer.document import Line
from importer.proposal import propose
from importer.rules.glued import cut_glued
from importer.rules.torn import mended_lines

FIRST = "今年以来，县总工会围绕中心工作，扎实推进各项任务，取得了新的成效，广大职工的获得感不断增强。"
SECOND = "一、抓好组织建设。全年新建基层工会30家，发展会员1200人，其中新就业形态劳动者300人。"
THIRD = "二、做好维权服务。调解劳动争议45件，为职工追回欠薪96万元，职工满意率达到95%以上。"
TEXT = f"{FIRST}{SECOND}{THIRD}"
SPACED = f"{FIRST} {SECOND} {THIRD}"
TITLE = "沂源县总工会2021年工作要点"


def read(text):
    article = propose(text.encode(), "page.txt").articles[0]
    return article, article.body.replace("\n", "")


HEADS = [
    "首页 工会概况 您的位置：首页 > 通知公告 > 计划总结 {title} 发布时间：2021-03-02 来源：县总工会 浏览：33次 {text}",
    "您现在的位置：首页>>通知公告>>计划总结>>正文 {title} 时间：2021-03-02 09:15:00 来源：县总工会 点击：102 {text}",
    "{title}_沂源县总工会网站 首页 概况 当前位置：首页 > 通知公告 > 计划总结 {title} "
    "日期：2021年3月2日 来源：县总工会 【字体：大 中 小】 {text}",
    "{title}-沂源工会首页工会概况工作动态您当前的位置：首页>通知公告>计划总结{title}"
    "发布日期：2021-03-02信息来源：县总工会阅读次数：88{text}",
    "网站首页 | 机构设置 首页 » 通知公告 » 计划总结 {title} 来源：县总工会 发布时间：2021/3/2 点击：7 {text}",
    "当前位置: 首页 - 通知公告 - 计划总结 - 正文 {title} [日期：2021-03-02] [来源：县总工会] [字体：大 中 小] {text}",
    "您的当前位置：首页 → 通知公告 → 计划总结 → 详细内容 {title} 更新时间：2021-3-2 稿件来源：县总工会 {text}",
    "当前栏目：首页 > 通知公告 > 计划总结 {title} 发布时间:2021.03.02 来源:县总工会 作者:高云 {text}",
    "<script>var a=1;function b(){{return a;}}</script>您现在的位置：首页 > 通知公告 > 计划总结 {title} "
    "时间：2021-03-02 来源：县总工会 .TRS_Editor P{{margin:0;font-family:宋体}}{text}",
    "{title}$(function(){{$('.nav').hover()}});首页机构设置工会动态您现在的位置：首页>通知公告>计划总结{title}"
    "发布时间：2021-03-02 16:40信息来源：县总工会点击次数：var hits=0;次字体：【大 中 小】{text}",
]
FEET = [
    " 上一篇：迎新春送春联 下一篇：没有了 版权所有：沂源县总工会 鲁ICP备05000001号",
    "（责任编辑：程一鸣） 打印本页 关闭窗口 上一篇：迎新春送春联 下一篇：没有了",
    "【打印】【关闭】上一条：迎新春送春联下一条：没有了主办：沂源县总工会 技术支持：云网科技",
    " 上一篇: 迎新春送春联 下一篇: 无 相关链接：山东省总工会 淄博市总工会 Copyright 2021 All Rights Reserved",
    " 分享到： 微信 微博 <<上一篇：迎新春送春联 >>下一篇：没有了 友情链接：中工网 地址：沂源县城 邮编：256100",
]


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("text", [TEXT, SPACED], ids=["close", "spaced"])
def test_page_on_one_line(head, foot, text):
    article, body = read(head.format(title=TITLE, text=text) + foot)
    assert (article.title, article.published_on, article.source) == (TITLE, "2021-03-02", "县总工会")
    assert [name for name in article.channel if name != "首页"] == ["通知公告", "计划总结"]
    assert (article.prev_title, article.next_title) == ("迎新春送春联", None)
    assert body == TEXT


def test_signature_is_a_line_of_its_own():
    head = f"当前位置：首页 > 计划总结 {TITLE} 发布时间：2021-03-02 来源：县总工会 {TEXT}"
    article, _body = read(f"{head}沂源县总工会2021年3月1日 打印本页 关闭窗口")
    assert article.body.split("\n")[-2:] == ["沂源县总工会", "2021年3月1日"]


def test_text_with_its_tools_behind_it():
    article, body = read(f"{TEXT} 【打印】 【关闭】 浏览次数： 作者： 来源：")
    assert (body, article.author, article.source) == (TEXT, None, None)


def test_account_post_on_one_line():
    page = (
        f"{TITLE} 原创 高云 沂源工会 沂源县总工会 微信号 yyxgh 功能介绍 沂源县总工会官方微信 "
        f"2021-03-02 17:30 发表于山东 收录于合集 #计划 3个 {SPACED} "
        f"文字：高云 编辑：程一鸣 推 荐 阅 读 ① 送春联 ② 送清凉 喜欢就点个赞吧 "
        "预览时标签不可点 阅读 302 分享 收藏 在看 4"
    )
    article, body = read(page)
    assert article.title == TITLE
    assert body == TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "来源：县总工会　作者：高云　时间：2021-03-02　浏览：33次　【字体：大 中 小】　打印本页　关闭窗口",
        "上一篇：迎新春送春联　下一篇：送清凉",
        "版权所有：沂源县总工会　地址：沂源县城　技术支持：云网科技　鲁ICP备05000001号",
        "报名时间：3月2日至5日，地点：县总工会二楼，联系人：高云，请各基层工会按时组织参加，逾期不候。",
        "您现在的位置：首页 > 通知公告 > 计划总结 > 沂源县总工会2021年工作要点",
        "会上播放了上一年的工作短片，通报了职工来信的来源、时间和作者，主席要求编辑成册并向全县公布。",
    ],
)
def test_ordinary_line_stays_whole(text):
    line = Line(1, text)
    assert cut_glued(line) == [line]


@pytest.mark.parametrize("unit", ["来源：", "{", "您现在的位置：", "上一篇：", "作者 ", "a{b:c}", "【打印】", "。一、"])
def test_line_without_end_is_quick(unit):
    started = time.perf_counter()
    cut_glued(Line(1, "当前位置：首页 上一篇：" + unit * (150_000 // len(unit))))
    cut_glued(Line(1, unit * (5_000_000 // len(unit))))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("rows", "want"),
    [
        (["来源：", "县总工会", "作者：", "时间：", "2021-03-02"], ["来源：县总工会　作者：　时间：2021-03-02"]),
        (["发布时间", "2021年3月2日", "来源", "县总工会", "浏览"], ["发布时间：2021年3月2日　来源：县总工会　浏览："]),
        (["来源:", "县总工会", "点击:", "77", PROSE := FIRST], ["来源：县总工会　点击：77", PROSE]),
        (["时间：", "2021-03-02", "【字体：", "大", "中", "小", "】", PROSE], ["时间：2021-03-02", PROSE]),
        (["当前位置：", "首页", ">", "计划总结", ">", "正文", TITLE], ["当前位置：首页 > 计划总结 > 正文", TITLE]),
        (["您所在的位置：", "首页", "/", "动态", TITLE], ["您所在的位置：首页 > 动态", TITLE]),
        (["首页", "»", "计划总结", TITLE], ["首页 > 计划总结", TITLE]),
        (["来源", "生活中的点点滴滴", TITLE], ["来源", "生活中的点点滴滴", TITLE]),
        (["时间", "过得很快", PROSE], ["时间", "过得很快", PROSE]),
    ],
)
def test_torn_parts(rows, want):
    lines = [Line(number, text) for number, text in enumerate(rows, 1)]
    assert [line.text for line in mended_lines(lines)] == want


def test_torn_page():
    rows = [
        "沂源县总工会",
        "首页",
        "动态",
        "您的位置：",
        "首页",
        ">",
        "计划总结",
        TITLE,
        "发布时间：",
        "2021-03-02",
        "来源：",
    ]
    rows += ["县总工会", "作者：", "浏览：", "33", FIRST, SECOND, THIRD, "上一篇", "迎新春送春联", "下一篇", "没有了"]
    article, body = read("\n".join(rows))
    assert (article.title, article.published_on, article.source) == (TITLE, "2021-03-02", "县总工会")
    assert (article.channel, article.prev_title, article.author) == (["首页", "计划总结"], "迎新春送春联", None)
    assert body == TEXT
