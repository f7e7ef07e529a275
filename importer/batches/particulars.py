"""What a changed file says of an article beside its text: kind, level, organisation and date, each taken by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import particulars as articles_particulars
from articles.models import Article
from importer.batches import corrections
from importer.filing.identity import earlier_item, known_texts
from importer.filing.particulars import organization_of, publication_time
from importer.filing.shelving import article_kind
from importer.models import ImportedArticle, ImportItem
from organizations.models import Level, Organization

NAMES = ("kind", "level", "organization", "published_at")
Outcome = ImportItem.Outcome


@dataclass(frozen=True)
class Offer:
    """A value that a file gives otherwise than it did (`imported`) and than the article has it `now`, in words."""

    index: int
    name: str
    imported: str
    now: str
    proposed: str

    @property
    def edited(self) -> bool:
        return self.imported != self.now


def known_of(item: ImportItem, output: dict) -> dict[int, ImportedArticle]:
    """By its place in `output`, what each article of a file that can be filed was imported as before."""
    wanted = {
        index: found
        for index, found in enumerate(output.get("articles", ()))
        if found["title"] and found["kind"] != "other"
    }
    return known_texts(item, earlier_item(item.source, item.sha256, item.batch.owner, but=item.pk), wanted)


def offered(item: ImportItem, output: dict, known: dict[int, ImportedArticle]) -> list[Offer]:
    """What the file of a waiting `item` says otherwise; a value that it does not give is never offered."""
    found = []
    for index, row in known.items():
        now, proposed = _of_article(row.article), _of_file(output["articles"][index])
        imported = _imported(row.article, item) or now
        for name in NAMES:
            if proposed[name] and proposed[name] not in (imported[name], now[name]):
                found.append(Offer(index, name, imported[name], now[name], proposed[name]))
    return found


def take(item: ImportItem, output: dict, by, fields: Collection[str] | None) -> None:
    """Give the articles of a file what it says of them: of `fields` (differences), or what nobody edited (None).

    Raises PermissionDenied or ValidationError as articles.particulars.describe does.
    """
    known = known_of(item, output)
    chosen: dict[int, list[str]] = {}
    for one in offered(item, output, known):
        wanted = not one.edited if fields is None else {one.name, f"{one.index}:{one.name}"} & set(fields)
        if wanted:
            chosen.setdefault(one.index, []).append(one.name)
    for index, names in chosen.items():
        _describe(known[index].article, output["articles"][index], names, by, item, _("the date in the changed file"))


def give_back(row: ImportedArticle, earlier: ImportedArticle, by) -> bool:
    """What an article has from the file of `row` as the file of `earlier` gave it; whether there was anything."""
    later, before = _found(row), _found(earlier)
    if later is None or before is None:
        return False
    now, taken, had = _of_article(row.article), _of_file(later), _of_file(before)
    names = [name for name in NAMES if had[name] and now[name] == taken[name] != had[name]]
    _describe(row.article, before, names, by, earlier.item, _("the import was taken back"))
    return bool(names)


def _describe(article: Article, found: dict, names: Collection[str], by, item: ImportItem, reason: str) -> None:
    given = {
        "kind": partial(article_kind, found["kind"]),
        "level": partial(Level.objects.get, pk=found["level"]),
        "organization": partial(organization_of, found, origin=f"import:{item.batch.name or item.batch.place}"),
        "published_at": lambda: publication_time(found)[0],
    }
    values = {name: given[name]() for name in names}
    if "organization" in names:
        values["organization_as_written"] = (found["organization_as_written"] or found["organization"])[:120]
    if values:
        articles_particulars.describe(article, by, reason=reason, **values)


def _imported(article: Article, item: ImportItem) -> dict[str, str] | None:
    """What the last file said that the article was filed or revised from; None where that is not known."""
    rows = ImportedArticle.objects.filter(article=article, item__outcome__in=(Outcome.FILED, Outcome.REVISED))
    row = rows.exclude(item=item).select_related("item__batch").defer("item__raw").order_by("-item_id").first()
    found = row and _found(row)
    return _of_file(found) if found else None


def _found(row: ImportedArticle) -> dict | None:
    articles = corrections.corrected(row.item).get("articles", ())
    return articles[row.index] if row.index < len(articles) else None


def _of_file(found: dict) -> dict[str, str]:
    chosen = Organization.objects.filter(pk=found["organization_id"]).first() if found.get("organization_id") else None
    level = Level.objects.filter(pk=found["level"]).first() if found["level"] else None
    return {
        "kind": str(Article.Kind(article_kind(found["kind"])).label),
        "level": str(level or ""),
        "organization": chosen.name if chosen else found["organization"] or "",
        "published_at": _date(*publication_time(found)),
    }


def _of_article(article: Article) -> dict[str, str]:
    return {
        "kind": article.get_kind_display(),
        "level": str(article.level or ""),
        "organization": article.organization.name if article.organization else article.organization_as_written,
        "published_at": _date(article.published_at, article.published_precision),
    }


def _date(moment, precision: str) -> str:
    if moment is None:
        return ""
    shown = "%Y-%m-%d" if precision == Article.Precision.DAY else "%Y-%m-%d %H:%M"
    return f"{timezone.localtime(moment):{shown}}"
