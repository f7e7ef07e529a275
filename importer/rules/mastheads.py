"""Information lines without labels: a day with counters, a newspaper's masthead, an account's line over its post."""

import re

from importer.document import Line, fold
from importer.rules.dates import DateFound, find_dates
from importer.rules.info_lines import SEPARATORS, InfoLine, Label
from importer.rules.persons import is_name

_WEEKDAY = re.compile(r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?")
PAPER = re.compile(
    r"《?(?P<name>(?!本|今)[\u3400-\u9fff]{1,12}(?:报|周刊|画刊|新闻|时讯))》?(?:社)?(?:数字报(?:刊|纸)?|电子报(?:刊|纸)?|电子版|数字版|多媒体数字报|多媒体数字版)?"
)
_SHEET = re.compile(  # the page of a newspaper, the number of an issue
    r"第?\s*+[A-Z]?\d{1,3}\s*+版|第\s*+[一二三四五六七八九十]{1,3}\s*+版|(?<![A-Z\d])[A-Z]\d{1,2}(?![\d\w])|版次|总?第\s*+\d{1,6}\s*+期"
)
_LUNAR = re.compile(
    r"(?:农历|阴历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)?(?:闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|三十)\S?)?"
)
_LUNAR_DAY = re.compile(r"农历|阴历")
_PAPERS_TURNING = re.compile(r"(?:返回|[上下前后])一?(?:篇|页|首页)|放大|缩小|默认")
_TURNING = re.compile(
    r"(?:返回|上|下|前|后)(?:一)?(?:版|期|篇|页|首页|目录)|往期(?:回顾|报纸)?|版面(?:导航|概览)|放大|缩小|默认|标题导航|今日版面"
)
_SECTION = re.compile(r"[\u3400-\u9fffA-Za-z·・]{2,10}")
_SUPPLIED = re.compile(r"(?P<unit>[^,。;:!?]{2,24}?)\s*(?:供稿|来稿|报送|提供|投稿|发布|推送)")  # 区总工会宣教部供稿
_ISSUER = re.compile(r"(?P<unit>[^,。;:!?\s]{2,24}?)\s*(?:主?编印?|编发|编辑|编制|主办|印发|印制|主编)")
_LAST_WORD = re.compile(r"(?:网|报|社|台|会|部|室|政府|局|办|处|信息|号)$")
_SOURCE = re.compile(r"(?:网|报|社|台|工会|号|客户端|频道|部|办公室)$")
PLACE = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    "甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|中国香港|中国澳门|中国台湾"
)
_ENGLISH = re.compile(
    r"(?:(?:posted|published|updated|written)?\s*(?:on|at|date)?|by\s+[\w .]{2,30})?\s*:?", re.IGNORECASE
)
_COUNTER = re.compile(r"[\d.,]+万?\+?\s*[\u3400-\u9fff]{1,4}|[\u3400-\u9fff]{1,4}\s*[\d.,]+万?\+?|[\u3400-\u9fff]{2,4}")
_PERSON = re.compile(r"^[\u3400-\u9fff]{1,4}(?:老师|律师|同学|会计|教授|博士|主播|学长|学姐|大叔|先生|女士|君)$")
_POSTED = re.compile(rf"\s*(?:(?:发表|发布|编辑)于\s*\S{{2,8}}|IP属地\s*:?\s*\S{{2,8}}|{PLACE})?\s*")
_ACCOUNT = re.compile(r"(?P<own>原创\s*)?(?P<names>\S{2,20}(?:\s+\S{1,20}){0,3})\s+")
_SAID_BY = re.compile(r"(?:^|\s|\d日?)(?:由|by)\s", re.IGNORECASE)
_PUTS = r"(?:(?:提交|发布|发表|上传|添加|创建|投稿|撰写|编辑|posted|published|submitted|written)(?:于|在|\s?on)?)"
_POSTED_BY = re.compile(  # @ is where the day stands
    rf"(?:{_PUTS}\s+)?(?:由|by)\s+(?P<who>[^\s,。;:@]{{1,20}})\s+(?:[于在,|·]\s*|on\s+)?{_PUTS}?[\s,]*@\s*{_PUTS}?[\s|·,]*"
    rf"|{_PUTS}?\s*@[\s,|·-]*(?:由|by)\s+(?P<whom>[^\s,。;:@]{{1,20}})\s*{_PUTS}?",
    re.IGNORECASE,
)

_FROM_WORDS = (
    "(",
    "[",
    "【",
    "原载",
    "选自",
    "首发",
    "据",
    "来自",
    "刊于",
    "载于",
    "以下",
    "本文",
    "文章",
    "此文",
    "转自",
    "转载自",
    "摘自",
    "摘编自",
    "来源于",
    "内容",
    "图文",
    "原文",
)
_FROM = re.compile(
    r"(?:以下|本|此)?(?:文章|图文|内容|文|原文)?(?:来源于|来源自|源自|转自|转载自|摘自|摘编自|选自|首发于|原载于?|(?P<weak>来自|首发|刊于|载于|据))\s*[:]?\s*"
    r"(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?(?:微信)?(?:公众号)?\s*[:]?\s*"
    r"(?P<source>[^,。;:!?\s]{2,20})(?:[\s,、|]*作者\s*:?\s*(?P<author>[^,。;:!?]{2,16}))?"
)


