"""Pages of several pieces as bulletins, newspapers and collections print them, with and without a list of titles."""

import pytest

from tests.importer.output_schema import read

TITLES = ["青山区总工会：路口就是诉求场", "城南街道总工会组织“月光接线”比武", "北湖镇总工会为候鸟职工点亮一盏灯"]
TEXTS = [
    "工人们三点下班，六点歇脚，青山区总工会就把桌子摆到路口，歇脚时分大家坐下说话。\n三个月里，路口收集诉求96条，最小的一条是借一只水桶，当天解决，大家拍手叫好。",
    "11月12日凌晨，城南街道总工会组织接线比武，四十八名电工同场竞技，比准头、比速度。\n比武冠军干了三十一年，有人问他诀窍，他说线也怕疼，下手要跟它商量。",
    "每到冬天，回来过冬的退休职工多了起来，北湖镇总工会腾出老招待所三间房，挂一盏灯。\n志愿者今年二十二岁，她说教会一位爷爷视频，他儿子在远方哭了，灯下还有一本留言簿。",
]
NAMES = ["符秋月", "黄大江 王川", "汲舟"]
PLAN_TITLES = ["学校工会2021年工作计划", "公司工会2021年工作计划", "社区工会2021年工作计划"]
PLANS = [
    "2021年，学校工会将围绕中心，服务教职工，制定计划如下。\n一、抓组织\n完善教代会制度，征集提案不少于30件。\n二、抓服务\n慰问困难职工20户，开展文体活动4次。",
    "为做好新一年工会工作，公司工会制定如下计划。\n一、竞赛提质\n开展劳动竞赛2次，评选岗位能手30名。\n二、关爱入微\n职工体检率达到100%，建成职工书屋3个。",
    "社区工会坚持眼睛向下，重点抓好以下工作。\n一、把人找齐\n新建工会小组12个，发展会员260名以上。\n二、把家安好\n改造社区职工之家1处，每周开放不少于5天。",
]
BULLETIN = "青山工会简报\n第9期\n青山区总工会办公室编　　2020年11月30日\n"
FOOT = "\n报：市总工会、区委\n发：各街道总工会　　　　（共印120份）\n责任编辑：李红"
PAPER = "青山工人报\n2022年03月17日 星期四\n第A3版：基层工会\n"


def articles(page):
    return read(f"{page}\n".encode(), "page.txt")["articles"]


def rows(form, separator="\n", titles=TITLES, texts=TEXTS):
    filled = zip("一二三", titles, texts, NAMES, strict=True)
    return separator.join(
        form.format(t=title, b=text, n=name, c=char, i=index)
        for index, (char, title, text, name) in enumerate(filled, 1)
    )


def check(page, begins=TEXTS):
    read_off = articles(page)
    assert [article["title"].strip("◆ 【】") for article in read_off] == TITLES
    assert [article["author"] for article in read_off] == NAMES
    assert all(text[:9] in article["body"][:40] for article, text in zip(read_off, begins, strict=True))
    return read_off


@pytest.mark.parametrize(
    "heading",
    ["本期要目", "目 录", "【本期导读】", "本期目录：", "目  次", "内容提要", "本期内容", "要闻导读", "栏目导读"],
)
def test_headings_of_lists(heading):
    read_off = check(f"{BULLETIN}{heading}\n{rows('◆{t}')}\n{rows('{t}\n{b}\n（{n}）')}{FOOT}")
    assert {article["published_on"] for article in read_off} == {"2020-11-30"}
    assert {article["editor"] for article in read_off} == {"李红"}
    assert not any("市总工会、区委" in article["body"] or "共印" in article["body"] for article in read_off)


@pytest.mark.parametrize(
    "entry",
    [
        "·{t}",
        "{i}.{t}",
        "{i}、{t}",
        "（{i}）{t}",
        "{t}……{i}",
        "{t}（{i}）",
        "★ {t}",
        "●{t}",
        "▲{t}",
        " {t}  ({n})",
        "{c}、{t}",
    ],
)
def test_entries_of_lists(entry):
    check(f"{BULLETIN}本期要目\n{rows(entry)}\n{rows('{t}\n{b}\n（供稿：{n}）')}")


