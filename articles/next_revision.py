"""How a text becomes its article's next revision, and how lists come to know of it.

Every function here works on a locked article within its caller's transaction.
"""

from . import search
from .html import count_characters
from .models import Article, Revision
from .tagging import set_tags
from .text import TEXT_FIELDS, first_sentences

COPIED = ("title", "kicker", "summary", "author", "lead_image", "characters", "complete", "channel")


def copy_to_article(article: Article, revision: Revision) -> None:
    """Write the copies that lists show, and the article's tags."""
    copy_lines(article, revision)
    if revision.tags or revision.number > 1:  # before the first revision there were no tags
        set_tags(article, revision.tags)


def copy_lines(article: Article, revision: Revision) -> None:
    """Write the copies that lists show; the only writer of them."""
    for name in COPIED:
        setattr(article, name, getattr(revision, name))
    article.summary = revision.summary or first_sentences(revision.body)


def revision_of(article: Article, values: dict, by, number: int = 1, **about) -> Revision:
    """The revision, not saved yet, that the article gets `by` somebody with `values`, those of TEXT_FIELDS."""
    return Revision(
        article=article,
        number=number,
        characters=count_characters(values["body"]),
        made_by=by,
        made_by_name=str(by)[:60] if by else "",
        **about,
        **values,
    )


def add_revision(article: Article, values: dict, by, **about) -> Revision:
    """The next revision; the latest one, where it was on its way through the review, is superseded by it.

    `values` are those of TEXT_FIELDS, `about` the revision's own: change_note, major, public_note, restored_from.
    """
    number = article.latest_revision.number + 1
    if article.review_stage and article.review_stage != Revision.Stage.RETURNED:
        Revision.objects.filter(pk=article.latest_revision_id).update(stage=Revision.Stage.SUPERSEDED)
    revision = revision_of(article, values, by, number, **about)
    revision.save(force_insert=True)
    article.latest_revision = revision
    article.review_stage = ""
    if article.live_revision_id is None:
        copy_to_article(article, revision)
    article.save()
    search.index(article)
    return revision


def add_same_text(article: Article, by, change_note: str) -> Revision:
    """The latest text once more, so that its review starts anew; whoever wrote it stays known as its author."""
    latest = article.latest_revision
    return add_revision(
        article,
        {name: getattr(latest, name) for name in TEXT_FIELDS},
        by,
        change_note=change_note[: Revision._meta.get_field("change_note").max_length],
        major=latest.major,
        public_note=latest.public_note,
        restored_from_id=latest.restored_from_id or latest.pk,
    )
