"""Information lines that speak of every piece of a page: a newspaper's masthead, the line under a common title."""

from collections.abc import Sequence
from dataclasses import replace

from importer.rules.info_lines import InfoLine
from importer.rules.page import is_prose
from importer.rules.pieces import Split

_OF_DAY = {"date", "updated", "made"}


def shared_infos(split: Split, own: Sequence[InfoLine]) -> list[InfoLine]:
    """The page's information lines with what a piece does not say itself in `own`, its own lines."""
    if len(split.pieces) < 2:
        return [item.info for item in split.shared if item.info]
    common = [item.info for item in split.shared if item.info]
    if split.kind == "newspaper":
        every = [item.info for piece in split.pieces for item in piece.items if item.info]
        common += [info for info in every if any(label.label == "版" for label in info.labels)]
    else:
        common += _above_text(split)
    told = {label.field for info in own for label in info.labels if label.value}
    told |= _OF_DAY if told & _OF_DAY else set()
    fresh = [info for info in dict.fromkeys(common) if info not in own]
    return [replace(info, labels=tuple(label for label in info.labels if label.field not in told)) for info in fresh]


def _above_text(split: Split) -> list[InfoLine]:
    """The lines at the head of the page, before any text of the first piece."""
    infos = []
    for item in split.pieces[0].items:
        if item.role == "text" and is_prose(item.line.folded):
            break
        if item.info:
            infos.append(item.info)
    return infos
