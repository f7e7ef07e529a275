"""Text that a converter has polluted with readings: 總工會(huì), 計(jì)劃."""

import re

_READING = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zü\u00e0-\u01dc]{1,8}[)）]")


def unpolluted(text: str) -> str:
    """`text` without the readings in brackets after its characters, for rules that only look at words."""
    return _READING.sub("", text) if "(" in text or "（" in text else text
