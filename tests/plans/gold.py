"""The seeds as the grammars see them: the gold's articles with their paragraphs, and the swaps a variant is made by."""

import json
import re
from pathlib import Path

from plans.grammar.outline import Paragraph

ROOT = Path(__file__).resolve().parents[2]
GOLD = json.loads((ROOT / "tests/data/seed-gold.json").read_text("utf-8"))
TO_FULL = str.maketrans(",:;?!()%0123456789", "，：；？！（）％０１２３４５６７８９")
TO_WIDE_PUNCTUATION = str.maketrans(",:;?!()", "，：；？！（）")
TO_STRAIGHT = str.maketrans("“”", '""')
TO_CORNER = str.maketrans("“”‘’", "「」『』")


def paragraphs(seed: str, article: dict) -> list[Paragraph]:
    """The article's body lines of the seed, broken ones rejoined, each with the line it starts in."""
    lines = (ROOT / "fixtures/seeds" / seed).read_text("utf-8").split("\n")
    joined = {second: first for first, second in (row["lines"] for row in article.get("joined_paragraphs") or [])}
    found, index = [], {}
    for first, last in article["body_lines"]:
        for number in range(first, last + 1):
            text = lines[number - 1]
            if not text.strip() or number == article.get("byline_line"):
                continue
            if number in joined:
                at = index[joined[number]]
                head = found[at].text.rstrip()
                breaks = (*found[at].breaks, (len(head), number))
                found[at] = Paragraph(found[at].line, head + text.lstrip(), breaks)
                index[number] = at
            else:
                index[number] = len(found)
                found.append(Paragraph(number, text))
    return found


ARTICLES = [(seed, article, paragraphs(seed, article)) for seed, page in GOLD.items() for article in page["articles"]]
NAMES = [f"{seed[:3]}-{article['index']}" for seed, article, _ in ARTICLES]


def headings(article: dict) -> list[tuple]:
    """The gold's headings in reading order: level, number, text, line, style."""
    rows = [row for top in article["outline"] for row in (top, *top.get("children", []))]
    return [(row["level"], row["number"], row["text"], row["line"], row["style"]) for row in rows]


def changed(found: list[Paragraph], change) -> list[Paragraph]:
    """Paragraphs with a change of text applied; the change keeps lengths where a paragraph has breaks."""
    return [Paragraph(paragraph.line, change(paragraph.text), paragraph.breaks) for paragraph in found]


def in_chinese(number: int) -> str:
    """A number up to 99 999 999 in Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        return (
            in_chinese(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (in_chinese(rest) if rest else "")
        )
    digits, words = "零一二三四五六七八九", ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += digits[digit] + name
        elif words and not words.endswith("零") and number:
            words += "零"
    return re.sub("^一十", "十", words.rstrip("零"))
