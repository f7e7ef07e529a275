"""Numbers with a unit in running text: 1000名, 两个, 2200余万元, 90%以上, 不少于5场, xx家, 首家."""

import re
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from .lexicon import any_of
from .numerals import ARABIC, CHINESE, MIXED, PLACEHOLDER, parse

# Longest first when matched. Open by nature: a word here is a unit, a word missing here leaves its number unread.
UNITS = {
    "people": "人 名 位 人次 人份 人天 户 户次 对 对次 例",
    "bodies": "家 家次 所 个 处 间 座 栋 幢 片 站 队 支 组 班 班次 岗位 部 工种",
    "deeds": "项 项次 场 场次 次 遍 期 轮 轮次 批 批次 件 件次 起 宗 堂 讲 届 节 节次 门 课时 学时 课次 道",
    "papers": "份 笔 条 条次 篇 篇次 册 本 张 幅 封 集 字 页",
    "things": "台 套 块 辆 枚 面 只 种 类 顿 盒 箱 袋 束 车次 棵 株 床 桶 瓶 款 首 把 副 顶 盏 扇 罐",
    "measures": "元 % ‰ 百分点 个百分点 亩 平方米 公里 吨 公斤 斤 千克",
    "spans": "天 小时 分 个月",
    "steps": "步",
}
_WORDS = sorted(" ".join(UNITS.values()).split(), key=len, reverse=True)
UNIT = "|".join(
    [*(word for word in _WORDS if len(word) > 1), f"[{''.join(word for word in _WORDS if len(word) == 1)}]"]
)

