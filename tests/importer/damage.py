"""Files of a binary format as a bad disk leaves them: cut short, or with some bits flipped."""

from hypothesis import strategies as st


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """`whole` cut at any place, or whole with one to eight of its bits flipped."""
    flips = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 7)), min_size=1, max_size=8)
    return st.integers(0, len(whole)).map(lambda length: whole[:length]) | flips.map(lambda bits: _flipped(whole, bits))


def _flipped(whole: bytes, bits: list[tuple[int, int]]) -> bytes:
    raw = bytearray(whole)
    for place, bit in bits:
        raw[place] ^= 1 << bit
    return bytes(raw)
