"""Whether a page is a trade union's at all: by its site and signature, by the voice that speaks and its matter."""

import re
from collections.abc import Sequence

from importer.document import fold
from importer.evidence import NOTHING, Found, found
from importer.rules.pollution import unpolluted

_CHINESE = bytes(range(0x34, 0xA0))  # the upper bytes of U+3400 to U+9FFF
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
_UNION_SITE = re.compile(
    r"工会|工运(?!动)|职工之家|职工网|教工之家|劳动者之家|总工|工人日?报|劳动(?:午|者)?报|职工(?:日|晚|周)?报|工友"
)
# Bodies that stand beside unions, each with pages of its own; what they and unions both deal with.
_BODIES = re.compile(
    r"(?=[妇共团青少学残科工文侨红农渔商消宗业居村志行家校基慈老关])(?:"  # what any of them begins with
    r"妇联|妇女联合会|共青团|团[委省市县区]委?|青年团|少先队|团支部|学生会|残联|残疾人|科协|科学技术协会|工商联|文联|侨联|"
    r"红十字|农会|渔会|(?<!工)商会(?!工会)|消费者协会|消协|宗教|业委会|业主|居民委员会|居委会|村民委员会|村委会|志愿者协会|行业协会|家委会|家长委员会|"
    r"校友会|基金会|慈善会|老年大学|关工委)"
)
_TOPICS = re.compile(r"妇女|巾帼|团员")
# Offices whose own work is not a union's, though they have unions.
_OFFICES = re.compile(
    r"农机|农业|林业|水利|税务|公安|交警|法院|检察院|统计|卫健|卫生|环保|住建|财政|审计|党委|党支部|党建|组织部|宣传部|统战部|纪委|班主任|教研|"
    r"居委会|物业|教育局|司法局|民政|商务|招商|扶贫办|发改|政府|医保|医疗保险|社保|公积金|招生|春耕"
)
# Those who serve the public, by their own words: what they do with a union as guest is their own page.
_SERVANTS = re.compile(
    r"民警|交警|公安|派出所|消防(?:救援|大队|支队|员|站)|法官|法院|检察|税务|气象|血站|采血|红十字|市场监管|监管所|商务局|农业农村|文旅局|体育局|应急管理|"
    r"民政|社工站|政协|人大代表|慈善|城管|环卫局|教研|招生|高考|司法所|海关|疾控|卫健|林业局|水务局|供电所"
)
# 消防大队联合总工会举办: another's title, a union beside it.
_JOINED = re.compile(r"^[^,。:]{2,20}?(?<!工)(?:联合|会同|携手|联手|协同|邀请)[省市区县州旗]?总(?:工会)?(?!公司)")
_FIRST_PERSON = re.compile(r"(?:我|咱|俺)们?[^\s,。;、的]{0,4}?工会(?!法|[主副]|干部|小组)")
# The last lines of a page that a union signs: 机关工会委员会, 村工会 2月6日.
_SIGNED = re.compile(
    r"[^,。;:、!?]{0,28}(?<![级加入到向对由是])工会(?:委员会|联合会|工作委员会|办公室|女工委|女职工委员会)?[\s()章盖\d年月日./-]*"
)
_RECIPE = re.compile(
    r"食材|焯水|糖色|葱姜|爆香|小火|大火|中火|收汁|料酒|生抽|老抽|腌制|出锅|切(?:块|丝|片|丁)|适量|少许|做法|炖|翻炒"
)
_WEIGHED = re.compile(r"\d+[克勺]")
_ABROAD = re.compile(rf"(?:{_COUNTRIES})[^,。;]{{0,20}}(?:工会|工人联合会|罢工)|(?:工会|工人)[^,。;]{{0,20}}罢工")
# What sellers say who want unions for customers, and those who look for staff or clients.
_SALES = re.compile(
    r"团购|包邮|礼品卡|礼盒|提货券|厂家直销|来电|量大从优|下单|购物车|促销|热卖|一站式|试用|立即(?:购买|咨询|申请|办理|注册|预订)|客服|报价|优惠|0折|1折|2折|3折|4折|5折|6折|7折|8折|9折|折优|"
    r"满减|立减|首单|极速发货|极发货|速发货|发货|采购平台|解决方案|客户|案例|私有化部署|售前|免运费|免费(?:演示|配送|咨询|试用|体验)|价格透明|咨询预订|服务(?:全国|单位工会|企业)|累计配送|"
    r"定制|开(?:具|疗休养)?发票|门店|在线咨询|委托律师|信用卡|理财|年化|加盟|代理商|卖点|性价比|小编|元档|踩坑|"
    r"任职要求|岗位职责|薪资|五险一金|投递|简历|职位"
)
# What teachers of accountants and of tax deal with: 工会经费怎么做账 is asked of them.
_ACCOUNTING = re.compile(
    r"分录|做账|记账|怎么处理|账务处理|税前扣除|应付职工薪酬|管理费用|借:|贷:|税务师|注会|中级职称|备考|题库|网校|学员问|老会计|汇算清缴|个税|进项税|开票|纳税人|扫码加|加\S{0,8}微信|大礼包"
)
# Guilds of players and of streamers, unions of sportsmen and of actors are called 工会 too.
_GUILDS = re.compile(
    r"玩家|副本|装备|开团|公会|坦克|打本|魔兽|网游|手游|开荒|战队|主播|直播间|直播工会|打赏|礼物分成|流量|"
    r"球员|球队|编剧|演员工会|好莱坞|劳资协议|赛季"
)
_LEAGUES = re.compile(r"[NnCcMm](?:(?<=[NnCc])[Bb][Aa]|(?<=[Mm])[Ll][Bb]|(?<=[Nn])[Ff][Ll])")
# Beside others in a list a union is a guest; so is its chair.
_BESIDE = re.compile("、|联合|配合|会同|邀请|支持|协助")
_NOT_ACTING = re.compile("[、和与及等会法]|界别|副?主席|领导|负责|干部|委员|[有相]关|代表")
_OF_UNITS = frozenset("总村校院厂局段队行镇乡区间场所站矿园")  # 校工会, 队工会: whose, the page may not say
# An organisation found by these rules may be one that the text only mentions.
_IN_PASSING = ("subject-of-text", "own-unit-in-text", "unit-of-site")


