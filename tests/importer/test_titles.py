"""Titles printed whole, in pieces, behind a label, before the text, or not at all."""

import pytest

from importer.document import Document, lines_of
from importer.rules.page import scan
from importer.rules.titles import read_head

PROSE = "县总工会坚持以职工为中心,推进组织建设,扩大工会组织覆盖面,提升服务能力。"


def title(head):
    page = scan(Document(lines_of(f"{head}\n{PROSE}\n{PROSE}"), "utf-8", "text"))
    return read_head(page.items).title.value


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("阜宁县总工会\n2022年工作要点", "阜宁县总工会2022年工作要点"),
        ("阜宁县总工会关于拟推荐全省\n“工人先锋号”集体的公示", "阜宁县总工会关于拟推荐全省“工人先锋号”集体的公示"),
        ("县总工会举办“春风\n行动”招聘会", "县总工会举办“春风行动”招聘会"),
        (
            "一张清单解难题 一支队伍跑到底\n原标题：百名“娘家人”结对小微企业\n2019-03-05 来源：中工网",
            "百名“娘家人”结对小微企业",
        ),
        ("邻里  ·  便民热线  ·  议事厅  ·  微心愿", None),
        ("阜宁县总工会门户网站  政策文件库\n阜宁县总工会职工书屋管理办法", "阜宁县总工会职工书屋管理办法"),
        ("首页 | 教工动态 | 正文\n教育工会举办竞赛", "教育工会举办竞赛"),
    ],
)
def test_titles(head, want):
    assert title(head) == want


HEADLINE = "云台县总工会扎实推进劳动竞赛"
INFO = "发布时间：2021-03-05 来源：县总工会 作者：王小明 点击：123"


@pytest.mark.parametrize(
    "head",
    [
        "云台县总工会\n网站首页 组织机构 工会动态 通知公告\n当前位置：首页 > 工会动态\n{t}\n{i}",
        "{t}_工会动态_云台县总工会\n云台县总工会\n{t}\n{i}",
        "{t}-云台县总工会\n{t}\n{i}",
        "{t} - 工会动态 - 云台工会网\n{i}",
        "{t} | 云台工会网\n{i}",
        "云台工会网 - {t}\n{i}",
        "{i}\n{t}",
        "云台县总工会　网上办公　职工信箱\n{i}\n{t}",
        "首页\n工会动态\n正文\n{t}\n2021-03-05\n来源：县总工会",
        "标题：{t}\n{i}",
        "标　题：{t}\n{i}",
        "文章标题：{t} 发布时间：2021-03-05 来源：县总工会",
        "名称 {t}\n发布日期 2021-03-05\n{t}",
        "{t} 发布时间：2021-03-05 来源：县总工会",
        "【工会动态】{t}\n{i}",
        "[图文]{t}\n{i}",
        "{t}（图）\n{i}",
        "{t} [复制链接]\n{i}",
        "　　　　　　{t}\n　　　　{i}",
        "工会动态\n{t}\n原创 王小明 云台工会 2021-03-05 18:30",
        "{t}\n云台县总工会 云台工会e家\n2021年03月05日 18:30 陕西",
        "云台县职工之家\n劳动创造幸福\n{t}\n{i}",
        "情系职工 服务大局\n{t}\n{i}",
        "云台县总工会欢迎您！\n今天是2021年3月5日 星期五\n工会动态 GONGHUIDONGTAI\n{t}\n{i}",
        "YUNTAI FEDERATION OF TRADE UNIONS\n{t}\n{i}",
        "A2 要闻 2021年3月5日 星期五 责编：王小明\n{t}\n本报讯（记者 王小明）",
        "{t}\n发布人：admin\n发布时间：2021/3/5 8:30:00\n浏览次数：12",
        "{t}\n{t}\n{i}",
        "首页 >> 工会动态 >> {t}\n{t}\n{i}",
    ],
)
def test_a_headline_among_the_sites_words(head):
    assert title(head.format(t=HEADLINE, i=INFO)) == HEADLINE


@pytest.mark.parametrize("head", ["{t}\n{i}", "工会动态\n{t}\n2021-03-05 来源：县总工会", "{i}\n{t}", "{t}"])
@pytest.mark.parametrize(
    "asked",
    [
        "下班以后，他们为什么都往职工之家跑？",
        "中午十二点半，云台镇的缝纫女工去哪儿“充电”了？",
        "“五一”小长假，他们坚守岗位不打烊",
        "从“等服务”到“送服务”，云台工会这样做……",
        "快来报名！2021年云台职工技能大赛，等你来战！",
    ],
)
def test_a_headline_that_reads_as_a_sentence(head, asked):
    assert title(head.format(t=asked, i=INFO)) == asked


NOTICE = "关于印发《云台县总工会2021年工作要点》的通知"


