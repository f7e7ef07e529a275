"""Information lines: several labels on one line (来源: 时间: 作者:x 编辑: 点击: 【字号:大 中 小】), many of them empty.

A label ends the value before it, so that an empty one never swallows the next.
"""

import re
from dataclasses import dataclass

from importer.document import Line, fold, once_a_line
from importer.rules.dates import find_dates
from importer.rules.pollution import unpolluted

# field -> the labels that announce it. Longest match first, so 信息来源 is never 来源 with 信息 before it.
LABELS = {
    "date": "发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 发文时间 上传时间 上传日期 录入时间 "
    "添加时间 添加日期 编辑时间 "
    "发布 发表 创建时间 刊发时间 "
    "刊登时间 见报时间 新闻时间 文章时间 信息时间 加入时间 提交时间 稿件时间 发布于 发表于 时间 日期",
    "updated": "更新时间 更新日期 修改时间 最后更新时间 最近更新",
    "made": "成文日期 成文时间 发文日期 印发日期 生成日期 公开日期 公布日期 签发日期",
    "source": "来源 来源于 信息来源 文章来源 稿件来源 新闻来源 内容来源 消息来源 稿源 文章出处 出处 转自 来自 "
    "转载自 摘自 供稿单位 "
    "来稿单位 供稿部门 报送单位 投稿单位 发稿单位 信息提供 信息提供单位 稿件提供",
    "publisher": "发布单位 发布机构 发布部门 发文机关 发文单位 责任部门 发布机关 公开机构 制发机关 单位",
    "author": "作者 文章作者 撰稿 撰稿人 撰文 供稿 供稿人 供稿者 投稿人 文 文字 文/图 图/文 文图 图文 记者 "
    "本报记者 本网记者 通讯员 "
    "特约通讯员 见习记者 执笔 文稿 作者姓名 报送人 写稿人 发稿人",
    "photo": "图 图片 摄影 摄影师 摄 图片来源 图片作者 供图 摄影报道",
    "editor": "编辑 责任编辑 责编 本期编辑 本文编辑 网络编辑 网站编辑 文字编辑 文章编辑 值班编辑 美编 执行编辑 "
    "编辑人 编辑员 编辑人员",
    "reviewer": "审核 审核人 审核员 审稿 审稿人 审签 审签人 初审 复审 终审 一审 二审 三审 一校 二校 三校 校对 "
    "校对人 签发 签发人 监制 "
    "审定 审阅 值班领导 值班主任 主编 总编 责任审核 审发 核发 复核 责任校对 编审",
    "clerk": "录入 录入人 录入员 录入者 发布 发布人 发布者 上传 上传者 添加者 提交人 排版 制作 会员 管理员 "
    "发表人 责任人 信息员 信息录入",
    "views": "点击 点击数 点击率 点击量 点击次数 浏览 浏览数 浏览量 浏览次数 浏览人数 阅读 阅读数 阅读量 "
    "阅读次数 阅读人数 阅览次数 访问 "
    "访问量 访问次数 当前访问量 总访问量 今日访问 人气 人气指数 查看 查看次数 查看数 热度 已阅 次数 点赞 "
    "点赞数 评论 评论数 回复 收藏 "
    "阅读全文 文章点击数 文章浏览量 浏览率 "
    "阅 阅读人次 下载次数 下载量 访问人次 浏览人次 访问统计 阅览 点阅数 点阅 播放量",
    "font": "字号 字体 字体大小 字号大小 文字大小 文字 背景色 视力保护色 保护视力色 显示 大小",
    "tools": "分享 分享到 分享至 转发 扫一扫 二维码 打印 分享给朋友 分享按钮 推荐 朗读 语音播报 关注 功能 选择",
    "title": "标题 原标题 文章标题 新闻标题 信息名称 名称 题目 文件标题 公文标题",
    "kicker": "引题 肩题 眉题",
    "subtitle": "副标题 副题",
    "doc_number": "文号 发文字号 文件编号 发文文号 公文字号",
    "other": "关键词 关键字 标签 栏目 所属栏目 所在栏目 类别 类型 分类 文章分类 信息分类 主题分类 主题词 "
    "索引号 信息索引号 有效性 时效性 "
    "公开方式 公开形式 公开范围 公开时限 体裁分类 组配分类 服务对象 版次 版面 字数 编号 地区 所属地区 语种 "
    "状态 是否有效 文章id id "
    "体裁 统一编号 效力状态 生效日期 废止日期 信息来源地址 原文链接 链接 本文地址 本文链接 文章链接 转载请注明 "
    "网址 适用范围 级别 格式 页数 文件大小 评分 积分 难度 推荐度 公文种类 文种 公开类别",
}
FIELD = {label: name for name, labels in LABELS.items() for label in labels.split()}
_BY_LENGTH = "|".join(re.escape(label) for label in sorted(FIELD, key=len, reverse=True))
_SPACED = {
    "责任编辑": r"责\s*任\s*编\s*辑",
    "编辑": r"编\s+辑",
    "作者": r"作\s+者",
    "来源": r"来\s+源",
    "审核": r"审\s+核",
    "时间": r"时\s+间",
    "日期": r"日\s+期",
}
_LABEL = re.compile(
    # not tried where no colon, slash or space follows soon
    rf"(?=[^:\s/]{{1,{max(8, *map(len, FIELD))}}}[:\s/])(?:"
    rf"(?P<label>{_BY_LENGTH}|{'|'.join(_SPACED.values())})\s*(?:[:]|(?<=[于自])\s)"
    r"|(?<![^\s|(\[【>])(?P<bare>来源|作者|编辑|责任编辑|责编|审核|记者|通讯员|撰稿|图/文|文/图|图文|文图|发布时间|发布日期|时间|"
    r"日期)\s+(?=\S)"
    r"|(?<![^\s|(\[【])(?P<slash>文|图|摄|撰文|摄影)\s*/\s*(?=[^\s文图])"
    r"|(?<![^\s|(\[【;,])(?P<any>[\u3400-\u9fff]{2,8})\s*:(?!//))"
)