def is_unions(title: str | None, texts: Sequence[str], around: str, organization: Found = NOTHING) -> Found:
    """Whether the page is a trade union's. `around` is what the site says (its name, breadcrumb, source).

    A union's own page may do without the word in its title or text where its site, source or signature is a union's;
    a page of another body may name a union, in a list of guests or in passing; a seller addresses unions.
    """
    folded, body = unpolluted(fold(title or "")), unpolluted("\n".join(map(fold, texts)))
    size = max(len(body), 1)
    if _is_foreign((folded + body[:2000]).replace(" ", "")):
        return found(False, "foreign-page", title or body[:40], None)
    own = organization.value if organization.value and organization.evidence.rule not in _IN_PASSING else None
    if not own and (other := _another_voice(folded, body)):
        return other
    joined = None if own else _JOINED.search(folded)
    if (_UNION_NAMED.search(folded) and not joined) or (
        _UNION_MATTERS.search(folded)
        and not _BODIES.search(folded)
        and not _TOPICS.search(folded)
        and not _SERVANTS.search(folded)
    ):
        return found(True, "union-in-title", title, None)
    unions_site = bool(_UNION_SITE.search(fold(around)))
    other = _BODIES.search(folded) or joined
    if (not other and own) or unions_site:
        return found(True, "union-around", own or around, None)
    unions, rivals = len(_UNION_NAMED.findall(body)), len(_BODIES.findall(body)) + len(_TOPICS.findall(body))
    if other or _TOPICS.search(folded):
        named = organization.value and organization.evidence.rule == "subject-of-text"
        known = bool(named) and unions >= 3 and unions > rivals
        return found(known, "another-body-in-title", folded, None)
    if signed := _spoken_by(texts, rivals):
        return found(True, "signed-by-union", signed, None, "medium")
    servants = len(_SERVANTS.findall(body)) + 2 * bool(_SERVANTS.search(folded) or _SERVANTS.search(around))
    if unions < 3 and servants > unions:
        return found(False, "another-body-acts", f"工会 × {unions}", None, "medium")
    if not rivals and not _OFFICES.search(folded) and _acts_first(body, organization):
        return found(True, "union-acts", body[:60], None, "medium")
    matters = len(_UNION_MATTERS.findall(body)) + body.count("职工") / 2 + ("职工" in folded)
    if (
        unions
        and (matters or organization.value or unions > 3)
        and 2 * unions + matters >= max(3, 2 * rivals + 1)
        and (2 * unions + matters) * 100 >= size
        and not (_OFFICES.search(folded) and unions < 3)
    ):
        return found(True, "union-in-text", f"工会 × {unions}", None, "medium")
    return found(False, "no-union-words", f"工会 × {unions}", None, "medium" if unions else "high")


