"""A Word document's styles: what a paragraph or run takes over from its style and the styles that one is based on."""

from collections.abc import Iterator

from lxml import etree

from importer.readers.docx.numbering import W, is_on

DEPTH = 20  # styles based on one another


class Styles:
    """The styles of styles.xml (None: a document without)."""

    def __init__(self, part: etree._Element | None):
        found = [] if part is None else part.findall(W + "style")
        self._styles = {style.get(W + "styleId"): style for style in found}
        self._default = next(
            (s.get(W + "styleId") for s in found if s.get(W + "type") == "paragraph" and s.get(W + "default") == "1"),
            None,
        )

    def of(self, properties: etree._Element | None) -> str | None:
        """The id of the style a paragraph's properties name, or the document's default."""
        named = None if properties is None else properties.find(W + "pStyle")
        return self._default if named is None else named.get(W + "val")

    def name(self, style: str | None) -> str:
        """A style's name in lower case ("heading 1", "toc 2", "title"); ids are numbers in files of Chinese Word."""
        element = self._styles.get(style)
        named = None if element is None else element.find(W + "name")
        return "" if named is None else named.get(W + "val", "").lower()

    def heading_level(self, style: str | None, properties: etree._Element | None) -> int | None:
        """1 to 6 where the paragraph is a heading by its own or its style's outline level; None where it is text."""
        for element in (properties, *(s.find(W + "pPr") for s in self._chain(style))):
            level = None if element is None else element.find(W + "outlineLvl")
            if level is not None:
                value = level.get(W + "val", "")
                return int(value) + 1 if value in tuple("012345") else None
        names = (self.name(s.get(W + "styleId")) for s in self._chain(style))
        number = next((name.removeprefix("heading ") for name in names if name.startswith("heading ")), "")
        return int(number) if number in tuple("123456") else None

    def numberings(self) -> dict[str, tuple[str | None, int | None]]:
        """(numId, level) of every style, its own or taken over; None for what is not said."""
        return {style: self.numbering(None, style) for style in self._styles}

    def numbering(self, properties: etree._Element | None, style: str | None) -> tuple[str | None, int | None]:
        """(numId, level) of a paragraph: each said by itself, else by the nearest style that says it."""
        number = level = None
        for element in (properties, *(s.find(W + "pPr") for s in self._chain(style))):
            said = None if element is None else element.find(W + "numPr")
            if said is None:
                continue
            own, depth = said.find(W + "numId"), said.find(W + "ilvl")
            number = number if number is not None or own is None else own.get(W + "val")
            if level is None and depth is not None and depth.get(W + "val", "").isdecimal():
                level = int(depth.get(W + "val"))
        return number, level

    def numbering_style(self, style: str | None) -> str | None:
        """The style of the chain that the numbering comes from: a level may name it as its own."""
        return next((s.get(W + "styleId") for s in self._chain(style) if s.find(f"{W}pPr/{W}numPr") is not None), None)

    def is_hidden(self, style: str | None) -> bool:
        """Whether the style's characters are hidden."""
        marks = (s.find(f"{W}rPr/{W}vanish") for s in self._chain(style))
        return is_on(next((mark for mark in marks if mark is not None), None))

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        for _ in range(DEPTH):  # broken files base styles on one another in circles
            if style not in self._styles:
                return
            yield self._styles[style]
            based = self._styles[style].find(W + "basedOn")
            style = None if based is None else based.get(W + "val")
