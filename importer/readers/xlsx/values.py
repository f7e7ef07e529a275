"""Values of a spreadsheet's cells, printed as a person sees them: 12 and not 12.0, 90% and not 0.9, a day."""

import re
from datetime import datetime, timedelta

_BUILT_IN = {9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy-mm-dd h:mm"}
_BUILT_IN |= {18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"}
# What Chinese Excel and WPS print for the numbers they keep for themselves
_BUILT_IN |= {
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "yyyy-mm-dd",
    31: "yyyy年m月d日",
    32: "h:mm",
    33: "h:mm:ss",
}
_BUILT_IN |= {36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日"}
_BUILT_IN |= {55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日"}
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_WORDS = re.compile(r'"([^"]*)"|\\(.)|([^"])')
# Words, the number's own places, its decimals, words: "第"0"季度"
_FORM = re.compile(r'((?:"[^"]*"|\\.|[^"\\0#?.])*)[#0?,]+(?:\.(0+))?((?:"[^"]*"|\\.|[^"\\0#?.eE/])*)')
_ASIDE = re.compile(r"\[[^\]]*\]|[_*].")


def format_of(number: int, custom: dict[int, str]) -> str:
    """The words of format `number`: the file's own, or those every program knows; "" for the plain ones."""
    return custom.get(number) or _BUILT_IN.get(number, "")


def printed(raw: str, code: str, since_1904: bool = False) -> str:
    """The number `raw` (as the file writes it) in the format `code`; what is no number is given back."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    code = code.split(";")[0]
    bare = _ASIDE.sub("", _QUOTED.sub("", code))
    if "%" in bare:
        return f"{_plain(number * 100)}%"
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and "General" not in bare:
        return _moment(number, code, since_1904)
    form = _FORM.fullmatch(_ASIDE.sub("", code))
    if form is None:
        return _plain(number)
    before, decimals, after = ("".join(map(_literal, _WORDS.finditer(part or ""))) for part in form.groups())
    text = f"{number:.{len(decimals)}f}" if decimals and abs(number) < 1e15 else _plain(number)
    return f"{before}{text}{after}".strip()


def _literal(found: re.Match) -> str:
    return found[1] or found[2] or found[3] or ""


def _plain(number: float) -> str:
    """A number without the noise of its binary form: 0.07 * 100 is 7."""
    return f"{number:.15g}" if abs(number) >= 1e15 or number != number else f"{round(number, 10):.15g}"


def _moment(number: float, code: str, since_1904: bool) -> str:
    """A day or time: with the characters 年月日 where the format has them, else as ISO writes it."""
    if not 0 <= number < 2_958_466:
        return _plain(number)
    days = number + 1462 if since_1904 else number
    start = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)  # Excel knows a 29 February 1900
    moment = start + timedelta(seconds=round(days * 86_400))
    letters = _ASIDE.sub("", _QUOTED.sub("", code)).lower()
    time = f"{moment.hour}:{moment.minute:02}" if "h" in letters else ""
    if "y" not in letters and "d" not in letters and not re.search(r"m[^ms:]*月|月", code):
        return time or _plain(number)
    return " ".join(filter(None, (_day(moment, code, letters), time if number % 1 else "")))


def _day(moment: datetime, code: str, letters: str) -> str:
    year, month, day = "y" in letters, "m" in letters, "d" in letters
    if "月" in code:
        parts = (
            f"{moment.year}年" if year else "",
            f"{moment.month}月" if month else "",
            f"{moment.day}日" if day else "",
        )
        return "".join(parts)
    if year and not month and not day:
        return f"{moment.year}年" if "年" in code else str(moment.year)
    if year and not day:
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d}"
