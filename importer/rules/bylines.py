"""Source, author with post, and editor, from information lines, byline lines and credits at the very end."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from importer.document import Line, fold, once_a_line
from importer.evidence import NOTHING, Found, found
from importer.rules.labels import InfoLine, read_info_line
from importer.rules.persons import POST, has_role, is_name, read_names, read_post_and_name
from importer.rules.units_and_names import NAME_AND_UNIT, is_body, leading_names, source_and_people
from importer.rules.writers import (
    DATED_LEAD,
    DEPARTMENT,
    LEAD_CREDIT,
    ORGANISATION,
    SHARE,
    author_note,
    lead_people,
    signature,
    unit_free,
    writers,
)

_PLACEHOLDER = re.compile(
    r"(?:未知|不详|佚名|匿名|无|暂无|没有|null|none|undefined|nil|admin\w*|administrator|root|user\d*|guest|test|manager|webmaster|editor|author|system|"
    r"(?:超级|系统|网站|后台|本站|高级|普通|信息)*(?:管理员|管理人员)|本站(?:原创|编辑|整理|讯)?|本网(?:站|原创|编辑|整理)?|原创(?:稿|文章)?|转载|网络(?:转载|整理|收集|来源|资源)?|互联网|"
    r"网站|网友(?:投稿|上传)?|小编|站长|编辑(?:部)?|作者|来源|未署名|其他|其它|内部|默认|测试|xx+|×+|[*?]+)|[\W_]+|\d+|.*(?:\[db:|\{\$|\{\w+[:.]|<%|\$\{|\{\{).*",
    re.IGNORECASE,
)
_OWN_UNION = re.compile(
    r"(?:本|我|校|院|厂|局|公司|集团|机关|单位)?工会(?:委员会)?(?:办公室|办|部)?"
)  # no name, whoever's page it is
_RELATIVE_UNION = re.compile(r"[省市县区州旗镇乡]总(?:工会)?\S{0,6}")  # whose, only the page tells
_PEN_NAME = re.compile(r"[^\d\s,。;:!?、()]{1,12}(?:\s[^\d\s,。;:!?、()]{1,8}){0,2}")  # no headline, no list of links
LONGEST_SIGNED = 40  # characters
_GUESSED = ("bare-name", "organisation-in-author")  # sources that give way to a labelled one
_NOT_SIGNED = re.compile(r"[\d:|。;!?,]")
_WIRE, _STOPS = re.compile(r"[讯电]\s"), re.compile("[。;!?]")
_WITHIN = re.compile(r"[《“\"【\[]([^《》“”\"【】\[\]]+)[》”\"】\]]")
_TAIL_CREDIT = re.compile(
    r"(?:[(\[【]\s*(?=[^()\[\]【】。]{2,50}[)\]】]\s*$)|(?<=[。!?”])\s+(?=[\u3400-\u9fff]{2,4}(?:\s+[\u3400-\u9fff]{2,4})+\s*$)"
    r"|(?<=[。!?”])(?:\s{2,}|\u3000+)(?=[\u3400-\u9fff]{2,4}\s*$))"
    r"(?P<inner>[^()\[\]【】。]{2,50}?)\s*[)\]】]?\s*$"
)
_WHOLE_CREDIT = re.compile(r"[(]\s*(?P<inner>[^():]{2,40}?)\s*[)]")
_MARKED = re.compile(r"[□■◎●▲◆○☆★◇△▪•·*]+\s*\S|[-—]{2,}\s*\S|[Bb]y[\s:.]")
_ROLE_FIRST = re.compile(r"\W*(?:文|图|摄|撰文|文字|摄影|图片|文稿)\s*[/|丨]\s*\S{2}")
_BAR = re.compile(r"[\u3400-\u9fff、/]{1,8}\s*[|丨]")
_ACCOUNT = re.compile(r"[\w.@-]*[A-Za-z_@][\w.@-]*", re.ASCII)  # a name to log in with
_PHOTO = re.compile(r"^(?:图(?!/文)|摄|摄影|图片|供图)\s*[:/]|\s(?:摄|摄影|供图)$|^(?:图为|资料图)")


class Byline(NamedTuple):
    """Who stands for the text. Names are one string, separated by a space."""

    source: Found = NOTHING
    author: Found = NOTHING
    author_title: Found = NOTHING
    editor: Found = NOTHING


def real(value: str | None) -> str | None:
    """`value` unless it is empty or a system's default (未知, admin, 超级管理员, a template's variable)."""
    printed = (value or "").strip()
    value = _bare(printed)
    return None if not value or any(_PLACEHOLDER.fullmatch(fold(text)) for text in (printed, value)) else value


@once_a_line
def is_byline(line: Line) -> bool:
    """A line of nothing but names: at least two of them, or one with a role or spaced as bylines are."""
    if len(line.text) > 60 or (_BAR.match(line.folded) and read_info_line(line)):
        return False
    if ":" not in line.folded and (line.folded.endswith((")", "】", "]")) or _WIRE.search(line.folded)):
        lead = LEAD_CREDIT.match(line.folded)
        if lead and lead.end() == len(line.folded) and lead_people(line):
            return True
    if len(line.text) > 40:
        return False
    names = read_names(line.text)
    if len(names) >= 2 or (names and (has_role(line.text) or _MARKED.match(line.folded))):
        return True
    if _STOPS.search(line.folded):
        return False
    if ":" not in line.folded and ("员" in line.folded or "记者" in line.folded):
        lead = LEAD_CREDIT.match(line.folded)
        if lead and lead.end() == len(line.folded) and lead_people(line):
            return True
    shares = [] if ":" in line.folded or _ROLE_FIRST.match(line.folded) else SHARE.findall(line.folded)
    if any("文" in share for share in shares) and writers(line.text):  # 王芳/文 李娜/图
        return True
    named = NAME_AND_UNIT.fullmatch(line.folded)
    if named and is_name(named["name"]) and is_body(named["unit"]):  # 王芳(县总工会)
        return True
    credit = _WHOLE_CREDIT.fullmatch(line.folded)
    if credit and _names_in_credit(line.text[slice(*credit.span("inner"))]):
        return True
    return bool(names) and bool(re.fullmatch(r"[(（\[]?\s*\S{2,4}\s*[)）\]]?|\S[ 　]{1,2}\S", line.text))


def is_signed(line: Line) -> bool:
    """An organisation or a post with the author's name behind it, such as stands under the title of an essay."""
    if len(line.text) > LONGEST_SIGNED or _NOT_SIGNED.search(line.folded):
        return False
    split = source_and_people(line.text)
    return bool(read_post_and_name(line.text) or (split and split[0]))


