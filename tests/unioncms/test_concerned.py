"""Which pages each verb of every room concerns: none where readers see nothing of it, the whole site where unsure."""

import datetime

import pytest
from django.utils import timezone

from articles import concerned, corrections, making, particulars, publishing
from articles.locking import lock
from articles.models import Article, Channel, Collection, CollectionEntry, MediaFile
from importer.models import ImportBatch, ImportItem
from organizations import audit, tree
from organizations.audit_words import VERBS
from organizations.concerned import also
from organizations.concerned import concerned as tags_of
from organizations.models import AuditEntry, Level, Organization, SiteSettings, User
from plans.models import Clause, Demonstration, Expectation, Indicator, Reminder, SavedView, Target, WorkPlan
from tests.factories import make_article, make_channel, make_organization, make_plan

pytestmark = pytest.mark.django_db

SITE, NONE = "the whole site", "nothing"
PAGE, ARTICLE, PLAN = "its page", "all that shows the article", "all that shows the plan"
TABLE = (  # verbs, what they are done to, what that concerns
    ("create,save,name revision,restore revision,submit,pass,return", {Article: PAGE}),
    ("make link,revoke link,open link", {Article: PAGE}),
    ("schedule correction,cancel correction,correction failed", {Article: PAGE}),
    ("publish,schedule,correct,redate,withdraw,trash,restore", {Article: ARTICLE}),
    ("describe", {Article: ARTICLE, ImportItem: NONE, ImportBatch: NONE}),
    ("file plan,read plan,re-anchor,edit plan,undo edit", {WorkPlan: PLAN}),
    ("put in force,back to draft,close plan,reopen plan", {WorkPlan: PLAN}),
    ("report progress,correct progress,take back progress", {Target: NONE}),
    ("confirm evidence,refuse evidence,take back evidence", {Target: NONE}),
    ("assign indicator,set upper target", {Target: NONE}),
    ("pair passages,unpair passages", {WorkPlan: NONE}),
    ("expect plans", {Expectation: NONE}),
    ("remind", {Reminder: NONE}),
    ("make demonstration", {Demonstration: SITE}),
    ("remove demonstration", {Organization: SITE, Article: SITE, WorkPlan: SITE}),
    ("upload", {MediaFile: NONE, ImportBatch: NONE}),
    ("import,dismiss", {ImportItem: NONE}),
    ("undo import", {ImportBatch: SITE}),
    ("add,change,delete", {Organization: SITE, Level: SITE, SiteSettings: SITE, Collection: SITE, Channel: SITE}),
    ("add,change,delete", {WorkPlan: SITE, Target: SITE, Clause: PLAN}),
    ("add,change,delete", {User: NONE, Expectation: NONE, Indicator: NONE, SavedView: NONE}),
    ("open account,close account,reopen account,hand over,give role,change role,take role", {User: NONE}),
    ("reset password,change password,password accepted,sign in,sign out,sign-in failed", {User: NONE}),
    ("turn on second factor,turn off second factor,new recovery codes,use recovery code", {User: NONE}),
    ("wrong second factor,end session", {User: NONE}),
    ("locked out", {User: NONE, type(None): NONE}),
    ("export,prune audit", {type(None): NONE}),
)
BY_VERB: dict[str, dict] = {}
for verbs, objects in TABLE:
    for one in verbs.split(","):
        BY_VERB.setdefault(one, {}).update(objects)


@pytest.fixture(autouse=True)
def _nothing_awaits_an_entry():
    """What tests make below others waits for no entry of theirs."""
    tags_of("export", None)
    yield
    tags_of("export", None)


@pytest.fixture
def plan():
    above = make_organization("甲市总工会", level="city")
    below = make_organization("乙区总工会", parent=above)
    article = make_article("乙区总工会2019年工作要点", kind="plan", organization=below, text={"tags": ["工作要点"]})
    made = make_plan(article, organization=below)
    tags_of("export", None)
    return made


def test_no_verb_is_forgotten():
    assert set(BY_VERB) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(BY_VERB))
