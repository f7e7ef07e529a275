"""Which text of a changed file is which article of those imported from it before."""

from articles.canonical import canonical

from .models import ImportedArticle


def same_texts(titles: list[str], rows: list[ImportedArticle]) -> dict[int, ImportedArticle]:
    """For each title's place the row of the same text: by its title, else by its place where no text came or went."""
    left, found = list(rows), {}
    for index, title in enumerate(titles):
        row = next((row for row in left if canonical(row.article.latest_revision.title) == canonical(title)), None)
        if row:
            left.remove(row)
            found[index] = row
    if len(rows) == len(titles):
        places = {row.index: row for row in left}
        found |= {index: places[index] for index in range(len(titles)) if index not in found and index in places}
    return found
