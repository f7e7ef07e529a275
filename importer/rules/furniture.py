"""What stands on a page beside the article: greetings, buttons, codes, footers, advertising, upload notices."""

import re
from collections.abc import Iterable

from importer.document import Line, once_a_line
from importer.rules.machine_lines import is_machine_line
from importer.rules.pollution import unpolluted
from importer.rules.toolbars import is_counter, is_toolbar
from plans.grammar.lexicon import cue_of

SHORT = 90  # furniture rules look at folded lines up to this length only
LONG = 260  # but for introductions, disclaimers and footers, which are looked for in lines up to this length

_MENU = (
    "首页|网站首页|返回首页|工会概况|工会简介|机构设置|机构概况|机构职能|领导班子|领导介绍|工会要闻|新闻中心|"
    "新闻动态|新闻资讯|通知公告|公示公告|公告公示|"
    "基层动态|基层工会|工会动态|区市动态|工作动态|工运动态|图片新闻|视频新闻|时政要闻|政策法规|法律法规|"
    "规章制度|文件资料|资料下载|下载中心|下载专区|"
    "权益维护|权益保障|维权服务|法律援助|帮扶服务|帮扶救助|困难帮扶|建功立业|劳动竞赛|经济技术|劳模风采|"
    "劳模工匠|劳模之家|女工之家|女职工|女职工工作|"
    "组织建设|素质提升|宣传教育|职工文化|职工之家|职工服务|文体活动|财务经审|经审工作|网上办事|办事指南|"
    "在线服务|在线咨询|互动交流|主席信箱|领导讲话|"
    "理论研究|理论调研|调查研究|经验交流|学习园地|专题专栏|专题报道|信息公开|政务公开|党务公开|党建工作|"
    "党建园地|友情链接|联系我们|关于我们|网站地图|"
    "隐私声明|网站声明|版权声明|法律声明|免责声明|隐私政策|设为首页|加入收藏|收藏本站|登录|注册|登录注册|会员登录|会员中心|用户登录|退出|繁体|简体|繁體|English|"
    "无障碍|无障碍浏览|长者模式|适老版|关怀版|"
    "手机版|移动版|微信|微博|客户端|搜索|站内搜索|高级搜索|工会知识|工会论坛|职工论坛|电子报|视频|图片|专题|"
    "服务|投稿|RSS|邮箱|OA|工会章程|更多"
)
_MENU_LINE = re.compile(rf"(?:(?:{_MENU})[\s|·•/>\-]*)++")
_MENU_WORD = re.compile(rf"(?:{_MENU})")

# How to reach the union: a site's footer, but also the end of many a notice.
_CONTACT = (
    r"(?:地址|联系地址|单位地址|邮编|邮政编码|电话|联系电话|办公电话|传真|电子邮箱|邮箱|E-?mail|QQ)\s*[: ].{2,50}"
    r"(?:邮编|电话|传真|ICP|邮箱|mail|技术支持).{0,50}"
    r"|(?:职工(?:服务|维权|法律援助)?热线|举报电话|监督电话|投稿[邮信]箱|(?:新闻|客服|健康|本报)热线)\s*[: ].{3,40}"
)
_CONTACT_LINE = re.compile(_CONTACT, re.IGNORECASE)
_SITE_FOOTER = re.compile(r"ICP|技术支持|版权|主办|邮编|邮政编码")
# A figure or a full stop on a line of its own: residue beside the text, torn from its sentence inside it.
_BARE_FIGURE = re.compile(r"\d{1,9}\s*%?[。;,]?")
_BARE_STOP = re.compile(r"[\W_]*[。;!?,、%”][\W_]*")

