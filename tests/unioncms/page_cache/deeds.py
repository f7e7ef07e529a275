"""What people do to a site, at random: each deed is done by the site's own verbs and says what it was."""

import datetime
from collections.abc import Callable
from random import Random

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles import corrections, particulars, publishing
from articles.models import Article, Channel, Collection, CollectionEntry
from organizations import tree
from organizations.audit import record
from organizations.models import Organization, SiteSettings
from plans import filing
from plans.models import WorkPlan
from tests.factories import BODY, make_article, make_channel, make_organization, make_plan

DEEDS: dict[str, Callable[[Random], str]] = {}
WORDS = ("技能大赛", "劳模评选", "职工书屋", "集体协商", "困难帮扶", "安全生产", "会员服务", "户外驿站")
TAGS = ("劳模", "维权", "帮扶", "Skills")
SOON = datetime.timedelta(seconds=1.5)
ARTICLES = 46


def furnish() -> None:
    """A small site: unions below one another, channels of which one has a further page and one is a single page, a
    collection, plans; some articles are withdrawn."""
    rng = Random(7)
    city = make_organization("海滨市总工会", level="city", slug="haibin")
    districts = [
        make_organization(name, parent=city, slug=slug) for name, slug in (("东区总工会", "dong"), ("西区总工会", "xi"))
    ]
    make_organization("东街道总工会", level="township", parent=districts[0], slug="dongjie")
    news = make_channel("要闻", slug="yaowen", position=1)
    channels = [
        news,
        make_channel("基层", slug="jiceng", parent=news),
        make_channel("通知公告", slug="tongzhi", position=2),
    ]
    make_channel("空栏", slug="kong", position=3)
    for number in range(ARTICLES):
        _new(rng, channel=channels[0 if number % 3 else number % 2 + 1], number=number)
    page = make_article("本会概况", kind=Article.Kind.PAGE, channel=channels[0], owner=city)
    make_channel("概况", slug="gaikuang", kind=Channel.Kind.PAGE, page=page, position=4)
    topic = Collection.objects.create(title="专题", slug="zhuanti", owner=city, is_public=True)
    for position, article in enumerate(Article.objects.order_by("pk")[3:7]):
        CollectionEntry.objects.create(collection=topic, position=position, article=article)
    for state in ("draft", "draft", "withdrawn", "withdrawn", "trashed"):
        article = _new(rng, public=state != "draft")
        if state != "draft":
            publishing.withdraw(article, None, "误发")
        if state == "trashed":
            publishing.trash(article, None)
    for year in (2024, 2025):
        make_plan(year=year, organization=districts[0])


def ending(seconds: float) -> str:
    """The address of a new article in a channel of many, which ends so soon."""
    article = _new(Random(11), channel=Channel.objects.get(slug="yaowen"))
    particulars.describe(article, None, withdraw_at=timezone.now() + datetime.timedelta(seconds=seconds))
    return article.get_absolute_url()


def deed(does: Callable[[Random], str]) -> Callable[[Random], str]:
    DEEDS[does.__name__] = does
    return does


def do(name: str, seed: int) -> str:
    """Do the deed; what was refused is said so, and has changed nothing."""
    try:
        return f"{name}: {DEEDS[name](Random(seed))}"
    except ValidationError as error:
        return f"{name}: refused, {'; '.join(error.messages)}"


def _one(rng: Random, rows):
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        raise ValidationError("there is none")
    return rows.get(pk=rng.choice(numbers))


def _article(rng: Random, *states: str) -> Article:
    """One of the newest or the oldest, which more pages show than others."""
    rows = Article.objects.filter(state__in=states or ("public",)).order_by("-sort_at")
    numbers = list(rows.values_list("pk", flat=True))
    if not numbers:
        raise ValidationError("there is none")
    return Article.objects.get(pk=rng.choice(numbers[:6] + numbers[-3:]))


def _text(rng: Random) -> dict:
    words = rng.sample(WORDS, 2)
    return {
        "title": f"{words[0]}与{words[1]}工作进展之{rng.randrange(1000)}",
        "tags": rng.sample(TAGS, rng.randrange(3)),
        "body": f"<p>{words[0]}开始了。</p>{BODY}",
    }


def _new(rng: Random, channel: Channel | None = None, public: bool = True, number: int | None = None) -> Article:
    text = _text(rng)
    channel = channel or _one(rng, Channel.objects.filter(kind=Channel.Kind.LIST))
    union = _one(rng, Organization.objects.all())
    dated = {} if number is None else {"published_at": timezone.now() - datetime.timedelta(days=20 * number + 1)}
    return make_article(
        text.pop("title"), public=public, channel=channel, owner=union, organization=union, text=text, **dated
    )


def _save(row, verb: str = "change", **values) -> str:
    """What a form of the desk does."""
    with transaction.atomic():
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        record(verb, row, after={name: str(value) for name, value in values.items()})
    return f"{row} {values}"


