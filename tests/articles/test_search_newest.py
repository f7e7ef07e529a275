"""The newest articles that are asked for are exactly those that a look through all finds, whatever spans of months the
index is asked for and however it is narrowed."""

import datetime
import random
from itertools import product

import pytest
from django.utils import timezone

from articles import asking, finding, publishing, search
from articles.models import Article
from articles.search import Filters
from organizations.paths import subtree_end
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db

DAYS = (
    *(-20_000, -19_999, -400, -70, -68, 0, 1, 3, 5, 7, 10, 20, 25, 29, 31, 33, 40, 50, 58, 60, 61, 62, 92, 95, 100),
    *(150, 200, 300, 360, 370, 400, 700, 730, 900, 1200, 1800, 2500, 2502, 2504, 2700, 9000, 9400, 39_998, 40_000),
)
"""Ages of the articles; some are dated after today, as happens by a slip of the pen. SQLite may take one for the other
of two within eighteen hours."""
WORDS = ("竞赛", "帮扶", "权益", "培训")


@pytest.fixture
def province():
    """Articles of all ages in a tree of organisations, each with some of the words; of some a draft beside the text."""
    chance = random.Random(16)
    top = make_organization("甲省总工会", level="province")
    bodies = [
        top,
        make_organization("乙市总工会", level="city", parent=top),
        make_organization("丙市总工会", level="city"),
    ]
    channels = [make_channel(f"栏目{number}") for number in range(3)]
    now = timezone.now()
    for number, days in enumerate(chance.sample(DAYS, len(DAYS))):
        held = [word for word in WORDS if chance.random() < 0.6]
        article = make_article(
            f"第{number}篇" + "".join(held),
            body="<p>正文。</p>",
            organization=chance.choice(bodies),
            channel=chance.choice(channels),
            kind=chance.choice(("news", "plan")),
            published_at=now - datetime.timedelta(days=max(days, 0)),
            public=chance.random() < 0.9,
        )
        if days < 0:  # no verb dates an article after today, but a clock may have been wrong
            article.published_at = now - datetime.timedelta(days=days)
            article.save()
            search.index(article)
        if number % 7 == 0:
            publishing.save_revision(article, None, {"title": f"第{number}篇" + chance.choice(WORDS)})
    return {"bodies": bodies, "channels": channels}


def looked_through(words, filters, public) -> list[int]:
    """The numbers of the articles whose title holds all words, the newest first."""
    rows = Article.objects.published() if public else Article.objects.all()
    if filters.organization:
        path = filters.organization.path
        rows = rows.filter(organization__path__gte=path, organization__path__lt=subtree_end(path))
    if filters.channels:
        rows = rows.filter(channel__in=filters.channels)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year:
        first, end = finding._year(filters.year)
        rows = rows.filter(published_at__isnull=False, sort_at__gte=first, sort_at__lt=end)
    rows = rows.select_related("live_revision", "latest_revision").order_by("-sort_at", "-pk")
    texts = {row: row.live_revision if public else row.latest_revision for row in rows}
    return [row.pk for row, text in texts.items() if all(word in text.title for word in words)]


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(("span", "longest"), [(2, 64), (1, 1), (3, 0)])
def test_spans_and_filters_change_nothing_of_what_is_found(province, monkeypatch, span, longest, public):
    monkeypatch.setattr(asking, "SPAN", span)
    monkeypatch.setattr(asking, "LONGEST_SPAN", longest)
    year = timezone.localdate().year
    narrowed = [
        Filters(),
        *(Filters(organization=body) for body in province["bodies"]),
        Filters(channels=tuple(row.pk for row in province["channels"][:2])),
        Filters(organization=province["bodies"][0], kind="plan", channels=(province["channels"][0].pk,)),
        *(Filters(year=one) for one in (year, year - 1, year - 7)),
    ]
    for words in (["竞赛"], ["帮扶", "权益"], ["篇", "培训"]):
        for filters in narrowed:
            wanted = looked_through(words, filters, public)
            for most in (1000, 4):
                monkeypatch.setattr(finding, "CAP", most)
                found = search.search(" ".join(words), public=public, order="date", filters=filters, limit=most)
                assert found.ids == wanted[:most], (words, filters)
                assert (found.count, found.capped) == (min(len(wanted), most + 1), len(wanted) > most)


@pytest.mark.parametrize("few", [1000, 0])
def test_what_a_user_may_see_is_known_before_the_newest_are_taken(province, monkeypatch, few):
    monkeypatch.setattr(finding, "FEW", few)
    seen = Article.objects.filter(organization=province["bodies"][1])
    for most, words in product((1000, 2), (["竞赛"], ["帮扶", "权益"])):
        monkeypatch.setattr(finding, "CAP", most)
        inside = set(seen.values_list("pk", flat=True))
        wanted = [pk for pk in looked_through(words, Filters(), False) if pk in inside]
        found = search.search(" ".join(words), public=False, order="date", limit=most, among=seen)
        assert (found.ids, found.capped) == (wanted[:most], len(wanted) > most)
        named = [pk for pk, _title in search.titles(words[0], most, public=False, among=seen)]
        assert named == [pk for pk in looked_through(words[:1], Filters(), False) if pk in inside][:most]
    assert search.search("竞赛", public=False, among=seen.none()).count == 0


def test_an_article_of_a_small_union_is_found_however_many_newer_ones_hold_the_word(province, monkeypatch):
    monkeypatch.setattr(finding, "CAP", 3)
    small = make_organization("丁县总工会", parent=province["bodies"][2])
    old = make_article("竞赛", organization=small, published_at=timezone.now() - datetime.timedelta(days=30_000))
    assert search.search("竞赛", filters=Filters(organization=small)).ids == [old.pk]
    assert old.pk not in search.search("竞赛", order="date").ids
