"""Who had a part in a text and does not decide on it (domain rule R5): known by the account, and by the name.

Every function here looks at an article's latest revision and changes nothing.
"""

from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Left, Replace
from django.utils import timezone

from organizations.models import User

from .models import Article, PreviewLink, Review, Revision


def begins_after(article: Article) -> int:
    """The number of the revision that readers have had: what came later is what the review is about; 0 for none."""
    return article.live_revision.number if article.live_revision_id and article.has_been_public else 0


class Parts(NamedTuple):
    """Who had a part in an article's latest revision: the users' numbers, and for whom links that decided were made."""

    authors: set[int]
    actors: set[int]
    link_makers: set[int]
    recipients: list[str]

    def barred(self) -> set[int]:
        return self.authors | self.actors | self.link_makers

    def by_link(self, user) -> bool:
        """Whether somebody of the user's name has decided by a link."""
        return any(bears_name(one, str(user)) for one in self.recipients)


NOBODY = Parts(set(), set(), set(), [])


def parts(article: Article) -> Parts:
    """By three queries, whatever there is."""
    decisions = list(
        article.latest_revision.reviews.order_by("pk").values_list("person", "link__made_by", "link", "person_name")
    )
    deciders = {pk for person, maker, _, _ in decisions for pk in (person, maker) if pk is not None}
    recipients = [name for _, _, link, name in decisions if link is not None]
    return Parts(authors(article), deciders, link_makers(article), recipients)


def authors(article: Article) -> set[int]:
    """The users who wrote or submitted what the latest revision holds beyond the text that readers have had.

    Whoever wrote a revision that was taken up again is among them.
    """
    rows = article.revisions.filter(number__gt=begins_after(article))
    found = rows.values_list("made_by", "submitted_by", "restored_from__made_by")
    return {pk for row in found for pk in row if pk is not None}


def actors(revision: Revision) -> set[int]:
    """The users who have decided on `revision`, or answer for a link by which somebody has."""
    rows = revision.reviews.values_list("person", "link__made_by")
    return {pk for row in rows for pk in row if pk is not None}


def link_makers(article: Article) -> set[int]:
    """The users whose links, open and not used yet, let somebody decide on the latest revision."""
    return set(
        undecided_links()
        .filter(leads_to(article.latest_revision_id), article=article)
        .values_list("made_by", flat=True)
    )


def undecided_links():
    now = timezone.now()
    return PreviewLink.objects.filter(decides=True, decided_at=None, revoked_at=None, expires_at__gt=now)


def leads_to(revision) -> Q:
    return Q(revision=None) | Q(revision=revision)


def bears_name(written: str, name: str) -> bool:
    """Whether `written`, as a link's maker wrote for whom it is, is `name` or begins with it, as in 张三 主任."""
    name = _without_spaces(name)
    return name != "" and _without_spaces(written).startswith(name)


def _without_spaces(words: str) -> str:
    return "".join(words.split())


def had_a_part(recipient: str, article: Article) -> bool:
    """Whether the name of a link's recipient is that of an author, a submitter or one who decided."""
    revision = article.latest_revision
    people = User.objects.filter(pk__in=authors(article) | actors(revision))
    if any(bears_name(recipient, str(person)) for person in people):
        return True
    decided = revision.reviews.values_list("person_name", flat=True)
    return any(bears_name(recipient, name) or bears_name(name, recipient) for name in decided)


def acted(user):
    """The decisions that are the user's: made by them, by a link of theirs, or by a link for somebody of their name."""
    rows, own = Review.objects.order_by(), Q(person=user) | Q(link__made_by=user)
    if name := _without_spaces(str(user)):
        rows = rows.annotate(begins=Left(Replace("person_name", Value(" "), Value("")), len(name)))
        own |= Q(link__isnull=False, begins=name)
    return rows.filter(own)


def written_by(user) -> Exists:
    """The condition on articles that `user` is among their `authors`."""
    public = Q(article__first_published_at__lte=timezone.now())
    since = Case(When(public, then=Coalesce(F("article__live_revision__number"), 0)), default=0)
    part = Q(made_by=user) | Q(submitted_by=user) | Q(restored_from__made_by=user)
    mine = Revision.objects.filter(part, article=OuterRef("pk"))
    return Exists(
        mine.annotate(since=since).filter(number__gt=F("since"))
    )  # annotated, the join keeps what has no live
