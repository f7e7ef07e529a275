"""Word's automatic numbering worked out as the text it prints: 一、 （一） 1. ① 第一章."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN += ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """One level of a numbering: where it starts, how a number is written, and the words around it (%1 to %9)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # the 1-based level whose use restarts this one; 0: never; None: any above
    legal: bool = False  # every level printed in Arabic digits
    style: str | None = None


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph: the printed number, or a bullet."""

    text: str
    list: str
    bullet: bool = False


class Numbering:
    """The numbering of one document. `label` is asked once for each numbered paragraph, in their order."""

    def __init__(self, part: etree._Element | None, styles: Mapping[str, tuple[str | None, int | None]]):
        """`part` is the root of numbering.xml or None; `styles` gives (numId, level) of styles that carry one."""
        part = etree.Element("none") if part is None else part
        self._definitions = {d.get(W + "abstractNumId"): d for d in part.findall(W + "abstractNum")}
        self._numberings = {n.get(W + "numId"): n for n in part.findall(W + "num")}
        self._styles = styles
        self._levels: dict[str, tuple[str, dict[int, Level], set[int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()

    def level_of_style(self, number: str, style: str) -> int:
        """The level of numbering `number` that names `style` as its own; 0 where none does."""
        _, levels, _ = self._resolve(number)
        return next((index for index, level in levels.items() if level.style == style), 0)

    def label(self, number: str, index: int) -> Label | None:
        """The label of the next paragraph at level `index` (0 to 8) of numbering `number`; None where it has none."""
        index = min(max(index, 0), LEVELS - 1)
        definition, levels, overrides = self._resolve(number)
        if index not in levels:
            return None
        counts = self._counts.setdefault(definition, {})
        if number not in self._started:  # a numbering's own starts count once, when it is first met
            self._started.add(number)
            for started in overrides:
                counts.pop(started, None)
        level = levels[index]
        counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [other for other in counts if other > index]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or index < restart:
                del counts[deeper]
        if level.format == "bullet":
            return Label("", definition, bullet=True)
        text = re.sub(r"%([1-9])", lambda found: _printed(levels, counts, int(found[1]) - 1, level.legal), level.text)
        return Label(text.strip(), definition) if text.strip() else None

    def _resolve(self, number: str) -> tuple[str, dict[int, Level], set[int]]:
        """The definition's id, its levels and those that numbering `number` starts anew."""
        if number not in self._levels:
            self._levels[number] = self._read(number)
        return self._levels[number]

    def _read(self, number: str) -> tuple[str, dict[int, Level], set[int]]:
        numbering = self._numberings.get(number)
        if numbering is None:
            return "", {}, set()
        name = _value(numbering, "abstractNumId") or ""
        for _ in range(5):  # a list style points to the numbering that defines it; broken files point in circles
            definition = self._definitions.get(name)
            link = _value(definition, "numStyleLink") if definition is not None else None
            target = self._numberings.get(self._styles.get(link, (None, None))[0] or "") if link else None
            if target is None:
                break
            name = _value(target, "abstractNumId") or ""
        definition = self._definitions.get(name)
        levels = {} if definition is None else _levels(definition)
        starts = set()
        for override in numbering.findall(W + "lvlOverride"):
            index = _integer(override.get(W + "ilvl"), 0)
            levels |= _levels(override)
            start = _integer(_value(override, "startOverride"), None)
            if start is not None and index in levels:
                starts.add(index)
                levels[index] = replace(levels[index], start=start)
        return name, levels, starts


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {_integer(level.get(W + "ilvl"), 0): _level(level) for level in parent.findall(W + "lvl")}


def _level(element: etree._Element) -> Level:
    written = element.find(f".//{W}numFmt")  # also inside mc:AlternateContent
    restart = _value(element, "lvlRestart")
    return Level(
        start=_integer(_value(element, "start"), 0),
        format=(written.get(W + "val") if written is not None else None) or "decimal",
        text=_value(element, "lvlText") or "",
        restart=None if restart is None else _integer(restart, 0),
        legal=is_on(element.find(W + "isLgl")),
        style=_value(element, "pStyle"),
    )


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is there and not set to false."""
    return element is not None and element.get(W + "val", "true") not in ("0", "false", "off")


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(W + name)
    return None if child is None else child.get(W + "val")


def _integer(text: str | None, default: int | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def _printed(levels: Mapping[int, Level], counts: Mapping[int, int], index: int, legal: bool) -> str:
    level = levels.get(index, Level())
    number = counts.get(index, level.start)
    return str(number) if legal else written(number, level.format)


def written(number: int, form: str) -> str:
    """`number` in Word's number format `form`; formats and numbers that have no such writing give Arabic digits."""
    if form == "none":
        return ""
    if number == 0 and form.lower().startswith(("chinese", "japanese", "ideograph", "taiwanese")):
        return "〇"
    if not 0 < number < 10_000:
        return str(number)
    match form:
        case "chineseCounting" | "taiwaneseCounting":  # counted out up to ninety-nine, then digit by digit
            return _in_chinese(number) if number < 100 else str(number).translate(_DIGITS)
        case "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand" | "koreanCounting":
            return _in_chinese(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return str(number).translate(_DIGITS)
        case "chineseLegalSimplified":
            return _in_chinese(number, "up")
        case "ideographTraditional":
            return _STEMS[(number - 1) % len(_STEMS)]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % len(_BRANCHES)]
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULL_WIDTH)
        case "upperRoman" | "lowerRoman":
            return _roman(number).upper() if form == "upperRoman" else _roman(number)
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
    return _enclosed(number, form) or str(number)


def _enclosed(number: int, form: str) -> str | None:
    """Numbers that are one character with their circle, bracket or stop: ① ⑴ ⒈ ㊀."""
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and number <= 50:
        first = 0x2460 - 1 if number <= 20 else 0x3251 - 21 if number <= 35 else 0x32B1 - 36
        return chr(first + number)
    first = {"decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}.get(form)
    if first and number <= 20:
        return chr(first - 1 + number)
    if form == "ideographEnclosedCircle" and number <= 10:
        return chr(0x3280 - 1 + number)
    return None


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out


def _in_chinese(number: int, mode: str = "low") -> str:
    import cn2an  # half a second to load: not at the start of every process

    return cn2an.an2cn(number, mode)
