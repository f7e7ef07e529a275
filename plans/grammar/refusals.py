"""Numbers that are no targets: slogans, thresholds, ordinals, ranks, the size of the field, the words of a person."""

import re
from collections.abc import Sequence

from .lexicon import any_of
from .quantities import Quantity
from .sentences import ENDS, Quotation, Span

WINDOW = 40  # how far on either side a word still bears on a number

ORGANISED = any_of("""
    企业 单位 公司 用人 非公 民营 规模 楼宇 车间 班组 工会 村 社区 项目 工程 机构 事业 园区 医疗 大病 费用 职工
    会员 小微 私营 (?:已|未)(?:建会|建工会|建立工会) 群体 事件 事故 伤亡 聚集 联名
""")
THRESHOLD = re.compile(
    r"(?:的|职工|员工|从业人员|会员)?(?:[、及和]?(?:各类|所有|非公有?制?|国有|已建工会的?|未建会的?|建会))?"
    rf"{ORGANISED}"
)
# 20名职工以上非公企业, 25至100人企业, 低于80分的
SIZED = re.compile(
    rf"(?:职工|员工|会员|从业人员|用工)(?:及|或|\(含\)|含)?以[上下](?:的|(?:各类|所有|非公有?制?|国有|未建会的?)?{ORGANISED})"
)
RANGED = re.compile(r"[-~—至到]")
FIRMS = re.compile(r"的?(?:规模|小微?|中小|非公)?(?:企业|单位|公司|厂)")
LIMITED = re.compile(r"(?:满|超过|不足|不到|达到?|(?<!不)(?<!不[得能])(?:低于|高于|少于|多于|大于|小于))$")
# What such a unit counts itself: 200户以上的企业, 500名以上的职工.
COUNTED_SO = {
    unit: re.compile(r"的?(?:一线|女|困难|新)?(?:职工|会员|员工|农民工|干部|人员|劳动者)") for unit in ("人", "名")
}
COUNTED_SO["户"] = re.compile("的?[^,。;]{0,6}(?:企业|职工|家庭|商户|单位)")
# The size of the field a plan speaks of, an ordinal, a part of something.
_OF_A_YEAR, _COUNTER, _USED = r"(?:的|[^,。;\d]{1,10}的)?", "(?:次数|量|数)?:?", "好?[^,。;]{0,4}"
FIELD = re.compile(
    any_of(rf"""
    全[市区县镇乡省州旗国街](?:各|所有|范围内?|上下)? 全系统 辖区?内? 下辖 所辖 所属 管辖 下属 现有 共有 原有 其余 其他
    其它 上述 以上 这 那 该 前(?<![底月末日会节提]前) 后 从 由 自 除 等 第 满 逢 分成? 联合 会同 连续 一式 各执
    去年{_OF_A_YEAR} 上年度?{_OF_A_YEAR} 往年{_OF_A_YEAR} 前年{_OF_A_YEAR} 同期{_OF_A_YEAR}
    浏览{_COUNTER} 阅读{_COUNTER} 点击{_COUNTER} 访问{_COUNTER} 人气{_COUNTER} 下载{_COUNTER}
    发挥{_USED} 用好{_USED} 用活{_USED} 利用{_USED} 依托{_USED} 借助{_USED} 盘活{_USED} 整合{_USED}
""")
    + "[ ]*$"
)
LONGEST_FIELD = 16  # no more characters than these, the spaces behind them aside, are looked at for FIELD
SHARE = re.compile(
    r"(?:覆盖|惠及|涵盖)[到至了]?(?:全[市区县镇乡省州旗国街]|辖区内?|所辖|所属)[ ]*$"
)  # 覆盖全市80%的企业
EVERYWHERE = re.compile(r"(?:[走跑讲访送建办铺]遍|遍及)[全整][市区县镇乡省州旗国街校厂][ ]*$")  # 走遍全镇47个村
# 2137户困难职工年底前全部脱困: what is promised of every one counts them all.
OF_ALL = re.compile(
    r"[^,。;]{0,24}(?:,[^,。;]{0,12})?(?:(?:全部|全都|一律|全面|逐一)(?:[建实完脱解入覆达做换签挂纳配参亮落上通改开成办])|(?:如期|按期)[脱解])"
)
SESSION = re.compile("[次场]?(?:全会|全体会议|会员代表大会|执委会?会议)")
PART = re.compile(r"占(?:到|比)?[^,达]{0,12}$")
GROWS = re.compile(r"(?:提高|提升|增加|增长|上升|扩大|达)[^,]{0,2}[到至]$")  # 占比提高到45%
STARTS_FROM = re.compile(r"(?:从|由)[^,。;\d]{1,10}$")  # 从最初的19件增加到87件
RISES = re.compile(r"[^,。;]{0,6}(?:增|升|提|扩|拓|发展|降|减|压|缩)[^,。;]{0,3}[到至为]")
SLOGAN_NOUN = re.compile(
    "[大个项种类条]?"
    + any_of("""
    方面 重点 能力 创新 意识 自信 维护 代表 环节 阶段 步骤 原则 问题 转变 坚持 突破 关系 结合 层面 维度 抓手
    关键 优势 特点 到位 统一 确立 决定 机制 体系 文明 全面 必须 确保 提升 强化 聚焦 工程 行动 活动 计划 任务
    工作 要求 目标 内容 措施 平台 渠道 领域 行业 系统 层次 职能 作用 主义 老 没有 服从 时代 世纪 专项
""")
)
VERB_BEFORE = re.compile(
    any_of(r"""
    建 创 办 抓 各 分别 再 又 新增 打造 培育 培养 培训 选树 评选 推选 命名 表彰 开展 组织 召开 举行 发展 推荐
    申报 完成 推出 编印 设立 成立 开设 选择 确定 选取 精选 力争 争取 达到 不少于 不低于 至少 超过 突破
    每[年月周] 每个?季度 每半年 不超过 少于 低于 走访 慰问 帮扶 救助 资助 签订 解决 确保 实现 扶持 推广 征集
    撰写 上报 报送 联系 包联 包保 结对 接受 改造 升级 添置 拍摄 推送 刊发 层面\S{0,2}
""")
    + r"\S{0,12}$"
)
RAISES = re.compile("(?:组建|招募|选树|选派|选聘|培育|培养|表彰|命名)$")  # 组建百支宣讲队
HUNDREDS = re.compile("[百千万][名个家场支项]")
FEW = 10
SPANS = ("天", "小时", "分", "个月")  # a length of time or a mark is promised as a least one
NAMING = ("个", "项", "种", "类", "条", "批", "件", "面", "把", "字")  # units of slogans as of things
OCCASIONS = ("次", "场", "期", "轮", "场次")
COUNTED_SINGLY = ("场次", *"场次期家所支篇部间座份套轮届处项个名台本首批块站讲条")
LEAST_STEPS = 100
TEAM = re.compile("制|篮球|足球|飞镖|羽毛球|组合|以上?单位")
MARK = re.compile(r"(?:满意度|得分|评分|测评|成绩|分值|总分|考核)[^,。;]{0,10}$")
STAY = re.compile(
    r"(?:人均|每人|每年|全年|年均|年人均)[^,。;]{0,12}$|(?:平均|工期|时限|周期|时长|时间)[^,。;]{0,6}(?:提前|缩短|压缩|减少|延长)[了至到]?$"
)
DOING_MORE = re.compile("推动|推进|争取|力争|确保|达到|实现|使|保证|要")
CONCRETE_NOUNS = any_of("""
    试点 示范点 基地 站 工会 之家 室 企业 单位 比武 大赛 竞赛 比赛 联合会 中心 书屋 点 班 培训 讲座 会 调研 作品
    案例 品牌 实事 岗 人 工 员 户 劳模 能手 标兵 集体 先进 课题 文章 信息 场馆 阵地 园 馆 屋 吧 学校 联谊 演出 球赛
    论坛 检查 督查 走访 体检 疗休养 街道 社区 乡镇 村 团 队 组 角 廊 墙 亭 车 床 机 器 书 册 片 剧 歌
""")
DOING = re.compile("举?办|组织|培训$|安排$|开展|完成|建|开设|设立|成立|召开|举行|新增|培育|评选|选树")
INSTRUMENT = re.compile("利用|通过|依托|发挥|运用|借助|抓住|用好|做好|抓好|紧扣|贯穿|^以|^从|^在|^对|^把")
# 一条主线、两个阵地、十件实事
LADDER = re.compile("一[个条根](?:主线|中心|核心|主题|引领|统领|龙头|理念|重点|目标|宗旨)")
# What a verb of making takes as one thing and not as an article: 创建一个劳模工作室, but not 建设一支队伍.
MAKES = re.compile(
    "(?:创建|新建|再建|建成|建立|建设|建|打造|开设|设立|成立|推出|创作|编排|拍摄|制作|编写|出版|培育|选树|开办)好?$"
)
ONE_THING = re.compile(
    r"[^,。;、]{0,14}"
    + any_of("""
    工作室 驿站 服务站 书屋 基地 中心 话剧 短剧 歌曲 MV 视频 专题片 宣传片 微电影 晚会 运动会 培训班 工会 母婴室 示范点
    健身房 球场 文化长廊 托管班 展厅 展馆 陈列室 画册 食堂 休息室 活动室 调解室 之家 小屋 阅览室 心理室
""")
    + r"(?=$|[,。;、(”])"
)
# 一 that closes a clause counts, save in such turns: 每人一份, 唯一, 不漏一户, 一户一策.
NOT_ONE = re.compile(
    r"(?:每[人户家位名个]?|人手|任何|唯|同|这|那|某|哪|另|上|下|头|最后|[不没无](?:落|漏|少|缺|让|有|掉)?|缺|逐|统|划|单|专|万"
    r"|归|合|仅此|如|[一二两][^,。;]{1,2})$"
)
DIRECT = re.compile(
    r"(?:[抓办做干建创搞]|实现|坚持|突出|推进|开展|建立|建设|打造|形成|搭建|构建|落实|强化)[好实了成]?$"
)
CONCRETE = re.compile(rf"(?:以上|左右)?[^\s,。;]{{0,22}}?{CONCRETE_NOUNS}")
NOUN_BEFORE = re.compile(rf"{CONCRETE_NOUNS}$")
QUOTED_TARGET = re.compile(r"^[^,。;]{0,4}(?:的)?[^,。;]{0,6}(?:目标|任务|要求|标准|指标)")
LIMIT_LAST = re.compile(r"(?:近|约|将近|超过?|共|共有|的)[ ]*$")
LIMIT_ENDS = tuple("近约超过共有的")  # what LIMIT_LAST ends with, but for spaces
HOLDS = re.compile(r"(?:举?办|组织|开展|召开|进行|举行|安排|做|搞|听取)好?$")  # 办一次比赛
ONE_BY_ONE = re.compile(r"(?:^|[,。;、])[一-鿿]{2}一([家个批户名件处])[、,]?[一-鿿]{2}一\1")  # 成熟一家、组建一家
CASE = re.compile("[^,。;]{0,8}(?:案|纠纷|争议|事故|信访)")
OCCURRENCES = ("次", "场", "期", "轮", "遍")
GOVERNING = re.compile(r" *(?:围绕|针对|聚焦|紧扣|对照|面对)")  # 围绕8条产业链开展竞赛
WORKS = re.compile("(?:省级|市级|区级|县级|在建)?(?:重[点大])?(?:建设)?(?:项目|工程)")  # 围绕高铁等30个重点项目开展竞赛
MERELY = re.compile(r"与其|即使|哪怕|假如|如果|每逢")
PLACES = re.compile(r"等?(?:\d{1,2}|[一二两三四五六七八九十多几]+)?个?(?:乡|镇|街道|村|社区|县|区)")
PHASE = re.compile("[、工项建及和]")
PHASES = re.compile("[一二三四]期[、和及]$|(?:园区?|项目|小区|工程|厂房|楼盘|基地|公寓)$")
# 工会工作总结6篇: how many a collection of models holds.
PIECES = re.compile(r"^[ \d.、]*[^,。;]{2,24}(?:工作计划|工作总结|范文|述职报告|讲话稿|发言稿|演讲稿|心得体会|主持词)$")
OFTEN = re.compile(
    r"每(?:年|周|半年|个?季度?|[一两三]?个?月|学期|两年|[两三]周|[一两三\d]+天)|(?:季度|月|年)(?:至少)?$"
)


