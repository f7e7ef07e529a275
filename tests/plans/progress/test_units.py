"""Units: which measure the same, and that every way from one to the other is exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.grammar.quantities import UNITS
from plans.progress.units import comparable, convert, difference_unit, family, in_base, offered

FAMILIES = [
    ("people", ["人", "名", "位", "万人", "千人", "百人", "亿人"]),
    ("visits", ["人次", "万人次", "人(次)"]),
    ("money", ["元", "万元", "千元", "百万元", "亿元"]),
    ("bodies", ["个", "家", "所", "处", "万家"]),
    ("households", ["户", "万户"]),
    ("percent", ["%", "％", "‰"]),
    ("points", ["百分点", "个百分点"]),
    ("occasions", ["次", "场", "场次", "期"]),
    ("kilograms", ["公斤", "千克", "吨", "斤"]),
]
numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False, allow_infinity=False)
known = st.sampled_from([unit for _name, units in FAMILIES for unit in units])


@pytest.mark.parametrize(("name", "units"), FAMILIES)
def test_the_families(name, units):
    assert {family(unit) for unit in units} == {name}


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        ("1.2", "万人", "人", "12000"),
        ("365000", "元", "万元", "36.5"),
        ("3", "亿元", "万元", "30000"),
        ("7", "名", "人", "7"),
        ("10", "所", "个", "10"),
        ("45", "‰", "%", "4.5"),
        ("3", "吨", "斤", "6000"),
        ("2", "个百分点", "百分点", "2"),
        ("5", "工种", "工种", "5"),
        ("5", "万 元", "万元", "5"),
    ],
)
def test_conversions(number, unit, to, expected):
    assert convert(Decimal(number), unit, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "人次"),
        ("人", "户"),
        ("%", "百分点"),
        ("家", "户"),
        ("家", "人"),
        ("元", "人"),
        ("工种", "个"),
        ("场", "项"),
        ("亩", "平方米"),
        ("", "人"),
    ],
)
def test_what_does_not_measure_the_same_is_incomparable(one, other):
    assert not comparable(one, other)
    assert convert(Decimal(1), one, other) is None


def test_百分点_is_not_a_hundred_of_something():
    assert (family("百分点"), family("百人"), family("千克"), family("千元")) == (
        "points",
        "people",
        "kilograms",
        "money",
    )


def test_the_difference_of_two_rates_is_in_percentage_points():
    assert [difference_unit(unit) for unit in ("%", "百分点", "万人")] == ["百分点", "百分点", "万人"]


def test_a_unit_that_is_not_known_is_its_own_base():
    assert (family("工种"), in_base(Decimal(3), "工种"), in_base(Decimal(3), "万元")) == (
        None,
        (3, "工种"),
        (30000, "元"),
    )


def test_the_units_one_may_enter():
    assert offered("万元") == ["万元", "元", "亿元"]
    assert offered("名") == ["名", "万人"]
    assert (offered("%"), offered("工种"), offered("")) == (["%"], ["工种"], [""])


@given(numbers, known, known)
def test_there_and_back_again_is_where_one_was(number, unit, to):
    there = convert(number, unit, to)
    assert (there is None) == (family(unit) != family(to))
    if there is not None:
        assert convert(there, to, unit) == number


@given(numbers, numbers, known, known)
def test_order_is_kept(one, other, unit, to):
    if comparable(unit, to):
        assert (convert(one, unit, to) < convert(other, unit, to)) == (one < other)


@given(numbers, known, known, known)
def test_by_way_of_a_third_unit_is_the_same(number, unit, by, to):
    if comparable(unit, by) and comparable(by, to):
        assert convert(convert(number, unit, by), by, to) == convert(number, unit, to)


@given(numbers, known)
def test_the_base_says_the_same(number, unit):
    amount, base = in_base(number, unit)
    assert convert(amount, base, unit) == number


@given(st.sampled_from(sorted({unit for units in UNITS.values() for unit in units.split()})), numbers)
def test_every_unit_of_the_grammar_is_comparable_with_itself(unit, number):
    assert comparable(unit, unit)
    assert convert(number, unit, unit) == number


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_answered(one, other):
    assert comparable(one, other) == (convert(Decimal(0), one, other) is not None)
    assert comparable(one, other) == comparable(other, one)