# One pattern a habit; each must match the whole folded line.
_NOISE = (
    r"(?:您好[,!]?\s*)?(?:(?:今天|今日|现在)(?:是|:)|当前时间|北京时间)\s*:?[^。]{0,40}",
    r"\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期|周)[一二三四五六日天].{0,12}",
    r"(?:请)?(?:使?用)?(?:微信|手机|支付宝|QQ|打开微信)?[,\s]*(?:(?:扫一扫|扫码|扫描)(?:[,\s]*(?:关注|分享|下载|在|用|打开|查看|"
    r"添加|加|进|阅读|识别|上|下|左|右|此|本|该|二维码|即|领|看|转发|访问)[^。]{0,30})?|长按.{0,6}(?:识别|二维码)[^。]{0,30}|识别.{0,6}二维码[^。]{0,20})",
    r"(?:微信|手机)扫(?:码|一扫|描).{0,24}",
    r"(?:更多|了解|欢迎).{0,10}关注.{0,24}",
    r"(?:分享到|分享至|转发到|一键分享|分享\s*:)[^。]{0,50}",
    r"[【\[(<]?\s*+(?:字号|字体|字体大小|文字大小)?\s*+[:]?\s*+[\[(<]?\s*+[特超]?大[\W]{0,6}中[\W]{0,6}小.{0,12}",
    r"-\s*\d{1,3}\s*-|—\s*\d{1,3}\s*—|·\s*\d{1,3}\s*·",
    r"图片(?:加载中|说明)?[.…]*|视频加载中.*|正在加载.*|加载中.*|loading.*",
    r"(?:请)?先?(?:登录|注册)(?:后|后才|后方)?(?:可以|能|可|即可)?(?:发表|参与|查看|进行)?(?:评论|留言|全文|下载).{0,10}",
    r"(?:已有|共有?)\s*\d+.{0,6}(?:评论|参与|留言).{0,16}",
    r"天气(?:预报)?\s*:.{0,40}",
    r"(?:文档|资料|文件)(?:下载|格式|页数|大小|名称|类型|字数)\s*:.{0,80}|下载(?:说明|地址|方式)\s*:.{0,60}",
    r"(?:请输入|请先|您还没有|还没有).{0,12}(?:登录|关键[词字]|注册|账号|密码|验证码|评论).{0,10}",
    r"(?:用户名|账号|密码|验证码|关键字)\s*(?::.{0,20})?",
    r"(?:本文档?|文档|资源)(?:由|来自|来源于|上传).{0,40}(?:上传|提供|分享|网络|整理).{0,30}",
    r"(?:https?://|www\.)\S+(?:\s.{0,30})?",
    r"(?:赞助商链接|热门推荐|大家都在看|精品推荐|会员专享|开通会员|限时特惠|优惠券)(?:\s.{0,16})?",
    r"(?:广告|推广|公益广告)(?:[\s:].{0,40})?",
    r"[{}#.@][\w\-#.\s,:>]*\{.*|(?:var\s|function\b|document\.|window\.|\$\(|if\s*\(|<!--|</?[a-z]+[\s>]|"
    r"@media|@import).*",
    r"(?:&(?:nbsp|gt|lt|amp|quot|copy);?|\s|;)++",
    r"(?:标签|关键词|关键字|tags?|栏目|分类|所属栏目)\s*:.{0,60}",
    r"(?:浏览|阅读|点击|访问|查看|人气|点击数|浏览量|阅读量)\s*:?\s*[\d,]*",
    r"(?:新闻|信息|文章|内容)?(?:详情|正文|内容页|详细内容|浏览文章|查看文章|阅读文章|新闻内容|文章内容|"
    r"信息内容|文章正文|文章详情)",
    r"(?:责编|编辑|来源|作者|时间|日期|浏览|点击|附件|附件下载|相关附件|责任编辑|审核)\s*(?::\s*(?:无|暂无|没有)?)?",
    r"[(]?\d{1,4}[)]?\s*%?|-+\s*分[隔割]线?\s*-+",
    r"(?:网友|用户|最新|精选)?(?:评论|留言)\s*[(]?\d+\s*条?[)]?.{0,20}",
    r"(?:点击|轻触)(?:上方|下方|上面|下面)?蓝字.{0,16}|(?:欢迎)?关注我们.{0,20}|-?\s*(?:END|完)\s*-?|(?:往期|精彩)(?:推荐|回顾).{0,8}",
    r"\d{5,9}",  # bare numbers: counters and ids
    # what an account's post prints around its text
    r"(?:听全文|知道了|使用小程序|取消\s*允许|人划线|名称已清空|微信扫一扫(?:赞赏作者|可打开此内容)?.{0,14}|轻触阅读原文.{0,10}|"
    r"(?:继续|向上)滑动看下一个|文章已于.{4,20}修改|写下你的留言.{0,8}|预览时标签不可点|暂无留言|已无更多数据|阅读原文|作者头像|全部留言)",
    r"(?:已?收录于(?:合集|话题|专辑))?[\s,]*(?:#[^\s#。]{1,16}\s*(?:\d+\s*[个篇])?[\s,]*)++|已?收录于(?:合集|话题|专辑).{0,40}|(?:微信号|功能介绍)\s.{2,40}",
    r"[:,。\s]*视频小程序赞.{0,60}",
    r"(?:在线|当前)人数\s*:?\s*\d*|请(?:输入|选择)?(?:搜索|检索|查询|关键)\S{0,8}|(?:站内|全文|高级|智能)(?:搜索|检索)\s*:?|"
    r"匿名\s*(?:发布|发表|评论)|打开微信.{0,24}|[-=—]{2,}\s*(?:请选择|.{0,10}(?:网站|链接|导航|部门|单位|媒体))\s*[-=—]{2,}|(?:我为)?政府(?:网站)?找错|(?:网上|违法和?不良信息)举报\S{0,6}|联系站长|MORE\W*",
    r"PART[.\s]*\d{1,2}|\W*(?:点击)?(?:下一页|后面|下页)(?:还有|有)?更多(?:精彩|内容|相关)?.{0,30}",
    # what a library of documents tells of the file
    r"(?:打印|导出|下载|扫描)(?:日期|时间)\s*:?\s*[\d年].{0,40}",
    r"(?:此处|以下|该|本段|部分)(?:为|是)?(?:隐藏|付费|加密)(?:的)?(?:内容|信息|部分|文字).{0,24}",
    r"(?:附件下载|下载附件|相关附件|附件列表)\s*:?\s*\S.{0,60}|[(]?\s*共印\s*\d+\s*份\s*[)]?",
    # comments
    r"(?:发表评论|网友评论|用户评论|我要评论|评论列表|最新评论|文章评论|匿名(?:发表|评论))[^。]{0,60}|"
    r"(?:还可以|最多|限)输入\s*\d+\s*(?:个?字|字符).{0,10}|(?:暂无|没有)相关.{2,8}",
    # a newspaper's head and foot
    r"\W*(?:[上下]一[版期页]\s*)++\W*|\W*(?:第?\s*[A-Z]?\d{1,2}\s*版\s*:\s*[\u3400-\u9fff·]{2,8}\W*){1,3}|(?:下期预告|今日导读|导读)\s*:.{2,50}|"
    r"(?:承印|印刷)(?:单位|厂)?\s*:.{2,30}",
    r"(?:\d{4}年\s*)?[(]?\s*总?第\s*[\d一二三四五六七八九十百〇]{1,6}\s*期\s*[)]?(?:\s*[(]?\s*总第?\s*\d+\s*期\s*[)]?)?",
    # to whom a bulletin or a paper is sent
    r"(?:[报送发]|抄\s*[报送]|分\s*送|呈\s*[报送]|主\s*报|加发)\s*:\s*[^。,]{2,110}(?:\s*[(]?\s*共印\s*\d+\s*份\s*[)]?)?",
)

