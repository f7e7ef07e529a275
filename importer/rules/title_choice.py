"""Which line of an article's head is its title: the lines that can be, and the evidence that speaks for each."""

import re
from collections.abc import Sequence
from functools import lru_cache

from importer.document import Line, fold
from importer.rules.bylines import is_byline
from importer.rules.headlines import PAPERS, UNION_ONLY
from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.persons import POST, has_role, read_post_and_name
from importer.rules.pollution import unpolluted

DOC_NUMBER = re.compile(r"^\S{1,24}\s*[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d{1,4}\s*号$")
SUBTITLE = re.compile(r"(?:——|--|—|–)\s*\S.*|[(].{2,60}[)]")
NEVER = re.compile(
    r"(?:图为|图\d*\s*:|[(]图|资料图|摘要|内容提要|导语|核心提示|编者按|本报讯|本网讯|讯:|附件|附\s*:|注\s*:|各.{2,30}:|同志们|尊敬的|大家好|目录|文号|\S{1,20}[〔\[(]\d{4}[〕\])]\s*第?\d+号|签发人|"
    r"\d+$|第?\d+[版期页]|[A-Z]?\d{1,2}版|收录于|听全文|点击|长按|扫码|原创\s(?![|丨])|关注我们|功能介绍|微信号|往期|#\S)"
)
_TITLE_WORDS = re.compile(
    r"要点|计划|总结|安排|思路|打算|规划|方案|通知|公告|公示|通报|意见|办法|规定|条例|决定|章程|讲话|发言|致辞|报告|倡议|召开|举行|举办|开展|启动|部署|走访|慰问|调研|培训|竞赛|大赛|表彰|"
    r"签订|推进|打造|助力|成立|组织|浅谈|浅析|思考|探索|做好|加强|关于|工会|职工"
)
_PAPER_END = re.compile(rf".*(?:{PAPERS})(?:[(].{{1,12}}[)])?$")
_SITE_NAME = re.compile(
    r".{0,16}(?:网|网站|门户|门户网站|官网|平台|频道|在线|日报|晚报|时报|周报|早报|导报|工人报|周刊|月刊|旬刊|数字报|电子报|客户端|公众号|之家|之窗|之声|文库|文件库|驿站|工运|信息公开|专栏|欢迎您?!?)"
)
_IN_ENGLISH = re.compile(r"(?<=[\u3400-\u9fff])\s+[A-Za-z][A-Za-z .,&'’-]{3,60}$")
_LETTERHEAD = re.compile(  # 某某总工会文件, above a document's number
    r".{2,30}(?:工会|委员会|联合会|人民政府|公司|集团|学校|学院|大学|医院|局|厅|部|办公室|党委|党组)\s*[(]?(?:文件|便函|函件)[)]?"
)
_CHANNEL = re.compile(  # a column's name, where a headline would go on
    r"[\[【(]?.{0,8}(?:动态|公告|公示|新闻|要闻|快讯|简讯|资讯|信息|园地|天地|风采|风貌|专栏|专题|栏目|文件|资料|公开|政策法规|法规|下载|计划总结|经验交流|工作交流|工作|服务|之窗|首页|主页|正文|概况|大厅|中心|建设|工会|论坛|汇编)[\]】)]?"
)
_FILE = re.compile(r"\.(?:docx?|wps|pdf|txt|pptx?|xlsx?|rtf|html?)$", re.IGNORECASE)
_PRINTED_DAY = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}|\d{1,2}月\d{1,2}日")
_PRESS = re.compile(
    r"(?:星期|周)[一二三四五六日天]|第?\s*[A-Z]?\d{1,3}\s*版|版\s*:|总第\s*\d+\s*期|责编|校对|美编|版式|编辑|邮箱|电话|农历"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}|\s*[AP]M|$)|\d{4}\D.{0,12}\d{1,2}:\d{2}")
