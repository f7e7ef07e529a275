"""Major changes are told to readers, minor ones leave no trace on the public side."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from tests.articles.desk_form import change, typed
from tests.factories import make_article
from tests.sitemaps import part_of

pytestmark = pytest.mark.django_db


def publish(article, title: str, note: str = "") -> None:
    publishing.save_revision(article, None, {"title": title}, major=bool(note), public_note=note)
    publishing.publish(article, None)


def page(client, article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def notes(html: str) -> list[str]:
    return re.findall(r"</time><span>([^<]*)</span>", html)


def test_a_minor_change_says_nothing(client):
    article = make_article()
    publish(article, "改了一个字")
    assert (article.changes, article.revised_at) == ([], None)
    assert 'class="note changes"' not in page(client, article)


def test_a_major_change_says_what_and_when(client):
    article = make_article()
    publish(article, "改题", "更正报名截止日期。")
    assert [change["note"] for change in article.changes] == ["更正报名截止日期。"]
    assert article.revised_at <= timezone.now()
    html = page(client, article)
    assert notes(html) == ["更正报名截止日期。"]
    said = f'<time datetime="{timezone.localdate():%Y-%m-%d}">'
    assert html.count(said) == 3  # when it was updated, beside the note, in the citation


def test_readers_are_told_what_the_text_that_goes_out_says_alone(client):
    """An earlier note may be what the reviewers sent back; one that nobody takes away goes on with the text."""
    article = make_article()
    for title, note in (("一", "先改了时间。"), ("二", ""), ("三", "又改了地点。")):
        publishing.save_revision(article, None, {"title": title}, major=bool(note), public_note=note)
    publishing.save_revision(article, None, {"title": "三三"})
    assert notes(page(client, article)) == []
    publishing.publish(article, None)
    assert notes(page(client, article)) == ["又改了地点。"]
    publish(article, "三三三", "先改了时间。")
    assert notes(page(client, article)) == ["先改了时间。", "又改了地点。"]
    publish(article, "四")
    assert len(article.changes) == 2


def test_after_three_the_older_ones_are_folded(client):
    article = make_article()
    for number in range(5):
        publish(article, f"第{number}次", f"变化{number}。")
    html = page(client, article)
    assert notes(html) == [f"变化{number}。" for number in (4, 3, 2, 1, 0)]
    shown, folded = html.split("<details><summary>")[0], html.split('<ol start="4">')[1]
    assert (len(notes(shown)), notes(folded)) == (3, ["变化1。", "变化0。"])


def test_the_page_asks_the_database_no_more_for_them(client):
    article = make_article()

    def count() -> int:
        page(client, article)
        with CaptureQueriesContext(connection) as queries:
            page(client, article)
        return len(queries)

    before = count()
    for number in range(4):
        publish(article, f"第{number}次", f"变化{number}。")
    assert count() == before


def test_a_first_publication_tells_nothing():
    article = make_article(public=False)
    publish(article, "首发", "这条不该出现。")
    assert (article.changes, article.revised_at) == ([], None)


def test_a_note_is_escaped(client):
    article = make_article()
    publish(article, "改题", "<b>粗</b>")
    assert "&lt;b&gt;粗" in page(client, article)


def test_a_major_change_needs_its_note():
    article = make_article()
    with pytest.raises(ValidationError) as refused:
        publishing.save_revision(article, None, {"title": "改"}, major=True, public_note=" ")
    assert list(refused.value.message_dict) == ["public_note"]
    assert article.revisions.count() == 1


def test_feed_and_sitemap_follow_major_changes_alone(client):
    article = make_article()
    first = article.first_published_at

    def dated() -> tuple[datetime.datetime, datetime.datetime]:
        feed, sitemap = client.get("/feed/").content.decode(), client.get(part_of(article)).content.decode()
        entry = feed.split("<entry>")[1]
        found = re.search(r"<updated>(.*?)<", entry)[1], re.search(r"<lastmod>(.*?)<", sitemap)[1]
        return tuple(datetime.datetime.fromisoformat(text).replace(microsecond=0) for text in found)

    moment = first.replace(microsecond=0)
    publish(article, "小改")
    assert dated() == (moment, moment)
    publish(article, "大改", "更正日期。")
    revised = timezone.now() - datetime.timedelta(minutes=5)
    Article.objects.filter(pk=article.pk).update(revised_at=revised)
    moment = revised.replace(microsecond=0)
    assert dated() == (moment, moment)


def test_the_form_asks_only_where_readers_have_had_the_text(desk, owner):
    draft, public = make_article(owner=owner, public=False), make_article(owner=owner)
    assert 'name="public_note"' not in desk.get(change(draft)).content.decode()
    assert 'name="public_note"' in desk.get(change(public)).content.decode()
    for given, wrong in (({"major": "on"}, "public_note"), ({"public_note": "更正。"}, "major")):
        response = desk.post(change(public), typed(public, title="新题", **given))
        assert list(response.context["adminform"].form.errors) == [wrong]
    desk.post(change(public), typed(public, title="新题", major="on", public_note=" 更正\n日期。", _publish="1"))
    public.refresh_from_db()
    assert (public.title, [row["note"] for row in public.changes]) == ("新题", ["更正 日期。"])
