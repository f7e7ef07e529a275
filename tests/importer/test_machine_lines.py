"""What programs, systems and accounts put on a page, and titles that hide from their readers."""

import pytest

from importer.document import Document, Line, lines_of
from importer.readers.markdown import is_markdown, unmarked
from importer.readers.text import TextReader
from importer.rules.breadcrumbs import channel_of, read_breadcrumb
from importer.rules.furniture import is_noise
from importer.rules.neighbours import read_neighbours
from importer.rules.page import NUMBERED, is_prose, scan
from importer.rules.titles import read_head
from importer.rules.torn import mended_lines

PROSE = (
    "为进一步做好全县职工的服务工作，县总工会制定本计划，请各基层工会结合实际认真抓好落实，"
    "年底前报告完成情况，并于每季度末报送进度。"
)
TITLE = "县总工会召开全委会议"


@pytest.mark.parametrize(
    "text",
    [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=UTF-8",
        "Last-Modified: Tue, 03 Mar 2020 08:00:00 GMT",
        "X-Powered-By: PHP/5.6",
        "source_url: https://gh.example.cn/a/b/0123456789/0123456789/0123456789/0123456789/0123456789/content.html",
        "Fetched: 2022-11-30T04:17:52Z",
        "Status: 200",
        "抓取时间：2021-03-04 10:22:11",
        "采集地址：https://gh.example.cn/a.html",
        "☰ 菜单",
        "▶ 播放 03:15/12:40",
        "倍速 1.25x 音量",
        "【已阅：12】【签收】【转发】",
        "[签收] [回复] [归档]",
        "申请职位 收藏职位 举报",
        "京B2-20090001 营业执照",
        "违法和不良信息举报电话：400-0000",
        "↑点击上方“职工之家”关注我们",
        "轻触下方卡片，关注工会娘家人",
        "本网原创稿件，转载请注明来源。",
        "转载请注明出处：示例工会网",
        "第05版：工会 上一版 下一版",
    ],
)
def test_is_no_text(text):
    assert is_noise(Line(1, text))


@pytest.mark.parametrize(
    "text",
    [
        "点击关注我市困难职工帮扶政策的落实情况",
        "请关注职工心理健康，做好疏导工作",
        "经营许可事项由工会协助办理。",
        "服务器机房职工小家：建成1个",
        "签收单位：各基层工会",
        "NB-IoT: 5G",
    ],
)
def test_is_text(text):
    assert not is_noise(Line(1, text))


@pytest.mark.parametrize(
    "text",
    [
        "内网首页 | 生产调度 | 安全曝光台 | 党群工作 | 员工论坛 | 通讯录        欢迎您：guest  [登录] [修改密码]",
        "https://gh.example.cn/zwgk/0123456789/0123456789/0123456789/content.html:8080,index",
    ],
)
def test_a_row_of_links_is_no_prose(text):
    assert not is_prose(Line(1, text).folded)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("站内导航：校园首页 → 党团工会 → 工会工作", ["校园首页", "党团工会", "工会工作"]),
        ("栏目导航：首页 > 工会", ["首页", "工会"]),
        ("面包屑：首页 > 工会动态", ["首页", "工会动态"]),
        ("Position 公司首页 > 群团工作 > 正文", ["公司首页", "群团工作"]),
        ("You are here: 首页 > 工会动态", ["首页", "工会动态"]),
        ("您在这里：首页 / 工会动态", ["首页", "工会动态"]),
        ("您所在位置：首页-党建文化 - 工会活动 -文章内容", ["首页", "党建文化", "工会活动"]),
    ],
)
def test_channel(text, want):
    assert channel_of(read_breadcrumb(Line(1, text)), TITLE) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (":: 上一则 :: 甲文", {"prev": "甲文"}),
        ("・下一篇文章： 乙文", {"next": "乙文"}),
        ("下一篇:乙工会开展活动 关于我们 | 网站地图 | 联系我们", {"next": "乙工会开展活动"}),
    ],
)
def test_neighbours(text, want):
    assert read_neighbours(Line(1, text)) == want


