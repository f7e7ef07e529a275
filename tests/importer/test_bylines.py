"""Who wrote a text, as labels, bylines and the last brackets say it."""

import pytest

from importer.document import Line
from importer.rules.bylines import is_byline, read_byline, strip_credit
from importer.rules.labels import read_info_line

TEXT = "活动取得圆满成功。"


def read(*, info="", first="", last=""):
    infos = [found] if info and (found := read_info_line(Line(1, info))) else []
    byline = read_byline(infos, [], Line(1, first) if first else None, Line(2, last) if last else None)
    return byline.source.value, byline.author.value, byline.editor.value


@pytest.mark.parametrize(
    ("credit", "want"),
    [
        ("（县总工会 王芳）", ("县总工会", "王芳", None)),
        ("（县总工会 王芳 李娜 通讯员 吴越文）", ("县总工会", "王芳 李娜 吴越文", None)),
        ("（苏日娜 额尔敦）", (None, "苏日娜 额尔敦", None)),
        ("（供稿：市总宣教部 王芳）", ("市总宣教部", "王芳", None)),
        ("（图/文 王芳）", (None, "王芳", None)),
        ("（来源：中工网）", ("中工网", None, None)),
        ("（责编：王芳）", (None, None, "王芳")),
        ("(市总工会办公室)", ("市总工会办公室", None, None)),
        (" 王芳 李娜", (None, "王芳 李娜", None)),
        ("（花园社区工会 王芳  东门街道总工会 李 娜）", ("花园社区工会", "王芳 李娜", None)),
    ],
)
def test_credits(credit, want):
    assert read(last=TEXT + credit) == want
    assert strip_credit(TEXT + credit) == TEXT


@pytest.mark.parametrize(
    "credit",
    [
        "（完）",
        "（原创）",
        "（原文）",
        "（作者单位：县总工会）",
        "（下转第三版）",
        "（见附件）",
        "（试行）",
        "（工会经费 活动经费）",
    ],
)
def test_no_credits(credit):
    assert read(last=TEXT + credit) == (None, None, None)
    assert strip_credit(TEXT + credit) == TEXT + credit


@pytest.mark.parametrize(
    ("info", "want"),
    [
        ("[日期：2021-01-21]  [来源：本站]  [作者：超级管理员]", (None, None, None)),
        ("撰稿：卞思源、龚雨薇；图片：夏侯明；初审：车佩", (None, "卞思源 龚雨薇", None)),
        ("来源：院工会2023-02-08 10:15浏览次数：[ 415 ]", ("院工会", None, None)),
        ("图/文 王芳 责编 李娜 审核 赵敏", (None, "王芳", "李娜")),
        ("来源:院工会 作者:王芳 文章字号:大 中 小", ("院工会", "王芳", None)),
        ("【 作者： 王芳】 【 来源： 州总工会】 【选择字号： 大 中 小】", ("州总工会", "王芳", None)),
        ("作者:市总政研室 王芳 来源:花城工会网 点击:3次", ("花城工会网", "王芳", None)),
        ("供稿：组织部 刘芳 发布日期：2019.3.5", ("组织部", "刘芳", None)),
        ("稿件来源：区教育工会王芳", ("区教育工会", "王芳", None)),
    ],
)
def test_labels(info, want):
    assert read(info=info) == want


@pytest.mark.parametrize(
    ("info", "want"),
    [
        ("编辑：xsx_admin", (None, None, None)),
        ("作者：gh2019", (None, None, None)),
        ("来源：区总工会　　手机看新闻", ("区总工会", None, None)),
        ("作者：区总工会", (None, None, None)),
        ("作者：县总办公室", (None, None, None)),
        ("作者：长山区总工会", ("长山区总工会", None, None)),
        ("作者：王芳（县总工会）", (None, "王芳", None)),
        ("来源：长山县总工会办公室（王芳）  2020-03-05", ("长山县总工会办公室", "王芳", None)),
        ("长山县总工会 王芳 2020-03-05", ("长山县总工会", "王芳", None)),
        ("供稿：长山县总工会王芳", ("长山县总工会", "王芳", None)),
        ("作者（来源）：[工会] 阅读[ 63 ]次", (None, None, None)),
        ("签发人：赵敏    拟稿：工会办  王芳    2016-02-24", (None, "王芳", None)),
        ("由 王芳 提交于 星期四, 02/16/2023 - 11:35", (None, "王芳", None)),
        ("小林老师 · 2022-09-06 14:20 · 8.1万浏览 · 收藏 23", (None, "小林老师", None)),
        ("作者：校工会", (None, None, None)),
        ("作者：秋日校园 开学第一课 2015年中考录取分数线", (None, None, None)),
        ("作者：一缕清风", (None, "一缕清风", None)),
        ("作者：王芳 电话 0515-88888888", (None, "王芳", None)),
        ("作者：办公室", (None, None, None)),
        ("撰稿：工会 王芳", (None, "王芳", None)),
        ("原创 王芳 职工之窗 2019-03-05 17:30 发表于浙江", ("职工之窗", "王芳", None)),
    ],
)
def test_accounts_and_units_are_no_people(info, want):
    assert read(info=info) == want