def of_all(folded: str, quantity: Quantity, sentence: Span) -> bool:
    """Whether the sentence promises something of every one that a number counts."""
    return OF_ALL.match(folded, quantity.end, sentence.end) is not None


def is_refused(
    folded: str, quantity: Quantity, clause: Span, sentence: Span, quoted: Sequence[Quotation], *, listed: bool
) -> bool:
    """Whether the words around a number, or the quotations it stands in, make it other than a count of its own."""
    before = folded[max(sentence.start, quantity.start - WINDOW) : quantity.start]
    after = folded[quantity.end : min(sentence.end, quantity.end + WINDOW)]
    if _in_quotation(folded, quantity, quoted):
        return True
    if quantity.written == "whole":
        return False
    if _is_threshold(folded, quantity, before, after):
        return True
    if quantity.written == "first":
        return False
    counts = quantity.written == "arabic" or (quantity.written == "chinese" and quantity.number > FEW)
    if _is_named_apart(folded, quantity, clause, sentence, before, after):
        return True
    if (
        not (before.endswith("等") and counts)
        and _is_of_field(before)
        and not _counts_everyone(folded, quantity, sentence, before)
    ):
        return True
    if (
        PART.search(before)
        and not GROWS.search(before)
        and not (listed or (quantity.comparator in (">=", "<=") and DOING_MORE.search(before)))
    ):
        return True  # a share of a promised number is promised
    if after.startswith("不等") or SESSION.match(after):
        return True
    if quantity.written == "placeholder":
        return False
    if before.endswith("等") and WORKS.match(after):
        return False
    if (
        SLOGAN_NOUN.match(after)
        and quantity.unit in "个项种类条批对"
        and (not counts or after[:2] in ("方面", "环节", "阶段", "问题", "原则"))
    ):
        return True
    if quantity.written == "bare":
        return quantity.comparator not in ("~", ">", ">=") and not (
            RAISES.search(before) and not HUNDREDS.search(after)
        )
    if quantity.written != "chinese":
        return False
    ladder = quantity.number <= FEW and LADDER.search(before)
    return bool(ladder) or _is_figure_of_speech(folded, quantity, clause, after, listed=listed)


