"""At the desk, while somebody types: the form is closed to them, a start is moved, one thing is sent twice."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import drafts, publishing
from organizations.models import Membership
from tests.articles.desk_form import change, said, shown, typed
from tests.factories import make_article, make_user

DAY = datetime.timedelta(days=1)


@pytest.fixture
def article(owner):
    return make_article(owner=owner, public=False)


@pytest.fixture
def contributor(client, owner):
    person = make_user(role="contributor", organization=owner, is_staff=True)
    client.force_login(person)
    return person


def starting(moment) -> dict:
    return {f"publish_at_{n}": part for n, part in enumerate(shown(moment).split())}


def as_shown(client, article, **changes) -> dict:
    """What the form sends that is open now, with what it began with."""
    form = client.get(change(article)).context["adminform"].form
    return typed(article, started=form["started"].value(), **changes)


def close(article, how):
    publishing.publish(article, None)
    if how == "trash":
        publishing.withdraw(article, None, "有误")
        publishing.trash(article, None)


@pytest.mark.parametrize("how", ["publish", "trash"])
def test_typing_is_kept_and_shown_though_the_form_is_closed_meanwhile(client, article, contributor, how):
    drafts.keep(article, contributor, {"title": "先写的"}, base=1, window="窗")
    sent = typed(article, title="我写的题目", body="<p>我写的话<script>1</script></p>", window="窗")
    close(article, how)
    response = client.post(change(article), sent, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(change(article), 302)]
    assert response.context["own_text"]["title"] == "我写的题目"
    assert "我写的题目\n我写的话</textarea>" in page
    assert "<p>我写的话</p>" in page
    assert article.revisions.count() == 1
    discard = reverse("admin:articles_article_discard", args=[article.pk])
    assert discard in page
    client.post(discard)
    assert client.get(change(article)).context["own_text"] is None


def test_what_cannot_be_kept_is_shown_once(client, article, contributor):
    drafts.keep(article, contributor, {"title": "另一窗口"}, base=1, window="乙")
    publishing.publish(article, None)
    response = client.post(change(article), typed(article, title="我写的题目", window="甲"))
    assert response.status_code == 200
    assert "我写的题目" in response.content.decode()
    assert drafts.kept(article, contributor).text["title"] == "另一窗口"


def test_the_script_is_told_and_its_text_kept(client, article, contributor):
    publishing.publish(article, None)
    address = reverse("admin:articles_article_autosave", args=[article.pk])
    asked = {"doing": "keep", "writer": contributor.pk, "title": "我写的题目", "window": "a\x00b"}
    answer = client.post(address, asked)
    assert answer.status_code == 409
    assert answer.json()["error"]
    assert drafts.kept(article, contributor).text["title"] == "我写的题目"
    assert client.post(address, asked | {"doing": "alive"}).status_code == 409


def test_nobody_elses_text_is_kept_or_shown(client, article, owner):
    drafts.keep(article, make_user(role="contributor", organization=owner), {"title": "别人写的"}, base=1)
    publishing.publish(article, None)
    for role, place in (("auditor", owner), ("contributor", None)):
        client.force_login(make_user(role=role, organization=place, is_staff=True))
        assert client.post(change(article), typed(article, title="x")).status_code in (302, 403)
        assert "别人写的" not in client.get(change(article), follow=True).content.decode()
    assert article.editing_sessions.count() == 1


def test_what_is_sent_twice_is_saved_once(desk, article):
    sent = typed(article, title="新标题")
    first, second = (desk.post(change(article), sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert article.revisions.count() == 2


def test_an_old_form_does_not_move_a_start_that_a_colleague_moved(desk, article, editor):
    now = timezone.now().replace(microsecond=0)
    publishing.publish(article, editor, at=now + DAY)
    sent = as_shown(desk, article, _publish="1", **starting(now + DAY))
    publishing.publish(article, None, at=now + 3 * DAY)
    response = desk.post(change(article), sent)
    article.refresh_from_db()
    assert article.publish_at == now + 3 * DAY
    assert response.headers["Location"] == reverse("admin:articles_article_merge", args=[article.pk])
    assert desk.get(response.headers["Location"]).status_code == 200
    saved = {name: value for name, value in sent.items() if name != "_publish"} | {"title": "新标题"}
    assert desk.post(change(article), saved).status_code == 302
    article.refresh_from_db()
    assert (article.latest_revision.title, article.publish_at) == ("新标题", now + 3 * DAY)


def test_the_form_moves_and_lifts_its_own_start(desk, article, editor):
    now = timezone.now().replace(microsecond=0)
    publishing.publish(article, editor, at=now + DAY)
    desk.post(change(article), as_shown(desk, article, _publish="1", **starting(now + 2 * DAY)))
    article.refresh_from_db()
    assert article.publish_at == now + 2 * DAY
    desk.post(change(article), as_shown(desk, article, _publish="1"))
    article.refresh_from_db()
    assert (article.publish_at, article.is_public_now) == (None, True)


def test_start_and_end_are_moved_together_and_stay_in_order(desk, article):
    now = timezone.now().replace(microsecond=0)

    def send(start, end):
        ending = {f"withdraw_at_{n}": part for n, part in enumerate(shown(end).split())}
        response = desk.post(change(article), as_shown(desk, article, _publish="1", **starting(start), **ending))
        article.refresh_from_db()
        return response

    for days in (10, 20, 5):
        assert send(now + days * DAY, now + (days + 1) * DAY).status_code == 302
        assert (article.publish_at, article.withdraw_at) == (now + days * DAY, now + (days + 1) * DAY)
    response = send(now + 5 * DAY, now + 4 * DAY)
    assert response.context["adminform"].form.errors["withdraw_at"]
    assert article.withdraw_at == now + 6 * DAY


def test_the_chosen_are_published_from_their_own_start(desk, article, editor):
    start = timezone.now() + DAY
    publishing.publish(article, editor, at=start)
    publishing.save_revision(article, editor, {"title": "新标题"})
    desk.post("/admin/articles/article/", {"action": "publish_chosen", "_selected_action": [article.pk]})
    article.refresh_from_db()
    assert (article.publish_at, article.live_revision.number) == (start, 2)


@pytest.mark.parametrize("name", ["published_at", "publish_at", "withdraw_at"])
def test_a_year_before_1900_is_refused_with_a_sentence(desk, article, name):
    ancient = {f"{name}_0": "0001-01-01", f"{name}_1": "00:00:00"}
    sent = typed(article, title="改", date_reason="更正", **ancient)
    response = desk.post(change(article), sent)
    assert response.context["adminform"].form.errors[name]
    autosave = reverse("admin:articles_article_autosave", args=[article.pk])
    kept = {"doing": "keep", "writer": response.wsgi_request.user.pk, "kept": "0001-01-01T00:00:00+14:00"}
    started = '{"publish_at": "0001-01-01T00:00:00+14:00"}'
    assert desk.post(autosave, sent | kept | {"started": started}).status_code == 200
    assert desk.get(reverse("admin:articles_article_merge", args=[article.pk])).status_code == 200
    assert desk.get(change(article) + "?draft=1").status_code == 200


def test_too_many_at_once_are_refused(desk, article):
    publishing.publish(article, None)
    numbers = ",".join(map(str, range(1, 300_000)))
    response = desk.post("/admin/articles/article/withdraw/", {"ids": numbers, "kind": "error", "reason": "有误"})
    assert response.status_code == 302
    assert said(response)
    article.refresh_from_db()
    assert article.is_public_now


def test_the_search_for_the_other_article_reads_what_the_public_reads(client, owner):
    article = make_article("公开的题目", owner=owner)
    publishing.save_revision(article, None, {"body": "<p>机密翡翠计划</p>"})
    client.force_login(make_user(role="editor", is_staff=True))
    asked = {"app_label": "articles", "model_name": "article", "field_name": "merged_into"}

    def found(term):
        return client.get("/admin/autocomplete/", asked | {"term": term}).json()["results"]

    assert found("翡翠") == []
    assert [row["id"] for row in found("集体合同")] == [str(article.pk)]


def test_a_contributor_is_not_named_as_editor_of_a_new_text(client, contributor, owner):
    def editor():
        return client.get("/admin/articles/article/add/").context["adminform"].form["editor"].value()

    assert not editor()
    Membership.objects.filter(user=contributor).update(role="editor")
    assert editor() == str(contributor)