_TOLD_SOURCE = re.compile(r"(?:报|网|社|刊|台|公众号|客户端|工会|杂志|强国|》)$")


def read_unlabelled(line: Line, tools: str) -> InfoLine | None:
    """A line of a date, counters and perhaps a source's name. `tools`: its folded text, tool words blanked by bars."""
    if not tools.strip(SEPARATORS):
        return InfoLine(line, (), "", "")
    if len(tools) > 80:
        return None
    dates = find_dates(tools)
    if not dates:
        return _original(line)
    date = dates[0]
    labels = _posted(line, tools, date) or _account(line) or read_masthead(line.text)
    if labels:
        return InfoLine(line, labels, "", "")
    return _plain(line, tools, date)


def _original(line: Line) -> InfoLine | None:
    """原创 王芳 县工会之家: an account's line whose day stands on another."""
    words = line.text.replace("　", " ").split() if "原创" in line.text else ()
    if not 2 <= len(words) <= 5 or words[0] != "原创" or len(line.text) > 40:
        return None
    people = [word for word in words[1:] if is_name(word)]
    others = [word for word in words[1:] if word not in people]
    if len(others) > 1 or not re.fullmatch(r"[\w·-]*", "".join(others)):
        return None
    labels = [Label("source", "", others[0])] if others else []
    return InfoLine(line, (*labels, *([Label("writer", "原创", " ".join(people))] if people else [])), "", "")


def read_masthead(printed: str) -> tuple[Label, ...]:
    """The day and the paper's name of a newspaper page's head line; () where the line is none.

    Its parts are a paper, a day with its weekday, a sheet's or an issue's number, a section, words to turn pages by.
    """
    folded = fold(printed)
    dates = find_dates(folded)
    if len(dates) != 1 or len(folded) > 90 or re.search("[,。;!?]", folded):
        return ()
    date = dates[0]
    rest = f"{folded[: date.start]}  {folded[date.end :].removeprefix('日')}"
    rest, weekdays = _WEEKDAY.subn("  ", rest)
    rest, sheets = _SHEET.subn("  ", rest)
    rest, turned = _PAPERS_TURNING.subn("  ", rest)
    parts = [part for part in re.split(rf"[\s{re.escape(SEPARATORS)}]+", _TURNING.sub("  ", rest)) if part]
    paper, others = None, []
    for part in parts:
        named = PAPER.fullmatch(part)
        if named and not paper:
            paper = named["name"]
        elif re.fullmatch(r"\d{1,2}", part) and weekdays:
            sheets += 1
        elif not _LUNAR.fullmatch(part):
            others.append(part)
    sheets += turned
    told = weekdays + sheets + bool(paper)
    if (told < 2 and not (told and not others)) or len(others) > 2 or not all(map(_SECTION.fullmatch, others)):
        return ()
    if not sheets and (others or not (paper or _LUNAR_DAY.search(folded))):
        return ()
    day = Label("date", "版", printed[date.start : date.end].strip())
    place = folded.find(paper) if paper else -1
    return (day, Label("source", "", printed[place : place + len(paper)])) if paper else (day,)


def _posted(line: Line, tools: str, date: DateFound) -> tuple[Label, ...]:
    """An account's line over its post: 原创 王芳 县工会之家 2023-06-08 17:30 发表于浙江."""
    account = _ACCOUNT.fullmatch(tools[: date.start])
    after = tools[date.end :].replace("|", " ")
    if not account or not _POSTED.fullmatch(after) or re.search("[,。;:!]", account["names"]):
        return ()
    if not (account["own"] or after.strip() or date.time or _LAST_WORD.search(account["names"])):
        return ()
    if not account["own"] and not after.strip() and len(account["names"].split()) > 1:
        return ()
    printed = line.text[slice(*account.span("names"))].split()
    labels = [Label("date", "", line.text[date.start : date.end]), Label("source", "", printed[-1])]
    writers = [name for name in printed[:-1] if is_name(name)] if account["own"] else []
    return (*labels, Label("writer", "原创", " ".join(writers))) if writers else tuple(labels)


def _account(line: Line) -> tuple[Label, ...]:
    """An account's name, the day and counters, with dots between: 小林老师 · 2022-09-06 14:20 · 8.1万浏览."""
    parts = [part.strip() for part in re.split(r"\s[·•|丨]\s", line.text)]
    if not 2 <= len(parts) <= 6:
        return ()
    dates = find_dates(fold(parts[1]))
    rest = [fold(part) for part in parts[2:]]
    if not dates or dates[0].start or dates[0].end < len(parts[1]) or not all(map(_COUNTER.fullmatch, rest)):
        return ()
    if is_name(parts[0]) or _PERSON.search(parts[0]):
        return Label("date", "", parts[1]), Label("writer", "·", parts[0])
    return (Label("date", "", parts[1]), Label("source", "", parts[0])) if _LAST_WORD.search(parts[0]) else ()


