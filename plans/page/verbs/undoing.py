"""Taking the last change to a plan back."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.audit import record
from plans.models import Clause, ClauseTheme, Indicator, PlanEdit, Target, Theme, WorkPlan
from plans.page.order import FAR
from plans.theming import follow_themes

from .editing import FIELDS, lock, rows_of
from .letting_go import held

MODELS = {"clauses": Clause, "targets": Target}


def undo(plan: WorkPlan, by) -> PlanEdit:
    """Restore the rows of the last change that was not undone yet, with their themes; give that change back.

    Raises ValidationError where there is none, or where what it touched has changed since by another way: the text
    was read anew or corrected, rows were changed at the desk, progress was reported on a target that would vanish.
    """
    with transaction.atomic():
        locked = lock(plan, by)
        edit = locked.edits.filter(undone_at=None).order_by("-pk").first()
        if edit is None:
            raise ValidationError(_("There is no change to take back."), code="none")
        made = _require_unchanged(locked, edit)
        _restore(edit.before, made)
        follow_themes([locked.pk])
        edit.undone_at = timezone.now()
        edit.save(update_fields=["undone_at"])
        record("undo edit", locked, by=by, organization=locked.article.owner, note=edit.words)
    return edit


def _require_unchanged(plan: WorkPlan, edit: PlanEdit) -> dict[str, list[int]]:
    """The keys of the rows that the change made, by table, once all it touched is known to be as it left it."""
    kept, now, made = edit.before, rows_of(plan), {}
    if kept["revision"] != plan.text_revision_id:
        raise ValidationError(
            _("The text was changed after “%s”. That change can no longer be taken back.") % edit.words, code="text"
        )
    then = {}
    for name in MODELS:
        old, new = ({row["id"]: row for row in rows} for rows in (kept[name], kept["after"][name]))
        made[name] = [pk for pk in new if pk not in old]
        gone = [pk for pk in old if pk not in new]
        if any(now[name].get(pk) != row for pk, row in new.items()) or any(pk in now[name] for pk in gone):
            raise _changed(edit)
        then[name] = {pk: row for pk, row in now[name].items() if pk not in made[name]} | old
    clauses = then["clauses"]
    named = {row["parent_id"] for row in clauses.values()} | {row["clause_id"] for row in then["targets"].values()}
    if (
        _lost(kept)
        or named - {None} - set(clauses)
        or len({row["position"] for row in clauses.values()}) < len(clauses)
    ):
        raise _changed(edit)
    if any(held(row) for row in Target.objects.filter(pk__in=made["targets"])):
        raise ValidationError(
            _("Progress was reported on “%s” since. That change can no longer be taken back.") % edit.words, code="held"
        )
    return made


def _lost(kept: dict) -> bool:
    """Whether a theme, an indicator or an upper target that the rows had is no longer there."""
    named = [
        (Theme, {code for row in kept["clauses"] for code in row["themes"]}),
        (Indicator, {row["indicator_id"] for row in kept["targets"]} - {None}),
        (Target, {row["parent_id"] for row in kept["targets"]} - {None, *(row["id"] for row in kept["targets"])}),
    ]
    return any(keys and model.objects.filter(pk__in=keys).count() < len(keys) for model, keys in named)


def _changed(edit: PlanEdit) -> ValidationError:
    return ValidationError(
        _("What “%s” changed was changed again elsewhere. That change can no longer be taken back.") % edit.words,
        code="changed",
    )


def _restore(kept: dict, made: dict[str, list[int]]) -> None:
    """Rows back first, then those made away: nothing that stays hangs on what is deleted."""
    there = [row["id"] for row in kept["after"]["clauses"]]
    Clause.objects.filter(pk__in=there).update(position=F("position") + FAR)  # make room: no position stands twice
    for name, model in MODELS.items():
        rows = [_row(model, row) for row in kept[name]]
        existing = {row["id"] for row in kept["after"][name]}
        model.objects.bulk_create(row for row in rows if row.pk not in existing)
        fields = [field for field in FIELDS[model] if field != "id"]
        model.objects.bulk_update([row for row in rows if row.pk in existing], fields)
    for name, model in reversed(MODELS.items()):
        model.objects.filter(pk__in=made[name]).delete()
    ClauseTheme.objects.filter(clause__in=[row["id"] for row in kept["clauses"]]).delete()
    ClauseTheme.objects.bulk_create(
        ClauseTheme(clause_id=row["id"], theme_id=code, rank=rank)
        for row in kept["clauses"]
        for rank, code in enumerate(row["themes"])
    )


def _row(model: type[models.Model], row: dict) -> models.Model:
    return model(**{name: model._meta.get_field(name).to_python(row[name]) for name in FIELDS[model]})
