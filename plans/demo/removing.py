"""Taking a demonstration away: everything it made and nothing else."""

from collections.abc import Callable, Iterator
from itertools import batched

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import SET_NULL
from django.utils.translation import gettext as _

from articles import listing
from articles.models import Article
from articles.never_deleted import lifted
from organizations.audit import record
from organizations.models import Organization
from organizations.taking_turns import give_way
from plans.models import Demonstration, WorkPlan

from .attached import Rows, added, changed, chunks, hanging, references, stood_on
from .ledger import made_rows, written

NAMED = 3  # of each kind of thing in the way


TOGETHER = 80  # articles, or bodies, with all that hangs on them, in one step
_SAMPLED = (Organization, Article, WorkPlan)


def remove(*, force: bool = False, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Delete every row that the demonstration made, with what follows from it; say how many rows went.

    It goes by steps of a second or so, since others wait to write meanwhile; broken off, it goes on when run again.
    `tell` is called with how many of how many rows are gone. Raises ValidationError where there is none, or where
    people have added to it or changed it; with `force` that goes, too. Their own articles, accounts, media and
    organizations stay even then, with the bodies these stand on.
    """
    demonstration = Demonstration.objects.first()
    if demonstration is None:
        raise ValidationError(_("There is no demonstration to remove."), code="none")
    own = _still_there(made_rows(demonstration))
    if not force:
        going, staying = hanging(own)
        _refuse(added(going, own), staying, changed(own, demonstration.made_at))
    rows = Demonstration.objects.filter(pk=demonstration.pk)
    rows.update(state=Demonstration.State.REMOVING)  # no row is made for it any more, should its making go on
    count, total = 0, sum(map(len, own.values()))
    for part in _parts(own):
        count += _take_away(demonstration.pk, part, force=force)
        tell(min(count, total), total)
        give_way()
    count += _take_away(demonstration.pk, None, force=force)
    tell(total, total)
    return count


def _parts(own: Rows) -> Iterator[Rows]:
    """What goes in one step each: first articles, then bodies, the newest first, since what is older hangs on none."""
    for model in (Article, Organization):
        for some in batched(sorted(own.get(model, ()), reverse=True), TOGETHER):
            yield {model: set(some)}


@transaction.atomic
def _take_away(pk: int, part: Rows | None, *, force: bool) -> int:
    """Delete a part, with what hangs on it, and take it off the ledger; None is all that is left, and the ledger."""
    demonstration = Demonstration.objects.select_for_update().get(pk=pk)
    made = made_rows(demonstration)
    own = _still_there(made if part is None else part)
    going, staying = hanging(own)
    if not force:
        mine = {model: numbers & made.get(model, set()) for model, numbers in going.items()}
        _refuse(added(going, made), staying, changed(mine, demonstration.made_at))
    while staying:
        needed = stood_on(staying, own)
        own = {model: numbers - needed.get(model, set()) for model, numbers in own.items()}
        going, staying = hanging(own)
    count = sum(map(len, going.values()))
    for model in _SAMPLED:  # what is kept for a state of a table (counted.py) hears of it
        if sample := model.objects.filter(pk__in=list(going.get(model, ()))[:1]).first():
            record("remove demonstration", sample, note=str(count))
    listing.remove(going.get(Article, ()))
    with lifted():
        for model, numbers in going.items():
            _forget(model, numbers)
        for model, numbers in going.items():
            _delete(model, numbers)
    if part is None:
        demonstration.delete()
    else:
        left = {model._meta.label_lower: numbers - going.get(model, set()) for model, numbers in made.items()}
        demonstration.rows = written(left)
        demonstration.save(update_fields=["rows"])
    return count


def _still_there(own: Rows) -> Rows:
    """Those of the rows that nobody has deleted since."""
    return {
        model: {
            pk
            for some in chunks(numbers)
            for pk in model._base_manager.filter(pk__in=some).order_by().values_list("pk", flat=True)
        }
        for model, numbers in own.items()
    }


def _refuse(more: Rows, staying: Rows, entries: list) -> None:
    """Raise ValidationError that names what people did, where they did anything."""
    said = []
    for model, numbers in [*staying.items(), *more.items()]:
        some = model._base_manager.filter(pk__in=sorted(numbers)[:NAMED])
        names = "、".join(f"“{row}”" for row in some)
        said.append(f"{model._meta.verbose_name} × {len(numbers)} ({names}{'…' if len(numbers) > NAMED else ''})")
    if entries:
        names = "、".join(dict.fromkeys(f"“{entry.object_name}”" for entry in entries[:NAMED]))
        more_than = "…" if len(entries) > NAMED else ""
        said.append(_("%(count)d changes (%(names)s)") % {"count": len(entries), "names": names + more_than})
    if said:
        raise ValidationError(
            _("People have worked in the demonstration: %(what)s. Keep it, or remove all of that too with --force.")
            % {"what": "; ".join(said)},
            code="added",
        )


def _forget(model: type, numbers: set[int]) -> None:
    """Empty the keys of rows that stay and may live without the row they name."""
    for key in references(model):
        if key.remote_field.on_delete is SET_NULL:
            for some in chunks(numbers):
                key.model._base_manager.filter(**{f"{key.name}__in": some}).update(**{key.name: None})


def _delete(model: type, numbers: set[int]) -> None:
    """Delete by number, asking no relation: what hangs on the rows goes by itself; keys are checked at the end."""
    for some in chunks(numbers):
        rows = model._base_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)