# What may not follow a unit, since the two then make another word.
_OTHER_WORDS = r"""
    个(?:多?月|工作日|季度|多?小时|星期|年度|年头|别|体|人(?!会员|会|$)) 名(?:单|称|列|片|誉)
    人(?:民|类|均|大|社|才|员|身) 家(?:庭|属|长|园) 对(?:口|接|照|标|[一二三四五六七八九十\d])
    支(?:持|部|出|撑|付|援) 部(?:门|委|分|署|件) 元(?:旦|素|化|宵) 条(?:例|款|件) 起(?:来|点|到|草|步)
    门(?:户|店|槛) 面(?:向|临|对) 期(?:间|望|盼) 份额 次(?:全会|全委|全体|代表大会|会员代表|序) 类(?:似|别)
    组(?:织|建|长|成) 班(?:组|子|长) 队(?:伍|员) 站(?:在|位) 节(?:日|约|点|能|假)
    本(?:市|区|县|年|次|级|单位|着|地) 间(?:接|隔) 种植 道(?:路|德) 片区 台(?:账|阶) 套餐 处(?:理|于|置|分|级)
    集(?:体|中|团|合|会|结|聚|市|镇|成|装) 款(?:项|待|额) 天(?:津|然|水|空|下|河|山|地|气) 床位 瓶颈
    讲(?:话|座|师|解|述|授|课|坛|究|堂|习|台|好|清|明|政|评|学|文|法|给)
    届(?:[一二三四五六七八九十\d]|全|中|理|委|学|会|满|时|毕) 步(?:骤|行|入|走|伐|调|态|履)
    首(?:批|个|次|届|席|要|创|家|位|都|先|府)
    分(?:[别为之类级批期钟行局区解析享布工管段步层散红校院厂队店发成组]|公司|会|工会) 小时工
    字(?:[号体典样眼形迹画幕面节码数母符诀经]|方针|要求|箴言|口诀|精神|原则|工作法|总) 笔(?:[字画试记者译会]|墨)
    把(?:[握关手控脉火好]|门|准|牢|党|职|工|思|学|服|维|劳) 支行
    副(?:[主书总职局县市处科院校厂组队会部秘刊业食]) 顶(?:[层岗替格尖端班])
    页(?:面|码|岩) 节(?:送|慰|走访|来|将|临|前|活动|帮) 名额 斤(?:斤|两) 扇(?:面|形)
    批(?:准|示|评) 例(?:如|会|行) 所(?:有|属|在|需|以) 场(?:所|地|馆) 张(?:家|店|贴) 轮(?:岗|流|换) 位(?:置|于|居|列)
"""
OTHER_WORD = {  # by their first character
    first: re.compile(any_of(" ".join(words)))
    for first, words in groupby(sorted(_OTHER_WORDS.split()), key=itemgetter(0))
}
BEFORE = {  # words that limit a number from the left, with what they say
    "<=": r"不[能得可应]?(?:超过|高于|多于|大于|超出)|至多|最多|低于|少于|小于|控制在|控制到|降至|压降到|<=?|≤|≦",
    ">=": r"不[能得可应]?(?:低于|少于|小于|下于)|不下|不止|至少|最少|起码|大于等于|≥|≧|>=|保底",
    ">": r"超过|突破|高于|多于|大于|超|逾|>",
    "~": r"大约|约(?<![要契合公特条制节集预签盟誓相邀爽失]约)|接近|将近|近|约为",
}
AFTER = [
    (">=", r"(?:及|或|\(含\)|\(含|含)?以上|起(?=[,。;]|$)"),
    ("<=", r"(?:及|或)?(?:以内|以下|之内)"),
    ("~", r"左右|上下"),
]
LIMIT = re.compile(
    f"(?:{'|'.join(f'(?P<w{at}>{words})' for at, words in enumerate(BEFORE.values()))})[到为在达至]?[ ]*$"
)
LIMIT_ENDS = frozenset("过于出多在到至<=≤≦下止少码≥≧>底破超逾约近为达 ")  # what LIMIT ends with
SIGNS = tuple(BEFORE)
ADVERB = re.compile(r"(?:至少|最少|起码|不少于|(?P<most>最多|至多))[^,。;:\d]{1,8}$")  # 至少建成2个
# 不低于当年发展党员总数的30%
OF_WHOLE = re.compile(r"(?:不[低少]于|不得[低少]于|(?P<most>不(?:高于|超过)|控制在))[^,。;:\d]{1,16}的$")
BOUND = re.compile("|".join(f"(?P<w{at}>{words})" for at, (_, words) in enumerate(AFTER)))
BOUND_FIRST = frozenset("及或(含以起左上")

