"""Names of people in bylines, told from posts, departments and newspapers."""

import re

from importer.document import fold
from importer.rules.surnames import DOUBLE, GIVEN, OTHER_NAMES, SURNAMES

_NOT_NAMES = re.compile(
    r"(?:浙江|江苏|江西|安徽|广东|广西|山东|山西|河南|河北|湖南|湖北|四川|云南|贵州|陕西|甘肃|青海|宁夏|新疆|西藏|吉林|辽宁|北京|上海|天津|重庆|海南|福建|台湾)$|"
    r".+(?:摄|摄影|供图)$|公[开示布告文]|原[创文载标]|.{1,6}总$|.*(?:现场$|工会|总会|报$|网$|社$|台$|部$|办$|局$|处$|科$|室$|司$|会$|厂$|县$|市$|省$|镇$|乡$|村$|街道|公司|学校|"
    r"医院|中心|委员|主席|书记|记者|通讯|编辑|本报|本站|管理|工作|计划|总结|通知|要点|"
    r"职工|先进|活动|服务|新闻|动态|公告|首页|目录|正文|附件|时间|来源|单位|组织|建设|安全|生产|全面|贯彻|精神|"
    r"维权|帮扶|劳动|创新|发展|和谐|关于|办公|文件|向上|高效|"
    r"干部|党(?=[委员支建组校政群总工办史章纪课内风费徽报性团代和的])|共产党|团(?!结$|圆$)|人大|政协|宣传|文化|经济|社会|教育|农民|企业|领导|学习|思想|方案|文明|温暖|平安|武装|严格|成立|数字|电子|版面|往期|"
    r"初审|复审|终审|[一二三]审|审核|校对|责编|摄影|图片|美编|主编|监制|签发|录入|排版|开展|召开|举行|举办|调查|手记|观察|采访|报道|获悉|了解|走进|走访|来到|看到|近日|日前|昨日|今日|今天|昨天|夜里|晚上|上午|下午|见面|下转|上接|未完|待续|节选|摘编|摘自|根据|录音|审阅|参加|通过|讨论|试行|暂行|修订|代拟)"
)
_POSTS = (
    "主席|副主席|常务副主席|党组书记|书记|副书记|主任|副主任|部长|副部长|科长|副科长|处长|副处长|局长|副局长|"
    "会长|副会长|秘书长|委员|常委|校长|院长|经理|总经理|董事长|厂长|"
    "调研员|巡视员|干事|委员长|理事长|组长|负责人|主编|教授|讲师|研究员"
)
POST = re.compile(rf"(?:{_POSTS})$")
_POST_AND_NAME = re.compile(
    rf"(?P<post>.{{2,40}}?(?:{_POSTS}))[\s:]+(?P<name>\S{{2,7}}|\S \S|\S{{2,8}}[·•・]\S{{2,8}})"
)
_NAME_AT_POST = re.compile(r"(?P<post>.{2,40}(?:主席|书记|主任|部长|会长))(?P<name>[^\s员长任记席]{2,3})")
_ROLE = re.compile(
    r"(?:(?:本报|本网|本刊|本台|本社|特约|见习|实习|首席|驻站|全媒体|融媒体|中工网|新华社|"
    r"工人日报)*\s*(?:特约)?(?:记者|通讯员|摄影记者|评论员|实习生|撰稿人|供稿人|报道员)|"
    r"文\s*[/、]\s*图|图\s*[/、]\s*文|(?<![\u3400-\u9fff])(?:图文|文图)(?=[\s:/])|摄影报道|撰文|撰稿人?|供稿人?|整理|文字(?=[\s:/])|"
    r"(?<![\u3400-\u9fff])文(?=[\s:/])|作者|执笔人?|写稿人?|采写|报道|(?<![A-Za-z])[Bb][Yy](?=[\s:.]+[\u3400-\u9fff])\.?|□|■|◎|●|▲|◆|○|☆|★|\*|—+|-+)\s*[:/]?\s*"
)
_ROLE_CUE = re.compile("[者员生道文图稿理笔写Bb□■◎●▲◆○☆★*—-]")  # or _ROLE finds nothing
_ROLE_FIRST = re.compile(
    r"[\s(\[【□■◎●▲◆]*(?:[\u3400-\u9fff]{2,8}[报网社台](?=\S?记者)|本报|本网|本刊|特约|见习|实习|首席|资深|全媒体|融媒体)*"
    r"(?:记者|通讯员|撰文|撰稿|供稿|文/|文图|图/文|文 )"
)
_PEOPLE = re.compile(
    r"记者|通讯员|评论员|实习生|撰稿|供稿|撰文|作者|执笔|报道员"
)  # what follows is a name, whatever its first character
_OTHER_NAMES = re.compile(OTHER_NAMES)
_ASIDE = re.compile(r"[(](?:实习生?|见习|特约|图|文|图文|摄影|供图|整理|编译|翻译|统稿)[)]")  # 王一(实习)
_GOES_ON = re.compile(r"[(\[【][^()\[\]【】]*[)\]】][\u3400-\u9fff]")  # 本报讯(通讯员 王芳)夜里: text behind the names
_AND = re.compile(r"(?<=[\u3400-\u9fff]{2})和(?=[\u3400-\u9fff]{2})")
_WORD = re.compile(r"[^\s、,;/|&()\[\]【】:]+")
_DOT, _CHINESE = re.compile("[·•・]"), re.compile(r"[\u3400-\u9fff]{2,7}")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,7}[·•・][\u3400-\u9fff]{1,8}")


