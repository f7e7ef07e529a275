"""What kind of article it is, whether it carries a plan, and whether the page is a union's at all."""

import re
from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import Found, found

_EVENT = re.compile(
    r"召开|举行|举办|开展|传达|审议|部署|谋划|研究(?!$)|出台|下发|发布|公布|启动|走访|慰问|调研|督查|检查|推进会|座谈会|表彰会|总结会|总结大会|现场会|动员会|培训班|签约|揭牌|荣获|获评|当选|组织|完成|圆满|走进|"
    r"喜获|赴|参加|学习贯彻|扎实|助力|深入|积极|打造|热议|掀起|解读"
)
_PLAN = re.compile(
    r"(?:工作|活动|年度|重点|创建|学习|建设|培训|维权|帮扶|组织|发展)?(?:要点|计划|安排|思路|打算|规划|总结|展望|设想|目标任务|任务书|工作纲要)(?:表|书)?"
    r"(?:[(].{0,12}[)]|范文|模板|优秀|\d{0,2}|[一二三四五六七八九十]{1,2}|篇.{1,3}|及.{2,16}|和.{2,16}|与.{2,16}|的?通知|的?函)*$"
)
_YEAR_WORK = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:.{0,8}工会)?.{0,6}工作(?:要点)?$|[二一][〇零○]\S\S年.{0,8}工作$")
_PRINTED = re.compile(r"(?:印发|下发|转发)[《<]?.{0,60}(?:要点|计划|安排|思路|规划|总结)[》>]?.{0,6}的?通知")
_NOTICE = re.compile(
    r"(?:通知|公告|公示|通报|启事|倡议书|邀请函|公开信|招聘.{0,8}|名单|的函|通告|告知书|一封信|比选|中标.{0,6}|预算公开.{0,6}|决算公开.{0,6}|补充说明)(?:[(].{0,16}[)])?$"
)
_DOCUMENT = re.compile(
    r"(?:办法|规定|条例|细则|意见|章程|制度|决定|决议|公报|规程|准则|实施方案|工作方案|活动方案|方案|预案|守则|须知|指南|解释|若干措施|公约|法|标准|程序|职责|简介)(?:[(].{0,24}[)])?$"
)
_SPEECH = re.compile(
    r"讲话|发言|致辞|致词|贺词|献词|演讲|(?<!全)体会|浅谈|浅析|浅见|浅议|浅论|刍议|思考|探讨|探析|初探|感悟|之我见|研讨|交流材料|述职|工作报告|汇报材料|调研报告|心得|随笔|寄语|漫谈|^论|^谈|的对策|几点建议|路径研究|问题研究"
)
# An official paper's title, 关于 and its matter behind the issuer's name: 举办, 表彰 there is no event reported.
_ABOUT = re.compile(r"(?:.{0,40}(?:工会|委员会|联合会|办公室|委|办|部|局|厅|院|政府|公司|集团|校|学|处|中心)\s*)?关于")
_REPORTED = re.compile(r"本报讯|本网讯|记者|通讯员|日前|近日|为期|\d{1,2}月\d{1,2}日(?:上午|下午)?,|举行|召开")
_ADDRESS = re.compile(r"^(?:各位代表|同志们|尊敬的.{2,20}|各位领导.{0,20})[,:!]|^(?:各位|同志们)")
_INTENT = re.compile(
    r"(?:特)?(?:制定|拟定|提出|安排)(?:如下|以下|本)?.{0,20}(?:计划|要点|意见|安排|思路)|工作(?:计划|要点|安排|思路)如下|(?:工作)?(?:总体)?(?:思路|要求)是:"
)

_YEARLY = re.compile(r"^(?:19|20)[\dxX]{2}年.{0,30}(?:工会|工作).{0,24}(?:要|将|总体|坚持|以|思路)")
_UNION = re.compile(
    r"工会|职工之家|职代会|职工代表大会|总工会|劳模|工匠|会员|职工|全总|工人文化宫|困难职工|送温暖|金秋助学|工资集体协商"
)
_OTHERS = re.compile(
    r"中共|妇联|妇女联合会|共青团|团委|团市委|团县委|团区委|残联|残疾人联合会|科协|工商联|文联|侨联|红十字会|农机|农业局|农业农村局|林业局|水利局|税务局|公安局|交警|法院|检察院|统计局|卫健|卫生局|"
    r"环保局|住建局|财政局|审计局|党委|组织部|宣传部|统战部|纪委|团支部|学生会|教研组|班主任|居委会|物业|幼儿园(?!工会)|教育局(?!工会)|司法局|民政局|商务局|招商|扶贫办|发改"
)
_TOLD_AS_PLAN = re.compile(
    r"今年.{0,24}(?:将|重点)|年内|(?:20\d\d|今)年.{0,8}工作.{0,6}(?:重|安排|思路)|今后一个时期|开局之年|开局起步|下一步|下一阶段|新的一年|总体(?:思路|要求)|全年|明年|接下来"
)
_TOWARDS = re.compile(
    r"要|将|力争|确保|进一步|推进|深化|加强|完善|健全|打造|拓展|强化|抓好|抓实|努力|不断|继续|深入开展"
)
_DONE = re.compile(r"已|共有|累计|荣获|获得|先后|去年|了(?=[\d一-龥])|取得|达到了|完成了|成功")