def read_byline(
    infos: Sequence[InfoLine],
    names: Sequence[Line],
    first: Line | None,
    last: Line | None,
    text: Sequence[Line] = (),
) -> Byline:
    """The byline of an article.

    `names` are its byline lines, `first` and `last` the ends of its text (credits in brackets stand there), `text` its
    paragraphs. Labelled values go first; a post and a name in the place of the source are the author.
    """
    labelled = _labelled(infos)
    source, author, title, editor = labelled
    if not author.value:
        author, title = _from_lines(names) or (author, title)
    match = _tail_credit(last.folded) if last else None
    if match:
        credit = _read_credit(last.text[match.start("inner") : match.end("inner")], last)
        title = title if author.value else credit.author_title
        author = author if author.value else credit.author
        source = source if source.value else credit.source
        editor = editor if editor.value else credit.editor
    for line in [*([first] if first else []), *text[1:5]] if not author.value else ():
        people = lead_people(line) if line is first or DATED_LEAD.match(line.folded) else []
        if people:
            author = found(" ".join(people), "lead", line.text[:60], line.number, "medium")
            break
    if not (author.value and title.value):
        author, title = author_note([*text[:6], *text[6:][-6:]], author, title)
    if not author.value and (signed := signature(text)):
        who, name, line = signed
        author = found(name, "signature", line.text, line.number, "medium")
        title = (
            title
            if title.value or not POST.search(who.strip(" :"))
            else found(who.strip(" :"), "signature", line.text, line.number, "medium")
        )
    if not author.value:
        author = _writer(infos)
    return Byline(source, author, title, editor)