# Counters, type sizes and tool words that stand among the labels without a colon.
_TOOLS = re.compile(  # the first line: what any of them begins with
    r"(?=[\s\d\[【(<:,文本已被浏点阅访查人评收共有影全预字特超大打关分转加复我纠返发繁简推Q新腾微更举投下小放缩默AT])(?:"
    r"(?:文章|本文|已)?(?:被)?(?:浏览|点击|阅读|访问|查看|人气|阅)(?:量|数|率|次数|了)?\s*+[:]?\s*+[(\[]?\s*+[\d,"
    r".]*\s*+万?\+?\s*+[)\]]?\s*+(?:次|人次)(?![^\s|)\]】])"
    r"|(?:浏览|点击|阅读|访问|查看|人气)(?:量|数|率|次数)\s*+[:]?\s*+[(\[]?\s*+[\d,.]+\s*+万?\+?\s*+[)\]]?"
    r"|(?:浏览|点击|阅读|访问|查看|评论|收藏|点赞)\s*+[:]?\s*+[(\[]\s*+[\d,.]*\s*+[)\]]"
    r"|(?:已有|共有?)\s*+[\d,]*\s*+(?:人|次)(?:浏览|阅读|访问|点击|参与|评论)"
    r"|(?:本文)?(?:已)?影响(?:了)?\s*+[\d,]*\s*+人"
    r"|[\d,]+\s*+(?:次|人)(?:浏览|阅读|访问|点击|评论|参与)"
    r"|(?:共计|共|全文)\s*+\d+\s*+个?字|预计阅读(?:时长|时间)?\s*+:?\s*+\d*\s*+分钟?"
    r"|[\[【(]?\s*+(?:字号|字体|字体大小|文字大小)?\s*+:?\s*+[\[【(<]?\s*+[特超]?大\s*+[\]】)>]?\s*+[\[【(|"
    r"/<]?\s*+中\s*+[\]】)>]?\s*+[\[【(|/<]?\s*+小\s*[\]】)>]?(?![^\s|\]】)])\s*+[\]】)]?"
    r"|[\[【(]?(?:打印(?:本页|此页|本文|文章)?|关闭(?:窗口|本页)?|分享(?:到|至)?|转载|加入收藏|收藏(?:本页|"
    r"本文)?|复制链接|我要(?:评论|纠错)|纠错|返回(?:首页|列表|顶部)?"
    r"|发送邮件|繁体|简体|推荐|QQ空间|新浪微博|腾讯微博|微博|微信(?:扫码分享|好友)?|人人网|更多|举报|投稿|下载|"
    r"小字|大字|放大|缩小|默认|A[+-]|T[T|+-]+)[\]】)]?(?![^\s|,、/\]】)(\[【:]))"
)
_SPREAD = re.compile(r"(?<![^\s|])[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,3}[ \u3000]*[:：]")  # 索 引 号:
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.]|\d{1,2}[、.]\s*\D|[(][一二三四五六七八九十\d]{1,2}[)]")
_PAPER = re.compile(r"《?(?P<name>(?!本)[\u3400-\u9fff]{1,10}(?:报|周刊|画刊))》?\s*")  # a newspaper page's head line …
_EDITION = re.compile(  # … with the weekday and the page behind the day
    r"日?[\s,|]*+(?:[(]?(?:星期|周)[一二三四五六日天][)]?)?[\s,|]*+(?:第?\s*+[A-Z]?\d{1,3}\s*+版\s*+[:\s]?\s*+\S{0,10})?"
)
_PAGE_WORD = re.compile(
    r"(?:本文|本站|本网|本页|文章|新闻|信息|稿件|网站|网页|页面|资讯|内容|文件|公告|原文|最后|最近|首次)+"
)
_MAY_HOLD_DATE = {"source", "author", "editor", "clerk", "publisher", "views", "reviewer", "photo"}
_MASTHEAD = re.compile(  # a newspaper page's day, weekday, lunar day and page number
    r"\s*+(?:[(]?(?:星期|周)[一二三四五六日天][)]?)?\s*+(?:农历\S{4,12})?\s*+(?:第?\s*+)?[A-Z]?\d{1,2}\s*+版?(?:\s\S{2,8})?"
)
_MARK, _DATED = re.compile(r"[:\s/]"), re.compile(r"\d|年")
_PLAIN = frozenset("的工会和是在职") - set(_TOOLS.pattern)
_SEPARATORS = " |丨¦·•/\\-—_~,;、。:()[]【】<>《》『』\"'*+=#"
_REPRINT = re.compile(r"转载(?:请|时请|须|需)|https?://")  # a notice of copyright, not of origin
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


