"""Whether words around a number speak of what is to be done or of what has been done."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .lexicon import any_of, cue_of

# Each alternative begins with one character and looks back from it, so that the search is quick.
# Words that promise whatever else is said, words that promise unless the passage looks back, words that report,
# and words of success, which report unless something before them promises (力争获得).
STRONG = re.compile(
    r"力争|力求|争取(?!了|[^,。;、]{0,12}(?:资金|经费|项目|补助|支持|贷款)|到(?!年|月|20|\d|[一二三四五六七八九十]+月))|争创|确保(?!了)|年内(?!共|已|累计|先后)|计(?<!按计)划(?![生的、,。”’》)书单])|拟(?!定)|将(?!军|士|领|近|各)|打算|预计|预期|初步定|年底前|年末前|到(?<![截至止]到)年[底末]"
    r"|月(?:[底末]前|(?<=[\d一二三四五六七八九十]月)前)|日(?<=\d日)前|明年|次年|来年|新的一年|准备[把将在用再]|到20\d\d年|20\d\d年(?:底|末)?前|不低于|不少于|不得少于|至少|下半年|下一?步|突击(?![队手检抽])|原则上|必须"
    r"|要(?<![主重需只纲必摘简不紧首险想却]要)(?!求|素|点|闻|领|务|件|事|害|道|情|旨|是)"
)
WEAK = re.compile(
    r"保证|今年(?!以?来|初|上半年|\d|[一二三四五六七八九十]月)|本年度|全年(?!共)"
    r"|每(?:年|月|周|半年|个?季度|两年)|新增|保持在"
)
_PAST_YEAR = "|".join(
    rf"{word}(?<![比较于过同]{word})年(?!同期|总|会员|水平|实际|末|的?[^,]{{0,4}}基础|的[\d百])" for word in "去上前"
)
REPORTED = re.compile(
    r"已(?!建工会|建立工会|建会|建制|婚)|先后|今年(?:第?[一二三]季度|前[一二三四五六七八九十\d]+个?月)|今年以?来"
    rf"|{_PAST_YEAR}"
    r"|截至|截止(?!日期|时间)|目前|现有|内设|下设|会设(?=[主副委])|设有|建有|配有|备有|至今|只有|仅有|着(?<=(?:服务|承载|管理|联系|肩负)着)|走过"
    r"|了(?<=[一-鿿]了)(?<![为除]了)(?!解|望|结|如|然)|年(?<=[一几数近五三两十]年)来|以(?<!今年以)来|来(?<=\d年来)|月来|过去"
    r"|日(?<![\d一二三四五六七八九十]日)前|近日"
    r"|现场(?=[,还共为气发设解签受互])|当天|当日|据悉|据统计|据介绍|上半年(?=[,共已])"
    r"|超额完成(?:今年|全年)?|提前完成(?:今年|全年)?|顺利完成(?:今年|全年)?|圆满完成(?:今年|全年)?|争取到(?!年|月|20|\d)"
)
# A sum reports where nothing promises before it: 将安排资金共50万元, 力争累计建成20家.
SUM = re.compile(
    r"累计(?!达到|突破|不[少低]于)"
    r"|(?<=[一-鿿])共(?=建[成立起好有\d]|[有计签发筹投开举办培组慰帮解覆收接安吸评表走新为成募资补救设命选推完受征理化调争印])"
)
SUCCESS = re.compile(
    r"荣获|获得|获评|获(?=[全省市区县国])|受[^,]{0,8}表彰|被(?=采纳|评|命名|授|表彰|确定|列|推荐|吸纳)|拥有|来自|得到|受到|圆满"
)
EVENT = r"举行|举办|召开|开展|启动|走进|来到|组织|参加|深入|赴|联合"
DAY = r"\d{1,2}月\d{1,2}日[^前底]?"
NARRATIVE = re.compile(
    r"近日|日前(?<![\d一二三四五六七八九十]日前)|当天|当日|活动现场|现场(?=[,还共为气发设解签受互])|据悉|据了解|据介绍|此次|本次|活动中(?!心)|会上(?<![^,。;]会上)"
    r"|记者(?=了解|从|获悉|在|看到|采访)|告诉(?:记者|小编|笔者)"
)
EVENTFUL_DAY = re.compile(rf"\S{{0,16}}{DAY}[^。]{{0,60}}(?:{EVENT})")
DAY_BY = 22  # where the day of EVENTFUL_DAY ends at the latest
DATELINE = re.compile(
    rf"^.{{0,30}}(?:近日|(?<![\d一二三四五六七八九十])日前|连日来|本报讯|本网讯|网讯|讯[ (]"
    rf"|{DAY}[^。]{{0,80}}(?:{EVENT})|\d{{1,2}}日,)"
)
BACKWARD_TITLE = re.compile(
    r"总结(?!提升|经验|推广|评比|表彰)|回顾|肯定成绩|(?:工作|已有)成绩|完成情况|开展情况|工作情况|主要成[绩效]|工作成[绩效]|取得的?成|主要做法|基本情况|述职|存在的?(?:主要)?(?:问题|不足)|工作汇报"
    r"|^(?!.*(?:计划|安排)).{0,30}上半年(?:的|全[市区县]|我[市区县]|工会|主要|各项)*工作"
)
FORWARD_TITLE = re.compile(
    r"计划|打算|安排|思路|要点|目标|下一?步|下半年|规划|设想|重点(?:工作|任务)|展望|谋划|主要任务|工作任务|主要措施|工作意见|实施方案"
)
BACKWARD_LEAD = re.compile(
    r"现将[^。]{0,40}(?:总结|汇报|情况|报告)|工作(?:总结|情况|汇报)(?:汇报|报告)?如下|主要(?:做了|开展了)以下|做了以下"
    r"|成绩单[^。]{0,8}(?:亮眼|出炉|来了|如下|[::])"
)
# A look back that ends with its paragraph: what is to be done follows it in most plans.
GLANCE = re.compile("走过了[^。]{0,12}一年|过去的?[一两三五几]年")
GLANCE_FIRST = re.compile('[^。,]{0,8}一年来,|[^。,]{0,4}[“"]十[一二三四五]五[”"](?:期间|时期|以来)')
FORWARD_LEAD = re.compile(
    r"(?:^|(?=[下明来现重主着总工基指计安要打任思措怎如这咋全今年新施路服目制提拟谋部2]))(?:"  # what any begins with
    r"(?:下一步|下步|下半年|明年|20\d\d年)[^。,]{0,16}(?:计划|打算|安排|思路|要点|重点|任务)|现将[^。]{0,30}(?:计划|安排|要点)"
    r"|[重主着](?:点|要|重|力|手)?(?:抓好|做好|抓|做)[^。,]{0,6}(?:以下|如下|[一二三四五六七八九十几]件)"
    r"|(?:总体|工作|基本|主要)的?(?:要求|思路|目标|任务)(?:是|为)|指导思想"
    r"|(?:计划|安排|要点|打算|任务|思路|措施)(?:布置|分解|部署)?如下|(?:怎么|怎样|如何|这样|咋)(?:干|抓)"
    r"|^ *(?:(?:按照?|根据|翻开|打开|对照)[^。,]{0,8}|[^。,]{0,6}(?<!成绩))(?:清单|任务书|菜单)(?:[里中上]|显示|,)"
    r"|(?:全年|今年|年内|新一年)(?:要|将|拟|计划)办的[^。,]{0,6}(?:实事|好事|大事|要事)"
    r"|(?:任务书|施工图|路线图|任务清单|服务菜单|目标任务)[^。,]{0,8}(?:列出|敲定|出炉|明确|发布|来了|请查收)"
    r"|(?:制[定订]|提出|拟[定订])(?:如下|以下|本|今年|明年|全年|20\d\d年)?的?(?:工作|年度)?(?:计划|要点|安排|打算)"
    r"|(?:谋划|部署|安排)(?:了)?(?:全年|今年|新一年|明年|下一?步|下半年)"
    r"|(?:新的一年|下一步|下步|下半年|明年|来年|20\d\d年),?[^。,]{0,12}(?:要|将)(?!求)[^。]{0,40}(?:突出|做好|抓好|重点|着力|实施|推进|开展|发力|做到)"
    r"|^ *(?:20[\dxX×]{2}年|[xX×]{2}年|新的?一年|今年|[本新]学[年期])[^。;]{0,40}?(?<!即)(?:将(?!军|士|领|近)|要(?!求))"
    r")"
)
THIS_YEAR = re.compile("今年|本年度|全年|新增|保持在")
LEAD_HINTS = re.compile(
    any_of("""
    现将 如下 一年 以下 下一步 下步 下半年 明年 来年 20 做好 总体 工作要 工作思 工作目 基本思 指导思想 xx XX
    制定 制订 提出 拟定 拟订 么干 样干 何干 咋干 么抓 样抓 任务 谋划
    部署 菜单 清单 成绩单 办的 施工图 路线图 年来 过去 期间 时期 新的 安排了 安排全 安排今
