"""The union a text is about: each counted by its full name and by the short forms that stand for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importer.document import Line
from importer.rules.own_units import level_of_unit, named_unit, relative_unions
from importer.rules.union_mentions import CONGRESS, GUIDED, as_written, read_name, union_mentions
from organizations.names import Mention, UnionName
from organizations.union_words import ANONYMOUS, UNION_WORD

_AGENT = re.compile(r"\S{0,14}?(?:主办|牵头|举办|承办|组织|发起|开展|出资|负责)")
_LEADER = re.compile(
    r"(?:党组书记、|党组|常务)*(?:副?主席|书记|部长|领导)[^,。;:]{0,20}(?:指出|强调|讲话|要求|说|曾|提出)"
)
PARAGRAPHS, CHARACTERS = 60, 2000
_ENOUGH = 0.9  # of what one mention of one that acts weighs


@dataclass
class Subject:
    """A union and how much the text speaks of it; `name` is None where only its kind of unit is told (`level`)."""

    name: UnionName | None
    line: Line
    weight: float = 0.0
    level: str | None = None
    rule: str = "subject-of-text"


def subject_of_text(
    paragraphs: Sequence[Line], kind: str, context: str, site: str | None, around: Sequence[str | None]
) -> Subject | None:
    """The union the text speaks of most; the opening counts threefold, bodies above it that it follows hardly.

    镇总工会 and 集团工会 count for the one of that kind that the text, or the words `around` it, name in full.
    """
    subjects: list[Subject] = []
    short: dict[str, list[tuple[float, Line, str]]] = {}
    for order, line in enumerate(paragraphs[:PARAGRAPHS]):
        text = line.text[:CHARACTERS]
        mentions = union_mentions(text)
        read = [(mention, read_name(as_written(text, mention), context, site)) for mention in mentions]
        for mention, name in read:
            if name and _counts(name, line, mention, kind):
                _of(subjects, name, line).weight += (3.0 if order == 0 else 1.0) * _share(line.folded, mention)
        for match in relative_unions(text, [mention for mention, name in read if name]):
            short.setdefault(match["unit"], []).append((3.0 if order == 0 else 1.0, line, match["word"]))
    for unit, rows in short.items():
        subject = _bearer(subjects, unit)
        if not subject:
            texts = [line.text for line in paragraphs[:12]]
            word = _most([word for *_, word in rows])
            name = named_unit(unit, word, around, texts, reported=kind == "news")
            subject = Subject(name, rows[0][1], level=level_of_unit(unit), rule="own-unit-in-text")
            subjects.append(subject)
        subject.weight += sum(weight for weight, *_ in rows)
    best = max(subjects, key=lambda subject: subject.weight, default=None)
    return best if best and best.weight >= _ENOUGH else None


def _counts(name: UnionName, line: Line, mention: Mention, kind: str) -> bool:
    if CONGRESS.search(mention.text) or (
        kind == "speech" and _LEADER.match(line.folded[mention.end : mention.end + 60])  # a leader quoted
    ):
        return False
    if name.level == "national" and kind != "news":
        return False
    return not name.anonymised or bool(ANONYMOUS.search(name.written))


def _share(folded: str, mention: Mention) -> float:
    """A union that is only followed, obeyed or asked (根据…, 在…指导下) counts less; 由…主办 tells who acts."""
    guided = GUIDED.search(folded[max(0, mention.start - 20) : mention.start])
    follows = guided and not (guided.group().startswith("由") and _AGENT.match(folded[mention.end : mention.end + 40]))
    return 0.3 if follows else 1.0


def _of(subjects: list[Subject], name: UnionName, line: Line) -> Subject:
    """The subject of that name, or whose name ends with it or begins it: 采油厂工会 is the 老君庙采油厂工会."""
    body = _body(name)
    for subject in subjects:
        known = _body(subject.name)
        if known == body:
            return subject
        if subject.name.level == name.level and len(min(body, known, key=len)) > 1 and not name.division:
            if known.endswith(body):
                return subject
            if body.endswith(known):
                subject.name, subject.line = name, line
                return subject
    subjects.append(Subject(name, line))
    return subjects[-1]


def _bearer(subjects: list[Subject], unit: str) -> Subject | None:
    """The subject that a unit's short form stands for: the most spoken of whose name ends so."""
    fits = [subject for subject in subjects if subject.name and _body(subject.name).endswith(unit)]
    return max(fits, key=lambda subject: subject.weight, default=None)


def _body(name: UnionName) -> str:
    return UNION_WORD.split(name.canonical)[0]


def _most(words: list[str]) -> str:
    return max(words, key=words.count)
