"""What kind of article it is, whether it carries a plan, and whether the page is a union's at all."""

import re
from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.pollution import unpolluted

_EVENT = re.compile(
    r"召开|举行|举办|开展|传达|审议|部署|谋划|研究(?!$)|出台|下发|发布|公布|启动|走访|慰问|调研|督查|检查|推进会|座谈会|表彰会|总结会|总结大会|现场会|动员会|培训班|签约|揭牌|荣获|获评|当选|组织|完成|圆满|走进|"
    r"喜获|赴|参加|学习贯彻|扎实|助力|深入|积极|打造|热议|掀起|解读"
)
_PLAN = re.compile(
    r"(?:要点|计划|安排|思路|打算|规划|总结|展望|设想|目标任务|任务书|工作纲要|任务(?:分解|清单|一览)|工作清单|行事历|配档|施工图|路线图)(?:表|书)?"
    r"(?:[(].{0,12}[)]|范文|模板|优秀|\d{0,2}|[一二三四五六七八九十]{1,2}|篇.{1,3}|及.{2,16}|和.{2,16}|与.{2,16}|的?通知|的?函)*$"
)
_YEAR_WORK = re.compile(r"(?:19|20)\d\d(?:年度?)?(?:.{0,8}工会)?.{0,6}工作(?:要点)?$|[二一][〇零○]\S\S年.{0,8}工作$")
_PRINTED = re.compile(r"(?:印发|下发|转发)[《<]?.{0,60}(?:要点|计划|安排|思路|规划|总结)[》>]?.{0,6}的?通知")
_NOTICE = re.compile(
    r"(?:通知|公告|公示|通报|启事|倡议书?|邀请函|公开信|慰问信|感谢信|贺信|招聘.{0,8}|名单|的函|通告|告知书|一封信|比选|中标.{0,6}|预算公开.{0,6}|决算公开.{0,6}|补充说明)(?:[(].{0,16}[)])?$"
)
_DOCUMENT = re.compile(
    r"(?:办法|规定|条例|细则|意见|章程|制度|决定|决议|公报|规程|准则|批复|实施方案|工作方案|活动方案|方案|预案|守则|须知|指南|解释|若干措施|公约|法|标准|程序|职责|简介)(?:[(].{0,24}[)])?$"
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
_CHINESE = re.compile("[\u3400-\u9fff]")
_COUNTRIES = (
    "英国|美国|法国|德国|日本|韩国|意大利|西班牙|俄罗斯|加拿大|澳大利亚|新西兰|印度|巴西|墨西哥|阿根廷|智利|南非|埃及|希腊|"
    "荷兰|比利时|瑞典|挪威|芬兰|丹麦|波兰|葡萄牙|爱尔兰|奥地利|瑞士|土耳其|以色列|尼日利亚|欧洲|北美"
)
# A union by name: no players' union, none in a list of bodies (工会、共青团、妇联).
_UNION_NAMED = re.compile(
    r"(?=工会|[省市区县全]总)(?<![局委联办]、)(?<![局委联办]、总)(?<![局委联办]、[省市县区]总)(?<!球员)(?<!演员)(?<!编剧)(?<!和)(?<!国际)(?:工会(?![、和及]?(?:共青团|青年团|团委|妇联))|(?:[省市区县]|全)总(?=[、,。机女宣]|$)|全总)"
)
# What only unions speak of.
_UNION_MATTERS = re.compile(
    r"职代会|教代会|职工代表大会|教工代表大会|职工之家|教工之家|劳模|劳动模范|工匠|五一劳动|工人先锋号|职工书屋|劳动竞赛|困难职工|送温暖|金秋助学|女职工|集体协商|集体合同|"
    r"厂务公开|校务公开|职工文化|职工运动会|工人文化宫|职工群众|户外劳动者|产业工人"
)
_UNION_SITE = re.compile(r"工会|工运|职工之家|职工网|教工之家|劳动者之家|总工")
# Bodies that stand beside unions, each with pages of its own.
_RIVALS = re.compile(
    r"妇联|妇女联合会|妇女|共青团|团[委省市县区]委?|青年团|少先队|团支部|学生会|残联|残疾人|科协|科学技术协会|工商联|文联|侨联|"
    r"红十字会|农会|渔会|商会|消费者协会|宗教|巾帼|团员"
)
# Offices whose own work is not a union's, though they have unions.
_OFFICES = re.compile(
    r"农机|农业|林业|水利|税务|公安|交警|法院|检察院|统计|卫健|卫生|环保|住建|财政|审计|党委|党支部|党建|组织部|宣传部|统战部|纪委|班主任|教研|"
    r"居委会|物业|教育局|司法局|民政|商务|招商|扶贫办|发改|政府|医保|医疗保险|社保|公积金|招生|春耕"
)
_ABROAD = re.compile(rf"(?:{_COUNTRIES})[^,。;]{{0,20}}(?:工会|工人联合会|罢工)|(?:工会|工人)[^,。;]{{0,20}}罢工")
_SALES = re.compile(
    r"团购|包邮|礼品卡|礼盒|厂家直销|来电咨询|量大从优|下单|购物车|促销|热卖|一站式服务|免费试用|立即购买"
)
# An organisation found by these rules may be one that the text only mentions.
_IN_PASSING = ("subject-of-text", "own-unit-in-text", "unit-of-site")
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
    folded = unpolluted(fold(title or ""))
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


def is_unions(title: str | None, texts: Sequence[str], around: str, organization: Found = NOTHING) -> Found:
    """Whether the page is a trade union's. `around` is what the site says (its name, breadcrumb, source).

    A union's own page may do without the word in its title or text where its site, source or signature is a union's;
    a page of another body may name a union, in a list of guests or in passing.
    """
    folded, body = unpolluted(fold(title or "")), unpolluted(fold("\n".join(texts)))
    size = max(len(body), 1)
    if len(_CHINESE.findall(folded + body[:2000])) * 5 < len(folded + body[:2000].replace(" ", "")):
        return found(False, "foreign-page", title or body[:40], None)
    own = organization.value if organization.value and organization.evidence.rule not in _IN_PASSING else None
    if not own and (abroad := _ABROAD.search(folded) or _ABROAD.search(body[:300])):
        return found(False, "foreign-union", abroad.group(), None)
    if not own and len(set(_SALES.findall(folded + body))) >= 3:
        return found(False, "advertisement", title or body[:40], None)
    if _UNION_NAMED.search(folded) or (_UNION_MATTERS.search(folded) and not _RIVALS.search(folded)):
        return found(True, "union-in-title", title, None)
    other = _RIVALS.search(folded)
    if not other and (own or _UNION_SITE.search(fold(around))):
        return found(True, "union-around", own or around, None)
    unions, rivals = len(_UNION_NAMED.findall(body)), len(_RIVALS.findall(body))
    if other:
        return found(unions >= 3 and unions > rivals, "another-body-in-title", other.group(), None)
    weight = 2 * unions + len(_UNION_MATTERS.findall(body)) + len(re.findall("职工", body)) / 2 + ("职工" in folded)
    if (
        unions
        and weight >= max(3, 2 * rivals + 1)
        and weight * 100 >= size
        and not (_OFFICES.search(folded) and unions < 3)
    ):
        return found(True, "union-in-text", f"工会 × {unions}", None, "medium")
    return found(False, "no-union-words", f"工会 × {unions}", None, "medium" if unions else "high")
