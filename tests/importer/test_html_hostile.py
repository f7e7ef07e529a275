"""Broken, huge and malicious pages: nothing raises but UnreadableFile, nothing is slow, nothing is made up."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import clean, plain_text
from importer.proposal import output, propose
from importer.readers import reader_for
from importer.readers.html.reader import HtmlReader
from importer.readers.unreadable import UnreadableFile
from tests.importer.output_schema import faults

PAGES = sorted((Path(__file__).parent / "html").glob("*.html"))
TEXT = "县总工会组织职工开展劳动竞赛，参赛职工达3000人，评出标兵20名。"
TAGS = [
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<br>", "<b>", "</b>",
    "<a href='x.doc'>", "<a href='/1'>", "</a>", "<ul>", "<li>", "</ul>", "<img src='a.jpg'>", "<h1>", "</h1>",
    "<span style='display:none'>", "<div id='js_content'>", "<div class='TRS_Editor'>", "</span>", "<title>",
    "</title>", "<script>", "</script>", "<pre>", "<meta name='PubDate' content='2019-13-45'>",
    "<meta name='Author' content='张三'>", "<figure>", "<figcaption>", "<!--", "-->", "&nbsp;", "&#0;", "&#x110000;",
    "&lt;p&gt;", "来源：", "2019-03-05", "职工", TEXT, "\n", "　　", "<", ">", "\0", "<style>.a{display:none}</style>",
    "<p class=a>", "<base href='http://[x/'>", "<td colspan='9999999999'>", "<frameset>",
]  # fmt: skip


def read(raw):
    """What is printed, or None for a page without text; anything but UnreadableFile is raised."""
    try:
        row = output(propose(raw, "x.html"))
    except UnreadableFile:
        return None
    row.pop("seconds")
    row.pop("address", None)
    return row


def words(text):
    return [line.split() for line in text.split("\n")]


def bodies(row):
    return [article["body"] for article in row["articles"]] if row else []


@settings(max_examples=200)
@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=8), max_size=60).map("".join))
def test_any_tags(page):
    row = read(f"<html>{page}".encode("utf-8", "surrogatepass"))
    assert row == read(f"<html>{page}".encode("utf-8", "surrogatepass"))
    for article in row["articles"] if row else ():
        html = article["body_html"].replace('src="a.jpg"', 'src="/a.jpg"')
        assert clean(html) == html
        assert words(plain_text(html)) == words(article["body"])
    assert row is None or faults(row | {"seconds": 0}) == []


@settings(max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    read(b"<html><body>" + raw)


@settings(max_examples=80)
@given(
    st.sampled_from(PAGES), st.randoms(use_true_random=False), st.sampled_from(["cut", "double", "shuffle", "bytes"])
)
def test_damaged_pages(path, random, damage):
    """Tags cut off, doubled, shuffled: every character of the text that comes out was in the file."""
    raw = path.read_bytes()
    encoding = "gb18030" if "gbk" in path.name or "bare" in path.name else "utf-8"
    parts = raw.decode(encoding).split("<")
    if damage == "cut":
        parts = parts[random.randrange(len(parts)) :][: random.randrange(1, len(parts))]
    elif damage == "double":
        parts = [part for part in parts for _ in range(random.choice([1, 2]))]
    elif damage == "shuffle":
        random.shuffle(parts)
    page = "<html><" + "<".join(parts)
    raw = page.encode()
    if damage == "bytes":
        raw = bytes(random.randrange(256) if random.random() < 0.01 else byte for byte in raw)
    row = read(raw)
    if damage != "bytes":
        known = set(page) | set("\n >")
        assert [char for body in bodies(row) for char in body if char not in known] == []


HUGE = {
    "one line": "<html><p>" + TEXT * 50_000,
    "one line in a cell": "<html><table><tr><td>" + TEXT * 50_000 + "</td></tr></table>",
    "deep blocks": "<html>" + "<div>" * 100_000 + TEXT + "</div>" * 100_000,
    "deep marks": "<html>" + "<b><i><a href='/x'>" * 30_000 + TEXT,
    "deep tables": "<html>" + "<table><tr><td>" * 20_000 + TEXT,
    "deep lists": "<html>" + "<ul><li>" * 30_000 + TEXT,
    "lists in lists": "<html>" + "<ul><li>1</li><li>2</li><li>" * 190 + f"<a href='/1'>{TEXT}</a>" * 40_000,
    "unclosed": "<html>" + f"<p><div><td>{TEXT}" * 3_000,
    "attribute": f"<html><p title='{'x' * 3_000_000}' style='{'color:red;' * 50_000}'>{TEXT}</p>",
    "entities": "<html><p>" + "&#24037;&amp;nbsp;" * 50_000,
    "breaks": f"<html>{TEXT}" + "<br>" * 200_000,
    "pictures": f"<html><p>{TEXT}" + "<img src='/p.jpg'>" * 50_000,
    "links": f"<html><p>{TEXT}</p>" + "<a href='/p.doc'>下载</a>" * 30_000,
    "cells": "<html><table>" + "<tr><td>1<td>2</tr>" * 10_000,
    "rules": "<html><style>" + ".a,.b{display:none}" * 20_000 + f"</style><p class='{'c ' * 20_000}'>{TEXT}",
    "base64": f"<html><p>{TEXT}<img src='data:image/png;base64,{'iVBORw0KGgo' * 200_000}'>",
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_are_read_quickly(name):
    raw = HUGE[name].encode()
    started = time.process_time()
    document = HtmlReader().read(raw, name)
    assert time.process_time() - started < 3
    assert any("工" in line.text or "1" in line.text for line in document.lines)


def test_a_frameset_is_told_how_to_be_saved():
    with pytest.raises(UnreadableFile) as refusal:
        propose(
            "<html><title>工会</title><frameset cols='20%,*'><frame src=l.htm><frame src=r.htm></frameset>".encode(),
            "x",
        )
    assert refusal.value.code == "frames"


@pytest.mark.parametrize(
    ("page", "name", "taken"),
    [
        ("\ufeff<!DOCTYPE html><p>a", "x", True),
        ("<?xml version='1.0'?>\n<!-- saved -->\n<html>", "x", True),
        (f"<p>{TEXT}</p>", "x", True),
        (f"{TEXT}<br>{TEXT}", "x.html", True),
        (f"{TEXT}<br>{TEXT}", "x.txt", False),
        ("<<工会>>章程", "x.txt", False),
        ("工会工作", "x.html", False),
    ],
)
def test_what_is_taken_for_a_page(page, name, taken):
    assert (reader_for(page.encode(), name).name == "html") == taken
    assert HtmlReader().takes(page.removeprefix("\ufeff").encode("utf-16"), name) == (
        taken and not page.endswith(f"<br>{TEXT}")
    )
