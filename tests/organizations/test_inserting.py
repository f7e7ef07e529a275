"""Rows that are inserted are those that bulk_create would have made."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Redirect, Revision
from organizations.inserting import FEW, insert
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db
VALUES = {"before": {"名": [1, None, "\\\t\n"]}, "note": "一\t二\\N\n“三”", "tags": ["甲", "乙"], "revision": None}


def test_every_kind_of_value_comes_back_as_from_bulk_create():
    owner, channel = make_organization(), make_channel()
    about = {"owner": owner, "channel": channel, "changes": [{"at": "…", "note": "\\N"}], "created_at": timezone.now()}
    about |= {"published_at": datetime.datetime(1999, 12, 31, 16, 0, 0, 5, datetime.UTC), "summary": ""}
    one, *_rest = insert(Article(**about) for _number in range(FEW))
    [other] = Article.objects.bulk_create([Article(**about)])
    kept = [Article.objects.filter(pk=row.pk).values().get() for row in (one, other)]
    for row in kept:
        del row["id"], row["changed_at"]
    assert kept[0] == kept[1]
    assert (one._state.adding, one.sort_at) == (False, about["published_at"])
    insert([AuditEntry(verb="x", **VALUES)], keys=False)
    AuditEntry.objects.bulk_create([AuditEntry(verb="x", **VALUES)])
    assert list(AuditEntry.objects.filter(verb="x").values(*VALUES)) == [VALUES, VALUES]


@pytest.mark.parametrize("count", [3, FEW])
def test_keys_go_on_behind_all_that_were_given_and_rows_may_bring_their_own(count):
    first = AuditEntry.objects.create(verb="a")
    rows = insert(AuditEntry(verb="b") for _number in range(count))
    assert [row.pk for row in rows] == [first.pk + 1 + number for number in range(count)]
    insert((AuditEntry(verb="c") for _number in range(count)), keys=False)
    assert AuditEntry.objects.create(verb="d").pk == first.pk + 2 * count + 1
    insert([AuditEntry(pk=first.pk + 900, verb="e")])
    assert AuditEntry.objects.get(verb="e").pk == first.pk + 900
    assert insert([]) == []


def test_a_row_names_another_that_was_inserted_after_it_was_made():
    article = Article(owner=make_organization(), channel=make_channel(), created_at=timezone.now())
    revision = Revision(article=article, number=1, title="题", channel=article.channel)
    insert([article])
    insert([revision])
    assert Revision.objects.get(article=article.pk).title == "题"


def test_what_is_there_already_is_refused_as_ever():
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Redirect(old_path="/a.html", article=article) for _number in range(2))
    assert not Redirect.objects.exists()
