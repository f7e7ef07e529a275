"""What the address of a withdrawn article answers, by the kind of its withdrawal, and where the article still is."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import publishing
from articles.models import Article, Channel, Redirect
from articles.search import search
from articles.views.article import leads_to
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel
from tests.sitemaps import part_of

pytestmark = pytest.mark.django_db
Kind = Article.Withdrawal
KEPT = [Kind.OUTDATED, Kind.ARCHIVED]
SENTENCE = "全年新建工会组织20家"


def withdraw(article, kind, into=None, reason="内容已变"):
    return publishing.withdraw(article, None, reason, kind=kind, into=into)


def html(response) -> str:
    return response.content.decode()


def test_an_error_is_gone_with_its_reason_and_day(client):
    article = withdraw(make_article("误发的题目"), Kind.ERROR)
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "误发的题目" not in html(response)
    assert "内容已变" in html(response)
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in html(response)
    assert '<meta name="robots" content="noindex">' in html(response)
    assert SENTENCE not in html(response)


@pytest.mark.parametrize("kind", KEPT)
def test_a_kept_text_stays_at_its_address_and_leaves_every_list(client, kind):
    channel = make_channel()
    article = make_article("职工技能大赛", channel=channel, text={"tags": ["工匠"]})
    Redirect.objects.create(old_path="/a/1.html", article=article)
    withdraw(article, kind)
    assert article.is_kept
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    for said in (SENTENCE, "内容已变", f"{timezone.localdate():%Y-%m-%d}", "banner archived"):
        assert said in html(response)
    assert "views.js" not in html(response)
    assert 'name="robots"' not in html(response)
    assert client.post(f"{article.get_absolute_url()}views").status_code == 404
    for address in ("/", channel.get_absolute_url(), "/feed/", "/search/?q=技能大赛", "/archive/"):
        assert f'href="{article.get_absolute_url()}"' not in html(client.get(address)), address
    assert client.get("/tags/工匠/").status_code == 404
    assert client.get(part_of(article)).status_code == 404
    assert search("技能大赛").ids == []
    old = client.get("/a/1.html")
    assert (old.status_code, old.url) == (301, article.get_absolute_url())


def test_a_merged_article_leads_on_through_every_link_of_the_chain(client):
    first, second, third = (make_article(f"第{n}") for n in "一二三")
    Redirect.objects.create(old_path="/a/2.html", article=first)
    withdraw(first, Kind.MERGED, second)
    withdraw(second, Kind.MERGED, third)
    response = client.get(first.get_absolute_url())
    assert (response.status_code, response.url) == (301, third.get_absolute_url())
    assert "max-age" in response.headers["Cache-Control"]
    assert client.get("/a/2.html", follow=True).redirect_chain == [
        (first.get_absolute_url(), 301),
        (third.get_absolute_url(), 301),
    ]
    withdraw(third, Kind.ARCHIVED)
    assert client.get(first.get_absolute_url()).url == third.get_absolute_url()
    publishing.publish(third, None)
    withdraw(third, Kind.ERROR, reason="目标也撤了")
    gone = client.get(first.get_absolute_url())
    assert gone.status_code == 410
    assert "内容已变" in html(gone)
    publishing.publish(first, None)
    assert (first.merged_into, client.get(first.get_absolute_url()).status_code) == (None, 200)


def test_a_ring_that_no_verb_makes_is_left_all_the_same(client):
    first, second = make_article(), make_article()
    withdraw(first, Kind.MERGED, second)
    Article.objects.filter(pk=second.pk).update(state="withdrawn", withdrawal_kind="merged", merged_into=first)
    first.refresh_from_db()
    assert leads_to(first) is None
    assert client.get(first.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("state", ["itself", "none", "draft", "withdrawn", "ended"])
def test_what_it_is_merged_into_is_public(state):
    article, other = make_article(), make_article(public=state != "draft")
    if state == "withdrawn":
        withdraw(other, Kind.ARCHIVED)
    if state == "ended":
        Article.objects.filter(pk=other.pk).update(withdraw_at=timezone.now())
    into = {"itself": article, "none": None}.get(state, other)
    with pytest.raises(ValidationError) as refused:
        withdraw(article, Kind.MERGED, into)
    assert list(refused.value.message_dict) == ["into"]
    article.refresh_from_db()
    assert article.state == "public"


def test_a_kept_text_gets_another_kind_or_is_published_again_and_one_in_error_only_the_latter(client):
    article = withdraw(make_article(), Kind.OUTDATED)
    withdraw(article, Kind.ARCHIVED, reason="归档")
    assert (article.withdrawal_kind, article.withdrawal_reason) == ("archived", "归档")
    withdraw(article, Kind.ERROR)
    assert client.get(article.get_absolute_url()).status_code == 410
    with pytest.raises(ValidationError):
        withdraw(article, Kind.ARCHIVED)
    publishing.publish(article, None)
    assert (article.withdrawal_kind, article.withdrawn_at, article.withdrawal_reason) == ("", None, "")
    entries = AuditEntry.objects.filter(verb="withdraw").order_by("pk")
    assert [entry.after["withdrawal_kind"] for entry in entries] == ["outdated", "archived", "error"]


@pytest.mark.parametrize(("kind", "status"), [(Kind.ERROR, 410), (Kind.ARCHIVED, 200), (Kind.MERGED, 302)])
def test_a_channel_of_one_page_says_what_its_page_says(client, kind, status):
    article, other = make_article(), make_article()
    channel = make_channel(kind=Channel.Kind.PAGE, page=article)
    withdraw(article, kind, other if kind == Kind.MERGED else None)
    assert client.get(channel.get_absolute_url()).status_code == status


def test_an_article_whose_time_has_ended_says_so_and_gives_no_reason(client):
    article = make_article()
    end = timezone.now() - datetime.timedelta(days=3)
    Article.objects.filter(pk=article.pk).update(withdraw_at=end)
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert f'<time datetime="{timezone.localtime(end):%Y-%m-%d}">' in html(response)
    assert SENTENCE not in html(response)


@pytest.mark.parametrize("kind", [Kind.ERROR, Kind.ARCHIVED])
def test_in_the_trash_nothing_is_shown_and_out_of_it_what_was_before(client, kind):
    article = withdraw(make_article(), kind)
    before = client.get(article.get_absolute_url()).status_code
    publishing.trash(article, None)
    assert client.get(article.get_absolute_url()).status_code == 410
    publishing.restore(article, None)
    assert client.get(article.get_absolute_url()).status_code == before


def test_withdrawn_before_its_start_there_is_no_kind(client):
    article = make_article(public=False)
    publishing.publish(article, None, at=timezone.now() + datetime.timedelta(days=1))
    withdraw(article, Kind.ARCHIVED)
    assert (article.state, article.withdrawal_kind, article.withdrawn_at) == ("draft", "", None)
    assert AuditEntry.objects.get(verb="withdraw").after is None
    assert client.get(article.get_absolute_url()).status_code == 404
