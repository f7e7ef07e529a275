"""A title that hides: printed letter by letter, or with the day of publication on its line."""

import re
from collections.abc import Sequence

from importer.document import Line
from importer.rules.dates import find_dates
from importer.rules.label_words import FIELD
from importer.rules.toolbars import is_toolbar

_HEAD = 40  # lines; the title is looked for in no more
_LETTERS = re.compile(r"\S(?:[ \u3000\u00a0]{1,3}\S){5,}")
_CHINESE = re.compile("[\u3400-\u9fff]")
_TITLED = re.compile(
    r"工会|职工|劳模|工匠|女工|要点|计划|总结|安排|思路|打算|方案|通知|公告|公示|意见|讲话|报告|召开|举行|举办|开展|启动|部署|走访|慰问|[“”《》]"
)
_NO_TITLE = re.compile(
    r"[:|。;]|\s{3,}|星期|周[一二三四五六日]|农历|版|欢迎|今天|(?:网|报|社|台|会|部|室|政府|局|办|处|号|人|次|编|编印|主办|编制|印发)$"
)
_EDGES = " \u3000|·-—[]()【】<>/,"


def opened(lines: Sequence[Line]) -> list[Line]:
    """`lines` with a title printed letter by letter closed up, and a title beside its day on a line of its own."""
    out = [_closed_up(line) for line in lines]
    stop = next((place for place, line in enumerate(out) if len(line.text) >= 60), len(out))
    parted = {place: two for place, line in enumerate(out[: min(stop, _HEAD)]) if (two := _parted(line))}
    if len(parted) != 1:
        return out  # none, or a list of other pages with their days
    place, two = parted.popitem()
    return [*out[:place], *two, *out[place + 1 :]]


def _closed_up(line: Line) -> Line:
    if len(line.text) < 11 or line.text[1] not in " \u3000\u00a0" or line.mark or not _LETTERS.fullmatch(line.text):
        return line
    words = re.sub(r"[ \u3000\u00a0]", "", line.text)
    if len(_CHINESE.findall(words)) * 2 < len(words) or is_toolbar(line.folded):
        return line
    return Line(line.number, words, line.indent, whole=True)


def _parted(line: Line) -> tuple[Line, Line] | None:
    """2020-05-22 工会把清凉送到工地: the title and the day as two lines."""
    folded = line.folded
    if not 14 <= len(folded) <= 90 or line.mark or not folded.strip(_EDGES + "日")[:1]:
        return None
    dates = find_dates(folded)
    if len(dates) != 1 or dates[0].precision == "month":
        return None
    start, end = dates[0].start, dates[0].end
    while start and folded[start - 1] in _EDGES:
        start -= 1
    while end < len(folded) and folded[end] in _EDGES + "日":
        end += 1
    if (start and end < len(folded)) or (not start and end == len(folded)):
        return None
    title = line.text[:start] if start else line.text[end:]
    day = line.text[start:] if start else line.text[:end]
    if not 8 <= len(title) <= 60 or not re.match(r"\d{4}", day.strip(_EDGES)) or title in FIELD:
        return None
    if (
        _NO_TITLE.search(title)
        or not _CHINESE.search(title)
        or not (_TITLED.search(title) and re.search(r"\s", line.text))
    ):
        return None
    return Line(line.number, title.strip(), line.indent, whole=True), Line(line.number, day.strip(_EDGES), whole=True)
