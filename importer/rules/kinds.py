"""What kind of article it is, and whether it carries a plan."""

import re
from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import Found, found
from importer.rules.pollution import unpolluted
from plans.grammar.tense import DATELINE, FORWARD_LEAD

_EVENT = re.compile(
    r"召开|举行|举办|开展|传达|审议|部署|谋划|研究(?!$)|出台|下发|发布|公布|启动|走访|慰问|调研|督查|检查|推进会|座谈会|表彰会|总结会|总结大会|现场会|动员会|培训班|签约|揭牌|荣获|获评|当选|组织|完成|圆满|走进|"
    r"喜获|赴|参加|学习贯彻|扎实|助力|深入|积极|打造|热议|掀起|解读"
)
_PLAN = re.compile(
    r"(?:要点|计划|安排(?:意见)?|思路|打算|规划|总结|展望|设想|目标任务|任务书|责任书|工作目标|(?:年|年度|服务职工|为职工办)\S{0,8}实事(?:项目)?(?:清单)?|工作部署|"
    r"(?:年|年度).{0,12}工作的?意见|工作纲要|任务(?:分解|清单|一览)|工作清单|行事历|配档|施工图|路线图)(?:表|书)?"
    r"(?:[(].{0,24}[)]|范文|模板|优秀|\d{0,2}|[一二三四五六七八九十]{1,2}|篇.{1,3}|及.{2,16}|和.{2,16}|与.{2,16}|的?通知|的?函)*$"
)
_YEAR_WORK = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:.{0,8}工会)?.{0,6}工作(?:要点)?$|[二一][〇零○]\S\S年.{0,8}工作$")
_PRINTED = re.compile(r"(?:印发|下发|转发)[《<]?.{0,60}(?:要点|计划|安排|思路|规划|总结)[》>]?.{0,6}的?通知")
_NOTICE = re.compile(
    r"(?:通知|公告|公示|通报|启事|倡议书?|邀请函|公开信|慰问信|感谢信|贺信|招聘(?:公告|启事|简章|信息|通告)?|公开招聘.{0,12}|招募(?:令|公告|启事)?|提示|名单|的函|的请示|通告|告知书|一封信|比选|中标.{0,6}|预算公开.{0,6}|决算公开.{0,6}|补充说明)(?:[(].{0,16}[)])?$"
)
_DOCUMENT = re.compile(
    r"(?:办法|规定|条例|细则|意见|章程|制度|决定|决议|公报|规程|准则|批复|实施方案|工作方案|活动方案|方案|预案|守则|须知|指南|解释|若干措施|公约|法|标准|程序|职责|(?:情况|收支|编制|执行|预算|决算|经费|起草|政策)\S{0,4}说明|(?:职责|领导|工作)分工|简介|集体合同|协议书?)(?:[(].{0,24}[)])?$"
)
# What libraries of papers hang on a title: 怎么写 篇3, (精选5篇), 范文大全, 模板下载.
_DECORATION = re.compile(
    r"(?:[\s\-—_·,]{0,3}(?:(?:[(【\[]\s*)?第?\s*(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s*篇[)】\]]?|(?:[(【\[]\s*)?篇\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)】\]]?"
    r"|[(](?:精选|通用|推荐|优秀|最新|合集|汇编|范文|模板|大全|集锦|汇总).{0,10}[)]"
    r"|怎么写|如何写|怎样写|写法|怎么做|怎么制定|如何制定|如何撰写|最新|优秀|精选|通用|范文|范本|模板|样本|例文|示例|格式|大全|集锦|汇总|合集|简短|免费|参考|下载|ppt|docx?|word))+$",
    re.IGNORECASE,
)
# 集体合同里的标准, 给劳动者撑腰的一部法: words of a headline, no paper's title.
_SPOKEN_OF = re.compile(r"(?:[的里]|[的里]?[一首][部条个份套项]\S{0,2})$")
_SPEECH = re.compile(
    r"讲话|发言|致辞|致词|贺词|献词|演讲|(?<!全)体会|浅谈|浅析|浅见|浅议|浅论|刍议|思考|探讨|探析|初探|感悟|之我见|研讨|交流材料|述职|工作报告|汇报材料|调研报告|心得|随笔|寄语|漫谈|^论|^谈|的对策|几点建议|路径研究|问题研究"
)
# An official paper's title, 关于 and its matter behind the issuer's name: 举办, 表彰 there is no event reported.
_ABOUT = re.compile(r"(?:.{0,40}(?:工会|委员会|联合会|办公室|委|办|部|局|厅|院|政府|公司|集团|校|学|处|中心)\s*)?关于")
_REPORTED = re.compile(r"本报讯|本网讯|记者|通讯员|日前|近日|为期|\d{1,2}月\d{1,2}日(?:上午|下午)?,|举行|召开")
_ADDRESS = re.compile(r"^(?:各位代表|同志们|尊敬的.{2,20}|各位领导.{0,20})[,:!]|^(?:各位|同志们)")
_INTENT = re.compile(  # each alternative begins with one character, so that the search is quick
    "|".join(
        [
            *(
                f"{verb}(?:如下|以下|本)?.{{0,20}}(?:计划|要点|意见|安排|思路)"
                for verb in ("制定", "拟定", "提出", "安排")
            ),
            "工作(?:计划|要点|安排|思路)如下|思路是:|要求是:",
            *(
                rf"{verb}[^。,]{{0,10}}(?:[这那]么)?[几两二三四五六七八九十\d](?:件|桩|样)[^。,]{{0,4}}事"
                for verb in ("定下", "定了", "商量(?:好|定)?了?", "打算(?:办|做|干)好?", "要办", "准备办")
            ),
        ]
    )
)
# What reporters write.
_TOLD = re.compile(r"记者|通讯员|日前|近日|当天|据悉|据了解|[,。”](?:他|她|\S{2,12})(?:说|表示|介绍)[,。:]|说[:,]?“")
_LEADS_IN = re.compile(
    r"(?:以下|如下|这)(?:几个?|[一二三四五六七八九十]个?)?(?:方面|工作|任务|件|点)|作出?如下|[三四五六七八]件(?:大|实)?事"
)
_YEARLY = re.compile(r"^(?:19|20)[\dxX]{2}年.{0,30}(?:工会|工作).{0,24}(?:要|将|总体|坚持|以|思路)")
# 三年行动实施方案(2021-2023年): a paper for years to come is a plan, one for an event is none.
_FOR_YEARS = re.compile(
    r"(?:[三五]年|\d{4}\s*[-—~至－]\s*\d{4}|年度).{0,12}(?:方案|计划|意见)|(?:方案|计划|意见).{0,4}\d{4}\s*[-—~至－]\s*\d{4}"
)
_TOLD_AS_PLAN = re.compile(
    r"今年.{0,24}(?:将|重点)|年内|20\d\d年的(?:重点)?(?:任务|目标|工作)|(?:20\d\d|今)年.{0,8}工作.{0,6}(?:重|安排|思路)|今后一个时期|开局之年|开局起步|下一步|下一阶段|新的一年|总体(?:思路|要求)|全年|明年|接下来"
)
_TOWARDS = re.compile(
    r"要|将|力争|确保|进一步|推进|深化|加强|完善|健全|打造|拓展|强化|抓好|抓实|努力|不断|继续|深入开展|不少于|不低于|以上|新建|争创"
)
_DONE = re.compile(r"已|共有|累计|荣获|获得|先后|去年|了(?=[\d一-龥])|取得|达到了|完成了|成功")


