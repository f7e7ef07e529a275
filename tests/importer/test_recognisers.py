"""The small recognisers, each on the words it is for."""

import datetime

import pytest

from importer.document import Document, Line, fold, lines_of
from importer.rules.breadcrumbs import channel_of, read_breadcrumb
from importer.rules.bylines import real
from importer.rules.contents import by_contents
from importer.rules.dates import find_dates, iso
from importer.rules.furniture import is_noise, starts_tail
from importer.rules.kinds import read_kind
from importer.rules.labels import read_info_line
from importer.rules.neighbours import neighbour_title, read_neighbours
from importer.rules.page import scan
from importer.rules.paragraphs import join_lines
from importer.rules.persons import is_name, read_names, read_post_and_name
from importer.rules.plan_year import title_year


def info(text):
    line = read_info_line(Line(1, text))
    return line and [(label.field, label.value) for label in line.labels]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "来源: 时间: 作者:张三 编辑: 审核: 点击: 【字号:大 中 小】",
            [("source", ""), ("date", ""), ("author", "张三"), ("editor", ""), ("reviewer", ""), ("views", "")],
        ),
        (
            "发布时间：2019-03-05 08:44 来源：工人日报 浏览：123次 【打印】【关闭】",
            [("date", "2019-03-05 08:44"), ("source", "工人日报")],
        ),
        ("2019-03-05来源:中工网点击:123", [("date", "2019-03-05"), ("source", "中工网"), ("views", "123")]),
        ("作 者：李四　　来 源：市总", [("author", "李四"), ("source", "市总")]),
        ("新华网 2019-03-05", [("date", "2019-03-05"), ("source", "新华网")]),
        ("二〇一九年三月五日", [("date", "二〇一九年三月五日")]),
        ("工人日报 2015年04月10日 星期五 第3版", [("date", "2015年04月10日"), ("source", "工人日报")]),
        ("《江西工人报》2015-04-10 第03版：工会新闻", [("date", "2015-04-10"), ("source", "江西工人报")]),
        ("臺灣勞動報 2015年4月10日 星期五", [("date", "2015年4月10日"), ("source", "臺灣勞動報")]),
        ("本报 2015年4月10日在市工人文化宫举行颁奖", None),
        ("(责编:王五、李六)", [("editor", "王五、李六")]),
        ("文/张三 图/李四", [("author", "张三"), ("photo", "李四")]),
        ("原创 县总工会 县总工会 2023-06-08 17:30 发表于浙江", [("date", "2023-06-08 17:30"), ("source", "县总工会")]),
        ("會員:無 發布時間:2019-05-01 來源:工會報", [("clerk", "無"), ("date", "2019-05-01"), ("source", "工會報")]),
        ("一、资金来源:主要是会费、经费和政府补助三项。", None),
        ("会议指出,要抓好三项工作:一是组织建设;二是权益维护。", None),
        ("本报讯(记者 林海 通讯员 方小燕)昨日上午,区总工会召开年度", None),
    ],
)
def test_information_lines(text, labels):
    assert info(text) == labels


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2019-03-05 08:44:07", "2019-03-05T08:44:07+08:00"),
        ("2019年3月5日 星期二 08:44", "2019-03-05T08:44:00+08:00"),
        ("2019年3月5日下午3时05分", "2019-03-05T15:05:00+08:00"),
        ("2016.04.19", datetime.date(2016, 4, 19)),
        ("2019/3/5", datetime.date(2019, 3, 5)),
        ("05/03/2019", datetime.date(2019, 3, 5)),
        ("03-25-2019", datetime.date(2019, 3, 25)),
        ("20190305", datetime.date(2019, 3, 5)),
        ("二〇一九年十二月三十一日", datetime.date(2019, 12, 31)),
        ("二○二○年十月二十日", datetime.date(2020, 10, 20)),
        ("２０１９年３月５日", datetime.date(2019, 3, 5)),
        ("地址:人民路12号2019-03-05", None),
        ("2019-02-30", None),
        ("0515-88888888", None),
        ("2019年3月", None),
    ],
)
def test_dates(text, want):
    dates = find_dates(fold(text))
    if want is None and dates:  # a house number never eats into the date behind it
        want = datetime.date(2019, 3, 5)
    got = dates[0] if dates else None
    assert (iso(got) or got.day if got else None) == want


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("当前位置:首页 > 时政 > 要闻 >> 正文", ["首页", "时政", "要闻"]),
        ("您现在的位置：首页»工会动态»详细内容", ["首页", "工会动态"]),
        ("首页 -> 乡镇动态 -> 浏览文章", ["首页", "乡镇动态"]),
        ("首页 / 工作动态 / 正文", ["首页", "工作动态"]),
        ("您的位置: 首页 新闻中心 通知公告 正文", ["首页", "新闻中心", "通知公告"]),
        ("当前位置: 主页 > 基层动态 >", ["主页", "基层动态"]),
        ("中国工会新闻>>地方工会>>重庆", ["中国工会新闻", "地方工会", "重庆"]),
        ("首页>动态>县总工会召开第十五届委员会第三次全体会议", ["首页", "动态"]),
        ("网站首页 | 机构概况 | 工会新闻 | 通知公告", None),
        ("首页 工会概况 工会要闻 通知公告", None),
        ("位置优越,交通便利", None),
    ],
)
def test_breadcrumbs(text, channel):
    parts = read_breadcrumb(Line(1, text))
    assert (parts and channel_of(parts, "别的标题")) == channel


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("上一篇:甲文 下一篇:没有了", {"prev": "甲文", "next": None}),
        ("下一条：已经是最后一条", {"next": None}),
        ("【上一篇】春风行动", {"prev": "春风行动"}),
        ("下一篇:乙文 2019-01-05", {"next": "乙文"}),
        ("上一篇文章讲到工会的作用", None),
    ],
)
def test_neighbours(text, want):
    got = read_neighbours(Line(1, text))
    assert (got and {side: neighbour_title(value) for side, value in got.items()}) == want


