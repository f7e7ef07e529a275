"""Characters that formats put into a text and nobody wrote."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\0-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)
# Parts of characters that some PDF programs write for the characters themselves: ⼯ (U+2F2F) for 工
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= str.maketrans(
    "⼾⻘⻓⻅⻋⻔⻢⻛⻚⻜⻝⻬⻉⻆⻄⻩⻤⺠⻰⻥⻦⻨⻮⻳⻁⻙⻣⺟",
    "户青长见车门马风页飞食齐贝角西黄鬼民龙鱼鸟麦齿龟虎韦骨母",
)


def cleaned(text: str) -> str:
    """`text` without invisible characters, and with whole characters for radicals that stand in their place."""
    return _UNSEEN.sub("", text.translate(_RADICALS))
