"""A body and people of it named together: 工人日报 记者 张三, 二车间/张三, 张三(县总工会)."""

import re

from importer.document import fold
from importer.rules.persons import is_name, read_names
from importer.rules.writers import DEPARTMENT, ORGANISATION, unit_free

NAME_AND_UNIT = re.compile(
    r"(?P<name>[\u3400-\u9fff·]{2,8}|[\u3400-\u9fff] [\u3400-\u9fff])\s*[(](?P<unit>[^()]{2,24})[)]"
)
_UNIT_AND_NAME = re.compile(r"(?P<unit>[^\s:/|丨—-]{2,24})\s*(?:[:/|丨]|[—-]{1,2})\s*(?P<name>[^:/|丨]{2,20})")
_BOXED = re.compile(r"([^()]{3,24})[(]([^()]{2,20})[)]")
_GLUED = re.compile(r"(.*(?:工会|[省市县区]总))([\u3400-\u9fff]{2,3})")

_ROLE = re.compile(r"[\s(]*(?:本报|本网|特约)?(?:记者|通讯员|作者|供稿|撰稿)\s*:?\s*")


def source_and_people(value: str) -> tuple[str | None, str] | None:
    """工人日报 记者 张三 -> (工人日报, 张三); 张三 -> (None, 张三)."""
    folded = fold(value)
    role = _ROLE.search(folded)
    if role and role.start() > 1:
        names = read_names(value[role.end() :].rstrip(")） "), told=True)
        before = value[: role.start()].strip()
        if names and ORGANISATION.fullmatch(fold(before)):
            return before, " ".join(names)
    words = value.replace("　", " ").split()
    for cut in range(1, len(words)):
        names = read_names(" ".join(words[cut:]), told=True)
        if not names and not is_body(fold(words[cut])):
            names = read_names(unit_free(" ".join(words[cut:])), told=True)  # 区总工会 王芳 街道工会 李娜
        if names and is_body(fold(" ".join(words[:cut]))):
            return " ".join(words[:cut]), " ".join(names)
    if len(words) > 1 and is_body(fold(" ".join(words[1:]))) and is_name(words[0]):  # 王芳 县总工会
        return " ".join(words[1:]), words[0]
    parted = _UNIT_AND_NAME.fullmatch(folded)
    if parted and is_body(parted["unit"]) and (names := read_names(value[slice(*parted.span("name"))], told=True)):
        return value[: parted.end("unit")], " ".join(names)
    named = NAME_AND_UNIT.fullmatch(folded)
    if named and is_name(named["name"]) and is_body(named["unit"]):
        return value[slice(*named.span("unit"))], re.sub(r"\s", "", value[slice(*named.span("name"))])
    boxed = _BOXED.fullmatch(folded)
    if boxed and is_body(boxed[1]) and (names := read_names(boxed[2])):
        return value[: boxed.end(1)], " ".join(names)
    glued = _GLUED.fullmatch(folded)
    if glued and len(glued[1]) > 1 and is_name(glued[2]):
        return value[: glued.end(1)], value[glued.start(2) :]
    names = read_names(value)
    return (None, " ".join(names)) if names and not ORGANISATION.fullmatch(folded) else None


def is_body(folded: str) -> bool:
    return bool(ORGANISATION.fullmatch(folded) or DEPARTMENT.fullmatch(folded))


def leading_names(value: str) -> str:
    """The names that begin `value`: 李红 电话 0515-… is 李红."""
    words = value.replace("　", " ").split()
    return next(
        (" ".join(names) for cut in range(len(words), 0, -1) if (names := read_names(" ".join(words[:cut])))), ""
    )
