"""The planned year: stated, told by 明年 and 今年, inferred, veiled, contradicted."""

import datetime

import pytest

from importer.document import Line
from importer.proposal import propose
from importer.rules.plan_year import Clues, read_plan_year

DAY = datetime.date


def read(title, text="做好各项工作。", published=None, number=None, kind="plan"):
    return read_plan_year(Clues(Line(1, title), title, number, [Line(2, text)], kind, True, published))


@pytest.mark.parametrize(
    ("title", "text", "published", "year", "stated"),
    [
        ("县总工会２０１６年工作要点", "", None, 2016, True),
        ("县总工会二○一七年工作要点", "", None, 2017, True),
        ("縣總工會2018年工作計(jì)劃", "", None, 2018, True),
        ("县总工会2018年总结暨2019年工作安排", "", None, 2019, True),
        ("2022—2023学年度第二学期工会工作计划", "", None, 2023, True),
        ("2020-2021学年第一学期工会工作计划", "", None, 2020, True),
        ("学校工会工作计划", "2018—2019学年,校工会将办好以下几件事。", None, 2018, True),
        ("服务乡村振兴三年行动计划（2018-2020年）", "", None, 2018, True),
        ("工作要点", "2014年全市工会工作的总体要求是:深入贯彻精神。", None, 2014, True),
        ("工会工作计划 篇1", "为扎实做好2023年银行工会工作,结合我行实际,制定本计划。", None, 2023, True),
        ("工会工作意见", "为推进2018年机关工会工作,现提出如下意见。", None, 2018, True),
        ("工会工作计划", "根据《2018年全省工会工作要点》,制定本计划。", None, None, False),
        ("施工图", "街道总工会把2023年的任务列成一张表。", DAY(2023, 2, 16), 2023, True),
        ("今年总结和明年打算", "", DAY(2018, 12, 25), 2019, False),
        ("县总工会今年工作要点", "", DAY(2018, 5, 3), 2018, False),
        ("工会工作要点", "今年是“十四五”开局之年。", DAY(2021, 3, 1), 2021, False),
        ("工会工作要点", "今年是“十三五”规划收官之年。", DAY(2020, 3, 1), 2020, False),
        ("工会工作计划", "今年是贯彻落实党的十九大精神的开局之年。", None, 2018, False),
        ("工会工作计划", "在喜迎百年华诞之际,制定今年的工作计划。去年评为2020年度先进。", None, 2021, False),
        ("工会工作要点", "今年是建党九十周年,要唱响主旋律。", None, 2011, False),
        ("工会工作要点", "今年是建党九十周年,要唱响主旋律。2016年的经验。", None, None, False),
        ("工会工作要点", "今年是“十三五”规划实施的第二年。", None, 2017, False),
        ("工会工作要点", "今年是党的十九大召开之年。", None, 2017, False),
        ("工会工作计划", "根据XX县总工会安排,制定本计划。", DAY(2023, 2, 1), None, False),
        ("20xx年工会工作计划", "做好今年工作。", DAY(2022, 1, 5), None, False),
        ("201*年工会工作计划", "做好今年工作。", DAY(2015, 2, 1), None, False),
        ("XX年工会工作计划", "做好今年工作。", DAY(2015, 2, 1), None, False),
    ],
)
def test_years(title, text, published, year, stated):
    found = read(title, text, published)
    assert (found.year.value, found.stated, found.warnings) == (year, stated, ())


def test_the_document_number_states_the_year():
    assert read("关于印发年度工作要点的通知", number="工发〔2016〕3号").year.value == 2016


@pytest.mark.parametrize(
    ("text", "published"),
    [("2019年是关键之年,要团结职工。", None), ("", DAY(2021, 3, 1))],
)
def test_contradictions_are_told(text, published):
    found = read("县总工会2018年工作要点", text, published)
    assert found.year.value == 2018
    assert [warning.split(":")[0] for warning in found.warnings] == ["year_conflict"]


MODELS = """工会年度工作计划3篇
更新时间:2023-05-16 08:21
【篇一】银行工会20xx年工作计划
20xx年,支行工会将做好如下工作:
(一)组织劳动竞赛。全年举办竞赛两次,参赛网点达到100%,新增存款再创新高。
【篇二】环卫所工会下半年工作计划
上半年,我所工会慰问困难职工21人。下半年主要做好几件事。
第一,抓安全。开展百日无事故竞赛,事故起数下降20%以上。
【篇三】园区工会工作计划
为做好园区工会组织建设工作,结合园区实际,制定本计划。
1.摸清底数。6月底前,对园区内企业的职工人数、工会情况登记造册。
"""


def test_the_day_models_were_put_up_tells_no_year():
    articles = propose(MODELS.encode(), "models.txt").articles
    assert [article.plan_year for article in articles] == [None, None, None]
