"""A newer text that takes the live one's place at a set time, by the worker or the command, once and only then."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.tasks import task_backends
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from articles import corrections, going_live, particulars, publishing, reviewing
from articles.models import Article
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def owner():
    return make_organization()


@pytest.fixture
def editor(owner):
    return make_user(role="editor", organization=owner)


@pytest.fixture
def article(owner):
    """Public, with a newer text beside it."""
    article = make_article("旧题", owner=owner)
    publishing.save_revision(article, None, {"title": "新题"})
    return article


def later(hours: float = 1) -> datetime.datetime:
    return timezone.now() + hours * HOUR


def make_due(article, minutes: int = 1) -> None:
    Article.objects.filter(pk=article.pk).update(correct_at=timezone.now() - datetime.timedelta(minutes=minutes))


def trail(article) -> list[str]:
    rows = AuditEntry.objects.filter(object_id=str(article.pk), object_type="articles.article").order_by("pk")
    return [verb for verb in rows.values_list("verb", flat=True) if "correct" in verb]


def test_what_was_scheduled_becomes_public_at_its_time_and_not_what_was_saved_later(article, editor):
    at = later()
    corrections.schedule(article, editor, at)
    assert (article.correction.title, article.correct_at, article.correction_by) == ("新题", at, editor)
    publishing.save_revision(article, editor, {"title": "更新的题"})
    assert corrections.apply_due() == []
    make_due(article)
    assert corrections.apply_due() == [(article, "")]
    article.refresh_from_db()
    assert (article.title, article.live_revision.number, article.latest_revision.number) == ("新题", 2, 3)
    assert (article.correction, article.correct_at, article.correction_by) == (None, None, None)
    assert corrections.apply_due() == []
    assert trail(article) == ["schedule correction", "correct"]
    entry = AuditEntry.objects.get(verb="correct")
    assert (entry.actor_id, entry.revision, entry.after["scheduled_by"]) == (editor.pk, 2, str(editor))


def test_taken_back_it_does_nothing_and_its_text_waits_again(article, editor):
    corrections.schedule(article, editor, later())
    corrections.cancel(article, editor)
    assert (article.correction, corrections.apply(article.pk), article.title) == (None, None, "旧题")
    assert trail(article) == ["schedule correction", "cancel correction"]
    with pytest.raises(ValidationError):
        corrections.cancel(article, editor)


def test_a_later_time_is_kept_when_the_first_ones_task_comes(article, editor):
    corrections.schedule(article, editor, later(1))
    publishing.save_revision(article, editor, {"title": "再改"})
    corrections.schedule(article, editor, later(5))
    assert (corrections.apply(article.pk), article.correction.title) == (None, "再改")


def test_a_publication_makes_an_older_correction_pointless(article, editor):
    corrections.schedule(article, editor, later())
    publishing.publish(article, editor)
    assert (article.title, article.correction, article.correct_at) == ("新题", None, None)


def test_a_withdrawal_takes_it_back(article, editor):
    corrections.schedule(article, editor, later())
    publishing.withdraw(article, editor, "有误")
    assert article.correction is None


@pytest.mark.parametrize("at", [-1, 0])
def test_a_time_lies_ahead(article, at):
    with pytest.raises(ValidationError) as refused:
        corrections.schedule(article, None, later(at))
    assert list(refused.value.message_dict) == ["at"]


def test_what_is_not_public_has_nothing_to_correct(owner):
    draft = make_article(owner=owner, public=False)
    with pytest.raises(ValidationError) as refused:
        corrections.schedule(draft, None, later())
    assert refused.value.code == "state"
    public = make_article(owner=owner)
    with pytest.raises(ValidationError) as refused:
        corrections.schedule(public, None, later())
    assert refused.value.code == "live"
    publishing.save_revision(public, None, {"title": "改"})
    Article.objects.filter(pk=public.pk).update(withdraw_at=timezone.now())
    with pytest.raises(ValidationError) as refused:
        corrections.schedule(public, None, later())
    assert refused.value.code == "state"


def test_a_start_that_lies_ahead_comes_first_and_an_end_last(owner):
    article = make_article(owner=owner, public=False)
    publishing.publish(article, None, at=later(2))
    publishing.save_revision(article, None, {"title": "改"})
    particulars.describe(article, None, withdraw_at=later(4))
    for hours in (1, 5):
        with pytest.raises(ValidationError):
            corrections.schedule(article, None, later(hours))
    assert corrections.schedule(article, None, later(3)).correction.title == "改"
    assert article.publish_at is not None


def test_it_needs_the_stages_that_the_channel_asks_for(owner):
    article = make_article(owner=owner)
    channel = make_channel(review_stages=1)
    publishing.save_revision(article, None, {"channel": channel})
    with pytest.raises(ValidationError) as refused:
        corrections.schedule(article, None, later())
    assert refused.value.code == "review"
    reviewing.submit(article, make_user(role="editor", organization=owner))
    signer = make_user(role="signer", organization=owner)
    reviewing.decide(article, signer, passed=True, revision=article.latest_revision.number)
    assert article.review_stage == "approved"
    corrections.schedule(article, signer, later())
    assert article.review_stage == ""
    corrections.cancel(article, signer)
    assert article.review_stage == "approved"


@pytest.mark.parametrize("verb", ["schedule", "cancel", "apply"])
def test_who_may_not_publish_does_not_correct(article, owner, verb):
    corrections.schedule(article, None, later())
    people = [
        make_user(role="contributor", organization=owner),
        make_user(role="manager", organization=make_organization()),
    ]
    for user in people:
        with pytest.raises(PermissionDenied):
            if verb == "apply":
                corrections.apply(article.pk, user)
            else:
                getattr(corrections, verb)(article, user, *([later()] if verb == "schedule" else []))
    assert trail(article) == ["schedule correction"]


def test_the_right_is_asked_in_the_channel_the_text_goes_to(article, owner):
    user = make_user(role="editor", organization=owner)
    user.memberships.get().channel_limits.create(channel=article.channel)
    publishing.save_revision(article, None, {"channel": make_channel()})
    with pytest.raises(PermissionDenied):
        corrections.schedule(article, user, later())


def test_one_that_fails_says_why_waits_and_stops_no_other(article, editor, owner, monkeypatch):
    other = make_article("另一篇旧题", owner=owner)
    publishing.save_revision(other, None, {"title": "另一篇新题"})
    broken = make_article("第三篇旧题", owner=owner)
    publishing.save_revision(broken, None, {"title": "第三篇新题"})
    for minutes, one in enumerate((article, broken, other)):
        corrections.schedule(one, editor, later())
        make_due(one, 9 - minutes)
    ended = timezone.now() - HOUR
    Article.objects.filter(pk=article.pk).update(withdraw_at=ended)
    make_live = going_live.make_live

    def failing(locked, *args):
        if locked.pk == broken.pk:
            raise RuntimeError("disk full")
        make_live(locked, *args)

    monkeypatch.setattr(corrections, "make_live", failing)
    done = dict(corrections.apply_due())
    assert (bool(done[article]), done[broken], done[other]) == (True, "disk full", "")
    for one in (article, broken, other):
        one.refresh_from_db()
    assert (article.title, broken.title, other.title) == ("旧题", "第三篇旧题", "另一篇新题")
    assert (article.correction_failure, broken.correction_failure) == (done[article], "")
    assert (article.withdraw_at, article.is_public_now) == (ended, False)
    assert trail(article) == ["schedule correction", "correction failed"]
    assert set(corrections.late_or_failed(editor)) == {article, broken}
    assert [one for one, _ in corrections.apply_due()] == [broken]  # the failed one waits for a person
    assert corrections.apply(article.pk, editor) != ""
    Article.objects.filter(pk=article.pk).update(withdraw_at=None)
    assert corrections.apply(article.pk, editor) == ""
    article.refresh_from_db()
    assert (article.title, article.correction_failure) == ("新题", "")


def test_late_is_what_should_have_happened_two_minutes_ago(article, editor):
    corrections.schedule(article, editor, later())
    for minutes, late in ((0, False), (1, False), (3, True)):
        make_due(article, minutes)
        assert corrections.late_or_failed(editor).exists() is late
    assert not corrections.late_or_failed(make_user(role="manager", organization=make_organization())).exists()


def test_the_worker_is_called_for_that_time(article, editor, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.TASKS = DATABASE
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test's own transaction is on it
    at = later()
    with django_capture_on_commit_callbacks(execute=True):
        corrections.schedule(article, editor, at)
    waiting = DBTaskResult.objects.get()
    assert (waiting.run_after, waiting.task_path) == (at, "articles.corrections.apply_due_corrections")
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
    article.refresh_from_db()
    assert article.title == "旧题"
    make_due(article)
    DBTaskResult.objects.update(run_after=timezone.now())
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0, reload=False)
    article.refresh_from_db()
    assert (article.title, DBTaskResult.objects.get().status) == ("新题", "SUCCESSFUL")


def test_a_backend_that_cannot_wait_leaves_it_to_the_command(
    article, editor, capsys, django_capture_on_commit_callbacks
):
    assert not task_backends["default"].supports_defer
    with django_capture_on_commit_callbacks(execute=True):
        corrections.schedule(article, editor, later())
    article.refresh_from_db()
    assert article.title == "旧题"
    make_due(article)
    call_command("apply_due")
    assert capsys.readouterr().out == f"{article.pk} 旧题: corrected\n1 corrected, 0 failed\n"
    call_command("apply_due")
    assert capsys.readouterr().out == "0 corrected, 0 failed\n"
