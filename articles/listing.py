"""The places of public articles in long lists, and how many each list has, so that no page counts or sorts a table.

Every verb that changes where readers find an article tells `follow`, what makes many at once `add`; both write in the
verb's own transaction. `rebuild` makes all anew, `check_data` compares.
"""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import CharField, Count, F, IntegerField
from django.db.models.functions import Cast, Substr
from django.dispatch import receiver
from django.utils import timezone

from organizations import paths
from organizations.models import Organization
from organizations.tree import organization_moved

from .concerned import BLOCK, Standing, block_of
from .models import Article, ListCount, Listing
from .tagging import tagged

SITE, BLOCKS = "", "b"
_HOUR = len("2019-01-03 00")
Counts = dict[tuple[str, int], tuple[int, int]]
"""By list and month: how many articles, how many of them with a date."""


def channel_list(pk: int) -> str:
    return f"c{pk}"


def organization_list(organization: Organization) -> str:
    """The list of a body with all below it."""
    return f"o{organization.path}"


def own_list(organization: Organization) -> str:
    """The count of a body's own articles; there is an index of them in Article."""
    return f"n{organization.pk}"


def tag_list(pk: int) -> str:
    return f"t{pk}"


def month_of(moment: datetime.datetime) -> int:
    local = timezone.localtime(moment)
    return local.year * 12 + local.month - 1


def follow(article: Article) -> None:
    """Bring the lists up to date with an article from locking.lock that was saved, its tags too."""
    before, now = article.stood, Standing.of(article)
    if before.listed or now.listed:
        relist([article.pk], [before] if before.listed else [], [now] if now.listed else [])


def add(articles: Iterable[Article]) -> None:
    """Put new public articles, whose tags are saved, into the lists."""
    rows = [article for article in articles if article.state == Article.State.PUBLIC]
    if rows:
        relist([row.pk for row in rows], [], [Standing.of(row) for row in rows])


def remove(numbers: Iterable[int]) -> None:
    """Take articles out of the lists that are about to be deleted, as nothing but a demonstration ever is."""
    rows = Article.objects.filter(pk__in=numbers, state=Article.State.PUBLIC).order_by()
    found = list(rows.select_related("organization", "live_revision").defer("live_revision__body"))
    relist([row.pk for row in found], [Standing.of(row) for row in found], [])


def relist(numbers: list[int], before: Iterable[Standing], now: Iterable[Standing]) -> None:
    """Say that these articles stood where `before` says, or stand `now`; each is empty or as long as `numbers`."""
    held = Counter(Listing.objects.filter(article__in=numbers).values_list("list", flat=True)) if before else Counter()
    if held:
        Listing.objects.filter(article__in=numbers).delete()
    if now:
        _insert(_OF_ORGANIZATIONS, _OF_TAGS, numbers=numbers)
    tags = Listing.objects.filter(article__in=numbers, list__startswith="t") if now else Listing.objects.none()
    changes: dict[tuple[str, int], list[int]] = {}
    for sign, standings in ((-1, before), (1, now)):
        for pk, one in zip(numbers, standings, strict=False):
            for key in _keys(pk, one):
                change = changes.setdefault(key, [0, 0])
                change[0] += sign
                change[1] += sign * one.dated
    for sign, lists in ((-1, held), (1, Counter(tags.values_list("list", flat=True)))):
        for name, number in lists.items():
            if name.startswith("t"):
                changes.setdefault((name, 0), [0, 0])[0] += sign * number
    _count({key: tuple(change) for key, change in changes.items() if any(change)})
    if before:
        ListCount.objects.filter(list__in={name for name, _month in changes}, count=0).delete()


def _keys(pk: int, one: Standing) -> list[tuple[str, int]]:
    month = month_of(one.at)
    keys = [(SITE, month), (channel_list(one.channel), month), (BLOCKS, block_of(pk))]
    if one.organization:
        path = one.organization.path
        keys += [(f"o{above}", 0) for above in (*paths.ancestor_paths(path), path)]
        keys.append((own_list(one.organization), 0))
    return keys


def _count(changes: Counts) -> None:
    """Add `changes` to the counts, in one order for everybody: two verbs never wait for each other."""
    if not changes:
        return
    rows = [(name, month, *change) for (name, month), change in sorted(changes.items())]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 200):
            some = rows[start : start + 200]
            values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO articles_listcount (list, month, count, dated) VALUES {values} "  # noqa: S608
                "ON CONFLICT (list, month) DO UPDATE SET count = articles_listcount.count + excluded.count, "
                "dated = articles_listcount.dated + excluded.dated",
                [value for row in some for value in row],
            )


