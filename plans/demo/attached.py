"""What hangs on the rows of a demonstration: what follows them anyway, and what people added."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import batched

from django.db.models import SET_NULL, ForeignKey

from organizations.models import AuditEntry

Rows = dict[type, set[int]]

FOLLOWING = frozenset(  # made by the machine for the row it hangs on
    {
        "organizations.namekey",
        "organizations.recoverycode",
        "articles.searchdocument",
        "articles.listing",
        "articles.viewcount",
        "articles.dailyviewcount",
        "articles.editingsession",
        "plans.clausetheme",
        "admin.logentry",
        "otp_totp.totpdevice",
    }
)
KEPT = frozenset(  # stay even by force, with whatever of the demonstration they stand on
    {
        "organizations.organization",
        "organizations.sitesettings",
        "organizations.user",
        "articles.article",
        "articles.collection",
        "articles.mediafile",
        "importer.importbatch",
    }
)
TOGETHER = 500  # numbers in a condition


def chunks(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    return batched(sorted(numbers), TOGETHER)


def references(model: type) -> Iterator[ForeignKey]:
    """The foreign keys that lead to `model`, from whatever table."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.field


def hanging(rows: Rows) -> tuple[Rows, Rows]:
    """What must go with `rows`, them included, and what must stay although it leads to one of them."""
    going, staying = defaultdict(set), defaultdict(set)
    waiting = [(model, set(numbers)) for model, numbers in rows.items()]
    for model, numbers in waiting:
        going[model] |= numbers
    while waiting:
        model, numbers = waiting.pop()
        for key in references(model):
            if key.remote_field.on_delete is SET_NULL:
                continue
            found = _leading(key, numbers) - going[key.model]
            if not found:
                continue
            if key.model._meta.label_lower in KEPT:
                staying[key.model] |= found
            else:
                going[key.model] |= found
                waiting.append((key.model, found))
    return dict(going), {model: numbers for model, numbers in staying.items() if numbers}


def _leading(key: ForeignKey, numbers: set[int]) -> set[int]:
    """The numbers of the rows whose `key` is among `numbers`."""
    found: set[int] = set()
    for some in chunks(numbers):
        rows = key.model._base_manager.filter(**{f"{key.name}__in": some})
        found.update(rows.order_by().values_list("pk", flat=True))
    return found


def stood_on(staying: Rows, own: Rows) -> Rows:
    """The rows among `own` that the rows `staying` lead to, at any distance."""
    needed = defaultdict(set)
    waiting = list(staying.items())
    while waiting:
        model, numbers = waiting.pop()
        for key in model._meta.concrete_fields:
            if not isinstance(key, ForeignKey) or key.remote_field.on_delete is SET_NULL:
                continue
            upper = key.remote_field.model
            for some in chunks(numbers):
                led = model._base_manager.filter(pk__in=some).order_by().values_list(key.attname, flat=True)
                new = (set(led) & own.get(upper, set())) - needed[upper]
                if new:
                    needed[upper] |= new
                    waiting.append((upper, new))
    return dict(needed)


def added(going: Rows, own: Rows) -> Rows:
    """What people added: of the rows `going`, those that are neither its own nor follow by themselves."""
    found = {
        model: numbers - own.get(model, set())
        for model, numbers in going.items()
        if model._meta.label_lower not in FOLLOWING and not model._meta.auto_created
    }
    return {model: numbers for model, numbers in found.items() if numbers}


def changed(own: Rows, since) -> list[AuditEntry]:
    """What people did to rows of the demonstration after it was made, by the audit trail; accounts are left out."""
    found: list[AuditEntry] = []
    for model, numbers in own.items():
        if model._meta.label_lower != "organizations.user":
            entries = AuditEntry.objects.filter(object_type=model._meta.label_lower, at__gt=since)
            entries = entries.exclude(actor_id=None)
            for some in chunks(numbers):
                found += entries.filter(object_id__in=map(str, some))
    return found
