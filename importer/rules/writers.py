"""Who wrote a text, told by its opening words (本报讯(记者 王芳)), by shares of the work (文, 图) or by a note."""

import re
from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import Found, found
from importer.rules.persons import POST, is_name, read_names

ORGANISATION = re.compile(
    r".*(?:工会(?:委员会|联合会|工委|办公室)?|联合会|委员会|日报|晚报|时报|网|报|社|电视台|广播台|公司|集团|政府|公众号|频道|客户端|[市县区省]总|局|党委)$"
)
DEPARTMENT = re.compile(
    r".*(?:部|室|科|处|办|中心|支部|分会|支会|协会|学会|文联|车间|工区|班组|大队|支队|中队|[一二三四五六七八九十\d综采掘工]队|报道组|融媒体|小组|项目部|医院|学校|大学|学院|[中小]学|厂|段|站|矿|银行|街道|镇|乡|社区|村)$"
)
_DATELINE = r".{0,24}?(?:讯|电|消息)[】\]〕)]?"  # 本报讯, 【本报讯】, 工人日报—中工网3月5日电
LEAD_CREDIT = re.compile(
    rf"^(?:{_DATELINE}\s*[(\[【]\s*(?P<inner>[^()\[\]【】。]{{2,50}})[)\]】]"
    r"|.{0,24}?[(\[【]\s*(?P<told>(?:本报|本网|特约|见习|实习|首席|驻[\u3400-\u9fff]{2,6})*(?:全媒体|融媒体)?(?:记者|通讯员)[^()\[\]【】。]{2,50})[)\]】]"
    rf"|(?:{_DATELINE}\s+)?(?P<open>(?:本报|本网|本刊|本台|特约|见习|实习|首席|[\u3400-\u9fff]{{2,8}}[报网社台])*(?:全媒体|融媒体)?(?:记者|通讯员)[\s:]*"
    r"[^,。;:!?()]{2,40}?)(?:\s*(?:摄影)?报道|\s*$|\s{3,}))"
)
DATED_LEAD = re.compile(rf"{_DATELINE}\s*[(\[【]")
_NOTE = re.compile(  # (作者系…), [作者简介]王芳(1979—),女,…
    r"[(\[【*]*(?:(?:第一)?作者(?:简介|介绍|信息|简历)[\]】)]?\s*:?\s*(?P<name>[\u3400-\u9fff·]{2,8}?|[\u3400-\u9fff]\s+[\u3400-\u9fff])(?=[,(;、。\s]|系|现任)"
    r"|作者(?=系|为|是|现任|现为))"
)
_SIGNED = re.compile(
    r"[(]?(?:(?P<who>[^,。;:!?“”《》\d]{0,32}(?:读者|听众|网友|职工|员工|工人|教师|老师|会员|代表|干部|委员|主席|书记|主任|部长|队员|班长|组长|队长|厂长|经理|护士长?|医生|司机|骑手|家属|学员|劳模|工匠|技师|"
    r"工会|车间|公司|学校|医院|[部科室处]))\s*[:]?\s+)?(?P<name>[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]\s+[\u3400-\u9fff]|[\u3400-\u9fff]{1,7}[·•・][\u3400-\u9fff]{1,8})[)]?"
)
_DAY = re.compile(
    r"[(]?(?:(?:\d{4}|[二一][〇零○一二三四五六七八九]{3})年)?\s*\S{1,3}\s*月\s*\S{1,3}\s*日(?:[于在]\S{2,8}|\S{0,2})?[)]?|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_AFTERWORD = ("编后", "编者", "(编后", "[编后", "【编后", "附:", "(注", "注:")
_OF_PAPER = re.compile(r"[\u3400-\u9fff—-]{2,16}(?:报|网|社|台|客户端)(?=(?:全媒体|融媒体|特约|见习)*(?:记者|通讯员))")
SHARE = re.compile(r"[\s/]+(?P<what>文图|图文|文字|文/图|图/文|文、图|摄影报道|文|图片|图|摄影|摄)(?=[\s,;、/]|$)")


def author_note(lines: Sequence[Line], author: Found, title: Found) -> tuple[Found, Found]:
    """(author, post), filled by a note: [作者简介]王芳(1979—),女,某县总工会副主席, or (作者系某县总工会主席)."""
    for line in lines:
        note = _NOTE.match(line.folded) if "作者" in line.folded[:6] else None
        if not note:
            continue
        place = (line.text[:60], line.number, "medium")
        name, told = note["name"] or "", line.text[note.end() :]
        if not author.value and (is_name(name) or read_names(name, told=True)):
            author = found(line.text[slice(*note.span("name"))], "author-note", *place)
        posts = (part.strip(" 　。)）") for part in re.split("[,，;；。]", told))
        post = next(
            (part for part in posts if len(part) <= 40 and ("工会" in part or "总" in part) and POST.search(part)), None
        )
        if post and not title.value and (not name or not author.value or author.value == name):
            title = found(re.sub("^[现曾]?(?:任|为|系|是)", "", post), "author-note", *place)
        break
    return author, title


def signature(lines: Sequence[Line]) -> tuple[str, str, Line] | None:
    """(post or whose, name, line) of who signs a letter or a speech at its end, above the day if there is one."""
    last = list(lines[-5:])
    for place in range(len(last) - 1, -1, -1):
        line = last[place]
        match = _SIGNED.fullmatch(line.folded) if len(line.text) <= 44 else None
        if match and is_name(match["name"]):
            below = last[place + 1 :]
            dated = bool(below) and bool(_DAY.fullmatch(below[0].folded))
            if match["who"] or (dated and place):
                return match["who"] or "", re.sub(r"\s", "", line.text[slice(*match.span("name"))]), line
        if not (_DAY.fullmatch(line.folded) or line.folded.startswith(_AFTERWORD) or match):
            return None
    return None


def lead_people(line: Line) -> list[str]:
    """The reporters named in a report's opening words: 本报讯(记者 王芳 通讯员 李娜), 本报讯(王芳/文 李娜/图)."""
    head = line.folded[:140]
    match = LEAD_CREDIT.match(head) if re.search("[讯电者员]|消息", head[:60]) else None
    if not match:
        return []
    return writers(line.text[slice(*match.span(match.lastgroup))])


def writers(inner: str) -> list[str]:
    """The names in `inner` that stand for the words, not the pictures; units among them are left out."""
    paper = _OF_PAPER.match(fold(inner))
    inner = inner[paper.end() :] if paper else inner
    names, start, shares = [], 0, list(SHARE.finditer(fold(inner)))
    for share in [*shares, None]:
        part = inner[start : share.start()] if share else inner[start:]
        start = share.end() if share else start
        if part.strip(" 　/、,，") and not (share and "文" not in share["what"] and len(shares) > 1):
            words = unit_free(part)
            names += [name for name in read_names(words, told=True) if name not in names]
    return names


def unit_free(part: str) -> str:
    """`part` without its words that are an organisation's or a department's."""
    words = re.split(r"[\s、]+", part.strip())
    kept = [word for word in words if not (ORGANISATION.fullmatch(fold(word)) or DEPARTMENT.fullmatch(fold(word)))]
    return " ".join(kept)
