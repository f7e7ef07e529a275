"""Lines made of short parts beside the text: tool bars, counters, pagers, menus and strips of links.

Such a line is known by all of its words: cut at its separators, each part must be a tool's, a counter's or a menu's.
"""

import re

from importer.document import Line
from importer.rules.pollution import unpolluted

_MARKS = r"|│丨¦·•\[\]【】()<>《》«»›/;,、~*+"
# Marks, with or without space, or two spaces: written so that the search skips to the first character of either.
_BETWEEN = re.compile(rf"[\s{_MARKS}](?:(?<=[{_MARKS}])[\s{_MARKS}]*|[\s{_MARKS}]+)")
_PART = re.compile(f"[^{_MARKS}]+")
_SPREAD = re.compile(r"(?<![^\W_])([\u3400-\u9fff]) +(?=[\u3400-\u9fff](?![^\W_]))")  # 关 闭

_VERB = (
    "打印|关闭|返回|回到|收藏|加入收藏|分享|转发|转载|推荐|推荐给|举报|纠错|评论|发表评论|查看评论|暂无评论|点赞|复制|放大|缩小|还原|登录|登陆|注册|退出|"
    "扫码|扫描|扫一扫|长按|识别|关注|订阅|投诉|投稿|咨询|留言|写留言|朗读|播报|语音播报|展开|收起|阅读|浏览|查看|下载|上传|刷新|翻页|发送|设为|默认|换一换|加载更多|支持|反对|点击|另存为|导出|保存|发送邮件|签收|删除|修改|回复|置顶|归档|传阅|投递|申请"
)
_THING = (
    "图片|视频|本页|此页|该页|页面|当前页|当前页面|本文|此文|该文|文章|原文|全文|全部|正文|文档|文件|此文档|附件|窗口|网页|首页|主页|列表|列表页|顶部|上页|上一页|上一级|上级|目录|链接|网址|地址|好友|朋友|朋友圈|给朋友|给好友|"
    "二维码|公众号|小程序|客户端|微信|微博|邮箱|邮件|更多|原图|大图|图片|字体|字号|评论|错误|我们|本站|桌面|手机|顶|登录|注册|PDF|Word|Word版|手机版|电脑版|打印版|主页面|栏目|内容|密码|资料|简历|职位|岗位"
)
_NETWORKS = (
    "微信|微信好友|微信扫码|朋友圈|QQ空间|QQ好友|QQ群|QQ|新浪微博|腾讯微博|微博|人人网|开心网|豆瓣|豆瓣网|百度贴吧|百度空间|网易微博|搜狐微博|支付宝|微信支付|抖音|快手|今日头条|知乎|小红书|钉钉|头条号|视频号|"
    "有道云笔记|facebook|twitter"
)
_EXTRA = (
    "TOP|RSS|OA|A|T|A+|A-|TT|T+|T-|大|中|小|特大|超大|大字|小字|繁體|简体|繁体|English|赞|踩|顶|在看|顶一下|踩一下|END|完|更多|全文|上一页|下一页|上一张|下一张|上一版|下一版|上一期|下一期|版面导航|版面概览|返回目录|首页|末页|尾页|上页|下页|播放|暂停|停止|继续|"
    "微信扫码分享|领取福利|领取优惠券|立即开通VIP|猜你喜欢|手机版|电脑版|移动版|适老版|长者版|关怀版|长者模式|无障碍|无障碍浏览|无障碍阅读|智能问答|我要|字号|字体|字体大小|文字大小|视力保护色|背景色|夜间模式|"
    "网站支持IPv6|本网站支持IPv6|支持IPv6|分享按钮|已复制|客户端|客户端下载|手机客户端|文件下载|附件下载|APP下载|喜欢作者|喜欢|无障碍|倍速|语速|音量|静音|菜单|导航菜单|网页导航"
)


def _words(text: str) -> str:
    """The words as one alternation, longer ones first, so that none is cut short by its own beginning."""
    return "|".join(re.escape(word) for word in sorted(text.split("|"), key=len, reverse=True))


_BEFORE = (
    "我要|我来|我也|点击|一键|立即|免费|欢迎|在线|手机|用手机|微信|请|点|打开微信|用微信|可|前往|添加|E-?mail|电子邮件"
)
_TOOL = re.compile(
    rf"(?:(?:(?>{_BEFORE})*(?:{_words(_VERB)})(?>成|到|至|给|为|在|需|微信|手机|打开|一下|后|,)*(?:{_words(_THING)}|{_words(_NETWORKS)})*"
    rf"(?:按钮|一下|次数|到|看)?(?:\d|积分|次|人|条)*|返回.{{0,5}}(?:首页|主页|列表|页)|{_words(_EXTRA)}|{_words(_NETWORKS)})[\W_]*)++",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"(?:本文|当前|全文)?(?:本页面?|(?:当前)?第?\d+(?:/\d+)?页|共?有?\d+页|[共第]\d+[页条篇]?|\d+/\d+|\d{1,2}:\d\d(?:/\d{1,2}:\d\d)?|(?:语速|倍速)?\d(?:\.\d+)?[xX倍])++"
)
# The Chinese characters that a tool's or a pager's words begin with.
_TOOL_FIRST = {word[0] for words in (_BEFORE, _VERB, _EXTRA, _NETWORKS, "返回") for word in words.split("|")} | set(
    "本当全第共有语倍"
)
_COUNTER = re.compile(
    r"(?:(?>您是|你是|本站|本页|网站|全站|今日|昨日|今天|昨天|本月|本周|当前|目前|累计|页面|已阅|未阅|人数|用户|网友|总共|总计|合计|共有?|已有?|已被|被|文章|本文|第|位|人次|次数|次|人|条|个|篇|量|数|率|总|统计|在线|"
    r"访问者?|访客|浏览者?|阅读|阅览|点击|点阅|点阅数|查看|人气|热度|评论|点赞|赞|在看|收藏|转发|喜欢|下载|分享|参与|页面执行时间|毫秒|秒|万|千|k|w)|[\d\W_])++",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"访问|访客|浏览|已阅|阅读|阅览|点击|点阅|查看|人气|热度|评论|点赞|赞|在看|收藏|转发|喜欢|下载|执行时间"
)

