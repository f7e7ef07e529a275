"""What must hold in the articles' data."""

from collections.abc import Iterator

from django.db.models import F, Q

from organizations.consistency import register

from . import listing
from .models import Article, SearchDocument
from .words import TOKENIZER


@register
def revisions_belong() -> Iterator[str]:
    """Live and latest revision are the article's own, and the latest is the last."""
    rows = Article.objects.filter(
        ~Q(live_revision__article=F("pk")) & Q(live_revision__isnull=False)
        | ~Q(latest_revision__article=F("pk"))
        | Q(latest_revision__isnull=True)
        | Q(revisions__number__gt=F("latest_revision__number"))
    )
    for pk in rows.order_by("pk").values_list("pk", flat=True).distinct():
        yield f"article {pk}: live or latest revision is not its own last one"


@register
def copies_follow() -> Iterator[str]:
    """Title and size that lists show are those of the live revision, before publication of the latest."""
    for shown, rows in (
        ("live_revision", Article.objects.filter(live_revision__isnull=False)),
        ("latest_revision", Article.objects.filter(live_revision__isnull=True, latest_revision__isnull=False)),
    ):
        wrong = rows.exclude(title=F(f"{shown}__title"), characters=F(f"{shown}__characters"))
        for pk in wrong.order_by("pk").values_list("pk", flat=True):
            yield f"article {pk}: its copies differ from its {shown.replace('_', ' ')}"


@register
def search_follows() -> Iterator[str]:
    """Public articles have a live document, others none; all carry today's tokeniser."""
    live = SearchDocument.objects.exclude(side=SearchDocument.Side.LATEST).values("article")
    public = Article.objects.filter(state=Article.State.PUBLIC)
    for pk in public.exclude(pk__in=live).order_by("pk").values_list("pk", flat=True):
        yield f"article {pk}: public but not in the search index"
    hidden = Article.objects.exclude(state=Article.State.PUBLIC).filter(pk__in=live)
    for pk in hidden.order_by("pk").values_list("pk", flat=True):
        yield f"article {pk}: not public but in the public's search index"
    for pk in SearchDocument.objects.exclude(tokenizer=TOKENIZER).order_by("pk").values_list("article", flat=True):
        yield f"article {pk}: its search words are of an old tokeniser; run rebuild_search"


@register
def lists_follow() -> Iterator[str]:
    """Every list has the articles that belong there, and its count says how many."""
    for pk in listing.misplaced():
        yield f"article {pk}: it stands in a wrong list of an organisation or a tag; run rebuild_lists"
    for name, month in listing.wrong_counts():
        yield f"list {name or 'of all'} {month}: its count is wrong; run rebuild_lists"