def _is_of_field(before: str) -> bool:
    """Whether the words before a number, a limit such as 近 aside, make it the size of what is spoken of."""
    before = before.rstrip(" ")
    if FIELD.search(before, max(0, len(before) - LONGEST_FIELD)):
        return True
    without = LIMIT_LAST.sub("", before).rstrip(" ") if before.endswith(LIMIT_ENDS) else before
    return without != before and bool(FIELD.search(without, max(0, len(without) - LONGEST_FIELD)))


def _counts_everyone(folded: str, quantity: Quantity, sentence: Span, before: str) -> bool:
    """Whether the size of a field is what is promised: 覆盖全市80%, 走遍全镇47个村, 全部脱困."""
    share = (quantity.unit == "%" or quantity.unit[:1] in ("人", "名")) and SHARE.search(before)
    return bool(share or EVERYWHERE.search(before) or of_all(folded, quantity, sentence))


def _is_named_apart(folded: str, quantity: Quantity, clause: Span, sentence: Span, before: str, after: str) -> bool:
    """Numbers that a preposition or a comparison takes, lengths of time, phases of a work, counts beside a name."""
    near = max(clause.start, quantity.start - WINDOW)
    verb = VERB_BEFORE.search(folded[near : quantity.start])
    if MERELY.search(folded, near, quantity.start) or (
        GOVERNING.match(folded, clause.start) and not verb and not (before.endswith("等") and WORKS.match(after))
    ):
        return True
    if STARTS_FROM.search(before) and RISES.match(after):
        return True
    if quantity.written == "chinese" and before[-1:] in ("、", "和") and PLACES.match(after):  # 浔中、三班等乡镇
        return True
    if quantity.unit in SPANS and not _is_promised_span(quantity, folded[clause.start : quantity.start], before):
        return True
    if quantity.unit == "步" and (quantity.written != "arabic" or quantity.number < LEAST_STEPS):
        return True
    if quantity.unit in ("人", "名") and TEAM.match(after):
        return True
    if (
        quantity.unit == "期"
        and quantity.written == "chinese"
        and (PHASES.search(before) or (PHASE.match(after) and not verb))
    ):
        return True
    if (
        quantity.unit == "篇"
        and _closes(after)
        and not (verb or clause.start > sentence.start)
        and PIECES.search(folded[clause.start : quantity.start])
    ):
        return True
    listed = before.endswith("(") and after[:1] == ")"  # 五一劳动奖章(2名) in a list of names
    if listed and folded[sentence.end - 1] not in ENDS:
        return True
    if quantity.written == "arabic" and quantity.unit in NAMING and quantity.number <= FEW and not verb:
        return after[:1] in ("“", '"') and not _closes(after)  # 让3个“第一时间”成为常态
    return False


