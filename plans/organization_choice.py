"""Choosing an organisation by what somebody typed, without loading them all."""

import json

from django.db.models import Case, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast

from organizations.models import Organization

SHOWN = 8
LONGEST = Organization._meta.get_field("name").max_length


def choose(written: str) -> tuple[Organization | None, list[Organization]]:
    """The organisation meant by `written` (its number, address, name, short or other name), or those it may mean.

    An exact match wins over a part of a name, a full name over a short one. Where several match equally well, none is
    chosen and up to eight are returned; one query where number, address or full name is given, else two. What is longer
    than any name means none.
    """
    if len(written) > LONGEST:
        return None, []
    address = Q(slug=written)
    if written.isascii() and written.isdigit() and len(written) < 18:
        address |= Q(pk=int(written))
    exact = Organization.objects.filter(address | Q(name=written)).annotate(
        distance=Case(When(address, then=Value(0)), default=Value(1), output_field=IntegerField())
    )
    return _nearest(exact) or _nearest(_by_other_names(written)) or (None, [])


def _by_other_names(written: str):
    """Those that are called so otherwise, or with more words: every name there is has to be looked at."""
    # SQLite keeps JSON with Chinese escaped, PostgreSQL as written: look for both spellings
    spellings = {json.dumps(written)[1:-1], json.dumps(written, ensure_ascii=False)[1:-1]}
    other, part = Q(short_name=written), Q(name__icontains=written) | Q(short_name__icontains=written)
    for spelling in spellings:
        for field in ("other_names", "earlier_names"):
            other |= Q(**{f"{field}__contains": f'"{spelling}"'})
            part |= Q(**{f"{field}__icontains": spelling})
    rows = Organization.objects.annotate(
        other_names=Cast("aliases", TextField()), earlier_names=Cast("former_names", TextField())
    )
    distance = Case(When(other, then=Value(2)), default=Value(3), output_field=IntegerField())
    return rows.filter(other | part).annotate(distance=distance)


def _nearest(rows) -> tuple[Organization | None, list[Organization]] | None:
    """The one that stands nearest, or those it may be; None where there are none."""
    found = list(rows.select_related("parent").order_by("distance", "path")[: SHOWN + 1])
    if not found:
        return None
    nearest = [one for one in found if one.distance == found[0].distance]
    if len(nearest) == 1 and (nearest[0].distance < 3 or len(found) == 1):
        return nearest[0], []
    return None, (nearest if found[0].distance < 3 else found)[:SHOWN]
