"""Information lines: several labels on one line (来源: 时间: 作者:x 编辑: 点击: 【字号:大 中 小】), many of them empty.

A label ends the value before it, so that an empty one never swallows the next.
"""

import re
from collections.abc import Iterator

from importer.document import Line, fold, once_a_line
from importer.rules.dates import find_dates
from importer.rules.info_lines import SEPARATORS, InfoLine, Label
from importer.rules.label_words import FIELD
from importer.rules.mastheads import PAPER, read_masthead, read_posted_by, read_reprint, read_unlabelled
from importer.rules.persons import read_names
from importer.rules.pollution import unpolluted
from plans.grammar.lexicon import cue_of, longest_of

_ANY_LABEL = longest_of(FIELD)
_PEOPLE = {"author", "editor", "reviewer", "photo", "clerk"}
_WHO = longest_of(  # labels that may stand without a colon: in brackets, before a bar, before a space
    label
    for label in FIELD
    if len(label) > 1
    and FIELD[label] in _PEOPLE | {"date", "updated", "made", "source", "publisher", "views", "doc_number"}
)
_META = (
    "索引号|信息索引号|信息分类|主题分类|是否有效|有效性|公开方式|公开形式|公开范围|体裁分类|组配分类|服务对象|主题词|"
    "统一编号|效力状态|名称|信息名称"
)
_SPACED = r"责\s*任\s*编\s*辑|编\s+辑|作\s+者|来\s+源|审\s+核|时\s+间|日\s+期"
_AND = r"\s*[、/·&和及与兼]\s*"  # 摄影、撰文: is one label
_FIRST = "".join(sorted({word[0] for word in [*FIELD, *_META.split("|"), *"责编作来审时日文图摄撰"]}))
_SOON = rf"(?=[^:\s/|丨\]】〕]{{0,{max(8, *map(len, FIELD))}}}[:\s/|丨\]】〕、&和及与兼])"  # what follows a label
# Where _LABEL may be found, told by one character and what follows it; trying it everywhere takes eight times as long.
_BEGINS = re.compile(
    rf"[\u3400-\u9fff{re.escape(_FIRST)}]"
    rf"(?:(?<=[{re.escape(_FIRST)}]){_SOON}|(?<![^\s|(\[【;,].)(?=[\u3400-\u9fff]{{1,7}}\s*:))"
)
_LABEL = re.compile(
    rf"(?=[{re.escape(_FIRST)}]){_SOON}(?:"
    rf"(?P<label>(?:{_ANY_LABEL}|{_SPACED})(?:{_AND}{_ANY_LABEL}){{0,3}})(?:\s?\([\u3400-\u9fff/]{{1,5}}\))?\s*(?:[:]|(?<=[于自])\s)"
    rf"|(?<=[\[【〔])(?P<boxed>{_WHO})[\]】〕]\s*:?"
    r"|(?<![^\s|(\[【>])(?P<bare>来源|作者|编辑|责任编辑|责编|审核|记者|通讯员|撰稿|图/文|文/图|图文|文图|发布时间|发布日期|时间|"
    r"日期)\s+(?=\S)"
    rf"|(?<![^\s|(\[【>])(?P<told>{_WHO}|{_META})\s+(?=\S)"
    r"|(?<![^\s|(\[【])(?P<slash>文|图|摄|撰文|摄影)\s*/\s*(?=[^\s文图])"
    rf"|(?<![^\s|(\[【])(?P<bar>(?:{_WHO}|[文图摄编])(?:{_AND}(?:{_WHO})){{0,3}})\s*[|丨/](?=\s*[^\s|丨/]))"
    r"|(?<![^\s|(\[【;,])(?!丨)(?P<any>[\u3400-\u9fff]{2,8})\s*:(?!//)"
)

