import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations import divisions
from organizations.names import find_union_names, local_name, parent_union, read_union_name

# written, canonical, level, kind, parent
READINGS = """
中华全国总工会 中华全国总工会 national local -
全总 中华全国总工会 national local -
全国总工会宣教部 中华全国总工会 national local -
江苏省总工会 江苏省总工会 province local 中华全国总工会
内蒙古自治区总工会 内蒙古自治区总工会 province local 中华全国总工会
北京市总工会 北京市总工会 province local 中华全国总工会
青海省总 青海省总工会 province local 中华全国总工会
上海工会 上海市总工会 province local 中华全国总工会
青岛市总工会 青岛市总工会 city local 山东省总工会
“青岛市总工会” 青岛市总工会 city local 山东省总工会
江苏省盐城市总工会 盐城市总工会 city local 江苏省总工会
山东青岛市总工会 青岛市总工会 city local 山东省总工会
东莞市总工会 东莞市总工会 city local 广东省总工会
吉林市总工会 吉林市总工会 city local 吉林省总工会
延边朝鲜族自治州总工会 延边州总工会 city local 吉林省总工会
海南州总工会宣教部 海南州总工会 city local 青海省总工会
锡林郭勒盟总工会 锡林郭勒盟总工会 city local 内蒙古自治区总工会
阿里地区总工会 阿里地区总工会 city local 西藏自治区总工会
浦东新区总工会 浦东新区总工会 district local 上海市总工会
上海市普陀区总工会 普陀区总工会 district local 上海市总工会
盐都区总工会 盐都区总工会 district local 盐城市总工会
萧山区工会组织 萧山区总工会 district local 杭州市总工会
青岛市胶州工会 胶州市总工会 district local 青岛市总工会
胶州市总工会 胶州市总工会 district local 青岛市总工会
胶州总工会 胶州市总工会 district local 青岛市总工会
平度市总工会 平度市总工会 district local 青岛市总工会
莱西市总工会 莱西市总工会 district local 青岛市总工会
义乌市总工会 义乌市总工会 district local 金华市总工会
恩施市总工会 恩施市总工会 district local 恩施州总工会
济源市总工会 济源市总工会 district local 河南省总工会
石河子市总工会 石河子市总工会 district local 新疆维吾尔自治区总工会
土默特左旗总工会 土默特左旗总工会 district local 呼和浩特市总工会
石柱县总工会 石柱土家族自治县总工会 district local 重庆市总工会
和县总工会 和县总工会 district local 马鞍山市总工会
张家口桥西区总工会 桥西区总工会 district local 张家口市总工会
鼓楼区总工会 鼓楼区总工会 district local -
即墨市总工会 即墨市总工会 district local 青岛市总工会
增城市总工会 增城市总工会 district local 广州市总工会
青岛市胶南工会 胶南工会 district local 青岛市总工会
青岛高新区总工会 青岛高新区总工会 district local 青岛市总工会
天津经济技术开发区总工会 天津经济技术开发区总工会 district local 天津市总工会
新疆生产建设兵团总工会 新疆生产建设兵团总工会 province local -
长春经开区总工会 长春经开区总工会 district local 长春市总工会
苏州工业园区总工会 苏州工业园区总工会 district local 苏州市总工会
雄安新区总工会 雄安新区总工会 district local -
盐城高新区工会工委 盐城高新区工会工委 district committee 盐城市总工会
胶州市经济技术开发区总工会 胶州市经济技术开发区总工会 township township 胶州市总工会
八字桥乡工会 八字桥乡工会 township township -
洋河镇总工会 洋河镇总工会 township township -
胶州市洋河镇总工会 洋河镇总工会 township township 胶州市总工会
青岛市洋河镇总工会 洋河镇总工会 township township 胶州市总工会
胶州市中云街道工会委员会 中云街道工会委员会 township township 胶州市总工会
胶州市中云街道办事处工会 中云街道工会 township township 胶州市总工会
深圳市龙岗区坂田街道工会联合会 坂田街道工会联合会 township federation 龙岗区总工会
上海市奉贤区金汇镇总工会 金汇镇总工会 township township 奉贤区总工会
胶州市无此镇总工会 无此镇总工会 township township 胶州市总工会
阳澄社区联合工会 阳澄社区联合工会 community joint -
天通源村企联合基层工会 天通源村企联合基层工会 community village_enterprise -
胶州市洋河镇山相家村联合工会 洋河镇山相家村联合工会 community joint -
万达商圈工会联合会 万达商圈工会联合会 community federation -
中国教育工会 中国教育工会 industry industrial 中华全国总工会
中国海员建设工会全国委员会 中国海员建设工会全国委员会 industry industrial 中华全国总工会
中国教育工会上海市委员会 中国教育工会上海市委员会 industry industrial 上海市总工会
青岛市教育工会 青岛市教育工会 industry industrial 青岛市总工会
河北教育工会 河北教育工会 industry industrial 河北省总工会
山东省海员建设工会 山东省海员建设工会 industry industrial 山东省总工会
建设系统工会 建设系统工会 industry industrial -
济南铁路局工会 济南铁路局工会 industry industrial -
物流业工会联合会 物流业工会联合会 industry federation -
胶州市物流业工会联合会 胶州市物流业工会联合会 industry federation 胶州市总工会
青岛市直机关工会工委 青岛市直机关工会工委 industry committee 青岛市总工会
青岛啤酒（集团）有限公司工会 青岛啤酒(集团)有限公司工会 enterprise grassroots -
中国石化青岛分公司工会 中国石化青岛分公司工会 enterprise grassroots -
中国铁路济南局集团有限公司工会 中国铁路济南局集团有限公司工会 enterprise grassroots -
中国建设银行青岛分行工会 中国建设银行青岛分行工会 enterprise grassroots -
青岛第２棉纺厂工会 青岛第2棉纺厂工会 enterprise grassroots -
胶州市农业合作社联合工会 胶州市农业合作社联合工会 enterprise joint -
青岛海外公司工会 青岛海外公司工会 enterprise overseas -
胶州市人民医院工会 胶州市人民医院工会 enterprise institution -
复旦大学工会委员会 复旦大学工会委员会 enterprise institution -
胶州市教育局工会 胶州市教育局工会 enterprise institution -
中共青岛市委党校工会 中共青岛市委党校工会 enterprise institution -
盐城市总工会机关工会 盐城市总工会机关工会 enterprise institution -
"""


