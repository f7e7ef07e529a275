"""The words that go with a number: how firmly it is promised, by when, and what is counted."""

import re
from collections.abc import Sequence

from .quantities import Quantity, find_quantities
from .sentences import Span

TAIL = re.compile(r"(?:力争|确保|要|已|分别|保持在|发展到|达到?了?|至少|不少于|不低于|超过|突破|约|近|不超过|控制在)+$")
LONGEST = 40
FIRM = re.compile(r"力争|力求|争取|争创|确保|保证|计划|打算|预计|初步定|拟|原则上|必须|努力实现")
_NUMERAL = r"一二两三四五六七八九十\d"
_MONTH, _SPAN = r"月(?:底|末|\d{1,2}日)?之?前", "个?(?:年|个月|月)(?:内|时间)?(?=[,内建培完])"
PERIOD = re.compile(  # its first character by itself: a search skips to the next such one
    rf"[每年今去明上下全突{_NUMERAL}](?:(?<=每)(?:年|月|周|天|日|半年|个?季度|个?月|两年|学期)|(?<=年)(?:内|[底末]前?)"
    rf"|(?<=今)年(?:以?来)?|(?<=[去明全])年|(?<=[上下])半年|(?<=2)0\d\d年\d{{1,2}}{_MONTH}|(?<=\d)\d?{_MONTH}"
    rf"|(?<=2)0\d\d年[底末]?(?:之?前)?|(?<=[一二三四])季度|(?<=突)击[{_NUMERAL}]+{_SPAN}|(?<=[{_NUMERAL}])[{_NUMERAL}]*{_SPAN}"
    r"|(?<=[三五])年)"
)
MARKER = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]+(?:、|是)|\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]+\)|[①-⑳])[ ]*"
)
# After these a verb begins a noun: 培训班, 慰问品.
THING = "(?!班(?!组)|师(?!傅)|品(?!牌)|[课金站者]|基地|中心|项目|计划|活动|工程|对象|资金)"
LEAD = re.compile(
    rf"^(?:并|即|再|同时|其中|先(?!进)|要|将|继续|全年|年内|今年|力争|力求|争取|争创|确保|计划|拟|努力|使|为|每(?:年|月|周|半年|个?季度)|新建|新增|建立|建成|建设|创建|打造|培育|培训{THING}|培养{THING}|选树|评选|举办|开展|组织|完成|实现|发展|招收|签订|走访|慰问{THING}|达到?|推动|精选|进行|对|至少|不少于|不低于|超过|突破|覆盖|产生|吸收|征集|帮扶{THING}|救助{THING})+"
    # 新建、提升职工书屋
    r"(?:、(?:新建|改建|扩建|改造|提升|升级|完善|规范|巩固|维修|培训|培养|培育|建设|打造|创建|慰问|帮扶|救助|评选|举办|开展))*"
)
PARTING = re.compile("[,，、;；:：。!！?？()（）]")
BRACKET, DIGIT = re.compile("[(（]"), re.compile(r"\d")
LISTED = re.compile(r"\d[^、]*、")
ASIDE = re.compile(r"^[(（][^()（）]*[)）]")


def modality(folded: str, sentence: Span, at: int) -> str | None:
    """The nearest word before the number, in its sentence, that says how firmly it is promised."""
    words = [found[0] for found in FIRM.finditer(folded, sentence.start, at)]
    return words[-1] if words else None


def period(folded: str, sentence: Span, start: int, plan_year: int | None) -> str | None:
    """The nearest words of time before the number, else the plan's own year."""
    words = [found[0] for found in PERIOD.finditer(folded, sentence.start, start)]
    if words:
        return words[-1]
    return f"{plan_year}年" if plan_year else None


def counted_object(
    text: str, folded: str, quantity: Quantity, clause: Span, sentence: Span, parts: Sequence[Span]
) -> str:
    """Words of the sentence that name what is counted: those after the unit, else those before the number.

    Where its own clause names nothing, the one before it does, unless that counts something itself; `parts` are those
    before it.
    """
    after = _cut(ASIDE.sub("", text[quantity.end : min(clause.end, quantity.end + LONGEST)]))
    opened = text[sentence.start : quantity.end].count('"') % 2
    if after.startswith(tuple("”’」』")) or (opened and after.startswith('"')):  # the quotation ends with the number
        after = ""
    if after and quantity.unit != "%":
        return after
    own = _without_lead(text, folded, clause.start, quantity.start)
    if own:
        return own
    for part in reversed(parts):
        part = Span(max(part.start, sentence.start), min(part.end, clause.start))
        if part.start >= part.end:
            break
        if DIGIT.search(folded, part.start, part.end) or find_quantities(folded[part.start : part.end]):
            break
        words = _without_lead(text, folded, part.start, part.end)
        if words:
            return words
    return after or text[quantity.start : quantity.end]


def _cut(words: str) -> str:
    return PARTING.split(words, maxsplit=1)[0].strip(" 　的")


def _without_lead(text: str, folded: str, start: int, end: int) -> str:
    marker = MARKER.match(folded, start, end)
    start = marker.end() if marker else start
    lead = LEAD.match(folded[start:end])
    words = BRACKET.split(text[start + (lead.end() if lead else 0) : end], maxsplit=1)[0].strip(" 　")
    words = TAIL.sub("", words).strip()
    return words.split("、")[-1] if LISTED.search(words) else words
