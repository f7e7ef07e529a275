"""Targets in sentences of other pages, in the rows of tables, under headings that look back, and with glosses."""

import pytest

from plans.grammar.paragraphs import Paragraph
from plans.grammar.targets import read_targets
from tests.plans.test_targets import brief

SENTENCES = """
力争劳动争议调解成功率达八成五以上，职工满意度不低于九成。 | 85%>= 90%>=
全年为一线职工送清凉不少于四次，覆盖职工两千余人。 | 4次>= 2000人>
组建文艺小分队六支，送演出下基层二十场。 | 6支= 20场=
把培训办到车间，让1500名职工受益。 | 1500名=
工会干部每人每年下基层不少于四十五天。 | R45天>=
每人每年培训时间不少于24学时。 | R24学时>=
职工测评满意度达到90分以上。 | 90分>=
确保提案办结率达到100%，满意率95%。 | 100%= 95%=
新增驿站3-5个，惠及户外劳动者800至1000人。 | 3个>= 800人>=
建会率动态保持在85%-90%之间。 | 85%>=
新建职工书屋 12 家，配送图书 5 000 册。 | 12家= 5000册=
开展法律讲座10场（次）以上，受教育职工2000人（次）。 | 10场次>= 2000人次=
疗休养职工120人、劳模30人，体检女职工600人。 | 120人= 30人= 600人=
计划在6月底前完成15家企业的集体协商签约工作。 | 15家=
我市现有职工12万人，基层工会860家。 | A120000人= A860家=
截至去年年底，会员总数达3.6万人。 | A36000人=
2022年全区新发展会员3200人，2023年力争再发展3500人。 | A3200人= 3500人=
去年走访困难职工260户，今年要走访不少于300户。 | A260户= 300户>=
在去年的基础上再增加5个站点。 | 5个=
较上年提高3个百分点。 | 3个百分点=
十大工匠、五好职工之家、三送活动要抓出成效。 |
落实“三会一课”，开好四次组织生活会。 | 4次=
按照市委十二届五次全会部署，紧扣“一主两翼三带”布局。 |
学习贯彻工会第十八次全国代表大会精神，抓好十四五规划收官。 |
2024年3月15日召开，会期半天，联系电话 0731-85551234。 |
依据《工会法》第二十五条，对25人以上未建会企业发放提示函。 |
对规模在50人以上的企业实行一企一策。 |
围绕乡村振兴10大工程、8条产业链开展竞赛。 |
全县15个乡镇要按时上报。 |
为30年工龄的老职工颁发纪念章。 |
老李说：“我们今年要再招10个徒弟。” |
打造“15分钟服务圈”，推行“1+N”模式。 |
推荐省级劳模1名，评选县级工匠5名。 | 1名= 5名=
每个乡镇建成1个以上标准化职工之家。 | 1个>=
购置健身器材30台套，投资8万元。 | 30台= 8万元=
新就业形态劳动者入会不少于XX名，新建联合工会×家。 | P名 P家
培训护士××人次，开展比武*场。 | P人次 P场
使困难职工家庭人均收入提高10%以上。 | 10%>=
将安全事故起数控制在3起以内，千人负伤率低于1.5‰。 | 3起<= 1.5‰<=
月底前发放电影票2000张，蛋糕券1500份。 | 2000张= 1500份=
办好职工食堂，解决300名职工就餐难。 | 300名=
印发宣传折页五千份，悬挂横幅六十条。 | 5000份= 60条=
完成职工互助保障续保一万两千份。 | 12000份=
争取将职工互助保障参保率提升到70%。 | 70%=
举办第三届职工运动会、第五次读书节。 |
第一季度召开一次，第二季度召开两次。 | 1次= 2次=
至少每两个月组织一次安全检查。 | R1次>=
"""
CASES = [line.split("|") for line in SENTENCES.strip().splitlines()]


@pytest.mark.parametrize(("sentence", "want"), CASES, ids=[sentence[:14] for sentence, _ in CASES])
def test_sentence(sentence, want):
    found = read_targets([Paragraph(1, sentence.strip())], plan_year=2023)
    assert [brief(row) for row in found] == want.split()


def read(lines, **words):
    return [brief(row) for row in read_targets([Paragraph(at, line) for at, line in enumerate(lines, 1)], **words)]


def test_a_section_that_looks_back_ends_with_its_heading():
    lines = [
        "一、肯定成绩,坚定信心",
        "全市新建工会412家,筹集资金530万元。",
        "二、突出重点,扛起担当",
        "推动3家平台企业开展集体协商,疗休养职工2000名。",
    ]
    assert read(lines) == ["A412家=", "A530万元=", "3家=", "2000名="]


def test_a_report_promises_only_where_it_looks_ahead():
    lines = ["近日,县总工会走访企业30家,送去慰问品500份。", "年底前,该会计划再培训300名职工,新建车间工会4个。"]
    assert read(lines, reports=True) == ["A30家=", "A500份=", "300名=", "4个="]


def test_rows_of_a_table():
    rows = [
        ("序号", "任务", "数量", "单位", "完成时限", "责任人"),
        ("1", "新建工会", "20", "家", "9月底", "张三"),
        ("2", "发展会员", "≥500", "人", "12月底", "李四"),
        ("3", "职代会建制率", "95%以上", "", "全年", "王五"),
    ]
    found = [Paragraph(at, " ".join(cells), cells=cells) for at, cells in enumerate(rows, 1)]
    targets = read_targets(found)
    assert [(brief(row), row.object, row.period) for row in targets] == [
        ("20家=", "新建工会", "9月底"),
        ("500人>=", "发展会员", "12月底"),
        ("95%>=", "职代会建制率", "全年"),
    ]
    assert [row.sentence for row in targets] == [" ".join(cells) for cells in rows[1:]]


def test_a_unit_in_the_header_and_columns_in_plain_text():
    assert read(["项目\t目标(场)\t去年完成", "宣讲\t30\t25", "讲座\t12\t10"]) == ["30场=", "12场="]


def test_glosses_are_passed_over():
    text = "組織職工學(xué)習(xí),開展宣講活動(dòng)15次,制作短片6集。"
    found = read_targets([Paragraph(1, text)])
    assert [(brief(row), row.sentence) for row in found] == [("15次=", text), ("6集=", text)]