_SEPARATED = re.compile(r"\s*[·|丨>]\s*|\s+")
_GOES_ON = re.compile(r"[。;]|[,:、]$")
_ACCOUNT = re.compile(r"\S{0,6}工会\S{0,3}$")  # the name of a union's public account
_NAMES_OF_UNIONS = re.compile(r"[\u3400-\u9fff]{0,14}工会")
_LETTER = re.compile(
    r"倡\s*议\s*书|(?:感谢|慰问|表扬|公开|致歉)\s*信|邀\s*请\s*函|喜\s*报|承\s*诺\s*书|决\s*心\s*书|致\s*辞"
)
_DASHED = re.compile(r"(?:——|--|—|–)\s*\S")
_SPEAKER = re.compile(  # a line of nothing else
    r"[(]?(?P<post>[^,。;:!?“”《》]{2,40}?)[\s:·]+"
    r"(?P<name>[\u3400-\u9fff·]{2,8}|[\u3400-\u9fff] [\u3400-\u9fff]|[xX×*某]{2,3})(?:同志)?[)]?"
)
_OWNER = re.compile(r"[\u3400-\u9fff()xX×*]{1,16}(?<![的于发了])")  # 某县, in front of 教育工会工作计划
_COMMON = frozenset(["工作", "职工", "会议", "活动", "关于", "年度", "进行", "开展"])
_OPENING = re.compile(  # how a first paragraph begins, though its line be broken before it ends
    r"(?:本报|本网|本刊|本台|新华社|中新社|.{2,10})?讯\s*[(:]|(?:新华社|本报|中新社).{2,16}电\s*[(]|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[,上下晚]|至)|(?:近日|日前|近期|近年来|昨日|连日来|一年来|今年以来|为了?|根据|按照)[^。]{0,30},|.{6,}。.{4,}"
)
_NOTE = re.compile(r"[\[【(]?(?:编者按|编者的话|开栏(?:的话|语)|编前(?:语|话)|记者按|编辑按)[\]】)]?\s*[:\s]")
_TELLING = frozenset({"date", "source", "author", "updated", "publisher"})
_LONGEST = 90
_TEXT_LOOKED_AT = 1500


def text_start(items: Sequence[Item]) -> int:
    """The first item of running text, numbered heading or salutation; the number of items where there is none."""
    for index, item in enumerate(items):
        folded = item.line.folded
        if item.role != "text" or _title_follows(items, index) or _is_editors_note(items, index):
            continue
        if (is_prose(folded) and not _title_like_prose(folded, items, index)) or NUMBERED.match(folded):
            return index
        if _breaks_off(items, index) or (index and _OPENING.match(folded)):
            return index
        if folded.endswith(":") and len(folded) > 3 and index > 0 and not _is_above_headline(items, index):
            return index
    return len(items)


def _is_editors_note(items: Sequence[Item], index: int) -> bool:
    """编者按 above a headline, which a report's opening words or a byline follow a few lines below."""
    if not _NOTE.match(items[index].line.folded):
        return False
    below = [other for other in items[index + 1 : index + 5] if other.role == "text"]
    return any(_OPENING.match(other.line.folded) or is_byline(other.line) for other in below[1:]) and not (
        below and is_prose(below[0].line.folded)
    )


def _is_above_headline(items: Sequence[Item], index: int) -> bool:
    """Whose report it is, above a newspaper's headline: 甲市总:, and two lines below it 本报讯."""
    below = items[index + 1 : index + 3]
    if len(below) < 2 or below[0].role != "text" or len(items[index].line.folded) > 12:
        return False
    folded = below[0].line.folded
    headline = 4 <= len(folded) <= 40 and folded[-1] not in "。;,:、" and not NUMBERED.match(folded)
    return headline and (
        bool(_OPENING.match(below[1].line.folded)) or is_byline(below[1].line) or _is_telling(below[1])
    )


def _title_like_prose(folded: str, items: Sequence[Item], index: int) -> bool:
    """A long title (关于印发…的通知) or a question looks like prose until one sees that it does not end."""
    if len(folded) > _LONGEST or index + 1 >= len(items) or re.search(r"[。;]", folded):
        return False
    if any(
        item.role == "text" and not is_byline(item.line) and not is_banner(item.line.folded) for item in items[:index]
    ):
        return False
    if not re.search("[!?:]", folded):
        return True
    below = next((item.line.folded for item in items[index + 1 :] if item.role == "text"), "")
    return len(folded) <= 45 and is_prose(below) and len(below) > len(folded)


