"""Official divisions 行政区划 as of 2023-06-30, from province to township, read once from a packed table.

A code grows with its level (2, 4, 6, 9 digits) and begins with its parent's, so the table needs no parent column.
Names are not unique: 城关镇 stands 88 times and 鼓楼区 four.
find() returns them all; the caller narrows, or leaves the question open.
"""

import lzma
import re
import threading
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data" / "divisions.tsv.xz"
LEVELS = {2: "province", 4: "city", 6: "district", 9: "township"}  # by length of the code

PEOPLES = (
    "阿昌|鄂伦春|鄂温克|达斡尔|东乡|侗|独龙|俄罗斯|哈尼|哈萨克|赫哲|回|基诺|景颇|京|柯尔克孜|拉祜|黎|傈僳|珞巴|满|毛南|"
    "门巴|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|塔塔尔|土家|土|佤|维吾尔|乌孜别克|锡伯|瑶|彝|裕固|藏|壮|"
    "仡佬|保安|傣|白|布朗|布依|朝鲜|德昂|高山|各"
)
# 延边朝鲜族自治州, 巴音郭楞蒙古自治州, 管城回族区
AUTONOMOUS = re.compile(rf"(..+?)(?:(?:(?:{PEOPLES})族?)*族?自治[区州县旗]|(?:{PEOPLES})族区)")
SUFFIXES = (
    "特别行政区",
    "地区",
    "新区",
    "林区",
    "矿区",
    "省",
    "市",
    "盟",
    "区",
    "县",
    "旗",
    "街道",
    "镇",
    "乡",
    "苏木",
)
TOWNSHIP_SUFFIXES = ("镇", "乡", "街道", "民族乡", "苏木")


class Division(NamedTuple):
    """One division: full name 义乌市, short name 义乌; the code has 2, 4, 6 or 9 digits."""

    code: str
    name: str
    short: str
    level: str  # province, city, district or township
    parent_code: str | None
    is_county_city: bool  # 县级市


class Table(NamedTuple):
    names: dict[str, str]  # code -> full name, in order of code
    by_name: dict[str, list[str]]  # full name -> codes
    by_short: dict[str, list[str]]  # short name -> codes, down to the district


_lock = threading.Lock()


@cache
def _read() -> Table:
    by_name: dict[str, list[str]] = {}
    by_short: dict[str, list[str]] = {}
    text = lzma.decompress(DATA.read_bytes()).decode()
    names = dict(line.split("\t") for line in text.splitlines())
    for code, name in names.items():
        by_name.setdefault(name, []).append(code)
        if len(code) < 9:
            for short in _shorts(name):
                by_short.setdefault(short, []).append(code)
    return Table(names, by_name, by_short)


def table() -> Table:
    """Return the table, read on first use (about a tenth of a second) and shared by all threads."""
    with _lock:
        return _read()


def short_name(name: str) -> str:
    """Return the everyday name: 义乌 for 义乌市, 延边 for 延边朝鲜族自治州; 忠县, having no other, stays 忠县."""
    if autonomous := AUTONOMOUS.fullmatch(name):
        return autonomous[1].removesuffix("族")
    if name.endswith(("开发区", "园区", "管理区", "示范区")):
        return name
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def _shorts(name: str) -> set[str]:
    """The names beside the full one under which a division is found: 延边 and 延边州; 石柱 and 石柱县."""
    short = short_name(name)
    found = {short, short + name[-1]} if "自治" in name and name[-1] != "区" else {short}
    return found - {name}


def _division(code: str, names: dict[str, str]) -> Division:
    name = names[code]
    parent = next((code[:cut] for cut in (6, 4, 2) if cut < len(code) and code[:cut] in names), None)
    level = LEVELS[len(code)]
    return Division(code, name, short_name(name), level, parent, level == "district" and name.endswith("市"))


def by_code(code: str) -> Division | None:
    """Return the division with this code; trailing zeros of the six-digit form (370000, 370200) are forgiven."""
    names = table().names
    for form in (code, code.removesuffix("00"), code.removesuffix("0000")):
        if form in names:
            return _division(form, names)
    return None


def find(name: str, *, level: str | None = None, within: str | None = None) -> list[Division]:
    """Return every division of this full or short name, highest level first.

    Full names win: short names are only tried where no full name fits. `level` keeps one level, `within` keeps the
    division of that code and those below it. Several answers mean the name alone does not tell: do not take the first.
    """
    found = table()
    township_names = [name + suffix for suffix in TOWNSHIP_SUFFIXES] if len(name) > 1 else []
    tries = [
        found.by_name.get(name, []),
        found.by_short.get(name, []),
        [code for full in township_names for code in found.by_name.get(full, []) if len(code) == 9],
    ]
    for codes in tries:
        fits = [code for code in codes if code.startswith(within or "") and (not level or LEVELS[len(code)] == level)]
        if fits:
            return [_division(code, found.names) for code in sorted(fits, key=lambda code: (len(code), code))]
    return []


def ancestors(division: Division) -> list[Division]:
    """Return the divisions above, from the province down to the direct parent; empty for a province."""
    names = table().names
    return [
        _division(division.code[:cut], names)
        for cut in (2, 4, 6)
        if cut < len(division.code) and division.code[:cut] in names
    ]
