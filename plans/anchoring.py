"""Anchors of a plan (锚点): where each clause's heading and each target's sentence stands in the article's text.

After any change of the text a row stands at words equal to its own or is marked broken; it is never moved silently to
other words, nor to the same words in another place where the text does not tell which place is its own.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from articles.canonical import canonical
from articles.html import plain_text
from articles.models import Revision
from organizations.audit import record

from .models import Clause, Target, WorkPlan
from .page.words import PlanText
from .same_words import Change, Printed

Row = Clause | Target


def words_of(row: Row) -> str:
    """The canonical words that the span of `row` holds: a target's sentence, a clause's heading without its number."""
    return canonical(row.quote if isinstance(row, Target) else row.heading)


@dataclass
class Found:
    """Where rows stand in a text; a row that is not in `places` is broken."""

    places: dict[Row, tuple[int, int]] = field(default_factory=dict)
    numbers: dict[Clause, str] = field(default_factory=dict)  # of clauses that have another number now
    reworded: list[Target] = field(default_factory=list)  # part of a longer sentence now


def find_again(clauses: Sequence[Clause], targets: Sequence[Target], old: str, new: str) -> Found:
    """Where the rows, whose spans speak of the text `old`, stand in `new` (both as plain_text gives them).

    A row that stood at its words follows them by their neighbourhood (same_words.Change). A broken one stands again
    where its words have come back. One whose words were changed by hand stands where they are found once, else at the
    one place over its old span, else at the only one inside its clause.
    """
    before, after = Printed.of(old), Printed.of(new)
    change, found = Change(before, after), Found()
    _find(clauses, change, found)
    spans = _extents(clauses, found, len(after.text))
    _find(targets, change, found, inside=lambda target: spans.get(target.clause_id))
    for clause in clauses:
        if (span := found.places.get(clause)) and before.numbers.get(clause.start) and after.numbers.get(span[0]):
            printed = after.numbers[span[0]]
            if canonical(printed) != canonical(clause.number) == canonical(before.numbers[clause.start]):
                found.numbers[clause] = printed[:20]
    for target in targets:
        if (span := found.places.get(target)) and _stands(target, before, words_of(target)):
            grown = before.begins(target.start) and not after.begins(span[0])
            if grown or (before.ends(target.end) and not after.ends(span[1])):
                found.reworded.append(target)
    return found


def _stands(row: Row, text: Printed, words: str) -> bool:
    return not row.broken and bool(words) and text.text[row.start : row.end] == words


def _find(rows: Iterable[Row], change: Change, found: Found, inside: Callable = lambda row: None) -> None:
    """Put the places of `rows` into `found`, those of equal words together."""
    old, new = change.old, change.new
    keyed = sorted(((_kind(row, old), row) for row in rows), key=lambda pair: (pair[0], pair[1].start))
    for (words, _begins, _ends), group in groupby(keyed, key=lambda pair: pair[0]):
        same = [row for _key, row in group]
        standing = [row for row in same if _stands(row, old, words)]
        lost = [row for row in same if row.broken]
        stood, stand = ([at for at in text.places(words) if _fits(same[0], text, at, old)] for text in (old, new))
        went = change.follow(len(words), stood, stand)
        at = {row: went.places[row.start] for row in standing if row.start in went.places}
        gone = sorted({row.start for row in lost})
        if len(gone) == len(went.others) and not {row.start for row in standing} & set(went.unclear):
            back = dict(zip(gone, went.others, strict=True))
            at |= {row: back[row.start] for row in lost}
        for row in same:
            if (
                row not in standing
                and row not in lost
                and (place := _choose(row, stand, len(words), inside(row))) is not None
            ):
                at[row] = place
        found.places |= {row: (place, place + len(words)) for row, place in at.items()}


def _kind(row: Row, old: Printed) -> tuple[str, bool, bool]:
    """What rows must have in common to be found together: the words; for headings where in a line they stand."""
    if isinstance(row, Target):
        return words_of(row), False, False
    return words_of(row), row.style != Clause.Style.INLINE, row.style == Clause.Style.STANDALONE


def _fits(row: Row, text: Printed, at: int, old: Printed) -> bool:
    """Whether `at` can be a place of `row`: a heading that began and ended a line is not found inside a sentence."""
    words, begins, ends = _kind(row, old)
    return (not begins or text.begins(at)) and (not ends or text.ends(at + len(words)))


def _choose(row: Row, places: list[int], length: int, extent: tuple[int, int] | None) -> int | None:
    """The place of words set by hand, where it is clear which."""
    over = [at for at in places if at < row.end and row.start < at + length]
    within = [at for at in places if extent and extent[0] <= at < extent[1]]
    return next((choice[0] for choice in (places, over, within) if len(choice) == 1), None)


def _extents(clauses: Sequence[Clause], found: Found, length: int) -> dict[int, tuple[int, int]]:
    """For each clause that stands, from its heading to the next one's."""
    starts = sorted((found.places[clause][0], clause.pk) for clause in clauses if clause in found.places)
    ends = [start for start, _pk in starts[1:]] + [length]
    return {pk: (start, end) for (start, pk), end in zip(starts, ends, strict=False)}


def _follow(clauses: Sequence[Clause], new: str, those: Collection[Clause]) -> None:
    """Let the text of `those` among `clauses` be what stands below their headings in `new`; what is broken has none."""
    text = PlanText(new)
    for clause in those:
        clause.text = "" if clause.broken else text.own(*text.extent(clause, clauses))


@transaction.atomic
def reanchor(plan: WorkPlan, revision: Revision, by=None) -> list[Target]:
    """Find every clause and target again in `revision`; return the targets that are broken now.

    What a change of text did is kept in `plan.reanchored` and written to the audit trail: numbers of the targets that
    stand at another offset, are broken, stand again, or stand in a sentence that has grown, and of broken clauses.
    """
    locked = WorkPlan.objects.select_for_update(of=("self",)).select_related("article__owner", "text_revision")
    locked = locked.get(pk=plan.pk)
    old, new = (plain_text(one.body) for one in (locked.text_revision, revision))
    clauses, targets = list(locked.clauses.all()), list(locked.targets.all())
    found = find_again(clauses, targets, old, new)
    was = {target: (target.start, target.broken) for target in targets}
    lost = {clause for clause in clauses if clause.broken}
    for row in (*clauses, *targets):
        row.broken = row not in found.places
        row.start, row.end = found.places.get(row, (row.start, row.end))
    for clause, number in found.numbers.items():
        clause.number = number
    _follow(clauses, new, clauses if old != new else lost)
    Target.objects.bulk_update(targets, ["start", "end", "broken"], batch_size=200)
    Clause.objects.bulk_update(clauses, ["start", "end", "broken", "number", "text"], batch_size=200)
    if locked.text_revision_id != revision.pk:
        stand = [target for target in targets if not target.broken]
        told = {
            "moved": [target.pk for target in stand if target.start != was[target][0]],
            "healed": [target.pk for target in stand if was[target][1]],
            "reworded": [target.pk for target in found.reworded],
            "broken": [target.pk for target in targets if target.broken],
            "clauses_broken": [clause.pk for clause in clauses if clause.broken],
        }
        locked.reanchored = {"at": timezone.now().isoformat(), "revision": revision.pk, **told}
        locked.text_revision = revision
        locked.save(update_fields=["text_revision", "reanchored"])
        numbers = {name: len(pks) for name, pks in told.items()}
        record("re-anchor", locked, by=by, organization=locked.article.owner, revision=revision.number, after=numbers)
    plan.text_revision, plan.reanchored = revision, locked.reanchored
    return [target for target in targets if target.broken]