def test_each_verb_concerns_what_readers_see_of_it(plan, verb):
    article, organization = lock(plan.article), plan.organization
    page = [f"article:{article.pk}"]
    plan_tags = {*page, "plans", f"plans:{organization.pk}"}
    lists = {"articles", f"channel:{article.channel_id}", f"block:{article.pk // 2000 + 1}", "tag:工作要点"}
    lists.add(f"year:{timezone.localtime(article.published_at).year}")
    lists |= {f"own:{organization.pk}", f"organization:{organization.path}", f"organization:{organization.parent.path}"}
    expected = {PAGE: page, PLAN: sorted(plan_tags), SITE: ["site"], NONE: []}
    samples = {Article: article, WorkPlan: plan, Clause: Clause(plan=plan), Target: Target(plan=plan)}
    for kind, concerns in BY_VERB[verb].items():
        found = tags_of(verb, samples.get(kind) or kind())
        if concerns == ARTICLE:  # it stands alone in its channel, so the menu may change
            assert found == ["site"]
            make_article("别的稿件", channel=article.channel)
            found = {tag for tag in tags_of(verb, article) if not tag.startswith(("word:", "beside:"))}
            assert found == lists | plan_tags
        else:
            assert found == expected[concerns]


def test_what_nobody_spoke_of_concerns_everything():
    assert tags_of("do something new", Article()) == ["site"]
    assert tags_of("publish", Collection()) == ["site"]
    assert tags_of("do something new", None) == ["site"]


def test_what_changes_beside_an_object_goes_with_the_next_entry():
    also("collection:5")
    assert tags_of("import", ImportItem()) == ["collection:5"]
    assert tags_of("import", ImportItem()) == []
    tree.add(Organization(name="丙区总工会"), None)
    assert tags_of("import", ImportItem()) == ["site"]


def newest() -> set[str]:
    return set(AuditEntry.objects.first().tags)


def test_drafts_concern_nobody():
    make_organization()
    tags_of("export", None)
    article = make_article(public=False)
    publishing.save_revision(article, None, {"title": "另一题"})
    publishing.trash(article, None)
    publishing.restore(article, None)
    assert {tag for entry in AuditEntry.objects.filter(object_type="articles.article") for tag in entry.tags} == set()


def test_those_beside_it_where_it_was_and_where_it_is():
    one, two = make_channel(), make_channel()
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    rows = [
        make_article(channel=channel, published_at=day.replace(day=number), imported=True)
        for channel in (one, two)
        for number in (2, 4, 6, 8)
    ]
    moved = rows[1]
    publishing.save_revision(moved, None, {"channel": two, "tags": ["Abc"]})
    assert newest() == {f"article:{moved.pk}"}
    publishing.publish(moved, None)
    beside = {f"beside:{row.pk}" for row in (rows[0], rows[2], rows[4], rows[5])}
    assert {tag for tag in newest() if tag.startswith("beside:")} == beside | {f"beside:{rows[5].pk}"}
    assert {f"channel:{one.pk}", f"channel:{two.pk}", "tag:abc", "articles"} <= newest()
    publishing.withdraw(moved, None, "有误")
    assert {tag for tag in newest() if tag.startswith("beside:")} == {f"beside:{row.pk}" for row in (rows[4], rows[5])}
    publishing.trash(moved, None)
    assert newest() == {f"article:{moved.pk}"}


def test_the_organisation_and_the_date_before_and_after():
    first, second = make_organization(), make_organization()
    make_article()
    article = make_article(organization=first)
    particulars.describe(article, None, organization=second)
    assert {f"own:{first.pk}", f"own:{second.pk}", f"organization:{second.path}"} <= newest()
    early = make_article(published_at=datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC), imported=True)
    particulars.describe(article, None, published_at=datetime.datetime(2001, 2, 3, tzinfo=datetime.UTC), reason="有误")
    assert f"beside:{early.pk}" in newest()


def test_words_of_the_titles_before_and_after_a_correction():
    make_article()
    article = make_article("劳动竞赛开幕")
    publishing.save_revision(article, None, {"title": "劳模创新工作室揭牌"})
    publishing.publish(article, None)
    assert {"word:竞赛", "word:劳模", "word:创新"} <= newest()


