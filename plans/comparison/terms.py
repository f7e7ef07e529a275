"""The words a passage is compared by: forms of one term made equal, empty words left out, the rest weighed. Pure."""

import re
from collections import Counter
from functools import lru_cache

import rjieba

from organizations.characters import fold

# The short form on the left says what the long one on the right says.
SAME = {
    "职工代表大会": "职代会",
    "产业工人队伍建设改革": "产改",
    "新时代产业工人队伍建设": "产改",
    "产业工人队伍建设": "产改",
    "劳动模范": "劳模",
    "困难家庭": "困难职工",
    "困难户": "困难职工",
    "贫困职工": "困难职工",
    "困难群众": "困难职工",
    "新业态劳动者": "新就业形态劳动者",
    "新业态": "新就业形态",
    "货车司机": "新就业形态货车司机",
    "快递员": "新就业形态快递员",
    "外卖员": "新就业形态外卖员",
    "网约配送员": "新就业形态外卖员",
    "组建工会": "建会",
    "成立工会": "建会",
    "建立工会": "建会",
    "新建工会": "新建会",
    "组建率": "建会率",
    "吸收会员": "发展会员",
    "吸纳会员": "发展会员",
    "新增会员": "发展会员",
    "新发展会员": "发展会员",
    "入会": "发展会员",
    "工资协商": "集体协商",
    "工资集体协商": "集体协商",
    "平等协商": "集体协商",
    "工资集体合同": "集体合同",
    "技能竞赛": "技能比赛",
    "技能大赛": "技能比赛",
    "技术比武": "技能比赛",
    "技能比武": "技能比赛",
    "技术比赛": "技能比赛",
    "岗位练兵": "练兵技能比赛",
    "女工": "女职工",
    "互联网+": "网上",
    "智慧工会": "网上工会",
    "数字工会": "网上工会",
    "结对子": "结对",
    "一对一": "结对",
    "宣传教育": "宣传",
    "走访慰问": "慰问",
    "送清凉": "清凉",
    "防暑降温": "清凉",
    "结婚": "婚恋",
    "相亲": "婚恋交友",
    "联谊": "交友",
    "义诊": "体检",
    "健康检查": "体检",
    "身心健康": "健康",
    "心理健康": "心理",
    "心理疏导": "心理",
    "心理咨询": "心理",
    "职工之家": "建家",
    "调查研究": "调研",
    "名师带徒": "师徒",
    "师傅带徒弟": "师徒",
    "师带徒": "师徒",
    "师徒结对": "师徒",
    "拜师学艺": "师徒",
    "财务管理": "财务",
    "经费审查": "经审",
    "审查审计": "经审审计",
    "工会干部": "干部",
    "职工队伍": "职工",
    "员工": "职工",
    "厂务公开": "民主管理厂务公开",
    "职工书屋": "书屋",
    "母婴关爱室": "母婴室",
    "妈咪小屋": "母婴室",
    "户外劳动者服务站": "驿站户外劳动者",
    "爱心驿站": "驿站",
    "工会驿站": "驿站",
    "普法": "法治宣传",
    "法制宣传": "法治宣传",
    "法律宣传": "法治宣传",
}
_SAME = re.compile("|".join(sorted(map(re.escape, SAME), key=len, reverse=True)))

