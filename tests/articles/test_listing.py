"""Long lists and their counts follow every verb; a page of one is found without passing those before it."""

import datetime
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from articles import listing, particulars, publishing
from articles.long_lists import ByMonth, OfListing, newest_of
from articles.models import Article, ListCount, Listing
from articles.months import counts
from organizations import tree
from organizations.consistency import faults
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db


def day(year: int, month: int, number: int = 1):
    return datetime.datetime(year, month, number, 4, tzinfo=datetime.UTC)


@pytest.fixture
def tree_of_three():
    city = make_organization("甲市总工会", level="city")
    return city, make_organization("乙区总工会", parent=city), make_organization("丙区总工会", parent=city)


def count(name: str) -> int:
    return sum(ListCount.objects.filter(list=name).values_list("count", flat=True))


def sound() -> bool:
    return list(faults()) == []


def test_every_verb_keeps_lists_and_counts(tree_of_three):
    city, second, third = tree_of_three
    one, two = make_channel(), make_channel()
    article = make_article(channel=one, organization=second, text={"tags": ["入会", "Abc"]}, public=False)
    assert not Listing.objects.exists()
    publishing.publish(article, None)
    assert count(listing.organization_list(city)) == count(listing.organization_list(second)) == 1
    assert count(listing.channel_list(one.pk)) == count(listing.SITE) == 1
    assert Listing.objects.count() == 4
    assert sound()
    publishing.save_revision(article, None, {"channel": two, "tags": ["入会"]})
    publishing.publish(article, None)
    assert (count(listing.channel_list(one.pk)), count(listing.channel_list(two.pk))) == (0, 1)
    assert sound()
    particulars.describe(article, None, organization=third, published_at=day(2001, 2), reason="有误")
    assert count(listing.organization_list(second)) == 0
    assert set(Listing.objects.values_list("sort_at", flat=True)) == {day(2001, 2)}
    assert sound()
    publishing.withdraw(article, None, "有误")
    assert not Listing.objects.exists()
    assert count(listing.SITE) == 0
    assert sound()
    publishing.publish(article, None)
    assert count(listing.organization_list(city)) == 1
    assert sound()


def test_a_body_that_moves_takes_its_lists_along(tree_of_three):
    city, second, third = tree_of_three
    make_article(organization=second)
    make_article(organization=third)
    other = make_organization("丁市总工会", level="city")
    tree.move(second, other)
    city.refresh_from_db()
    assert count(listing.organization_list(city)) == count(listing.organization_list(other)) == 1
    assert sound()


def test_check_data_finds_what_is_wrong_and_the_command_mends_it(tree_of_three):
    article = make_article(organization=tree_of_three[1])
    ListCount.objects.filter(list=listing.SITE).update(count=7)
    Listing.objects.filter(article=article).first().delete()
    assert len(list(faults())) == 2
    call_command("rebuild_lists", stdout=StringIO())
    assert sound()


def test_the_migration_fills_the_lists_by_the_models_of_its_day(tree_of_three):
    first = make_article(organization=tree_of_three[1], text={"tags": ["入会", "Abc"]})
    make_article(organization=tree_of_three[0], text={"tags": ["入会"]}, published_at=day(2001, 2), imported=True)
    make_article(public=False)
    publishing.withdraw(make_article(text={"tags": ["入会"]}), None, "有误")
    Article.objects.filter(pk=first.pk).update(published_at=None)
    call_command("rebuild_lists", stdout=StringIO())
    columns = ("list", "month", "count", "dated")
    places, counted = set(Listing.objects.values_list("list", "article")), set(ListCount.objects.values_list(*columns))
    Listing.objects.all().delete()
    ListCount.objects.update(count=7)
    then = MigrationExecutor(connection).loader.project_state(("articles", "0010_fill_lists")).apps
    import_module("articles.migrations.0010_fill_lists").fill(then, connection.schema_editor())
    assert set(Listing.objects.values_list("list", "article")) == places
    assert set(ListCount.objects.values_list(*columns)) == counted


def test_a_page_holds_what_stands_there_in_the_whole_list():
    channel = make_channel()
    times = [day(2020 - number // 5, 1 + number % 12, 1 + number) for number in range(23)]
    for at in times:
        make_article(channel=channel, published_at=at, imported=True)
    rows = Article.objects.published().filter(channel=channel)
    whole = list(rows.newest())
    for size in (1, 4, 23, 50):
        pages = ByMonth(rows, counts([channel.pk]).all, size)
        assert [row for page in pages for row in page] == whole
        assert pages.count == 23
    assert list(ByMonth(rows.none(), {}, 5).page(1)) == []


def test_what_is_not_public_by_the_clock_stands_on_no_page_and_in_no_count(client, tree_of_three):
    city, second, _third = tree_of_three
    rows = [make_article(organization=second, text={"tags": ["入会"]}) for _number in range(4)]
    past, ahead = timezone.now() - datetime.timedelta(hours=1), timezone.now() + datetime.timedelta(hours=1)
    Article.objects.filter(pk=rows[3].pk).update(withdraw_at=past)
    Article.objects.filter(pk=rows[1].pk).update(publish_at=ahead)
    left = [rows[2], rows[0]]
    for page in (f"/organizations/{city.slug}/", f"/organizations/{second.slug}/?news=own", "/tags/入会/"):
        found = client.get(page).context["page"]
        assert (list(found), found.paginator.count) == (left, 2)
    assert sum(counts().all.values()) == 2
    pages = OfListing(Article.objects.published(), listing.organization_list(city), 1)
    assert [row for page in pages for row in page] == left
    assert client.get("/tags/").context["tags"] == [{"name": "入会", "n": 2}]
    below = client.get(f"/organizations/{city.slug}/?news=below").context["page"]
    assert (list(below), below.paginator.count) == (left, 2)


def test_articles_of_one_moment_stand_in_the_order_of_their_numbers(tree_of_three):
    at = day(2020, 3)
    made = [make_article(f"同时{number}", organization=tree_of_three[1], published_at=at).pk for number in range(5)]
    Listing.objects.update(sort_at=at)
    Article.objects.update(sort_at=at)
    name = Listing.objects.values_list("list", flat=True).filter(article=made[0]).first()
    assert {row.pk for row in newest_of(Article.objects, name, 2)} == set(made[-2:])
    assert {row.pk for row in newest_of(Article.objects, name, 2, skipped=2)} == {made[2], made[1]}
