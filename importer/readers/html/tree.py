"""A web page as a flat row of tokens, so that no depth of nesting and no length of line can stop its reading."""

import json
from collections.abc import Mapping

# What an element holds is one number, so that it is counted and taken off at once: four counts of so many bits each.
_BITS = 40
CHARS, LINKED, WEIGHT, BREAK = (1 << _BITS * at for at in range(4))
_COUNT = (1 << _BITS) - 1


class Tree:
    """The page's elements in document order and its tokens: k for the start of element k, ~k for its end, or text.

    Every element has its tag, attributes, parent, first and last token, and its sizes: visible characters, characters
    in links, `weight` (prose: unlinked characters, marks counting more) and line breaks.
    """

    def __init__(self):
        self.tokens: list[int | str] = []
        self.places: list[int] = []  # the tokens that are text
        self.tags: list[str] = []
        self.attributes: list[Mapping[str, str]] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sizes: list[int] = []
        self.known: list[int] = []  # the containers portals' programs put a text into
        self.lists: list[int] = []  # those whose content was counted only
        self.hidden: list[tuple[int, str, str]] = []  # the token it stands before, the way, the words
        self.titles: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.statements: list[str] = []  # JSON-LD
        self.base = ""
        self.total = 0  # what the whole page holds

    def count(self, index: int, which: int) -> int:
        """How many characters (0), characters in links (1), weight (2), breaks (3) element `index` holds."""
        return self.sizes[index] >> which * _BITS & _COUNT

    @property
    def weight(self) -> int:
        """That of the whole page."""
        return self.total >> 2 * _BITS & _COUNT

    def between(self, start: int, stop: int) -> bool:
        """Whether any words stand among these tokens."""
        return any(isinstance(token, str) and not token.isspace() for token in self.tokens[start:stop])

    def holds(self, index: int, other: int) -> bool:
        """Whether element `other` stands in element `index`, or is it."""
        return self.starts[index] <= self.starts[other] < self.ends[index]

    def around(self, place: int) -> int:
        """The innermost element that token `place` stands in; -1 for none."""
        while place and type(token := self.tokens[place - 1]) is str:
            place -= 1
        return -1 if not place else token if token >= 0 else self.parents[~token]

    def words(self, index: int) -> str:
        """An element's text as it stands, that of each piece set off by a space."""
        tokens = self.tokens[self.starts[index] : self.ends[index]]
        return " ".join(token.strip() for token in tokens if type(token) is str).strip()

    def names(self, index: int) -> list[str]:
        """An element's id and classes in lower case."""
        attributes = self.attributes[index]
        return f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()


def statements(tree: Tree) -> list[dict]:
    """The objects of the page's JSON-LD, outermost first; broken ones are passed over."""
    out: list[dict] = []
    for text in tree.statements[:20]:
        try:
            queue = [json.loads(text[:200_000].strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue and len(out) < 50:
            value = queue.pop(0)
            if isinstance(value, list):
                queue = [*value[:50], *queue]
            elif isinstance(value, dict):
                out.append(value)
                queue += [value["@graph"]] if isinstance(value.get("@graph"), list) else []
    return out
