"""A page printed on one line, cut into its lines: path, title, information line, text, neighbours, foot.

The seams are the places where a part of a page begins that no prose holds: the words that lead in the path of channels,
a run of labels, 上一篇:, tools, the foot. Only a line with seams of two kinds is cut.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from importer.document import Line, fold
from importer.rules.toolbars import is_menu_part
from plans.grammar.lexicon import cue_of

LONGEST = 200_000  # characters; a longer line is no page
_SHORT = 240  # up to this length the rules of lines read a line of labels with tools as it is

_LABELS = (
    "发布时间|发布日期|发表时间|发表日期|更新时间|更新日期|录入时间|上传时间|添加时间|成文日期|发文日期|信息来源|文章来源|稿件来源|新闻来源|"
    "供稿单位|来稿单位|发布单位|发布机构|发布人|发布者|责任编辑|点击次数|点击数|点击量|浏览次数|浏览数|浏览量|阅读次数|阅读数|阅读量|"
    "访问次数|访问量|阅读人数|文章作者|文章录入|信息员|通讯员|审核人|录入人|作者|来源|时间|日期|编辑|责编|审核|初审|复审|终审|校对|浏览|点击|阅读|访问|人气|"
    "文字|图片|摄影|供稿|撰稿|记者|录入|发布|签发|字号|字体|标签|转自|稿源"
)
_SEAM = re.compile(
    r"(?=[您你当现目所发更录上添成信文稿新供来责点浏阅访通审作时日编初复终校人图摄撰记签字标转前下后【\[(<«>»打关加返分扫我设收相友推往热猜延版主承技京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵黔云滇藏陕甘青宁新"
    r"公网©CcA微功以喜预写继向听原])(?:"
    r"(?P<crumb>(?:[您你](?:现在|当前|目前)?|现在|当前|目前|所在)(?:所在|所处)?的?(?:当前)?(?:所在)?位置(?:是|为|在)?\s?[:>]|当前(?:栏目|频道)\s?:)"
    rf"|(?P<info>(?:[\[【(]\s?)?(?:本文|本站|本页)?(?:{_LABELS})\s?:)"
    r"|(?P<near>[<«>»\[【◀]{0,2}\s?[上前下后][一1](?:篇|条|则|个|页)(?:文章|新闻|信息)?[\]】]?\s?[:»])"
    r"|(?P<tools>[\[【](?:我要|点击)?(?:打印|关闭|收藏|返回|纠错|推荐|分享|复制)[^\]】\s]{0,6}[\]】]|打印[本此][页文]|关闭(?:窗口|本页|此页)|加入收藏|收藏本[页站]|设为首页|"
    r"返回(?:列表|顶部|首页)|分享(?:到|至)\s?:?|扫一扫在手机|我要纠错)"
    r"|(?P<tail>相关(?:链接|新闻|文章|阅读|信息|推荐)\s?[:】]|友情链接|推\s?荐\s?阅\s?读|往\s?期\s?(?:推\s?荐|回\s?顾)|热门(?:推荐|文章|点击)|猜你喜欢|延伸阅读)"
    r"|(?P<foot>版权所有|[Cc]opy\s?[Rr]ight|©|主办(?:单位)?\s?:|承办(?:单位)?\s?:|技术支持\s?:|[\u3400-\u9fff]ICP[备证]|[\u3400-\u9fff]?公网安备|网站标识码|All\sRights)"
    r"|(?P<post>微信号\s|功能介绍\s|收录于(?:合集|话题)(?:\s?#[^\s#。]{1,16}\s?\d*\s?[个篇]?(?=\s))*|以下文章来源于[^,。\s]{2,20}(?:\s?,\s?作者\s?[^,。\s]{2,8})?\s?,?|转载请注明|喜欢就点|点个[“\"]?(?:在看|赞)|预览时标签|写下你的留言|"
    r"阅读\s\d+\s|继续滑动看下一个|向上滑动看下一个|听全文|点击[上下]?方?蓝字|原创\s(?=\S{2,12}\s))"
    r")"
)
_DATED_POST = re.compile(r"(?<!\d)20\d\d-\d\d?-\d\d?\s\d\d?:\d\d\s(?:发表于)?[\u3400-\u9fff]{2,3}(?=\s|$)")
_BEFORE_COLON = "[间期源者辑数量单位次布核对览击读章字片影稿者入发号体签自]"
_CUE = cue_of(rf"""
    位置 栏目 :(?:(?<={_BEFORE_COLON}:)|(?<={_BEFORE_COLON}\s:)) ：(?:(?<={_BEFORE_COLON}：)|(?<={_BEFORE_COLON}\s：))
    一[篇条则][\]】]?\s?[:：»] 1[篇条则][\]】]?\s?[:：»]
    【打 \[打 打印[本此] 版权 ICP 微信号 收录于 在看 链接 推荐 阅读 回顾
""")
_STOPS = re.compile("[。;!?]")
_BRACES = re.compile(r"\{[^{}]{0,600}\}")
_ASCII = re.compile(r"[\x20-\x7e]{6,}")
_CODE = re.compile(
    r"\$\(|\bfunction\b|document\.|window\.|\bvar \w|\)\s*;|[{}]|</?[a-zA-Z!]|\.TRS_|@(?:media|import)|&nbsp;"
)
_PROGRAM = re.compile(r"(?<![^\d\s:/.-])(?![\d\s:/.-]).*(?<![\d\s])")
_LISTED = re.compile(r"\s*(?:[·•●▪]\s*[^\s·•●▪]{2,24}\s*){2,}")
_COUNTED = re.compile(r"\n人?次(?=\s|字|[\[【(])")  # of a counter whose figure a program writes
_TOOLS_FIRST = re.compile(  # behind 分享到:
    r"(?:(?:微信好友|微信|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|人人网|豆瓣网?|打印(?:本页|本文)?|收藏|关闭|复制链接|更多|[\[【(]?(?:字号|字体)\s?[::：]?\s?大\s中\s小[\]】)]?|[|/])(?:\s+|$)){1,12}"
)
_ARROW = re.compile(r"\s?(?:→|>>|>|»|›)\s?")
_LEAF = re.compile(
    r"(?<=[>→»›/\s-])(?:(?:查看|浏览|阅读)(?:文章|新闻|信息|内容|全文|正文)|(?:新闻|信息|文章|内容|查看|浏览|阅读|详细)*(?:正文|详细内容|文章内容|内容|详情|详细信息|详细|浏览|阅读|信息内容))(?=[\s]|[\u3400-\u9fff“\"《])"
)
_FONT = r"[\[【(<\s]*[特超]?大[\s\]】)>\[【(|/<]*中[\s\]】)>\[【(|/<]*小[\s\]】)>]*"
_VALUE = re.compile(
    r"\s?(?:"
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:[\sT]?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?)?)?"
    rf"|{_FONT}|[\[(【]?\s?[\d,.]*\s?[万wk+]?\s?(?:人次|次|人)?\s?[\])】]?(?=\s|[\u3400-\u9fff\[【(]|$)(?<=[\d\])】次人])"
    r"|\[\w+[:.]\w+\]|[^\s,。;:!?\])】]{1,20}(?:[ 、][\u3400-\u9fff]{2,3}(?=[\s\])】])){0,3}(?=[\s\])】]|$)"
    r")?[\s\])】]*"
)
_ITEMS = re.compile(
    r"(?<=[。;!?:])\s*(?=(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]))|(?<=[。!?;:”)…])\s+(?=\S)|\s+(?=(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]))"
)
_HEADING = re.compile(
    r"((?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|第[一二三四五六七八九十]{1,2}部分)[^。;!?:\s]{2,40})\s+(?=\S{8})"
)
_SIGNED = re.compile(
    r"(?<=[。!?”)])\s*(?P<who>[^。!?;:\d]{2,30}?)\s*(?P<day>(?:\d{4}|[二一][〇零○Ｏ0-9一二三四五六七八九]{3})年\S{1,3}月\S{1,3}日)\s*(?P<rest>附件\s?\d?\s?:.{0,60})?$"
)
_UNSIGNED = re.compile(r"(?<=[。!?”])\s*(?P<who>[^。!?;:,\d]{2,30}(?:会|部|室|委|局|组))\s*$")


class _Seam(NamedTuple):
    start: int
    end: int
    kind: str


def cut_glued(line: Line) -> list[Line]:
    """The lines that `line` was made of, numbered as it is; [line] where it is one line of a page like any other."""
    text = line.text
    if line.mark or not 30 <= len(text) <= LONGEST or not (_CUE.search(text)):
        return [line]
    text = _without_code(text) if len(text) > _SHORT else text
    seams = _seams(fold(text), len(text) <= _SHORT)
    listed = seams[-1:] and seams[-1].kind == "tail" and _LISTED.fullmatch(text, seams[-1].end)
    if len({seam.kind for seam in seams}) < 2 and not listed:
        return [line]
    rows = _rows(text, seams)
    rows = [row for piece in rows for row in map(str.strip, piece.split("\n")) if re.search(r"\w", row)]
    return [Line(line.number, row, 2, whole=len(row) > 30) for row in rows]


def _without_code(text: str) -> str:
    """`text` without the rules and programs of the page's code that were copied with it."""
    if "{" in text or "(" in text or "<" in text:
        for _round in range(4):
            bare = _BRACES.sub(lambda match: "{};" if _is_code(match.group()) else match.group(), text)
            if bare == text:
                break
            text = bare
        text = _COUNTED.sub("\n", _ASCII.sub(_edges, text))
    return text


def _edges(match: re.Match) -> str:
    """What stays of characters between Chinese ones that are a program: a day before it, a number after it."""
    return _PROGRAM.sub("\n", match.group(), count=1) if _CODE.search(match.group()) else match.group()


def _is_code(braced: str) -> bool:
    return braced == "{}" or braced.startswith("{};") or bool(re.search(r"[:;(=]", braced))


def _seams(folded: str, short: bool) -> list[_Seam]:
    found = [_Seam(match.start(), match.end(), match.lastgroup) for match in _SEAM.finditer(folded)]
    found += [_Seam(match.start(), match.end(), "post") for match in _DATED_POST.finditer(folded)]
    found.sort()
    runs = _with_runs(found, folded)
    if not any(seam.kind == "crumb" for seam in runs):
        path = _path(folded, runs)
        runs = sorted([*runs, path]) if path else runs
    if short:
        whole = {seam.kind for seam in runs} - {"tools", "post", "tail", "foot"}
        tools_first = runs[:1] and runs[0].kind == "tools" and any(seam.kind == "near" for seam in runs)
        if runs and runs[-1].kind == "tail" and _LISTED.fullmatch(folded, runs[-1].end):
            return runs
        between = pairwise(runs)
        if any(before.kind == "info" and _is_prose(folded[before.end : after.start]) for before, after in between):
            return runs
        if len(whole) < 2 and not tools_first and not (runs and _is_prose(folded[: runs[0].start])):
            return []
    return runs


def _with_runs(found: list[_Seam], folded: str) -> list[_Seam]:
    """Labels that follow on one another are one seam; one alone counts by what follows it (see _stands_alone)."""
    out: list[_Seam] = []
    run: list[_Seam] = []
    for seam in [*found, _Seam(len(folded), len(folded), "end")]:
        if seam.kind == "info" and (not run or _goes_on(folded[run[-1].end : seam.start])):
            run.append(seam)
            continue
        if run and (len(run) > 1 or _stands_alone(folded, run[0], seam.start)):
            out.append(_Seam(run[0].start, run[-1].end, "info"))
        run = [seam] if seam.kind == "info" else []
        if seam.kind not in ("info", "end"):
            out.append(seam)
    return out


def _goes_on(between: str) -> bool:
    return len(between) <= 44 and not _STOPS.search(between)


def _stands_alone(folded: str, seam: _Seam, stop: int) -> bool:
    after = folded[seam.end : min(stop, seam.end + 24)].strip()
    label = folded[seam.start : seam.end].strip("[【( :")
    return (
        bool(re.match(r"\d{4}[-/.年]", after) and "时间" not in label[:2])
        or (folded[seam.start] in "([【" and label in ("责任编辑", "编辑", "责编", "作者", "来源", "供稿", "通讯员"))
        or (len(label) >= 3 and label.endswith(("次数", "数", "量")) and not re.match(r"[\u3400-\u9fff]{4}", after))
    )


def _path(folded: str, seams: list[_Seam]) -> _Seam | None:
    """The path of channels that no word leads in: what stands before the first arrow, above the labels."""
    stop = next((seam.start for seam in seams if seam.kind == "info"), 0)
    match = _ARROW.search(folded, 0, stop)
    if not match or not re.search(r"[\u3400-\u9fff]$", folded[: match.start()]):
        return None
    start = max(folded.rfind(mark, 0, match.start()) for mark in " |\n") + 1
    return _Seam(start, start, "crumb") if match.start() - start <= 16 and _ARROW.search(folded[:stop]) else None


def _rows(text: str, seams: list[_Seam]) -> list[str]:
    rows = _lead(text[: seams[0].start], seams[0].kind)
    for place, seam in enumerate(seams):
        stop = seams[place + 1].start if place + 1 < len(seams) else len(text)
        if seam.kind in ("foot", "tail") and not _is_prose(text[seam.end : stop]):
            rows.append(text[seam.start : stop])
        elif seam.kind == "crumb":
            rows += _crumb_and_title(text, seam, stop)
        elif seam.kind == "info":
            cut = seam.end + _VALUE.match(fold(text[seam.end : stop])).end()
            rest = text[cut:stop]
            whole = len(rest) <= 30 and not _is_prose(rest) and place + 1 < len(seams)
            rows += [text[seam.start : stop]] if whole else [text[seam.start : cut], *_paragraphs(rest)]
        elif seam.kind == "near" or not _is_prose(text[seam.end : stop]):
            rows.append(text[seam.start : stop])
        else:
            bare = text[seam.end : stop].lstrip("】])） ")
            rows += [text[seam.start : seam.end], *_paragraphs(_TOOLS_FIRST.sub("", bare, count=1))]
    return rows


def _is_prose(text: str) -> bool:
    return len(text) > 60 and bool(re.search("[。！？!?]", text))


def _lead(text: str, following: str) -> list[str]:
    """What stands before the first seam: text already, or the site's head with, where no path follows, the title."""
    if _is_prose(text):
        return _paragraphs(text)
    words = re.split(r"[\s|_]+", text.strip())
    while words and (is_menu_part(fold(words[0])) or not words[0]):
        words.pop(0)
    if not words:
        return []
    kept = text[text.index(words[0]) :].strip()
    if following == "crumb" or "_" in kept or "\n" in kept:
        return [words[0]] if 4 <= len(words[0]) <= 40 else []
    return [kept]


def _crumb_and_title(text: str, seam: _Seam, stop: int) -> list[str]:
    """The path, and the title where it stands between the path and the labels."""
    part = text[seam.start : stop].rstrip()
    folded = fold(part)
    leaves = list(_LEAF.finditer(folded, seam.end - seam.start))
    leaf = leaves[-1] if leaves else None
    cut = leaf.end() if leaf and len(part) - leaf.end() >= 6 else _title_start(text[: seam.start], part, folded)
    return [part[:cut], part[cut:]] if cut else [part]


def _title_start(before: str, part: str, folded: str) -> int:
    """Where the title begins that is glued to the last channel: printed before, apart, or behind a channel's name."""
    arrows = (
        list(_ARROW.finditer(folded)) or list(re.finditer(r"\s[-/|_]\s", folded)) or list(re.finditer("[/|]", folded))
    )
    last = arrows[-1].end() if arrows else 0
    if not last:
        return 0
    for start in range(last + 2, len(part) - 7):
        if part[start:] in before:
            return start
    gap = re.search(r"\S\s+(?=\S{6})", folded[last:])
    if gap and gap.start() < 16:
        return last + gap.end()
    sizes = [size for size in (4, 5, 6, 7, 8) if is_menu_part(folded[last : last + size])]
    return last + sizes[0] if sizes and len(part) - last - sizes[0] >= 8 else 0


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that runs on: cut at gaps after a full stop, before numbers, before the signature."""
    text = text.strip()
    tail: list[str] = []
    signed = _SIGNED.search(fold(text[-140:]))
    if signed:
        base = len(text) - len(text[-140:])
        tail = [
            text[slice(base + signed.start(name), base + signed.end(name))]
            for name in ("who", "day", "rest")
            if signed[name]
        ]
        text = text[: base + signed.start()]
    else:
        unsigned = _UNSIGNED.search(fold(text[-50:]))
        if unsigned:
            base = len(text) - len(text[-50:])
            tail, text = [text[base + unsigned.start("who") :]], text[: base + unsigned.start()]
    out, last, folded = [], 0, fold(text)
    for match in _ITEMS.finditer(folded):
        out.append(text[last : match.start()])
        last = match.end()
    rows: list[str] = []
    for piece in [*out, text[last:]]:
        heading = _HEADING.match(fold(piece))
        rows += [piece[: heading.end(1)], piece[heading.end() :]] if heading else [piece]
    return [row for row in (*rows, *tail) if row.strip()]
