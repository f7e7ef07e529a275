"""One personal draft a person and article, and who has an article open."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import drafts, publishing
from articles.models import EditingSession
from organizations.models import AuditEntry
from tests.factories import make_article, make_user

TEXT = {"title": "未存的题目", "body": "<p>未存的正文</p>"}


@pytest.fixture
def article(owner):
    return make_article(owner=owner, public=False)


@pytest.fixture
def colleague(owner):
    return make_user("王芳", role="editor", organization=owner, is_staff=True)


def test_a_draft_makes_no_history_and_is_the_persons_own(article, editor, colleague):
    entries, revisions = AuditEntry.objects.count(), article.revisions.count()
    drafts.keep(article, editor, TEXT, base=1)
    found = drafts.kept(article, editor)
    assert (found.text, found.base) == (TEXT, 1)
    assert drafts.kept(article, colleague) is None
    assert drafts.kept(None, editor) is None
    assert (AuditEntry.objects.count(), article.revisions.count()) == (entries, revisions)


def test_each_keeping_replaces_the_one_it_knows_in_one_row(article, editor):
    for target in (article, None):
        known = None
        for number in range(3):
            known = drafts.keep(target, editor, {"title": f"第{number}次"}, base=None, known=known).text_at
        assert drafts.kept(target, editor).text == {"title": "第2次"}
    assert EditingSession.objects.count() == 2


@pytest.mark.parametrize("age", [None, datetime.timedelta(seconds=1)])
def test_a_window_that_does_not_know_the_draft_does_not_write_over_it(article, editor, age):
    first = drafts.keep(article, editor, TEXT, base=1)
    with pytest.raises(ValidationError) as refusal:
        drafts.keep(article, editor, {"title": "另一窗口"}, base=1, known=age and first.text_at - age)
    assert refusal.value.code == "other"
    assert drafts.kept(article, editor).text == TEXT


def test_a_window_whose_answer_was_lost_goes_on_and_no_other(article, editor):
    drafts.keep(article, editor, TEXT, base=1, window="甲")
    drafts.keep(article, editor, {"title": "接着写"}, base=1, window="甲")
    for other in ("乙", ""):
        with pytest.raises(ValidationError):
            drafts.keep(article, editor, TEXT, base=1, window=other)
    assert drafts.kept(article, editor).text["title"] == "接着写"


def test_a_draft_that_was_dropped_is_begun_anew_by_whoever_knew_it(article, editor):
    first = drafts.keep(article, editor, TEXT, base=1)
    drafts.forget(article, editor, first.text_at)
    assert drafts.kept(article, editor) is None
    drafts.keep(article, editor, TEXT, base=1, known=first.text_at)
    drafts.forget(article, editor, first.text_at)
    drafts.forget(article, editor, None)
    assert drafts.kept(article, editor).text == TEXT


def test_a_draft_is_bounded_and_fit_for_the_database(article, editor):
    with pytest.raises(ValidationError) as refusal:
        drafts.keep(article, editor, {"body": "文" * (drafts.LIMIT // 3)}, base=1)
    assert refusal.value.code == "size"
    assert not EditingSession.objects.exists()
    drafts.keep(article, editor, {"title": "空\x00字\r\n行", "published_at": ["2019\x00", "08:00"]}, base=1)
    assert drafts.kept(article, editor).text == {"title": "空字\n行", "published_at": ["2019", "08:00"]}


def test_whoever_may_not_write_keeps_nothing_and_is_not_here(article, owner):
    stranger, auditor = make_user(role="editor"), make_user(role="auditor", organization=owner)
    contributor = make_user(role="contributor", organization=owner)
    for person in (stranger, auditor, make_user()):
        assert not drafts.may_keep(person, article)
        for step in (
            lambda who=person: drafts.keep(article, who, TEXT, base=1),
            lambda who=person: drafts.open_form(article, who),
        ):
            with pytest.raises(PermissionDenied):
                step()
    publishing.publish(article, None)
    with pytest.raises(PermissionDenied):
        drafts.open_form(article, contributor)
    publishing.withdraw(article, None, "有误")
    publishing.trash(article, None)
    with pytest.raises(PermissionDenied):
        drafts.open_form(article, make_user(role="manager", organization=owner))
    assert not EditingSession.objects.exists()


def test_what_a_writer_typed_is_kept_though_the_form_is_closed_meanwhile(article, owner):
    contributor = make_user(role="contributor", organization=owner)
    publishing.publish(article, None)
    first = drafts.keep(article, contributor, TEXT, base=1, window="甲\x00")
    assert (drafts.kept(article, contributor).text, first.opened_at is None) == (TEXT | {"window": "甲"}, False)
    publishing.withdraw(article, None, "有误")
    publishing.trash(article, None)
    drafts.keep(article, contributor, {"title": "改"}, base=1, known=first.text_at)
    assert drafts.kept(article, contributor).text == {"title": "改"}


def test_people_are_named_while_their_form_gives_signs_of_life(article, editor, colleague):
    drafts.open_form(article, colleague)
    assert [row.user for row in drafts.others(article, editor)] == [colleague]
    assert drafts.others(article, colleague) == []
    since = EditingSession.objects.get().opened_at
    drafts.open_form(article, colleague)
    assert drafts.alive(article, colleague)
    assert EditingSession.objects.get().opened_at == since
    drafts.leave(article, colleague)
    assert drafts.others(article, editor) == []
    assert not drafts.alive(article, colleague)


def test_who_gave_no_sign_for_two_minutes_is_not_named_and_comes_back_anew(article, editor, colleague):
    drafts.open_form(article, colleague)
    long_ago = timezone.now() - drafts.PRESENT - datetime.timedelta(seconds=1)
    EditingSession.objects.update(opened_at=long_ago, seen_at=long_ago)
    assert drafts.others(article, editor) == []
    drafts.alive(article, colleague)
    assert drafts.others(article, editor)[0].opened_at > long_ago


def test_leaving_keeps_the_draft(article, editor, colleague):
    drafts.keep(article, colleague, TEXT, base=1)
    assert len(drafts.others(article, editor)) == 1
    drafts.leave(article, colleague)
    assert drafts.others(article, editor) == []
    assert drafts.kept(article, colleague).text == TEXT


def test_a_closed_account_is_not_named(article, editor, colleague):
    drafts.open_form(article, colleague)
    colleague.is_active = False
    colleague.save()
    assert drafts.others(article, editor) == []


def test_rows_without_text_are_swept_a_day_later_and_drafts_never(owner, article, editor, colleague):
    for _ in range(3):
        drafts.open_form(make_article(owner=owner, public=False), colleague)
    drafts.keep(article, colleague, TEXT, base=1)
    EditingSession.objects.update(seen_at=timezone.now() - drafts.FORGOTTEN - datetime.timedelta(seconds=1))
    drafts.open_form(article, editor)
    assert set(EditingSession.objects.values_list("user", flat=True)) == {editor.pk, colleague.pk}
    assert EditingSession.objects.count() == 2
    assert drafts.kept(article, colleague)


def test_opening_sweeps_a_bounded_number(owner, article, editor, colleague, monkeypatch):
    monkeypatch.setattr(drafts, "SWEPT", 2)
    for _ in range(3):
        drafts.open_form(make_article(owner=owner, public=False), colleague)
    EditingSession.objects.update(seen_at=timezone.now() - 2 * drafts.FORGOTTEN)
    drafts.open_form(article, editor)
    assert EditingSession.objects.filter(user=colleague).count() == 1


def test_a_sign_of_life_is_one_statement(article, editor, django_assert_num_queries):
    drafts.open_form(article, editor)
    with django_assert_num_queries(1):
        assert drafts.alive(article, editor)
