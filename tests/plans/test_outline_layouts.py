"""Layouts of other pages: calendars, numbers parted from their headings, two numbers on one line, tables, glosses."""

import pytest

from plans.outline import read_outline
from plans.paragraphs import BOLD, Paragraph
from tests.plans.test_outline import outline

LAYOUTS = {
    "months": (
        "一月份:召开职代会,审议工作报告。\n二月份:走访慰问困难职工。\n三月份:庆祝三八节,组织女职工活动。",
        ["1r - 一月份", "1r - 二月份", "1r - 三月份"],
    ),
    "quarters": (
        "第一季度:暖冬慰问\n$\n第二季度:扩面建会\n$\n第三季度:送清凉\n$",
        ["1s - 第一季度:暖冬慰问", "1s - 第二季度:扩面建会", "1s - 第三季度:送清凉"],
    ),
    "months alone": ("1月份\n$\n2月份\n$\n3月份\n$", ["1s - 1月份", "1s - 2月份", "1s - 3月份"]),
    "in section": (
        "一、总体要求\n$\n二、月度安排\n1月:召开全委会。\n2月:走访慰问。\n三、保障措施\n$",
        ["1s 一、 总体要求", "1s 二、 月度安排", "2r - 1月", "2r - 2月", "1s 三、 保障措施"],
    ),
    "alone number": ("一、\n强化思想引领\n$\n二、\n深化维权服务\n$", ["1s 一、 强化思想引领", "1s 二、 深化维权服务"]),
    "01": ("01\n旗帜领航强根基\n$\n02\n楼宇商圈广建会\n$", ["1s 01 旗帜领航强根基", "1s 02 楼宇商圈广建会"]),
    "01 line": ("01 旗帜领航强根基\n$\n02 楼宇商圈广建会\n$", ["1s 01 旗帜领航强根基", "1s 02 楼宇商圈广建会"]),
    "PART": ("PART 01\n思想引领\n$\nPART 02\n维权服务\n$", ["1s PART 01 思想引领", "1s PART 02 维权服务"]),
    "run on": (
        "一、强化引领\n1.抓学习。$\n2.抓宣传。$\n二、做好维权\n3.集体协商。$\n三、自身建设\n4.转作风。$",
        [
            "1s 一、 强化引领",
            "2r 1. 抓学习",
            "2r 2. 抓宣传",
            "1s 二、 做好维权",
            "2r 3. 集体协商",
            "1s 三、 自身建设",
            "2r 4. 转作风",
        ],
    ),
    "one line": (
        "一、强化思想引领(一)抓好学习。$\n(二)抓好宣传。$\n二、做好维权工作(一)集体协商。$\n(二)民主管理。$",
        [
            "1s 一、 强化思想引领",
            "2r (一) 抓好学习",
            "2r (二) 抓好宣传",
            "1s 二、 做好维权工作",
            "2r (一) 集体协商",
            "2r (二) 民主管理",
        ],
    ),
    "㈠": ("㈠加强学习。$\n㈡加强宣传。$", ["1r ㈠ 加强学习", "1r ㈡ 加强宣传"]),
    "⒈": ("⒈加强学习。$\n⒉加强宣传。$", ["1r ⒈ 加强学习", "1r ⒉ 加强宣传"]),
    "一.": ("一.加强学习\n$\n二.加强宣传\n$", ["1s 一. 加强学习", "1s 二. 加强宣传"]),
    "1 space": ("1 加强理论学习\n$\n2 做好帮扶工作\n$", ["1s 1 加强理论学习", "1s 2 做好帮扶工作"]),
    "trad": ("一、強化思想引領\n$\n二、做好維權服務\n$", ["1s 一、 強化思想引領", "1s 二、 做好維權服務"]),
    "gloss": (
        "一、強化思想引領(lǐng)\n組織職工學(xué)習(xí),開展活動(dòng)。\n二、做好職工服務(wù)\n為職工辦實(shí)事。",
        ["1s 一、 強化思想引領(lǐng)", "1s 二、 做好職工服務(wù)"],
    ),
    "其一": ("要做到三点:其一,加强学习,$其二,做好服务,$", ["2i 其一 加强学习", "2i 其二 做好服务"]),
    "一要": (
        "会议要求,一要加强学习;二要做好服务;三要改进作风。",
        ["2i 一要 加强学习", "2i 二要 做好服务", "2i 三要 改进作风"],
    ),
    "table": (
        "一、工作任务\n序号\t任务\t目标\n1\t新建工会\t20家\n2\t发展会员\t500人\n二、保障\n$",
        ["1s 一、 工作任务", "1s 二、 保障"],
    ),
    "chapters": ("第一章 总则\n第一条 $\n第二条 $\n第二章 任务\n第三条 $", ["1s 第一章 总则", "1s 第二章 任务"]),
    "halves": ("上半年:\n$\n下半年:\n$", ["1s - 上半年", "1s - 下半年"]),
    "mixed": (
        "(一)强化引领\n1、抓学习。$\n2、抓宣传。$\n(二)维权\n1、协商。$\n2、普法。$",
        ["1s (一) 强化引领", "2r 1、 抓学习", "2r 2、 抓宣传", "1s (二) 维权", "2r 1、 协商", "2r 2、 普法"],
    ),
    "first sentence colon": ("一、思想引领:$\n二、建功立业:$", ["1r 一、 思想引领", "1r 二、 建功立业"]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout):
    text, want = LAYOUTS[layout]
    assert outline(text) == want


def test_rows_of_a_table_head_nothing():
    rows = [("月份", "活动", "目标"), ("3月", "女职工活动", "80人"), ("5月", "球类联赛", "8支")]
    found = [Paragraph(at, " ".join(cells), cells=cells) for at, cells in enumerate(rows, 1)]
    assert read_outline(found) == []


def test_what_the_format_makes_a_heading_is_one():
    text = "新的一年要把各项工作落到实处,让职工得到实惠。"
    found = [
        Paragraph(1, "民主管理:开好教代会", heading=BOLD),
        Paragraph(2, text),
        Paragraph(3, "账目清", heading=BOLD),
        Paragraph(4, text),
    ]
    assert [(row.level, row.heading) for row in read_outline(found)] == [(1, "民主管理:开好教代会"), (1, "账目清")]