# What the entries of a site's menu end in, and entries that stand for themselves.
_MENU_END = (
    "首页|主页|概况|简介|概览|要闻|动态|新闻|快讯|资讯|公告|公示|通知|通告|指南|导航|风采|风貌|工作|信息|服务|专栏|专题|专区|园地|天地|之窗|之家|之声|管理|互动|法规|文件|文献|条例|下载|热线|大厅|论坛|"
    "信箱|邮箱|链接|我们|地图|声明|机构|设置|职能|班子|领导|讲话|交流|研究|调研|维权|维护|保障|帮扶|救助|援助|建功|立功|竞赛|劳模|工匠|文化|体育|文体|建设|监督|经审|财务|公开|党建|群团|女工|女职工|"
    "视频|图片|报道|观察|论坛|培训|教育|政策|解读|办事|咨询|投诉|建议|查询|搜索|检索|登录|注册|收藏|会员|中心|频道|投稿|专版|问答|词汇|帮助|预约|路线|招聘|招考|指南|展示|荣誉|榜|园|网|版|站|厅|库"
)
_MENU_PART = re.compile(
    rf"(?:走进|认识|魅力|关于)[\u3400-\u9fff]{{1,6}}|[\u3400-\u9fffA-Za-z]{{0,6}}(?:{_words(_MENU_END)})"
)
_LONGEST_ENTRY = 6 + max(2, *map(len, _MENU_END.split("|")))
# What a site says to the reader who has logged in, or has not.
_GREETING = re.compile(
    r"(?:欢迎(?:您|你)?|[您你]好)\s*[,:!]*\s*(?:guest|游客|来宾|访客|匿名用户|admin|请先?登[录陆]|\[[^\]]{1,8}\])?[!,:]*\s*",
    re.IGNORECASE,
)
_PROSE_MARK = re.compile(r"[。!?:\"“”]")


_EDGE = re.compile(r"^[^\w+]+|[^\w+]+$|(?<=[大小认])[+-]$|(?<=[大小认])[+-]?[○●]$")


def parts_of(folded: str) -> list[str]:
    """The words of a line between its separators, spread characters closed up (关 闭 is 关闭)."""
    closed = _SPREAD.sub(r"\1", folded) if " " in folded else folded
    return [part.replace(" ", "") for part in _BETWEEN.split(closed) if part.strip()]


_SHEET = re.compile(r"^第?\s?[A-Z]?\d{1,2}\s?版:\s?[\u3400-\u9fff·]{2,8}(?=\s|$)\s*")  # of a newspaper


def is_toolbar(folded: str) -> bool:
    """Nothing but tools, networks, type sizes, pagers and counters; menu entries may stand among them."""
    if len(folded) > 120:
        return False
    if len(folded.split()) == 1 and (first := _PART.search(folded)) and not is_menu_part(first[0].strip()):
        return False  # what nearly every line of the text is
    parts = parts_of(folded)
    kinds = [_is_tool_part(part) for part in parts]
    if all(kinds):
        return True
    if any(kinds) and len(parts) >= 2:
        if all(kind or _MENU_PART.fullmatch(part) for kind, part in zip(kinds, parts, strict=True)):
            return True
        words = [word for part in _SPREAD.sub(r"\1", folded).split() for word in parts_of(part)]
        return len(words) > len(parts) and all(map(_is_tool_part, words))
    words = folded.split()
    return len(words) >= 2 and all(map(_is_tool_part, words))


def is_counter(folded: str) -> bool:
    """Nothing but figures and the words of counters: 今日 31 昨日 88 总计 402117 次访问."""
    return len(folded) <= 80 and bool(_COUNTED.search(folded)) and bool(_COUNTER.fullmatch(folded))


def is_strip(line: Line) -> bool:
    """A row of menu entries or link names; furniture only where no text stands (above the title, below the text)."""
    folded = unpolluted(line.folded)
    folded = _GREETING.sub(" | ", folded) if "欢迎" in folded or "好" in folded else folded
    if len(folded) > 300 or _PROSE_MARK.search(folded):
        return False
    parts, apart = parts_of(folded), True
    if len(parts) < 3:
        parts, apart = folded.split(), False
    if len(parts) < 3 or any(len(part) > 12 for part in parts):
        return False
    menu = sum(1 for part in parts if _MENU_PART.fullmatch(part) or _is_tool_part(part))
    return menu * 2 >= len(parts) or (apart and menu > 0 and (len(parts) >= 4 or "|" in folded))


def is_menu_part(part: str) -> bool:
    """A word that may stand in a site's menu: it ends as the names of channels do, or is a tool's."""
    return (len(part) <= _LONGEST_ENTRY and bool(_MENU_PART.fullmatch(part))) or _is_tool_part(part)


def _is_tool_part(part: str) -> bool:
    if not (part[:1].isalnum() and part[-1:].isalnum()):
        part = _EDGE.sub("", part)
    if "版" in part:
        part = _SHEET.sub("", part)
    if not part:
        return True
    tool = not "\u3400" <= part[0] <= "\u9fff" or part[0] in _TOOL_FIRST
    return bool((tool and (_TOOL.fullmatch(part) or _PAGER.fullmatch(part))) or is_counter(part) or part.isdigit())
