"""One change to a plan: the right, the lock, the transaction, the rows before and after, the audit entry."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from articles.html import plain_text
from organizations import rights
from organizations.audit import record
from plans.models import Clause, ClauseTheme, PlanEdit, Target, WorkPlan
from plans.page.words import PlanText
from plans.theming import follow_themes

_DERIVED = {"theme_id"}  # of a target: follow_themes keeps it
FIELDS = {
    model: [field.attname for field in model._meta.concrete_fields if field.attname not in _DERIVED]
    for model in (Clause, Target)
}
LONGEST = PlanEdit._meta.get_field("words").max_length


def may_edit(user, plan: WorkPlan) -> bool:
    """Whether `user` may change the clauses and targets of `plan`."""
    return rights.may(user, _right(plan), plan)


def _right(plan: WorkPlan) -> str:
    """A draft is corrected by whoever may file it; any other plan only by those who may put it in force."""
    return "file_plan" if plan.state == WorkPlan.State.DRAFT else "put_in_force"


class Editing:
    """A plan while it is changed: its rows, read once, its text, and what the change is called."""

    def __init__(self, plan: WorkPlan):
        self.plan, self.words = plan, ""

    @cached_property
    def clauses(self) -> list[Clause]:
        return list(self.plan.clauses.order_by("position"))

    @cached_property
    def targets(self) -> list[Target]:
        return list(self.plan.targets.all())

    @cached_property
    def text(self) -> PlanText:
        return PlanText(plain_text(self.plan.text_revision.body))

    def clause(self, pk: int) -> Clause:
        return _of(self.clauses, pk, _("This clause is no longer there. Somebody has changed the plan."))

    def target(self, pk: int) -> Target:
        return _of(self.targets, pk, _("This target is no longer there. Somebody has changed the plan."))


def _of(rows, pk: int, missing: str):
    for row in rows:
        if row.pk == pk:
            return row
    raise ValidationError(missing, code="gone")


@contextmanager
def editing(plan: WorkPlan, by, verb: str) -> Iterator[Editing]:
    """The frame of a verb: what happens inside is one change to `plan`, kept as a PlanEdit where anything changed.

    Raises PermissionDenied where `by` (None: a command) may not, and undoes all where the inside raises.
    """
    with transaction.atomic():
        locked = lock(plan, by)
        change = Editing(locked)
        before = rows_of(locked)
        yield change
        follow_themes([locked.pk])
        kept = _difference(before, rows_of(locked))
        if kept is None:
            return
        PlanEdit.objects.create(
            plan=locked,
            verb=verb,
            words=change.words[:LONGEST],
            before={"revision": locked.text_revision_id, **kept},
            by=by,
        )
        record("edit plan", locked, by=by, organization=locked.article.owner, note=change.words[:LONGEST])


def lock(plan: WorkPlan, by) -> WorkPlan:
    """The plan as it stands now, held until the transaction ends, once `by` has the right to change it."""
    rows = WorkPlan.objects.select_for_update(of=("self",)).select_related("article__owner", "text_revision")
    locked = rows.get(pk=plan.pk)
    if by is not None:
        rights.require(by, _right(locked), locked)
    return locked


def rows_of(plan: WorkPlan) -> dict[str, dict[int, dict]]:
    """Every clause (with its themes) and target of `plan` as JSON-ready rows by their keys; three queries."""
    clauses = {row["id"]: {**row, "themes": []} for row in plan.clauses.order_by().values(*FIELDS[Clause])}
    for clause, theme in (
        ClauseTheme.objects.filter(clause__plan=plan).order_by("rank", "pk").values_list("clause", "theme")
    ):
        clauses[clause]["themes"].append(theme)
    targets = {row["id"]: row for row in plan.targets.order_by().values(*FIELDS[Target])}
    return {"clauses": _plain(clauses), "targets": _plain(targets)}


def _plain(rows: dict[int, dict]) -> dict[int, dict]:
    return {row["id"]: row for row in json.loads(json.dumps(list(rows.values()), cls=DjangoJSONEncoder))}


def _difference(before: dict, after: dict) -> dict | None:
    kept: dict = {"after": {}}
    for name, rows in before.items():
        kept[name] = [row for pk, row in rows.items() if after[name].get(pk) != row]
        kept["after"][name] = [row for pk, row in after[name].items() if rows.get(pk) != row]
    changed = any([*(kept[name] for name in before), *kept["after"].values()])
    return kept if changed else None
