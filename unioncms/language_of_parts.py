"""Chinese words in a page in another language say so (WCAG 3.1.2), wherever they come from: titles, names, tags."""

import re

from django.utils.translation import get_language

_TOKEN = re.compile(r"<!--.*?-->|<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_LANG = re.compile(r"\slang=[\"']?([\w-]+)")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_OF_TEXT_ALONE = frozenset(["option", "script", "style", "textarea", "title"])  # no element may stand in these
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_SIGNS = " \\d%、，。；：？！“”‘’《》〈〉（）【】〔〕—…·"
_CHINESE = re.compile(rf"[\d“‘《（〔【]*[{_HAN}](?:[{_HAN}{_SIGNS}]*[{_HAN}，。；：？！”’》〉）】〕])?")


def mark_chinese(html: str) -> str:
    """The page with `<span lang="zh-CN">` around Chinese words that stand in no element said to be Chinese."""
    out, place, opened = [], 0, [("", False, False)]  # of each open element: its name, Chinese, of text alone
    for token in _TOKEN.finditer(html):
        out.append(_marked(html[place : token.start()], opened[-1]))
        out.append(token[0])
        place = token.end()
        closing, name, attributes = token[1], (token[2] or "").lower(), token[3]
        if not name or name in _VOID:
            continue
        if not closing:
            lang = _LANG.search(attributes)
            chinese = lang[1].startswith("zh") if lang else opened[-1][1]
            opened.append((name, chinese, name in _OF_TEXT_ALONE or opened[-1][2]))
        elif any(name == element[0] for element in opened):
            while opened.pop()[0] != name:
                pass
    return "".join([*out, _marked(html[place:], opened[-1])])


def _marked(text: str, element: tuple[str, bool, bool]) -> str:
    _name, chinese, of_text_alone = element
    return text if chinese or of_text_alone else _CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', text)


class LanguageOfPartsMiddleware:
    """Marks the pages that are not in Chinese; the desk's are left as Django writes them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if page and not get_language().startswith("zh") and not request.path.startswith("/admin/"):
            response.content = mark_chinese(response.content.decode(response.charset))
        return response