@pytest.mark.parametrize(
    ("opening", "want"),
    [
        ("本报讯（记者 王芳 通讯员 李娜）近日，", "王芳 李娜"),
        ("【本报讯】（记者王芳、李娜）近日，", "王芳 李娜"),
        ("本报讯（王芳）元宵节刚过，", "王芳"),
        ("江海报3月5日讯（通讯员 王芳）近日，", "王芳"),
        ("江海社海城3月5日电（记者王芳）近日，", "王芳"),
        ("江海网讯（江海日报记者 王芳 通讯员 李娜）近日，", "王芳 李娜"),
        ("（记者 王芳）近日，", "王芳"),
        ("本报讯（通讯员 县总工会 王芳）近日，", "王芳"),
        ("本报讯（王芳 李娜/文 赵敏/图）近日，", "王芳 李娜"),
        ("本报讯（王芳 文 李娜 图）近日，", "王芳"),
        ("本报讯（记者 王芳 文/图）近日，", "王芳"),
        ("本网讯 记者王芳报道 3月5日，", "王芳"),
        ("本报讯 3月5日，县总工会把图书送上船。", None),
        ("近日，记者来到县总工会了解到，", None),
        ("据报讯（下转第三版）近日，", None),
    ],
)
def test_opening_words(opening, want):
    assert read(first=opening + TEXT)[1] == want


@pytest.mark.parametrize("line", ["本报海城讯　记者 王芳", "本报记者 王芳 通讯员 李娜", "记者 王芳 李娜 摄影报道"])
def test_bylines_on_their_own_line(line):
    assert is_byline(Line(1, line))


@pytest.mark.parametrize("line", ["本报讯（通讯员 王芳　李娜）夜里", "文字｜王芳 李娜", "通讯员报道：近日"])
def test_no_bylines(line):
    assert not is_byline(Line(1, line))


@pytest.mark.parametrize(
    ("note", "author", "post"),
    [
        ("[作者简介] 王芳（1979—），女，某地人，春江航道中心工会副主席，政工师。", "王芳", "春江航道中心工会副主席"),
        ("作者简介：李 娜，春江县总工会主席", "李 娜", "春江县总工会主席"),
        ("（作者系春江县总工会副主席）", None, "春江县总工会副主席"),
        ("【作者简介】赵敏，女，中学高级教师。", "赵敏", None),
        ("作者简介一栏由编辑填写", None, None),
    ],
)
def test_notes_on_the_author(note, author, post):
    lines = [Line(1, TEXT), Line(2, note)]
    byline = read_byline([], [], lines[0], None, lines)
    assert (byline.author.value, byline.author_title.value) == (author, post)


def test_a_report_below_the_editors_note_names_its_reporter():
    lines = [
        Line(1, "编者按：今起刊发一组报道。"),
        Line(2, "本报讯（记者 王芳）“看潮看卤度。”4月27日，"),
        Line(3, TEXT),
    ]
    assert read_byline([], [], lines[0], lines[-1], lines).author.value == "王芳"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（一车间分会 王芳 文 / 摄影协会 老林 图）", "王芳"),
        ("（综合部 王芳 文/图）", "王芳"),
        ("（王芳/文 李娜/图）", "王芳"),
        ("王芳 李娜/文 赵敏/图", "王芳 李娜"),
        ("工会图书/文具发放", None),
        ("沙龙现场　王文刚摄", None),
        ("王文刚摄", None),
    ],
)
def test_shares_of_the_work(text, names):
    line = Line(3, text)
    assert is_byline(line) is bool(names)
    assert read_byline([], [line] if names else [], Line(1, TEXT), None).author.value == names
