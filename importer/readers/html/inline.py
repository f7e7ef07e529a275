"""One line of a page in the making: its text and the same with inline marks."""

import re
from html import escape

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_TRAILING = re.compile(r"\s+((?:</\w+>)*)$")
_EMPTY_MARK = re.compile(r"<(strong|em|sub|sup|a)(?: [^>]*)?>(\s*)</\1>")
_TWICE = re.compile(r"</(strong|em)>(\s*)<\1>")
_MOST_MARKS = 8  # open at once; deeper ones are read as plain text


class LineBuffer:
    """Takes text and marks in the order of the page. White space is collapsed as a browser does it."""

    def __init__(self):
        self.indent = self.linked = self.length = 0
        self.in_link = False
        self._text: list[str] = []
        self._html: list[str] = []
        self._open: list[tuple[int, str, str]] = []  # element, tag, opening tag as written

    def put(self, text: str) -> None:
        if not text.isalnum():
            text = self._collapsed(text)
            if not text:
                return
        self._text.append(text)
        self._html.append(escape(text, quote=False))
        self.length += len(text)
        if self.in_link:
            self.linked += len(text)

    def _collapsed(self, text: str) -> str:
        if "\n" in text:
            text = _WRAPPED.sub("", text)
        if not self.length:
            text = self._indented(text)
        if not text.isprintable():  # it holds more than one sees and single spaces
            text = _INVISIBLE.sub("", text)
            text = _SPACES.sub(" ", text if self.length else self._indented(text))
        elif "  " in text:
            text = _SPACES.sub(" ", text)
        return text[1:] if text[:1] == " " and self._ends_in_space() else text

    def _indented(self, text: str) -> str:
        """`text` without its leading space, of which the wide and the hard one are the line's indent."""
        bare = text.lstrip()
        if len(bare) < len(text):
            lead = text[: len(text) - len(bare)]
            self.indent += 2 * lead.count("\u3000") + lead.count("\xa0")
        return bare

    def glue(self, words: str) -> None:
        """`words` between two pieces of the line, where nothing parts them yet."""
        if self.length and not self._ends_in_space():
            self._text.append(words)
            self._html.append(escape(words, quote=False))
            self.length += len(words)

    def text(self) -> str:
        """The beginning of the line so far, enough to tell a label."""
        return "".join(self._text[:3])

    def open(self, element: int, tag: str, attributes: str = "") -> None:
        if len(self._open) < _MOST_MARKS and all(tag != other for _element, other, _opening in self._open):
            opening = f"<{tag}{attributes}>"
            self._open.append((element, tag, opening))
            self._html.append(opening)

    def close(self, element: int) -> None:
        """Close the element's mark, if it made one; marks opened later and still open go on after it."""
        if not self._open:
            return
        place = next((i for i, (other, _tag, _opening) in enumerate(self._open) if other == element), None)
        if place is not None:
            later = self._open[place + 1 :]
            self._html += [f"</{tag}>" for _element, tag, _opening in reversed(self._open[place:])]
            self._html += [opening for _element, _tag, opening in later]
            del self._open[place]

    def take(self) -> tuple[str, str, int, int]:
        """The line so far, and an empty one in its place: text, HTML ("" without marks), indent, characters linked."""
        if not self._text:
            self._html, self.indent = [opening for _element, _tag, opening in self._open], 0
            return "", "", 0, 0
        text, html = "".join(self._text).strip(), ""
        if text and len(self._html) > len(self._text):
            html = _tidy("".join(self._html) + "".join(f"</{tag}>" for _e, tag, _o in reversed(self._open)))
        taken = text, html, self.indent, self.linked
        self._text, self._html = [], [opening for _element, _tag, opening in self._open]
        self.indent = self.linked = self.length = 0
        return taken

    def _ends_in_space(self) -> bool:
        return bool(self._text) and self._text[-1][-1] in " \u3000"


def quoted(text: str) -> str:
    """`text` as an attribute's value, written as the house's cleaning of HTML writes it."""
    return escape(text, quote=False).replace('"', "&quot;")


def _tidy(html: str) -> str:
    before = None
    while before != html:
        before, html = html, _TWICE.sub(r"\2", _EMPTY_MARK.sub(r"\2", html))
    html = _TRAILING.sub(r"\1", html.strip())
    return html if "<" in html else ""
