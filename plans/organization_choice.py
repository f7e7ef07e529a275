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
    chosen and up to eight are returned; one query in either case. What is longer than any name means none.
    """
    if len(written) > LONGEST:
        return None, []
    # SQLite keeps JSON with Chinese escaped, PostgreSQL as written: look for both spellings
    spellings = {json.dumps(written)[1:-1], json.dumps(written, ensure_ascii=False)[1:-1]}
    address = Q(slug=written)
    if written.isascii() and written.isdigit() and len(written) < 18:
        address |= Q(pk=int(written))
    exact_other, part_other = Q(short_name=written), Q(short_name__icontains=written)
    for spelling in spellings:
        for field in ("other_names", "earlier_names"):
            exact_other |= Q(**{f"{field}__contains": f'"{spelling}"'})
            part_other |= Q(**{f"{field}__icontains": spelling})
    found = list(
        Organization.objects.annotate(
            other_names=Cast("aliases", TextField()), earlier_names=Cast("former_names", TextField())
        )
        .filter(address | Q(name__icontains=written) | exact_other | part_other)
        .annotate(
            distance=Case(
                When(address, then=Value(0)),
                When(name=written, then=Value(1)),
                When(exact_other, then=Value(2)),
                default=Value(3),
                output_field=IntegerField(),
            )
        )
        .select_related("parent")
        .order_by("distance", "path")[: SHOWN + 1]
    )
    nearest = [organization for organization in found if organization.distance == found[0].distance]
    if len(nearest) == 1 and (found[0].distance < 3 or len(found) == 1):
        return nearest[0], []
    return None, (nearest if found and found[0].distance < 3 else found)[:SHOWN]