def _plain(line: Line, tools: str, date: DateFound) -> InfoLine | None:
    who = line.text[: date.start].strip(SEPARATORS + "　").split()
    if 2 <= len(who) <= 4 and _SOURCE.search(fold(who[0])) and all(map(is_name, who[1:])):  # 县总工会 王芳 2019-03-05
        day = Label("date", "", line.text[date.start : date.end])
        return InfoLine(line, (day, Label("source", "", who[0]), Label("author", "", " ".join(who[1:]))), "", "")
    if 2 <= len(who) <= 4 and _SOURCE.search(fold(who[-1])) and all(map(is_name, who[:-1])):  # 王芳 县总工会 2019-03-05
        day = Label("date", "", line.text[date.start : date.end])
        return InfoLine(line, (day, Label("source", "", who[-1]), Label("writer", "", " ".join(who[:-1]))), "", "")
    before, after = tools[: date.start].strip(SEPARATORS), tools[date.end :].strip(SEPARATORS)
    in_english = _ENGLISH.fullmatch(before) and _ENGLISH.fullmatch(after)
    if (date.time and not before and re.fullmatch(PLACE, after)) or (in_english and before + after):
        return InfoLine(line, (Label("date", "", line.text[date.start : date.end]),), "", "")
    supplied = _SUPPLIED.fullmatch(after) or _SUPPLIED.fullmatch(before)
    if supplied and _LAST_WORD.search(supplied["unit"]) and not re.search("[,。;!?]", before + after):
        label = Label("date", "", line.text[date.start : date.end])
        unit = line.text[line.folded.rfind(supplied["unit"]) :][: len(supplied["unit"])]
        return InfoLine(line, (label, Label("source", "供稿", unit)), "", "")
    if (
        (before and after)
        or len(before + after) > (24 if _ISSUER.fullmatch(before) else 14)
        or re.search(r"[年月]|讯|日前|电$", before + after)
    ):
        return None
    issuer = _ISSUER.fullmatch(before) if not after else None
    if issuer and _LAST_WORD.search(issuer["unit"]):  # a bulletin's head: 县总工会办公室编 2020年3月5日
        label = Label("date", "", line.text[date.start : date.end])
        return InfoLine(line, (label, Label("publisher", "编印", issuer["unit"])), "", "")
    if date.precision == "day" and before and not _LAST_WORD.search(before):
        return None
    label = Label("date", "", line.text[date.start : date.end])
    name = line.text[: date.start] if before else line.text[date.end :]
    name = name.strip(SEPARATORS + "　：，")
    source = (Label("source", "", name),) if _SOURCE.search(name) else ()
    return InfoLine(line, (label, *source), "", "" if source else before + after)


def read_posted_by(line: Line) -> InfoLine | None:
    """由 王芳 提交于 星期四, 02/16/2023: who put the page on the site and when, said in words as site builders do."""
    folded = line.folded
    if len(folded) > 80 or not ("由" in folded or "b" in folded or "B" in folded) or not _SAID_BY.search(folded):
        return None
    dates = find_dates(folded)
    if len(dates) != 1:
        return None
    date = dates[0]
    rest = f"{folded[: date.start]} @ {folded[date.end :]}"
    match = _POSTED_BY.fullmatch(_WEEKDAY.sub(" ", rest))
    if not match:
        return None
    day = Label("date", "发布", line.text[date.start : date.end])
    who = match["who"] or match["whom"]
    return InfoLine(line, (day, Label("writer", "由", who)) if is_name(who) else (day,), "", "")


def read_reprint(line: Line) -> InfoLine | None:
    """以下文章来源于工友之家，作者王芳: where a reprinted text comes from, said in words."""
    if not line.folded.startswith(_FROM_WORDS):
        return None
    folded = line.folded.rstrip(" ,。")
    boxed = folded[:1] in "([【" and folded[-1:] in ")]】"
    bare = f" {folded[1:-1]}".lstrip() if boxed else folded
    shift = folded.index(bare) if bare else 0
    match = _FROM.fullmatch(bare) if boxed or folded[0] not in "([【" else None
    if not match or (match["weak"] and not _TOLD_SOURCE.search(match["source"])):
        return None
    start, end = match.span("source")
    labels = [Label("source", "来源于", line.text[start + shift : end + shift].strip("“”《》"))]
    if match["author"]:
        start, end = match.span("author")
        labels.append(Label("author", "作者", line.text[start + shift : end + shift]))
    return InfoLine(line, tuple(labels), "", "")
