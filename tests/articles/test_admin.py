"""The desk's article form: what an editor does with it and its buttons, and what the rights refuse."""

import datetime

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone

from articles import drafts, particulars, publishing
from articles.models import Article
from organizations.models import AuditEntry
from tests.articles.desk_form import LIST, change, said, typed, upload
from tests.articles.pictures import picture
from tests.factories import BODY, make_article, make_channel, make_organization, make_user


def test_writing_makes_a_draft_with_its_first_revision(desk, owner, editor):
    body = BODY + "<script>alert(1)</script><p onclick='x()'>尾段</p>"
    response = desk.post(f"{LIST}add/", typed(owner=owner, channel=make_channel(), body=body))
    article = Article.objects.get()
    assert response.url == change(article)
    assert (article.state, article.title, article.owner, article.contributor) == ("draft", "春送岗位", owner, editor)
    assert article.latest_revision.number == 1
    assert article.latest_revision.tags == ["就业", "送岗位"]
    assert article.latest_revision.body == BODY + "<p>尾段</p>"
    assert set(article.tags.names()) == {"就业", "送岗位"}
    assert AuditEntry.objects.filter(verb="create", object_id=str(article.pk), actor_id=editor.pk).count() == 1


def test_saving_again_makes_the_next_revision_and_an_unchanged_form_none(desk, owner):
    article = make_article("旧题", owner=owner, public=False)
    desk.post(change(article), typed(article, title="新题", change_note="改题"))
    article.refresh_from_db()
    assert (article.title, article.latest_revision.number, article.latest_revision.change_note) == ("新题", 2, "改题")
    desk.post(change(article), typed(article))
    assert article.revisions.count() == 2


def test_a_form_begun_before_a_colleague_saved_leads_to_both_texts_with_nothing_lost(desk, owner, editor):
    article = make_article(owner=owner, public=False)
    late = typed(article, title="我的题目")
    publishing.save_revision(article, None, {"title": "同事的题目"})
    response = desk.post(change(article), late)
    assert response.url == reverse("admin:articles_article_merge", args=[article.pk])
    assert "2" in said(response)[-1]
    assert drafts.kept(article, editor).text["title"] == "我的题目"
    article.refresh_from_db()
    assert (article.title, article.revisions.count()) == ("同事的题目", 2)


@pytest.mark.parametrize(("changes", "field"), [({"title": " "}, "title"), ({"channel": ""}, "channel")])
def test_what_is_missing_is_named_at_its_field(desk, owner, changes, field):
    article = make_article(owner=owner, public=False)
    response = desk.post(change(article), typed(article, **changes))
    assert list(response.context["adminform"].form.errors) == [field]
    assert article.revisions.count() == 1


def test_save_and_publish_then_withdraw_with_a_reason_then_publish_again(desk, owner, client):
    article = make_article(owner=owner, public=False)
    desk.post(change(article), typed(article, _publish="1"))
    article.refresh_from_db()
    assert article.is_public_now
    page = reverse("admin:articles_article_withdraw", args=[article.pk])
    assert desk.post(page, {"reason": " ", "kind": "error"}).status_code == 200
    article.refresh_from_db()
    assert article.state == "public"
    desk.post(page, {"reason": "数据有误。", "kind": "error"})
    article.refresh_from_db()
    assert (article.state, article.withdrawal_reason) == ("withdrawn", "数据有误。")
    desk.post(change(article), typed(article, _publish="1"))
    article.refresh_from_db()
    assert article.state == "public"


def test_an_edit_of_a_public_article_stays_beside_it_until_published(desk, owner):
    article = make_article("公开的题目", owner=owner)
    desk.post(change(article), typed(article, title="未公开的题目"))
    article.refresh_from_db()
    assert (article.title, article.latest_revision.title) == ("公开的题目", "未公开的题目")
    assert "newer text not public" in desk.get(LIST, headers={"accept-language": "en"}).content.decode()


def test_publication_may_be_set_for_a_later_time(desk, owner):
    article = make_article(owner=owner, public=False)
    later = timezone.localtime() + datetime.timedelta(days=2)
    given = {"publish_at_0": f"{later:%Y-%m-%d}", "publish_at_1": "08:00:00", "_publish": "1"}
    desk.post(change(article), typed(article, **given))
    article.refresh_from_db()
    assert article.state == "public"
    assert not article.is_public_now