def _writer(infos: Sequence[InfoLine]) -> Found:
    """The person an account's line names, where nothing else says who wrote."""
    for info in infos:
        for name in info.values("writer"):
            return found(name, "account-line", info.line.text, info.line.number, "medium")
    for info in infos:  # who sends a body's news in, where nobody else is named
        for label in info.labels:
            if label.label == "信息员" and (names := read_names(label.value, told=True)):
                return found(" ".join(names), "label", f"信息员:{label.value}", info.line.number, "medium")
    return NOTHING


def has_credit(line: Line) -> bool:
    """Whether the line ends with its authors' names in brackets."""
    match = _tail_credit(line.folded)
    return bool(match and _read_credit(line.text[match.start("inner") : match.end("inner")], line).author.value)


def _tail_credit(folded: str) -> re.Match | None:
    """The credit at the very end, in brackets or behind a space."""
    last = folded.rstrip()[-1:]
    named = last in (")", "]", "】") or ("\u3400" <= last <= "\u9fff" and len(folded.split(maxsplit=1)) > 1)
    return _TAIL_CREDIT.search(folded) if named else None


def strip_credit(text: str) -> str:
    """The last paragraph without the contributor in its final brackets, where there is one."""
    match = _tail_credit(fold(text))
    if match and any(found_.value for found_ in _read_credit(match["inner"], Line(0, text))):
        return text[: match.start()].rstrip(" 　")
    return text


def _labelled(infos: Sequence[InfoLine]) -> Byline:
    source = author = title = editor = NOTHING
    for info in infos:
        for label in info.labels:
            value = real(_first_part(label.value) if label.field == "source" else label.value)
            if not value:
                continue
            words = f"{label.label}:{label.value}"
            if label.field == "source" and (not source.value or (label.label and source.evidence.rule in _GUESSED)):
                person = read_post_and_name(value)
                split = source_and_people(value)
                if person and not author.value:
                    title = found(person[0], "post-in-source", words, info.line.number)
                    author = found(person[1], "person-in-source", words, info.line.number)
                elif split and not author.value:
                    source = found(split[0], "label", words, info.line.number) if split[0] else source
                    author = found(split[1], "person-in-source", words, info.line.number, "medium")
                else:
                    source = found(_bare(value), "label" if label.label else "bare-name", words, info.line.number)
            elif label.field == "author" and not _ACCOUNT.fullmatch(value):
                author, title, source = _author_label(value, words, info, author, title, source)
            elif label.field == "editor" and not _ACCOUNT.fullmatch(value):
                split = source_and_people(value)
                people = " ".join(read_names(value)) or (split and split[1]) or leading_names(value) or value
                editor = found(f"{editor.value} {people}" if editor.value else people, "label", words, info.line.number)
    return Byline(source, author, title, editor)


def _first_part(value: str) -> str:
    """A source up to a wide gap, behind which other words of the line stand; people behind it are the authors."""
    part = re.split(r"[ \u00a0]{2,}|[\u3000\t]", value.strip())[0]
    return value if source_and_people(value) else part


