"""The rules know no seed: none of the seeds' titles, people, places or sites stands in a room's code."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("organizations", "articles", "plans", "importer", "unioncms")
GOLD = json.loads((ROOT / "tests" / "data" / "seed-gold.json").read_text("utf-8"))
# Words of the gold that are the field's own vocabulary.
COMMON = {"首页", "正文", "经验交流", "总工会", "工会", "未知", "超级管理员", "篇"}


def distinctive():
    words = set()
    for name, page in GOLD.items():
        words |= {Path(name).stem, Path(name).stem[4:]}
        if page["collection"] and isinstance(page["collection"], dict):
            words |= {page["collection"]["title"], *(entry["title"] for entry in page["collection"]["toc"])}
            words |= {line["text"].split()[0] for line in page["boilerplate"] if line["kind"] == "site_slogan"}
        for article in page["articles"]:
            words |= {
                article["title"],
                article["kicker"],
                article["prev_title"],
                article["next_title"],
                article.get("author_title"),
            }
            words |= set(article["author"] or [])
            words |= {heading["text"] for heading in article["outline"]}
    places = {
        "胶州",
        "青岛",
        "萧山",
        "杭州",
        "盐城",
        "平度",
        "八字桥",
        "新石关",
        "洋河",
        "龙冈",
        "金堰",
        "阳澄",
        "天通源",
        "传化",
        "果然鲜",
        "胶建",
        "盐都",
        "时代工运",
        "朱步荣",
        "董从松",
    }
    return {word for word in words | places if word and word not in COMMON and len(word) >= 2}


def test_no_seed_in_code():
    words = distinctive()
    assert len(words) > 80
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 20
    texts = {path: path.read_text("utf-8") for path in files}
    found = {(str(path.relative_to(ROOT)), word) for path in files for word in words if word in texts[path]}
    assert found == set()
