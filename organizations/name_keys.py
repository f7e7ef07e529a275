"""What a reader may type to find an organisation by its name: the name from any of its words on, its pinyin, its
initials. Pure."""

import re
from collections.abc import Iterable

import rjieba

from .characters import fold

LONGEST = 80
_MARKS = re.compile(r"[\W_]+")
_COMMON = re.compile(r"(?:总工会|工会|联合工会|委员会|.{0,2}$)")  # what most names end in is no beginning of one


def typed(text: str) -> str:
    """`text` folded, without spaces and marks: qing dao, QingDao and Qing'dao are one."""
    return _MARKS.sub("", fold(text))[:LONGEST]


def keys(names: Iterable[str]) -> set[str]:
    """The keys of an organisation called by any of `names`: each begins as what is typed begins.

    济南市总工会: itself, jinanshizonggonghui, jnszgh; 济南市章丘区总工会 also from 章丘区 on.
    """
    from pypinyin import lazy_pinyin  # slow and large: whoever serves pages saves no names

    found = set()
    for name in map(typed, names):
        syllables = lazy_pinyin(name, errors=list)
        for start in sorted({begin for _word, begin, _end in rjieba.tokenize(name, "search", hmm=False)}):
            if not start or not _COMMON.match(name[start:]):
                rest = syllables[start:]
                found |= {name[start:], "".join(rest), "".join(one[:1] for one in rest)}
    return {key[:LONGEST] for key in found if key}