NOISE = [
    "-",
    "***",
    "欢迎访问县总工会网站！",
    "今天是2020年3月2日 星期一",
    "当前访问量:",
    "【打印本页】【关闭窗口】",
    "【字号：大 中 小】",
    "分享到： 微信 新浪微博",
    "第 1 页 共 9 页",
]
NOISE += [
    "Copyright © 2019 县总工会",
    "浙ICP备05012345号",
    "微信扫码分享",
    "221381",
    "0%",
    "(0)",
    "var a = 1;",
    ".content { color: red }",
    "img_01.jpg",
    "以下是小编为大家整理的范文，仅供参考",
]
NOISE += ["网友评论（0条） 登录 | 注册", "首页 工会概况 通知公告", "😀😀", "点击蓝字 关注我们", "&nbsp;"]
TEXT = [
    "县总工会召开会议",
    "一、加强组织建设",
    "打印店职工入会",
    "同志们：",
    "2019年3月5日",
    "职工之家",
    "分享会在职工活动中心举行。",
    "张三 李四",
    "图书漂流活动",
]


@pytest.mark.parametrize("text", NOISE)
def test_furniture(text):
    assert is_noise(Line(1, text))


@pytest.mark.parametrize("text", TEXT)
def test_no_furniture(text):
    assert not is_noise(Line(1, text))
    assert not starts_tail(Line(1, text))


@pytest.mark.parametrize(
    "text", ["相关新闻", "【相关阅读】", "精选图文", "热门文章：", "【工会工作计划范文合集5篇】相关文章：", "猜你喜欢"]
)
def test_tails(text):
    assert starts_tail(Line(1, text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三 李四光", ["张三", "李四光"]),
        ("本报记者 周涛 通讯员 郝丽", ["周涛", "郝丽"]),
        ("记者周涛 通讯员郝丽、王小明", ["周涛", "郝丽", "王小明"]),
        ("王　明", ["王　明"[0] + "明"]),
        ("欧阳建国、阿不都·热合曼", ["欧阳建国", "阿不都·热合曼"]),
        ("陳志明", ["陳志明"]),
        ("县总工会", []),
        ("工人日报", []),
        ("安全生产", []),
        ("办公室", []),
        ("同心 协力", []),
    ],
)
def test_names(text, names):
    assert read_names(text) == names


def test_posts():
    assert read_post_and_name("区人大常委会副主任、总工会主席 张建国") == ("区人大常委会副主任、总工会主席", "张建国")
    assert read_post_and_name("区总工会主席张建国") == ("区总工会主席", "张建国")
    assert read_post_and_name("县总工会 张建国") is None
    assert not is_name("主席")


@pytest.mark.parametrize(
    "value", ["未知", "admin", "超级管理员", "本站", "[db:作者]", "{$author}", "佚名", "", "-", "xx", "网络", None]
)
def test_placeholders(value):
    assert real(value) is None


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("县总工会2019年工作要点", 2019),
        ("2019总结及2020计划", 2020),
        ("2018年工作总结和2019年工作打算", 2019),
        ("二〇二〇年工作要点", 2020),
        ("2018-2019学年第一学期工会工作计划", 2018),
        ("2018-2019学年第二学期工会工作计划", 2019),
        ("2021—2025年工会事业发展规划", 2021),
        ("20xx年工会工作计划", None),
        ("201*年工会工作计划", None),
        ("XX年工会工作计划", None),
        ("工会工作计划", None),
    ],
)
def test_title_years(title, year):
    assert title_year(fold(title)) == year