def read_kind(title: str | None, paragraphs: Sequence[Line], *, post: bool = False, common: str | None = None) -> Found:
    """plan, notice, document, speech or news, by the title's end, then the author's post, then the text.

    `post` tells that the author signs with a post; `common` is the title of the collection the article stands in.
    """
    folded = fold(title or "")
    if folded:
        kind = _by_title(folded)
        if kind:
            return found(kind[0], kind[1], title, None)
    inherited = _by_title(fold(common)) if common else None
    if inherited:
        return found(inherited[0], "common-title", common, None, "medium")
    if post:
        return found("speech", "author-with-post", title or "", None, "medium")
    opening = next((line for line in paragraphs if line.text), None)
    if opening is None:
        return found("news" if title else "other", "no-text", title or "", None, "low")
    for line in paragraphs[:4]:
        if _ADDRESS.search(line.folded):
            return found("speech", "salutation", line.text[:40], line.number, "medium")
        if not folded and _YEARLY.search(line.folded):
            return found("plan", "year-and-tasks", line.text[:60], line.number, "medium")
        if _INTENT.search(line.folded) and not _EVENT.search(folded):
            return found("plan", "intent", line.text[:60], line.number, "medium")
    confidence = "high" if _REPORTED.search(opening.folded[:200]) else "medium"
    return found("news", "report", opening.text[:40], opening.number, confidence)


def _by_title(folded: str) -> tuple[str, str] | None:
    if _PRINTED.search(folded):
        return "plan", "issued-plan"
    bare = re.sub(
        r"[-—(]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,2})\s*篇[)]?$|[(](?:精选|通用|推荐|优秀|最新|合集|汇编).{0,10}[)]$|范文(?:精选|大全|合集)?$",
        "",
        folded,
    ).strip(" -—")
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
    if match and not _EVENT.search(bare[: match.start()]):
        return "document", "document-title"
    if _EVENT.search(bare) and (re.search(r"工会|职工", bare) or len(bare) > 10):
        return None
    return None


def is_summary(title: str | None) -> bool:
    """A pure 总结: it reports a year and plans none."""
    folded = fold(title or "")
    return "总结" in folded and not re.search(r"计划|要点|安排|思路|打算|展望|规划", folded)


def reads_as_plan(kind: str, title: str | None, texts: Sequence[str], top_headings: int) -> bool:
    """Whether the article is a plan in substance: every plan save a pure 总结, and others whose sections look ahead."""
    if kind == "plan":
        return not is_summary(title)
    if kind not in ("speech", "news", "notice", "document") or top_headings < 3:
        return False
    text = fold("".join(texts))
    ahead, done = len(_TOWARDS.findall(text)), len(_DONE.findall(text))
    return (
        bool(_TOLD_AS_PLAN.search(text))
        and ahead > 2 * done
        and (kind in ("speech", "news") or bool(re.search(r"工作(?:要点|计划|安排|思路)", text)))
    )


def is_unions(title: str | None, texts: Sequence[str], around: str) -> Found:
    """Whether the page is a trade union's; `around` is what the site says (banner, breadcrumb, source, organisation).

    A page of another body may mention a union; a union's page speaks of unions and staff throughout.
    """
    folded, body = fold(title or ""), fold("\n".join(texts))
    in_title = "工会" in folded or bool(re.search(r"职代会|职工|劳模|工匠|总工会", folded))
    unions, words, size = body.count("工会"), len(_UNION.findall(body)), max(len(body), 1)
    other = _OTHERS.search(folded)
    if other and "工会" not in folded and (unions < 3 or unions * 250 < size):
        return found(False, "another-body-in-title", other.group(), None)
    if in_title or ("工会" in fold(around) and (words or size < 200)):
        return found(True, "union-in-title" if in_title else "union-around", title or around, None)
    if (unions >= 2 and unions * 600 >= size) or (unions and words * 150 >= size):
        return found(True, "union-in-text", f"工会 × {unions}", None, "medium")
    return found(False, "no-union-words", f"工会 × {unions}", None, "medium" if unions else "high")