@pytest.mark.parametrize("line", READINGS.split("\n")[1:-1])
def test_names_are_read(line):
    written, canonical, level, kind, parent = line.split()
    found = read_union_name(written)
    assert (found.canonical, found.level, found.kind, found.parent or "-") == (canonical, level, kind, parent)
    assert found.written == written
    assert not found.anonymised


@pytest.mark.parametrize(
    ("written", "level", "kind"),
    [
        ("xx镇总工会", "township", "township"),
        ("ＸＸ街道总工会", "township", "township"),
        ("××市总工会", "city", "local"),
        ("某某县总工会", "district", "local"),
        ("A市总工会", "city", "local"),
        ("xx市xx区教育工会", "industry", "industrial"),
        ("xx市第三医院工会", "enterprise", "institution"),
        ("xx县第二中学工会", "enterprise", "institution"),
        ("某公司工会", "enterprise", "grassroots"),
        ("XX有线XX分公司工会", "enterprise", "grassroots"),
        ("某学校工会", "enterprise", "institution"),
    ],
)
def test_veiled_names_keep_their_level_and_nothing_else(written, level, kind):
    found = read_union_name(written)
    assert (found.level, found.kind, found.anonymised) == (level, kind, True)
    assert (found.division, found.parent) == (None, None)


GENERAL_TALK = """
工会 总工会 联合工会 工会联合会 工会组织 基层工会 基层工会委员会 各级工会 企业工会 工会工作 上级工会 工会会员 职工工会
中国工会 乡镇工会 社区工会 村工会 新区总工会 各县市区总工会 全市各级工会 盐城市基层工会 荆州市企业工会
百人以上企业工会 区域性工会联合会 行业工会联合会 世界工会联合会 中国工会十七大 首家海外公司工会 女职工委员会
29家农业专业合作社联合工会 在青岛市总工会 青岛市总工会、平度市总工会 市总工会 省总 区总工会 乡工会 xx市各级工会
英国铁路工会 世界工会 物流公司工会 人民医院工会 幼儿园工会 办好村工会 在市直机关工会 市一中工会
"""


