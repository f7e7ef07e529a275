"""Lines no reader is meant for: what a program that fetched the page wrote above it, licences, calls to subscribe."""

import re

_MARKS = re.compile(r"[:/]|^HTTP")
_FETCHED = re.compile(
    r"(?:HTTP/\d\S*|(?:source|page|original|canonical|base)?[-_ ]?(?:URL|URI|link)|host|referer|"
    r"content[-_](?:type|length|encoding|language|location)|fetched|crawled|retrieved|downloaded|archived|scraped|"
    r"last-modified|server|charset|encoding|status(?:[-_ ]code)?|user-agent|etag|vary|cache-control|set-cookie|"
    r"connection|transfer-encoding|x-[a-z-]{2,30}|warc-[a-z-]{2,30})"
    r"(?:[-_ ](?:at|on|time|date|from|url))?(?:\s*:|\s\d{3}\s)[\x20-\x7e]{0,220}",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"(?:抓取|采集|爬取|快照|存档)(?:时间|日期|网址|地址|链接|来源)\s*:[\x20-\x7e年月日时分秒]{2,120}")
_LICENCE_CUE = re.compile("B2-|执照|不良信息|增值电信|许可|经营")
_LICENCE = re.compile(
    r"[^。]*(?:[\u3400-\u9fff]B2-\d{6,}|营业执照\s|违法和?不良信息举报|增值电信业务|新闻信息服务许可证?|网络文化经营许可|出版物经营许可)[^。]*"
)
_FOLLOW = re.compile(
    r"\W*(?:请)?(?:点击|轻触|长按|戳)?(?:上方|下方|上面|下面|顶部|文末|左上角|右上角|↑|↓).{0,24}(?:关注|订阅)(?:我们|本号|公众号|哦|吧)?\W*"
    r"|\W*(?:点击|轻触|长按|戳)(?:上方|下方|上面|下面|文末)[^。]{0,24}(?:关注|订阅)[^。]{0,12}"
    r"|\W*(?:点击|轻触|戳)\W.{0,20}\W(?:即可|一键)?(?:关注|订阅)(?:我们|本号|公众号|哦|吧)?\W*"
)
_REPRINT = re.compile(r"[^。]{0,24}转载(?:请|时请|须|需)(?:注明|保留|标明)[^。]{0,140}。?")


def is_machine_line(folded: str) -> bool:
    """Whether the line is a fetching program's (URL:, Content-Type:, 抓取时间:), a licence or a call to subscribe."""
    if folded.isascii():
        return bool(_MARKS.search(folded)) and bool(_FETCHED.fullmatch(folded))
    if ("时间" in folded or "网址" in folded or "地址" in folded) and _TAKEN.fullmatch(folded):
        return True
    if ("关注" in folded or "订阅" in folded) and _FOLLOW.fullmatch(folded):
        return True
    if "转载" in folded and _REPRINT.fullmatch(folded):
        return True
    return "。" not in folded and bool(_LICENCE_CUE.search(folded)) and bool(_LICENCE.fullmatch(folded))
