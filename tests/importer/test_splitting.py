"""A page cut into its articles: markers, contents, two plans, newspaper pages; and pages that are one article."""

import pytest

from importer.document import Document, lines_of
from importer.proposal import propose
from importer.rules.page import scan
from importer.rules.splitting import split

PLAN = """为做好今年的工会工作，充分发挥工会组织的桥梁纽带作用，结合实际，制定计划如下：
一、加强学习
组织职工学习文化知识和业务技能，每月开展一次集中学习，提高职工综合素质。
二、做好服务
走访慰问困难职工20户，开展文体活动4次，切实为职工办实事、解难事。"""
SPEECH = f"各位领导、同志们：\n{PLAN}"
INTRO = "下面是小编为大家整理的工会工作计划，希望对大家有所帮助，欢迎阅读参考，一起来看看吧。"
NAMES = ["学校工会工作计划", "企业工会工作计划", "社区工会工作计划"]
ENTRIES = ["在培训班上的交流发言", "做职工信得过的娘家人", "让小工会释放大能量", "当好贴心人"]


def parts(text):
    return split(scan(Document(lines_of(text), "utf-8", "text")))


def titles(text):
    return [piece.title or piece.items[0].line.text for piece in parts(text).pieces]


def marked(marks, between=("", "", "")):
    pieces = (f"{mark}\n{title}\n{PLAN}" for mark, title in zip(marks, between, strict=True))
    return "\n".join(["工会工作计划三篇", INTRO, *pieces])


@pytest.mark.parametrize(
    "form", ["【篇{c}】{t}", "篇{i}：{t}", "第{c}篇：{t}", "第{i}篇 {t}", "范文{c}：{t}", "【篇{c}：{t}】"]
)
def test_markers_with_titles(form):
    marks = [form.format(i=i, c="一二三"[i - 1], t=name) for i, name in enumerate(NAMES, 1)]
    assert titles(marked(marks)) == NAMES


@pytest.mark.parametrize(
    "form",
    [
        "工会工作计划{i}",
        "工会工作计划 篇{i}",
        "工会工作计划{c}",
        "工会工作计划 第{i}篇",
        "工会工作计划（{c}）",
        "工会工作计划（篇{i}）",
        "工会工作计划：第{c}篇",
        "工会工作计划-{i}",
        "工会工作计划范文{i}",
        "篇{c}",
        "【篇{i}】",
        "第{c}篇",
    ],
)
def test_markers_alone_and_above_titles(form):
    marks = [form.format(i=i, c="一二三"[i - 1]) for i in (1, 2, 3)]
    assert titles(marked(marks)) == marks
    assert titles(marked(marks, NAMES)) == NAMES


SAID = ["在职工代表大会上的发言", "乡镇工会主席表态发言", "在技能竞赛开幕式上的致辞"]


@pytest.mark.parametrize("form", ["{c}、{t}", "（{c}）{t}", "{i}.{t}", "{i}、{t}"])
@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("工会发言稿（3篇合集）", ""),
        ("工会发言稿三篇", "（县总工会主席 王小明）\n"),
        ("工会发言材料", "尊敬的各位代表：\n"),
    ],
)
def test_papers_numbered_as_headings_are(title, below, form):
    marks = [form.format(i=i, c="一二三"[i - 1], t=said) for i, said in enumerate(SAID, 1)]
    assert titles("\n".join([title, INTRO, *(f"{mark}\n{below}{PLAN}" for mark in marks)])) == SAID


def test_headings_that_end_as_papers_do_are_of_one_plan():
    heads = "\n".join(
        f"{no}、{head}\n{PLAN[:60]}\n要抓好落实。"
        for no, head in zip("一二", ("落实工会改革方案", "做好职工培训计划"), strict=True)
    )
    assert len(parts(f"县总工会2020年工作计划\n{INTRO}\n{heads}").pieces) == 1


CONTENTS = [
    ("{i}、{t}........{p}", "{i}{t}"),
    ("{i}. {t}……{p}", "{i}. {t}"),
    ("{i}.{t} {p}", "{t}"),
    ("{c}、{t}……{p}", "{c}、{t}"),
    ("{t}…………{p}", "{t}"),
    ("第{c}篇 {t}……{p}", "第{c}篇 {t}"),
    ("（{c}）{t}……{p}", "（{c}）{t}"),
    ("{i}.{t}.{i}.{p}", "{i}.{t}"),
]


@pytest.mark.parametrize("bodies", [2, 3, 4])
@pytest.mark.parametrize(("entry", "heading"), CONTENTS)
def test_contents_are_matched_with_bodies(entry, heading, bodies):
    forms = [{"i": i, "t": title, "p": i * 4, "c": "一二三四"[i - 1]} for i, title in enumerate(ENTRIES, 1)]
    toc = [entry.format(**form) for form in forms]
    texts = [f"{heading.format(**form)}\n{SPEECH}" for form in forms[:bodies]]
    found = parts("\n".join(["交流发言材料汇编（4篇）", "目  录", *toc, *texts]))
    assert [piece.title for piece in found.pieces] == ENTRIES[:bodies]
    states = ["full"] * bodies + ["missing"] * (4 - bodies)
    assert found.contents == [(no, *row) for no, row in enumerate(zip(ENTRIES, states, strict=True), 1)]
    assert found.declared_count == 4


