"""PDF files with a text layer: reading order, running heads, paragraphs; what holds no text is answered."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from importer.proposal import propose
from importer.readers.pdf import reader as reader
from importer.readers.pdf.reader import PdfReader
from importer.readers.unreadable import UnreadableFile
from tests.importer.damage import damaged
from tests.importer.pdf_files import drawn, locked, pdf

PRINTED = Path(__file__).parent / "files" / "plan.pdf"  # printed by Chromium: fonts embedded, 工 written as ⼯
BODY = (
    "各级工会要结合工会工作和职工群众的实际,深入学习贯彻好中国工会十七大精神,把思想和行动统一到市委和上级工会精神"
    "上来,团结职工建功立业。"
)


def read(raw):
    return PdfReader().read(raw, "计划.pdf")


def texts(raw):
    return [line.text for line in read(raw).lines]


def set_page(number, *paragraphs, left=80, width=27, top=740):
    """A page of paragraphs with an indented first line, a running head and a page number, drawn before the text."""
    out = [drawn(250, 800, "某市总工会文件", 9), drawn(290, 40, f"— {number} —", 9)]
    y = top
    for paragraph in paragraphs:
        x, room = left + 32, width - 2
        while paragraph:
            out.append(drawn(x, y, paragraph[:room]))
            paragraph, x, room, y = paragraph[room:], left, width, y - 26
    return "\n".join(out)


def test_paragraphs_are_joined_over_lines_and_pages():
    one, two, three = BODY, "一、加强组织建设", BODY.replace("各级", "全市") + BODY
    cut = 25 + 27
    raw = pdf(set_page(1, one, two, three[:cut]), set_page(2, "续").replace("112 740", "80 740"))
    assert texts(raw) == [one, two, three[:cut] + "续"]
    assert [line.whole for line in read(raw).lines] == [True, True, True]


def test_a_page_printed_by_a_browser():
    document = read(PRINTED.read_bytes())
    assert [line.text for line in document.lines] == [
        "胶州市总工会2019年工作要点",
        "一、加强组织建设",
        "各级工会要结合工会工作和职工群众的实际,深入学习贯彻好中国工会十七大精神,新建基层工会60家以上,发展会员3000名,"
        "推动百人以上企业建会率达到90%,把广大职工组织到工会中来。",
        "二、服务职工群众",
        "为1000名困难职工送温暖,建成户外劳动者驿站12个,青年、女职工、农民工都有人关心、有处说话、有家可回。",
    ]
    assert document.hints == {}


def test_lines_are_read_from_the_top_whatever_is_drawn_first():
    raw = pdf("\n".join(drawn(80, y, text) for y, text in ((300, "三"), (700, "一"), (500, "二"))))
    assert texts(raw) == ["一", "二", "三"]


def test_columns_are_read_one_after_the_other():
    left = [(80, 700 - 26 * row, f"左栏第{row}行文字") for row in range(4)]
    right = [(320, 700 - 26 * row, f"右栏第{row}行文字") for row in range(4)]
    raw = pdf("\n".join(drawn(*place) for place in left + right))
    assert texts(raw) == [text for _, _, text in left + right]


def test_letters_set_apart_and_watermarks():
    mark = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <" + "内部资料".encode("utf-16-be").hex() + "> Tj ET"
    raw = pdf("\n".join([mark, drawn(80, 700, "工 会 工 作 要 点"), drawn(80, 600, "通 知")]))
    assert texts(raw) == ["工会工作要点", "通 知"]


def test_a_tables_head_is_kept_once():
    rows = [["1 建会", "新建六十家"], ["2 入会", "发展三千名"], ["3 帮扶", "慰问困难职工"]]
    pages = [["序号 任务 责任部门", *two, f"第{place}页 共3页"] for place, two in enumerate(rows, 1)]
    raw = pdf(*("\n".join(drawn(80, 700 - 40 * n, line) for n, line in enumerate(page)) for page in pages))
    assert texts(raw) == ["序号 任务 责任部门", *(text for two in rows for text in two)]


def test_hints_and_pages_without_text():
    info = b"/Title <FEFF%s> /Author <FEFF%s>" % tuple(
        text.encode("utf-16-be").hex().encode() for text in ("工作要点", "张建国")
    )
    document = read(pdf(drawn(80, 700, "工作要点"), "", info=info))
    assert {name: hint.value for name, hint in document.hints.items()} == {"title": "工作要点", "author": "张建国"}
    assert document.warnings == ("pages_without_text: 1 pages hold no text; they may be pictures of it",)


def code_of(raw):
    with pytest.raises(UnreadableFile) as caught:
        propose(raw, "x.pdf")
    return caught.value.code


def test_what_cannot_be_read_is_answered():
    whole = pdf(set_page(1, BODY))
    garbled = pdf(drawn(80, 700, "".join(chr(0xE000 + place) for place in range(40))))
    assert [
        code_of(pdf("0 0 m 9 9 l S")),
        code_of(pdf(drawn(290, 40, "— 1 —"))),
        code_of(garbled),
        code_of(locked(whole, "secret")),
        code_of(b"%PDF-1.7\n%\xe2\xe3"),
        code_of(pdf(*["0 0 m"] * 501)),
    ] == ["scanned_pdf", "scanned_pdf", "garbled_pdf", "encrypted", "damaged", "too_much"]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_locked_against_changes_only_is_read(algorithm):
    assert texts(locked(pdf(drawn(80, 700, "工会要点")), "", algorithm=algorithm)) == ["工会要点"]


def test_hostile_pages_end(monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 1)
    started = time.thread_time()
    assert code_of(pdf(*[drawn(80, 700, "工") * 8_000] * 10)) == "too_slow"
    assert time.thread_time() - started < 8
    document = read(pdf("0 0 m 1 1 l S\n" * 300_000, drawn(80, 700, "工会")))
    assert [line.text for line in document.lines] == ["工会"]
    assert "pages_left_out: 1 pages are drawings too large to be read" in document.warnings


WHOLE = pdf(set_page(1, BODY, "一、加强组织建设"), set_page(2, BODY))


@settings(max_examples=80)
@given(damaged(WHOLE))
def test_truncated_and_flipped(raw):
    try:
        read(raw)
    except UnreadableFile as error:
        assert str(error).startswith("“计划.pdf”")