# Habits whose words may stand anywhere in the line: what a line must hold (in small letters; each
# alternative begins with one character, as cue_of asks), and the pattern.
_NOISE_WITHIN = (
    (
        "欢迎",
        r".{0,24}?[,!\s]?欢迎(?:您|你)?(?:的)?(?:访问|光临|来到|登录|登陆|浏览|使用|来访|到来)?[!,。]?.{0,40}(?<![。;])",
    ),
    (
        "二维码|公众号|小程序|客户端|app",
        r"(?:.{0,6}(?:关注|官方|微信|手机|下载)).{0,16}(?:二维码|公众号|小程序|客户端|APP)(?:\s.{0,12})?\W*|.{0,10}二维码",
    ),
    (
        r"\.(?:jpg|jpeg|png|gif|bmp|webp|svg|mp4|swf|css|js)",
        r"[\w\-./%]+\.(?:jpg|jpeg|png|gif|bmp|webp|svg|mp4|swf|css|js)(?:\?\S*)?(?:\s*\([\d.]+\s*[KM]?B?[^)]*\))?",
    ),
    (r"\.(?:com|cn|net|org|gov)", r"[\w.-]+\.(?:com|cn|net|org|gov\.cn|org\.cn|com\.cn)\b.{0,30}"),
    ("¥|￥", r".{0,10}[¥￥]\s*\d.{0,30}"),
    (r"\}", r".*\}\s*;?"),
    (
        "剩余|隐藏|预览|付费|试读|未读",
        r"(?=.*(?:剩余|隐藏|预览|付费|试读|未读))(?=.*(?:查看|阅读|下载|浏览|预览))[^。]{4,80}",
    ),
    ("本文已影响", r".{0,8}本文已影响.{0,12}"),
    ("点赞|转发|分享", r"[^。]{0,24}(?:喜欢|觉得|欢迎|记得|麻烦)[^。]{0,10}(?:点赞|转发|分享)[^。]{0,12}"),
    (
        "在看|好看|赞|三连|分享|收藏|小红心",
        r"[^。]{0,18}(?:点个|点亮|戳个?|点一?下|一键|点(?=[“\"「『【\s]))\s*[“\"「『【]?\s*"
        r"(?:在看|好看|赞|三连|分享|收藏|小红心)\s*[”\"」』】]?[^。]{0,22}",
    ),
    ("浏览器", r".{0,8}浏览器(?:版本)?(?:过低|不支持).{0,30}"),
    # what a library of documents tells of the file, and what it asks for it
    (
        "下载|的文档|上传|贡献",
        r"(?=.*(?:下载|的文档|上传|贡献))(?:[\d.]+\s*分|[(]?超过\s*\d+%的文档[)]?|[\d.,]+\s*[万wk+]*\s*[次人]?(?:阅读|下载|浏览|收藏|点赞|评论|页)|"
        r"(?:上传|贡献|发布|更新|分享|收藏)(?:于|者|人|时间)?\s*:?\s*\d{4}-\d\d?-\d\d?|用户\s*:?\s*\w+|[\s|·,/-])++",
    ),
    ("领取", r".{0,16}(?:扫码|关注|回复).{0,30}(?:免费领取|即可领取|领取(?:资料|模板|范文)).{0,16}"),
    ("仅代表网友", r".{0,10}仅代表网友.{0,20}"),
    ("热线|电话", r".{0,4}(?:订报|广告|发行|订阅|投递|征订)(?:部)?(?:热线|电话)\s*:.{2,80}"),
)

