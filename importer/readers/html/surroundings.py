"""Other things than the article's text in the element that holds it, where that was found by its text alone."""

import re
from bisect import bisect_left

from importer.readers.html.links import is_attachment
from importer.readers.html.tree import Tree

_PROSE = re.compile(r"[^\n]{12,}[，。；！？、：,;]|[。！？]")


class Surroundings:
    """What stands before the first and after the last running text in `container`; nothing where portals name it so."""

    def __init__(self, tree: Tree, container: int | None):
        self.tree = tree
        self.first, self.last = 0, len(tree.tokens)
        if container is not None and container not in tree.known:
            start, stop = (bisect_left(tree.places, edge[container]) for edge in (tree.starts, tree.ends))
            prose = [place for place in tree.places[start:stop] if _PROSE.search(tree.tokens[place])]
            if prose:
                self.first, self.last = prose[0], prose[-1]

    def hold(self, index: int) -> bool:
        """Whether a block stands there, offers no files and is no table of the text's own contents."""
        tree = self.tree
        if self.first <= tree.ends[index] and tree.starts[index] <= self.last:
            return False
        inside = range(index, bisect_left(tree.starts, tree.ends[index]))
        links = [at for at in inside if tree.tags[at] == "a"]
        hrefs = [tree.attributes[at].get("href", "") for at in links]
        if any((href[:1] == "#" and len(href) > 1) or is_attachment(href, "") for href in hrefs):
            return False
        places = tree.places[bisect_left(tree.places, self.first) : bisect_left(tree.places, self.last)]
        printed = {tree.tokens[place].strip() for place in places}
        return printed.isdisjoint(words for at in links if len(words := tree.words(at)) >= 6)
