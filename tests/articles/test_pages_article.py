"""An article's page: what it says, to whom, and at what cost."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from articles import publishing
from articles.alike import telling_words
from articles.models import Article, Collection, CollectionEntry, ViewCount
from articles.neighbours import in_turn
from tests.factories import make_article, make_channel, make_organization, make_plan, make_user

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2019, 1, 3, 8, 5, 59, tzinfo=timezone.get_default_timezone())
ARTICLE_QUERIES = 6


def page(client, article, **query):
    response = client.get(article.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def test_everything_that_is_known_is_on_the_page(client):
    article = make_article(
        "全市工会工作要点",
        published_at=AT,
        organization=make_organization("甲区总工会"),
        channel=make_channel("要闻", column_type="工作动态"),
        text={
            "kicker": "两个重点",
            "subtitle": "在全体会议上",
            "source": "工人日报",
            "author": "张三",
            "author_title": "区总工会主席",
            "editor": "李四",
            "reviewer": "王五",
            "tags": ["技能大赛", "入会"],
        },
    )
    ViewCount.objects.filter(article=article).update(count=1286)
    html = page(client, article)
    for words in (
        "两个<wbr>重点",
        "在全体会议上",
        "工人日报",
        "张三",
        "区总工会主席",
        "李四",
        "王五",
        "甲区总工会",
        "1286",
    ):
        assert words in html.replace("<wbr>", "") or words in html
    assert '<time datetime="2019-01-03T08:05+08:00">2019-01-03 08:05</time>' in html
    assert f'href="/tags/{"%E5%85%A5%E4%BC%9A"}/"' in html
    assert '<a href="#s1"><span>一、</span><span>加强组织建设</span></a>' in html
    assert '<meta name="ArticleTitle" content="全市工会工作要点">' in html
    assert '<meta name="PubDate" content="2019-01-03 08:05">' in html
    assert '<meta name="ContentSource" content="工人日报">' in html
    assert '<meta name="Keywords" content="技能大赛,入会">' in html
    assert '<meta name="ColumnType" content="工作动态">' in html


def test_nothing_is_printed_for_an_empty_value(client):
    article = make_article("无日期", body="<p>正文。</p>", imported=True)
    html = page(client, article)
    for name in ("PubDate", "ContentSource", "Author", "Keywords", "Image", "SiteDomain", "SiteIDCode"):
        assert f'name="{name}"' not in html
    assert 'content=""' not in html
    assert 'class="nodate"' in html
    assert 'class="toc"' not in html
    assert 'class="tags' not in html


def test_a_day_is_printed_without_a_time(client):
    article = make_article(published_at=AT, published_precision="day")
    html = page(client, article)
    assert '<time datetime="2019-01-03">2019-01-03</time>' in html
    assert '<meta name="PubDate" content="2019-01-03">' in html


@pytest.mark.parametrize(("length", "minutes"), [(300, 1), (301, 2), (2026, 7), (15534, 52)])
def test_reading_time(length, minutes):
    article = make_article(body=f"<p>{'工' * length}</p>")
    assert (article.characters, article.reading_minutes) == (length, minutes)


def test_a_text_cut_short_says_so(client):
    assert "banner archived" in page(client, make_article(text={"complete": False}))
    assert "banner archived" not in page(client, make_article())


def test_the_public_sees_the_live_revision_until_the_next_is_published(client):
    article = make_article("旧标题")
    publishing.save_revision(article, None, {"title": "新标题", "body": "<p>新正文。</p>"})
    assert "旧标题" in page(client, article).replace("<wbr>", "")
    publishing.publish(article, None)
    html = page(client, article).replace("<wbr>", "")
    assert "新标题" in html
    assert "旧标题" not in html


def test_withdrawn_is_gone_with_its_reason(client):
    article = make_article("撤下的稿件")
    publishing.withdraw(article, None, "数字有误，待核实")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "数字有误，待核实" in response.content.decode()
    assert "全年新建" not in response.content.decode()


def test_withdrawn_by_the_clock_is_gone(client):
    article = make_article()
    Article.objects.update(withdraw_at=timezone.now())
    assert client.get(article.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("change", ["draft", "scheduled", "scheduled with an end", "trashed", "nothing"])
def test_what_was_never_public_is_not_found(client, change):
    article = make_article(public=False)
    if change.startswith("scheduled"):
        publishing.publish(article, None, at=timezone.now() + datetime.timedelta(hours=1))
    if change == "scheduled with an end":
        Article.objects.update(withdraw_at=timezone.now() + datetime.timedelta(hours=2))
    if change == "trashed":
        publishing.trash(article, None)
    address = "/articles/987654321/" if change == "nothing" else article.get_absolute_url()
    assert client.get(address).status_code == 404


def test_before_and_after_in_the_channel(client):
    channel = make_channel()
    days = [AT + datetime.timedelta(days=day) for day in range(3)]
    old, middle, new = (make_article(f"第{n}篇", channel=channel, published_at=day) for n, day in enumerate(days))
    beside = client.get(middle.get_absolute_url()).context["beside"]
    assert (beside.before.pk, beside.after.pk) == (new.pk, old.pk)
    assert client.get(new.get_absolute_url()).context["beside"].before is None


def test_before_and_after_are_found_without_sorting_the_channel():
    article = make_article(published_at=AT)
    public = Article.objects.published()
    for rows in in_turn(article.channel_id, article.sort_at, article.pk, public):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # a table so small would be read whole
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = rows[:1].explain()
        assert "article_by_channel" in plan
        assert "B-TREE" not in plan and "Sort" not in plan.replace("Incremental Sort", "")


def test_articles_of_one_moment_stand_in_the_order_of_their_numbers(client):
    channel = make_channel()
    first, middle, last = (make_article(channel=channel, published_at=AT) for _ in range(3))
    beside = client.get(middle.get_absolute_url()).context["beside"]
    assert (beside.before.pk, beside.after.pk) == (last.pk, first.pk)


def test_place_in_a_collection(client):
    first, last, elsewhere = make_article("甲"), make_article("丙"), make_article("乙")
    hidden = make_article("未发布", public=False)
    collection = Collection.objects.create(title="文集", slug="wenji", owner=first.owner, is_public=True)
    for position, article in enumerate([first, hidden, None, last]):
        CollectionEntry.objects.create(
            collection=collection, position=position, article=article, title="" if article else "缺失篇"
        )
    context = client.get(last.get_absolute_url()).context
    assert (context["beside"].earlier.pk, context["beside"].later) == (first.pk, None)
    assert (context["beside"].before.pk, context["beside"].after.pk) == (elsewhere.pk, first.pk)
    shown = context["article"]
    assert (shown.collection_slug, shown.collection_number, shown.collection_count) == ("wenji", 3, 3)
    assert "第3篇，共3篇" in page(client, last) or "no. 3 of 3" in page(client, last)
    Collection.objects.update(is_public=False)
    assert client.get(last.get_absolute_url()).context["article"].collection_count is None


def test_related_by_shared_tags_first(client):
    channel, other = make_channel(), make_channel()
    make_article("同栏目", channel=channel)
    two = make_article("两个标签", channel=other, text={"tags": ["入会", "竞赛"]})
    one = make_article("一个标签", channel=other, text={"tags": ["入会"]})
    make_article("未发布", public=False, text={"tags": ["入会", "竞赛"]})
    article = make_article("本篇", channel=channel, text={"tags": ["入会", "竞赛"]})
    titles = [row.title for row in client.get(article.get_absolute_url()).context["beside"].related]
    assert titles == [two.title, one.title, "同栏目"]


def test_related_by_words_of_the_title_before_the_organisation(client):
    own, channel = make_organization(), make_channel()
    make_article("另一件事", organization=own)
    alike = make_article("送清凉慰问一线环卫工人", channel=channel)
    make_article("工会工作要点", channel=channel)
    make_article("环卫工人休息驿站", channel=channel)
    article = make_article("市领导慰问高温下的环卫工人", organization=own)
    titles = [row.title for row in client.get(article.get_absolute_url()).context["beside"].related]
    assert titles[:2] == [alike.title, "另一件事"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("工会2019年工作要点", []),
        ("甲", []),
        ("集体合同签订工作", ["集体合同", "签订"]),
        ('\'; DROP TABLE "x" -- 技能大赛', ["大赛", "技能"]),
    ],
)
def test_telling_words_of_a_title(title, words):
    assert sorted(telling_words(title)) == sorted(words)


def test_a_plan_in_force_shows_its_figures_and_anchors_a_draft_none(client):
    plan = make_plan()
    html = page(client, plan.article)
    target = plan.targets.first()
    assert f'href="#{target.anchor}"' in html
    assert f'id="{target.anchor}"' in html
    assert 'id="c1"' in html
    draft = make_plan(in_force=False)
    assert "figures-in-text" not in page(client, draft.article)


def test_the_page_costs_the_same_alone_and_among_thirty(client, django_assert_num_queries):
    article = make_plan().article
    with django_assert_num_queries(ARTICLE_QUERIES):
        page(client, article)
    tags = {"tags": ["入会", "竞赛"]}
    for _ in range(30):
        make_article(channel=article.channel, organization=article.organization, text=tags)
    publishing.save_revision(article, None, tags)
    publishing.publish(article, None)
    with django_assert_num_queries(ARTICLE_QUERIES):
        page(client, article)


def test_preview_is_for_those_who_may_see_it(client):
    article = make_article("草稿标题", public=False, text={"kicker": "引题"})
    address = f"/articles/{article.pk}/preview/"
    for unknown_or_not in (address, "/articles/987654321/preview/"):
        assert client.get(unknown_or_not).url.startswith("/accounts/login/")
    client.force_login(make_user(role="editor", organization=make_organization()))
    assert client.get(address).status_code == 403
    client.force_login(make_user(role="editor", organization=article.owner))
    response = client.get(address)
    assert response.status_code == 200
    assert "banner preview" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert ViewCount.objects.get(article=article).count == 0


def test_a_preview_stands_in_the_channel_the_article_moves_to(client):
    article = make_article(channel=make_channel("旧栏目"))
    publishing.save_revision(article, None, {"channel": make_channel("新栏目")})
    client.force_login(make_user(role="editor", organization=article.owner))
    assert client.get(f"/articles/{article.pk}/preview/").context["channel"].name == "新栏目"
    assert client.get(article.get_absolute_url()).context["channel"].name == "旧栏目"
