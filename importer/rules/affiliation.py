"""Which union an article is about and from: the subject, not the first 工会 in sight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from importer.document import Line, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.own_level import level_alone
from importer.rules.own_units import own_union, union_of_site
from importer.rules.pollution import unpolluted
from importer.rules.subjects import subject_of_text
from importer.rules.union_mentions import read_name, subject_of, union_mentions
from organizations.names import UnionName
from organizations.union_words import UNION_WORD, ZONE, ZONE_ALONE

_ENTITY = re.compile(
    r"(?P<name>[\u3400-\u9fffxX×]{1,24}?(?:小学|中学|学校|高中|初中|幼儿园|大学|学院|医院|卫生院|公司|集团|厂|银行|供电所|供电局|局|站|中心|分公司|矿|煤矿|电厂|镇|乡|街道|社区|村|[县市区旗]))"
    r"(?:\d{4}|[二一][〇零○]|20[xX×]{2}|xx|第|关于|[上下]半年|年|工会|[(]|——|--)"
)
_UNIT_ACTS = re.compile(
    r"(?P<name>[\u3400-\u9fffxX×]{2,24}?(?:小学|中学|学校|高中|幼儿园|大学|学院|医院|卫生院|公司|集团))(?=召开|举行|举办|开展|组织|启动|选举)"
)
# 省总工会向某县总工会赠书: whose page it is, only the site tells.
_GIVES = re.compile(r".{0,10}?[向为给](?P<host>.{2,20}?)(?:赠|捐|授|颁|送|拨|发放|反馈)")
# 省总工会领导到我县调研: the union that visits is not the one whose page it is.
_VISITS = re.compile(
    r".{0,14}?(?:到|来|赴|莅临|走进|深入)(?P<host>.{1,20}?)(?:调研|考察|检查|指导|督导|督查|观摩|视察|走访|慰问|参观|交流)"
)
_SPOKEN_AT = re.compile(r"[在于].{4,40}(?:上|中)的?.{0,6}(?:发言|交流|汇报|述职)")  # a guest speaks there
_LEVELS = ("national", "province", "city", None, "industry", "district", "township", "community", "enterprise")


# A plan's own heading, 某市公共交通总公司工会 above 2020年工作计划, under the short name a library of papers gave it.
_HEADING = re.compile(r"(?P<name>[\u3400-\u9fff()]{6,30}工会)(?:委员会)?(?:\s*\d{4}年.{0,20})?$")
# 临江:搬运工签下首份合同; 临江市总:… heads a story of a paper's page.
_PLACE_FIRST = re.compile(r"(?P<place>[\u3400-\u9fff]{2,6}?)(?P<kind>[省市县区旗州盟]?)(?:总工?会?)?(?:\s*[:|丨]|$)")
SHORT = 9


@dataclass(frozen=True)
class Where:
    """The places an organisation may be named in, best first; `site` is whose site it seems to be.

    `common` is the title of the collection the article stands in.
    """

    title: Line | None
    title_text: str | None
    kind: str
    paragraphs: Sequence[Line]
    sign_off: Sequence[Line] = ()
    banner: Sequence[Line] = ()
    publisher: str | None = None
    source: str | None = None
    post: str | None = None
    breadcrumb: Sequence[str] = ()
    site: str | None = None
    common: str | None = None
    kicker: str | None = None


class Affiliation(NamedTuple):
    """The union as recognised (value: canonical name), as written, its level and parent; None where unknown."""

    organization: Found = NOTHING
    written: str | None = None
    level: Found = NOTHING
    parent: Found = NOTHING


def read_affiliation(where: Where) -> Affiliation:
    """The article's union by title, signature, masthead, text, author's post, source and site, in this order.

    Relative names (市总工会, 区总) are resolved inside the page's own context only; a parent is given only where known.
    """
    where = _without_readings(where)
    context = "\n".join(
        filter(
            None,
            [
                where.title_text,
                *[line.text for line in where.banner],
                where.source,
                where.publisher,
                *where.breadcrumb,
                *[line.text for line in where.paragraphs],
            ],
        )
    )[:4000]
    site = next(
        (text for text in (where.site, where.source, where.publisher, *where.breadcrumb) if text and "工会" in text),
        where.site,
    )
    for rule, words, line, confidence in _places(where):
        name = subject_of(words, context, site)
        if name and rule == "title" and (host := _visited(words, name, where, context, site)):
            return _affiliation(host, "visited", words, line, "medium")
        if name:
            return _affiliation(_lengthened(name, where, context, site), rule, words, line, confidence)
    if where.kind == "speech" and (name := _speaker(where.post, context, site)):
        return _affiliation(name, "author-post", name.written, None, "medium")
    around = [*[line.text for line in where.banner], where.site, where.publisher, where.source, *where.breadcrumb]
    around = [*[line.text for line in where.sign_off], *around]
    if name := own_union([where.title_text or ""], around):
        return _affiliation(name, "own-unit", name.written, None, "medium")
    if name := _union_of_place(where, context, site):
        return _affiliation(name, "place-in-title", name.written, None, "medium")
    subject = subject_of_text(where.paragraphs, where.kind, context, site, [*around, where.title_text])
    if subject and subject.name:
        name = _lengthened(subject.name, where, context, site)
        return _affiliation(name, subject.rule, subject.line.text, subject.line.number, "medium")
    for rule, words in (
        ("author-post", _union_of_post(where.post)),
        ("source", where.source),
        ("publisher", where.publisher),
        ("site", where.site),
        *(("site", line.text) for line in where.banner if len(line.text) <= 40),
        *(("site", part) for part in where.breadcrumb),
    ):
        name = subject_of(words, context, site) if words else None
        if name:
            return _affiliation(name, rule, words, None, "low" if rule == "site" else "medium")
    name = union_of_site([*[line.text for line in (*where.sign_off, *where.banner)], where.site])
    if name:
        return _affiliation(name, "unit-of-site", name.written, None, "low")
    level = level_alone(where.title, where.title_text, where.kind, where.post, where.paragraphs)
    return Affiliation(level=level if level.value else level_alone(None, where.common, "", None, ()))


def _without_readings(where: Where) -> Where:
    """The same places without the readings a converter has left in them: 總工會(huì)."""
    return replace(
        where,
        title_text=where.title_text and unpolluted(where.title_text),
        paragraphs=[_unpolluted_line(line) for line in where.paragraphs],
        sign_off=[_unpolluted_line(line) for line in where.sign_off],
        banner=[_unpolluted_line(line) for line in where.banner],
        source=where.source and unpolluted(where.source),
    )


def _unpolluted_line(line: Line) -> Line:
    text = unpolluted(line.text)
    return line if text is line.text else replace(line, text=text)


def _visited(title: str, visitor: UnionName, where: Where, context: str, site: str | None) -> UnionName | None:
    """The union that a title's visitor comes to: that of the site or source, else the one named with the place."""
    mention = next(iter(union_mentions(title)), None)
    after = fold(title)[mention.end :] if mention else ""
    visit = _VISITS.match(after) or _GIVES.match(after)
    if not visit:
        return None
    for words in (where.source, where.publisher, where.site, *[line.text for line in where.banner]):
        host = subject_of(words, context, site) if words else None
        if host:
            return host if host.canonical != visitor.canonical else None
    if visit.re is _GIVES:
        return None
    place = re.sub("^(?:我|本)", "", visit["host"])
    for line in where.paragraphs[:8]:
        for other in union_mentions(line.text[:2000]):
            if len(place) > 1 and place in other.text and (host := read_name(other.text, context, site)):
                return host if _LEVELS.index(host.level) > _LEVELS.index(visitor.level) else None
    return None


