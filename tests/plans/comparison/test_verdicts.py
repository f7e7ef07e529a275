"""What became of a measure, and why. The sentences here were written for these tests."""

import pytest
from django.utils import translation

from plans.comparison.passages import Passage
from plans.comparison.verdicts import Judgement, Mode, classes, judge

SAID = """
kept         2023年，深入开展“安康杯”竞赛活动。 | 2024年深入开展安康杯竞赛活动。
kept         做好困难职工帮扶。 | 做好困难职工的帮扶
reworded     工会经费收缴率达到九成以上。 | 工会经费收缴率不低于90%。
reworded     全年培训职工1.2万人次。 | 年内组织12000人次职工参加培训。
reworded     建成职工书屋10家、驿站5家。 | 建成驿站5家、职工书屋10家。
reworded     发放消费券50万元。 | 发放职工消费券500000元。
reworded     加强工会干部教育培训，提升履职能力。 | 抓好工会干部培训，着力增强干部履职本领。
reworded     新建工会20家，发展会员1000名。 | 新建工会30家，发展会员800名。
strengthened 送清凉物资50万元。 | 送清凉物资80万元。
weakened     送清凉物资80万元。 | 送清凉物资50万元。
strengthened 会议费控制在25万元以内。 | 会议费控制在20万元以内。
weakened     会议费控制在20万元以内。 | 会议费控制在25万元以内。
strengthened 工伤死亡人数不超过3人。 | 工伤死亡人数不超过2人。
strengthened 推进企业民主管理。 | 推进企业民主管理，职代会建制率达到95%。
weakened     投入100万元建设职工活动中心。 | 建设职工活动中心。
strengthened 慰问困难职工500户左右。 | 慰问困难职工500户以上。
weakened     举办宣讲不少于30场。 | 举办宣讲30场左右。
strengthened 力争创建模范职工之家3个。 | 确保创建模范职工之家3个。
weakened     确保新建会企业50家。 | 力争新建会企业50家。
strengthened 计划新建xx家工会。 | 计划新建30家工会。
strengthened 年底前完成换届。 | 9月底前完成换届。
weakened     6月底前建成驿站20个。 | 年底前建成驿站20个。
weakened     12月底前全部完成。 | 次年3月底前全部完成。
strengthened 信访件30日内办结。 | 信访件15日内办结。
weakened     救助申请3个工作日内办结。 | 救助申请7个工作日内办结。
strengthened 三年内实现建会全覆盖。 | 两年内实现建会全覆盖。
strengthened 每年开展两次职工体检。 | 每季度开展一次职工体检。
weakened     每月开展一次普法讲座。 | 每季度开展一次普法讲座。
strengthened 在2个镇开展社会化工会工作者试点。 | 在所有镇街推行社会化工会工作者制度。
weakened     在全县推行工会积分制管理。 | 在3个乡镇试行工会积分制管理。
strengthened 对50人以上企业开展集体协商。 | 对25人以上企业开展集体协商。
strengthened 探索建立职工心理服务站。 | 建立职工心理服务站10个。
strengthened 满意度提高1.5个百分点。 | 满意度提高2个百分点。
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_class_of_a_pair(line):
    verdict, rest = line.split(maxsplit=1)
    was, now = (Passage(text.strip(), text) for text in rest.split("|"))
    assert judge(Mode.YEARS, [was], [now]).verdict == verdict


def of(mode: str, was: str, now: str, years=(None, None)) -> Judgement:
    with translation.override("en"):
        return judge(mode, [Passage(was, "1")] if was else [], [Passage(now, "2")] if now else [], years)


def test_one_side_alone():
    assert of("years", "开展比武。", "") == Judgement("dropped")
    assert of("years", "", "开展比武。") == Judgement("new")
    assert of("beside", "", "开展比武。") == Judgement("new")
    assert of("levels", "开展比武。", "") == Judgement("left_out")
    assert of("levels", "", "开展比武。") == Judgement("added")


def test_levels_say_what_differs_but_take_up_is_take_up():
    found = of("levels", "全市新建驿站200个。", "全县新建驿站16个。")
    assert found == Judgement("taken_up", ("the number fell from 200个 to 16个",))


def test_reasons_are_in_words():
    assert of("years", "力争建会率达到85%。", "确保建会率达到90%。").reasons == (
        "the number rose from 85% to 90%",
        "“力争” is now “确保”",
    )


def test_a_deadline_is_that_of_the_plans_own_year():
    """The same month a year later is no change where each plan speaks of its own year."""
    was, now = "2023年6月底前完成换届选举。", "2024年6月底前完成换届选举。"
    assert of("years", was, now, (2023, 2024)).verdict == "kept"
    assert of("years", was, "2024年3月底前完成换届选举。", (2023, 2024)).verdict == "strengthened"


def test_classes_of_each_mode():
    assert [str(one) for one in classes("levels")] == ["taken_up", "added", "left_out"]
    assert [str(one) for one in classes("beside")] == [str(one) for one in classes("years")]
