"""The level of a page's union where no name is given: 我镇, 我校, 区总工会."""

import re
from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import NOTHING, Found, found

_RELATIVE_UNIT = re.compile(r"(?:我|全|本)?(省|市|区|县|镇|乡|街道|旗|州)(?:总工会|工会|总)")
_OWN = (
    (
        "township",
        r"(?:(?:我|咱|俺)们?|全|本)(?:镇|乡|街道|办事处|苏木|团场)|(?<![各级县入])(?:镇|乡|街道)(?:总工会|工会)(?![、和])",
    ),
    (
        "enterprise",
        r"(?:(?:我|咱|俺)们?|全|本)(?:校|院|公司|集团|厂|园(?!区)|局|矿|站|所(?![有在以])|行(?![业业动政为程])|(?<!本)单位|车间|农场|林场|油田|机场|电厂|分公司)"
        r"|(?:我|咱)们?(?:队|段|社(?![区会])|馆|台|中心|店|处|港|班组)|(?:学校|公司|医院|厂|车间|[^社]队|工?段|支行|分行|农场|林场|机关|项目部|研究所)工会",
    ),
    ("district", r"(?:(?:我|咱)们?|全|本)[县区旗]|[县区旗]总工会"),
    ("province", r"(?:我|全)省"),
    ("community", r"(?:(?:我|咱|俺)们?|本)(?:村|社区)|(?<![级乡镇入])(?:村|社区)(?:联合)?工会"),
)
# A kind of unit in a title, of templates above all: 幼儿园工会工作计划.
_KINDS = (
    ("enterprise", r"(?:学校|小学|中学|高中|大学|学院|幼儿园|医院|卫生院|公司|集团|企业|工厂|银行)的?工会"),
    ("community", r"(?:村级?|社区)(?:联合|基层)?工会"),
    ("township", r"(?:乡镇|镇|乡|街道)(?:基层)?(?:总工会|工会)"),
)
_UNIT_LEVEL = {
    "省": "province",
    "区": "district",
    "县": "district",
    "旗": "district",
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "州": "city",
}


def level_alone(
    title: Line | None, title_text: str | None, kind: str, post: str | None, paragraphs: Sequence[Line]
) -> Found:
    """The level where the text tells it (我镇, 我校) though no name is given; 市 may be either of two levels."""
    lines = ([Line(title.number if title else 0, title_text)] if title_text else []) + list(paragraphs[:12])
    if kind == "speech":
        words = " ".join(filter(None, [post, title_text]))
        unit = re.search(r"(?:^|[我全本])(省|区|县|旗|镇|乡|街道)(?:总工会|工会)", fold(words))
        return found(_UNIT_LEVEL[unit[1]], "own-unit", words, None, "low") if unit else NOTHING
    for level, pattern in _KINDS if title_text else ():
        if unit := re.search(pattern, fold(title_text)):
            return found(level, "kind-of-unit", unit.group(), lines[0].number or None, "low")
    for line in lines[:2]:
        unit = _RELATIVE_UNIT.search(line.folded)
        if unit and unit[1] in _UNIT_LEVEL and "我" + unit[1] in line.folded:
            return found(_UNIT_LEVEL[unit[1]], "own-unit", unit.group(), line.number or None, "low")
    for line in lines:
        for level, pattern in _OWN:
            own = re.search(pattern, line.folded)
            if own:
                return found(level, "own-unit", own.group(), line.number or None, "low")
    return NOTHING
