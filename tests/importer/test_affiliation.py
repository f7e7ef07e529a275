"""Whose page it is, on places, words and orders of every kind: what is found where, and what is passed over."""

import pytest

from importer.document import Document, Line, lines_of
from importer.rules.affiliation import Where, read_affiliation
from importer.rules.owner import site_of

TEXT = "职工们纷纷表示,将立足岗位、努力工作,以实际行动回报组织的关心关爱。"


def where(title, text="", kind="news", **more):
    lines = [Line(number, part) for number, part in enumerate([*text.split("\n"), TEXT], 2) if part]
    for name in ("banner", "sign_off"):
        more[name] = [Line(0, words) for words in more.get(name, ())]
    return Where(title=Line(1, title), title_text=title, kind=kind, paragraphs=lines, **more)


def read(*args, **more):
    found = read_affiliation(where(*args, **more))
    return found.organization.value, found.level.value


@pytest.mark.parametrize(
    ("title", "text", "more", "organization", "level"),
    [
        ("宜阳:技能比武促提升", "近日,宜阳县总工会举办技能比武。", {}, "宜阳县总工会", "district"),
        ("高桥镇总工会开展讲座", "", {"source": "长沙县总工会"}, "高桥镇总工会", "township"),
        ("解放街道办事处工会送温暖", "", {}, "解放街道工会", "township"),
        ("我市召开推进会", "市总工会领导出席。", {"source": "荆州市总工会"}, "荆州市总工会", "city"),
        ("我市召开推进会", "市总工会领导出席。", {"site": "义乌市总工会"}, "义乌市总工会", "district"),
        ("江岸区总工会走访劳模", "区总工会主席参加。", {"site": "武汉市总工会"}, "江岸区总工会", "district"),
        ("清凉送到一线", "7月3日,区总走访工地。", {"source": "武昌区总"}, "武昌区总工会", "district"),
        ("旗总工会走访职工", "", {"banner": ["科尔沁左翼后旗总工会"]}, "科尔沁左翼后旗总工会", "district"),
        ("经开区总工会办婚礼", "", {"site": "襄阳经济技术开发区总工会"}, "襄阳经济技术开发区总工会", "district"),
        ("高新区总工会送书", "", {"site": "郑州高新区管委会"}, "郑州高新区总工会", "district"),
        ("技能月收官", "本届技能月由经开区总工会牵头,区内企业报名。", {}, "经开区总工会", "district"),
        ("娘家人进工地", "按照省总工会、市总工会部署,岳西县总工会到工地普法。", {}, "岳西县总工会", "district"),
        (
            "护士节展才艺",
            "由怀远县人民医院工会主办的演出举行。市总工会派员观摩。",
            {},
            "怀远县人民医院工会",
            "enterprise",
        ),
        ("校工会组织健步走", "", {"banner": ["临川实验中学"]}, "临川实验中学工会", "enterprise"),
        ("局工会组织春游", "", {"site": "潜山市水利局"}, "潜山市水利局工会", "enterprise"),
        ("公司工会慰问员工", "", {"source": "鑫达铸造有限公司工会"}, "鑫达铸造有限公司工会", "enterprise"),
        ("镇总工会送清凉", "", {"banner": ["郾城区孟庙镇人民政府"]}, "孟庙镇总工会", "township"),
        ("省总工会领导到我县调研", "", {"source": "南陵县总工会"}, "南陵县总工会", "district"),
        ("省总工会领导到南陵县调研", "南陵县总工会作了汇报。", {}, "南陵县总工会", "district"),
        ("县教育工会召开全委会", "桐庐县教育工会部署工作。", {}, "桐庐县教育工会", "industry"),
        ("市直机关工会健步走", "", {"site": "咸宁市直机关工委"}, "咸宁市直机关工会", "industry"),
        ("東區總工會(huì)辦運動會", "", {"source": "攀枝花市東區總工會(huì)"}, "东区总工会", "district"),
        ("春天幼儿园召开教职工代表大会", "", {}, "春天幼儿园工会", "enterprise"),
        (
            "满洲里：搬运工签合同",
            "在满洲里市总工会指导下，装卸搬运行业工会联合会签约。",
            {},
            "满洲里市总工会",
            "district",
        ),
        ("一杯凉茶的心意", "甲同志说好。\n嘉峪关市总工会送来药箱。", {"kicker": "嘉峪关"}, "嘉峪关市总工会", "city"),
        (
            "我校代表队获奖",
            "校工会选派教工。校工会组织训练。",
            {"banner": ["春江理工职院·校工会"]},
            "春江理工职院工会",
            "enterprise",
        ),
    ],
)
def test_news(title, text, more, organization, level):
    assert read(title, text, **more) == (organization, level)