# Counters, type sizes and tool words that stand among the labels without a colon.
_TOOLS = re.compile(  # the first line: what any of them begins with
    r"(?=[\s\d\[【(<:,文本已被浏点阅访查人评收共有影全预字特超大打关分转加复我纠返发繁简推Q新腾微更举投下小放缩默AT"
    r"听朗播语手电移网P触无适W V会免一保导赞在点长关])(?:"
    r"(?:文章|本文|已)?(?:被)?(?:浏览|点击|阅读|访问|查看|人气|阅)(?:量|数|率|次数|了)?\s*+[:]?\s*+[(\[]?\s*+[\d,"
    r".]*\s*+万?\+?\s*+[)\]]?\s*+(?:次|人次)(?![^\s|)\]】])"
    r"|(?:浏览|点击|阅读|访问|查看|人气)(?:量|数|率|次数)\s*+[:]?\s*+[(\[]?\s*+[\d,.]+\s*+万?\+?\s*+[)\]]?"
    r"|(?:浏览|点击|阅读|访问|查看|评论|收藏|点赞)\s*+[:]?\s*+[(\[]\s*+[\d,.]*\s*+[)\]]"
    r"|(?:已有|共有?)\s*+[\d,]*\s*+(?:人|次|位网友)(?:浏览|阅读|访问|点击|参与|评论|围观|看过|关注|查看|读过)"
    r"|(?:本文)?(?:已)?影响(?:了)?\s*+[\d,]*\s*+人"
    r"|(?<![\d/.,年月-])[\d,.]+\s*+万?\+?\s*+(?:人次|次|人)?\s*+(?:浏览|阅读|访问|点击|评论|参与|在看|点赞|赞|跟帖|收藏|转发)(?![^\s|)\]】])"
    r"|(?:共计|共|全文)\s*+\d+\s*+个?字|预计阅读(?:时长|时间)?\s*+:?\s*+\d*\s*+分钟?"
    r"|[\[【(]?\s*+(?:(?:文章|正文|选择)?(?:字号|字体|字级|字型|字体大小|字号大小|字体显示)|文字大小|文字)?\s*+:?\s*+[\[【(<]?\s*+[特超]?大\s*+[\]】)>]?\s*+[\[【(|"
    r"/<]?\s*+中\s*+[\]】)>]?\s*+[\[【(|/<]?\s*+小\s*[\]】)>]?(?![^\s|\]】)])\s*+[\]】)]?"
    r"|[\[【(]?(?:打印(?:本页|此页|本文|文章)?|关闭(?:窗口|本页)?|分享(?:到|至)?|转载|加入收藏|收藏(?:本页|"
    r"本文)?|复制链接|我要(?:评论|纠错)|纠错|返回(?:首页|列表|顶部)?"
    r"|发送邮件|繁体|简体|推荐|QQ空间|新浪微博|腾讯微博|微博|微信(?:扫码分享|好友)?|人人网|更多|举报|投稿|下载|"
    r"小字|大字|放大|缩小|默认|(?:听|朗读|播放)(?:新闻|全文|文章|本文)|语音(?:播报|朗读)|(?:手机|电脑|移动|网页|PC|WAP|触屏|无障碍|适老)(?:版|端|浏览|阅读)|手机(?:看|扫码)新闻"
    r"|(?:VIP|会员)?(?:免费|一键)?(?:下载|复制)(?:全文|文档|本文|原文)?|保存|导出|预览|赞赏|打赏|在看|点赞|我要(?:分享|打印|投稿)|转寄|报错|适老化?|长辈模式|关怀版|阅读模式|A[+-]|T[T|+-]+)[\]】)]?(?![^\s|,、/\]】)(\[【:]))"
)
# One of these, or _TOOLS finds nothing.
_TOOL_WORD = cue_of(r"""
    浏览 点击 阅 访问 查看 人气 评论 收藏 参与 影响 在看 赞 跟帖 转发 字 大[\s\]】)>\[【(|/<]*中 打印 关闭 分享 转载
    复制 纠错 返回 发送 繁体 简体 推荐 空间 微博 微信 人人 更多 举报 投稿 下载 放大 缩小 默认 听[新全文本] 朗读 播放
    语音 手机 电脑 移动 网页 PC WAP 触屏 无障碍 适老 保存 导出 预览 赏 转寄 报错 长辈 关怀 A[+-] T[T|+-]
""")
_SPREAD = re.compile(  # 索 引 号:, 文 号
    r"(?<![^\s|(\[【])[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,3}(?=[ \u3000]*[:：]|[ \u3000\]】]|$)"
)
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.]|\d{1,2}[、.]\s*\D|[(][一二三四五六七八九十\d]{1,2}[)]")
_PAGE_WORD = re.compile(
    r"(?:本文|本站|本网|本页|文章|新闻|信息|稿件|网站|网页|页面|资讯|内容|文件|公告|原文|最后|最近|首次)+"
)
_MAY_HOLD_DATE = {"source", "author", "editor", "clerk", "publisher", "views", "reviewer", "photo"}
_SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())  # \s, found twice as quickly by name
_MARK, _DATED = re.compile(rf"[:{_SPACE}/|丨\]】〕]"), re.compile(r"\d|年")
_PLAIN = re.compile(f"[{''.join(sorted(set('的工会和是在职') - set(_TOOLS.pattern)))}]")
_REPRINT = re.compile(r"转载(?:请|时请|须|需)")  # a notice of copyright, not of origin
_UNIT = re.compile(r"(?:工会|[部室科处办]|中心|委员会)\s*(?:[\u3400-\u9fff]{2,4})?$")
_ADDRESS = re.compile(r"https?://[\w.:/?=&%#~+@!$'*,;-]+", re.ASCII)
_UNIT_ALONE = re.compile(  # whose page it is, in front of the day
    r"[\u3400-\u9fff-]{2,20}(?:网|日报|晚报|工人报|时报|社|电视台|在线|总工会|工会|客户端|公众号|融媒|融媒体中心|发布|办公室|[宣组经保女生财文法]\S{1,4}部)"
)
_VALUE_LIMIT = 60
_STRONG = {
    "date",
    "updated",
    "made",
    "source",
    "author",
    "editor",
    "reviewer",
    "views",
    "clerk",
    "publisher",
    "title",
    "doc_number",
    "photo",
}


