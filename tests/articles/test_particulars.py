"""What an article is besides its text: who may change it, and what follows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

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
    assert (
        describe(article, make_user(role="editor", organization=owner), published_at=MIDNIGHT).published_at == MIDNIGHT
    )


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