@pytest.mark.parametrize(
    ("title", "kind", "more", "organization", "level"),
    [
        ("泾县2020年工会工作要点", "plan", {}, "泾县总工会", "district"),
        ("2020年泾县工会工作要点", "plan", {}, "泾县总工会", "district"),
        ("二〇一八年工作安排", "plan", {"banner": ["凤冈县总工会"]}, "凤冈县总工会", "district"),
        ("2020年工作要点", "plan", {"sign_off": ["涪陵区总工会", "2020年2月10日"]}, "涪陵区总工会", "district"),
        ("工会2020年工作计划", "plan", {"sign_off": ["吴江区盛泽中学"]}, "吴江区盛泽中学工会", "enterprise"),
        ("**街道总工会20xx年工作要点", "plan", {}, "**街道总工会", "township"),
        ("幼儿园工会工作计划", "plan", {}, None, "enterprise"),
        ("村级工会2022年工作计划", "plan", {}, None, "community"),
        ("乡镇工会20xx年工作计划", "plan", {}, None, "township"),
        (
            "关于同意成立赞皇县快递行业工会联合会的批复",
            "document",
            {"sign_off": ["赞皇县总工会"]},
            "赞皇县总工会",
            "district",
        ),
        ("在市直机关工会主席培训班上的交流发言", "speech", {}, None, None),
        (
            "在全市教育系统工会大讨论上的交流发言",
            "speech",
            {"post": "扬州旅游学校工会主席", "text": "明年再结对帮带乡镇学校工会2家。"},
            "扬州旅游学校工会",
            "enterprise",
        ),
        ("2020年度女职工工作要点", "plan", {"common": "企业工会主席述职与工作计划汇编"}, None, "enterprise"),
        ("在市总工会全委会上的讲话", "speech", {"source": "延安市总工会"}, "延安市总工会", "city"),
    ],
)
def test_papers(title, kind, more, organization, level):
    text = more.pop("text", "")
    assert read(title, text, kind, **more) == (organization, level)


@pytest.mark.parametrize(
    ("page", "site"),
    [
        ("欢迎访问凤冈县总工会网站\n正文", "凤冈县总工会"),
        ("济宁工会网\n首页 要闻\n正文", "济宁工会"),
        ("临川实验中学\n首页 > 工会\n正文", "临川实验中学"),
        ("正文一段话。\n主办单位:新密市总工会 地址:西大街", "新密市总工会"),
        ("正文一段话。\n版权所有:昆山市总工会 技术支持:某某科技公司", "昆山市总工会"),
        ("湘江机床工会在线\n正文一段话。\n株洲湘江机床有限责任公司工会 建议使用IE5.5", "株洲湘江机床有限责任公司工会"),
        ("正文一段话。\n相关链接:江苏省总工会 常州市总工会", None),
        ("正文一段话。\n岳西县总工会 潜山市总工会", None),
        ("县总工会召开工作会议\n正文一段话。", None),
    ],
)
def test_site(page, site):
    assert site_of(Document(lines_of(page), "utf-8", "text")) == site


@pytest.mark.parametrize(
    "when",
    [
        "201*年",
        "20**年",
        "20xx年",
        "2014年春季学期",
        "2015学年度第一学期",
        "2014年上半年",
        "2020年第二季度",
        "20XX年秋学期",
    ],
)
@pytest.mark.parametrize("unit", ["社区", "小学", "医院"])
def test_when_a_paper_is_for_is_no_part_of_a_name(when, unit):
    found = read(f"{when}{unit}工会工作计划", f"新的一年,XX{unit}工会将在上级领导下努力工作。", "plan")
    assert found[0] == f"XX{unit}工会"


@pytest.mark.parametrize(
    "words", ["每月安排两次集中学习", "从小学起、从点滴做起", "做好中学生、大学生子女助学", "坚持从大学习中受益"]
)
def test_a_word_that_begins_like_a_school_is_none(words):
    assert (
        read("学校工会工作计划", f"1、组织教师学法规,{words},写读书笔记,{words}。学校工会将努力工作。", "plan")[0]
        is None
    )


@pytest.mark.parametrize("unit", ["医院", "小学", "社区"])
def test_when_is_no_part_of_a_units_name_either(unit):
    found = read(f"20**年上半年{unit}工会工作计划", f"在{unit}党委领导下,本{unit}工会将努力工作,开展活动。", "plan")
    assert found[0] is None
