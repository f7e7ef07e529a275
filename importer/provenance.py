"""Where each value of an imported article comes from: the file, or a person. Computed, not stored."""

import datetime
from dataclasses import dataclass

from articles.models import Article


@dataclass(frozen=True)
class Provenance:
    """`kind` is "imported" or "edited"; `who` a name ("" on the server itself), `revision` the number it came with."""

    kind: str
    who: str
    when: datetime.datetime | None
    revision: int | None


def of(article: Article) -> dict[str, Provenance]:
    """By field of the text (title, body …) and of the particulars; empty for an article that was not imported."""
    raise NotImplementedError
