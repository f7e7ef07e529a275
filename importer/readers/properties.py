"""What a file's own properties state. They are mostly those of the file it was copied from, or of the computer."""

from collections.abc import Sequence

from importer.document import Line, fold
from importer.evidence import Found, found
from importer.readers.characters import cleaned
from importer.rules.persons import is_name


def stated(title: str, author: str, lines: Sequence[Line]) -> dict[str, Found]:
    """Hints from the properties `title` and `author`: a title only if a line of the text is it, a writer if a name."""
    hints = {}
    wanted = "".join(fold(cleaned(title)).split())
    place = next((line for line in lines if wanted and "".join(line.folded.split()) == wanted), None)
    if place:
        hints["title"] = found(place.text, "file-properties", title, place.number, "low")
    author = cleaned(author).strip()
    if is_name(author):
        hints["author"] = found(author, "file-properties", author, None, "low")
    return hints
