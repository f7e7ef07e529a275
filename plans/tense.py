"""Whether words around a number speak of what is to be done or of what has been done."""

import re
from collections.abc import Sequence

FORWARD = re.compile(
    r"力争|力求|争取|争创|争当|确保|保证|计划|拟(?!定)|将(?!军|士|领|近)|打算|预计|预期|目标|任务|初步定|年内|年底前|年末前|月底前|月末前"
    r"|今年(?!以?来|初|上半年|\d|[一二三四五六七八九十]月)|本年度|明年|来年|新的一年|全年(?!共)|到20\d\d年|20\d\d年(?:底|末)?前|每(?:年|月|周|半年|个?季度|两年)|不低于|不少于|至少|不得少于"
    r"|新增|下半年|下一步|下步|要(?!求|素|点|闻|领|务|件|事|害|道)|应当?|须|必须|突击|保持在|原则上|推动|努力|继续|着力|重点"
)
ACHIEVED = re.compile(
    r"已(?!建)|已建(?!工会)|累计|共(?=[有计签建发筹投开举办培组慰帮解覆收接安吸评表走新为成募资补救设命选推完受征受理化调])|先后|今年以?来|去年|上年|前年|截至|截止(?!日期)|到目前|目前|现有|拥有|至今"
    r"|荣获|获得|获评|获(?=[全省市区县国])|受[^,]{0,8}表彰|被(?!评为|征集)|以来|(?<=[一-鿿])了(?!解|望|结|如|然)|同比|比上年|较上年|环比|增长了|[一几数近五三两十]年来|过去|日前|近日|现场|当天|当日|据悉|据统计|据介绍|达到?了|上半年(?=[,共已])|全部完成|参加了|来自"
)
NARRATIVE = re.compile(
    r"近日|日前|当天|当日|现场|据悉|据了解|据介绍|此次|本次|活动中|会上|记者"
    r"|\d{1,2}月\d{1,2}日(?:上午|下午|晚|,|至|-|—|起)?(?!前|之前|底)[^。]{0,60}(?:举行|举办|召开|开展|启动|走进|来到|组织|举)"
)
BACKWARD_TITLE = re.compile(
    r"总结|回顾|完成情况|开展情况|工作情况|主要成[绩效]|工作成[绩效]|主要做法|取得的?成|基本情况|述职|存在的?(?:主要)?(?:问题|不足)"
)
FORWARD_TITLE = re.compile(
    r"计划|打算|安排|思路|要点|目标|下[一]?步|下半年|规划|设想|重点(?:工作|任务)|展望|谋划|主要任务|工作任务|主要措施"
)
YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!来|以来)")


def leaning(words: str, plan_year: int | None = None) -> int:
    """1 where words look forward, -1 where they look back, 0 where they say neither; the last cue decides."""
    best, at = 0, -1
    for sign, pattern in ((1, FORWARD), (-1, ACHIEVED)):
        for found in pattern.finditer(words):
            if found.start() >= at:
                best, at = sign, found.start()
    if plan_year is not None:
        for found in YEAR.finditer(words):
            if found.start() > at and int(found[1]) < plan_year:
                best, at = -1, found.start()
    return best


def section_leanings(titles: Sequence[str | None], plan_year: int | None = None) -> list[int]:
    """For each paragraph the leaning of the part it stands in; titles holds its heading line or None.

    A heading such as 2022年工作总结 turns the text below it backward, 2023年工作计划 turns it forward again.
    """
    result, current = [], 0
    for title in titles:
        if title:
            if FORWARD_TITLE.search(title):
                current = 1
            elif BACKWARD_TITLE.search(title):
                current = -1
        result.append(current)
    return result


def is_narrative(folded: str) -> bool:
    """Whether a paragraph tells of an event, so that its bare verbs mean things done."""
    return bool(NARRATIVE.search(folded))
