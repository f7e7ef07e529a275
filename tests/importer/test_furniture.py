"""Furniture in the words of many sites, and text that only looks like it."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.document import Document, Line, lines_of
from importer.rules.furniture import _CONTACT, _LONG_NOISE, _NOISE, _NOISE_LINE, is_noise
from importer.rules.labels import read_info_line
from importer.rules.neighbours import neighbour_title, read_neighbours
from importer.rules.page import scan

PROSE = "县总工会坚持以职工为中心,推进组织建设,扩大工会组织覆盖面,提升服务能力。"


@pytest.mark.parametrize(
    "text",
    [
        "[关 闭] [打 印] [收 藏]",
        "信息公开指南 | 我要咨询 | 打印 | 关闭窗口",
        "本文共1页 第1页   收藏本文   推荐给好友   回到顶部↑",
        "访问统计:今日 31 昨日 88 总计 402117",
        "阅读 236  ·  赞 12  ·  在看 5",
        "點閱人次：00587321",
        "下载此文档需5积分　　微信支付　支付宝",
        "第1/3页",
        "（此处广告：工装定制 厂家直销 点我咨询>>>）",
        "以上就是小编为大家整理的工会工作计划，希望能帮到大家。",
        "-----------本文未完，剩余68%内容请下载后阅读-----------",
        "国内统一刊号：CN52-0013　邮发代号：65-8　零售每份1.00元",
        "附件下载：无",
        "登录后才可以评论",
    ],
)
def test_furniture(text):
    assert is_noise(Line(1, text))


@pytest.mark.parametrize(
    "text",
    ["扫码入会活动", "关注职工健康", "微信公众号关注人数突破1万", "办理会员卡5000张", "下载量突破10万次", "推荐对象"],
)
def test_text(text):
    assert not is_noise(Line(1, text))


@pytest.mark.parametrize("foot", ["打印本页 | 关闭窗口", "上一篇：甲文\n下一篇：乙文", "相关阅读", "总访问量：1024 次"])
def test_nothing_below_the_tools_is_text(foot):
    page = scan(Document(lines_of(f"{PROSE}\n县总工会\n{foot}\n另一篇文章的题目\n某某科技"), "utf-8", "text"))
    assert [item.line.text for item in page.items if item.role == "text"] == [PROSE, "县总工会"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (">> 上篇：甲文", {"prev": "甲文"}),
        ("上一道：甲文   下一道：乙文", {"prev": "甲文", "next": "乙文"}),
        ("上一篇　下一篇　返回社区首页", {"prev": None, "next": None}),
        ("上一期 培训", None),
    ],
)
def test_neighbours(text, want):
    got = read_neighbours(Line(1, text))
    assert (got and {side: neighbour_title(value) for side, value in got.items()}) == want


@pytest.mark.parametrize("unit", ["　", "(大", "返回首页", "第1页", "阅读"])
def test_no_line_takes_long(unit):
    line = Line(1, f"字{unit * 200}"[:239] + "丂")
    started = time.perf_counter()
    is_noise(line)
    is_noise(Line(1, line.text[:88]))
    read_info_line(line)
    read_neighbours(line)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("habit", [*_NOISE, _CONTACT, *_LONG_NOISE])
def test_what_a_habit_begins_with_is_asked_for(habit):
    """The one expression for all asks for a line's first character before it tries the habits."""

    @settings(max_examples=20, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(habit, re.IGNORECASE), fullmatch=True))
    def check(line):
        assert _NOISE_LINE.fullmatch(line)

    check()
