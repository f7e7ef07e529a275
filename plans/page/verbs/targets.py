"""Changing a plan's targets: correct, confirm, tie to other words, add."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.grammar.paragraphs import Paragraph
from plans.grammar.quotes import quote_hash
from plans.models import Clause, Measure, Target, WorkPlan
from plans.page.words import Words
from plans.proposals import GAP

from .editing import Editing, editing

CHANGEABLE = (
    "object",
    "comparator",
    "number",
    "unit",
    "kind",
    "measure",
    "modality",
    "period",
    "deadline",
    "duty_holder",
    "indicator",
    "clause",
)


def change_target(plan: WorkPlan, target: int, values: Mapping[str, object], by) -> Target:
    """Correct what is known of a target, `values` being of CHANGEABLE fields; whoever corrects it confirms it.

    Raises ValidationError where a value will not do or the clause is of another plan.
    """
    with editing(plan, by, "change target") as change:
        row = change.target(target)
        for name in CHANGEABLE:
            if name in values:
                setattr(row, name, values[name])
        if row.clause_id and row.clause.plan_id != change.plan.pk:
            raise ValidationError(_("This clause is of another plan."), code="clause")
        row.clean_fields(exclude=["plan", "parent", "theme", "confirmed_by"])
        row.validate_constraints()
        row.confirmed_by, row.confirmed_at = by, timezone.now()
        row.save()
        change.words = str(row)
    return row


def confirm_target(plan: WorkPlan, target: int, by) -> Target:
    """Say that a person has compared the target with its sentence."""
    with editing(plan, by, "confirm") as change:
        row = change.target(target)
        if row.broken:
            raise ValidationError(_("Its sentence is no longer in the text. Choose its words first."), code="broken")
        if row.confirmed_at is None:
            row.confirmed_by, row.confirmed_at = by, timezone.now()
            row.save(update_fields=["confirmed_by", "confirmed_at"])
        change.words = str(row)
    return row


def requote(plan: WorkPlan, target: int, words: str, by, *, near: int = 0) -> Target:
    """Tie a target to other words of the text, nearest to the place `near` or to where its sentence stood."""
    with editing(plan, by, "requote") as change:
        row = change.target(target)
        found = change.text.find(words, near or row.start)
        _quote(row, found)
        row.clause = _clause_at(change, found)
        row.save()
        change.words = str(row)
    return row


def add_target(plan: WorkPlan, words: str, by, *, near: int = 0) -> Target:
    """Make a target of `words` of the text, with what the grammar reads in them: number, unit, kind, period.

    Words without a figure promise something that is done or not.
    """
    with editing(plan, by, "add target") as change:
        found = change.text.find(words, near)
        row = Target(
            plan=change.plan, clause=_clause_at(change, found), position=_position(change, found), **_read(found)
        )
        _quote(row, found)
        row.clean_fields(exclude=["plan", "clause", "theme"])
        row.save()
        change.words = str(row)
    return row


def _quote(row: Target, found: Words) -> None:
    row.quote = found.printed
    row.start, row.end, row.broken = found.start, found.end, False
    row.quote_hash = quote_hash(found.printed)


def _read(found: Words) -> dict:
    from plans.grammar.targets import read_targets  # with the expressions of the grammar, for who adds a target alone

    figures = read_targets([Paragraph(1, " ".join(found.printed.split("\n")))], headings=[])
    if not figures:
        return {
            "kind": Target.Kind.IMPLIED,
            "measure": Measure.DONE,
            "number": Decimal(1),
            "object": " ".join(found.printed.split())[:200],
        }
    one = figures[0]
    return {
        "number": one.number,
        "unit": one.unit or "",
        "comparator": one.comparator,
        "kind": one.kind,
        "modality": one.modality or "",
        "period": one.period or "",
        "object": (one.object or "")[:200],
    }


def _clause_at(change: Editing, found: Words) -> Clause | None:
    before = [row for row in change.clauses if not row.broken and row.start <= found.start]
    return max(before, key=lambda row: row.start, default=None)


def _position(change: Editing, found: Words) -> int:
    """Among the others by the place of its words; positions of targets may be equal."""
    earlier = [row.position for row in change.targets if not row.broken and row.start <= found.start]
    later = [row.position for row in change.targets if not row.broken and row.start > found.start]
    low = max(earlier, default=0)
    return (low + min(later)) // 2 if later and min(later) > low else low + GAP
