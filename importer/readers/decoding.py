"""Bytes to text. Old portals send GBK and Big5 under no name at all, and some files are broken in the middle."""

import codecs
import re
from typing import NamedTuple

# The characters most met in official Chinese, Simplified and Traditional: enough to tell right decoding from wrong.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
    "已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集"
    "温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支"
    "般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属"
    "圆包火住调满县局照参红细引听该铁价严职协帮扶乡镇村街企维护困难慰问竞赛培训创新服务监督审查财务组织文化宣传贯彻落实精神"
    "這為個們來時說國會對產種過發動經進現實電學體點從業應開還關與間樣數質氣條沒結問題變無義樣當黨員設總線導長議報權聯歷勞職"
    "務區縣鄉鎮組織幫護競賽創監審財務傳貫徹實維單備參選標親養調層團際廣術階級農領統計劃論題書記陳張劉李王，。、；：“”（）《》"
)
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_SAMPLE = 60_000  # bytes looked at when encodings are compared


class Decoded(NamedTuple):
    """The text, the encoding's name, and warnings (`code: sentence`) about what was dropped or replaced."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(raw: bytes) -> Decoded:
    """Read `raw` by byte-order mark, then the pattern of NULs, then strict UTF-8, then the likelier of GB18030, Big5.

    Never raises: NULs and control characters are dropped and broken bytes become U+FFFD, each with a warning.
    """
    encoding = _encoding(raw)
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    warnings = []
    plain = text.encode(errors="surrogatepass")
    if len(plain.translate(None, _CONTROL_BYTES)) < len(plain):
        text = _CONTROL.sub("", text)
        warnings.append("nul_bytes: the file holds NUL or control bytes; they were left out")
    broken = text.count("\ufffd")
    if broken:
        warnings.append(f"broken_bytes: {broken} places could not be decoded as {encoding}; they show as \ufffd")
    return Decoded(text, encoding.removesuffix("-sig"), tuple(warnings))


def looks_binary(decoded: Decoded) -> bool:
    """True where the text is too full of broken characters, or of characters nobody writes, to be a page."""
    text = decoded.text
    if text.count("\ufffd") > max(8, len(text) // 8):
        return True
    guessed = decoded.encoding in ("gb18030", "big5")
    return guessed and common_share(text[:_SAMPLE]) < 0.05 and sum(char > "\x7f" for char in text[:_SAMPLE]) > 60


def common_share(text: str) -> float:
    """The share of common characters among the non-ASCII ones, 0 to 1; 0 where there are none."""
    wide = [char for char in text if char > "\x7f"]
    return sum(char in _COMMON for char in wide) / len(wide) if wide else 0.0


def _encoding(raw: bytes) -> str:
    marked = _by_mark(raw)
    if marked:
        return marked
    wide = _utf16_by_nuls(raw)
    if wide:
        return wide
    if _is_utf8(raw):
        return "utf-8"
    sample = raw[:_SAMPLE]
    share = {name: _score(sample, name) for name in ("gb18030", "big5", "utf-8")}
    return max(share, key=share.__getitem__)


def _by_mark(raw: bytes) -> str | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    return next((name for mark, name in marks if raw.startswith(mark)), None)


def _utf16_by_nuls(raw: bytes) -> str | None:
    """UTF-16 without a mark. ASCII puts NULs on one side of the byte pairs; 一 (4E00) puts some on the other."""
    sample = raw[: _SAMPLE - _SAMPLE % 2]
    if 0 not in sample:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    likely = "utf-16-le" if odd > even else "utf-16-be"
    if max(odd, even) * 5 > len(sample) and min(odd, even) * 20 < max(odd, even):  # mostly ASCII
        return likely
    if _is_utf8(raw):
        return None  # a UTF-8 page with a stray NUL
    share = {name: _score(sample, name) for name in ("utf-16-le", "utf-16-be", "gb18030", "big5", "utf-8")}
    best = max(share, key=share.__getitem__)
    return best if best.startswith("utf-16") and share[best] > 0.3 else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, encoding: str) -> float:
    """Common share less broken bytes; a sample cut inside a character counts as broken once only."""
    text = sample.decode(encoding, errors="replace")
    wide = sum(char > "\x7f" for char in text) or 1
    return common_share(text) - 3 * max(0, text.count("\ufffd") - 1) / wide