def _is_promised_span(quantity: Quantity, own: str, before: str) -> bool:
    """全年不少于45天, 人均驻点30天, 满意度达到100分; a length of time or a mark is else no target."""
    if quantity.comparator in (">", ">="):
        return before.rfind("(") <= before.rfind(")") and not before.endswith("每")
    return bool((MARK if quantity.unit == "分" else STAY).search(own))


def _closes(after: str) -> bool:
    return not after or after[0] in ",。;:、)"


def _in_quotation(folded: str, quantity: Quantity, quoted: Sequence[Quotation]) -> bool:
    for quote in quoted:
        if quote.spoken or quote.mark in "《〈【" or quantity.written in ("chinese", "bare", "first"):
            return True
        if not QUOTED_TARGET.match(folded[quote.end + 1 : quote.end + 16]):
            return True
    return False


def _is_threshold(folded: str, quantity: Quantity, before: str, after: str) -> bool:
    """25人以上企业, 10万元以上的项目: a size that says which are meant."""
    if quantity.bound and quantity.unit in ("人", "名", "元", "万元", "亿元", "户", "亩", "平方米", "天", "小时", "分"):
        own = COUNTED_SO.get(quantity.unit)
        aside = before.endswith("(") and after.startswith(")")  # 安置点(800人以上)
        return not (own and own.match(after)) and bool(after.startswith("的") or THRESHOLD.match(after) or aside)
    if quantity.unit in ("人", "名") and (
        SIZED.match(after) or (RANGED.search(folded, quantity.start, quantity.end) and FIRMS.match(after))
    ):
        return True
    return bool(after.startswith("的") and LIMITED.search(before)) or after.startswith("者")


