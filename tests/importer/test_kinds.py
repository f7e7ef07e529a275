"""What kind of article it is, and whether the page is a union's at all."""

import pytest

from importer.document import Line
from importer.evidence import NOTHING, found
from importer.rules.kinds import read_kind
from importer.rules.union_pages import is_unions

NAMED = found("县总工会", "sign-off", "县总工会", 1)
MENTIONED = found("县总工会", "subject-of-text", "县总工会", 1)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("县总工会2020年重点工作任务清单", "plan"),
        ("2017年重点工作目标任务分解表", "plan"),
        ("工会2019年工作总结及2020年工作打算", "plan"),
        ("区總工會(huì)2018年工作計(jì)劃", "plan"),
        ("县总工会发布2019年工作要点", "news"),
        ("致全县职工的慰问信", "notice"),
        ("县总工会公开招聘工会工作者公告", "notice"),
        ("关于同意成立快递行业工会联合会的批复", "document"),
        ("职工书屋建设管理办法（试行）", "document"),
        ("在全县工会干部培训班上的讲话（摘要）", "speech"),
    ],
)
def test_kinds(title, kind):
    assert read_kind(title, [Line(2, "近日,县总工会有关负责人介绍了情况。")]).value == kind


OWN = """
市总工会 市妇联联合举办技能大赛|妇联主席、总工会主席出席。||
春天幼儿园召开教职工代表大会|会议审议通过绩效方案,选举工会委员会。||
焊花里的青春|他叫刘强,练就一手绝活,带出徒弟三十多名。|济宁工会网|
市总机关党委开展主题党日|党员重温入党誓词,参观纪念馆。|商丘市总工会|
一张联络卡|工会请来律师,为职工解答工资问题,工会干部还登记了困难职工的情况。||
书屋进工地|6月,市总工会把三百册图书送到工地,工友取来就读。||
比武场上见真章|选手们奋力拼搏,赛出水平。||own
"""
OTHERS = """
县妇联召开执委会|妇联主席作报告,县总工会、团县委负责人应邀参加,各级妇联干部要服务妇女。||
市妇联走访慰问困难女职工|妇联主席鼓励她们自强不息,妇联将继续关爱妇女儿童。||
共青团县委工作要点|组织青年学习,联合县总工会举办青年职工交友活动。||mentioned
文思豆腐羹的家常做法|单位工会办厨艺比赛那年,我靠这道羹拿了奖。用料:豆腐一盒、香菇两朵、冬笋三十克、鸡汤。将豆腐切丝,水开下锅。||
英国铁路工会宣布再次罢工|英国铁路工会宣布,数万名工人将罢工。||
Unions rally for higher pay|Thousands of workers joined a rally on Monday, calling for higher pay.||
关于调整职工医保缴费基数的通知|职工医保缴费基数上限调整,请各单位按时申报。||
承接工会疗休养团队|环境优美,量大从优,欢迎来电咨询,一站式服务,节假日促销。||
县司法局2021年工作要点|开展普法宣传,联合总工会为农民工讨薪,调解纠纷。||mentioned
我校举行秋季运动会|全校师生参加开幕式,同学们奋力拼搏。校工会组织了教师接力赛。||
春日随笔|春风拂过江南,桃花开满枝头。||
"""


@pytest.mark.parametrize(
    ("row", "own"),
    [(row, True) for row in OWN.split("\n")[1:-1]] + [(row, False) for row in OTHERS.split("\n")[1:-1]],
)
def test_whose_page(row, own):
    title, text, around, organization = row.split("|")
    union = {"own": NAMED, "mentioned": MENTIONED}.get(organization, NOTHING)
    assert is_unions(title, [text], around, union).value is own
