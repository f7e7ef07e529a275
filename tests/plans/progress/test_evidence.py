"""News as evidence: suggested by words and numbers, judged by a person."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from plans.models import Evidence, ProgressReport
from plans.progress import evidence
from plans.progress.awaiting import awaiting_page
from plans.progress.states import progress_of
from tests.factories import make_article, make_organization, make_user

from .targets import bare_plan, make_target

pytestmark = pytest.mark.django_db

SENTENCE = "截至目前，全区已有11家农业专业合作社成立工会。"
BODY = f"<p>近日，区总工会走访企业。</p><p>{SENTENCE}吸收会员86名。</p>"


@pytest.fixture
def target():
    year = timezone.localdate().year
    plan = bare_plan(year=year)
    return make_target(plan, 29, object="农业专业合作社成立工会")


def news(target, body=BODY, organization=None, **fields):
    organization = organization or target.plan.organization
    return make_article("农业专业合作社建会", body=body, owner=organization, organization=organization, **fields)


def test_an_article_that_shares_words_is_suggested_with_its_sentence_and_number(target):
    article = news(target)
    found = evidence.candidates(target)
    assert [(one.article, one.passage.sentence, one.passage.number) for one in found] == [(article, SENTENCE, 11)]


def test_a_number_of_another_unit_is_no_number_of_the_target(target):
    news(target, "<p>11名农业专业合作社职工加入工会。</p>")
    assert [one.passage.number for one in evidence.candidates(target)] == [None]


def test_the_number_is_in_the_unit_of_the_target():
    plan = bare_plan(year=timezone.localdate().year)
    target = make_target(plan, 300, "万元", object="筹集帮扶资金")
    news(target, "<p>已筹集帮扶资金1200000元。</p>")
    assert [one.passage.number for one in evidence.candidates(target)] == [120]


def test_articles_of_bodies_below_count_and_of_others_not(target):
    below = make_organization(parent=target.plan.organization, level="township")
    article = news(target, organization=below)
    news(target, organization=make_organization())
    assert [one.article for one in evidence.candidates(target)] == [article]


def test_what_is_not_public_or_before_the_plan_or_a_plan_is_not_suggested(target):
    news(target, public=False)
    old = news(target)
    Article.objects.filter(pk=old.pk).update(published_at=timezone.now() - datetime.timedelta(days=800))
    news(target, kind="plan")
    assert [one.article for one in evidence.candidates(target)] == []


def test_confirming_quotes_the_sentence_and_may_report_the_number(target):
    article = news(target)
    user = make_user(role="contributor", organization=target.plan.organization)
    made = evidence.confirm(target, article, user, quote=SENTENCE, value=Decimal(11))
    assert (made.verdict, made.quote, made.judged_by, made.report.value) == ("confirmed", SENTENCE, user, 11)
    assert made.report.on == timezone.localdate(article.sort_at)
    assert progress_of([target], timezone.localdate())[target.pk].value == 11
    assert evidence.candidates(target) == []


def test_a_confirmation_without_a_report(target):
    evidence.confirm(target, news(target), None, quote=SENTENCE)
    assert not ProgressReport.objects.exists()


def test_refused_articles_are_suggested_no_more_until_that_is_taken_back(target):
    article = news(target)
    refused = evidence.refuse(target, article, None)
    assert (refused.verdict, evidence.candidates(target)) == ("refused", [])
    evidence.take_back(refused, None)
    assert [one.article for one in evidence.candidates(target)] == [article]


def test_words_that_do_not_stand_in_the_article_are_no_evidence(target):
    with pytest.raises(ValidationError, check=lambda refusal: refusal.code == "quote"):
        evidence.confirm(target, news(target), None, quote="已有29家农业专业合作社成立工会。", value=Decimal(29))
    assert not ProgressReport.objects.exists()
    assert not Evidence.objects.exists()


def test_a_draft_is_no_evidence(target):
    with pytest.raises(ValidationError, check=lambda refusal: refusal.code == "public"):
        evidence.confirm(target, news(target, public=False), None, quote=SENTENCE)


def test_a_value_that_cannot_be_reported_confirms_nothing(target):
    with pytest.raises(ValidationError, check=lambda refusal: refusal.code == "negative"):
        evidence.confirm(target, news(target), None, quote=SENTENCE, value=Decimal(-1))
    assert not Evidence.objects.exists()


def test_who_may_judge(target):
    with pytest.raises(PermissionDenied):
        evidence.refuse(target, news(target), make_user(role="editor"))


def test_news_is_suggested_where_it_awaits_a_judgement(target):
    article = news(target)
    user = make_user(role="editor", organization=target.plan.organization)
    found = awaiting_page(user, timezone.localdate()).suggestions
    assert [(one.target, one.article) for one in found] == [(target, article)]
    evidence.refuse(target, article, user)
    assert awaiting_page(user, timezone.localdate()).suggestions == []


def test_what_is_refused_after_all_proves_no_report_any_more(target):
    article = news(target)
    evidence.confirm(target, article, None, quote=SENTENCE, value=Decimal(11))
    refused = evidence.refuse(target, article, None)
    assert (refused.report, ProgressReport.objects.count()) == (None, 1)


def test_an_article_that_was_withdrawn_stays_evidence_without_a_link(client, target):
    article = news(target)
    evidence.confirm(target, article, None, quote=SENTENCE, value=Decimal(11))
    client.force_login(make_user(is_superuser=True))
    address = f'href="{article.get_absolute_url()}"'
    assert address in client.get(reverse("plan-target", args=[target.pk])).content.decode()
    Article.objects.filter(pk=article.pk).update(withdraw_at=timezone.now())
    page = client.get(reverse("plan-target", args=[target.pk])).content.decode()
    assert (address in page, article.title in page, SENTENCE in page) == (False, True, True)


@pytest.mark.parametrize(
    ("withdrawn", "shown"),
    [
        ({"withdraw_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, False),
        ({"state": "withdrawn", "withdrawal_kind": "error"}, False),
        ({"state": "trashed"}, False),
        ({"state": "withdrawn", "withdrawal_kind": "archived"}, True),  # its address shows the text
    ],
)
def test_evidence_that_is_no_longer_public_is_told_to_those_who_may_see_it(target, withdrawn, shown):
    article = news(target)
    Article.objects.filter(pk=article.pk).update(published_at="2019-05-06T08:00:00Z")
    evidence.confirm(target, article, None, quote=SENTENCE, value=Decimal(11))
    Article.objects.filter(pk=article.pk).update(**withdrawn)
    own = make_user(role="auditor", organization=target.plan.organization)
    for user, told in ((own, True), (make_user(role="editor"), shown)):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        page = client.get(reverse("plan-target", args=[target.pk])).content.decode()
        assert [words in page for words in (article.title, SENTENCE, "2019-05-06")] == [told] * 3
        assert ("An article that is no longer public" in page) is not told
        assert "reported" in page