_LONG_NOISE = (
    # who answers for the site
    r"(?:Copyright|版权所有|All Rights? Reserved|©|\(c\)\s*\d{4}|Power(?:ed)? by).*",
    r"(?:主办|承办|协办|主管|指导)(?:单位)?\s*:.{2,60}(?:技术支持|地址|电话|维护|承办|协办|ICP|邮编).*",
    r"(?:技术支持|网站维护|网站建设|网页设计|维护单位|网站管理员?|站长)\s*:.{0,60}",
    r"(?:主?报|主?送|发|抄报|抄发|呈报|呈送)\s*:\s*.{0,80}(?:领导|工会|单位|部门|机关|领导同志|主席|委员)\S{0,4}|(?:国内统一(?:连续)?(?:刊|出版物)号|国内刊号|统一刊号|邮发代号|广告(?:经营)?许可证|本报地址|社址|零售(?:每份|价)|全年定价|(?:广告|订报|发行|征订)(?:热线|电话)\s*:|CN\d{2}-\d{4}).{0,160}",
    # where the text comes from and what may be done with it
    r"(?:本文|文章|原文)(?:来源|来自|链接|地址|网址|转自)?\s*:.{0,80}(?:转载|https?:|www\.).{0,60}|转载(?:请|时请|须|需)(?:注明|保留|标明).{0,80}",
    # a template site's introduction
    r"[【\[][^】\]]{0,12}(?:导语|导读|前言|简介|概述)[】\]].{0,160}(?:欢迎|参考|借鉴|小编|帮助).{0,60}",
    r"(?:以下|下面|这里|本文)是.{0,40}(?:整理|收集|带来|精选|推荐)的.{0,40}",
    # text held back
    r"(?:下载|查看|阅读).{0,10}(?:文档|全文).{0,6}(?:需|消耗).{0,24}",
)
_LONG_NOISE_WITHIN = (
    # who answers for the site
    (
        "all rights reserved|版权所有|未经|icp备|icp证|公网安备|网站标识码|备案号|备案序号|卫网审|powered by",
        r".*(?:All Rights Reserved|版权所有|未经(?:书面)?(?:授权|许可|同意|允许).{0,10}(?:转载|使用|复制)|ICP备|ICP证|"
        r"公网安备|网站标识码|备案号|备案序号|卫网审|Powered by).*",
    ),
    (
        r"主办\s|承办\s|维护\s|版权\s",
        r".{2,24}(?:主办|承办|维护|版权)\s+(?:.{2,24}(?:承办|制作|维护)|.*(?:ICP|公网安备|电话|地址).*)",
    ),
    ("建议使用|最佳浏|推荐使用|分辨率", r".{0,20}(?:建议使用|最佳(?:浏览|分辨率)|推荐使用|分辨率).{0,60}"),
    # where the text comes from and what may be done with it
    (
        "声明|申明|免责|提示|版权",
        r".{0,12}(?:声明|申明|免责|提示|版权)\s*[: ].{0,200}"
        r"(?:转载|版权|侵权|删除|稿件|立场|观点|上传|贡献|责任).{0,120}",
    ),
    (
        "侵权|于网络|自网络|联网络|删除|声明|版权|不代表本",
        r".{0,40}(?:如有侵权|侵权(?:必究|请联系)|来(?:源于|自)(?:互联)?网络|联系(?:我们|站长|本站|客服)?删除|免责声明|版权(?:声明|归原作者)|不代表本[站网].{0,6}(?:观点|立场)).{0,120}",
    ),
    # a template site's introduction
    (
        "小编|本站|本网|下面|以下|以上|这里|今天",
        r".{0,120}(?:小编|本站|本网|下面|以下|以上|这里|今天)(?:就是|是|由|就|的)?.{0,16}(?:(?:为|给|帮|跟|与|和)(?:您|你|大家|各位|广大)|精心|特意).{0,16}"
        r"(?:整理|收集|搜集|收罗|准备|带来|推荐|分享|精选|介绍).{0,60}(?:参考|帮助|帮到|有用|阅读|借鉴|喜欢|范文|吧|内容|收藏|模板|[篇文]).{0,60}",
    ),
    (
        "小编|本站",
        r"(?:[【\[(]?(?:导语|导读|简介|前言|摘要|概述|温馨提示)[】\])]?\s*:?)?.{0,60}(?:小编|本站)(?:精心|特意)?(?:整理|收集|搜集|准备|推荐|分享|带来).{0,100}",
    ),
    (
        "仅供|希望[能对给您你大]|欢迎|喜欢[本这]",
        r".{0,40}(?:仅供(?:大家|您|各位)?(?:参考|学习)|希望(?:能)?(?:对|给)?(?:您|你|大家).{0,8}(?:帮助|喜欢|参考)|"
        r"欢迎(?:大家|您|您的)?(?:阅读|借鉴|参考|下载|收藏|分享|转载|查阅)|(?:如|若)(?:果)?您?喜欢(?:本文|这篇)).{0,30}",
    ),
    ("本文", r".{0,30}(?:将)?本(?:文|文档).{0,10}(?:Word|文档|下载到).{0,40}(?:收藏|打印|下载).{0,30}"),
    # text held back
    (
        r"隐藏|省略|还有\s*约?\s*[\d一二三四五六七八九十百千]|共有\s*约?\s*[\d一二三四五六七八九十百千]",
        r".{0,40}(?:此处|中间|以下|下文|全文|剩余|余下|其余)(?:部分)?(?:隐藏|省略|还有|共有)\s*约?\s*[\d一二三四五六七八九十百千]+\s*个?字.{0,40}",
    ),
    (
        "未完|剩余|试读|读全文|看全文|开全文|下全文|查看更多|全文请",
        r".{0,24}(?:本文未完|未完,|剩余\s*\d+%|试读|阅读全文|查看全文|查看更多|展开全文|余下全文|全文请).{0,16}(?:下载|会员|VIP|登录|付费|查看|阅读|开通|点击|完整)?.{0,30}",
    ),
    ("开通会员|开通vip|升级会员|升级vip", r".{0,8}(?:开通|升级)(?:会员(?!卡|证|实名)|VIP).{0,30}"),
)

