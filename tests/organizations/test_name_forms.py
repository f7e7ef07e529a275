"""Names of the rarer forms: numbers for names, zones of many words, firms known by a brand, trades and their firms."""

import pytest

from organizations.names import find_union_names, read_union_name

LEVELS = """
八一街道总工会 township
七一社区工会 community
六一幼儿园工会 enterprise
第三人民医院工会 enterprise
成都七中工会 enterprise
合肥市第四十五中学工会 enterprise
海沧台商投资区总工会 district
平潭综合实验区总工会 district
加格达奇林区总工会 district
两江新区总工会 district
鞍钢工会 enterprise
宝钢股份工会 enterprise
西山煤电工会 enterprise
格力电器工会 enterprise
江西铜业工会 enterprise
扬子江药业工会 enterprise
晋江鞋业工会联合会 industry
沙县小吃行业工会联合会 industry
寿光蔬菜产业工会联合会 industry
"""


@pytest.mark.parametrize("row", LEVELS.strip().splitlines())
@pytest.mark.parametrize("around", ["{}", "近日,{}组织职工健步走", "在{}的组织下"])
def test_the_name_is_found_and_its_level_told(row, around):
    name, level = row.split()
    assert [mention.text for mention in find_union_names(around.format(name))] == [name]
    assert read_union_name(name).level == level


@pytest.mark.parametrize(
    "text",
    [
        "成立了护工联合工会小组",
        "三车间工会小组长",
        "现将医院工会工作安排如下",
        "我们工会",
        "做好新时代乡镇工会工作",
        "对接乡镇工会",
        "再结对帮带乡镇学校工会2家",
        "各自由贸易试验区总工会",
    ],
)
def test_groups_and_half_sentences_are_no_names(text):
    assert find_union_names(text) == []


@pytest.mark.parametrize("words", ["本小学工会", "我医院工会", "该公司工会", "本社区工会"])
def test_what_is_said_of_ones_own_unit_is_no_name(words):
    assert read_union_name(words) is None


@pytest.mark.parametrize("name", ["本溪市总工会", "本钢集团工会"])
def test_a_name_may_begin_with_such_a_word(name):
    assert read_union_name(name)