@pytest.mark.parametrize(
    "head",
    [
        f"云台县总工会文件\n云工发〔2021〕3号\n{NOTICE}",
        f"云台县总工会办公室文件\n云工办发〔2021〕3号 签发人：王小明\n{NOTICE}",
        "关于印发《云台县总工会\n2021年工作要点》的通知",
        "关于印发\n《云台县总工会2021年工作要点》的通知",
        "关于印发《云台县总工会2021年工作要点》\n的通知",
        f"{INFO}\n云台县总工会文件\n云工发〔2021〕3号\n{NOTICE}",
    ],
)
def test_a_notice_under_its_letterhead(head):
    assert title(f"{head}\n各基层工会：") == NOTICE


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("云台县总工会\n二〇二一年工作要点\n（2021年3月5日）", "云台县总工会二〇二一年工作要点"),
        ("云台县总工会\n为环卫工建“歇脚屋”\n本报讯（记者 王小明）", "云台县总工会为环卫工建“歇脚屋”"),
        ("云台县总工会\n矿山里的“安全积分”\n本报讯（记者 王小明）", "矿山里的“安全积分”"),
        ("某公司工会2021年工作计划\n（征求意见稿）", "某公司工会2021年工作计划（征求意见稿）"),
        ("聚力新征程 建功新时代\n——公司工会明年工作思路", "聚力新征程 建功新时代——公司工会明年工作思路"),
        ("把难题变成课题\n——车间工会攻关见闻", "把难题变成课题"),
        ("2021年工会工作计划.doc\n上传人：某某 上传时间：2021-03-05\n2021年工会工作计划", "2021年工会工作计划"),
        ("工作计划", "工作计划"),
        ("云台工会网", None),
        (
            "涉縣河南店鎮(zhèn)總工會(huì)\n“五送”進企業 溫暖促發展\n來源：縣總工會 2020-03-05",
            "“五送”進企業 溫暖促發展",
        ),
        ("", None),
        (
            "　　为调动全县广大职工的积极性和创造性\n，确保全年任务完成，现将工作安排如下，请\n认真组织实施。",
            None,
        ),
    ],
)
def test_titles_in_pieces_and_none(head, want):
    assert title(head) == want


def test_a_title_in_front_of_the_text():
    assert title(f"首页 | 动态 | 正文\n县教育工会举办教学基本功竞赛　　{PROSE}") == "县教育工会举办教学基本功竞赛"


SPEECH = "在全县工会劳动竞赛推进会上的讲话"


@pytest.mark.parametrize(
    "speaker",
    [
        "县总工会主席 罗登科",
        "县总工会主席　钭晓处",
        "县委常委、县总工会主席 罗登科",
        "市总工会党组书记、常务副主席：贝 科",
        "(县总工会副主席 罗文局)",
        "局工会主席 XXX",
        "县教育工会主席 罗登科同志",
        "集团公司总经理 卓玛央宗",
    ],
)
@pytest.mark.parametrize("day", ["", "\n(2014年3月6日)", "\n2014年3月6日"])
def test_the_speaker_below_is_no_title(speaker, day):
    assert (
        title(f"{SPEECH}\n{speaker}{day}\n\n发布时间：2014-03-12 文章来源：县总办公室 阅读次数：407\n同志们：")
        == SPEECH
    )


@pytest.mark.parametrize("head", ["阜宁县总工会\n工会主席 走进直播间", "市总工会副主席 调研竞赛"])
def test_a_headline_may_begin_with_a_post(head):
    assert title(f"{head}\n{INFO}") == head.split("\n")[-1]


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("教育工会2016年工作计划 - 文库", "阜宁县教育工会2016年工作计划"),
        ("总工会2019年工作要点_范文网", "阜宁县总工会2019年工作要点"),
        ("女职工委员会2020年工作安排-某某文档", "XX集团工会女职工委员会2020年工作安排"),
    ],
)
def test_the_title_that_says_whose_paper_it_is(short, whole):
    assert title(f"{short}\n在线阅读 文档大小：28KB 上传者：jx 上传时间：2016-03-18 20:41\n{whole}") == whole


@pytest.mark.parametrize("between", ["", " ", "_", " | "])
@pytest.mark.parametrize("below", [" 【 发布日期：2021-03-05 】 【 作者：王小明 】 【关闭】", f"\n{INFO}"])
def test_a_title_printed_twice_in_one_line(between, below):
    assert title(f"{HEADLINE}{between}{HEADLINE}{below}") == HEADLINE


@pytest.mark.parametrize("path", ["首页-通知-正文", "当前位置：首页 > 通知公告 > 正文"])
def test_a_site_above_the_path_is_no_part_of_the_title(path):
    notice = "关于印发《云台县林业工会2016年工作安排》的通知"
    assert title(f"云台县林业工会\n{path}\n{notice}\n{INFO}\n各基层工会：") == notice


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_union_right_above_is_part_of_the_title(gap):
    rows = ["云台县林业工会", "关于印发2016年工作安排的通知", INFO, "各基层工会：", "现将安排印发给你们，请执行。"]
    assert title(gap.join(rows)) == rows[0] + rows[1]


def test_a_year_below_an_empty_line_wants_its_union():
    assert title(f"云台县林业工会\n\n2016年工作要点\n{INFO}\n一、抓学习") == "云台县林业工会2016年工作要点"