""")
)
# What a sentence holds where one of the patterns above is found in it: one search spares most paragraphs all of them.
TURNING = cue_of(r"""
    下一步 下步 下半年 明年 来年 现将 以下 如下 件(?<=[一二三四五六七八九十几]件) 要求[是为] 思路[是为]
    目标[是为] 任务[是为] 指导思想 干(?<=[么样何咋]干) 抓(?<=[么样何咋]抓) 清单 菜单 任务书 办的 施工图 路线图
    目标任务 制[定订][^。]{0,12}[划点排算] 提出[^。]{0,12}[划点排算] 拟[定订][^。]{0,12}[划点排算]
    谋划了?[全今新] 部署了?[全今新] 安排了?[全今新] 20[\dxX×]{2}年 x年 X年 ×年 今年 本学 新学 新的?一年
    成绩单 走过了 过去 一年来, 五[”"]
""")
LOOKED_BACK = re.compile("[奠打](?:定|下|牢)了[^,。;]{0,12}(?:基础|底子)[。;!]?$")
SENTENCE = re.compile("[^。!?]+")
LONGEST_LEAD = 400
ITEM = re.compile(r" *(?:[一二三四五六七八九十]{1,3}[、.是]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[、.]|[①-⑳])")
OPENERS = tuple("2xX新今本一二三四五六七八九十(1①")
YEAR = re.compile(r"(?<![\d比较于])(20\d\d)年(?!来|以来|底|末|前)")


@lru_cache(maxsize=1024)
def leaning(words: str, plan_year: int | None = None) -> int:
    """2 where words promise, 1 where they look forward unless the passage looks back, -1 where they report, 0 for none.

    A cue holds until a later one of the other side; the name of a year before the plan's reports.
    """
    reported, promised = _last(REPORTED, words), _last(STRONG, words)
    if promised < 0:
        reported = max(reported, _last(SUM, words))
    years = []
    if plan_year is not None:
        years = [found.end() for found in YEAR.finditer(words) if int(found[1]) < plan_year]
        reported = max([reported, *years])
    if promised <= reported:
        reported = max(reported, _last(SUCCESS, words))
    if promised > reported:
        return 2
    weak = [found for found in WEAK.finditer(words) if not (years and found[0] == "全年")]  # 2021年全年新建
    if weak and weak[-1].end() > reported:
        return 1
    return -1 if reported >= 0 else 0


def names_past_year(words: str, plan_year: int | None) -> bool:
    return plan_year is not None and any(int(year) < plan_year for year in YEAR.findall(words))


def _last(pattern: re.Pattern, words: str) -> int:
    end, found = -1, pattern.search(words)
    while found:
        end = found.end()
        found = pattern.search(words, end)
    return end


def section_leanings(
    titles: Sequence[tuple[int, str] | None], texts: Sequence[str], plan_year: int | None = None, unsaid: int = 0
) -> list[list[tuple[int, int]]]:
    """For each paragraph where in it the leaning changes, and to what: 1 forward, -1 backward, else `unsaid`.

    A heading such as 2022年工作总结, or a sentence such as 现将工作情况汇报如下, turns what follows backward;
    2023年工作计划 or 下一步工作打算 turns it forward again. titles holds a paragraph's level and heading, or None: what
    a heading says ends with its section, what a line of level 0 says with the next such line. 过去的一年 turns its own
    paragraph only, up to the next numbered item in it.
    """
    result, turns, depth = [], [(0, unsaid)], 0
    for title, text in zip(titles, texts, strict=True):
        if title:
            depth, words = title
            turned = _turn(BACKWARD_TITLE, FORWARD_TITLE, words) or _of_year(words, plan_year)
            if depth:
                turns = [turn for turn in turns if turn[0] < depth]
            if turned:
                turns = [*(turn for turn in turns if turn[0] < depth), (depth, turned)]
        changes, glance = [(0, turns[-1][1])], False
        for start, sentence in _leads(text):
            if turned := _turn(BACKWARD_LEAD, FORWARD_LEAD, sentence):
                turns, glance = [*(turn for turn in turns if turn[0] < depth), (depth, turned)], False
                changes.append((start, turned))
            elif GLANCE.search(sentence) or GLANCE_FIRST.match(sentence):
                glance = True
                changes.append((start, -1))
            elif glance and ITEM.match(sentence):
                glance = False
                changes.append((start, turns[-1][1]))
        result.append(changes)
    return result


def _leads(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph that may turn it, with their offsets; of a long one only what comes first."""
    if not TURNING.search(text):
        return
    for found in SENTENCE.finditer(text):
        words = found[0][:LONGEST_LEAD]
        if words.lstrip()[:1] in OPENERS or LEAD_HINTS.search(words):
            yield found.start(), words


def _turn(backward: re.Pattern, forward: re.Pattern, words: str) -> int:
    """-1 or 1 for the pattern found last in the words, 0 where neither is."""
    looks_back, looks_forward = _last(backward, words), _last(forward, words)
    return (looks_forward > looks_back) - (looks_forward < looks_back)


def _of_year(title: str, plan_year: int | None) -> int:
    years = [int(year) for year in YEAR.findall(title)]
    return 0 if plan_year is None or not years else (1 if max(years) >= plan_year else -1)


def is_narrative(folded: str) -> bool:
    """Whether a paragraph tells of an event, so that its bare verbs mean things done."""
    return bool(NARRATIVE.search(folded) or ("日" in folded[:DAY_BY] and EVENTFUL_DAY.match(folded)))


def is_news(folded: str) -> bool:
    """Whether a first paragraph opens a news report: 近日, 本报讯, or the day of an event."""
    return bool(DATELINE.search(folded))