_WIDTHS = " UNION ALL ".join(f"SELECT {paths.STEP * depth} AS width" for depth in range(1, paths.MAX_DEPTH + 1))
_OF_ORGANIZATIONS = f"""\
SELECT 'o' || substr(o.path, 1, d.width) AS list, a.sort_at, a.id FROM articles_article a
JOIN organizations_organization o ON o.id = a.organization_id JOIN ({_WIDTHS}) d ON length(o.path) >= d.width
WHERE a.state = 'public'"""  # noqa: S608  ours
_OF_TAGS = """SELECT 't' || t.tag_id AS list, a.sort_at, a.id FROM articles_article a
JOIN taggit_taggeditem t ON t.object_id = a.id
JOIN django_content_type k ON k.id = t.content_type_id AND k.app_label = 'articles' AND k.model = 'article'
WHERE a.state = 'public'"""


def _insert(*sources: str, numbers: list[int]) -> None:
    """The rows that `sources` give for these articles, by one statement for a few hundred."""
    for start in range(0, len(numbers), 500):
        some = ", ".join(map(str, numbers[start : start + 500]))
        _fill(" UNION ALL ".join(f"{source} AND a.id IN ({some})" for source in sources))


def _fill(select: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO articles_listing (list, sort_at, article_id) {select}")


# All anew


@transaction.atomic
def rebuild(say=lambda done: None) -> None:
    """Make every list and count anew from the articles; `say` is told how many of three steps are done."""
    Listing.objects.all().delete()
    ListCount.objects.all().delete()
    for done, source in enumerate((_OF_ORGANIZATIONS, _OF_TAGS), 1):
        _fill(source)
        say(done)
    _count(counted())
    say(3)


def counted() -> Counts:
    """What ListCount has to hold, counted over the articles."""
    public = Article.objects.filter(state=Article.State.PUBLIC).order_by()
    hour = Substr(Cast("sort_at", CharField()), 1, _HOUR)
    dated = Count("published_at")
    found: dict[tuple[str, int], list[int]] = {}

    def note(name: str, month: int, count: int, dated: int) -> None:
        sums = found.setdefault((name, month), [0, 0])
        sums[0] += count
        sums[1] += dated

    for channel, written, count, with_date in public.values_list("channel", hour).annotate(Count("pk"), dated):
        month = month_of(datetime.datetime.fromisoformat(f"{written}:00+00:00"))
        note(SITE, month, count, with_date)
        note(channel_list(channel), month, count, with_date)
    part = Cast(F("pk") / BLOCK, IntegerField())
    for number, count, with_date in public.values_list(part).annotate(Count("pk"), dated):
        note(BLOCKS, number + 1, count, with_date)
    about = public.exclude(organization=None).values_list("organization", "organization__path")
    for pk, path, count, with_date in about.annotate(Count("pk"), dated):
        note(f"n{pk}", 0, count, with_date)
        for above in (*paths.ancestor_paths(path), path):
            note(f"o{above}", 0, count, with_date)
    carried = tagged().filter(object_id__in=public.values("pk")).values_list("tag").annotate(Count("pk"))
    for pk, count in carried:
        note(tag_list(pk), 0, count, 0)
    return {key: (count, dated) for key, (count, dated) in found.items()}


def wrong_counts() -> list[tuple[str, int]]:
    """The lists and months whose count is not what the articles give."""
    there = {(row.list, row.month): (row.count, row.dated) for row in ListCount.objects.iterator(chunk_size=5000)}
    there = {key: value for key, value in there.items() if value != (0, 0)}
    ought = counted()
    return sorted(key for key in there.keys() | ought.keys() if there.get(key) != ought.get(key))


def misplaced() -> list[int]:
    """The numbers of articles whose places in the lists of organisations and tags are not where they ought to be."""
    there, ought = (
        "SELECT list, sort_at, article_id AS id FROM articles_listing",
        f"{_OF_ORGANIZATIONS} UNION {_OF_TAGS}",
    )
    wrong = (
        f"SELECT id FROM (SELECT * FROM ({one}) x EXCEPT SELECT * FROM ({other}) y) z"  # noqa: S608  ours
        for one, other in ((there, ought), (ought, there))
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(wrong))
        return sorted(pk for (pk,) in cursor.fetchall())


@receiver(organization_moved)
def _follow_organization(sender, organization: Organization, **about) -> None:
    """Bring the lists of bodies up to date with a subtree that stands elsewhere now."""
    inside = Organization.objects.subtree(organization).order_by().values("pk")
    public = Article.objects.filter(state=Article.State.PUBLIC, organization__in=inside).order_by()
    numbers = list(public.values_list("pk", flat=True))
    for start in range(0, len(numbers), 500):
        Listing.objects.filter(list__startswith="o", article__in=numbers[start : start + 500]).delete()
    _insert(_OF_ORGANIZATIONS, numbers=numbers)
    ListCount.objects.filter(list__startswith="o").delete()
    _count({key: value for key, value in counted().items() if key[0].startswith("o")})