def read_kind(title: str | None, paragraphs: Sequence[Line], *, post: bool = False, common: str | None = None) -> Found:
    """plan, notice, document, speech or news, by the title's end, then the author's post, then the text.

    `post` tells that the author signs with a post; `common` is the title of the collection the article stands in.
    """
    folded = unpolluted(fold(title or ""))
    if folded:
        kind = _by_title(folded)
        if kind:
            return found(kind[0], kind[1], title, None)
    inherited = _by_title(unpolluted(fold(common))) if common else None
    if inherited:
        return found(inherited[0], "common-title", common, None, "medium")
    if post:
        return found("speech", "author-with-post", title or "", None, "medium")
    opening = next((line for line in paragraphs if line.text), None)
    if opening is None:
        return found("news" if title else "other", "no-text", title or "", None, "low")
    if len(opening.folded) <= 40 and not opening.folded.endswith("。"):  # the paper's own title below the page's
        printed = _by_title(unpolluted(opening.folded))
        if printed:
            return found(printed[0], printed[1], opening.text, opening.number, "medium")
    for line in paragraphs[:4]:
        if _ADDRESS.search(line.folded):
            return found("speech", "salutation", line.text[:40], line.number, "medium")
        if not folded and _YEARLY.search(line.folded):
            return found("plan", "year-and-tasks", line.text[:60], line.number, "medium")
        if _INTENT.search(line.folded) and not _EVENT.search(folded):
            return found("plan", "intent", line.text[:60], line.number, "medium")
    if _looks_ahead(paragraphs):
        return found("plan", "reads-ahead", opening.text[:60], opening.number, "medium")
    confidence = "high" if _REPORTED.search(opening.folded[:200]) else "medium"
    return found("news", "report", opening.text[:40], opening.number, confidence)