@pytest.mark.parametrize(
    "form",
    [
        "{t}\n{b}（{n}）",
        "{t}\n{b}\n（{n}）",
        "{t}\n{b}\n（青山区总工会 {n}）",
        "◆ {t}\n{b}\n（{n}）",
        "【{t}】\n{b}\n（{n}）",
    ],
)
def test_bulletins_without_a_list(form):
    check(f"{BULLETIN}{rows(form, '\n\n')}")


def test_a_list_without_a_heading():
    check(f"{BULLETIN}{rows('◆{t}')}\n\n{rows('{t}\n{b}\n（{n}）', '\n\n')}")


@pytest.mark.parametrize(
    "form",
    [
        "{t}\n本报讯（记者 {n}）{b}",
        "{t}\n□ 本报记者 {n}\n{b}",
        "{t}\n通讯员 {n}\n{b}",
        "{t}\n文/图 {n}\n{b}",
        "{t}\n{b}（{n}）",
    ],
)
@pytest.mark.parametrize("listed", ["", "本版标题导航\n"])
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_newspapers(form, listed, separator):
    listed = f"{listed}{rows('· {t}')}\n\n" if listed else ""
    read_off = check(f"{PAPER}{listed}{rows(form, separator)}")
    assert {(article["published_on"], article["source"]) for article in read_off} == {("2022-03-17", "青山工人报")}


def test_a_rubric_and_a_kicker_stand_with_the_report_below_and_an_essay_is_the_unions_too():
    essay = "工会干部下车间，最怕一句话：你上回也是这么说的。\n说出口的话要算数，先要少说，办不到的不说。"
    listed = f"{rows('· {t}')}\n· 说出口的话要算数\n\n"
    reports = rows("{t}\n本报讯（记者 {n}）{b}", "\n\n")
    page = f"{PAPER}本版标题导航\n{listed}暖心故事\n{reports}\n\n漫说工会\n说出口的话要算数\n□ 章亦农\n{essay}"
    last = articles(page)[-1]
    assert (last["title"], last["author"], last["body"]) == ("说出口的话要算数", "章亦农", essay)
    assert last["kind"] != "other"
    assert not any("漫说工会" in article["body"] for article in articles(page))


@pytest.mark.parametrize(
    "form",
    [
        "【篇{c}】{t}",
        "第{c}篇　{t}",
        "范文{i}\n{t}",
        "({i}) {t}",
        "{i}、{t}",
        "{t}（篇{c}）",
        "{t}【{i}】",
        "{t} 第{i}篇",
        "★{t}",
        "《{t}》",
        "【{t}】",
        "{t}",
    ],
)
def test_collections(form):
    page = f"工会工作计划范文三篇\n发布时间：2021-01-02\n{rows(form + '\n{b}', titles=PLAN_TITLES, texts=PLANS)}"
    read_off = articles(page)
    assert [article["title"].strip("★《》【】") for article in read_off] == PLAN_TITLES
    assert all(article["body"].startswith(text[:9]) for article, text in zip(read_off, PLANS, strict=True))


@pytest.mark.parametrize(
    "between",
    ["第一部分 2020年工作总结\n{0}\n第二部分 2021年工作计划\n{1}", "{0}\n附：工作安排表\n三月：读书\n四月：踏青"],
)
def test_one_paper_stays_whole(between):
    page = f"青山区总工会2020年工作总结和2021年工作计划\n发布时间：2021-01-02\n{between.format(*PLANS)}"
    assert len(articles(page)) == 1


def test_terms_under_a_common_title():
    names = ["学校工会2020—2021学年第一学期工作计划", "学校工会2020—2021学年第二学期工作计划"]
    page = (
        f"2020—2021学年工会工作计划（上下学期）\n发布时间：2020-09-02\n{names[0]}\n{PLANS[0]}\n{names[1]}\n{PLANS[2]}"
    )
    assert [article["title"] for article in articles(page)] == names


def test_a_list_whose_entries_bear_the_marks_of_the_pieces():
    listed = "".join(f"【篇{number}】{title}\n" for number, title in zip("一二三", PLAN_TITLES, strict=True))
    pieces = "\n".join(f"【篇{n}】{title}\n{text}" for n, title, text in zip("一二三", PLAN_TITLES, PLANS, strict=True))
    found = articles(f"2021年工会工作计划范文（精选三篇）\n目录\n{listed}{pieces}\n")
    assert [article["title"] for article in found] == PLAN_TITLES
