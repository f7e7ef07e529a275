"""Pinyin a broken converter left behind characters, 經(jīng)理: passed over in reading, kept in what is quoted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .paragraphs import Paragraph

GLOSS = re.compile(r"[(（](?<=[\u3400-\u9fff].)[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]")
_TONE = r"[a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}[)）]"
TONE, WIDE_TONE = (
    re.compile(r"\(" + _TONE),
    re.compile("（" + _TONE),
)  # one character is found sooner than either of two


def is_glossed(text: str) -> bool:
    """Whether a reading stands in brackets somewhere in the text."""
    return bool(("(" in text and TONE.search(text)) or ("（" in text and WIDE_TONE.search(text)))


def without_glosses(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Sequence[int]] | None]:
    """The paragraphs without glosses and, for each, where its characters and its end stood; else None."""
    if not any(is_glossed(paragraph.text) for paragraph in paragraphs):
        return list(paragraphs), None
    clean, places = [], []
    for paragraph in paragraphs:
        text, kept, last = paragraph.text, [], 0
        text = GLOSS.sub("", text) if "(" in text or "（" in text else text
        if text == paragraph.text:
            clean.append(paragraph)
            places.append(range(len(text) + 1))
            continue
        for found in GLOSS.finditer(paragraph.text):
            kept += range(last, found.start())
            last = found.end()
        kept += range(last, len(paragraph.text) + 1)
        cells = tuple(GLOSS.sub("", cell) for cell in paragraph.cells)
        clean.append(replace(paragraph, text=text, breaks=(), cells=cells))
        places.append(kept)
    return clean, places


def as_written(found, paragraphs: Sequence[Paragraph], places: Mapping[int, Sequence[int]], words: str = "heading"):
    """A heading or target found in a text without glosses as it stands in the one with them."""
    paragraph, kept = paragraphs[found.paragraph], places[found.paragraph]
    start, end = kept[found.start], kept[found.end]
    line = paragraph.line_at(start)
    return replace(found, start=start, end=end, line=line, **{words: paragraph.text[start:end]})
