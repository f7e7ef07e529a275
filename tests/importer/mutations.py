"""Pages of the kinds that are met, damaged as portals, converters and hands damage them: in their structure.

Every mutant follows from a seed, so that one that was found wrong can be made again by its name.
"""

import re
from collections.abc import Callable, Iterator
from random import Random

from tests.importer.output_schema import pages

LABEL_VALUE = re.compile(
    r"((?:来源|作者|编辑|审核|时间|日期|点击数?|浏览次数|记者|通讯员|单位)\s*[:：])[ \u3000]*[^\s:：]+"
)
TAG = re.compile(r"<[^<>]{1,400}>")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HALF_WIDTH = dict(zip(map(ord, "，。；：！？（）“”"), ',.;:!?()""', strict=True))
BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


def cut(lines: list[str], random: Random) -> list[str]:
    """A page that breaks off at either end, perhaps inside a line."""
    start, stop = sorted(random.randrange(len(lines) + 1) for _ in range(2))
    kept = lines[start:stop] or lines[:1]
    return [*kept[:-1], kept[-1][: random.randrange(len(kept[-1]) + 1)]] if random.random() < 0.5 else kept


def lose(lines: list[str], random: Random) -> list[str]:
    return [line for line in lines if random.random() > 0.15]


def double(lines: list[str], random: Random) -> list[str]:
    """Lines, a stretch of lines, or the whole page, printed twice."""
    how = random.randrange(3)
    if how == 0:
        return [line for line in lines for _ in range(random.choice((1, 1, 2, 3)))]
    if how == 1:
        return lines * random.choice((2, 3))
    start = random.randrange(len(lines))
    stretch = lines[start : start + random.randrange(1, 12)]
    place = random.randrange(len(lines) + 1)
    return [*lines[:place], *stretch, *lines[place:]]


def reorder(lines: list[str], random: Random) -> list[str]:
    """Blocks of lines in another order, as columns and side boxes come out of converters."""
    size = random.choice((1, 3, 8))
    blocks = [lines[at : at + size] for at in range(0, len(lines), size)]
    random.shuffle(blocks)
    return [line for block in blocks for line in block]


def interleave(lines: list[str], random: Random) -> list[str]:
    """Another page's lines between this one's, one by one or in stretches."""
    other = random.choice(texts())[1].split("\n")
    size = random.choice((1, 4, 15))
    mixed = []
    for at in range(0, max(len(lines), len(other)), size):
        mixed += lines[at : at + size] + other[at : at + size]
    return mixed[:800]


def break_columns(lines: list[str], random: Random) -> list[str]:
    """Lines broken at a column's width, with what fills a column up."""
    width, fill = random.choice((1, 7, 20, 38)), random.choice(("", " ", "　　", "|"))
    return [fill + line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width)][:3000]


def join(lines: list[str], random: Random) -> list[str]:
    """All on one line, or few, with or without a gap between paragraphs."""
    gap = random.choice(("", " ", "　　", "\t", "<br>"))
    at = random.randrange(1, len(lines) + 1)
    return [gap.join(lines[:at]), gap.join(lines[at:])]


def empty_labels(lines: list[str], random: Random) -> list[str]:
    return [LABEL_VALUE.sub(lambda found: found[1] if random.random() < 0.7 else found[0], line) for line in lines]


def widen(lines: list[str], random: Random) -> list[str]:
    """Half-width marks and digits made full-width, the other way round, or every second line."""
    table, every = random.choice((FULL_WIDTH, HALF_WIDTH)), random.choice((1, 2))
    return [line.translate(table) if at % every == 0 and "<" not in line else line for at, line in enumerate(lines)]


def unnumber(lines: list[str], random: Random) -> list[str]:
    """Numbers of headings lost, or all made the same."""
    new = random.choice(("", "一、", "1.", "（一）", "第一章 ", "①", "2021年"))
    return [
        re.sub(r"^[\s\u3000]*(?:[一二三四五六七八九十]+、|[(（][^)）]{1,3}[)）]|\d+[.、])", new, line) for line in lines
    ]


def blank(lines: list[str], random: Random) -> list[str]:
    """Empty lines between all, or lines of residue."""
    filler = random.choice(("", "　", "----", "\u200b", "&nbsp;", "\ufffd", "0", "更多>>"))
    return [part for line in lines for part in (line, filler)]


def drop_tags(lines: list[str], random: Random) -> list[str]:
    """Some tags gone, some twice, one cut open, in markup; in plain text, tags where there were none."""
    text = "\n".join(lines)
    if not TAG.search(text):
        tags = ("<p>", "</div>", "<table><tr><td>", "<br/>", "<!--", "<script>", "</p>", "<b")
        return [random.choice(tags) + line if random.random() < 0.3 else line for line in lines]
    share = random.choice((0.05, 0.3, 0.9))
    copies = random.choice((0, 0, 2, 40))
    text = TAG.sub(lambda found: found[0] * copies if random.random() < share else found[0], text)
    if random.random() < 0.3:
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice(("<", "<div ", "<!--", "<![CDATA[", "<style>", "&#")) + text[place:]
    return text[:400_000].split("\n")


STRUCTURES: tuple[Callable[[list[str], Random], list[str]], ...] = (
    cut,
    lose,
    double,
    reorder,
    interleave,
    break_columns,
    join,
    empty_labels,
    widen,
    unnumber,
    blank,
    drop_tags,
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be")
NEWLINES = ("\n", "\n", "\n", "\r\n", "\r", "\n\r\n")


def texts() -> list[tuple[str, str]]:
    """(name, text) of the project's pages that are text or markup."""
    if not _TEXTS:
        for file in pages():
            raw = file.read_bytes()
            if not raw.startswith(BINARY):
                _TEXTS.append((file.name, _decoded(raw)))
    return _TEXTS


_TEXTS: list[tuple[str, str]] = []


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def mutant(number: int, seed: int = 0) -> tuple[str, bytes]:
    """Mutant `number` of a seed: what was done to which page, and the bytes."""
    random = Random(f"{seed}/{number}")
    name, text = texts()[number % len(texts())]
    done, lines = [], text.split("\n")
    for structure in random.sample(STRUCTURES, random.choice((1, 1, 2, 3))):
        lines = structure(lines, random) or [""]
        done.append(structure.__name__)
    newline, encoding = random.choice(NEWLINES), random.choice(ENCODINGS)
    raw = newline.join(lines).encode(encoding, "replace")
    if random.random() < 0.15:
        raw = _broken(raw, random)
        done.append("bytes")
    return f"{number} {name} {'+'.join(done)} {encoding}", raw


def _broken(raw: bytes, random: Random) -> bytes:
    """Bytes as a bad disk or a bad download leaves them: a hole, a missing stretch, a second copy, NULs."""
    start, stop = sorted(random.randrange(len(raw) + 1) for _ in range(2))
    stop = min(stop, start + 300)
    filler = random.choice((b"", b"\0" * (stop - start), raw[start:stop] * 2, b"\xff\xfe", b"\x81"))
    return raw[:start] + filler + raw[stop:]


def mutants(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    return (mutant(number, seed) for number in range(count))