ASIDE = re.compile(r"\([个名人家所项份条件场次期户篇幅]\)")  # 20篇(条)以上
MORE = "[余多]"
SCALE = "[十百千]?[万亿]|[百千]"
NUMERAL = rf"{MIXED}|{ARABIC}|{CHINESE}"
QUANTITY = re.compile(
    rf"""(?P<base>百|千)分之(?P<part>{CHINESE}(?:点{CHINESE})?|{ARABIC})
      (?P<parts>[-~—至到](?:[百千]分之)?(?:{NUMERAL}))?
    | (?P<tenths>[一二三四五六七八九]|(?<!\d)[1-9])(?P<tens>[-至到、](?:[一二三四五六七八九]|[1-9]))?
      成(?P<half>[一二三四五六七八九半])?(?![员立功果绩本为就长熟年人品都套形交效份心才天批不])
    | (?:(?P<low>{NUMERAL})[ ]*(?P<own>{UNIT})?(?P<range>[-~—]{{1,2}}|至|到)[ ]*)?      # 3-5个, 80%至90%
      (?P<number>{NUMERAL}|{PLACEHOLDER})[ ]*
      (?P<more>{MORE})?[ ]*(?P<scale>{SCALE})?[ ]*(?P<more2>{MORE})?[ ]*           # 2200余万元, 5万多人
      (?P<unit>{UNIT})(?:[(/](?P<times>次)\)?)?(?P<more3>余|多(?=[,。;]|$))?""",
    re.VERBOSE,
)
HIDDEN = frozenset("xX×*_○")  # what a placeholder is made of
VAGUE = re.compile("[零〇一二两三四五六七八九]{2}")
_OF_NUMERAL = r"[\d零〇一二两三四五六七八九十百千万亿xX×*_○]"
# What may stand behind the figures: the number goes on, or its unit begins. Behind a year or a month nothing is tried.
_FOLLOWING = "".join(sorted({word[0] for word in _WORDS})) + ",. 点分~—至到、成余多克-"
# A whole run of numerals. A search is quick where a pattern begins with one of a set: it skips to the next of them.
NUMERAL_RUN = re.compile(f"{_OF_NUMERAL}(?<!{_OF_NUMERAL}{{2}}){_OF_NUMERAL}*+(?=[{_FOLLOWING}])")
FIRST = re.compile(r"(?:首(?P<unit>[家个所支座条批])|第一(?P<other>[家个所支座]))(?!次)")
# 注册会员突破300万: a large number that closes its clause needs no unit.
REACHED = re.compile(rf"(?P<word>突破|超过|达到|达|不少于|不低于)(?P<amount>{ARABIC}[万亿])(?=[,。;!]|$)")
REACHED_SIGNS = {"突破": ">", "超过": ">", "达到": "=", "达": "=", "不少于": ">=", "不低于": ">="}
TOO_LARGE = Decimal(10**12)  # a code or a slip of the hand
DECIMALS = 4
LONGEST_NUMERAL = 40
NOT_BEFORE = re.compile(r"(?:[A-WYZa-wyz\d.+/〔\[#№_]|(?<![xX])[xX]|第|\d[-—])$")
NOT_BEFORE_CHINESE = re.compile(
    r"(?:第|(?<![明之新])星|届|[\d一二三四五六七八九十百千万亿]|[一二两三四五六七八九十][方级])$"
)
LAST_BEFORE_CHINESE = frozenset(
    "第星届一二三四五六七八九十百千万亿方级"
)  # one of these or a figure ends NOT_BEFORE_CHINESE


class Quantity(NamedTuple):
    """A number with its unit.

    written is arabic, chinese, placeholder, bare (百, 千, 万 alone), first (首家) or whole (全额);
    bound says that a limit (以上, 左右) follows the unit.
    """

    start: int
    end: int
    number: Decimal | None
    unit: str
    comparator: str
    written: str
    bound: bool


def find_quantities(folded: str) -> list[Quantity]:
    """Every number with a unit in a folded text, left to right, whatever it means there."""
    found, others, position = [], [], 0
    for run in NUMERAL_RUN.finditer(folded):
        position = max(position, run.start())
        while position < run.end():
            match = QUANTITY.match(folded, position)
            quantity = _quantity(folded, match) if match else None
            if quantity:
                found.append(quantity)
                position = match.end()
                continue
            position += 1
            while position < run.end() and folded[position - 1].isdecimal() and folded[position].isdecimal():
                position += 1  # inside Arabic figures none begins
    if "首" in folded or "第一" in folded:
        for first in FIRST.finditer(folded):
            unit = first["unit"] or first["other"]
            others.append(Quantity(first.start(), first.end(), Decimal(1), unit, "=", "first", False))
    if "万" in folded or "亿" in folded:
        for reached in REACHED.finditer(folded):
            sign = REACHED_SIGNS[reached["word"]]
            others.append(Quantity(*reached.span("amount"), parse(reached["amount"]), "", sign, "arabic", False))
    return sorted(found + others, key=attrgetter("start")) if others else found


