"""A statement is written once for each shape and asked with other values; the rows are those of the queryset."""

import datetime

import pytest
from django.db import connection
from django.db.models import Q, Value
from django.test.utils import CaptureQueriesContext

from organizations.models import Organization
from organizations.prepared import prepared
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_for_all_values_and_shapes():
    written = []

    @prepared
    def named(which, *, names, depth, day):
        written.append((which, len(names)))
        rows = Organization.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day), name__in=names, depth=depth)
        return rows.select_related("level").order_by("-pk" if which == "last" else "pk")

    one, two = make_organization("甲%s"), make_organization("乙'\"")
    below = make_organization("丙", parent=one)
    Organization.objects.filter(pk=one.pk).update(valid_from="2020-01-01")
    one.valid_from, day = datetime.date(2020, 1, 1), datetime.date(2020, 1, 1)
    assert named("first", names=["甲%s", "乙'\""], depth=1, day=day) == [one, two]
    assert named("last", names=("甲%s", "乙'\""), depth=1, day=day) == [two, one]
    assert named("first", names=("甲%s", "丙"), depth=1, day=day) == [one]
    assert named("first", names=("甲%s", "丙"), depth=1, day=datetime.date(2019, 12, 31)) == []
    assert named("first", names=("丙",), depth=2, day=day) == [below]
    assert named("first", names=("没有",), depth=2, day=day) == []
    assert written == [("first", 2), ("last", 2), ("first", 1)]
    with CaptureQueriesContext(connection) as queries:
        assert named("first", names=("丙",), depth=2, day=day)[0].level.pk == "district"
    assert len(queries) == 1


def test_unions_of_columns():
    @prepared
    def both(*, first, second):
        rows = [Organization.objects.filter(pk=pk).order_by().values_list(Value(1), "name") for pk in (first, second)]
        return rows[0].union(rows[1], all=True).order_by()

    one, two = make_organization("甲"), make_organization("乙")
    assert sorted(both(first=one.pk, second=two.pk)) == [(1, "乙"), (1, "甲")]
    assert both(first=two.pk, second=0) == [(1, "乙")]


def test_a_condition_that_the_statement_leaves_out_is_told():
    @prepared
    def deep(*, depth):
        return Organization.objects.filter(depth__lt=depth * 10_000)

    with pytest.raises(ValueError, match="depth"):
        deep(depth=1)
