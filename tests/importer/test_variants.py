"""Each seed with its places, people, years, numbers, numbering and punctuation swapped gives the swapped result.

A variant changes the file's text; the expected output is the seed's own (checked in test_gold) changed the same way.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from importer.proposal import output, propose

SEEDS = {path.name[:3]: path for path in (Path(__file__).parents[2] / "fixtures" / "seeds").iterdir()}
CHINESE = ["一", "二", "三", "四", "五", "六", "七", "八"]
PLAIN = {
    "id",
    "kind",
    "level",
    "unit",
    "comparator",
    "style",
    "themes",
    "published_on",
    "published_at",
    "rule",
    "confidence",
}
FIELDS = ("id", "sha256", "seconds", "encoding")


@cache
def seed_text(seed):
    return SEEDS[seed].read_text("utf-8")


def read(text, name="page.txt"):
    row = output(propose(text.encode(), name))
    for field in FIELDS:
        row.pop(field)
    for article in row["articles"]:
        article["evidence"] = {name: (e["rule"], e["line"], e["confidence"]) for name, e in article["evidence"].items()}
    return row


@cache
def base(seed):
    return read(seed_text(seed))


def swap(value, change, key=""):
    """`value` with `change` made in every printed text of it; codes and ISO dates stay."""
    if isinstance(value, dict):
        return {
            name: item if name in PLAIN | {"evidence"} else swap(item, change, name) for name, item in value.items()
        }
    if isinstance(value, list):
        return [swap(item, change, key) for item in value]
    if isinstance(value, str):
        if key == "warnings":
            return re.sub(r"^((?:missing|cut)_body: )(.*)", lambda match: match[1] + change(match[2]), value)
        return change(value)
    return value


def replacer(pairs):
    pattern = re.compile("|".join(map(re.escape, pairs)))
    return lambda text: pattern.sub(lambda match: pairs[match.group()], text)


def expect(seed, change, **fields):
    row = swap(base(seed), change)
    for article in row["articles"]:
        article.update({name: value(article) if callable(value) else value for name, value in fields.items()})
    return row


PLACES = [
    ("000", {"胶州": "义乌", "青岛": "金华"}),
    ("000", {"胶州": "龙口", "青岛": "烟台"}),
    ("001", {"八字桥": "石板桥"}),
    ("001", {"八字桥": "白鹤滩"}),
    ("002", {"萧山": "鄞州", "杭州": "宁波"}),
    ("002", {"萧山": "崂山", "杭州": "青岛"}),
    ("003", {"盐城": "徐州", "盐都": "铜山"}),
    ("003", {"盐城": "台州", "盐都": "椒江", "江苏": "浙江"}),
    ("004", {"xx": "××"}),
]


@pytest.mark.parametrize(("seed", "pairs"), PLACES)
def test_places(seed, pairs):
    change = replacer(pairs)
    assert read(change(seed_text(seed))) == expect(seed, change)


PEOPLE = [
    ("002", {"李金达": "欧阳建国"}),
    ("002", {"李金达": "郑敏"}),
    (
        "003",
        {
            "戴红军": "周卫东",
            "陈吉军": "吴兰",
            "王新慧": "司马青",
            "顾涛": "孟凡明",
            "顾泽荣": "赵勇",
            "朱步荣": "孙立",
        },
    ),
]


@pytest.mark.parametrize(("seed", "pairs"), PEOPLE)
def test_people(seed, pairs):
    change = replacer(pairs)
    assert read(change(seed_text(seed))) == expect(seed, change)


YEARS = [
    ("000", {"2019": "2022", "2018": "2021"}, 3),
    ("000", {"2019": "2016", "2018": "2015"}, -3),
    ("001", {"2015": "2018"}, 3),
    ("002", {"2015": "2018"}, 3),
    ("003", {"2017": "2020"}, 3),
    ("004", {"二十大": "十九大"}, -5),
    ("004", {"二十大": "十八大"}, -10),
]


@pytest.mark.parametrize(("seed", "pairs", "shift"), YEARS)
def test_years(seed, pairs, shift):
    change = replacer(pairs)

    def moved(field):
        return lambda article: article[field] and change(article[field])

    want = expect(
        seed,
        change,
        plan_year=lambda article: article["plan_year"] and article["plan_year"] + shift,
        published_on=moved("published_on"),
        published_at=moved("published_at"),
    )
    for article in want["articles"]:
        for target in article["targets"]:  # a period is printed, or is the planned year
            if article["plan_year"] and target["period"] == f"{article['plan_year'] - shift}年":
                target["period"] = f"{article['plan_year']}年"
    assert read(change(seed_text(seed))) == want


def renumber(text, style):
    """Headings `一、` or `(一)` at the start of a line in another style."""
    return re.sub(
        r"(?m)^(\s*)(?:\(([一二三四五六七八])\)|([一二三四五六七八])、)",
        lambda m: m[1] + style(CHINESE.index(m[2] or m[3])),
        text,
    )


STYLES = {
    "bracketed": lambda index: f"({CHINESE[index]})",
    "chinese": lambda index: f"{CHINESE[index]}、",
    "wide brackets": lambda index: f"（{CHINESE[index]}）",
    "arabic": lambda index: f"{index + 1}、",
    "arabic point": lambda index: f"{index + 1}.",
    "chinese point": lambda index: f"{CHINESE[index]}.",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", ["000", "001", "004"])
def test_numbering(seed, style):
    want = base(seed)
    text = renumber(seed_text(seed), STYLES[style])
    articles = []
    for article in want["articles"]:
        outline = [
            {**row, "number": row["number"] and renumber(row["number"], STYLES[style])} for row in article["outline"]
        ]
        html = re.sub(
            r"(<h2>|<p><strong>)([^<]+)", lambda m: m[1] + renumber(m[2], STYLES[style]), article["body_html"]
        )
        articles.append(
            {**article, "outline": outline, "body": renumber(article["body"], STYLES[style]), "body_html": html}
        )
    assert read(text) == {**want, "articles": articles}


WIDE = str.maketrans(",:;?()!", "，：；？（）！")


@pytest.mark.parametrize("seed", SEEDS)
def test_punctuation_width(seed):
    def change(text):
        return text.translate(WIDE)

    assert read(change(seed_text(seed))) == expect(seed, change)


DATES = [
    (
        "000",
        "2019-01-03",
        [
            "2019年1月3日",
            "2019/1/3",
            "2019.01.03",
            "二〇一九年一月三日",
            "２０１９－０１－０３",
            "03-01-2019"[3:5] + "/13/2019",
        ],
    ),
    (
        "001",
        "2015-04-10 10:54:25",
        ["2015年4月10日 10:54:25", "2015/04/10 10:54:25", "2015年04月10日10时54分25秒", "[2015-04-10 10:54:25]"],
    ),
    ("002", "2015年12月21日", ["2015-12-21", "2015.12.21", "2015/12/21", "21/12/2015", "二〇一五年十二月二十一日"]),
]


@pytest.mark.parametrize(
    ("seed", "printed", "other"), [(seed, printed, other) for seed, printed, others in DATES for other in others]
)
def test_date_formats(seed, printed, other):
    assert seed_text(seed).count(printed) == 1
    want = base(seed)
    if other == "01/13/2019":  # month first, another day
        want = expect(seed, str, published_on="2019-01-13")
    assert read(seed_text(seed).replace(printed, other)) == want


NUMBERS = [
    (
        "000",
        {
            "3个以上工种": "5个以上工种",
            "1000名": "860名",
            "名100名": "名100名",
            "10所": "12所",
            "29家": "37家",
            "90%": "85%",
        },
        {"3个": 5, "1000名": 860, "10所": 12, "29家": 37, "90%": 85},
    ),
    ("000", {"29家": "二十九家", "10所": "十所", "1000名": "一千名"}, {}),
    (
        "002",
        {"2757份": "3120份", "646192人": "58万人", "1660条": "990条"},
        {"2757份": 3120, "646192人": 580000, "1660条": 990},
    ),
    (
        "003",
        {"母婴室50个": "母婴室60个", "1万名": "8000名", "300名": "280名", "达20%": "达35%"},
        {"50个母": 60, "10000名": 8000, "300名": 280, "20%": 35},
    ),
]


@pytest.mark.parametrize(("seed", "pairs", "numbers"), NUMBERS)
def test_numbers(seed, pairs, numbers):
    change = replacer(pairs)
    want = expect(seed, change)
    for article in want["articles"]:
        for target in article["targets"]:
            mark = "母" if "母婴室" in target["sentence"] and target["number"] == 50 else ""
            target["number"] = numbers.get(f"{target['number']}{target['unit']}{mark}", target["number"])
    assert read(change(seed_text(seed))) == want


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(seed, encoding):
    row = output(propose(seed_text(seed).encode(encoding), "page.txt"))
    assert [article["body"] for article in row["articles"]] == [article["body"] for article in base(seed)["articles"]]
    assert row["encoding"] == encoding.removesuffix("-sig")


@pytest.mark.parametrize("seed", SEEDS)
def test_line_ends(seed):
    assert read(seed_text(seed).replace("\n", "\r\n")) == base(seed)
