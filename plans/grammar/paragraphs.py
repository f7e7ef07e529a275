"""A paragraph of a body, with what every grammar asks of it: its folded form, its sentences and its quotations."""

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
        return max((line for start, line in self.breaks if start <= offset), default=self.line)
