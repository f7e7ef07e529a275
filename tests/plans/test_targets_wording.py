"""Targets by wording: units, mixed numerals, sizes that limit, everyone of a field, sums behind a promise."""

import pytest

from plans.grammar.paragraphs import Paragraph
from plans.grammar.targets import read_targets
from tests.plans.test_targets import brief

SENTENCES = """
每人撰写心得不少于3000字，印发手册500页。 | 3000字>= 500页=
坚持八字方针，开展粉笔字比赛2场。 | 2场=
添置桌椅40把、锣鼓6副，送西瓜800斤。 | 40把= 6副= 800斤=
亮出三把火，抓好一把手工程。 |
评选服务明星12名、服务之星9名。 | 12名= 9名=
两节送温暖慰问职工300户。 | 300户=
覆盖职工3万5千人，投入1亿2000万元。 | 35000人= 12000万元=
覆盖职工1万2000人。 | 12000人=
受益职工2  300人。 | 2300人=
公众号粉丝突破20万；更新信息600条。 | 200000> 600条=
推动30名职工以上企业建会，15名员工以下的纳入联合工会。 |
20至50人企业签订率达到80%以上。 | 80%>=
满意度低于60分的，要说明情况。 |
补助2000元至2万元。 | S2000元>=
年底高级工占比提高到40%。 | 40%=
占全市职工的12%。 |
确保在册的52户困难职工年底前全部脱困。 | 52户=
6月底前3万个基层工会全部做到亮牌子。 | 30000个=
全镇12个村全部建立工会。 | 12个=
组建百支宣讲队。 | 100支=
开展百场宣讲进企业活动。 |
完善三方四家协商机制。 |
走进河口、五里、七里等乡镇送文化。 |
去年新建的6家工会要尽快挂牌。 |
成熟一家、组建一家。 |
抓住一条主线，打造两个阵地，办好十件实事。 |
围绕铁路、港口等12个重点项目开展竞赛。 | 12个=
工期平均提前10天。 | 10天=
提前5天报名。 |
先后组织20支突击队、900名职工参战。 | A20支= A900名=
到年底累计建成示范点20家。 | 20家=
规范化工会累计达到300家。 | 300家=
已累计达到300家。 | A300家=
明年将升级服务，市县两级共安排400万元，新建驿站90个。 | 400万元= 90个=
市县两级共安排400万元，新建驿站90个。 | A400万元= A90个=
今年一季度，全县新建工会14家。 | A14家=
今年一季度要新建工会14家。 | 14家=
2021年，在上级指导下，全年新建工会15家，发展会员900人。 | A15家= A900人=
干部培训两期共70人次。 | 2期= 70人次=
公司工会设主席1名，委员5名，下设分会4个。 | A1名= A5名= A4个=
结成对子300对。 | 300对=
"""
CASES = [line.split("|") for line in SENTENCES.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "want"), CASES, ids=[sentence[:14] for sentence, _ in CASES])
def test_sentence(sentence, want):
    found = read_targets([Paragraph(1, sentence.strip())], plan_year=2023)
    assert [brief(row) for row in found] == want.split()


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("新建、提升职工书屋10家。", "职工书屋"),
        ("培育、打造、提升示范点6个。", "示范点"),
        ("新建职工书屋、驿站10家。", "职工书屋、驿站"),
    ],
)
def test_what_is_counted_is_no_verb(sentence, counted):
    assert [row.object for row in read_targets([Paragraph(1, sentence)])] == [counted]