@once_a_line
def read_info_line(line: Line) -> InfoLine | None:
    """`line` as an information line, or None where it is prose, a heading or nothing but other furniture."""
    if not line.text or len(line.text) > 240 or _ITEM.match(line.folded):
        return None
    if "转载" in line.folded and _REPRINT.search(line.folded):
        return None
    text = unpolluted(line.text)
    text = _SPREAD.sub(_drawn_together, text) if " " in text or "\u3000" in text else text
    line = line if text == line.text else Line(line.number, text)
    folded = line.folded
    told = read_reprint(line) or read_posted_by(line)
    if told:
        return told
    marked = _MARK.search(folded)
    if not marked and _PLAIN.search(folded) and (len(folded) > 80 or not _DATED.search(folded)):
        return None  # neither labels, tools alone, nor a date: what nearly every line of the text is
    address = _ADDRESS.search(folded) if "://" in folded else None
    if address and _ADDRESS.fullmatch(folded):
        return None
    tools = _ADDRESS.sub(_blank, folded) if address else folded
    tools = _TOOLS.sub(_blank, tools) if _TOOL_WORD.search(tools) else tools
    hits = _hits(tools) if marked and (tools is folded or _MARK.search(tools)) else []
    if not hits:
        return None if address else read_unlabelled(line, tools)
    lead = _clean(line.text[: hits[0].start()], tools[: hits[0].start()])
    labels = []
    ends = [hit.start() for hit in hits[1:]] + [len(tools)]
    for hit, end in zip(hits, ends, strict=True):
        name = "".join(hit[hit.lastgroup].split())
        labels.append(Label(_field(name), name, _clean(line.text[hit.end() : end], tools[hit.end() : end])))
    if not any(label.label in FIELD or label.field != "other" for label in labels):
        return None
    return _judge(line, _with_dates_apart(labels), lead, tools)


def _blank(match: re.Match) -> str:
    return "|" * len(match.group())


