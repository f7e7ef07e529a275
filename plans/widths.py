"""One form for the two widths of Chinese typing, character for character.

Folding keeps every offset: the folded text is as long as the text, so a span found in one holds in the other.
"""

FORMS = {
    "　\t\u00a0\u2002\u2003": "     ",
    "「『﹁﹃〝": "“‘“‘“",
    "」』﹂﹄〞": "”’”’”",
    "｡﹪﹣－–": "。%---",
    "〇○": "〇〇",
    "個萬億項場戶兩餘達過約對條處類間屆級隊門臺檯幾數覆蓋": "个万亿项场户两余达过约对条处类间届级队门台台几数覆盖",
    "爭創確於員開總結組織職實現標準劃貼補": "争创确于员开总结组织职实现标准划贴补",
    "變爲為將擬會建訂簽發極議關獎勵業務從當點幫壓縮萬": "变为为将拟会建订签发极议关奖励业务从当点帮压缩万",
}
TABLE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
for written, folded in FORMS.items():
    TABLE |= dict(zip(map(ord, written), folded, strict=True))


def fold(text: str) -> str:
    """The text, as long as before, in half-width forms, with “” for 「」 and common Traditional forms Simplified."""
    return text.translate(TABLE)
