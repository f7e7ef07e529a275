"""Full-width punctuation (全角标点) for Chinese text that came with half-width marks. Pure, offered, never forced.

Only marks change, never a word: canonical(full_width(text)) == canonical(text), so quoted sentences are found again.
"""

import re
from html import escape

from lxml import etree

from .html import BLOCK_TAGS, parse

_HAN = r"[㐀-䶿一-鿿豈-﫿　-〃《-】＀-￯“”‘’%％]"
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile(rf"(?<={_HAN})\s*([,;:?!])\s?|\s?([,;:?!])\s*(?={_HAN})")
_BRACKETS = re.compile(r"\(([^()（）]*[㐀-鿿][^()（）]*)\)")
_DASH = re.compile(r"(?<=[㐀-鿿”’》])\s*(?<!-)--(?!-)\s*|\s*(?<!-)--(?!-)\s*(?=[㐀-鿿“‘《])")
_HAS_HAN = re.compile(r"[㐀-鿿]")


def full_width(text: str) -> str:
    """One paragraph of text with , ; : ? ! ( ) -- and straight quotes beside Chinese characters made full-width.

    Marks between Latin letters or digits (10:54, 1,000, addresses) stay; quotes are paired only where they are even.
    """
    if not _HAS_HAN.search(text):
        return text
    text = _quotes(_quotes(text, '"', "“”"), "'", "‘’")
    text = _BRACKETS.sub(r"（\1）", text)
    text = _DASH.sub("——", text)
    while (changed := _MARK.sub(lambda match: _MARKS[match[1] or match[2]], text)) != text:
        text = changed  # a mark made full-width may stand beside another
    return text


def _quotes(text: str, straight: str, pair: str) -> str:
    pieces = text.split(straight)
    if len(pieces) < 3 or len(pieces) % 2 == 0:
        return text
    return pieces[0] + "".join(pair[number % 2] + piece for number, piece in enumerate(pieces[1:]))


def full_width_html(html: str) -> str:
    """A cleaned body with the text of each block made full-width; addresses in attributes are not touched."""
    if not html.strip():
        return html
    root = parse(html)
    for block in [root, *(node for node in root.iter() if node.tag in BLOCK_TAGS | {"td", "th"})]:
        _change_block(block)
    return escape(root.text or "", quote=False) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )


def _change_block(block) -> None:
    """Change the text nodes of one block together, so that a pair of quotes may span an inline tag."""
    nodes = list(_own_text(block))
    text = "\0".join(value for _, _, value in nodes)
    changed = full_width(text).split("\0")
    if len(changed) == len(nodes):
        for (node, attribute, _), value in zip(nodes, changed, strict=True):
            setattr(node, attribute, value)


def _own_text(node, top: bool = True):
    """(element, "text" or "tail", value) of the text in a block, what stands in blocks inside it left out."""
    if top or node.tag not in BLOCK_TAGS | {"td", "th"}:
        if node.text:
            yield node, "text", node.text
        for child in node:
            yield from _own_text(child, False)
    if not top and node.tail:
        yield node, "tail", node.tail