@deed
def a_new_article(rng):
    return str(_new(rng))


@deed
def a_first_article_of_a_channel(rng):
    empty = Channel.objects.exclude(articles__state="public").filter(kind=Channel.Kind.LIST)
    return str(_new(rng, channel=_one(rng, empty)))


@deed
def a_draft(rng):
    return str(_new(rng, public=False))


@deed
def a_draft_is_published(rng):
    return str(publishing.publish(_article(rng, "draft"), None))


@deed
def a_correction(rng):
    article = _article(rng)
    text = _text(rng)
    part = rng.choice([text, {"tags": text["tags"]}, {"title": text["title"]}, {"body": text["body"]}])
    publishing.save_revision(article, None, part, major=rng.random() < 0.5, public_note="更正了数字。")
    return f"{article.pk} {list(part)} {publishing.publish(article, None)}"


@deed
def a_text_that_is_not_published(rng):
    article = _article(rng)
    return str(publishing.save_revision(article, None, _text(rng)))


@deed
def a_scheduled_correction(rng):
    article = _article(rng)
    publishing.save_revision(article, None, _text(rng))
    at = timezone.now() + datetime.timedelta(milliseconds=50)
    corrections.schedule(article, None, at)
    while timezone.now() < at:
        pass
    return f"{article.pk} {[str(row) for row, _why in corrections.apply_due()]}"


@deed
def a_withdrawal(rng):
    article = _article(rng, "public", "withdrawn")
    kind = rng.choice(list(Article.Withdrawal))
    into = _article(rng) if kind == Article.Withdrawal.MERGED else None
    publishing.withdraw(article, None, "误发", kind=kind, into=into)
    return f"{article.pk} {kind} {into and into.pk}"


@deed
def back_to_the_public(rng):
    return str(publishing.publish(_article(rng, "withdrawn"), None).pk)


@deed
def into_the_trash(rng):
    return str(publishing.trash(_article(rng, "draft", "withdrawn"), None).pk)


@deed
def out_of_the_trash(rng):
    return str(publishing.restore(_article(rng, "trashed"), None).pk)


@deed
def to_another_channel(rng):
    article = _article(rng)
    channel = _one(rng, Channel.objects.filter(kind=Channel.Kind.LIST).exclude(pk=article.channel_id))
    publishing.save_revision(article, None, {"channel": channel})
    return f"{publishing.publish(article, None).pk} {channel}"


@deed
def to_another_union(rng):
    article = _article(rng)
    return f"{particulars.describe(article, None, organization=_one(rng, Organization.objects.all())).organization}"


@deed
def another_date(rng):
    moment = timezone.now() - datetime.timedelta(days=rng.randrange(1, 900))
    return f"{particulars.describe(_article(rng), None, published_at=moment, reason='核对').pk} {moment}"


@deed
def an_end_that_comes(rng):
    return str(particulars.describe(_article(rng), None, withdraw_at=timezone.now() + SOON).pk)


@deed
def a_start_that_comes(rng):
    return str(publishing.publish(_new(rng, public=False), None, at=timezone.now() + SOON).pk)


@deed
def a_union_is_renamed(rng):
    return _save(_one(rng, Organization.objects.all()), name=f"第{rng.randrange(10**6)}区总工会")


@deed
def a_union_is_moved(rng):
    with transaction.atomic():
        union = _one(rng, Organization.objects.filter(parent__isnull=False))
        tree.move(union, _one(rng, Organization.objects.exclude(pk=union.pk)))
        record("change", union)
    return str(union)


@deed
def a_new_union(rng):
    with transaction.atomic():
        union = make_organization(f"新{rng.randrange(10**6)}区总工会", parent=_one(rng, Organization.objects.all()))
        record("add", union)
    return str(union)


@deed
def other_settings_of_the_site(rng):
    return _save(SiteSettings.load(), name=f"工会网{rng.randrange(1000)}", grey_mode=rng.random() < 0.5)


@deed
def a_channel_is_changed(rng):
    change = rng.choice(
        [{"name": f"栏目{rng.randrange(10**6)}"}, {"slug": f"c{rng.randrange(10**6)}"}, {"position": 50}]
    )
    return _save(_one(rng, Channel.objects.all()), **change)


@deed
def a_collection_is_changed(rng):
    topic = _one(rng, Collection.objects.all())
    with transaction.atomic():
        CollectionEntry.objects.filter(collection=topic).first().delete()
        CollectionEntry.objects.create(collection=topic, position=rng.randrange(50, 10**6), article=_article(rng))
    return _save(topic, title=f"专题{rng.randrange(1000)}", is_public=rng.random() < 0.8)


@deed
def a_plan_comes_into_force_or_leaves_it(rng):
    plan = _one(rng, WorkPlan.objects.all())
    in_force = plan.state == WorkPlan.State.IN_FORCE
    (filing.back_to_draft if in_force else filing.put_in_force)(plan, None)
    return f"{plan} {in_force}"
