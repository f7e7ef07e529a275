"""What an article is besides its text: who may change it, and what follows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import publishing
from articles.models import Article
from articles.particulars import describe
from articles.search import search
from organizations.models import AuditEntry
from tests.factories import make_article, make_organization, make_user

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime.datetime(2019, 1, 3, tzinfo=timezone.get_default_timezone())


def test_another_organization_is_found_at_once():
    article = make_article()
    describe(article, None, organization=make_organization("胶州市总工会"))
    assert search("胶州").ids == [article.pk]


@pytest.mark.parametrize(("hour", "precision"), [(0, Article.Precision.DAY), (8, Article.Precision.SECOND)])
def test_midnight_means_the_day(hour, precision):
    at = MIDNIGHT.replace(hour=hour)
    made, told = make_article(published_at=at), make_article()
    describe(told, None, published_at=at)
    assert (made.published_precision, told.published_precision) == (precision, precision)
    assert make_article(published_at=at, published_precision="second").published_precision == "second"


def test_a_contributor_does_not_set_the_date():
    owner = make_organization()
    article = make_article(owner=owner, public=False)
    user = make_user(role="contributor", organization=owner)
    assert describe(article, user, kind=Article.Kind.NOTICE, published_at=None).kind == Article.Kind.NOTICE
    with pytest.raises(PermissionDenied):
        describe(article, user, published_at=MIDNIGHT)


def test_another_date_needs_a_reason_and_leaves_a_line_of_its_own():
    owner = make_organization()
    article, editor = make_article(owner=owner), make_user(role="editor", organization=owner)
    first, stamped = article.first_published_at, article.published_at
    for reason in ("", "  "):
        with pytest.raises(ValidationError) as refused:
            describe(article, editor, published_at=MIDNIGHT, kind=Article.Kind.NOTICE, reason=reason)
        assert list(refused.value.message_dict) == ["date_reason"]
    assert not AuditEntry.objects.filter(verb__in=("redate", "describe")).exists()
    describe(article, editor, published_at=MIDNIGHT, kind=Article.Kind.NOTICE, reason=" 按来函\n日期 ")
    assert (article.published_at, article.first_published_at, article.kind) == (MIDNIGHT, first, "notice")
    entry = AuditEntry.objects.get(verb="redate")
    assert (entry.note, entry.actor_id) == ("按来函 日期", editor.pk)
    assert (entry.before, entry.after) == ({"published_at": str(stamped)}, {"published_at": str(MIDNIGHT)})
    assert AuditEntry.objects.get(verb="describe").after == {"kind": "notice"}


@pytest.mark.parametrize(
    ("role", "may"), [("contributor", False), ("reviewer", False), ("editor", True), ("signer", True)]
)
def test_who_may_redate(role, may):
    owner = make_organization()
    article, user = make_article(owner=owner), make_user(role=role, organization=owner)
    if may:
        assert describe(article, user, published_at=MIDNIGHT, reason="原文日期").published_at == MIDNIGHT
        return
    with pytest.raises(PermissionDenied) as refused:
        describe(article, user, published_at=MIDNIGHT, reason="原文日期")
    assert refused.value.args == ("redate",)


def test_a_date_does_not_lie_ahead_of_now_or_of_the_start():
    article = make_article(public=False)
    day = timezone.now() + datetime.timedelta(days=3)
    with pytest.raises(ValidationError) as refused:
        describe(article, None, published_at=day)
    assert list(refused.value.message_dict) == ["published_at"]
    with pytest.raises(ValidationError):
        make_article(published_at=day, public=False)
    publishing.publish(article, None, at=day)
    announced = day - datetime.timedelta(days=1)
    assert describe(article, None, published_at=announced).published_at == announced
    with pytest.raises(ValidationError):
        describe(article, None, published_at=day + datetime.timedelta(seconds=1))
    with pytest.raises(ValidationError) as refused:  # a start set earlier would leave the date ahead of it
        publishing.publish(article, None)
    assert refused.value.code == "date"


def test_a_draft_with_a_date_of_its_own_needs_right_and_reason_and_an_imported_one_neither():
    owner = make_organization()
    editor = make_user(role="editor", organization=owner)
    with pytest.raises(ValidationError):
        make_article(owner=owner, by=editor, public=False, published_at=MIDNIGHT)
    assert Article.objects.count() == 0
    make_article(owner=owner, by=editor, public=False, published_at=MIDNIGHT, date_reason="原文日期")
    assert AuditEntry.objects.get(verb="redate").note == "原文日期"
    writer = make_user(role="contributor", organization=owner)
    imported = make_article(owner=owner, by=writer, public=False, published_at=MIDNIGHT, imported=True)
    assert (imported.published_at, AuditEntry.objects.filter(verb="redate").count()) == (MIDNIGHT, 1)


def test_a_time_without_its_microseconds_is_no_change():
    article = make_article()
    describe(article, None, published_at=article.published_at.replace(microsecond=0))
    assert not AuditEntry.objects.filter(verb="describe").exists()


def test_what_somebody_else_changed_meanwhile_is_not_undone():
    one, other = make_organization(), make_organization()
    article = make_article()
    start = {"organization": None, "kind": Article.Kind.NEWS}
    describe(article, None, initial=start, organization=one, kind=Article.Kind.NEWS)
    describe(article, None, initial=start, organization=None, kind=Article.Kind.NOTICE)
    assert (article.organization, article.kind) == (one, Article.Kind.NOTICE)
    with pytest.raises(ValidationError) as refused:
        describe(article, None, initial=start, organization=other)
    assert refused.value.code == "stale"
    describe(article, None, initial={"organization": one.pk}, organization=other)
    assert article.organization == other