def test_a_start_set_for_later_is_said_moved_and_never_dropped(desk, owner):
    article = make_article(owner=owner, public=False)
    day = timezone.localtime() + datetime.timedelta(days=2)
    given = {"publish_at_0": f"{day:%Y-%m-%d}", "publish_at_1": "08:00:00"}
    response = desk.post(change(article), typed(article, **given))
    assert list(response.context["adminform"].form.errors) == ["publish_at"]
    link = f'<a href="{article.get_absolute_url()}">{article.get_absolute_url()}</a>'
    english = {"accept-language": "en"}
    response = desk.post(change(article), typed(article, **given, _publish="1"), headers=english)
    assert said(response) == [f"It will be public from {day:%Y-%m-%d} 08:00 at {link}."]
    article.refresh_from_db()
    response = desk.post(change(article), typed(article, **given | {"publish_at_1": "09:00:00"}, _publish="1"))
    article.refresh_from_db()
    assert (timezone.localtime(article.publish_at).hour, article.is_public_now) == (9, False)
    response = desk.post(change(article), typed(article, _publish="1"), headers=english)
    assert said(response)[-1] == f"Published. Readers find it at {link}."
    assert 'name="publish_at_0"' not in desk.get(change(article)).content.decode()


def test_particulars_a_colleague_changed_meanwhile_are_kept(desk, owner, editor):
    article = make_article(owner=owner, public=False)
    form = desk.get(change(article)).context["adminform"].form
    late = typed(article, started=form["started"].value(), title="我的题目")
    particulars.describe(article, None, kind="notice", published_at=timezone.now())
    desk.post(change(article), late)
    article.refresh_from_db()
    assert (article.kind, article.published_at is None, article.title) == ("notice", False, "我的题目")
    late = typed(article, started=form["started"].value(), kind="speech")
    response = desk.post(change(article), late, headers={"accept-language": "en"})
    assert response.url == reverse("admin:articles_article_merge", args=[article.pk])
    assert said(response)[-1].startswith("kind: ")
    article.refresh_from_db()
    assert (article.kind, drafts.kept(article, editor).text["kind"]) == ("notice", "speech")
    for unreadable in ("[]", "1", '{"published_at": "2019-99-99T00:00:00Z"}', '{"withdraw_at": 3}'):
        assert desk.post(change(article), typed(article, started=unreadable)).status_code == 302


def test_a_refused_publication_keeps_what_was_typed_and_changes_nothing(desk, owner):
    article = make_article(owner=owner, public=False)
    response = desk.post(change(article), typed(article, body="", title="新的题目", _publish="1"))
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert 'value="新的题目"' in response.content.decode()
    article.refresh_from_db()
    assert (article.state, article.revisions.count()) == ("draft", 1)


def test_trash_and_back(desk, owner):
    article = make_article(owner=owner, public=False)
    desk.post(reverse("admin:articles_article_trash", args=[article.pk]))
    article.refresh_from_db()
    assert article.state == "trashed"
    assert desk.post(change(article), typed(article, title="x")).status_code == 302
    assert article.revisions.count() == 1
    desk.post(reverse("admin:articles_article_restore", args=[article.pk]))
    article.refresh_from_db()
    assert article.state == "draft"


def test_list_actions_publish_withdraw_trash_and_restore(desk, owner):
    first, second = (make_article(owner=owner, public=False) for _ in range(2))
    numbers = [first.pk, second.pk]

    def act(action):
        return desk.post(LIST, {"action": action, "_selected_action": numbers})

    def states():
        return list(Article.objects.order_by("pk").values_list("state", flat=True))

    act("publish_chosen")
    assert states() == ["public", "public"]
    asked = act("withdraw_chosen")
    assert states() == ["public", "public"]
    given = {name: asked.context[name] for name in ("address", "numbers")}
    assert f'name="ids" value="{given["numbers"]}"' in asked.content.decode()
    again = desk.post(given["address"], {"ids": given["numbers"], "reason": " "})
    assert (states(), again.context["numbers"]) == (["public", "public"], given["numbers"])
    desk.post(given["address"], {"ids": given["numbers"], "reason": "重复。", "kind": "error"})
    assert states() == ["withdrawn", "withdrawn"]
    act("trash_chosen")
    assert states() == ["trashed", "trashed"]
    act("restore_chosen")
    assert states() == ["withdrawn", "withdrawn"]


