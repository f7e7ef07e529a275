"""Numbers that are no targets: slogans, thresholds, ordinals, ranks, the size of the field, the words of a person."""

import re
from collections.abc import Sequence

from plans.quantities import Quantity
from plans.sentences import Quotation, Span

ORGANISED = "企业|单位|公司|用人|非公|民营|规模|楼宇|车间|班组|工会|村|社区|项目|工程|机构|事业|园区|医疗|大病|费用|职工|会员|小微|私营"
THRESHOLD = re.compile(
    rf"(?:的|职工|员工|从业人员|会员)?(?:[、及和]?(?:各类|所有|非公有?制?|国有|已建工会的?|未建会的?|建会))?(?:{ORGANISED})"
)
FIELD = re.compile(
    r"(?:全[市区县镇乡省州旗国街系]\S{0,2}|辖区?内?|下辖|所辖|所属|管辖|下属|现有|共有|原有|其余|其他|其它|上述|以上|这|那|该|前|后|近|从|自|除|等|第|满|年满|逢|分成?|"
    r"与|和全[市区县省]|对全[市区县镇省]|在全[市区县镇省])[ ]*$"
)
SLOGAN_NOUN = re.compile(
    r"[大个项种类条]?(?:方面|重点|能力|创新|意识|自信|维护|代表|环节|阶段|步骤|原则|问题|转变|坚持|突破(?!口)|关系|结合|层面|维度|抓手|关键|优势|特点|到位|统一|确立|决定|机制|体系|"
    r"文明|全面|必须|确保|提升|强化|聚焦|工程|行动|活动|计划|任务|工作|要求|目标|内容|措施|平台|渠道|领域|行业|系统|层次|职能|作用|主义|老|没有|服从|时代|世纪|专项)"
)
VERB_BEFORE = re.compile(
    r"(?:新建|新增|建立|建设|建成|创建|打造|培育|培养|选树|评选|推选|命名|表彰|举办|开展|组织|召开|举行|培训|发展|推荐|申报|完成|推出|编印|设立|成立|开设|选择|确定|选取|精选|力争|争创|"
    r"争取|达到|不少于|不低于|至少|超过|突破|每[年月周]|每个?季度|每半年|各|分别|再|又|不超过|少于|低于|走访|慰问|帮扶|救助|资助|签订|解决|办好|办|建|创|抓|抓好|确保|实现|扶持|推广|征集|撰写|上报|报送|打造|新打造|层面\S{0,2})\S{0,12}$"
)
CONCRETE = re.compile(
    r"(?:以上|左右)?[“\"‘]?\S{0,12}?[”\"’]?\S{0,8}(?:试点|示范点|基地|站|工会|之家|室|企业|单位|比武|大赛|竞赛|比赛|联合会|中心|驿站|书屋|点|班组|班|工作室|培训|讲座|会议|调研|作品|案例|品牌|岗|"
    r"人|工|员|户|劳模|工匠|能手|标兵|集体|个人|先进|课题|文章|信息|场馆|阵地|园|馆|屋|吧|学校|联谊|演出|球赛|运动会|论坛|检查|督查|大会|例会|走访|体检|疗休养|街道|社区|乡镇|村)"
)
QUOTED_TARGET = re.compile(r"^[^,。;]{0,4}(?:的)?[^,。;]{0,6}(?:目标|任务|要求|标准|指标)")
OFTEN = re.compile(r"每(?:年|月|周|半年|个?季度|个?月|学期|两年)|(?:季度|月|年)(?:至少)?$")


def is_refused(
    folded: str, quantity: Quantity, clause: Span, sentence: Span, quoted: Sequence[Quotation], *, listed: bool
) -> bool:
    """Whether the words around a number make it something else than a count of its own."""
    before, after = folded[sentence.start : quantity.start], folded[quantity.end : sentence.end]
    if _in_quotation(folded, quantity, quoted):
        return True
    if quantity.written == "whole":
        return False
    if _is_threshold(quantity, before, after):
        return True
    if quantity.written == "first":
        return False
    if FIELD.search(before) and not (before.endswith("等") and quantity.written == "arabic"):
        return True
    if after.startswith("不等") or re.match(r"[次场]?(?:全会|全体会议|会员代表大会|执委会?会议)", after):
        return True
    if quantity.written == "placeholder":
        return False
    if (
        SLOGAN_NOUN.match(after)
        and quantity.unit in "个项种类条批"
        and (quantity.written != "arabic" or after[:2] in ("方面", "环节", "阶段", "问题", "原则"))
    ):
        return True
    if quantity.written == "bare":
        return quantity.comparator not in ("~", ">", ">=")
    return quantity.written == "chinese" and _is_figure_of_speech(folded, quantity, clause, before, after, listed)


def _in_quotation(folded: str, quantity: Quantity, quoted: Sequence[Quotation]) -> bool:
    for quote in quoted:
        if not quote.start <= quantity.start < quote.end:
            continue
        if quote.spoken or quote.mark in "《〈【" or quantity.written in ("chinese", "bare", "first"):
            return True
        if not QUOTED_TARGET.match(folded[quote.end + 1 : quote.end + 16]):
            return True
    return False


def _is_threshold(quantity: Quantity, before: str, after: str) -> bool:
    """25人以上企业, 10万元以上的项目: a size that says which are meant."""
    if quantity.bound and quantity.unit in ("人", "名", "元", "万元", "亿元", "户", "亩", "平方米"):
        return bool(after.startswith("的") or THRESHOLD.match(after))
    return bool(re.search(r"(?:满|超过|不足|达到?)$", before) and after.startswith("的"))


def _is_figure_of_speech(folded: str, quantity: Quantity, clause: Span, before: str, after: str, listed: bool) -> bool:
    """Chinese numerals mostly name (四个能力, 一个重点); they count after a verb of doing and before a thing."""
    own = folded[clause.start : quantity.start]
    rate = quantity.unit in ("%", "人次", "元", "万元", "亿元", "百分点", "个百分点", "亩", "课时", "学时")
    if quantity.number == 1:
        often = quantity.unit in ("次", "场", "期", "轮", "场次") and OFTEN.search(own)
        return not (often or quantity.comparator != "=" or re.search(r"至少|不少于|不低于", own))
    if rate or quantity.comparator != "=":
        return False
    if not VERB_BEFORE.search(own):
        return True
    if not after or after[0] in ",。;:":
        return quantity.unit in "个项种类条" and not listed
    return not CONCRETE.match(after)
