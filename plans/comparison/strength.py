"""How firm, how early, how often and how wide a measure is by its words, and how two measures differ in that. Pure."""

import re
from collections import deque
from typing import NamedTuple

from django.utils.translation import gettext as _

from plans.grammar.lexicon import any_of
from plans.grammar.numerals import parse

# How much a word adds to a promise or takes from it; a word that says little weighs less than what tells (verdicts.py).
FIRM_WORDS = {
    1.0: "确保 务必 必须 保证(?=[^,。;]{0,10}(?:完成|达|实现|不)) 坚决 不折不扣 一律 硬性 刚性",
    -1.0: """
        力争 力求 争取(?!到|了) 努力(?:实现|达到|做到|争创) 拟 打算
        计划(?=[^,。;]{0,6}(?:建|举|开|组|培|发|新|完|招|慰))
        预计 原则上 初步 尽量 尽可能 逐步 适时 视情 条件成熟 探索 尝试 试行 酝酿 研究(?=推|建|制|出|设|开)
    """,
    -0.4: """鼓励 倡导 提倡 引导 支持 谋划""",
}
SCOPE_WORDS = {
    1.0: """
        全覆盖 全面(?:推开|推行|推广|铺开|覆盖|普及) 普遍(?:建立|开展|推行|签订|设立)
        试点(?:经验|基础|成果) 推广[至到] 覆盖全(?:[市区县省镇乡]|系统|域)
        全(?:[市区县省镇乡域]|街道|系统|行业)(?=范围|推|所有|普|铺|内|覆盖|落地|一体) [在向]全(?:[市区县省镇乡]|系统|域)
    """,
    0.4: """
        全面(?:实施|建立|开展|建成|落实) 全部 所有 每[个家名户] 各级 应[建入签]尽[建入签] 一个也?不[少漏]
        不[漏少]一[户人] 全体
    """,
    -1.0: """
        试点(?!经验|基础|成果|工作经验) 先行先试 试验 部分(?!门) 有条件的 符合条件的 选取
        选择[^,。;]{0,6}(?:[家个]|企业|单位)
    """,
    -0.4: """重点(?:企业|单位|行业|领域|区域|乡镇|园区|人群) 个别 为重点""",
}
FIRM_WITHOUT_NUMBER = 0.4


def _pattern(words: dict[float, str]) -> tuple[re.Pattern, list[float]]:
    return re.compile("|".join(f"({any_of(some)})" for some in words.values())), list(words)


_FIRM, _SCOPE = _pattern(FIRM_WORDS), _pattern(SCOPE_WORDS)

_SPANS = "天 日 周 月 个月 季度 季 半年 年 学期 两年"
A_YEAR = dict(zip(_SPANS.split(), (365, 365, 52, 12, 12, 4, 4, 2, 1, 2, 0.5), strict=True))
_OFTEN = re.compile(
    r"[每按逐](?P<count>[一两二三\d])?(?P<span>两年|半年|个?季度?|个?月|周|天|日|年|学期)"
    r"|(?P<word>季度|月度|年度)(?=技|比|例|通|督|考|竞|会|性)"
)
_WORDS = {"季度": 4, "月度": 12, "年度": 1}
_REGULAR = re.compile(r"常态化|经常性|长效|定期")

_N = r"[一二三四五六七八九十\d]{1,2}"
_BY = re.compile(
    rf"(?:(?P<year>20\d\d)年|(?P<next>[次明翌]年))?(?:(?P<month>{_N})月(?:份|底|末|\d{{1,2}}日)?(?:之?前|底|末|完成|内)"
    r"|(?P<quarter>[一二三四])季度(?:前|底|末|内|完成)?|(?P<half>上半年|下半年)|(?P<end>年(?:底|末|内)(?:之?前)?))"
    r"|(?:到|在|于)?(?P<only>20\d\d)年(?:底|末)?(?:之?前|完成|基本|全面|实现|建成|达)"
)


class Reading(NamedTuple):
    """What the words of one passage say beside its numbers."""

    firm: dict[str, float]
    scope: dict[str, float]
    often: float | None  # times a year
    regular: bool
    due: tuple[int | None, int, str] | None  # the year named, the month, the words


class Difference(NamedTuple):
    """One thing that is stronger (weight above 0) or weaker in the later passage, and in words why."""

    weight: float
    why: str


def read(folded: str) -> Reading:
    """Read a folded passage."""
    return Reading(
        _weighed(_FIRM, folded), _weighed(_SCOPE, folded), _often(folded), bool(_REGULAR.search(folded)), _due(folded)
    )


def narrow(folded: str) -> bool:
    """Whether a folded clause speaks of a trial or of a part only."""
    return any(weight <= -1 for weight in _weighed(_SCOPE, folded).values())