def _author_label(
    value: str, words: str, info: InfoLine, author: Found, title: Found, source: Found
) -> tuple[Found, Found, Found]:
    """An author's label may hold names, a post with a name, an organisation with names, or only an organisation."""
    line = info.line.number
    unit = re.fullmatch(r"([^(（]{2,20})[(（]([^()（）]{2,20})[)）]", value.strip())
    if unit and read_names(unit[1], told=True) and not read_names(unit[2]):  # 王芳(县总工会)
        value = unit[1]
    person, names, split = read_post_and_name(value), read_names(value, told=True), source_and_people(value)
    if names:
        before = read_names(author.value or "")  # a department gives way to a person
        joined = " ".join([*before, *(name for name in names if name not in before)])
        author = found(joined, "label", words, line)
    elif person and not author.value:
        title, author = found(person[0], "label", words, line), found(person[1], "label", words, line)
    elif split and split[1] and not author.value:
        author = found(split[1], "label", words, line)
        source = (
            source
            if source.value or not split[0] or _OWN_UNION.fullmatch(fold(split[0]))
            else found(split[0], "organisation-in-author", words, line, "medium")
        )
    elif ORGANISATION.fullmatch(fold(value)) or DEPARTMENT.fullmatch(fold(value)):
        folded = fold(value)
        relative = _OWN_UNION.fullmatch(folded) or ("作者" in words[:4] and _RELATIVE_UNION.fullmatch(folded))
        specific = not relative and (ORGANISATION.fullmatch(folded) or re.search("[总工]", folded))
        if specific and not source.value:
            source = found(value, "organisation-in-author", words, line, "medium")
    elif not author.value and _PEN_NAME.fullmatch(fold(value)):
        author = found(value, "label", words, line, "medium")
    elif not author.value and leading_names(value):
        author = found(leading_names(value), "label", words, line, "medium")
    return author, title, source


def _bare(value: str) -> str:
    """A source without the quotes and brackets around the whole of it."""
    match = _WITHIN.fullmatch(value)
    return match[1] if match else value


def _from_lines(lines: Sequence[Line]) -> tuple[Found, Found] | None:
    people: list[str] = []
    for line in lines:
        person = read_post_and_name(line.text)
        if person and not people:
            return found(person[1], "byline", line.text, line.number), found(
                person[0], "byline", line.text, line.number
            )
        text = _unmarked(line.text)
        split = None if read_names(text) else source_and_people(text)
        names = split[1].split() if split else _names_in_credit(text.strip("()（） "))
        names = names or lead_people(line)
        people += [name for name in names if name not in people]
    if not people:
        return None
    return found(" ".join(people), "byline", " ".join(line.text for line in lines), lines[0].number), NOTHING


def _unmarked(text: str) -> str:
    """A byline without the mark in front of it: ○ 王芳 文/图."""
    marked = _MARKED.match(fold(text))
    return text[marked.end() - 1 :] if marked else text


def _names_in_credit(inner: str) -> list[str]:
    """The names in brackets at the very end; two or more words there are names whatever they begin with."""
    shared = writers(inner) if SHARE.search(fold(inner)) else []  # 一车间 王芳 文 / 李强 图
    names = read_names(inner) or shared
    if not names and "、" in inner and unit_free(inner) != " ".join(re.split(r"[\s、]+", inner.strip())):
        names = read_names(unit_free(inner), told=True)  # 区总工会、王芳
    return names or [name for name in read_names(inner, told=True) if len(inner.split()) > 1]


def _read_credit(inner: str, line: Line) -> Byline:
    """What words in brackets tell: labelled values, names, an organisation, or an organisation with names."""
    if _PHOTO.search(fold(inner)) and not any("文" in share for share in SHARE.findall(fold(inner))):
        return Byline()
    info = read_info_line(Line(line.number, inner)) if re.search("[:/]", fold(inner)) else None
    if info and not info.lead:
        return _labelled([info])
    noted = re.match(r"作者(?:系|为|是|[::])?\s*", fold(inner))
    person = read_post_and_name(inner[noted.end() :]) if noted else None
    if person:  # (作者系县总工会主席王芳)
        place = (inner, line.number, "medium")
        return Byline(
            author=found(person[1], "author-note", *place), author_title=found(person[0], "author-note", *place)
        )
    names, split = _names_in_credit(inner), source_and_people(inner)
    place = (inner, line.number, "medium")
    if names:
        return Byline(author=found(" ".join(names), "credit-in-brackets", *place))
    if split:
        source = found(split[0], "credit-in-brackets", *place) if split[0] else NOTHING
        return Byline(source, found(split[1], "credit-in-brackets", *place))
    contributor = re.fullmatch(
        r"(\S*(?:总工会|工会|[省市区县州]总\S{0,8}(?:部|室))(?:办公室)?)(?:供稿|宣)?", fold(inner)
    )
    return Byline(found(inner[: contributor.end(1)], "credit-in-brackets", *place)) if contributor else Byline()