def is_name(text: str) -> bool:
    """Whether `text` reads as one person's name: a known surname and one to three more characters."""
    folded = fold(text)
    if not (_NAME.fullmatch(folded) or is_other_name(folded)) or _is_word(folded):
        return False
    if _DOT.search(folded) or is_other_name(folded):
        return True
    if folded.startswith(DOUBLE):
        return 3 <= len(folded) <= 4
    return folded[0] in SURNAMES and (len(folded) <= 3 or (folded[1] in SURNAMES and len(folded) == 4))


def read_names(text: str, *, told: bool = False) -> list[str]:
    """The names, as printed, where `text` is nothing but names, apart by spaces or commas, roles left out; else [].

    `told`: the place says that people are named (an author's label, brackets at the very end); then, as behind a role
    such as 记者, a name need not begin with a known surname.
    """
    text = text.strip(" 　·•*")
    printed = fold(text)
    if "(" in printed:
        printed = _ASIDE.sub(lambda match: " " * len(match.group()), printed)
    if len(printed) > 80 or _GOES_ON.search(printed):
        return []
    told = told or bool(_PEOPLE.search(printed))
    folded = _ROLE.sub(lambda match: " " * len(match.group()), printed) if _ROLE_CUE.search(printed) else printed
    folded = _AND.sub(" ", folded) if "和" in folded else folded
    spans = [match.span() for match in _WORD.finditer(folded)]
    glued = {text[start:stop] for start, stop in spans if start and printed[start - 1].isalpha()} if told else ()
    words = _join_spaced([text[start:stop] for start, stop in spans], told)
    known = all(is_name(word) or (told and word not in glued and _may_be_name(word)) for word in words)
    return words if words and known else []


def _is_word(folded: str) -> bool:
    """Whether a byline's other words are in `folded`, unless it is a surname and a word that is borne as a name."""
    if not _NOT_NAMES.match(folded):
        return False
    surname = 2 if folded.startswith(DOUBLE) else 1
    return folded[surname:] not in GIVEN or folded[0] not in SURNAMES


def _may_be_name(text: str) -> bool:
    """Whether `text` can be a name where one is expected: two or three characters that are no common word's."""
    folded = fold(text)
    return len(folded) <= 3 and bool(_NAME.fullmatch(folded)) and not _is_word(folded)


def is_other_name(text: str) -> bool:
    """A name of another people than the Han: 苏日娜, 扎西多吉, 阿依古丽."""
    folded = fold(text)
    return bool(_CHINESE.fullmatch(folded) and _OTHER_NAMES.search(folded)) and not _NOT_NAMES.match(folded)


def has_role(text: str) -> bool:
    """Whether a role such as 记者 or 通讯员 is named at the start."""
    return bool(_ROLE_FIRST.match(fold(text)))


def read_post_and_name(text: str) -> tuple[str, str] | None:
    """(post as printed, name) of a line such as 区总工会主席 张三; None where it is anything else."""
    folded = fold(text).strip(" ()")
    printed = text.strip(" 　()（）")
    match = _POST_AND_NAME.fullmatch(folded) or _NAME_AT_POST.fullmatch(folded)
    if not match:
        return None
    name = re.sub(r"\s", "", match["name"])
    if not is_name(name) or re.search(r"[。;!?“”《》—]|访", match["post"]):
        return None
    return printed[match.start("post") : match.end("post")].strip(), name


def _join_spaced(words: list[str], told: bool) -> list[str]:
    """王 明 printed with a space inside is one name, where people are `told` of whatever its surname."""
    out: list[str] = []
    for word in words:
        if len(word) == 1 and out and len(out[-1]) == 1 and (told or fold(out[-1]) in SURNAMES):
            out[-1] += word
        else:
            out.append(word)
    return out