def _quantity(folded: str, match: re.Match) -> Quantity | None:
    start, end = match.span()
    part, tenths, low, figures, unit = match.group("part", "tenths", "low", "number", "unit")
    if end - start > LONGEST_NUMERAL and any(len(words or "") > LONGEST_NUMERAL for words in (part, low, figures)):
        return None
    more = False
    if part:
        unit, written, ranged = "%" if match["base"] == "百" else "‰", "arabic", match["parts"]
        number = parse(part)
    elif tenths:  # 九成五
        unit, written, ranged = "%", "arabic", match["tens"]
        half = match["half"] or ""
        number = 10 * parse(tenths) + (5 if half == "半" else parse(half) or 0 if half else 0)
    else:
        ranged, own, scale, times, *mores = match.group("range", "own", "scale", "times", "more", "more2", "more3")
        unit += times or ""
        figures = low or figures
        written = _written(figures)
        number = None if written == "placeholder" else parse(figures)
        at = match.start("unit")
        other = OTHER_WORD.get(folded[at])
        if written == "vague" or (other and unit != "个月" and other.match(folded, at)):
            return None
        more = any(mores)
        number, unit = _scaled(number, figures, "" if own else scale or "", unit)  # 3000元至1万元
    if _is_part(folded[max(0, start - 3) : start], written):
        return None
    left = LIMIT.search(folded[max(0, start - 8) : start]) if folded[start - 1 : start] in LIMIT_ENDS else None
    right, comparator = _bound(folded, end), "="
    if left:
        comparator = SIGNS[left.lastindex - 1]
    elif bounded := _adverb(folded[max(0, start - 12) : start]) or (
        unit == "%" and OF_WHOLE.search(folded[max(0, start - 24) : start])
    ):
        comparator = "<=" if bounded["most"] else ">="
    if right:
        comparator = next(sign for at, (sign, _) in enumerate(AFTER) if right[f"w{at}"])
        end = right.end()
    elif not left and ranged:
        comparator = ">="
    if comparator == "=" and more:
        comparator = ">"
    if number is not None:
        whole = number.to_integral_value()
        if number >= TOO_LARGE or (number != whole and number != round(number, DECIMALS)):
            return None
        if number == whole:
            number = whole
    return Quantity(start, end, number, unit, comparator, written, bool(right))


def _is_part(before: str, written: str) -> bool:
    """Whether what stands before a number makes it a part of something else: 第3, GB2312, 〔2019〕5, 十三."""
    last = before[-1:]
    if written in ("arabic", "placeholder"):
        return (last == "第" or not "\u3400" <= last <= "\u9fff") and NOT_BEFORE.search(before) is not None
    return (last in LAST_BEFORE_CHINESE or last.isdecimal()) and NOT_BEFORE_CHINESE.search(before) is not None


def _bound(folded: str, end: int) -> re.Match | None:
    """The limit behind a unit that ends at `end`, another unit in brackets between them or not."""
    aside = ASIDE.match(folded, end) if folded.startswith("(", end) else None
    end = aside.end() if aside else end
    return BOUND.match(folded, end) if folded[end : end + 1] in BOUND_FIRST else None


def _adverb(before: str) -> re.Match | None:
    return ADVERB.search(before) if "少" in before or "多" in before or "起码" in before else None


def _written(written: str) -> str:
    first = written[0]
    if first.isdigit():
        return "arabic"
    if first in HIDDEN:
        return "placeholder"
    if first in "百千万亿":
        return "bare"
    if len(written) > 1 and VAGUE.search(written.replace("零", "").replace("〇", "")):
        return "vague"  # 三五个, 两三名
    return "chinese"


def _scaled(number: Decimal | None, written: str, scale: str, unit: str) -> tuple[Decimal | None, str]:
    """万 and 亿 fold into the number, except before 元, where they belong to the unit."""
    if number is None:
        return None, scale + unit if unit == "元" else unit
    if unit == "元":
        big = scale[-1:] or (written[-1] if written[-1] in "万亿" else "")
        if big and not scale:
            number /= 10**4 if big == "万" else 10**8
        for char in scale[:-1]:
            number *= {"十": 10, "百": 100, "千": 1000}[char]
        return number, big + unit
    for char in scale:
        number *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
    return number, unit