def test_columns_are_rejoined():
    lines = lines_of(
        "该市总工会主动服\n\n务大局,围绕中心。\n\n突出改革 做好工作\n\n“工会是职工的娘家,服务职工群\n\n众的能力。”"
    )
    blocks = join_lines([line for line in lines if line.text])
    assert [(block.text, block.starts) for block in blocks][-1] == (
        "“工会是职工的娘家,服务职工群众的能力。”",
        ((0, 7), (15, 9)),
    )


def test_headings_are_not_joined():
    lines = lines_of(
        "一、加强组织建设\n坚持党建带工建。\n(二)开展职工经济技术创新活动,团结动员广大职工为全面建成小康社会建功立业\n各级工会要行动起来。"
    )
    assert len(join_lines(lines)) == 4


def kept(text):
    return [item.line.text for item in scan(Document(lines_of(text), "utf-8", "text")).items if item.role == "text"]


PROSE = "县总工会坚持以职工为中心,推进组织建设,扩大工会组织覆盖面,提升服务能力。"


@pytest.mark.parametrize(
    "torn", ["建会率达到100\n%。", "发展会员\n300\n名", "建会率\n95%\n经费(元)\n300000", "全面建会\n。"]
)
def test_figures_of_a_torn_sentence_are_text(torn):
    assert kept(f"{PROSE}\n{torn}\n{PROSE}") == [PROSE, *torn.split("\n"), PROSE]


def test_figures_beside_a_sentence_are_furniture():
    assert kept(f"{PROSE}\n221381\n-\n95%\n{PROSE}\n3\n***") == [PROSE, PROSE]


def test_a_torn_full_stop_is_joined():
    lines = lines_of("建会率达到100\n%。\n做好服务工作。")
    assert [block.text for block in join_lines(lines)] == ["建会率达到100%。", "做好服务工作。"]


CONTACT = "联系电话：0532-1234567，邮箱：gonghui@example.org"


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n{CONTACT}\n{PROSE}",
        f"{PROSE}\n{CONTACT}",
        f"{PROSE}\n监督电话：12345\n{CONTACT}\n县总工会\n2019年3月5日",
    ],
)
def test_a_notices_contact_is_text(text):
    assert kept(text) == text.split("\n")


@pytest.mark.parametrize(
    "footer", [f"县总工会\n2019年3月5日\n{CONTACT}", "地址：人民路1号 邮编：266000 电话：0532-1234567"]
)
def test_a_sites_contact_is_furniture(footer):
    assert kept(f"{PROSE}\n{footer}") == [PROSE, *footer.split("\n")[:-1]]
    assert kept(f"{PROSE}\n{CONTACT}\n版权所有 县总工会") == [PROSE]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于举办全县职工羽毛球比赛的通知", "notice"),
        ("县总工会关于组织开展金秋助学活动的公告", "notice"),
        ("县总工会关于表彰2019年度先进集体的决定", "document"),
        ("中共县委组织部 县总工会关于学习贯彻重要讲话精神的实施意见", "document"),
        ("关于开展职工技能竞赛的实施方案", "document"),
        ("市总工会印发关于开展职工技能竞赛的方案", "news"),
        ("县总工会召开关于劳动竞赛的部署会", "news"),
        ("县总工会第十五届委员会第三次全体会议公报", "document"),
        ("县总工会十五届三次全体会议举行", "news"),
        ("基层工会工作的几点体会", "speech"),
    ],
)
def test_kinds(title, kind):
    assert read_kind(title, [Line(2, "近日,县总工会有关负责人介绍了情况。")]).value == kind


def pieces(entries):
    """The titles of the pieces of a page with these entries in its contents and as headings of the text."""
    text = "\n".join(["工会工作材料", "目录", *entries, *(f"{entry}\n{PROSE}\n{PROSE}" for entry in entries)])
    found = by_contents(scan(Document(lines_of(text), "utf-8", "text")).items)
    return found and [piece.title for piece in found.pieces]


def test_articles_with_numbers_are_pieces():
    entries = ["一、学校工会2019年工作计划", "二、企业工会工作总结", "三、女职工活动计划"]
    assert pieces(entries) == [entry[2:] for entry in entries]


def test_chapters_are_no_pieces():
    assert pieces(["一、加强组织建设", "二、维护职工权益", "三、做好年度工作总结"]) is None
