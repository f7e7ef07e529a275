"""Tables that hold data, told from those a page is laid out with."""

from importer.readers.html.tree import Tree

_WIDEST = 200  # cells a row, and rows or columns a cell may span


def data_rows(tree: Tree, table: int) -> list[list[int]] | None:
    """The cells (td, th) of a data table by row, rows without text left out; None for a table that is layout."""
    rows: list[list[int]] = []
    widest = 0
    links = tree.count(table, 1)
    chars = tree.count(table, 0)
    if not chars or links > 0.6 * chars:
        return None
    index, stop = table + 1, tree.ends[table]
    while index < len(tree.tags) and tree.starts[index] < stop:
        tag = tree.tags[index]
        if tag == "table":
            return None
        if tag == "tr":
            rows.append([])
        elif tag in ("td", "th") and rows and len(rows[-1]) < _WIDEST:
            rows[-1].append(index)
            widest = max(widest, tree.count(index, 0))
        index += 1
    rows = [row for row in rows if any(tree.count(cell, 0) for cell in row)]
    headed = any(tree.tags[cell] == "th" for row in rows for cell in row)
    several = sum(1 for row in rows if sum(bool(tree.count(cell, 0)) for cell in row) >= 2)
    if several < (1 if headed else 2) or several * 2 < len(rows):
        return None
    return None if widest > 300 and widest > 0.5 * chars else rows


def span(value: str | None) -> int:
    """A colspan or rowspan as a number from 1."""
    digits = (value or "").strip()[:4]
    return max(1, min(int(digits), _WIDEST)) if digits.isascii() and digits.isdigit() else 1


def labelled_row(tree: Tree, row: int) -> bool:
    """A short layout row of several cells, such as 来源: | 市总工会 | 时间: | 2019-03-05: it is read as one line."""
    if tree.count(row, 0) > 120:
        return False
    cells, index, stop = 0, row + 1, tree.ends[row]
    while index < len(tree.tags) and tree.starts[index] < stop:
        if tree.tags[index] in ("table", "br", "p", "li", "h1", "h2", "h3"):
            return False
        cells += bool(tree.tags[index] in ("td", "th") and tree.count(index, 0))
        index += 1
    return cells >= 2
