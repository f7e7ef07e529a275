"""A paragraph of a body, with what every grammar asks of it: its folded form, its sentences and its quotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .sentences import Quotation, Span, quotations, sentences
from .widths import fold

BOLD = 7


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body, whole, with the number of the line it starts in.

    Where it was rejoined from several lines, `breaks` holds (offset, line) for each later line: where it begins.
    A row of a table has `cells`: the texts of its cells, which stand in `text` in this order. `heading` is the level
    of heading the file's format gives it, BOLD where it is set in bold throughout, 0 where it is text.
    """

    line: int
    text: str
    breaks: tuple[tuple[int, int], ...] = ()
    cells: tuple[str, ...] = ()
    heading: int = 0

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.folded)

    @cached_property
    def quotations(self) -> list[Quotation]:
        return quotations(self.folded)

    def line_at(self, offset: int) -> int:
        """The source line that holds the character at an offset of the text."""
        if not self.breaks:
            return self.line
        return max((line for start, line in self.breaks if start <= offset), default=self.line)


def fold_together(paragraphs: Sequence[Paragraph]) -> None:
    """Fold the paragraphs of a body in one go: one by one it takes five times as long."""
    folded, start = fold("\n".join(paragraph.text for paragraph in paragraphs)), 0
    for paragraph in paragraphs:
        end = start + len(paragraph.text)
        vars(paragraph)["folded"] = folded[start:end]
        start = end + 1
