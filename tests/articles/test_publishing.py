"""An article's life: each verb, what it changes, what it refuses."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision, SearchDocument
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def text(**changes):
    return {"title": "职工技能大赛开幕", "body": "<p>全市职工技能大赛今天开幕，来自各区的选手参加。</p>", **changes}


def verbs_logged(article):
    rows = AuditEntry.objects.filter(object_type="articles.article", object_id=str(article.pk)).order_by("pk")
    return list(rows.values_list("verb", "revision"))


class TestSaving:
    def test_a_saved_text_is_the_next_revision_and_an_unchanged_one_none(self):
        article = make_article(public=False)
        revision = publishing.save_revision(article, None, {"title": "新的标题"})
        assert (revision.number, article.title) == (2, "新的标题")
        assert publishing.save_revision(article, None, {"title": " 新的标题 "}) == revision
        assert article.revisions.count() == 2

    def test_an_edit_of_a_public_article_stays_beside_the_live_text(self):
        article = make_article("旧标题")
        publishing.save_revision(article, None, {"title": "新标题"})
        assert (article.title, article.live_revision.title, article.latest_revision.title) == (
            "旧标题",
            "旧标题",
            "新标题",
        )
        assert article.has_unpublished_changes
        publishing.publish(article, None)
        assert (article.title, article.live_revision.number, article.has_unpublished_changes) == ("新标题", 2, False)

    def test_a_stale_save_is_refused_and_changes_nothing(self):
        article = make_article(public=False)
        publishing.save_revision(article, None, {"title": "先存的"}, base=1)
        with pytest.raises(ValidationError) as refused:
            publishing.save_revision(article, None, {"title": "后存的"}, base=1)
        article.refresh_from_db()
        assert (refused.value.code, article.title, article.revisions.count()) == ("stale", "先存的", 2)

    @pytest.mark.parametrize("title", ["", "   ", "题" * 201])
    def test_a_title_is_needed_and_has_a_limit(self, title):
        with pytest.raises(ValidationError) as refused:
            make_article(text={"title": title})
        assert list(refused.value.message_dict) == ["title"]
        assert Article.objects.count() == 0

    def test_the_body_is_cleaned_on_the_server(self):
        article = make_article(
            body='<p onclick="x()">正文<script>alert(1)</script></p><img src="http://a.example/b.png">'
        )
        assert article.live_revision.body == "<p>正文</p>"

    def test_tags_are_written_with_publication_and_kept_in_order(self):
        article = make_article(text={"tags": ["技能大赛", " 集体合同 ", "技能大赛"]})
        assert article.live_revision.tags == ["技能大赛", "集体合同"]
        assert sorted(article.tags.names()) == ["技能大赛", "集体合同"]
        publishing.save_revision(article, None, {"tags": ["工匠"]})
        assert sorted(article.tags.names()) == ["技能大赛", "集体合同"]
        publishing.publish(article, None)
        assert list(article.tags.names()) == ["工匠"]

    def test_a_tag_keeps_the_spelling_that_is_in_use(self, client):
        make_article(text={"tags": ["5G"]})
        article = make_article(text={"tags": ["5g", "工匠", "５Ｇ", "5G"]})
        assert article.live_revision.tags == ["5G", "工匠", "５Ｇ"]
        assert client.get("/tags/5G/").status_code == 200

    def test_a_tag_may_hold_a_slash(self, client):
        article = make_article(text={"tags": ["A/B"]})
        assert client.get(article.get_absolute_url()).status_code == 200
        assert client.get("/tags/A/B/").status_code == 200

    def test_a_tag_has_a_limit(self):
        with pytest.raises(ValidationError) as refused:
            make_article(text={"tags": ["签" * 101]})
        assert list(refused.value.message_dict) == ["tags"]

    def test_no_line_keeps_a_control_character(self, client):
        article = make_article("坏\x08标题", text={"tags": ["工\x01会"], "source": "甲 \x00 乙"})
        revision = article.live_revision
        assert (revision.title, revision.tags, revision.source) == ("坏标题", ["工会"], "甲 乙")
        assert client.get("/feed/").status_code == 200

    def test_a_long_name_of_the_writer_is_cut(self):
        owner = make_organization()
        user = make_user("u" * 100, role="editor", organization=owner)
        revision = make_article(owner=owner, by=user, public=False).latest_revision
        assert revision.made_by_name == "u" * 60

    def test_full_width_marks_are_a_revision_of_their_own(self):
        article = make_article("新目标--今年工作", body="<p>服务职工,维护权益。</p>")
        revision = publishing.set_full_width(article, None)
        assert (revision.number, revision.title, revision.body) == (
            2,
            "新目标——今年工作",
            "<p>服务职工，维护权益。</p>",
        )
        assert publishing.set_full_width(article, None) == revision

    def test_characters_are_counted_without_white_space(self):
        article = make_article(body="<h2>一、标题</h2><p>共 十 个 字 的 正文。</p>")
        assert (article.characters, article.reading_minutes) == (12, 1)
        assert Article(characters=15534).reading_minutes == 52


class TestPublishing:
    def test_first_publication_is_stamped_by_the_system_and_never_moves(self):
        before = timezone.now()
        article = make_article()
        first = article.first_published_at
        assert before <= first <= timezone.now()
        assert article.published_at == first
        publishing.withdraw(article, None, "内容有误")
        publishing.publish(article, None)
        assert (article.first_published_at, article.has_been_public) == (first, True)

    def test_an_imported_article_without_a_date_stays_without_one(self):
        article = make_article(imported=True)
        assert article.published_at is None
        assert article.sort_at == article.first_published_at

    def test_an_empty_text_is_not_published(self):
        article = make_article(body="<p> </p>", public=False)
        with pytest.raises(ValidationError) as refused:
            publishing.publish(article, None)
        assert refused.value.code == "empty"

    def test_a_channel_with_review_stages_takes_only_what_was_approved(self):
        article = make_article(channel=make_channel(review_stages=2), public=False)
        with pytest.raises(ValidationError) as refused:
            publishing.publish(article, None)
        assert refused.value.code == "review"
        article.latest_revision.stage = Revision.Stage.APPROVED  # the word alone opens nothing
        article.latest_revision.save()
        with pytest.raises(ValidationError) as refused:
            publishing.publish(article, None)
        assert refused.value.code == "review"

    def test_a_later_start_is_decided_at_query_time(self):
        article = make_article(public=False)
        start = timezone.now() + datetime.timedelta(hours=1)
        publishing.publish(article, None, at=start)
        assert list(Article.objects.published()) == []
        assert (article.is_public_now, article.has_been_public) == (False, False)
        Article.objects.update(publish_at=timezone.now() - datetime.timedelta(seconds=1))
        assert list(Article.objects.published()) == [article]
        Article.objects.update(withdraw_at=timezone.now())
        assert list(Article.objects.published()) == []

    def test_the_channel_that_the_text_goes_to_asks_for_the_review(self):
        article = make_article(public=True)
        publishing.save_revision(article, None, {"channel": make_channel(review_stages=1)})
        with pytest.raises(ValidationError) as refused:
            publishing.publish(article, None)
        assert refused.value.code == "review"

    def test_an_article_that_has_run_out_is_published_again(self):
        article = make_article()
        first = article.first_published_at
        Article.objects.update(withdraw_at=timezone.now() - HOUR)
        publishing.publish(article, None)
        assert (article.is_public_now, article.withdraw_at, article.first_published_at) == (True, None, first)

    def test_a_start_that_lies_ahead_is_set_anew(self):
        article = make_article(public=False)
        first, second = timezone.now() + HOUR, timezone.now() + 2 * HOUR
        for start in (first, second):
            publishing.publish(article, None, at=start)
            assert (article.publish_at, article.first_published_at, article.published_at) == (start, start, start)
        publishing.publish(article, None)
        assert (article.publish_at, article.is_public_now, article.has_been_public) == (None, True, True)
        assert article.published_at == article.first_published_at < first
        with pytest.raises(ValidationError) as refused:
            publishing.publish(article, None, at=second)
        assert refused.value.code == "at"

    @pytest.mark.parametrize("own", [None, datetime.datetime(2019, 1, 3, 8, tzinfo=datetime.UTC)])
    def test_withdrawn_before_its_start_it_is_a_draft_again(self, own, client):
        article = make_article("旧题", public=False, published_at=own)
        publishing.publish(article, None, at=timezone.now() + HOUR)
        publishing.save_revision(article, None, {"title": "新题"})
        publishing.withdraw(article, None, "先不发")
        assert (article.state, article.live_revision, article.title) == (Article.State.DRAFT, None, "新题")
        assert (article.publish_at, article.first_published_at, article.published_at) == (None, None, own)
        assert article.withdrawal_reason == ""
        assert list(SearchDocument.objects.filter(article=article).values_list("side", flat=True)) == ["latest"]
        assert client.get(article.get_absolute_url()).status_code == 404

    def test_withdrawal_needs_a_reason_and_keeps_the_text(self):
        article = make_article()
        with pytest.raises(ValidationError):
            publishing.withdraw(article, None, " ")
        publishing.withdraw(article, None, "内容有误")
        assert (article.state, article.withdrawal_reason) == (Article.State.WITHDRAWN, "内容有误")
        assert article.live_revision is not None
        assert list(Article.objects.published()) == []

    def test_the_trash_takes_no_public_article_and_gives_back_what_it_took(self):
        draft, public = make_article(public=False), make_article()
        with pytest.raises(ValidationError):
            publishing.trash(public, None)
        publishing.withdraw(public, None, "过期")
        for article, state in ((draft, Article.State.DRAFT), (public, Article.State.WITHDRAWN)):
            publishing.trash(article, None)
            assert article.state == Article.State.TRASHED
            publishing.restore(article, None)
            assert article.state == state

    def test_every_step_is_in_the_audit_trail(self):
        article = make_article()
        publishing.save_revision(article, None, {"title": "改过的标题"})
        publishing.publish(article, None)
        publishing.withdraw(article, None, "过期")
        publishing.trash(article, None)
        publishing.restore(article, None)
        assert verbs_logged(article) == [
            ("create", 1),
            ("publish", 1),
            ("save", 2),
            ("publish", 2),
            ("withdraw", 2),
            ("trash", None),
            ("restore", None),
        ]

    def test_the_public_index_holds_public_articles_alone(self):
        article = make_article()
        sides = SearchDocument.objects.filter(article=article).order_by("side").values_list("side", flat=True)
        assert list(sides) == ["both"]
        publishing.withdraw(article, None, "过期")
        assert list(sides.all()) == ["latest"]
        publishing.trash(article, None)
        assert list(sides.all()) == []


class TestRights:
    def test_a_contributor_writes_but_does_not_publish(self):
        owner = make_organization()
        user = make_user(role="contributor", organization=owner)
        article = publishing.create(owner=owner, channel=make_channel(), by=user, text=text())
        with pytest.raises(PermissionDenied):
            publishing.publish(article, user)
        article.refresh_from_db()
        assert (article.state, article.contributor) == (Article.State.DRAFT, user)

    def test_a_contributor_does_not_bring_back_what_was_public(self):
        owner = make_organization()
        article, user = make_article(owner=owner), make_user(role="contributor", organization=owner)
        publishing.withdraw(article, None, "过期")
        publishing.trash(article, None)
        with pytest.raises(PermissionDenied):
            publishing.restore(article, user)

    def test_a_contributor_gives_no_date(self):
        owner = make_organization()
        user = make_user(role="contributor", organization=owner)
        with pytest.raises(PermissionDenied):
            make_article(owner=owner, by=user, public=False, published_at=timezone.now())

    def test_a_contributor_does_not_touch_what_is_public(self):
        owner = make_organization()
        article = make_article(owner=owner)
        with pytest.raises(PermissionDenied):
            publishing.save_revision(article, make_user(role="contributor", organization=owner), {"title": "改"})

    @pytest.mark.parametrize("verb", ["save_revision", "publish", "withdraw", "trash", "restore"])
    def test_a_foreign_editor_does_nothing(self, verb):
        article = make_article(owner=make_organization(), public=verb == "withdraw")
        foreign = make_user(role="manager", organization=make_organization())
        extra = {"save_revision": ({"title": "改"},), "withdraw": ("理由",)}.get(verb, ())
        with pytest.raises(PermissionDenied):
            getattr(publishing, verb)(article, foreign, *extra)
        assert [row[0] for row in verbs_logged(article)] == (
            ["create", "publish"] if verb == "withdraw" else ["create"]
        )


@pytest.mark.parametrize("changes", [{"live_revision": None}, {"first_published_at": None}])
def test_the_database_refuses_a_public_article_without_its_text_or_time(changes):
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**changes)
