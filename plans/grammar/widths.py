"""One form for the two widths of Chinese typing and for its two sets of characters, character for character.

Folding keeps every offset: the folded text is as long as the text, so a span found in one holds in the other.
"""

from organizations.characters import folder
from organizations.traditional import PAIRS

FORMS = {
    "　\t\u00a0\u2002\u2003": "     ",
    "「『﹁﹃〝": "“‘“‘“",
    "」』﹂﹄〞": "”’”’”",
    "｡﹪﹣－–": "。%---",
    "〇○": "〇〇",
    "於": "于",
    "丶﹑､": "、、、",
}
TABLE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
TABLE |= {ord(pair[0]): pair[1] for pair in PAIRS.split()}
for written, folded in FORMS.items():
    TABLE |= dict(zip(map(ord, written), folded, strict=True))


_fold = folder(TABLE)


def fold(text: str) -> str:
    """The text, as long as before, in half-width forms, with “” for 「」 and Traditional forms Simplified."""
    return _fold(text)