@dataclass(frozen=True)
class Label:
    """One label of an information line with its value as printed ("" where it is empty)."""

    field: str
    label: str
    value: str


@dataclass(frozen=True)
class InfoLine:
    """An information line: its labels, the words before the first one (perhaps a title), and the other words."""

    line: Line
    labels: tuple[Label, ...]
    lead: str
    rest: str

    def values(self, *fields: str) -> list[str]:
        return [label.value for label in self.labels if label.field in fields and label.value]

    @property
    def fields(self) -> set[str]:
        return {label.field for label in self.labels}


@once_a_line
def read_info_line(line: Line) -> InfoLine | None:
    """`line` as an information line, or None where it is prose, a heading or nothing but other furniture."""
    if not line.text or len(line.text) > 240 or _ITEM.match(line.folded) or _REPRINT.search(line.folded):
        return None
    line = Line(line.number, _SPREAD.sub(lambda match: re.sub(r"\s", "", match.group()), unpolluted(line.text)))
    folded = line.folded
    if not _PLAIN.isdisjoint(folded) and not _MARK.search(folded) and (len(folded) > 80 or not _DATED.search(folded)):
        return None  # neither labels, tools alone, nor a date: what nearly every line of the text is
    tools = _TOOLS.sub(lambda match: "|" * len(match.group()), folded)
    hits = [hit for hit in _LABEL.finditer(tools) if _stands_free(tools, hit)] if _MARK.search(tools) else []
    if not hits:
        return _bare_info(line, tools)
    lead = _clean(line.text[: hits[0].start()], tools[: hits[0].start()])
    labels = []
    ends = [hit.start() for hit in hits[1:]] + [len(tools)]
    for hit, end in zip(hits, ends, strict=True):
        name = re.sub(r"\s", "", hit["label"] or hit["bare"] or hit["slash"] or hit["any"])
        labels.append(Label(_field(name), name, _clean(line.text[hit.end() : end], tools[hit.end() : end])))
    if not any(label.label in FIELD or label.field != "other" for label in labels):
        return None
    return _judge(line, _with_dates_apart(labels), lead, tools)


def _field(name: str) -> str:
    """The field of a label; one that is not known (难度, 报名时间) is "other", and only ends the value before it."""
    if name in FIELD:
        return FIELD[name]
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
            before, after = label.value[:start].strip(_SEPARATORS), label.value[end:].strip(_SEPARATORS)
            if not (before and after):
                out.append(Label("date", "", label.value[start:end]))
                label = Label(label.field, label.label, before or after)
        out.append(label)
    return tuple(out)