_AD_WORDS = re.compile(
    r"厂家|直销|加微信|微信同号|免费试用|领取|抢购|彩金|博彩|娱乐城|娱乐场|真人|体验金|开户|葡京|百家乐|棋牌|彩票|六合|招商|加盟|热销|特价|打折|包邮|点我|点这里|点击咨询|咨询热线|>>>|兼职|日入|注册送|威尼斯人|赌场|专业办理|电话微信|资质|"
    r"代办|代写|代开|贷款|网赚|礼包|返利|红包|注册即送|二手房|减肥|植发|整形|白癜风|男科|妇科"
)
_AD_BRACKET = re.compile(r"[(\[【{]\s*(?:此处|以下|插入)?(?:是|为)?(?:广告|推广|赞助)[^)\]】}]*[)\]】}]")


def _any_of(patterns: Iterable[str]) -> re.Pattern:
    """One expression for all: a page of many lines is looked through once a line."""
    return re.compile(f"(?:{'|'.join(f'(?:{pattern})' for pattern in patterns)})", re.IGNORECASE)


def _words_of(rows: Iterable[tuple[str, str]]) -> re.Pattern:
    return cue_of(word for words, _ in rows for word in re.split(r"\|(?![^(]*\))", words))


# What such a line begins with, Chinese or not: most lines of a text are told by their first character.
_FIRST = (
    "(?=[^\u3400-\u9fff]|[一上下主举了人今以优会传作使信健先全公共关内写分办功加北匿协单印原发取名后向听呈国图在地大天字完审客密导已广开当往征微总您我所手打"
    "扫承技抄投报指推支收政文新日时智暂更最本来查标栏欢正此没注浏点热版特现用电留登监相知社站第精统继维编网职联视订访评识该详请责账资赞超转轻还这违送邮部长阅附限零预验高])"
)
_NOISE_LINE = re.compile(_FIRST + _any_of([*_NOISE, _CONTACT, *_LONG_NOISE]).pattern, re.IGNORECASE)
_LONG_NOISE_LINE = re.compile(_FIRST + _any_of([*_LONG_NOISE, _CONTACT]).pattern, re.IGNORECASE)
_WITHIN = (
    _words_of([*_NOISE_WITHIN, *_LONG_NOISE_WITHIN]),
    _any_of(dict([*_NOISE_WITHIN, *_LONG_NOISE_WITHIN]).values()),
)
_LONG_WITHIN = (_words_of(_LONG_NOISE_WITHIN), _any_of(dict(_LONG_NOISE_WITHIN).values()))