def _is_figure_of_speech(folded: str, quantity: Quantity, clause: Span, after: str, *, listed: bool) -> bool:
    """Small Chinese numerals mostly name (四个能力, 一个重点); they count after a verb of doing and before a thing."""
    own = folded[max(clause.start, quantity.start - WINDOW) : quantity.start]
    if 1 < quantity.number <= FEW and re.search(rf"(?:[^,、和]+[、和]){{{quantity.number - 1}}}[^,、和]+$", own):
        if INSTRUMENT.search(own) or not DOING.search(own):
            return True  # 利用黑板报、微信群两块阵地: what is counted stands before it
        return quantity.unit in NAMING and not CONCRETE.match(after)
    if quantity.number == 1:
        return _is_a_mere_one(quantity, own, after, listed=listed)
    if quantity.number > FEW or quantity.unit not in NAMING or quantity.comparator != "=":
        return False
    if quantity.unit == "类" and quantity.number <= 3:  # 一类竞赛6项
        return True
    if not VERB_BEFORE.search(own):
        return True
    if _closes(after):
        return not (listed or NOUN_BEFORE.search(own) or not DIRECT.search(own))
    return not CONCRETE.match(after)


def _is_a_mere_one(quantity: Quantity, own: str, after: str, *, listed: bool) -> bool:
    """一 is an article (一个良好氛围) save in 每季度一次, 至少一名 and, closing a clause, 举办运动会一场."""
    if ONE_BY_ONE.search(own[-6:] + f"一{quantity.unit}" + after[:6]):
        return True
    if quantity.unit == "起" and not CASE.match(after):
        return True
    if quantity.unit in COUNTED_SINGLY and _closes(after) and not DIRECT.search(own):
        return bool(NOT_ONE.search(own)) and not OFTEN.search(own)
    often = quantity.unit in OCCASIONS and OFTEN.search(own)
    held = quantity.unit in OCCURRENCES and HOLDS.search(own)
    made = MAKES.search(own) and ONE_THING.match(after)
    return not (often or held or made or quantity.comparator != "=")
