from concurrent.futures import ThreadPoolExecutor

import pytest

from organizations import divisions
from organizations.divisions import Division, ancestors, by_code, find, short_name


def names(found: list[Division]) -> list[str]:
    return [division.name for division in found]


def test_a_county_level_city_is_a_district():
    assert find("胶州市") == [Division("370281", "胶州市", "胶州", "district", "3702", is_county_city=True)]
    assert find("胶州") == find("胶州市")


def test_ancestors_run_from_the_province_down():
    (town,) = find("洋河镇", within="3702")
    assert names(ancestors(town)) == ["山东省", "青岛市", "胶州市"]
    assert ancestors(by_code("37")) == []


def test_statistical_placeholders_are_no_parents():
    assert by_code("310115").parent_code == "31"  # 浦东新区, filed under 市辖区
    assert by_code("429004").parent_code == "42"  # 仙桃市, filed under 省直辖县级行政区划
    assert by_code("441900003").parent_code == "4419"  # 东莞市 has no districts
    for name in ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"):
        assert find(name) == []


def test_a_name_borne_by_many_returns_them_all():
    assert len(find("城关镇")) == 88
    assert [by_code(division.parent_code).name for division in find("鼓楼区")] == [
        "南京市",
        "徐州市",
        "福州市",
        "开封市",
    ]
    assert names(find("吉林")) == ["吉林省", "吉林市"]
    assert names(find("吉林", level="city")) == ["吉林市"]
    assert names(find("鼓楼区", within="3201")) == ["鼓楼区"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("延边朝鲜族自治州", "延边"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("龙胜各族自治县", "龙胜"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("管城回族区", "管城"),
        ("浦东新区", "浦东"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("阿里地区", "阿里"),
        ("忠县", "忠县"),
        ("石家庄高新技术产业开发区", "石家庄高新技术产业开发区"),
        ("中云街道", "中云"),
    ],
)
def test_short_names(name, short):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("延边州", "延边朝鲜族自治州"),
        ("石柱县", "石柱土家族自治县"),
        ("北京", "北京市"),
        ("瓜沥", "瓜沥镇"),
        ("济源", "济源市"),
    ],
)
def test_customary_names_are_found(said, meant):
    assert names(find(said)) == [meant]


def test_codes_are_read_with_and_without_zeros():
    assert by_code("370000") == by_code("37")
    assert by_code("370200") == by_code("3702")
    assert by_code("999999") is None
    assert by_code("") is None


def test_unknown_names_are_not_found():
    assert find("胶南市") == []
    assert find("") == []


def test_every_parent_is_known_and_above():
    order = ["province", "city", "district", "township"]
    codes = list(divisions.table().names)
    assert len(codes) == 44688
    for code in codes[::7]:
        division = by_code(code)
        if division.level == "province":
            assert division.parent_code is None
        else:
            assert order.index(by_code(division.parent_code).level) < order.index(division.level)


def test_threads_share_one_table():
    divisions._read.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(lambda _: id(divisions.table()), range(32)))
    assert len(set(tables)) == 1
