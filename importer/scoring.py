"""How right the importer's output is, measured against pages that a careful reader has labelled. Pure.

The gold is one JSON object: a file's stem -> what a reader finds in it: kind, title, organisation, level, plan_year,
publish_date, source, author, editor, breadcrumb, prev_title, next_title (null: the page has none; FIELD_alt: accepted
beside it), outline_level1, targets, number_of_articles, boilerplate_markers (must not be in the body), keep_markers
(must be); a page of several articles has `articles` with the same fields for each.

The overall figure is the mean of: kind, level, article count (pages of one and of several weigh the same), body kept
times what did not leak, the F1 of title, organisation, plan year, date, source, author, editor, headings of the first
level and targets, and the share of others' pages that are flagged less that of own pages flagged wrongly.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

try:  # Traditional and Simplified forms are one where OpenCC is there
    from opencc import OpenCC

    _simplified = OpenCC("t2s").convert
except ImportError:
    _simplified = str
_PINYIN = re.compile(r"\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
_NUMBERING = re.compile(
    r"^[>\s]*(第[一二三四五六七八九十百零\d]+[章节篇部分条、,]*"
    r"|[((]?[一二三四五六七八九十\d]{1,3}[))]?[、..,]?|[一二三四五六七八九十]是)"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 1e4, "亿": 1e8}
_KINDS = {
    **dict.fromkeys(("work_plan", "workplan", "工作计划", "计划"), "plan"),
    **dict.fromkeys(("speech_essay", "speech-essay", "essay", "讲话"), "speech"),
    "新闻": "news",
    "汇编": "collection",
    "其他": "other",
    "unknown": "other",
}
_LEVELS = {
    **dict.fromkeys(("county", "区县"), "district"),
    **dict.fromkeys(("town", "street", "乡镇"), "township"),
    **dict.fromkeys(("school", "hospital", "unit", "企业"), "enterprise"),
    **dict.fromkeys(("国家", "全国"), "national"),
    **dict.fromkeys(("产业", "行业"), "industry"),
    "省": "province",
    "市": "city",
}
_COMPARATORS = {
    **dict.fromkeys(("", "eq", "=="), "="),
    **dict.fromkeys(("ge", "gte", ">", "≥", "至少", "at_least"), ">="),
    **dict.fromkeys(("le", "lte", "<", "≤", "at_most"), "<="),
}
_FORWARD = ("target", "recurring", "implied", "placeholder")  # achieved figures and standards are not scored
_FLAGS = ("needs_review", "not_union", "off_topic", "unclassified")

PRINTED = {"organisation": "organization", "publish_date": "published_on", "breadcrumb": "channel"}
"""A field of the gold -> its name in the importer's output, where they differ."""
SLOTS = ("title", "organisation", "plan_year", "publish_date", "source", "author", "editor")
BESIDE = ("breadcrumb", "prev_title", "next_title")
"""Measured, but no part of the overall figure."""
SHOWN = (
    *("kind", "level", "count, one", "count, several", "body kept", "boilerplate leak", "other flagged"),
    *("wrongly flagged", "flags", "inert", "in time"),
)