def test_a_cut_body_is_told():
    toc = [f"{i}、{title}……{i * 3}" for i, title in enumerate(ENTRIES, 1)]
    texts = [f"1、{ENTRIES[0]}\n{SPEECH}", f"2、{ENTRIES[1]}\n{SPEECH}", f"3、{ENTRIES[2]}\n同志们：我作交流发言，"]
    found = parts("\n".join(["交流发言材料汇编", "目录", *toc, *texts]))
    assert [state for _no, _title, state in found.contents] == ["full", "full", "truncated", "missing"]


def test_two_plans_in_one_file():
    text = f"太平镇工会2020年工作计划\n{PLAN}\n太平镇工会\n2020年3月1日\n桃映镇工会2020年工作要点\n{PLAN}\n桃映镇工会"
    assert titles(text) == ["太平镇工会2020年工作计划", "桃映镇工会2020年工作要点"]


def story(union):
    return (
        f"{union}近日开展送清凉活动，走访建筑、环卫、快递等行\n业一线职工，送去慰问品500份，受到职工欢迎。"
        "“工会的关心\n让我们很感动。”一位职工说。"
    )


HEADS = ["江汉区总工会暖心服务零距离", "硚口区总工会技能比武促提升", "武昌区总工会送法进企业"]
UNIONS = ["江汉区总工会", "硚口区总工会", "武昌区总工会"]
LEADS = ["\n□ 王小明　李大海\n", "\n本报讯（记者　赵明）", "\n\n5月4日，"]


def test_newspaper_by_bylines_leads_and_dates():
    text = "\n\n".join(head + lead + story(union) for head, lead, union in zip(HEADS, LEADS, UNIONS, strict=True))
    assert titles(text + "\n\n（周建国）") == HEADS


@pytest.mark.parametrize("gap", ["", "\n\n"])
def test_newspaper_by_credits(gap):
    names = ["王小明", "赵明 李四光", "周建国"]
    rows = (f"{head}\n{story(union)}{gap}（{name}）" for head, union, name in zip(HEADS, UNIONS, names, strict=True))
    assert titles("\n\n".join(rows)) == HEADS


def test_newspaper_by_reporters_lines_leads_places_and_credits():
    text = "\n\n".join(
        [
            f"一张旧船票牵出师徒情\n\n本报汉口讯　记者 王小明\n\n{story(UNIONS[0])}",
            f"硚口区总工会\n为工友建“夜校”\n\n本报讯 {story(UNIONS[1])}（李大海 周建国）",
            f"武昌区:劳动争议“联动”不出楼\n\n从立案到调解只用了一上午。{story(UNIONS[2])}\n\n通讯员 赵明 记者 李四光",
            f"汉阳区总工会为环卫工送“早餐券”\n\n本报讯 {story(UNIONS[0])}\n\n（周建国）",
        ]
    )
    assert titles(text) == [
        "一张旧船票牵出师徒情",
        "硚口区总工会为工友建“夜校”",
        "武昌区:劳动争议“联动”不出楼",
        "汉阳区总工会为环卫工送“早餐券”",
    ]


def test_cells_printed_line_by_line_are_no_reports():
    cells = "1\n工匠评选\n工匠30名，技师8名\n人力资源部\n全年\n2\n职工体检\n体检率100%，应检230人\n职工医院\n全年"
    assert len(parts(f"集团工会2024年任务分解表\n{PLAN}\n序号\n任务\n目标\n责任单位\n时限\n{cells}").pieces) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"江口县总工会2020年工作计划\n{PLAN}\n三、保障措施（一）\n加强组织领导。\n三、保障措施（二）\n加强督促检查。",
        f"{HEADS[0]}\n本报记者 王小明\n{story(UNIONS[0])}\n搭台唱戏\n{story('区总工会')}\n（通讯员 李大海）",
        f"{HEADS[0]}\n{story(UNIONS[0])}\n图为活动现场。（王小明 摄）\n{story('区总工会')}（李大海）",
        "职工服务手册\n目录\n一、入会指南……1\n二、帮扶救助……2\n一、入会指南\n职工入会需要填写申请表，经审核同意后发放会员证。\n"
        "二、帮扶救助\n困难职工可以申请生活救助、医疗救助和助学救助，由工会审核后发放。",
        f"关于印发工作要点的通知\n各基层工会：\n现将工作要点印发给你们，请结合实际认真贯彻落实。\n2020年3月1日\n2020年工作要点\n{PLAN}",
    ],
)
def test_one_article(text):
    assert len(parts(text).pieces) == 1


def test_a_piece_that_names_no_union_is_a_unions_like_the_others_of_its_collection():
    quiet = "我们班组有十二个人，谁家有事大家都去搭把手，谁过生日就煮一碗长寿面。进了这个门，就像回了家。"
    page = f"发言稿合集\n【篇一】当好职工的知心人\n{SPEECH}\n【篇二】让班组像个家\n{quiet}\n{quiet}"
    proposal = propose(page.encode(), "page.txt")
    assert [article.kind == "other" for article in proposal.articles] == [False, False]
    assert proposal.warnings == []


def test_what_is_missing_twice_is_told_once():
    contents = [f"第{i}篇：{name}" for i, name in enumerate([*NAMES, "园区工会服务计划"], 1)]
    bodies = "\n".join(f"第{i}篇：{name}\n{PLAN}" for i, name in enumerate(NAMES[:2], 1))
    page = "\n".join(["工会工作计划（精选4篇）", "目录", *contents, *contents[2:], INTRO, bodies])
    warnings = propose(page.encode(), "page.txt").warnings
    missing = [f"missing_body: {name}" for name in (NAMES[2], "园区工会服务计划")]
    assert [warning for warning in warnings if warning.startswith("missing")] == missing