def _places(where: Where):
    """(rule, words, line, confidence) where one name settles it."""
    if where.title_text and not _SPOKEN_AT.match(fold(where.title_text)):
        line = where.title.number if where.title else None
        yield "title", where.title_text, line, "high"
        entity = _entity(where.title_text)
        if entity:
            yield "unit-in-title", entity, line, "medium"
    for sign in where.sign_off:
        if len(sign.text) <= 40:
            yield "sign-off", sign.text, sign.number, "high"
    for line in where.banner:
        if where.kind in ("plan", "notice", "document") and len(line.text) <= 40:
            yield "masthead", line.text, line.number, "medium"


def _entity(title: str) -> str | None:
    """A school, firm or place that heads a plan's title without the word 工会 beside it: 实验小学2019年工会工作计划."""
    folded = fold(title)
    bare = re.sub(r"^[\"“《(].{0,12}[)》”\"]", "", folded)
    match = _ENTITY.match(bare) or _UNIT_ACTS.match(bare)
    if not match or ("工会" not in folded and not re.search("职代会|教代会|职工", folded)):
        return None
    return match["name"] + "工会"


def _union_of_place(where: Where, context: str, site: str | None) -> UnionName | None:
    """The union of the place that a headline or the line above it sets before a colon, where the text names it."""
    for words, whole in ((where.title_text, False), (where.kicker, True)):
        head = _PLACE_FIRST.match(fold(words or "")) if where.kind == "news" else None
        if not head or (not whole and head.end() == len(words)):
            continue
        for line in where.paragraphs[:8]:
            for mention in union_mentions(line.text[:2000]) if head["place"] in line.text else ():
                if re.match(head["place"] + "[省市县区旗州盟]?总", fold(mention.text)):
                    return read_name(mention.text, context, site)
    return None