@pytest.mark.parametrize(
    "words",
    GENERAL_TALK.split(),
)
def test_words_that_name_no_particular_union(words):
    assert read_union_name(words) is None


def test_the_division_is_the_place_itself():
    assert read_union_name("青岛市胶州工会").division.code == "370281"
    assert read_union_name("胶州市洋河镇总工会").division.code == "370281111"
    assert read_union_name("八字桥乡工会").division is None  # one in the table, but this page may be about another
    assert read_union_name("即墨市总工会").division.name == "即墨区"


@pytest.mark.parametrize(
    ("written", "context", "site", "canonical", "parent"),
    [
        ("市总工会", "青岛市胶州工会2019年工作", "青岛市总工会", "胶州市总工会", "青岛市总工会"),
        ("市总工会", "萧山区总工会", None, "杭州市总工会", "浙江省总工会"),
        ("市总工会", "", "青岛市总工会", "青岛市总工会", "山东省总工会"),
        ("区总工会", "盐都区总工会", None, "盐都区总工会", "盐城市总工会"),
        ("省总", "盐都区总工会", None, "江苏省总工会", "中华全国总工会"),
        ("省总宣教部", "", "滁州市总工会", "安徽省总工会", "中华全国总工会"),
        ("市教育工会", "青岛市总工会", None, "青岛市教育工会", "青岛市总工会"),
        ("县人民医院工会", "", "长兴县总工会", "长兴县人民医院工会", "长兴县总工会"),
        ("省直机关工会", "", "秦皇岛市总工会", "河北省直机关工会", "河北省总工会"),
        ("乡工会", "八字桥乡工会2015年工作要点", None, "八字桥乡工会", None),
        ("鼓楼区总工会", "南京市总工会讯", None, "鼓楼区总工会", "南京市总工会"),
        ("鼓楼区总工会", "福州市近日", None, "鼓楼区总工会", "福州市总工会"),
        ("洋河镇总工会", "胶州市总工会", None, "洋河镇总工会", "胶州市总工会"),
        ("洋河镇总工会", "青岛市总工会", None, "洋河镇总工会", None),
    ],
)
def test_context_and_site_decide_what_the_name_leaves_open(written, context, site, canonical, parent):
    found = read_union_name(written, context=context, site=site)
    assert (found.written, found.canonical, found.parent) == (written, canonical, parent)