def _drawn_together(match: re.Match) -> str:
    """索 引 号 as one word, where the word is a label."""
    word = re.sub(r"\s", "", match.group())
    if fold(word) not in FIELD:  # 李 红 来 源: holds a name and a label
        places = [place for place, char in enumerate(match.group()) if not char.isspace()]
        for place in places[1:-1]:
            label = re.sub(r"\s", "", match.group()[place:])
            if fold(label) in FIELD:
                return match.group()[:place] + label
    if fold(word) not in FIELD and len(set(map(len, re.findall(r"\s+", match.group())))) > 1:
        return match.group()  # a name and the next label: 王 芳   审:
    return word if fold(word) in FIELD or match.string[match.end() :].lstrip()[:1] in ":：" else match.group()


def _hits(tools: str) -> list[re.Match]:
    """The labels of a line. Those without a colon count where what follows is what they announce."""
    hits = [hit for hit in _labels(tools) if _stands_free(tools, hit) and not _in_lead(tools, hit)]
    ends = [*(hit.start() for hit in hits[1:]), len(tools)]
    return [
        hit
        for hit, end in zip(hits, ends, strict=False)
        if hit.lastgroup not in ("boxed", "bar", "bare", "told") or _announced(hit, tools[hit.end() : end])
    ]


def _labels(tools: str) -> Iterator[re.Match]:
    """What _LABEL.finditer yields, asked for only where a label may begin."""
    stop = 0
    for first in _BEGINS.finditer(tools):
        if first.start() >= stop and (hit := _LABEL.match(tools, first.start())):
            yield hit
            stop = hit.end()


def _in_lead(tools: str, hit: re.Match) -> bool:
    """Whether the label stands in brackets that text goes on behind: 本报讯(通讯员 王芳)夜里."""
    if tools[: hit.start()].rstrip()[-1:] != "(":
        return False
    close = tools.find(")", hit.end())
    return 0 < close < len(tools) - 1 and bool(re.match(r"[\u3400-\u9fff\d“\"]", tools[close + 1 :]))


def _announced(hit: re.Match, rest: str) -> bool:
    """Whether `rest` is the value that the label `hit` announces, of its kind and not the next word of a menu."""
    field, value = _field(re.sub(r"\s", "", hit[hit.lastgroup])), rest.strip(SEPARATORS)
    if hit.lastgroup == "boxed" and "图" not in hit["boxed"]:
        return "。" not in value
    if not value or value in FIELD:
        return False
    if field in ("date", "updated", "made"):
        dates = find_dates(value)
        return bool(dates) and dates[0].start <= 1
    if field == "views":
        return value[0].isdigit()
    if field == "doc_number":
        return bool(re.search(r"[〔\[(]\d{4}", value))
    if field in _PEOPLE:
        if read_names(re.split(r"[|\s]", value)[0], told=True) or _UNIT.search(value):
            return True
        words = value.split("|")[0].split()
        if 1 < len(words) <= 4 and any(read_names(" ".join(words[at:]), told=True) for at in range(1, len(words))):
            return True
        return hit.lastgroup == "bar" and len(value) <= 24 and not re.search("[,。;!?]", value)
    if field == "title":
        return hit.start() == 0 and len(value) >= 8
    return len(value) <= 40 and not re.search("[,。;!?]", value)


def _field(name: str) -> str:
    """The field of a label; one that is not known (难度, 报名时间) is "other", and only ends the value before it.

    Of several joined (摄影、撰文) the one that says most of who stands for the text counts.
    """
    if name in FIELD:
        return FIELD[name]
    joined = {FIELD.get(part) for part in re.split("[、/·&和及与兼]", name)}
    if len(joined) > 1:
        return next(
            (field for field in ("author", "source", "editor", "reviewer", "photo") if field in joined), "other"
        )
    page_word = _PAGE_WORD.match(name)
    return FIELD.get(name[page_word.end() :], "other") if page_word else "other"