def _looks_ahead(paragraphs: Sequence[Line]) -> bool:
    """A text that says what is to be done, leads in to it as plans do, and reports nothing."""
    texts = [line.folded for line in paragraphs[:40]]
    text = "".join(texts)[:8000]
    if DATELINE.search(texts[0]) or len(_TOLD.findall(text)) > 1:
        return False
    ahead, done = len(_TOWARDS.findall(text)), len(_DONE.findall(text))
    leads = any(FORWARD_LEAD.search(part) or _LEADS_IN.search(part) for part in texts[:4])
    return leads and ahead >= 6 and ahead > 2 * done and ahead * 80 >= len(text)


def _by_title(folded: str) -> tuple[str, str] | None:
    if _PRINTED.search(folded):
        return "plan", "issued-plan"
    folded = re.sub(r"\.(?:docx?|wps|pdf|txt)$|[【\[(]\d{4}年?[】\])]$", "", folded)
    folded = re.sub(r"^《([^》]+)》$", r"\1", folded)
    bare = _DECORATION.sub("", folded).strip(" -—")
    bare = re.sub(r"[(](?:摘要|摘登|节选|全文|试行|草案|征求意见稿|图|组图|\d{4}.{0,8})[)]$", "", bare)
    about = _ABOUT.match(bare)
    rules = [(_NOTICE, "notice"), (_PLAN, "plan"), (_YEAR_WORK, "plan")]
    for pattern, kind in rules + ([(_DOCUMENT, "document")] if about else []):
        match = pattern.search(bare)
        if match and (about or not _EVENT.search(bare[: match.start()])):
            return kind, f"{kind}-title"
    if _SPEECH.search(bare) and not re.search(
        r"召开|举行|举办|学习.{0,30}讲话|传达|热议|贯彻.{0,30}讲话|座谈研讨$", bare
    ):
        return "speech", "speech-title"
    match = _DOCUMENT.search(bare)
    if match and not _EVENT.search(bare[: match.start()]) and not _SPOKEN_OF.search(bare[: match.start()]):
        return "document", "document-title"
    return None


def is_summary(title: str | None) -> bool:
    """A pure 总结: it reports a year and plans none."""
    folded = unpolluted(fold(title or ""))
    return "总结" in folded and not re.search(r"计划|要点|安排|思路|打算|展望|规划", folded)


def reads_as_plan(kind: str, title: str | None, texts: Sequence[str], top_headings: int) -> bool:
    """Whether the article is a plan in substance: every plan save a pure 总结, and others whose sections look ahead."""
    if kind == "plan":
        return not is_summary(title)
    if kind not in ("speech", "news", "notice", "document") or top_headings < 3:
        return False
    text = "".join(map(fold, texts))
    if len(_TOWARDS.findall(text)) <= 2 * len(_DONE.findall(text)):
        return False
    if _FOR_YEARS.search(fold(title or "")):
        return True
    papers = kind in ("speech", "news") or re.search(r"工作(?:要点|计划|安排|思路)", text)
    return bool(papers and _TOLD_AS_PLAN.search(text))