def _stands_free(text: str, hit: re.Match) -> bool:
    """A label of one character (文:, 图:) and a bare one must not be the tail of a word."""
    if len(hit["label"] or "xx") > 1:
        return True
    before = text[: hit.start()].rstrip()
    return not before or before[-1] in _SEPARATORS or before[-1].isascii()


def _clean(printed: str, tools: str) -> str:
    """The printed words of a span up to where tool words begin, without separators around them."""
    cut = tools.find("|")
    while cut >= 0 and not printed[:cut].strip(_SEPARATORS + "　："):
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


def _bare_info(line: Line, tools: str) -> InfoLine | None:
    """A line of a date, counters and perhaps a source's name, with no label at all."""
    dates = find_dates(tools)
    if not dates and not tools.strip(_SEPARATORS):
        return InfoLine(line, (), "", "")
    if not dates or len(tools) > 80:
        return None
    first = dates[0]
    posted = re.fullmatch(r"(?:原创\s+)?(?P<names>\S{2,20}(?:\s+\S{2,20}){0,2})\s+", tools[: first.start])
    if (
        posted
        and re.fullmatch(r"\s*(?:发表于\S{2,8})?", tools[first.end :])
        and not re.search(r"[,。;:!]", posted["names"])
    ):
        account = line.text[: first.start].split()[-1]  # a WeChat account's line
        return InfoLine(
            line, (Label("date", "", line.text[first.start : first.end]), Label("source", "", account)), "", ""
        )
    paper = _PAPER.fullmatch(tools[: first.start])
    if paper and _EDITION.fullmatch(tools[first.end :]):
        return InfoLine(
            line,
            (
                Label("date", "", line.text[first.start : first.end].strip()),
                Label("source", "", line.text[slice(*paper.span("name"))]),
            ),
            "",
            "",
        )
    before, after = tools[: first.start].strip(_SEPARATORS), tools[first.end :].strip(_SEPARATORS)
    if not before and first.time is None and _MASTHEAD.fullmatch(tools[first.end :]):
        return InfoLine(line, (Label("date", "版", line.text[first.start : first.end]),), "", "")
    if (before and after) or len(before + after) > 14 or re.search(r"[年月]|讯|日前|电$", before + after):
        return None
    if (
        first.precision == "day"
        and before
        and not re.search(r"(?:网|报|社|台|会|部|室|政府|局|办|处|信息|号)$", before)
    ):
        return None
    date = Label("date", "", line.text[first.start : first.end])
    name = line.text[: first.start] if before else line.text[first.end :]
    name = name.strip(_SEPARATORS + "　：，")
    source = (Label("source", "", name),) if re.search(r"(?:网|报|社|台|工会|号|客户端|频道|部|办公室)$", name) else ()
    return InfoLine(line, (date, *source), "", "" if source else before + after)


def _judge(line: Line, labels: tuple[Label, ...], lead: str, tools: str) -> InfoLine | None:
    """Prose with a colon in it is no information line: values must be short and the words before the labels few."""
    strong = {label.field for label in labels if label.field in _STRONG}
    if any(len(label.value) > _VALUE_LIMIT and label.field not in ("other", "title") for label in labels):
        return None
    if any("。" in label.value for label in labels if label.field not in ("other", "title")):
        return None
    if any(label.field in ("author", "editor") and re.search(r"[，。；]|,.{8}", label.value) for label in labels):
        return None
    dated = find_dates(fold(lead)) if lead else []
    if dated and not lead[dated[0].end :].strip(_SEPARATORS) and not any(label.field == "date" for label in labels):
        labels = (Label("date", "", lead[dated[0].start : dated[0].end]), *labels)
        strong = strong | {"date"}
        lead = lead[: dated[0].start].strip(_SEPARATORS)
    elif dated:
        start = dated[0].start
        if len(lead) - dated[0].end <= 12:
            labels = (Label("date", "", lead[start : dated[0].end]), *labels)
            strong = strong | {"date"}
            lead = lead[:start].strip(_SEPARATORS)
    if len(lead) > 2 and ("。" in lead or len(lead) > 70 or not (len(strong) >= 2 or len(lead) <= 8)):
        return None
    if line.folded[-1:] in "。;!" and (lead or any(len(label.value) > 12 for label in labels)):
        return None
    if not strong and labels[0].label in ("文字", "单位", "选择", "功能", "推荐", "显示", "大小"):
        return None
    return InfoLine(line, labels, lead if len(lead) > 2 else "", "")
