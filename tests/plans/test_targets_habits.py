"""Targets by habits of wording: numbers that close a clause, lists before one, shares, looks back, lines run on."""

import pytest

from plans.grammar.paragraphs import Paragraph
from plans.grammar.targets import read_targets
from tests.plans.test_targets import brief

SENTENCES = """
新建职工服务站一处，改造阅览室两间。 | 1处= 2间=
账目公示、经费审查各一次。 | 1次=
举办拔河比赛一场、健步走一场。 | 1场= 1场=
每季评比一次。 | R1次=
创建一个区级劳模创新工作室。 | 1个=
建设一支高素质的干部队伍。 |
推行一户一策、一人一档，不漏一户。 |
组织车工、焊工、钳工三个工种的技术比武。 | 3个=
利用宣传栏、微信群两块阵地做好宣传。 |
以师德、民主、健康为三条主线开展工作。 |
举办市级一类竞赛4项、二类竞赛9项。 | 4项= 9项=
新增会员450人，农民工占七成以上。 | 450人= 70%>=
现有职工11万人，占总数的四成。 | A110000人= A40%=
发展党员的比例不低于当年总数的30%。 | 30%>=
发出要约2000份，覆盖约3000人。 | 2000份= 3000人~
百人以上已建会企业签订率达到90%。 | 90%=
发生3人以上群体性事件的，一票否决。 |
本协议一式两份，双方各执一份。 |
累计爽约三次者取消资格。 |
发挥好28家培训机构作用。 |
让3个“第一时间”成为常态。 |
举办三人篮球赛2场。 | 2场=
机关干部人均驻点30天，下基层不少于两个月。 | 30天= 2个月>=
职工满意度达到100分。 | 100分=
每周日行8000步。 | R8000步=
户均增收5000元以上，每人补助1000元。 | 5000元>= S1000元=
提案从最初的19件增加到87件。 | 87件=
经费于11月30日前上解1.8万元。 | 1.8万元=
2022年建成驿站5个，为做好今年工作奠定了基础。 | A5个=
收缴经费1500万元，比2010年增长25%。 | 1500万元= 25%=
办好“工匠讲堂”24讲。 | 24讲=
小课堂将走遍全镇47个村。 | 47个=
每名干部联系两个基层工会。 | 2个=
浏览次数：1357次 |
师徒结对15对。 | 15对=
拨付30万元修缮镇职工活动中心。 | 30万元=
全街只有3名专干，却要服务120家企业。 | A3名= A120家=
服务汽车零部件等产业。 |
万元产值能耗降到60千克以下。 | 60千克<=
动员200家企业参加承诺。 | 200家=
助学标准由每人的2000元提高到3000元。 | 3000元=
按规模分档，补助不超过3万元。 | S3万元<=
继续推行区域协商，覆盖职工2万余人。 | 20000人>
软件园一期、二期各配备工会干事3名。 | 3名=
乡镇工会工作总结8篇 |
全年形成调研报告5篇。 | 5篇=
"""
CASES = [line.split("|") for line in SENTENCES.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "want"), CASES, ids=[sentence[:14] for sentence, _ in CASES])
def test_sentence(sentence, want):
    found = read_targets([Paragraph(1, sentence.strip())], plan_year=2023)
    assert [brief(row) for row in found] == want.split()


def read(*lines, **words):
    return [brief(row) for row in read_targets([Paragraph(at, line) for at, line in enumerate(lines, 1)], **words)]


@pytest.mark.parametrize(
    "glance", ["过去的一年,全市新建工会60家。", "一年来,帮扶职工60家。", "“十三五”期间,共建会60家。"]
)
def test_a_look_back_ends_with_its_paragraph(glance):
    assert read(glance, "新建基层工会20家,发展会员500名。") == ["A60家=", "20家=", "500名="]


def test_a_look_back_ends_with_the_next_item_of_a_line():
    line = "过去一年,拿出经费128万元支援一线。新的一年,要突出抓好三件事。一、组织观影6000人次。二、新建工会80家。"
    assert read(line) == ["A128万元=", "6000人次=", "80家="]


@pytest.mark.parametrize(
    "lead",
    [
        "2024年怎么干?这份服务菜单请查收。",
        "一份任务书已经列出。",
        "新的一年,各级工会要抓好以下工作。",
        "总工会工作的基本思路是:服务职工。",
        "会议谋划了全年工作。",
        "结合实际,制定本计划。",
    ],
)
def test_a_report_that_turns_ahead(lead):
    assert read("近日,镇总工会召开全委会。", lead, "新建工会60家,拍摄短视频8条。", reports=True) == ["60家=", "8条="]


def test_a_figure_in_a_news_report_is_not_a_promise():
    assert read("近日,镇总工会走访企业60家。", "发放慰问品8份。", reports=True) == ["A60家=", "A8份="]


def test_a_point_typed_for_a_full_stop():
    line = "(一)抓规范.每个县试点不少于5家.(二)抓联合.在3个行业建立工会.三是作风要到位.下基层不少于20天."
    rows = read_targets([Paragraph(1, line)])
    assert [row.sentence for row in rows if row.unit in ("家", "天")] == ["每个县试点不少于5家.", "下基层不少于20天."]


def test_a_column_is_what_its_cells_are():
    rows = [
        ("单位", "建会任务(家)", "会员任务(人)"),
        ("产业集聚区", "24", "2600"),
        ("城关镇", "12", "800"),
    ]
    found = read_targets([Paragraph(at, " ".join(cells), cells=cells) for at, cells in enumerate(rows, 1)])
    assert [brief(row) for row in found] == ["24家=", "2600人=", "12家=", "800人="]


def test_a_list_of_what_is_to_be_done_looks_ahead_in_news():
    lines = ["本报讯 日前,县总工会把全年要办的实事列成清单,向职工公开。", "清单里,还有新建驿站12个。去年,建成驿站9个。"]
    assert read(*lines, plan_year=2023, reports=True) == ["12个=", "A9个="]