def _weighed(words: tuple[re.Pattern, list[float]], folded: str) -> dict[str, float]:
    pattern, levels = words
    return {found[0]: levels[found.lastindex - 1] for found in pattern.finditer(folded)}


def _often(folded: str) -> float | None:
    found = _OFTEN.search(folded)
    if not found:
        return None
    if found["word"]:
        return _WORDS[found["word"]]
    span = found["span"].removeprefix("个").replace("季度", "季")
    count = float(parse(found["count"]) or 1) if found["count"] else 1
    return A_YEAR[span] / count


def _due(folded: str) -> tuple[int | None, int, str] | None:
    found = deque(_BY.finditer(folded), 1)  # the last one is when all of it is done
    found = found[0] if found else None
    if not found:
        return None
    year = found["year"] or found["only"]
    month = 12
    if found["month"]:
        month = int(parse(found["month"]) or 12)
    elif found["quarter"]:
        month = 3 * int(parse(found["quarter"]))
    elif found["half"] == "上半年":
        month = 6
    return (int(year) if year else None), min(month, 12) + (12 if found["next"] else 0), found[0]


def differences(
    one: Reading, other: Reading, years: tuple[int | None, int | None] = (None, None), *, counted: bool = False
) -> list[Difference]:
    """How `other`, the later passage, differs from `one`; `years` are those of their plans.

    `counted`: a number stands in both, so that a word such as 确保 speaks of it.
    """
    found = (
        _words(one.firm, other.firm, 1.0 if counted else FIRM_WITHOUT_NUMBER),
        _words(one.scope, other.scope, 1.0, scope=True),
        _frequency(one, other),
        _deadline(one, other, years),
    )
    return [difference for difference in found if difference]


def _words(one: dict[str, float], other: dict[str, float], firm: float, *, scope: bool = False) -> Difference | None:
    gone = {word: weight for word, weight in one.items() if word not in other}
    come = {word: weight for word, weight in other.items() if word not in one}
    weight = _sum(come, firm) - _sum(gone, firm)
    if not weight:
        return None
    words = {"was": "、".join(gone), "now": "、".join(come)}
    if gone and come:
        sentence = _("the scope “%(was)s” is now “%(now)s”") if scope else _("“%(was)s” is now “%(now)s”")
    elif come:
        sentence = _("the scope is now “%(now)s”") if scope else _("it now says “%(now)s”")
    else:
        sentence = _("the scope “%(was)s” is gone") if scope else _("it no longer says “%(was)s”")
    return Difference(max(-2.0, min(2.0, weight)), sentence % words)


def _sum(words: dict[str, float], firm: float) -> float:
    """What the words add up to, none of one kind counting twice."""
    kinds = set(words.values())
    return sum(firm if kind == 1.0 else kind for kind in kinds)


def _frequency(one: Reading, other: Reading) -> Difference | None:
    if one.often and other.often and one.often != other.often:
        more = other.often > one.often
        return Difference(1.5 if more else -1.5, _("more often") if more else _("less often"))
    if one.often and one.often > 1 and not other.often:
        return Difference(-0.75, _("no longer says how often"))
    if other.often and not one.often and other.often > 1:
        return Difference(0.75, _("it now says how often"))
    if one.regular != other.regular:
        return Difference(0.3, _("now regularly")) if other.regular else Difference(-0.3, _("no longer regularly"))
    return None


def _deadline(one: Reading, other: Reading, years: tuple[int | None, int | None]) -> Difference | None:
    if one.due is None and other.due is None:
        return None
    if one.due is None or other.due is None:
        said = other.due or one.due
        if said[0] is None and said[1] == 12:  # 年内: a yearly plan's own bound
            return None
        if other.due:
            return Difference(0.75, _("it now has a deadline: %(words)s") % {"words": said[2]})
        return Difference(-0.75, _("the deadline %(words)s is gone") % {"words": said[2]})
    before, after = _months(one.due, years[0]), _months(other.due, years[1])
    words = {"was": one.due[2], "now": other.due[2]}
    if before is None or after is None:
        before, after = one.due[1], other.due[1]
    if before == after or (one.due[0] == other.due[0] and one.due[0] and one.due[1] == other.due[1]):
        return None
    weight = 1.0 if after < before else -1.0
    sentence = _("the deadline moved forward from %(was)s to %(now)s")
    if weight < 0:
        sentence = _("the deadline moved back from %(was)s to %(now)s")
    return Difference(weight, sentence % words)


def _months(due: tuple[int | None, int, str], plan_year: int | None) -> int | None:
    """Months from the beginning of the plan's year; None where the year is not known."""
    year, month, _words = due
    if year is None:
        return month
    return None if plan_year is None else (year - plan_year) * 12 + month
