"""Titles of every kind as portals print them."""

import pytest

from importer.document import Line
from importer.rules.kinds import read_kind, reads_as_plan

# title|the kinds a careful reader might file it under
TITLES = """
县总工会2014年工作安排意见|plan
2015年全县工会工作意见|plan
关于2016年全市工会工作的意见|plan
关于做好2020年工会工作的意见|plan
2016年度乡镇工会工作目标责任书|plan
2018年工会工作目标管理考核细则|document
县总工会2022年工作目标|plan
2021年工会重点工作|plan
2021年工会十件实事|plan
2023年为职工办实事项目清单|plan
2024年服务职工实事项目|plan
集团工会2024年重点工作任务分解表|plan
学校工会工作行事历（2019-2020学年第二学期）|plan
2018-2019学年度第一学期工会工作计划|plan
工会三年发展规划（2021-2023）|plan
“十四五”工会工作规划|plan
产业工人队伍建设改革三年行动计划|plan
产业工人队伍建设改革三年行动实施方案（2021－2023年）|plan document
2019年工会活动方案|plan document
2020年上半年工作总结和下半年工作打算|plan
2020年工会工作回顾与2021年展望|plan
教育工会2013年工作总结|plan
工会主席2019年述职报告|speech
在市总工会十届三次全委会上的工作报告|speech
市总工会2021年工作部署|plan
2022年市总工会工作纲要|plan
工会女职工委员会2023年工作要点|plan
经费审查委员会2023年工作要点|plan
2019年工会工作思路和重点|plan
2019年工会工作思路及措施|plan
2020年度工会工作计划（讨论稿）|plan
2020年工会工作计划（草案）|plan
工会工作计划【2020】|plan
工会工作计划.doc|plan
2020年工会工作计划(1)|plan
工会工作计划怎么写 篇3|plan
2023年工会工作计划怎么写（精选5篇）|plan
工会工作计划 第三篇|plan
乡镇工会工作计划最新范文|plan
工会工作计划模板下载|plan
工会主席讲话稿怎么写 篇2|speech
工会2019年度经费收支情况说明|document
2020年部门预算编制说明|document notice
县总工会举行情况说明会|news
《2020年工会工作计划》|plan
【工作要点】海淀区总工会2021年工作要点|plan
一图读懂：2021年工会工作要点|plan news
市总工会召开全委会 部署2021年工作|news
区总工会2021年工作要点出炉|news
区总工会谋划2022年工作思路|news
港北区：新春招聘送到渡口|news
工会送岗位 招聘进乡村|news
“春风行动”招聘会举行|news
一封家书寄矿工|news
制度上墙 温暖入心|news
给劳动者撑腰的一部法|news
公示栏前的笑声|news
我们的工会主席|news
困难职工名单更新了|news
一份特殊的“职责清单”|news
职工代表提的办法|news
集体合同里的标准|news
关于开展2021年“安康杯”竞赛的通知|notice
关于评选优秀工会工作者的通知|notice
关于表彰2020年度先进集体的决定|document
关于印发《工会经费管理办法》的通知|notice document
关于举办职工运动会的请示|document notice
关于2020年度工会经费决算的公示|notice
五一劳动奖章拟推荐对象公示|notice
高温津贴温馨提示|notice
工会驿站招募志愿者|notice news
疗休养报名须知|notice document
节日值班安排|notice plan
元旦春节期间送温暖活动安排|plan notice
关于2021年元旦放假的通知|notice
致全市职工的倡议书|notice
新年献词|speech
劳模事迹材料|news document
在庆祝“五一”大会上的致辞|speech
浅谈新形势下基层工会工作|speech
做好新时代工会工作的几点思考|speech
职代会条例|document
工会会员会籍管理暂行办法|document
工会简介|document
工会领导分工|document
女职工特殊权益保护专项集体合同（范本）|document
兰考县总工会部门职责|document
"""
AHEAD = [
    "过去的一年,公司工会成绩不少。新的一年,工会要在以下几方面发力。",
    "围绕保供开展竞赛,技能比武要办三场,推进提案落实,加强班组建设。",
    "深化民主管理,完善职代会制度,打造职工书屋两家,拓展服务项目,努力做到职工满意。",
    "抓好困难帮扶,继续开展走访,力争年内救助四十人,确保不漏一户。",
]


@pytest.mark.parametrize("row", TITLES.strip().splitlines())
def test_titles(row):
    title, kinds = row.split("|")
    assert read_kind(title, [Line(2, "近日,县总工会有关负责人介绍了情况。")]).value in kinds.split()


def test_a_text_that_looks_ahead_is_a_plan_whatever_its_title():
    assert read_kind("聚力新征程", [Line(n, text) for n, text in enumerate(AHEAD, 2)]).value == "plan"


def test_a_report_of_what_will_be_done_is_news():
    report = [
        Line(2, "本报讯(记者 李明)近日,县总工会召开会议,新的一年要在以下几方面发力。"),
        *[Line(3, t) for t in AHEAD[1:]],
    ]
    assert read_kind("聚力新征程", report).value == "news"


def test_a_papers_own_title_below_the_pages_tells():
    assert read_kind("职工的“娘家”", [Line(2, "宜川县总工会2021年工作要点"), *[Line(3, AHEAD[1])]]).value == "plan"


@pytest.mark.parametrize(
    ("title", "plan"),
    [
        ("产业工人队伍建设改革三年行动实施方案（2021－2023年）", True),
        ("2022年度职工素质提升方案", True),
        ("职工趣味运动会实施方案", False),
    ],
)
def test_a_scheme_for_years_to_come_is_a_plan_in_substance(title, plan):
    texts = ["推进技能培训,深化改革试点,完善评价制度,力争到期末培训两千人。"]
    assert reads_as_plan("document", title, texts, 3) is plan


@pytest.mark.parametrize(
    "mark",
    [
        "【篇一】",
        "【篇1】",
        "（篇二）",
        "[篇三]",
        "【第二篇】",
        "篇四",
        "第五篇",
        "两篇(通用)",
        "三篇（精选）",
        "【两篇】",
        "范文【篇六】",
    ],
)
@pytest.mark.parametrize("paper", ["学校工会工作计划", "车间工会工作要点", "2019年工会工作总结"])
def test_a_piece_of_a_collection_is_of_its_papers_kind(paper, mark):
    assert read_kind(f"{paper}{mark}", [Line(1, "努力把工会建成温馨的教工之家。")]).value == "plan"