def test_a_county_is_not_made_up_from_a_township():
    assert read_union_name("县总工会", context="八字桥乡工会2015年工作要点") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在青岛市总工会的指导下", "青岛市总工会"),
        ("深入开展服务。盐都区总工会心贴心服务", "盐都区总工会"),
        ("荆州市总工会、各县市区总工会要发挥作用", "荆州市总工会"),
        ("各级工会组织要加强基层工会建设,推动企业工会规范化,提高工会会员素质", ""),
        ("紧紧围绕市总工会的考核事项,xx镇总工会将坚持思想引领", "市总工会 xx镇总工会"),
        ("据区总工会主席朱某介绍", "区总工会"),
        ("充分发挥市总工会作用;经市总工会批准", "市总工会 市总工会"),
        ("成立29家农业专业合作社联合工会,成立物流业工会联合会", "物流业工会联合会"),
        ("建好全市第一家村企联合基层工会", ""),
        ("3月5日八字桥乡工会召开会议", "八字桥乡工会"),
        ("走访慰问青岛市公交集团有限责任公司工会和青岛港工会", "青岛市公交集团有限责任公司工会 青岛港工会"),
        ("中国工会十七大精神", ""),
        ("(省总宣教部)", "省总"),
        ("省总、市总、区总三级联动;受全总表彰;全市总产值", "省总 市总 全总"),
        ("来源:连云港市总工会 编辑:王五", "连云港市总工会"),
        ("2019年胶州市总工会工作要点", "胶州市总工会"),
        ("关于印发《萧山区总工会2016年工作要点》的通知", "萧山区总工会"),
        ("昨天,江苏盐城市盐都区总工会走进企业", "江苏盐城市盐都区总工会"),
        ("乡镇(街道)总工会25家,社区工会联合会110家", ""),
        ("目前,中国石化胜利油田分公司工会与东营市总工会签订协议", "中国石化胜利油田分公司工会 东营市总工会"),
        ("经批准,成立了胶州市家具行业工会联合会", "胶州市家具行业工会联合会"),
        ("指导帮助瑞安市莘塍街道总工会和塘下镇总工会换届", "瑞安市莘塍街道总工会 塘下镇总工会"),
        ("中国教育工会上海市委员会召开全委会", "中国教育工会上海市委员会"),
        ("平度市总工会传达青岛市总工会第十三届委员会", "平度市总工会 青岛市总工会"),
        ("对石首市总工会进行考核,和平镇总工会参加", "石首市总工会 和平镇总工会"),
        ("青岛啤酒(集团)有限公司工会", "青岛啤酒(集团)有限公司工会"),
        ("以青岛啤酒（集团）有限公司工会为例", "青岛啤酒（集团）有限公司工会"),
        ("以及省直机关工会,市教育工会、城阳区教育工会", "省直机关工会 市教育工会 城阳区教育工会"),
        ("相信县总工会组织的活动", "县总工会"),
        ("深入我县部分乡镇街道实地察看乡镇工会联合会建设", ""),
        ("授予大唐华银攸县能源有限公司发电部工会称号", "大唐华银攸县能源有限公司发电部工会"),
        ("建立工会联合会12家,组建联合工会8家", ""),
        ("本届技能月由经开区总工会牵头;天津经济技术开发区总工会", "经开区总工会 天津经济技术开发区总工会"),
        ("20xx年,xx街道总工会将办好村工会;景宁县总工会", "xx街道总工会 景宁县总工会"),
        ("各自由贸易试验区总工会", ""),
    ],
)
def test_names_are_cut_out_of_running_text(text, names):
    assert [mention.text for mention in find_union_names(text)] == names.split()


PIECES = """
工会 总工会 联合 委员会 市 县 区 镇 乡 xx 某 × 青岛 胶州市 盐城市 和 在 的 ( ) （ ） 总 省 全 教育 公司 、 。 1 ２ ㎏ ﷺ
"""
SENTENCES = st.lists(st.sampled_from(PIECES.split()), max_size=14).map("".join)


@given(SENTENCES | st.text(max_size=80))
def test_any_text_can_be_read(text):
    read_union_name(text, context=text, site=text)
    end = 0
    for mention in find_union_names(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        end = mention.end


@given(SENTENCES)
def test_a_canonical_name_reads_as_itself(text):
    found = read_union_name(text)
    if found and not found.anonymised:
        again = read_union_name(found.canonical)
        assert again is not None
        assert again.canonical == found.canonical


def test_every_district_is_read_by_its_full_name():
    for code in [code for code in divisions.table().names if len(code) == 6]:
        division = divisions.by_code(code)
        found = read_union_name("".join(d.name for d in (*divisions.ancestors(division), division)) + "总工会")
        assert (found.division, found.level, found.parent) == (division, "district", parent_union(division))


def test_local_names_follow_the_place():
    assert local_name(read_union_name("盐都区总工会").division) == "盐都区总工会"


GOLD = json.loads((Path(__file__).parents[1] / "data" / "seed-gold.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "organisation",
    [
        pytest.param(article["organisation"], id=article["organisation"]["name"])
        for page in GOLD.values()
        for article in page["articles"]
        if article["organisation"]["name"]
    ],
)
def test_the_seeds_organisations(organisation):
    found = read_union_name(organisation["name_as_written"])
    assert (found.canonical, found.level, found.parent) == (
        organisation["name"],
        organisation["level"],
        organisation["parent"],
    )
    assert found.anonymised == organisation.get("anonymised", False)
