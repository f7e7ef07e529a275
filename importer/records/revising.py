"""A record that has changed: the next revision of its article, unless a person has had a hand in it here."""

from django.core.exceptions import ValidationError

from articles import publishing
from articles.models import Article, Revision
from articles.particulars import describe
from articles.text import cleaned

from .identity import particulars
from .planning import file_plans
from .rows import ForeignRecord
from .shape import Record, gettext_noop

CHANGE_NOTE = "import"
EDITED = gettext_noop("The article %(number)d was edited here since; it is left as it is.")
WITHDRAWN = gettext_noop("The article %(number)d was withdrawn or put into the trash here; it is left as it is.")
OWN = gettext_noop("The article %(number)d is this site's own and differs; it is left as it is.")
UNPUBLISHED = gettext_noop("The new text of article %(number)d is not public yet: %(why)s")
PLAN_KEPT = gettext_noop("The plan of article %(number)d keeps its clauses and targets; they follow the text.")


def revise(entry, row: ForeignRecord, places, owner) -> str:
    """Bring the article of `row` up to the record of `entry` (filing.Entry) and return what became of it."""
    related = ("latest_revision", "live_revision", "channel", "organization", "owner")
    article = Article.objects.select_related(*related).get(pk=row.article_id)
    text = entry.record.text | {"channel": places.channel(entry.record)}
    if row.pk is None:
        return _own(entry, article, text)
    given = _particulars(entry, places, article)
    latest = article.latest_revision
    same = not _differs(text, latest) and not given
    if not same and article.state in (Article.State.WITHDRAWN, Article.State.TRASHED):
        entry.note(WITHDRAWN, number=article.pk)
        return "kept"
    if not same and (latest.number != row.revision or particulars(article) != row.particulars):
        entry.note(EDITED, number=article.pk)
        return "kept"
    if not same:
        publishing.save_revision(article, None, text, base=latest.number, change_note=CHANGE_NOTE)
        describe(article, None, **given)
        article.refresh_from_db()
        _publish(entry, article)
    planned = _follow(entry, article)
    row.digest, row.slug = entry.digest, entry.record.slug[:300]
    row.revision, row.particulars = article.latest_revision.number, particulars(article)
    row.save(update_fields=["digest", "slug", "revision", "particulars"])
    return "unchanged" if same and not planned else "revised"


def kind_of(one: Record) -> str:
    """The kind of article that a record is."""
    given = one.more.get("article_kind", "")
    usual = Article.Kind.PLAN if one.plan else Article.Kind.NEWS
    return given if given in Article.Kind.values else usual


def _own(entry, article: Article, text: dict) -> str:
    """A record that this site gave out itself: what people wrote here stays."""
    shown = article.live_revision or article.latest_revision
    if not _differs(text, shown):
        return "unchanged"
    entry.note(OWN, number=article.pk)
    return "kept"


def _differs(text: dict, revision: Revision) -> bool:
    return any(getattr(revision, name) != value for name, value in cleaned(text, revision).items())


def _particulars(entry, places, article: Article) -> dict:
    """Those that the record gives otherwise than they are."""
    one, notes = entry.record, []
    organization = places.organization(one.whose, entry.key[0], notes)
    written = one.more.get("organization_as_written", "")
    values = {
        "organization": organization,
        "organization_as_written": (written or (one.whose.name if one.whose and not organization else ""))[:120],
        "kind": kind_of(one),
    }
    if one.published_at is not None:
        values["published_at"] = one.published_at
    entry.notes += [(note, {}) for note in notes]
    return {name: value for name, value in values.items() if getattr(article, name) != value}


def _publish(entry, article: Article) -> None:
    if entry.record.more.get("state") == "draft" or article.live_revision_id == article.latest_revision_id:
        return
    try:
        publishing.publish(article, None)
    except ValidationError as refusal:
        entry.note(UNPUBLISHED, number=article.pk, why=" ".join(refusal.messages))


def _follow(entry, article: Article) -> bool:
    """File the plan that the record has become; one that is there keeps its clauses, which people work on."""
    if entry.record.plan is None:
        return False
    if hasattr(article, "work_plan"):
        if entry.record.plan.sections:
            entry.note(PLAN_KEPT, number=article.pk)
        return False
    file_plans([(entry, article)])
    return True
