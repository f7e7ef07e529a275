"""Mail about the review: to whom, when, with what in it, and what a broken mail server does."""

import pytest
from django.core import mail

from articles import notices, publishing, reviewing
from organizations.models import SiteSettings, User
from tests.articles.review_people import decide, make_office


@pytest.fixture
def office(db, settings):
    settings.REVIEW_MAIL = True
    SiteSettings.objects.create(pk=1, domain="union.example.org")
    return make_office(2)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do something as a request would; returns {address: mail} of what was sent for it."""

    def do(step):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        assert all(len(one.to) == 1 for one in mail.outbox)
        found = {one.to[0].partition("@")[0]: one for one in mail.outbox}
        assert len(found) == len(mail.outbox)
        return found

    return do


def test_each_step_is_told_to_those_who_act_next_and_the_end_to_submitter_and_publishers(office, sent):
    article = office.article("秘密的题目", body="<p>不得进入邮件的正文。</p>")
    found = sent(lambda: reviewing.submit(article, office.writer))
    assert set(found) == {"reviewer", "second", "signer"}
    one = found["reviewer"]
    assert "秘密的题目" in one.subject
    assert f"http://union.example.org/admin/articles/article/{article.pk}/review/" in one.body
    assert "writer" in one.body
    assert "不得进入邮件的正文" not in one.body + one.subject
    assert one.content_subtype == "plain"
    found = sent(lambda: decide(article, office.reviewer))
    assert set(found) == {"signer"}
    found = sent(lambda: decide(article, office.signer))
    assert set(found) == {"writer", "editor", "reviewer", "second", "manager"}
    assert found["writer"].subject != found["editor"].subject
    assert f"/admin/articles/article/{article.pk}/change/" in found["editor"].body


def test_a_returned_text_is_told_to_its_authors_with_the_opinion_and_the_name(office, sent):
    article = office.article()
    publishing.save_revision(article, office.editor, {"title": "改过的题目"})
    reviewing.submit(article, office.writer)
    opinion = "“数字”有误 <请核对> & 改正\n第二行"
    found = sent(lambda: decide(article, office.reviewer, passed=False, opinion=opinion))
    assert set(found) == {"writer", "editor"}
    assert opinion in found["writer"].body
    assert "reviewer" in found["writer"].body


def test_who_cannot_get_mail_is_passed_over_and_who_acted_gets_none(office, sent):
    User.objects.filter(pk=office.reviewer.pk).update(email="")
    User.objects.filter(pk=office.second.pk).update(is_service=True)
    User.objects.filter(pk=office.editor.pk).update(is_active=False)
    article = office.article(by=office.manager)
    assert set(sent(lambda: reviewing.submit(article, office.manager))) == {"signer"}
    decide(article, office.reviewer)
    assert set(sent(lambda: decide(article, office.signer))) == {"manager"}


def test_nothing_is_sent_by_default_nor_for_a_step_that_was_taken_back(office, sent, settings):
    def fails():
        with pytest.raises(reviewing.ValidationError):
            decide(article, office.reviewer, revision=9)

    article = office.submitted()
    assert sent(fails) == {}
    settings.REVIEW_MAIL = False
    assert sent(lambda: decide(article, office.reviewer)) == {}


def test_nobody_is_asked_for_what_has_been_done_meanwhile(office, sent):
    article = office.submitted()
    decide(article, office.reviewer)
    details = {"step": "submit", "stage": "first", "by": "", "opinion": ""}
    assert sent(lambda: notices.tell.call(article.pk, article.latest_revision_id, None, **details)) == {}

    def at_once():
        decide(article, office.signer)
        publishing.publish(article, office.signer)

    assert set(sent(at_once)) == {"writer"}


def test_without_a_domain_the_mail_has_no_link(office, sent):
    SiteSettings.objects.update(domain="")
    article = office.article()
    one = sent(lambda: reviewing.submit(article, office.writer))["signer"]
    assert "http" not in one.body
    assert "/admin/" not in one.body


def test_a_mail_server_that_fails_is_logged_and_stops_neither_the_review_nor_the_other_mails(
    office, sent, monkeypatch, caplog
):
    send = mail.EmailMessage.send

    def fails_for_one(message, *args, **kwargs):
        if message.to == ["reviewer@example.org"]:
            raise ConnectionRefusedError("no mail server")
        return send(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", fails_for_one)
    article = office.article()
    found = sent(lambda: reviewing.submit(article, office.writer))
    assert set(found) == {"second", "signer"}
    assert article.review_stage == "first"
    assert [record.name for record in caplog.records if "was not sent" in record.getMessage()] == ["articles.notices"]


def test_a_failed_mail_is_tried_again_later_and_given_up_in_the_end(office, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    backend = notices.write.get_backend()
    article = office.submitted()
    backend.clear()

    def fails(*args, **kwargs):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(mail.EmailMessage, "send", fails)
    asked = ("waiting", office.reviewer.pk, article.latest_revision_id)
    notices.write.call(*asked, by="x")
    (again,) = backend.results
    assert (again.kwargs["tried"], tuple(again.args)) == (1, asked)
    assert again.task.run_after is not None
    with pytest.raises(ConnectionRefusedError):
        notices.write.call(*asked, by="x", tried=len(notices.TRIED_AGAIN))