def test_a_contributor_writes_and_does_not_publish(client, owner):
    client.force_login(make_user(role="contributor", organization=owner, is_staff=True))
    article = make_article(owner=owner, public=False)
    page = client.get(change(article)).content.decode()
    assert 'name="_continue"' in page
    assert 'name="_publish"' not in page
    response = client.post(change(article), typed(article, title="稿", _publish="1"))
    assert response.context["adminform"].form.non_field_errors()
    article.refresh_from_db()
    assert (article.state, article.revisions.count()) == ("draft", 1)
    client.post(LIST, {"action": "publish_chosen", "_selected_action": [article.pk]})
    article.refresh_from_db()
    assert article.state == "draft"
    assert 'name="published_at_0"' not in page
    assert 'name="publish_at_0"' not in page
    client.post(change(article), typed(article, published_at_0="2001-01-01", published_at_1="00:00:00"))
    article.refresh_from_db()
    assert article.published_at is None
    client.post(f"{LIST}add/", typed(owner=owner, channel=article.channel, title="新稿"))
    assert Article.objects.filter(title="新稿").count() == 1
    live = make_article(owner=owner)
    assert client.post(change(live), typed(live, title="改")).status_code == 302
    assert live.revisions.count() == 1
    assert live.latest_revision.body in client.get(change(live)).content.decode()


def test_another_organisations_draft_is_neither_listed_nor_opened_nor_given_away(desk, owner):
    other = make_organization("盐都区总工会")
    theirs = make_article("别家的草稿", owner=other, public=False)
    ours = make_article("自家的草稿", owner=owner, public=False)
    listed = desk.get(LIST).content.decode()
    assert "自家的草稿" in listed
    assert "别家的草稿" not in listed
    assert "别家的草稿" not in desk.get(change(theirs), follow=True).content.decode()
    for page in ("withdraw", "trash", "restore"):
        assert desk.post(reverse(f"admin:articles_article_{page}", args=[theirs.pk])).status_code == 403
    response = desk.post(change(ours), typed(ours, owner=other.pk))
    assert list(response.context["adminform"].form.errors) == ["owner"]


def test_particulars_change_with_a_trace_of_before_and_after(desk, owner, editor):
    article = make_article(owner=owner, public=False)
    about = make_organization("青岛市总工会")
    given = {"organization": about.pk, "published_at_0": "2019-03-11", "published_at_1": "00:00:00"}
    response = desk.post(change(article), typed(article, **given))
    assert list(response.context["adminform"].form.errors) == ["date_reason"]
    desk.post(change(article), typed(article, **given, date_reason="按来函日期"))
    article.refresh_from_db()
    assert article.organization == about
    assert (timezone.localtime(article.published_at).date(), article.published_precision) == (
        datetime.date(2019, 3, 11),
        "day",
    )
    entry = AuditEntry.objects.get(verb="describe")
    assert (entry.before, entry.after) == ({"organization": None}, {"organization": "青岛市总工会"})


def test_tags_are_proposed_from_those_in_use(desk, owner):
    make_article(owner=owner, text={"tags": ["建会", "集体协商"]})
    make_article(owner=make_organization(), public=False, text={"tags": ["别家的集体"]})
    assert desk.get(f"{LIST}tags/?q=集体").json() == {"tags": ["集体协商"]}


def test_what_once_was_public_is_put_into_the_trash_by_editors_alone(client, desk, owner):
    article = make_article(owner=owner)
    publishing.withdraw(article, None, "有误")
    address = reverse("admin:articles_article_trash", args=[article.pk])
    assert address in desk.get(change(article)).content.decode()
    client.force_login(make_user(role="contributor", organization=owner, is_staff=True))
    assert address not in client.get(change(article)).content.decode()


@pytest.mark.parametrize("number", ["²", "x", "9" * 30])
def test_a_number_that_is_none_is_no_error(desk, owner, number):
    assert desk.post(f"{LIST}withdraw/", {"ids": number}).status_code == 200
    assert upload(desk, picture(), owner=number).status_code in (200, 400)


def test_a_form_sent_back_as_it_was_shown_changes_no_time(desk, owner):
    article = make_article(owner=owner)
    moment = article.published_at.replace(second=37, microsecond=0)
    Article.objects.filter(pk=article.pk).update(published_at=moment)
    page = lxml.html.fromstring(desk.get(change(article)).content.decode())
    form = page.get_element_by_id("article_form")
    data = {name: value or "" for name, value in form.form_values() if not name.startswith("_")}
    response = desk.post(change(article), data | {"title": "改过的题目", "_continue": "1"})
    assert response.status_code == 302, response.context["adminform"].form.errors
    article.refresh_from_db()
    assert (article.published_at, article.latest_revision.title) == (moment, "改过的题目")