# From here on a page lists other pages.
_TAIL = re.compile(
    r"[^\w(]{0,4}(?:(?:相关|类似|同类)(?:文档|资料|范文|文章)(?:推荐|下载)|相关资源|关于本文(?:档)?|相关(?:推荐)?(?:新闻|文章|链接|阅读|信息|报道|推荐|资讯|内容|稿件|附件下载|文档|范文|热词|搜索|专题|资料)|"
    r"精选图文|延伸阅读|推荐(?:阅读|文章|新闻|图文|访问|专题)|热门(?:文章|推荐|新闻|阅读|点击|排行|标签|范文|关注)|热点(?:排行|新闻|推荐|关注)|"
    r"最新(?:文章|新闻|资讯|信息|动态|推荐|范文|更新)|图文推荐|猜你喜欢|你可能(?:也)?(?:喜欢|感兴趣).{0,8}|"
    r"您可能(?:也)?(?:喜欢|感兴趣).{0,8}|大家(?:都在看|还看了)|(?:阅读|点击|新闻|浏览|文章)排行(?:榜)?|排行榜|本[周月日]热门|"
    r".{2,40}(?:的)?相关(?:文章|范文|推荐|阅读|内容)|喜欢此内容的人还喜欢|本(?:栏目|类)(?:推荐|热门|最新|热点|"
    r"排行).{0,6}|(?:网友|最新|用户|精选)(?:评论|留言)|评论列表|发表评论|友情链接|快速链接|快捷导航|网站导航|"
    r"工会网站链接|站点链接|下属单位链接|(?:往\s?期|精彩|更多|猜你|同类|推\s?荐|热门|相关)\s?(?:推荐|推\s荐|回\s?顾|精彩|阅\s?读|内容|文档|资料|想看|文章|好文)|(?:24小时)?热(?:榜|文))"
    r"\s*[】\]]?[\s:>»]*(?:更多)?[^\w(]{0,6}"
)
_TAIL_WITH_LINKS = re.compile(
    r"[【\[]?\s*(?:相关(?:新闻|文章|链接|阅读|报道|推荐|资讯|专题)|延伸阅读|推\s?荐\s?(?:阅\s?读|文章|访问)|往\s?期\s?(?:推\s?荐|回\s?顾)|(?:热门|热点|精彩|最新)(?:推荐|文章|点击|新闻|资讯|排行)|友情链接|猜你喜欢|更多)\s*[】\]]?\s*(?:[:>»]+\s*\S.{0,160}|\s\S.{0,80})"
)
_END = re.compile(r"[\W_]*(?:(?:THE\s)?END|全文完|完)[\W_]+|[\W_]+(?:(?:THE\s)?END|全文完|完)[\W_]*|END", re.IGNORECASE)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