def _with_dates_apart(labels: list[Label]) -> tuple[Label, ...]:
    """A day stuck to another value (来源:院工会2023-02-08) is a date of its own; 发布: says by its value what it is."""
    out = []
    dated = any(label.field == "date" and find_dates(fold(label.value)) for label in labels)
    for label in labels:
        dates = (
            find_dates(fold(label.value)) if label.field in _MAY_HOLD_DATE or label.label in ("发布", "发表") else []
        )
        if label.field == "author" and re.search(r"\s(?:摄|摄影|供图)$", fold(label.value)):
            label = Label("photo", label.label, label.value)
        elif label.label in ("发布", "发表") and not dates and label.value:
            label = Label("clerk", label.label, label.value)
        elif dates and not dated and label.field in _MAY_HOLD_DATE:
            start, end = dates[0].start, dates[0].end
            before = label.value[:start].strip(SEPARATORS).rstrip(SEPARATORS + "　（，：；")
            after = label.value[end:].strip(SEPARATORS + "　（），：；")
            if not (before and after) or re.search(r"\s$", label.value[:start]):
                out.append(Label("date", "", label.value[start:end]))
                label = Label(label.field, label.label, before or after)
        out.append(label)
    return tuple(out)


def _stands_free(text: str, hit: re.Match) -> bool:
    """A label of one character (文:, 图:) and a bare one must not be the tail of a word."""
    if len(hit["label"] or "xx") > 1:
        return True
    before = text[: hit.start()].rstrip()
    if hit.start() - len(before) > 1:
        return True
    return not before or before[-1] in SEPARATORS or before[-1].isascii()


def _clean(printed: str, tools: str) -> str:
    """The printed words of a span up to where tool words begin, without separators around them."""
    cut = tools.find("|")
    while cut >= 0 and not printed[:cut].strip(SEPARATORS + "　："):
        end = cut
        while end < len(tools) and tools[end] == "|":
            end += 1
        printed, tools = printed[end:], tools[end:]
        cut = tools.find("|")
    value, before = (printed[:cut] if cut >= 0 else printed).strip(), None
    while value != before:
        before, value = value, value.strip("|丨¦·•-—_~,，;；、:：=*。 　")
        for opening, closing in ("()", "[]", "【】", "（）", "［］"):
            if value.startswith((closing, opening)) and closing not in value[1:]:
                value = value[1:]
            if value.endswith((opening, closing)) and opening not in value[:-1]:
                value = value[:-1]
    return value


def _judge(line: Line, labels: tuple[Label, ...], lead: str, tools: str) -> InfoLine | None:
    """Prose with a colon in it is no information line: values must be short and the words before the labels few."""
    strong = {label.field for label in labels if label.field in _STRONG}
    if any(len(label.value) > _VALUE_LIMIT and label.field not in ("other", "title") for label in labels):
        return None
    if any("。" in label.value for label in labels if label.field not in ("other", "title")):
        return None
    if any(label.field in ("author", "editor") and re.search(r"[，。；]|,.{8}", label.value) for label in labels):
        return None
    head = read_masthead(lead) if lead else ()
    paper = None if head else PAPER.fullmatch(fold(lead))
    if head or (paper and "editor" in strong):
        labels = (*(head or (Label("source", "", paper["name"]),)), *labels)
        strong, lead = strong | {label.field for label in labels}, ""
    dated = find_dates(fold(lead)) if lead else []
    if dated and not lead[dated[0].end :].strip(SEPARATORS) and not any(label.field == "date" for label in labels):
        labels = (Label("date", "", lead[dated[0].start : dated[0].end]), *labels)
        strong = strong | {"date"}
        lead = lead[: dated[0].start].strip(SEPARATORS)
    elif dated:
        start = dated[0].start
        if len(lead) - dated[0].end <= 12:
            labels = (Label("date", "", lead[start : dated[0].end]), *labels)
            strong = strong | {"date"}
            lead = lead[:start].strip(SEPARATORS)
    if dated and _UNIT_ALONE.fullmatch(fold(lead)) and "source" not in strong:
        labels, lead = (Label("source", "", lead), *labels), ""
    if len(lead) > 2 and (
        re.search("[。!?]", tools[: len(lead) + 4]) or len(lead) > 70 or not (len(strong) >= 2 or len(lead) <= 8)
    ):
        return None
    if line.folded[-1:] in "。;!" and (lead or any(len(label.value) > 12 for label in labels)):
        return None
    if not strong and labels[0].label in ("文字", "单位", "选择", "功能", "推荐", "显示", "大小"):
        return None
    return InfoLine(line, labels, lead if len(lead) > 2 else "", "")