def test_both_labels_above_both_titles():
    page = scan(Document(lines_of(f"{TITLE}\n{PROSE}\n上一篇 下一篇\n甲工会开展活动\n乙工会开展活动"), "utf-8", "text"))
    assert (page.previous.value, page.following.value) == ("甲工会开展活动", "乙工会开展活动")


@pytest.mark.parametrize(
    "call", ["网站公告：本站即将改版，给您带来不便敬请谅解！", "热烈庆祝全市工会代表大会胜利召开！"]
)
def test_a_call_above_the_path_is_the_sites(call):
    page = scan(Document(lines_of(f"{call}\n首页 > 工会动态 > 正文\n{TITLE}\n{PROSE}"), "utf-8", "text"))
    assert [item.line.text for item in page.items] == [TITLE, PROSE]


def test_a_list_of_posts_in_the_texts_container_is_not_its_end():
    text = f"{PROSE}\n往期回顾\n1、健康跑报名通道开启\n2、疗休养线路投票结果"
    page = scan(Document(lines_of(text), "utf-8", "html", body=(1, 4)))
    assert [item.line.text for item in page.items] == [PROSE]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("甲 县 总 工 会 2 0 2 1 年 工 作 要 点", "甲县总工会2021年工作要点"),
        ("甲　县　总　工　会　工　作　计　划", "甲县总工会工作计划"),
        ("2021-07-08 县总工会召开全委会议", TITLE),
        ("县总工会召开全委会议 2021-07-08 17:28:11", TITLE),
        ("[2021/07/08] 县总工会召开全委会议", TITLE),
        ("工会工作计划\n（2021年下学期）", "工会工作计划（2021年下学期）"),
        ("示例特钢新闻网 SAMPLE SPECIAL STEEL\n县总工会召开全委会议", TITLE),
    ],
)
def test_title(lines, title):
    document = Document(mended_lines(lines_of(f"{lines}\n来源：县总工会\n{PROSE}")), "utf-8", "text")
    assert read_head(scan(document).items).title.value == title


@pytest.mark.parametrize("line", ["王 芳 李 娜", "字 号 大 中 小 打 印", "1 2 3 4 5 6 7 8", "2021年7月8日 县总工会"])
def test_no_title(line):
    assert [part.text for part in mended_lines([Line(1, line), Line(2, PROSE)])] == [line, PROSE]


@pytest.mark.parametrize("text", ["壹 · 2023年盘点", "贰、2024年计划", "叁. 保障措施"])
def test_formal_numerals_number_a_heading(text):
    assert NUMBERED.match(Line(1, text).folded)


MARKDOWN = """# 县总工会召开全委会议
**发布日期：** 2021-07-08
[首页](http://gh.example.cn/) » [工会动态](/dt/)
![](images/line.gif)
1\\. 培训职工**300**名。
- 走访*困难*职工
> 引用的话
---
| 上一条 | 下一条 |
| --- | --- |
| [甲工会开展活动](1.html) | [乙工会开展活动](2.html) |
"""


def test_markdown_is_read_as_the_page_it_was():
    assert is_markdown(MARKDOWN)
    document = TextReader().read(MARKDOWN.encode(), "a.txt")
    assert [line.text for line in document.lines if line.text] == [
        TITLE,
        "发布日期： 2021-07-08",
        "首页 » 工会动态",
        "1. 培训职工300名。",
        "走访困难职工",
        "引用的话",
        "上一条：甲工会开展活动　下一条：乙工会开展活动",
    ]


@pytest.mark.parametrize("text", [PROSE, "# 话题\n正文", "甲 | 乙 | 丙\n----------\n正文", "2*3*4，[注](见下)"])
def test_what_is_no_markdown(text):
    assert not is_markdown(text)


def test_headings_and_tables_of_markdown_are_marked():
    text = "# 计划\n## 思想引领\n正文\n## 建功立业\n| 月份 | 活动 |\n|:--:|----|\n| 三月 | 讲座 |"
    lines = unmarked(lines_of(text))
    marks = [type(line.mark).__name__ for line in lines if line.text]
    assert marks == ["NoneType", "Heading", "NoneType", "Heading", "Row", "Row"]
    assert [cell.header for cell in lines[4].mark.cells] == [True, True]