def test_the_collections_that_hold_it_and_the_page_of_a_channel():
    make_article()
    article = make_article()
    collection = Collection.objects.create(title="文集", slug="wenji", owner=article.owner, is_public=True)
    CollectionEntry.objects.create(collection=collection, position=1, article=article)
    publishing.withdraw(article, None, "有误")
    assert {f"collection:{collection.pk}", "collections"} <= newest()
    page = make_article()
    make_channel(kind="page", page=page)
    publishing.withdraw(page, None, "有误")
    assert newest() == {"site"}


def test_the_first_and_the_last_of_a_channel_concern_the_menu():
    channel = make_channel()
    article = make_article(channel=channel)
    assert newest() == {"site"}
    second = make_article(channel=channel)
    assert "site" not in newest()
    publishing.withdraw(article, None, "有误")
    assert "site" not in newest()
    publishing.withdraw(second, None, "有误")
    assert newest() == {"site"}


@pytest.mark.parametrize("number", [1, 30])
def test_many_made_at_once_need_no_query_each(number, django_assert_num_queries):
    organization, channel, other = make_organization(), make_channel(), make_channel()
    make_article(channel=channel)
    draft = {"owner": organization, "text": {"title": "开工", "body": "<p>开工</p>", "tags": ["春"]}, "public": True}
    made = making.make(
        [making.Draft(**draft, organization=organization, channel=channel) for _number in range(number)], None
    )
    articles = [one.article for one in made]
    with django_assert_num_queries(2):
        found = concerned.of_new(articles)
    entries = AuditEntry.objects.filter(verb="publish", object_id__in=[article.pk for article in articles])
    assert {int(entry.object_id): set(entry.tags) for entry in entries} == found
    one = articles[0].pk
    year = timezone.localtime(articles[0].published_at).year
    lists = {
        "articles",
        f"year:{year}",
        "words",
        "tag:春",
        f"block:{one // 2000 + 1}",
        f"turn:{channel.pk}",
        f"channel:{channel.pk}",
    }
    assert found[one] == lists | {f"article:{one}", f"own:{organization.pk}", f"organization:{organization.path}"}
    first = making.make([making.Draft(**draft, channel=other)], None)[0].article
    assert "site" in concerned.of_new([first])[first.pk]


def test_what_the_clock_will_change_is_known_ahead():
    now = timezone.now()
    channel = make_channel()
    for _number in range(concerned.FEW + 1):
        make_article(channel=channel)
    article = make_article(channel=channel, public=False)
    start, end = now + datetime.timedelta(hours=1), now + datetime.timedelta(hours=2)
    publishing.publish(article, None, at=start)
    particulars.describe(article, None, withdraw_at=end)
    (first, tags), (last, again) = concerned.coming(now, now + datetime.timedelta(days=1))
    assert (first, last) == (start, end)
    assert tags == again
    assert {f"article:{article.pk}", f"channel:{channel.pk}", f"turn:{channel.pk}", "articles"} <= set(tags)
    assert concerned.coming(start, end - datetime.timedelta(seconds=1)) == []
    lonely = make_article(channel=make_channel(), public=False)
    publishing.publish(lonely, None, at=start)
    assert any("site" in tags for _at, tags in concerned.coming(now, start))


def test_a_correction_at_its_time_concerns_what_a_publication_does():
    make_article()
    article = make_article("旧题")
    publishing.save_revision(article, None, {"title": "新题"})
    at = timezone.now() + datetime.timedelta(minutes=1)
    corrections.schedule(article, None, at)
    assert newest() == {f"article:{article.pk}"}
    Article.objects.filter(pk=article.pk).update(correct_at=timezone.now() - datetime.timedelta(minutes=1))
    administrator = User.objects.create_superuser("root", password="Right-Horse-Battery-7")
    assert corrections.apply(article.pk, administrator) == ""
    assert "articles" in newest()


def test_tags_may_be_told():
    assert audit.record("publish", tags=["plans"]).tags == ["plans"]
