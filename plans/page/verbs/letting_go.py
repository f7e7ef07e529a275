"""Parting with a target, and with the note of what the last change of the text did to a plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organizations.audit import record
from plans.models import ProgressReport, Target, WorkPlan

from .editing import editing, lock


def delete_target(plan: WorkPlan, target: int, by) -> Target:
    """Delete a target; the one deleted is given back.

    Raises ValidationError where progress was reported on it, news was judged as its evidence, or others build on it.
    """
    with editing(plan, by, "delete target") as change:
        row = change.target(target)
        if held(row):
            raise ValidationError(
                _("Progress or evidence hangs on this target, or other targets do. It cannot be deleted."), code="held"
            )
        change.words = str(row)
        Target.objects.filter(pk=row.pk).delete()
    return row


def let_go(plan: WorkPlan, target: int, by) -> bool:
    """Give up looking for the lost sentence of a target; True where the target was deleted.

    One with progress stays, marked as not found, and is no longer named among those to be looked after.
    """
    with transaction.atomic():
        locked = lock(plan, by)
        row = Target.objects.filter(plan=locked, pk=target).first()
        if row is None or not row.broken:
            raise ValidationError(_("The sentence of this target is not lost."), code="broken")
        if not held(row):
            delete_target(locked, target, by)
            return True
        if locked.reanchored:
            rest = [pk for pk in locked.reanchored.get("broken", []) if pk != target]
            locked.reanchored = {**locked.reanchored, "broken": rest}
            locked.save(update_fields=["reanchored"])
        record("edit plan", locked, by=by, organization=locked.article.owner, note=str(row)[:300])
    return False


def note_changes(plan: WorkPlan, by) -> None:
    """Take the note of what the last change of the text did off the page; what is broken stays marked."""
    with transaction.atomic():
        locked = lock(plan, by)
        if locked.reanchored is not None:
            locked.reanchored = None
            locked.save(update_fields=["reanchored"])
            record("edit plan", locked, by=by, organization=locked.article.owner)


def held(target: Target) -> bool:
    """Whether progress, evidence, or targets of other plans hang on a target."""
    return (
        ProgressReport.objects.filter(Q(target=target) | Q(taken_from=target)).exists()
        or target.evidence.exists()
        or target.children.exists()
    )
