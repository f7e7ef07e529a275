"""The target grammar: the seeds' quantities, the same with other numbers, widths and years, and sentences of plans."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.grammar.outline import Paragraph
from plans.grammar.reading import read_plan
from plans.grammar.targets import read_targets
from tests.plans.gold import ARTICLES, NAMES, TO_CORNER, TO_STRAIGHT, TO_WIDE_PUNCTUATION, changed, in_chinese

KINDS = {"recurring_target": "recurring", "implied_target": "implied", "placeholder_target": "placeholder"}
NEVER = {"period", "threshold", "context", "anecdotal"}


def year_of(article):
    return article["plan_year"] if isinstance(article["plan_year"], int) else None


def gold_rows(article, change=lambda text: text):
    """Core rows that must be printed, and all that may be: number, unit, comparator, kind, sentence."""
    must, may = [], []
    for quantity in article["quantities"]:
        if quantity["kind"] in NEVER:
            continue
        number = None if quantity["value"] is None else Decimal(str(quantity["value"]))
        kind = KINDS.get(quantity["kind"], quantity["kind"])
        row = (number, quantity["unit"], quantity["comparator"], kind, change(quantity["sentence"]))
        may.append(row)
        must += [row] if quantity["core"] else []
    return must, may


def found_rows(found, plan_year):
    read = read_targets(found, plan_year=plan_year)
    return [(row.number, row.unit, row.comparator, row.kind, row.sentence) for row in read]


def assert_gold(found, plan_year, must, may):
    rows = found_rows(found, plan_year)
    assert [row for row in must if row not in rows] == []
    assert [row for row in rows if row not in may] == []


@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_targets(seed, article, found):
    assert_gold(found, year_of(article), *gold_rows(article))


@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_target_lines(seed, article, found):
    lines = {(row["sentence"], row["line"]) for row in article["quantities"]}
    assert {(row.sentence, row.line) for row in read_targets(found)} <= lines


@pytest.mark.parametrize(
    "table", [TO_WIDE_PUNCTUATION, TO_STRAIGHT, TO_CORNER], ids=["full-width", "straight", "corner"]
)
@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_targets_in_other_widths(seed, article, found, table):
    def swap(text):
        return text.translate(table)

    assert_gold(changed(found, swap), year_of(article), *gold_rows(article, swap))


@pytest.mark.parametrize("shift", [-9, 7])
@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_targets_of_another_year(seed, article, found, shift):
    def swap(text):
        return re.sub(r"20\d\d(?=年)", lambda match: str(int(match[0]) + shift), text)

    year = year_of(article)
    assert_gold(changed(found, swap), year and year + shift, *gold_rows(article, swap))


def in_myriads(number):
    return f"{number // 10_000}万" if number % 10_000 == 0 else f"{number / 10_000:g}万"


WRITINGS = {
    "figures": (str, [2, 37, 480, 12345]),
    "thousands": (lambda number: f"{number:,}", [1200, 12345, 1234567]),
    "full-width": (
        lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        [7, 64, 3500],
    ),
    "chinese": (in_chinese, [12, 20, 101, 350, 1005, 20000]),
    "myriads": (in_myriads, [10_000, 35_000, 120_000]),
}


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_targets_with_other_numbers(seed, article, found, writing):
    """Every core figure of the seeds, written otherwise: the same rows with the other number."""
    write, numbers = WRITINGS[writing]
    rows = [
        row for row in article["quantities"] if row["core"] and row["value"] and row["unit"] not in ("%", "万元", "元")
    ]
    figures = {(row["value_text"].removesuffix(row["unit"]), row["unit"]): row for row in rows}
    written = "|".join(f"{re.escape(figure)}(?={unit})" for figure, unit in figures)
    for number in numbers if rows else ():

        def swap(text, number=number):
            return re.sub(rf"(?<![\d第])(?:{written})", write(number), text)

        want = [
            (
                Decimal(number),
                row["unit"],
                row["comparator"],
                KINDS.get(row["kind"], row["kind"]),
                swap(row["sentence"]),
            )
            for row in rows
        ]
        swapped = [Paragraph(paragraph.line, swap(paragraph.text)) for paragraph in found]
        printed = found_rows(swapped, year_of(article))
        assert [row for row in want if row not in printed] == []
        assert len(printed) <= len(article["quantities"])


@pytest.mark.parametrize("placeholder", ["xx", "××", "XX", "**", "ＸＸ", "x"])
def test_placeholders(placeholder):
    found = read_targets([Paragraph(1, f"确立“突击一个月,建会{placeholder}家”的工作目标,同步做好规范工作。")])
    assert [(row.number, row.unit, row.kind, row.period) for row in found] == [
        (None, "家", "placeholder", "突击一个月")
    ]


# A sentence, then what it holds: kind letter (none target, R recurring, A achieved, S standard, I implied,
# P placeholder), number, unit, comparator.
SENTENCES = """
全年新建基层工会120家以上，发展会员1.2万名，其中农民工会员不少于8000人。 | 120家>= 12000名= 8000人>=
规模以上企业建会率达到95%以上，职工入会率达到90％以上。 | 95%>= 90%>=
25人以上企业建会率达到100%。 | 100%=
对100人以上的非公企业，建会率保持在98%以上。 | 98%>=
培育选树区级以上劳模创新工作室5个、职工创新工作室10个，评选“金牛工匠”10名。 | 5个= 10个= 10名=
力争全年创建市级“优秀工人先锋号”1个，培育县级“工人先锋号”2个。 | 1个= 2个=
打造20家劳模和工匠人才创新工作室、2家区级工匠学院。 | 20家= 2家=
各级工会要确保每季度至少开展一次集体协商指导，每年举办两期培训班。 | R1次>= R2期=
筹集送温暖资金不少于50万元，走访慰问困难职工500户。 | 50万元>= 500户=
计划筹集资金1.5亿元以上。 | 1.5亿元>=
投入资金200余万元，慰问一线职工3000余名。 | A200万元> A3000名>
5月10日，市总工会举行启动仪式，200余名职工代表参加，发放宣传资料500份。 | A200名> A500份=
截至目前，全区共有基层工会287个，涵盖单位695家，建会率100%。 | A287个= A695家= A100%=
计划举办职工运动会一场，组织联谊活动4场次，参与职工1000人次以上。 | 1场= 4场次= 1000人次>=
新建户外劳动者爱心驿站不少于三十个，妈咪小屋10间。 | 30个>= 10间=
完成困难职工解困八百户。 | 800户=
坚持四个自信，做到两个维护，落实三项制度，突出五个重点。 |
第十七届三次全委会议、工会十八大精神、“十四五”规划、二十大报告。 |
2023年3月8日上午9点，会期2天，联系电话0532-82345678，邮编266000。 |
全市12个区市总工会要高度重视，认真落实。 |
为50周岁以上职工办理。 |
积极参与“百企千岗万人”招聘活动，开展“一企一品”创建。 |
继续实施“1+3+N”工作模式，推广“12351”服务热线。 |
给予每户困难职工2000元救助，每人每天补助100元。 | S2000元= S100元=
困难职工子女助学每人3000元至5000元不等。 |
集体合同签订率、履约率分别达到90%和95%以上。 | 90%= 95%>=
将事故率控制在1%以内，投诉率不超过2‰。 | 1%<= 2‰<=
举办各类讲座3-5期，惠及职工约2000人。 | 3期>= 2000人~
帮扶××户困难职工，新建会员××名，举办培训班XX期。 | P户 P名 P期
要建立健全一支队伍、一套制度，形成一个良好氛围。 |
打造全市首家新就业形态劳动者联合工会。 | I1家=
第一，要提高认识；第二，要加强领导。 |
百分之九十以上的企业建立职代会制度，力争使80%的企业职工满意。 | 90%>= 80%=
新增工会会员５０００名，新建职工服务站点２０个。 | 5000名= 20个=
争取上级资金1,200万元，完成12,000平方米文化宫改造。 | 1200万元= 12000平方米=
去年，我区新建工会56家。今年，计划新建工会60家。 | A56家= 60家=
每个街道至少建成2个标准化职工之家，每个社区1个。 | 2个>= 1个=
打造“半小时服务圈”，24小时全天候服务。 |
工资集体协商建制率动态保持在百分之九十五以上。 | 95%>=
全县拥有职工3.2万人，会员2.9万人。 | A32000人= A29000人=
近年来，共培训职工1.5万人次，帮扶困难职工3000多户次。 | A15000人次= A3000户次>
建立5A级职工服务中心，创建3星级工会。 |
推动10家企业开展“能级工资”试点，每家企业补助1万元。 | 10家= S1万元=
召开会议3次以上，形成调研报告5篇，在省级以上媒体发稿20篇（条）以上。 | 3次>= 5篇= 20篇>=
“我们计划今年再建10个站点。”该区总工会主席李明说。 |
扎实推进“1234”工程，开展“双百行动”。 |
开展百场宣讲进企业活动。 |
力争2025年底前，全省培育100家产改试点企业，带动1000家企业。 | 100家= 1000家=
本次活动为期3个月，分三个阶段进行。 |
每年评选表彰10名“最美职工”、5个先进集体。 | R10名= R5个=
三年内培养高技能人才5万名。 | 50000名=
为了提高入会率，新建工会30家。 | 30家=
推动已建立工会的企业100%建立职代会制度。 | 100%=
召开产改现场推进会2次。 | 2次=
力争获得省级以上表彰3项。 | 3项=
截止到10月底，街道总工会提前完成今年建会144家的目标。 | A144家=
为一线职工办好十件实事。 | 10件=
开展五项重点工作，抓好八个方面内容。 |
每两个月召开一次例会。 | R1次=
拟投入50—80万元建设职工书屋。 | 50万元>=
根据《工会法》第十条规定，企业会员25人以上的，应当建立基层工会委员会。 |
一季度完成30%，二季度完成60%。 | 30%= 60%=
组织疗休养不超过200人次，每人补贴不超过1500元。 | 200人次<= S1500元<=
成立3个多月来，开展活动15场次。 | A15场次=
建会和集体合同签订实现全覆盖。 | I100%=
医疗互助宣传全面展开，服务全覆盖。 |
参保人数突破2万人。 | 20000人>
力争互助保障参保人数突破2万人，覆盖全市80%的企业。 | 20000人> 80%=
截至目前，参保人数突破2万人，已覆盖全市80%的企业。 | A20000人> A80%=
会员占全市80%的企业，全市80%的职工。 |
勞模創新工作室達到60個以上，培訓職工1萬人次。 | 60個>= 10000人次=
"""
CASES = [line.split("|") for line in SENTENCES.strip().splitlines()]
LETTERS = {"target": "", "recurring": "R", "achieved": "A", "standard": "S", "implied": "I", "placeholder": "P"}


def brief(row):
    number = "" if row.number is None else format(row.number.normalize(), "f")
    return f"{LETTERS[row.kind]}{number}{row.unit}{'' if row.number is None else row.comparator}"


@pytest.mark.parametrize(("sentence", "want"), CASES, ids=[sentence[:14] for sentence, _ in CASES])
def test_sentence(sentence, want):
    found = read_targets([Paragraph(1, sentence.strip())], plan_year=2023)
    assert [brief(row) for row in found] == want.replace("個", "个").split()


def test_section_of_a_report_looks_back():
    lines = ["一、2022年工作总结", "新建工会56家,培训职工800人。", "二、2023年工作计划", "新建工会60家,培训职工900人。"]
    found = read_targets([Paragraph(number, line) for number, line in enumerate(lines, 1)], plan_year=2023)
    assert [brief(row) for row in found] == ["A56家=", "A800人=", "60家=", "900人="]


@pytest.mark.parametrize(
    ("heading", "want"),
    [
        ("一、上半年主要工作", ["A56家=", "A800人="]),
        ("一、2023年上半年工会工作", ["A56家=", "A800人="]),
        ("一、上半年总结", ["A56家=", "A800人="]),
        ("一、上半年工作计划", ["56家=", "800人="]),
        ("一、上半年主要工作安排", ["56家=", "800人="]),
        ("一、工作安排(上半年主要工作)", ["56家=", "800人="]),
    ],
)
def test_half_a_year_under_a_heading_is_over_unless_it_is_planned(heading, want):
    lines = [heading, "新建工会56家,培训职工800人。", "二、下半年工作打算", "新建工会60家,培训职工900人。"]
    found = read_targets([Paragraph(number, line) for number, line in enumerate(lines, 1)], plan_year=2023)
    assert [brief(row) for row in found] == [*want, "60家=", "900人="]


def test_words_that_go_with_a_number():
    text = "年内力争创建“区基层示范工会”50个,争创市级以上“模范职工之家”10个;每年招收职工学员100名。"
    found = read_targets([Paragraph(3, text)], plan_year=2017)
    assert [(row.object, row.modality, row.period) for row in found] == [
        ("“区基层示范工会”", "力争", "年内"),
        ("市级以上“模范职工之家”", "争创", "年内"),
        ("职工学员", None, "每年"),
    ]


FIGURES = "3 10 1.5 1,000 １２ 十 两 三十 百 xx 万 亿 余 多 名 家 个 % 元 场次 年 月 第 首家 以上 左右 百分之 - 至"
WORDS = "力争 不少于 已 共 每年 新建 培训 全额补助 职工 企业 “ ” 《 》 ( ) 。 ， , ; !"
PIECES = st.sampled_from([*FIGURES.split(), *WORDS.split(), '"'])
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@given(st.lists(TEXTS, max_size=4), st.none() | st.integers(1990, 2100))
def test_spans_and_words_stand_in_the_text(texts, year):
    found = [Paragraph(number, text) for number, text in enumerate(texts, 1)]
    read = read_targets(found, plan_year=year)
    assert read == read_targets(found, plan_year=year)
    for row in read:
        assert found[row.paragraph].text[row.start : row.end] == row.sentence
        assert row.object in row.sentence
        assert row.sentence == row.sentence.strip()
        assert row.sentence[-1] not in ";；"
        assert row.comparator in (">=", "<=", ">", "<", "=", "~")
        assert row.kind in LETTERS


@pytest.mark.parametrize(
    "piece", ["1", "一", "x", "“", "“”", "1,000", "不少于", "3-", "新建3家,", "全年新建职工之家120家以上,"]
)
def test_long_paragraphs_are_read_quickly(piece):
    """100 KB of UTF-8 text; the bound is wide for slow machines, a quadratic rule would pass it many times over."""
    text = (piece * 100_000)[:33_000]
    started = time.process_time()
    read_targets([Paragraph(1, text)])
    assert time.process_time() - started < 5


def test_the_name_of_a_programme_tells_no_tense():
    for words in ("深化“村企共建”工作试点,", '深化"村企共建"工作试点,', "深化村企共建工作试点,"):
        found = read_targets([Paragraph(1, f"{words}建好全市第一家村企联合基层工会,新建20家。")])
        assert [(target.number, target.unit, target.kind) for target in found] == [
            (1, "家", "implied"),
            (20, "家", "target"),
        ]


def test_what_is_counted_stands_before_a_number_that_ends_a_quotation():
    for opening, closing in ("“”", '""'):
        sentence = f"确立{opening}突击一个月,建会xx家{closing}的工作目标,简化建会方式。"
        assert [target.object for target in read_targets([Paragraph(1, sentence)])] == ["建会"]


@pytest.mark.parametrize(
    "sentence",
    [
        "筹集资金12345678901234567890123元。",
        "新建工会99999999999999999999亿家。",
        "新建工会10000亿家。",
        "新建工会" + "9" * 5000 + "家。",
        "新建工会" + "九" * 5000 + "家。",
        "新建工会" + "亿" * 5000 + "家。",
        "满意率达到95.12345%。",
    ],
    ids=lambda sentence: sentence[:16],
)
def test_numbers_too_long_to_be_counts(sentence):
    assert read_targets([Paragraph(1, sentence)]) == []


def test_the_largest_and_the_finest_numbers():
    found = read_targets([Paragraph(1, "发展会员999999999999名,满意率达到95.1234%,筹集资金1.23456万元以上。")])
    assert [brief(row) for row in found] == ["999999999999名=", "95.1234%="]


@pytest.mark.parametrize("item", ["新建工会100家，", "新建工会100家、", "新建工会100家 ", "新建工会100家"])
def test_a_list_without_an_end_is_quoted_in_pieces(item):
    """As many numbers in one sentence as a page may hold: time and output grow with the text, not with its square."""
    text = "今年" + item * 9000
    started = time.process_time()
    found = read_plan(text, 2023).targets
    assert time.process_time() - started < 6
    rows = [row.found for row in found]
    assert len(rows) > 8800
    assert max(len(row.sentence) for row in rows) <= 600
    assert {(row.number, row.unit, row.kind) for row in rows} == {(100, "家", "target")}
    assert all(text[row.start : row.end] == row.sentence and row.object in row.sentence for row in rows)


def test_a_sentence_of_usual_length_is_quoted_whole():
    sentence = "，".join(["力争新建工会100家"] * 50) + "。"
    assert {row.sentence for row in read_targets([Paragraph(1, sentence)])} == {sentence}


@pytest.mark.parametrize(
    ("sentence", "want"),
    [
        ("举办培训班4期。", ["培训班"]),
        ("培训班组长200人，发放慰问品500份。", ["班组长", "发放慰问品"]),
        ("举办劳模培训班4期，培训200人。", ["劳模培训班", "200人"]),
        ("举办培训班（不少于3天）4期，劳模讲座2场。", ["培训班", "劳模讲座"]),
        ("新建工会（联合会）100家(含)以上，发展会员500名（含农民工）。", ["工会", "会员"]),
        ("新建100家（非公企业）工会。", ["工会"]),
        ("一、工会干部培训班4期。", ["工会干部培训班"]),
        ("（二）新建工会50家。", ["工会"]),
        ("走访企业30家，完成10家。", ["企业", "10家"]),
        ("做好困难职工帮扶，完成100户。", ["做好困难职工帮扶"]),
    ],
)
def test_what_is_counted(sentence, want):
    assert [row.object for row in read_targets([Paragraph(1, sentence)])] == want
