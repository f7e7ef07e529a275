"""Text that a converter has polluted with readings: 總工會(huì), 計(jì)劃."""

from plans.grammar.glosses import GLOSS, is_glossed


def unpolluted(text: str) -> str:
    """`text` without the readings in brackets after its characters, for rules that only look at words."""
    return GLOSS.sub("", text) if is_glossed(text) else text