# What plans say of every measure: by these none is known.
_EMPTY = """
加强 推进 推动 开展 深化 深入 组织 建立 健全 完善 积极 扎实 切实 继续 持续 进一步 一步 做好 抓好 搞好 办好 提升
提高 促进 落实 实施 强化 全面 大力 努力 不断 广泛 充分 发挥 作用 认真 着力 坚持 有效 不断完善 不断加强 不断提高
坚持不懈 深入开展 积极开展 大力开展 广泛开展 认真贯彻 认真落实 抓实 做实 做优 做强 用好 引导 鼓励 支持 动员 带动
力争 确保 争取 计划 拟 打算 实现 完成 达到 达 以上 左右 不少 少于 不少于 不低 低于 不低于 至少 超过 突破 新增 今年
全年 年内 年底 底前 年底前 月底 月底前 上半年 下半年 季度 每年 每月 每季 每季度 每半 半年 年度 期间 时间 围绕 按照
根据 通过 结合 依托 利用 以及 进行 予以 给予 为了 使 让 对 把 将 要 各 并 及 和 与 的 等 在 以 为 重要 主要 重点
一批 一次 一定 有关 相关 各级 各类 多种 多样 形式 多种形式 方式 方面 力度 水平 质量 能力 机制 工作 活动 任务 目标
要求 措施 措 有序 有力 稳步 加快 加大 更加 更好 创新 探索 常态 常态化 精准 高效 优质 真正 打造 培育 构建 营造 搭建
拓展 拓宽 巩固 统筹 协调 严格 规范 指导 督促 举办 召开 创建 设立 制定 制订 出台 开办 准确 时效 效果 成效 实效
积极性 良好 氛围 新 好 新时代 高质量 高质量发展 发展
"""
EMPTY = frozenset(_EMPTY.split())
# Who acts, for whom and where: they tell little.
_COMMON = """
工会 总工会 职工 广大 广大职工 全市 全区 全县 全省 全镇 全街道 全乡 我市 我区 我县 基层 基层工会 企业 单位 服务
建设 体系 平台 制度 项目 会员 干部 群众 劳动 劳动者 组织 工会组织 管理 技术 党 市 区 县 镇 街道 乡 各级 部门 一线
国家 社会 经济 文化 精神 思想 环境 人员 队伍 建立健全 系统 领域 行业 丰富 展示 展现 激发 聚焦 会同 联合 命名 评选
选树 表彰 免费 补助 国家级 省级 市级 县级 区级 集中 实行 推行 办理 受理 提供 面向 针对 设立 新建 建成 覆盖 走进
时代 新时代 风采 生活 活力 创造 参与 参加 群体 需求 需要 情况 问题 成果 典型 先进 示范 优秀 信息 资源 渠道 载体
品牌 特色 亮点 经验 交流 有限 主动 自觉 紧扣 突出 坚定 持之以恒 立足 着眼 瞄准 把握 关注 重视 方案 办法 意见 标准
程序 流程 责任 保障 支撑 基础 条件 优势 合力 力量 动力 意识 观念 理念 内容 内涵 主题 系列 专项 专题 做到 形成 增强
扩大 延伸 拓展 深度 广度 融合 联动 协同 配合 协作 合作 对接 跟进 跟踪 总结 推广 宣传 大会 会议 代表 主体 人才 卫健
人社 民政 文旅 住建 公安 工信 交通 应急 妇联 团委 教育局 财政局 司法局 医院 高校 引领 示范引领 带头 牵头 创造力
战斗力 覆盖面 满意度 获得感 中心 实际 整合 用工 全程 全方位 多层次 多渠道 分级 分类 逐步 层层
"""
COMMON = frozenset(_COMMON.split())
COMMON_WEIGHT, TERM_WEIGHT, NAME_WEIGHT = 0.25, 1.0, 1.6
_NAME = re.compile(r'["“”『「《]([^"“”』」》,。;]{2,14})["“”』」》]')
# Numerals with what they count are compared as numbers, not as words; a number such as 12351 is a name.
_AMOUNT = re.compile(
    r"20\d\d年|[\d.]+[余多]?[万亿千百]?[余多]?(?:%|‰|个?百分点|人次|个?工作日|个?小时|个月|[人名家个所场次期项件份户篇条元天位处支队批届对站座间台辆])"
    r"|(?<![\d.])\d{1,2}(?!\d)"
)
_IDLE = re.compile("[的了地得着与和及或等在为以对向由从把被使让其这该各要将并也都又更]")
_YEAR = re.compile(r"20\d\d年度?|[今本]年度?")
_PARTICLE = re.compile("[的了地得着与和及]")


def plain(text: str) -> str:
    """The text folded, small, without spaces, with one form for each term."""
    return _SAME.sub(lambda found: SAME[found[0]], "".join(fold(text).split()))


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """What stands in quotation marks in a text: names of programmes and brands, without their marks."""
    return frozenset(name for name in _NAME.findall(plain(text)))


@lru_cache(maxsize=4096)
def weights(text: str) -> dict[str, float]:
    """The words a text is known by, with what each weighs; not to be changed.

    Longer words stand beside those inside them, so that 劳模创新工作室 meets 劳模工作室. A run of single characters
    that the dictionary does not know (两新, 产改) counts as pairs of its characters.
    """
    found: Counter[str] = Counter()
    run = ""
    for word in [*rjieba.cut_for_search(_AMOUNT.sub("·", plain(text)), hmm=False), ""]:
        if len(word) == 1 and word.isalpha() and not _IDLE.fullmatch(word):
            run += word
            continue
        for pair in (run[at : at + 2] for at in range(len(run) - 1)):
            if pair not in EMPTY:
                found[pair] = max(found[pair], TERM_WEIGHT)
        run = ""
        if len(word) > 1 and word.isalnum() and word not in EMPTY:
            found[word] = COMMON_WEIGHT if word in COMMON else TERM_WEIGHT
    return dict(found)


@lru_cache(maxsize=4096)
def head(words: str) -> str:
    """The last word of what is counted, which says what it is: 驿站 of 货车司机放心驿站."""
    found = [word for word in rjieba.cut(fold(words), hmm=False) if word.isalnum()]
    return found[-1] if found else words


@lru_cache(maxsize=4096)
def said(text: str) -> str:
    """A text without marks, particles and years: equal where nothing else differs."""
    return "".join(
        char
        for char in _PARTICLE.sub("", _YEAR.sub("", "".join(fold(text).split())))
        if char.isalnum() or char in "%‰."
    )
