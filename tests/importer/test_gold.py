"""The five seed pages, field by field, against what a careful reader gets."""

import json
from pathlib import Path

import pytest

from importer.proposal import output, propose

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "fixtures" / "seeds"
GOLD = json.loads((ROOT / "tests" / "data" / "seed-gold.json").read_text("utf-8"))

KINDS = {"work_plan": "plan", "news_feature": "news", "signed_article": "speech", "essay": "speech", "speech": "speech"}
TARGET_KINDS = {"recurring_target": "recurring", "implied_target": "implied", "placeholder_target": "placeholder"}
PAIRS = [(name, index) for name, page in GOLD.items() for index in range(page["article_count"])]


@pytest.fixture(scope="module")
def rows():
    return {path.name: output(propose(path.read_bytes(), path.name)) for path in sorted(SEEDS.iterdir())}


def nonspace(text):
    return "".join(text.split())


def flat(headings):
    for heading in headings:
        yield heading
        yield from flat(heading.get("children", []))


def expected_evidence(gold):
    """Fields that must say what they rest on."""
    pairs = {
        "title": gold["title"],
        "organization": gold["organisation"]["name"],
        "plan_year": gold["plan_year"]["value"],
        "published_on": gold["publish"]["date"],
    }
    pairs |= {"author": gold["author"], "prev_title": None, "kind": True}
    return {name for name, value in pairs.items() if value}


@pytest.mark.parametrize("name", GOLD)
def test_page(rows, name):
    gold, row = GOLD[name], rows[name]
    assert row["id"] == name
    assert row["sha256"] == gold["sha256"]
    assert (row["encoding"], row["reader"]) == ("utf-8", "text")
    assert len(row["articles"]) == gold["article_count"]
    bodies = "\n".join(article["body"] for article in row["articles"]).split("\n")
    assert [line["text"] for line in gold["boilerplate"] + gold["metadata_lines"] if line["text"] in bodies] == []


@pytest.mark.parametrize(("name", "index"), PAIRS)
def test_article(rows, name, index):
    gold, got = GOLD[name]["articles"][index], rows[name]["articles"][index]
    organisation, year, publish = gold["organisation"], gold["plan_year"], gold["publish"]
    assert got["kind"] == KINDS[gold["doc_type"]]
    assert (got["title"], got["kicker"]) == (gold["title"], gold["kicker"])
    assert (got["organization"], got["organization_as_written"]) == (
        organisation["name"],
        organisation["name_as_written"],
    )
    assert (got["level"], got["parent_organization"]) == (organisation["level"], organisation["parent"])
    assert (got["plan_year"], got["plan_year_stated"]) == (year["value"], year["stated"])
    assert got["carries_plan"] == gold["carries_plan_content"]
    assert (got["published_on"], got["published_at"]) == (publish["date"], publish["datetime"])
    assert got["source"] is None
    assert got["author"] == (" ".join(gold["author"]) if gold["author"] else None)
    assert got["author_title"] == gold.get("author_title")
    assert got["editor"] is None  # the only one printed is a default account
    assert got["channel"] == gold["channel_breadcrumb"]
    assert (got["prev_title"], got["next_title"]) == (gold["prev_title"], gold["next_title"])
    assert got["complete"] == gold.get("body_complete", True)
    assert expected_evidence(gold) - set(got["evidence"]) == set()


@pytest.mark.parametrize(("name", "index"), PAIRS)
def test_body(rows, name, index):
    gold, got = GOLD[name]["articles"][index], rows[name]["articles"][index]
    body = got["body"]
    assert len(body.split("\n")) == gold["body_paragraphs"]
    assert len(nonspace(body)) == gold["body_chars_nonspace"]
    assert body.startswith(gold["body_starts_with"])
    assert body.endswith(gold["body_ends_with"])
    for joined in gold.get("joined_paragraphs", []):
        assert joined["joined"] in body
    counts = {1: got["body_html"].count("<h2>"), 2: got["body_html"].count("<h3>")}
    assert counts == {int(level): count for level, count in gold["standalone_heading_counts"].items()}


@pytest.mark.parametrize(("name", "index"), PAIRS)
def test_outline(rows, name, index):
    gold, got = GOLD[name]["articles"][index], rows[name]["articles"][index]
    want = [(row["level"], row["number"], row["text"], row["line"], row["style"]) for row in flat(gold["outline"])]
    assert [(row["level"], row["number"], row["heading"], row["line"], row["style"]) for row in got["outline"]] == want
    primary = [(row["text"], row["themes"][0]) for row in gold["outline"]]
    assert [(row["heading"], row["themes"][0]) for row in got["outline"] if row["level"] == 1] == primary


@pytest.mark.parametrize(("name", "index"), PAIRS)
def test_targets(rows, name, index):
    gold, got = GOLD[name]["articles"][index], rows[name]["articles"][index]

    def key(number, unit, comparator, kind, sentence, line):
        return (number, unit, comparator, TARGET_KINDS.get(kind, kind), nonspace(sentence).rstrip("。;!?"), line)

    rowed = [
        key(q["value"], q["unit"], q["comparator"], q["kind"], q["sentence"], q["line"]) for q in gold["quantities"]
    ]
    core = [row for row, q in zip(rowed, gold["quantities"], strict=True) if q["core"]]
    allowed = [
        row
        for row, q in zip(rowed, gold["quantities"], strict=True)
        if q["kind"] not in ("period", "threshold", "context", "anecdotal")
    ]
    found = [key(t["number"], t["unit"], t["comparator"], t["kind"], t["sentence"], t["line"]) for t in got["targets"]]
    assert [row for row in core if row not in found] == []
    assert [row for row in found if row not in allowed] == []


def test_collection(rows):
    name = next(name for name, page in GOLD.items() if isinstance(page["collection"], dict))
    gold, row = GOLD[name]["collection"], rows[name]
    assert row["collection"] == {
        "title": gold["title"],
        "declared_count": gold["declared_count_in_title"],
        "declared_chars": gold["declared_chars"],
        "toc": [{key: entry[key] for key in ("no", "title", "body")} for entry in gold["toc"]],
    }
    told = [warning for warning in row["warnings"] if warning.startswith(("missing_body", "cut_body"))]
    assert sorted(told) == sorted(
        f"{'missing' if entry['body'] == 'missing' else 'cut'}_body: {entry['title']}"
        for entry in gold["toc"]
        if entry["body"] != "full"
    )
    assert [rows[other]["collection"] for other in rows if other != name] == [None] * 4


def test_lent_year(rows):
    """An article of a newspaper page without a year takes its neighbour's, and says so."""
    lent = [
        a["evidence"]["plan_year"]["rule"]
        for row in rows.values()
        for a in row["articles"]
        if a["plan_year"] and not a["plan_year_stated"]
    ]
    assert sorted(lent) == ["forward-looking-at-year-end", "from_neighbour", "opening-year-phrase"]
