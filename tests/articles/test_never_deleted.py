"""What was public once cannot be deleted, by whatever way; what never was can."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def delete(table: str, pk: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


def bare(article: Article) -> Article:
    """The article with nothing beside its revisions that would hold it."""
    Article.objects.filter(pk=article.pk).update(state="draft", live_revision=None, latest_revision=None)
    for rows in (article.view_count.__class__, article.search_documents.model):
        rows.objects.filter(article=article).delete()
    article.refresh_from_db()
    return article


def withdrawn() -> Article:
    return publishing.withdraw(make_article(), None, "过期")


def trashed() -> Article:
    return publishing.trash(withdrawn(), None)


@pytest.mark.parametrize("made", [make_article, withdrawn, trashed])
def test_an_article_that_was_public_stays_with_all_its_revisions(made):
    article = made()
    publishing.restore(article, None) if article.state == "trashed" else None
    publishing.save_revision(article, None, {"title": "后来的"})
    for revision in Revision.objects.filter(article=article):
        with pytest.raises(IntegrityError, match="never deleted"):
            delete("articles_revision", revision.pk)
    with pytest.raises(IntegrityError, match="never deleted"):
        delete("articles_article", article.pk)
    assert article.revisions.count() == 2


def test_the_orm_is_refused_too():
    article = make_article()
    with pytest.raises(ProtectedError):
        article.delete()
    bare(article)
    for rows in (Article.objects.filter(pk=article.pk), Revision.objects.filter(article=article)):
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        article.delete()
    assert (Article.objects.count(), Revision.objects.count()) == (1, 1)


def test_an_article_whose_start_lies_ahead_stays_while_it_is_announced():
    article = make_article(public=False)
    publishing.publish(article, None, at=timezone.now() + datetime.timedelta(hours=1))
    with pytest.raises(IntegrityError, match="never deleted"):
        delete("articles_revision", article.latest_revision_id)


def test_a_draft_that_never_was_public_can_go():
    article = make_article(public=False)
    publishing.save_revision(article, None, {"title": "第二版"})
    first = article.revisions.get(number=1)
    delete("articles_revision", first.pk)
    bare(article).delete()
    assert (Article.objects.count(), Revision.objects.count()) == (0, 0)