def _is_foreign(text: str) -> bool:
    """Whether less than a fifth of the characters are Chinese, counted by their upper bytes: ten times as quick."""
    upper = text.encode("utf-16-le", "surrogatepass")[1::2]
    chinese = len(upper) - len(upper.translate(None, _CHINESE))
    return bool(text) and chinese * 5 < len(text)


def _another_voice(folded: str, body: str) -> Found | None:
    """A union abroad, an advertisement, a guild of players: pages full of the word 工会 and yet no union's."""
    text = folded + body
    if abroad := _ABROAD.search(folded) or _ABROAD.search(body[:300]):
        return found(False, "foreign-union", abroad.group(), None)
    if len(words := set(_SALES.findall(text))) >= 3:
        return found(False, "advertisement", " ".join(sorted(words)[:6]), None)
    if "总工会" not in body and len(words := {*_GUILDS.findall(text), *_LEAGUES.findall(text)}) >= 2:
        return found(False, "guild", " ".join(sorted(words)[:6]), None)
    weighed = _WEIGHED.findall(text) if "克" in text or "勺" in text else ()
    if len(words := {*_RECIPE.findall(text), *weighed}) >= 4:
        return found(False, "recipe", " ".join(sorted(words)[:6]), None)
    if len(words := set(_ACCOUNTING.findall(text))) >= 4:
        return found(False, "advertisement", " ".join(sorted(words)[:6]), None)
    return None


def _spoken_by(texts: Sequence[str], rivals: int) -> str | None:
    """The signature of a union below the text, or its own voice in the opening: 我们村工会."""
    for text in texts[-3:] if len(texts) > 1 else ():
        line = fold(text).strip()
        if "工会" in line and len(line) <= 40 and _SIGNED.fullmatch(line):
            return line
    for text in texts[:2] if not rivals else ():
        if "工会" in text and (voice := _FIRST_PERSON.search(fold(text[:400]))):
            return voice.group()
    return None


def _opens_as_unit(opening: str, start: int) -> bool:
    """总工会 anywhere, or 校工会 in the first sentence: one further on is a part of another's story."""
    before = opening[max(0, start - 1) : start]
    return before == "总" or (before in _OF_UNITS and "。" not in opening[:start])


def _acts_first(body: str, organization: Found) -> bool:
    """Whether a union named in the opening acts there, and is no guest in a list of bodies."""
    opening = body[:160]
    for match in _UNION_NAMED.finditer(opening):
        before = re.split(r"[,。:;!?)]", opening[: match.start()])[-1]
        known = organization.value or _opens_as_unit(opening, match.start())
        if known and not _BESIDE.search(before) and not _NOT_ACTING.match(opening, match.end()):
            return True
    return False