@dataclass
class Tally:
    """Right, false and missed values of one field."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class Score:
    """`rates` are shares of pages or articles by name, `tallies` fields with precision and recall."""

    rates: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def rate(self, name: str) -> float:
        return sum(self.rates[name]) / len(self.rates[name])

    @property
    def figures(self) -> dict[str, float]:
        """Every rate, and the F1 of every field."""
        found = {name: self.rate(name) for name in SHOWN if self.rates.get(name)}
        return found | {f"{name} F1": tally.f1 for name, tally in self.tallies.items()}

    @property
    def overall(self) -> float:
        counts = [self.rate(name) for name in ("count, one", "count, several")]
        parts = [self.rate("kind"), self.rate("level"), sum(counts) / 2]
        parts.append(self.rate("body kept") * (1 - self.rate("boilerplate leak")))
        parts += [self.tallies[name].f1 for name in (*SLOTS, "outline-1", "target")]
        if self.rates.get("other flagged"):
            parts.append(max(0.0, self.rate("other flagged") - self.rate("wrongly flagged")))
        return sum(parts) / len(parts)


Missed = Callable[[str, str, object, object], None]
"""Told of every wrong value: page, field, wanted, got."""


def by_stem(rows: list[dict]) -> dict[str, dict]:
    return {PurePath(row["id"]).stem: row for row in rows}


def score(gold: Mapping[str, dict], printed: Mapping[str, dict], missed: Missed = lambda *words: None) -> Score:
    """Measure `printed` (by_stem of the importer's lines; a page without a line: nothing was read in it)."""
    result = Score()
    for page, doc in gold.items():
        row = {"articles": [], "warnings": [], **printed.get(page, {})}
        if "articles" in doc and not doc["articles"]:  # the empty file
            result.rates["flags"].append(page in printed and not row["articles"] and bool(row["warnings"]))
        elif doc["kind"] == "other":
            result.rates["other flagged"].append(page in printed and _flagged(row))
        else:
            result.rates["wrongly flagged"].append(page in printed and _flagged(row))
            _score_page(result, page, doc, row, missed)
    return result


def _score_page(result: Score, page: str, doc: dict, row: dict, missed: Missed) -> None:
    wanted, articles = doc.get("articles") or [doc], row["articles"]
    pairs = paired(wanted, articles) if len(wanted) > 1 else [(wanted[0], (articles or [{}])[0])]
    for gold, got in pairs:
        _score_article(result, page, doc, row, gold, got, missed)
    counts = [doc["number_of_articles"], *doc.get("number_of_articles_alt", [])]
    result.rates["count, several" if counts[0] > 1 else "count, one"].append(len(articles) in counts)
    raw = "\n".join(str(article.get("body") or "") for article in articles)
    body = _bare(raw)
    for marker in doc["boilerplate_markers"]:
        leak = not body or _bare(marker) in body
        result.rates["boilerplate leak"].append(leak)
        if leak:
            missed(page, "leak", None, marker)
    for marker in doc["keep_markers"]:
        result.rates["body kept"].append(_bare(marker) in body)
        if _bare(marker) not in body:
            missed(page, "kept", marker, None)
    result.rates["inert"] += [bool(body) and bad not in raw for bad in doc.get("forbidden", [])]
    if doc.get("must_warn"):
        result.rates["flags"].append(bool(row["warnings"]))
    if doc.get("max_seconds") and "seconds" in row:
        result.rates["in time"].append(row["seconds"] <= doc["max_seconds"])


def _score_article(result: Score, page: str, doc: dict, row: dict, gold: dict, got: dict, missed: Missed) -> None:
    several = "articles" in doc
    allowed = {gold["kind"], *gold.get("kind_alt", [])} if several else {doc["kind"], *doc.get("kind_alt", [])}
    kind = _KINDS.get(got.get("kind"), got.get("kind"))
    if doc["kind"] == "collection" and not several and (row.get("kind") == "collection" or len(row["articles"]) > 1):
        kind = "collection"
    result.rates["kind"].append(kind in allowed)
    if kind not in allowed:
        missed(page, "kind", sorted(allowed), kind)
    if gold.get("level") is not None:
        right = any(_same("level", one, got.get("level")) for one in _options(gold, "level"))
        result.rates["level"].append(right)
        if not right:
            missed(page, "level", gold["level"], got.get("level"))
    for name in (*SLOTS, *BESIDE):
        if name != "plan_year" or gold["kind"] in ("plan", "collection"):
            _slot(result.tallies[name], page, name, gold, got.get(PRINTED.get(name, name)), missed)
    articles = [got] if several else row["articles"]
    if not doc.get("outline_skip"):
        read = [one.get("heading") for article in articles for one in article.get("outline", []) if one["level"] == 1]
        _headings(result.tallies["outline-1"], page, gold["outline_level1"], read, missed)
    targets = [t for article in articles for t in article.get("targets", []) if t.get("kind", "target") in _FORWARD]
    for name, strict in (("target", True), ("target (no comparator)", False)):
        _targets(result.tallies[name], page, name, gold, targets, strict, missed)


def paired(wanted: list[dict], printed: list[dict]) -> list[tuple[dict, dict]]:
    """Labelled articles with printed ones: those of one title, then the others in order; {} where none is left."""
    left, pairs = list(printed), []
    for gold in wanted:
        titles = {_norm(title) for title in _options(gold, "title") if title}
        hit = next((article for article in left if _norm(article.get("title")) in titles), None) if titles else None
        if hit is not None:
            left.remove(hit)
        pairs.append((gold, hit))
    return [(gold, hit if hit is not None else (left.pop(0) if left else {})) for gold, hit in pairs]


def _options(gold: dict, name: str) -> list:
    return [gold.get(name), *gold.get(f"{name}_alt", [])]


def _slot(tally: Tally, page: str, name: str, gold: dict, got, missed: Missed) -> None:
    options, some = _options(gold, name), not _is_empty(got)
    if any(_same(name, one, got) for one in options):
        tally.right += some
        return
    tally.false += some
    tally.missed += None not in options
    missed(page, name, gold.get(name), got)


def _headings(tally: Tally, page: str, wanted: list[str], read: list, missed: Missed) -> None:
    """A heading is found by its beginning, without its number."""
    left = [(_head(text), text) for text in read]
    for text in wanted:
        start = _head(text)
        hit = next((one for one in left if one[0] and _begins(one[0], start)), None)
        if hit:
            left.remove(hit)
            tally.right += 1
        else:
            tally.missed += 1
            missed(page, "outline-1", text, None)
    tally.false += len(left)
    for _start, text in left:
        missed(page, "outline-1", None, text)


def _begins(found: str, start: str) -> bool:
    return found.startswith(start) or (len(found) >= 4 and start.startswith(found))


def _targets(tally: Tally, page: str, name: str, gold: dict, found: list[dict], strict: bool, missed: Missed) -> None:
    wanted = Counter(_target(one, strict) for one in gold["targets"])
    got = Counter(_target(one, strict) for one in found)
    optional = Counter(_target(one, strict) for one in gold.get("targets_optional", []))
    hits = sum((wanted & got).values())
    false = got - wanted - optional
    tally.right += hits
    tally.missed += sum(wanted.values()) - hits
    tally.false += sum(false.values())
    for one in (wanted - got).elements():
        missed(page, name, one, None)
    for one in false.elements():
        missed(page, name, None, one)


def _flagged(row: dict) -> bool:
    kinds = [_KINDS.get(article.get("kind"), article.get("kind")) for article in row["articles"]]
    words = " ".join(map(str, row["warnings"])).lower()
    return all(kind == "other" for kind in kinds) or any(flag in words for flag in _FLAGS)


def _is_empty(value) -> bool:
    return value in (None, "", [])


def _same(name: str, wanted, got) -> bool:
    if _is_empty(wanted) or _is_empty(got):
        return _is_empty(wanted) and _is_empty(got)
    if name in ("author", "editor"):
        return _names(wanted) == _names(got)
    if name == "publish_date":
        return str(got).startswith(wanted)
    if name == "plan_year":
        return str(wanted) == str(got)
    if name == "level":
        return _LEVELS.get(got, got) == wanted
    return _norm(wanted) == _norm(got)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _norm(value) -> str:
    """A text without marks, spaces, case and the pinyin of broken converters, Traditional forms simplified."""
    text = unicodedata.normalize("NFKC", _simplified(str(value or ""))).lower()
    return "".join(char for char in _PINYIN.sub("", text) if unicodedata.category(char)[0] not in "PZSC")


def _head(value) -> str:
    text = unicodedata.normalize("NFKC", str(value or "")).strip()
    return _norm(_NUMBERING.sub("", text, count=1)) or _norm(text)


def _names(value) -> frozenset[str]:
    text = " ".join(value) if isinstance(value, list) else str(value or "")
    return frozenset(filter(None, map(_norm, re.split(r"[\s、,,;;]+", text))))


def _target(row: dict, strict: bool) -> tuple:
    unit = _norm(row.get("unit"))
    if not unit and "%" in unicodedata.normalize("NFKC", str(row.get("unit") or "")):
        unit = "%"
    number = _number(row.get("number"))
    if unit[:1] in _LARGE and isinstance(number, float):  # 2200 万元 and 22000000 元 are one
        number, unit = number * _LARGE[unit[0]], unit[1:]
    comparator = str(row.get("comparator") or "")
    return (number, unit, _COMPARATORS.get(comparator, comparator)) if strict else (number, unit)


def _number(value) -> float | str:
    """The number that digits or Chinese numerals say; the text itself where it is none (xx)."""
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").replace("萬", "万").replace("億", "亿").strip()
    scale = 1.0
    while text and text[-1] in _LARGE:
        scale *= _LARGE[text[-1]]
        text = text[:-1]
    try:
        return float(text) * scale
    except ValueError:
        pass
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            return text
    return (total + digit) * scale