def is_menu(line: Line) -> bool:
    """Two or more menu entries in a row; one alone tells nothing (see is_menu_word)."""
    folded = line.folded
    return bool(len(folded) <= 400 and _MENU_LINE.fullmatch(folded) and len(_MENU_WORD.findall(folded)) >= 2)


def is_menu_word(line: Line) -> bool:
    """A single menu entry on its own line: furniture where it stands above the title or below the text."""
    return len(line.folded) <= 12 and bool(_MENU_WORD.fullmatch(line.folded.strip(" |>·•[]")))


@once_a_line
def is_noise(line: Line) -> bool:
    """A line that is furniture wherever it stands."""
    folded = unpolluted(_EMOJI.sub("", line.folded)).strip()
    if not folded:
        return bool(line.text)
    if len(folded) > LONG:
        return False
    if is_machine_line(folded):
        return True
    if len(folded) <= SHORT:
        return (
            is_menu(line)
            or is_toolbar(folded)
            or is_counter(folded)
            or bool(_NOISE_LINE.fullmatch(folded))
            or _holds(folded, *_WITHIN)
            or _is_advert(folded)
        )
    return bool(_LONG_NOISE_LINE.fullmatch(folded)) or _holds(folded, *_LONG_WITHIN)


def _holds(folded: str, words: re.Pattern, pattern: re.Pattern) -> bool:
    return bool(words.search(folded.lower()) and pattern.fullmatch(folded))


def _is_advert(folded: str) -> bool:
    """A foreign insertion: named so in brackets, or a short line with two of advertising's words and no full stop."""
    return bool(_AD_BRACKET.fullmatch(folded)) or (
        "。" not in folded and len({match.group() for match in _AD_WORDS.finditer(folded)}) >= 2
    )


def is_bare_figure(line: Line) -> bool:
    """300, 95%: inside a sentence torn into lines it is text, elsewhere a counter or a page number."""
    return bool(_BARE_FIGURE.fullmatch(line.folded))


def is_bare_stop(line: Line) -> bool:
    """Nothing but punctuation of a sentence: 。 or %。"""
    return len(line.folded) <= 12 and bool(_BARE_STOP.fullmatch(line.folded))


def is_contact(line: Line) -> bool:
    """A line of telephone, address or mailbox such as notices print too; a site's own footer is none."""
    return (
        len(line.folded) <= 120 and bool(_CONTACT_LINE.fullmatch(line.folded)) and not _SITE_FOOTER.search(line.folded)
    )


@once_a_line
def starts_tail(line: Line) -> bool:
    """The heading of a block of other pages' titles: 相关新闻, 精选图文 …, the first of them perhaps behind it."""
    folded = unpolluted(line.folded)
    return (len(folded) <= 50 and bool(_TAIL.fullmatch(folded))) or (
        len(folded) <= 200 and bool(_TAIL_WITH_LINKS.fullmatch(folded))
    )


def closes(line: Line) -> bool:
    """A line that only stands below an article: its tools, its counters, the site's footer, a list of other pages."""
    folded = unpolluted(line.folded)
    if len(folded) <= 24 and _END.fullmatch(folded):
        return True
    if not re.search(r"[\u3400-\u9fff]", folded) or len(folded) < 2:
        return False
    return starts_tail(line) or (
        len(folded) <= SHORT and (is_toolbar(folded) or is_counter(folded)) and bool(re.search(r"\w\w", folded))
    )