def _title_follows(items: Sequence[Item], index: int) -> bool:
    """Whether the line is of the head yet: no sentence with a full stop, and the information line comes below it."""
    folded = items[index].line.folded
    if not 4 <= len(folded) <= 70 or _GOES_ON.search(folded) or NUMBERED.match(folded):
        return False
    for place in range(index + 1, min(index + 5, len(items))):
        item = items[place]
        if _is_telling(item):
            return any(is_prose(other.line.folded) for other in items[place + 1 :] if other.role == "text")
        if not item.info and (len(item.line.folded) > 30 or NUMBERED.match(item.line.folded)):
            return False
    return False


def _is_telling(item: Item) -> bool:
    """Whether the item says when, where or by whom the text was published."""
    if item.info:
        return bool(item.info.fields & _TELLING)
    folded = item.line.folded
    return len(folded) <= 40 and bool(_CLOCK.search(folded) and _PRINTED_DAY.search(folded))


def _breaks_off(items: Sequence[Item], index: int) -> bool:
    """The indented first line of a paragraph that goes on at the margin, in a column as wide."""
    line = items[index].line
    below = items[index + 1].line if index + 1 < len(items) and items[index + 1].role == "text" else None
    return (
        below is not None
        and not line.whole
        and 2 <= line.indent <= 8
        and below.indent < 2
        and below.number == line.number + 1
        and len(line.text) >= 12
        and abs(len(line.text) + line.indent // 2 - len(below.text)) <= 3
        and bool(re.search("[,。;]", line.folded + below.folded))
    )


def is_site(folded: str) -> bool:
    """A banner: every part of the line is a site's or a section's name, perhaps with the same in English."""
    folded = _IN_ENGLISH.sub("", folded) if folded[-1:].isascii() else folded
    return all(map(_SITE_NAME.fullmatch, re.split(r"\s{2,}|\s*[·|]\s*", folded)))


@lru_cache(maxsize=64)  # asked of each candidate by several of what speaks for or against it
def is_banner(folded: str) -> bool:
    """A line that names the site, the organisation or its letter paper, perhaps with a menu beside it."""
    if len(folded) > _LONGEST:
        return False
    folded = unpolluted(folded)
    if UNION_ONLY.fullmatch(folded) or is_site(folded) or _LETTERHEAD.fullmatch(folded):
        return True
    parts = _SEPARATED.split(folded)
    others = [
        part for part in parts if not (UNION_ONLY.fullmatch(part) or _SITE_NAME.fullmatch(part) or _ACCOUNT.match(part))
    ]
    named = len(parts) - len(others)
    return len(parts) > 1 and all(len(part) <= 4 for part in others) and (named > 1 or len(parts) > 2)


def may_be_title(line: Line) -> bool:
    """Whether `line` has the shape of a title; a heading, caption, signature, masthead or sentence has not."""
    folded = line.folded
    if _LETTER.fullmatch(folded):
        return True
    if not 4 <= len(folded) <= _LONGEST or NUMBERED.match(folded) or NEVER.match(folded) or DOC_NUMBER.match(folded):
        return False
    if folded[-1] in "。;,:、" or "。" in folded[:-4] or SUBTITLE.fullmatch(folded) or is_byline(line):
        return False
    if _CLOCK.search(folded) or len(_PRESS.findall(folded)) + bool(_PRINTED_DAY.search(folded)) > 1:
        return False
    if read_post_and_name(line.text) or not re.search(r"[\u3400-\u9fffA-Za-z]{2}", folded):
        return False
    return not has_role(line.text)


def choose(candidates: Sequence[Item], items: Sequence[Item], start: int, hint: str | None) -> Item | None:
    """The candidate that place, shape, repetition and the words of the text speak for; None where nothing does.

    `start` is where the text begins in `items`, `hint` a title stated elsewhere (the breadcrumb's last part).
    """
    candidates = [item for item in candidates if not _is_speaker(item, candidates)]
    candidates = [
        item for item in candidates if not item.line.folded.isascii()
    ] or candidates  # a site's name in English
    if not candidates:
        return None
    places = {id(item): index for index, item in enumerate(items)}
    telling = [index for index, item in enumerate(items[: start + 1]) if _is_telling(item)]
    above = [item for item in candidates if telling and places[id(item)] < telling[0]]
    above = [item for item in above if not is_banner(item.line.folded)]
    near = {id(above[-1]): 3.0} if above else {}
    if places[id(candidates[-1])] > max(telling, default=-1):
        near.setdefault(id(candidates[-1]), 2.0 if telling and not above else 1.0)
        if len(candidates) == 1 and places[id(candidates[0])] == 0 and not is_banner(candidates[0].line.folded):
            near[id(candidates[0])] += 1.0  # 路在脚下: the first line, and no other above the text
    for item in candidates:  # a subtitle stands right below its title
        below = items[places[id(item)] + 1] if places[id(item)] + 1 < len(items) else None
        if below and below.role == "text" and _DASHED.match(below.line.folded) and not is_banner(item.line.folded):
            near[id(item)] = near.get(id(item), 0.0) + 3.0
    told = [fold(hint).rstrip(".…")] if hint else []
    told += [label.value for item in items if item.info for label in item.info.labels if label.field == "title"]
    text = "".join(item.line.folded for item in items[start : start + 40] if item.role == "text")[:_TEXT_LOOKED_AT]
    printed = [item.line.folded for item in items if item.role == "text" and len(item.line.text) <= 2 * _LONGEST]
    scored = [
        (near.get(id(item), 0.0) + _shape(item.line.folded) + _agreement(item.line.folded, printed, told, text), -order)
        for order, item in enumerate(candidates)
    ]
    score, order = max(scored)
    return _fullest(candidates[-order], candidates) if score > -1 else None


def _fullest(chosen: Item, candidates: Sequence[Item]) -> Item:
    """The candidate that says the same and whose union it is: a site's own short name for a paper leaves that out."""
    said = fold(bare_title(chosen.line.text))
    for item in candidates:
        owner = fold(bare_title(item.line.text)).removesuffix(said)
        if len(said) >= 8 and _OWNER.fullmatch(owner) and item.line.folded.endswith(said):
            return item
    return chosen


def _is_speaker(item: Item, candidates: Sequence[Item]) -> bool:
    """Who spoke, below what was said where: a post and a few characters that need be no name one knows."""
    match = _SPEAKER.fullmatch(item.line.folded)
    above = [other for other in candidates if 0 < item.line.number - other.line.number <= 3]
    told = match and POST.search(match["post"]) and not _TITLE_WORDS.search(match["name"])
    return bool(told) and any(map(_is_named, above))


def _is_named(item: Item) -> bool:
    """A line that is a title by its words and no banner."""
    return not is_banner(item.line.folded) and bool(_TITLE_WORDS.search(item.line.folded))


def _shape(folded: str) -> float:
    score = 1.0 if 8 <= len(folded) <= 50 else 0.0
    score += 2 if _TITLE_WORDS.search(folded) else 0
    score += 1 if "工会" in folded or "职工" in folded else 0
    score += 1 if len(folded) >= 8 and _PAPER_END.match(folded) else 0
    score -= 4 if is_banner(folded) else 0
    score -= 1 if folded.count("、") >= 2 and all(len(part) <= 6 for part in re.split("[、 ]", folded)) else 0
    score -= 2 if len(folded) < 6 else 0
    score -= 2 if len(folded) <= 10 and _CHANNEL.fullmatch(folded) else 0
    score -= 3 if _FILE.search(folded) else 0
    score -= 1 if re.match(r"[\[【].*[\]】]$", folded) else 0
    return score


def reads_as_title(text: str) -> bool:
    """Whether `text` is long enough for a title and names a paper, or what a union does: 公交公司工会年度工作计划."""
    return len(text) >= 8 and bool(_PAPER_END.match(fold(text)) or re.search("工会.{5}", text))


def _agreement(folded: str, printed: Sequence[str], told: Sequence[str], text: str) -> float:
    """What else on the page says the same: another line, a stated title, the words that the text itself uses."""
    score = 3.0 if any(len(title) > 3 and (title in folded or folded == fold(title)) for title in told) else 0.0
    if len(folded) >= 8:
        score += 2 if printed.count(folded) > 1 else 0
        # 标题_栏目_网站 or 名称 标题 beside the title itself
        score += 2 if any(folded in other and other != folded for other in printed if len(other) <= _LONGEST) else 0
    rest = re.sub(r"[\W\d_]", "", _NAMES_OF_UNIONS.sub("", folded))
    pairs = {rest[at : at + 2] for at in range(len(rest) - 1)} - _COMMON
    return score + (3 * sum(pair in text for pair in pairs) / max(len(pairs), 4) if pairs else 0)


def bare_title(text: str) -> str:
    """`text` without what is no part of the title: label, names of site and channel around it, its own repetition."""
    match = _PREFIX.match(fold(text))
    if match and len(text) - match.end() >= 4:
        text = text[match.end() :]
    text = _FILE.sub("", text.strip())
    day = _DAY_BEHIND.search(fold(text)) if fold(text).endswith((")", "]")) else None
    text = text[: day.start()] if day and day.start() >= 6 else text
    tools = _TRAILING.search(fold(text)) if fold(text).endswith(_TRAILING_ENDS) else None
    text = text[: tools.start()] if tools else text
    cut = False
    while _MARK.search(fold(text)) and (marks := list(_AROUND.finditer(fold(text)))):
        first, last = marks[0], marks[-1]
        end, rest = fold(text[last.end() :]), fold(text[: last.start()])
        sites = bool(_SITE.fullmatch(end) or UNION_ONLY.fullmatch(end))
        channel = len(end) <= 10 and (cut or "_" in last.group() or _CHANNEL.fullmatch(end))
        if len(rest) >= 6 and not is_banner(rest) and (sites or channel):
            text, cut = text[: last.start()], True
        elif len(text) - first.end() >= 6 and is_banner(fold(text[: first.start()])):
            text = text[first.end() :]
        else:
            break
    twice = _TWICE.fullmatch(text.strip()) if len(text) <= 2 * _LONGEST else None
    return twice["title"] if twice else text.strip()


_TWICE = re.compile(r"(?P<title>\S.{6,88}\S)[\s_|丨-]{0,3}(?P=title)")  # printed twice in one line
_PREFIX = re.compile(
    r"(?:原创\s*[|丨:]\s*|(?:原|文章|新闻|信息|文件|公文)?(?:标\s*题|题\s*目|名\s*称)\s*(?::|\s(?=\S{6}))\s*|[\[【(](?:图文?|组图|图片|视频|转载|原创|推荐|置顶|热点|要闻|头条|新闻|通知|公告|公示"
    r"|[\u3400-\u9fff]{2,4}(?:动态|新闻|要闻|快讯|简讯|资讯|信息))[\]】)]\s*)+"
)
_TRAILING = re.compile(
    r"(?:(?<![-|_—–·\s丨])\s+[\u3400-\u9fff]{2,8}(?:网|网站|在线|客户端)$|\s*[\[【(](?:复制链接|图文?|组图|视频|转载|原创|打印|下载|附件|\d+图)[\]】)])+$"
)
_TRAILING_ENDS = (")", "]", "】", "网", "网站", "在线", "客户端")
_DAY_BEHIND = re.compile(r"\s*[(\[]\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*[)\]]$")
_AROUND = re.compile(r"\s*[_|丨]\s*|\s+[-–—]\s+|(?<![-–—\d])[-–—](?![-–—\d])|\s*·\s*(?=[^·]{2,12}网$)")
_MARK = re.compile("[_|丨–—·-]")  # one of these, or _AROUND finds nothing
_SITE = re.compile(
    r"[^-_|—–]{0,20}?(?:网|网站|门户|门户网站|频道|平台|官网|日报|晚报|之家|之窗|文库|文档|文秘|道客巴巴)|[\w.]+\.(?:com|cn|net|org)\S*",
    re.IGNORECASE,
)
