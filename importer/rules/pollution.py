"""Text that a converter has polluted with readings: 總工會(huì), 計(jì)劃."""

from plans.grammar.glosses import GLOSS, TONE


def unpolluted(text: str) -> str:
    """`text` without the readings in brackets after its characters, for rules that only look at words."""
    return GLOSS.sub("", text) if ("(" in text or "（" in text) and TONE.search(text) else text
