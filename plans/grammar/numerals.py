"""Reading a number written in Arabic figures, in Chinese ones, or in both (1.5万, 三十二, 百分之九十)."""

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERALS = frozenset(DIGITS | SCALES | MYRIADS)

# Possessive, and never begun in the middle of a number: linear on any text.
ARABIC = r"(?<!\d)(?:\d{1,3}(?:,\d{3}(?!\d))++(?:\.\d++)?+|\d{1,3}(?:[ ]{1,2}\d{3}(?!\d))++|\d++(?:\.\d++)?+)"
CHINESE = r"(?<![零〇一二两三四五六七八九十百千万亿])[零〇一二两三四五六七八九十百千万亿]++"
MIXED = r"(?<![\d.])\d{1,4}(?:亿\d{1,4}千?万|万(?:\d千(?:\d百)?|\d{3,4}(?!\d)))"  # 2万6千, 1万2000, 1亿2000万
FIGURES = re.compile(ARABIC)
PARTS = re.compile(r"(\d+)([十百千万亿]*)")
MIXED_FIGURES = re.compile(MIXED)
PLACEHOLDER = r"[xX×*]{1,6}|[_]{2,8}|[○]{2,6}"


@lru_cache(maxsize=1024)
def parse(written: str) -> Decimal | None:
    """The value of a folded numeral such as 1,000, 1.5万, 三百二十, 两千万 or 5千; None where it is not a number."""
    if MIXED_FIGURES.fullmatch(written):
        return sum((parse(part[0]) for part in PARTS.finditer(written)), Decimal(0))
    found = FIGURES.match(written)
    if not found:
        return _chinese(written)
    value = Decimal(found[0].replace(",", "").replace(" ", ""))
    for char in written[found.end() :]:
        factor = SCALES.get(char) or MYRIADS.get(char)
        if factor is None:
            return None
        value *= factor
    return value


def _chinese(written: str) -> Decimal | None:
    whole, point, part = written.partition("点")
    if point:  # 二点五
        first, rest = _chinese(whole), [DIGITS.get(char) for char in part]
        return None if first is None or not part or None in rest else first + Decimal("0." + "".join(map(str, rest)))
    if not written or not NUMERALS.issuperset(written):
        return None
    if len(written) > 1 and all(char in DIGITS for char in written):  # 二〇二三: read digit by digit
        return Decimal("".join(str(DIGITS[char]) for char in written))
    total = section = digit = 0
    for char in written:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in SCALES:
            section, digit = section + (digit or 1) * SCALES[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit or 1) * MYRIADS[char], 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * MYRIADS[char], 0, 0
    return Decimal(total + section + digit)