def _speaker(post: str | None, context: str, site: str | None) -> UnionName | None:
    """The union a speaker's post names in full: a speech is of who gives it, whatever it speaks of."""
    name = subject_of(post, context, site) if post and union_mentions(fold(post)) else None
    return name if name and name.level != "national" else None


def _union_of_post(post: str | None) -> str | None:
    """The union an author's post names: X区人大常委会副主任、总工会主席 is X区总工会."""
    folded = fold(post or "")
    if not folded or "工会" not in folded or union_mentions(folded):
        return post
    match = re.match(r"(?:.*?省)?(?:.*?市)?([\u3400-\u9fff]{2,8}?[市区县旗州省])(?:人大|政协|委|人民政府|政府)", folded)
    return folded[: match.end(1)] + "总工会" if match else None


def _affiliation(name: UnionName, rule: str, words: str, line: int | None, confidence: str) -> Affiliation:
    return Affiliation(
        found(name.canonical, rule, name.written, line, confidence),
        name.written,
        found(name.level, rule, name.written, line, confidence) if name.level else NOTHING,
        found(name.parent, "division" if name.division else "name", name.written, line, confidence)
        if name.parent
        else NOTHING,
    )


def _lengthened(name: UnionName, where: Where, context: str, site: str | None) -> UnionName:
    """教育工会 in a title is the 张店区教育工会 of the text: the one longer name that ends with it.

    A zone's short name (经开区总工会) is that of the one zone which the site, the source or the banner names.
    """
    if ZONE_ALONE.match(name.canonical):
        for words in (where.site, where.source, where.publisher, *[line.text for line in where.banner]):
            full = words and (
                subject_of(words, context, site)
                or read_name(re.sub("(?:管委会|管理委员会|党工委).*$", "", words) + "总工会", context, site)
            )
            if full and ZONE.search(UNION_WORD.split(full.canonical)[0]) and len(full.canonical) > len(name.canonical):
                return full
    if name.division or name.anonymised or name.level not in ("industry", "enterprise", "district", "township", None):
        return name
    for line in where.paragraphs[:3] if name.level == "enterprise" and len(name.canonical) < SHORT else ():
        head = _HEADING.match(line.text)
        full = head and read_name(head["name"], context, site)
        if full and full.level == "enterprise" and full.canonical[-4:] == name.canonical[-4:]:
            return full
    longer = {}
    for line in where.paragraphs[:12]:
        for mention in union_mentions(line.text[:2000]):
            if mention.text.endswith(name.written) and len(mention.text) > len(name.written):
                full = read_name(mention.text, context, site)
                if full and full.level == name.level:
                    longer[full.canonical] = full
    return longer.popitem()[1] if len(longer) == 1 else name
