"""Units of targets and reports: which measure the same thing, and exact ways from one to the other."""

from decimal import Decimal
from functools import lru_cache

# Each family's first unit is its base. 个, 家 and 所 count the same things under different words, 人次 is no 人, and an
# 亩 is no whole part of a square metre, so that it stands alone. 百分点 is no %: a rise by 2百分点 is not a rate of 2%.
_FAMILIES = {
    "people": "人 名 位",
    "visits": "人次 人(次)",
    "households": "户",
    "bodies": "个 家 所 处 间 座 栋 幢 站 支 队",
    "occasions": "次 场 场次 遍 期 轮 轮次 批 批次",
    "items": "项 项次",
    "cases": "件 件次 起 宗",
    "papers": "份",
    "pieces": "篇 篇次",
    "clauses": "条 条次",
    "lessons": "课时 学时",
    "money": "元",
    "percent": "%",
    "points": "百分点 个百分点",
    "kilograms": "公斤 千克",
    "hours": "小时",
    "months": "个月",
}
_FACTORS = {"‰": ("percent", "0.1"), "吨": ("kilograms", "1000"), "斤": ("kilograms", "0.5")}
_SCALES = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_SCALED = ("people", "visits", "households", "bodies", "items", "papers", "money")

_KNOWN = {unit: (family, Decimal(1)) for family, units in _FAMILIES.items() for unit in units.split()}
_KNOWN |= {unit: (family, Decimal(factor)) for unit, (family, factor) in _FACTORS.items()}
_BASES = {family: units.split()[0] for family, units in _FAMILIES.items()}


@lru_cache(maxsize=1000)
def _read(unit: str) -> tuple[str, Decimal] | None:
    """The family of `unit` and how many of the base it is; 十, 百, 千, 万 and 亿 before a unit multiply it."""
    factor, rest = Decimal(1), _clean(unit)
    if rest in _KNOWN:
        return _KNOWN[rest]
    while rest and rest[0] in _SCALES:
        factor *= _SCALES[rest[0]]
        rest = rest[1:]
    known = _KNOWN.get(rest)
    return (known[0], factor * known[1]) if known and known[0] in _SCALED else None


def _clean(unit: str) -> str:
    return "".join(unit.split()).replace("％", "%").replace("（", "(").replace("）", ")")


def family(unit: str) -> str | None:
    """What `unit` measures; None where it is not known, so that it is comparable with itself alone."""
    read = _read(unit)
    return read[0] if read else None


def families() -> dict[str, tuple[str, ...]]:
    """Every family with its units as they are written without a number word, the base first."""
    return {
        family: (*units.split(), *(unit for unit, (other, _factor) in _FACTORS.items() if other == family))
        for family, units in _FAMILIES.items()
    }


def spellings(family: str) -> list[str]:
    """The units of `family` as texts write them, 十 to 千亿 before those that take them."""
    units = families().get(family, ())
    before = ("", *_SCALES, *(a + b for a in "十百千" for b in "万亿"), "万亿") if family in _SCALED else ("",)
    return [scale + unit for unit in units for scale in before]


def comparable(a: str, b: str) -> bool:
    """Whether numbers in `a` can be expressed in `b`."""
    first, second = _read(a), _read(b)
    return first[0] == second[0] if first and second else _clean(a) == _clean(b)


def convert(number: Decimal, unit: str, to: str) -> Decimal | None:
    """`number` of `unit` in `to`, exactly; None where the two measure different things."""
    if _clean(unit) == _clean(to):
        return number
    first, second = _read(unit), _read(to)
    return number * first[1] / second[1] if first and second and first[0] == second[0] else None


def in_base(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """`number` in the base of its family, with that unit; as it stands where the unit is not known."""
    read = _read(unit)
    return (number * read[1], _BASES[read[0]]) if read else (number, unit)


def difference_unit(unit: str) -> str:
    """The unit of the difference of two numbers of `unit`: that of two rates in % is in 百分点."""
    return "百分点" if _clean(unit) == "%" else unit


def offered(unit: str) -> list[str]:
    """The units in which one may enter a number of `unit`, its own first."""
    read = _read(unit)
    if not read:
        return [unit]
    base = _BASES[read[0]]
    scales = {"money": ("", "万", "亿"), "people": ("", "万"), "visits": ("", "万")}.get(read[0], ())
    spelt = {_read(scale + base)[1]: scale + base for scale in scales}
    return [unit, *(name for factor, name in spelt.items() if factor != read[1])]
