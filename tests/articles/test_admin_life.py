"""The desk's pages of an article's life: withdrawing by kind, corrections at a set time, the panel of what is due."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles import corrections, particulars, publishing
from articles.models import Article
from tests.articles.desk_form import LIST, change, typed
from tests.factories import make_article, make_organization, make_user

PANEL = f"{LIST}schedule/"
MOST_QUERIES = 15


def page(name: str, article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def later(hours: float = 24) -> datetime.datetime:
    return timezone.localtime() + datetime.timedelta(hours=hours)


def with_newer_text(owner, title="旧题"):
    article = make_article(title, owner=owner)
    publishing.save_revision(article, None, {"title": f"{title}的新稿"})
    return article


def scheduled(owner, by, title="旧题"):
    article = with_newer_text(owner, title)
    return corrections.schedule(article, by, later())


def make_due(article, minutes: int = 5) -> None:
    Article.objects.filter(pk=article.pk).update(correct_at=timezone.now() - datetime.timedelta(minutes=minutes))


# Withdrawing


def test_the_kind_is_asked_and_what_it_needs(desk, owner):
    article, other = make_article(owner=owner), make_article(owner=owner)
    asked = desk.get(page("withdraw", article)).context["form"]
    assert list(asked.fields) == ["kind", "into", "reason"]
    for given, wrong in (
        ({"reason": "过期"}, "kind"),
        ({"kind": "archived"}, "reason"),
        ({"kind": "merged", "reason": "并入"}, "into"),
        ({"kind": "merged", "reason": "并入", "into": make_article(public=False).pk}, "into"),
    ):
        assert list(desk.post(page("withdraw", article), given).context["form"].errors) == [wrong]
    desk.post(page("withdraw", article), {"kind": "merged", "reason": "并入", "into": other.pk})
    article.refresh_from_db()
    assert (article.withdrawal_kind, article.merged_into) == ("merged", other)


def test_a_kept_text_gets_another_kind_from_its_form(desk, owner):
    article = make_article(owner=owner)
    desk.post(page("withdraw", article), {"kind": "outdated", "reason": "过时", "into": article.pk})
    assert page("withdraw", article) in desk.get(change(article)).content.decode()
    desk.post(page("withdraw", article), {"kind": "archived", "reason": "归档"})
    article.refresh_from_db()
    assert (article.withdrawal_kind, article.merged_into) == ("archived", None)


def test_what_nobody_has_read_is_not_asked_for_a_kind(desk, owner):
    article = make_article(owner=owner, public=False)
    publishing.publish(article, None, at=later())
    assert list(desk.get(page("withdraw", article)).context["form"].fields) == ["reason"]
    desk.post(page("withdraw", article), {"reason": "缓发"})
    article.refresh_from_db()
    assert article.state == "draft"


def test_the_chosen_ones_are_merged_into_one_and_the_list_shows_the_kind(desk, owner):
    rows = [make_article(owner=owner) for _ in range(3)]
    numbers = ",".join(str(row.pk) for row in rows)
    desk.post(f"{LIST}withdraw/", {"ids": numbers, "kind": "merged", "reason": "并入", "into": rows[2].pk})
    states = list(Article.objects.order_by("pk").values_list("state", "merged_into"))
    assert states == [("withdrawn", rows[2].pk), ("withdrawn", rows[2].pk), ("public", None)]
    listed = desk.get(f"{LIST}?withdrawal_kind__exact=merged").context["cl"].result_list
    assert {row.pk for row in listed} == {rows[0].pk, rows[1].pk}


def test_the_field_proposes_public_articles_of_everybody_and_the_list_does_not(desk, owner):
    make_article("自家的草稿", owner=owner, public=False)
    make_article("别家的公开稿", owner=make_organization())
    address = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=merged_into&term="
    assert [row["text"] for row in desk.get(address).json()["results"]] == ["别家的公开稿"]
    assert "别家的公开稿" not in desk.get(f"{LIST}?field_name=merged_into", follow=True).content.decode()


# Corrections


def test_a_text_is_set_for_a_time_and_taken_back(desk, owner, editor):
    article = with_newer_text(owner)
    assert page("correct", article) in desk.get(change(article)).content.decode()
    at = later().replace(second=0, microsecond=0)
    for given in ("", "morgen", f"{later(-1):%Y-%m-%dT%H:%M}"):
        desk.post(page("correct", article), {"at": given})
    article.refresh_from_db()
    assert article.correction is None
    desk.post(page("correct", article), {"at": f"{at:%Y-%m-%dT%H:%M}"})
    article.refresh_from_db()
    assert (article.correct_at, article.correction_by) == (at, editor)
    assert page("cancel_correction", article) in desk.get(change(article)).content.decode()
    desk.get(page("cancel_correction", article))
    article.refresh_from_db()
    assert article.correction is not None
    desk.post(page("cancel_correction", article))
    article.refresh_from_db()
    assert article.correction is None


def test_a_text_that_is_public_offers_no_such_page(desk, owner):
    article = make_article(owner=owner)
    assert page("correct", article) not in desk.get(change(article)).content.decode()


def test_what_failed_is_tried_again_from_the_panel(desk, owner, editor):
    article = scheduled(owner, editor)
    make_due(article)
    Article.objects.filter(pk=article.pk).update(withdraw_at=timezone.now())
    corrections.apply_due()
    failed = desk.get(PANEL).context["failed"]
    assert [line.article for line in failed] == [article]
    assert escape(failed[0].article.correction_failure) in desk.get(PANEL).content.decode()
    assert desk.get(page("apply_again", article)).status_code == 405
    Article.objects.filter(pk=article.pk).update(withdraw_at=None)
    assert desk.post(page("apply_again", article)).url == PANEL
    article.refresh_from_db()
    assert article.title == "旧题的新稿"


# The panel


def test_the_first_page_counts_what_is_late_or_failed(desk, owner, editor):
    assert desk.get("/admin/").context["to_do"]["missed"]["count"] == 0
    make_due(scheduled(owner, editor))
    scheduled(owner, editor)
    html = desk.get("/admin/")
    assert html.context["to_do"]["missed"]["count"] == 1
    assert PANEL in html.content.decode()


def test_the_panel_says_what_is_late_what_is_due_and_who_set_it(desk, owner, editor):
    late = scheduled(owner, editor, "迟到的")
    make_due(late)
    due = scheduled(owner, editor, "更正的")
    start = make_article("待发的", owner=owner, public=False)
    publishing.publish(start, editor, at=later(30))
    end = make_article("到期的", owner=owner)
    particulars.describe(end, editor, withdraw_at=later(2))
    context = desk.get(PANEL).context
    assert [line.article.pk for line in context["late"]] == [late.pk]
    assert [(line.article.pk, line.what) for line in context["due"]] == [
        (end.pk, "withdraw"),
        (due.pk, "correct"),
        (start.pk, "publish"),
    ]
    assert {line.by for name in ("late", "due") for line in context[name]} == {str(editor)}
    assert context["failed"] == []
    text = desk.get(PANEL).content.decode()
    assert "UTC+8" in text
    assert f"{timezone.localtime(end.withdraw_at):%Y-%m-%d %H:%M}" in text
    assert PANEL in desk.get(LIST).content.decode()


def test_the_panel_asks_as_much_for_thirty_as_for_one(desk, owner, editor):
    def add(number):
        make_due(scheduled(owner, editor, f"迟{number}"), 5)
        scheduled(owner, editor, f"正{number}")
        start = make_article(owner=owner, public=False)
        publishing.publish(start, editor, at=later(number + 1))
        particulars.describe(make_article(owner=owner), editor, withdraw_at=later(number + 1))

    def queries() -> int:
        desk.get(PANEL)  # what a session asks for now and then is asked here
        with CaptureQueriesContext(connection) as asked:
            desk.get(PANEL)
        assert not any('"articles_revision"."body"' in query["sql"] for query in asked)
        return len(asked)

    add(0)
    one = queries()
    for number in range(1, 30):
        add(number)
    assert queries() == one <= MOST_QUERIES


def test_times_stand_with_their_zone(desk, owner):
    form = desk.get(change(make_article(owner=owner, public=False))).context["adminform"].form
    for name in ("published_at", "publish_at", "withdraw_at"):
        assert "UTC+8" in form.fields[name].help_text


@pytest.mark.parametrize("who", ["outsider", "nobody", "auditor", "contributor", "foreign editor"])
def test_who_may_see_and_do_what(client, owner, who):
    article = scheduled(owner, None)
    if who != "outsider":
        role, at = {"nobody": (None, None), "foreign editor": ("editor", make_organization())}.get(who, (who, owner))
        client.force_login(make_user(role=role, organization=at, is_staff=True))
    answers = {"outsider": {302}, "nobody": {302, 403}}.get(who, {403})
    for name in ("correct", "cancel_correction", "apply_again", "withdraw"):
        address = page(name, article)
        response = client.post(address, {"at": "2100-01-01T08:00", "kind": "error", "reason": "x"})
        assert response.status_code in answers, name
        assert client.get(address).status_code in answers | ({405} if name == "apply_again" else set())
    before = article.correct_at
    article.refresh_from_db()
    assert (article.correct_at, article.state, article.title) == (before, "public", "旧题")
    shown = client.get(PANEL)
    assert (article.title in shown.content.decode()) == (who in ("auditor", "contributor"))
    assert page("cancel_correction", article) not in shown.content.decode()


def test_a_reviewer_sees_the_date_and_does_not_set_it(client, owner):
    article = make_article(owner=owner)
    client.force_login(make_user(role="reviewer", organization=owner, is_staff=True))
    html = client.get(change(article)).content.decode()
    assert 'name="published_at_0"' not in html
    assert 'name="date_reason"' not in html
    sent = typed(article, published_at_0="2001-01-01", published_at_1="00:00:00", date_reason="x")
    client.post(change(article), sent)
    first = article.published_at
    article.refresh_from_db()
    assert article.published_at == first
