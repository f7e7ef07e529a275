"""Changing a plan's outline: split, merge, move, rename, retheme, add, confirm what stands in a clause."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.canonical import canonical
from plans.grammar.themes import assign_themes
from plans.models import Clause, ClauseTheme, Target, Theme, WorkPlan
from plans.page.order import FAR, positions, set_parents, sibling_after, sibling_before, subtree
from plans.page.words import Words, number_and_heading

from .editing import Editing, editing

DEEPEST = 6
MOST_THEMES = 3
LONGEST = Clause._meta.get_field("heading").max_length
LONGEST_NUMBER = Clause._meta.get_field("number").max_length


def split(plan: WorkPlan, clause: int, words: str, by, *, near: int = 0) -> Clause:
    """Let a new clause of the same level begin within clause number `clause`, at `words` of its text: its heading.

    What follows the words goes to the new clause, with its targets. Raises ValidationError where the words do not
    stand in the clause's own text.
    """
    with editing(plan, by, "split") as change:
        row = change.clause(clause)
        _require_found(row)
        start, end = change.text.extent(row, change.clauses)
        found = change.text.find(words, near or start)
        if not start <= found.start < found.end <= end:
            raise ValidationError(_("These words do not stand in the text of this clause."), code="words")
        return _insert(change, found, row, row.depth)


def add_clause(plan: WorkPlan, words: str, by, *, near: int = 0, below: bool = False) -> Clause:
    """Make `words` of the text a clause, of the level of the one they stand in, or `below` it."""
    with editing(plan, by, "add clause") as change:
        found = change.text.find(words, near)
        before = [row for row in change.clauses if not row.broken and row.start <= found.start]
        within = max(before, key=lambda row: row.start, default=None)
        text = change.text
        if any(text.begin(row) < found.end and found.start < row.end for row in change.clauses if not row.broken):
            raise ValidationError(_("These words are in the heading of a clause already."), code="words")
        depth = within.depth + below if within else 1
        return _insert(change, found, within, min(depth, DEEPEST))


def merge(plan: WorkPlan, clause: int, by) -> Clause | None:
    """Take the heading of a clause away: its text, targets and what stands below it go to the one before.

    Gives that one back, or None where it was the first.
    """
    with editing(plan, by, "merge") as change:
        row = change.clause(clause)
        rows, at = change.clauses, change.clauses.index(row)
        before = rows[at - 1] if at else None
        if before is None or before.depth < row.depth:
            for child in rows[at + 1 : subtree(rows, at)]:
                child.depth -= 1
        rows.remove(row)
        _store(rows)
        Target.objects.filter(clause=row).update(clause=before)
        if before and not _themes_of(before):
            ClauseTheme.objects.filter(clause=row).update(clause=before)
        row.delete()
        if before and not before.broken:
            before.text = change.text.own(*change.text.extent(before, rows))
            before.save(update_fields=["text"])
        change.words = str(row)
    return before


def move(plan: WorkPlan, clause: int, where: str, by) -> Clause:
    """Move a clause with what stands below it `up` or `down` among its neighbours, or a level `in` or `out`.

    Moved out, it takes those that followed it in its part along below it: the order of the text stays.
    """
    with editing(plan, by, "move") as change:
        row, rows = change.clause(clause), change.clauses
        at = rows.index(row)
        end = subtree(rows, at)
        if where in ("up", "down"):
            other = sibling_before(rows, at) if where == "up" else sibling_after(rows, at)
            if other is None:
                raise ValidationError(_("There is no clause of the same level further that way."), code="place")
            block, rest = rows[at:end], rows[:at] + rows[end:]
            place = other if where == "up" else subtree(rows, other) - len(block)
            rows = rest[:place] + block + rest[place:]
            _store(rows, moved=block)
        else:
            step = {"in": 1, "out": -1}[where]
            if step == 1 and sibling_before(rows, at) is None:
                raise ValidationError(_("There is no clause before it that it could stand below."), code="place")
            if step == -1 and row.depth == 1:
                raise ValidationError(_("It stands at the highest level already."), code="place")
            if max(one.depth for one in rows[at:end]) + step > DEEPEST:
                raise ValidationError(_("An outline has at most six levels."), code="place")
            for one in rows[at:end]:
                one.depth += step
            _store(rows)
        change.words = str(row)
    return row


def rename(plan: WorkPlan, clause: int, number: str, heading: str, by) -> Clause:
    """Give a clause another number and heading; both together are words of the text, where they stand nearest to it."""
    number, heading = number.strip(), " ".join(heading.split())
    with editing(plan, by, "rename") as change:
        row = change.clause(clause)
        _require_lengths(number, heading)
        found = change.text.heading(number, heading, row.start)
        if any(
            one.start < found.end and found.start < one.end for one in change.clauses if one != row and not one.broken
        ):
            raise ValidationError(_("These words are in the heading of a clause already."), code="words")
        row.number, row.heading = number, heading
        row.start, row.end, row.broken = found.start, found.end, False
        row.style = change.text.style(found)
        row.text = change.text.own(*change.text.extent(row, change.clauses))
        row.save()
        change.words = str(row)
    return row


def retheme(plan: WorkPlan, clause: int, codes: Iterable[str], by) -> Clause:
    """Give a clause the themes `codes`, the first of them its primary one; none where it is empty."""
    codes = list(dict.fromkeys(code for code in codes if code))
    with editing(plan, by, "retheme") as change:
        row = change.clause(clause)
        if len(codes) > MOST_THEMES or Theme.objects.filter(pk__in=codes).count() < len(codes):
            raise ValidationError(_("A clause has one primary theme and at most two others."), code="themes")
        if _themes_of(row) != codes:
            _set_themes(row, codes)
        change.words = str(row)
    return row


def confirm_clause(plan: WorkPlan, clause: int, by) -> int:
    """Confirm every target in a clause and below it whose sentence stands in the text; say how many were new."""
    with editing(plan, by, "confirm") as change:
        row = change.clause(clause)
        at = change.clauses.index(row)
        within = change.clauses[at : subtree(change.clauses, at)]
        open_ones = Target.objects.filter(clause__in=within, broken=False, confirmed_at=None)
        confirmed = open_ones.update(confirmed_by=by, confirmed_at=timezone.now())
        change.words = str(row)
    return confirmed


# What they share


def _insert(change: Editing, found: Words, within: Clause | None, depth: int) -> Clause:
    """A new clause with the words `found` as its heading, after `within`, whose later targets become its own."""
    number, heading = number_and_heading(found.printed)
    _require_lengths(number, heading)
    rows, text = change.clauses, change.text
    found = text.find(heading, found.end - len(canonical(heading)))
    new = Clause(
        plan=change.plan,
        depth=depth,
        number=number,
        heading=heading,
        style=text.style(found),
        start=found.start,
        end=found.end,
        position=FAR * 2 - 1,
    )
    start, end = text.extent(new, rows)
    new.text = text.own(start, end)
    new.save()
    rows.insert(rows.index(within) + 1 if within else 0, new)
    _store(rows, moved=[new])
    known = set(Theme.objects.order_by().values_list("pk", flat=True))
    _set_themes(new, [code for code in assign_themes(heading, [], new.text) if code in known])
    Target.objects.filter(plan=change.plan, clause=within, start__gte=found.start, start__lt=end).update(clause=new)
    if within:
        within.text = text.own(*text.extent(within, rows))
        within.save(update_fields=["text"])
    change.words = str(new)
    return new


def _store(rows: Sequence[Clause], moved: Sequence[Clause] = ()) -> None:
    """Save parents and levels of `rows` in their new order, and new positions for those `moved`.

    Positions are given in two passes, since none may stand twice even in between.
    """
    set_parents(rows)
    given = positions([None if row in moved else row.position for row in rows])
    placed = [row for row, position in zip(rows, given, strict=True) if row.position != position]
    Clause.objects.filter(pk__in=[row.pk for row in placed if row.position < FAR]).update(position=F("position") + FAR)
    for row, position in zip(rows, given, strict=True):
        row.position = position
    Clause.objects.bulk_update(rows, ["position", "depth", "parent"])


def _themes_of(clause: Clause) -> list[str]:
    return list(clause.theme_ranks.order_by("rank", "pk").values_list("theme_id", flat=True))


def _set_themes(clause: Clause, codes: Iterable[str]) -> None:
    clause.theme_ranks.all().delete()
    ClauseTheme.objects.bulk_create(
        ClauseTheme(clause=clause, theme_id=code, rank=rank) for rank, code in enumerate(codes)
    )


def _require_found(clause: Clause) -> None:
    if clause.broken:
        raise ValidationError(_("Its heading is no longer in the text. Choose its words first."), code="broken")


def _require_lengths(number: str, heading: str) -> None:
    if not heading:
        raise ValidationError(_("Fill in the heading."), code="heading")
    if len(number) > LONGEST_NUMBER or len(heading) > LONGEST:
        raise ValidationError(_("A heading has at most 300 characters, its number at most 20."), code="long")
