"""Lists of tasks in spreadsheets are read sheet by sheet, row by row, as a person sees them."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings

from importer.document import Cell, Heading, Row
from importer.proposal import propose
from importer.readers.unreadable import UnreadableFile
from importer.readers.xlsx.reader import XlsxReader
from importer.readers.xlsx.values import printed
from tests.importer.damage import damaged
from tests.importer.test_docx import repacked

HEAD = ("序号", "任务", "目标", "责任部门", "完成时限")


def made(fill):
    """The bytes of a workbook that `fill` writes into."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        fill(book)
    return buffer.getvalue()


def tasks(book):
    sheet = book.add_worksheet()
    sheet.merge_range("A1:E1", "胶州市总工会2019年重点任务清单")
    sheet.write_row("A3", HEAD)
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    share = book.add_format({"num_format": "0%"})
    sheet.merge_range("A4:A5", 1)
    sheet.write_row("B4", ["建会", 60.0, "组织部"])
    sheet.write_datetime("E4", date(2019, 12, 31), day)
    sheet.write_row("B5", ["入会\n覆盖率"])
    sheet.write_number("C5", 0.9, share)
    sheet.merge_range("D5:E5", "组织部 全年")
    sheet.write("A6", 2)
    sheet.write_row("B6", ["慰问", 2.5, "权益部", "12月底前"])
    sheet.write("A8", "注:各部门每季度报送进展。")


def read(raw):
    return XlsxReader().read(raw, "清单.xlsx")


def test_a_list_of_tasks():
    document = read(made(tasks))
    assert [(line.number, line.text, line.whole, line.mark) for line in document.lines] == [
        (1, "胶州市总工会2019年重点任务清单", True, None),
        (2, "序号 任务 目标 责任部门 完成时限", True, Row(1, tuple(Cell(text, header=True) for text in HEAD))),
        (
            3,
            "1 建会 60 组织部 2019年12月31日",
            True,
            Row(1, (Cell("1", rows=2), Cell("建会"), Cell("60"), Cell("组织部"), Cell("2019年12月31日"))),
        ),
        (
            4,
            "入会 覆盖率 90% 组织部 全年",
            True,
            Row(1, (Cell("入会 覆盖率"), Cell("90%"), Cell("组织部 全年", columns=2))),
        ),
        (
            5,
            "2 慰问 2.5 权益部 12月底前",
            True,
            Row(1, (Cell("2"), Cell("慰问"), Cell("2.5"), Cell("权益部"), Cell("12月底前"))),
        ),
        (6, "注:各部门每季度报送进展。", True, None),
    ]
    assert (document.hints["title"].value, document.warnings) == ("胶州市总工会2019年重点任务清单", ())


def test_sheets_in_order_hidden_ones_left_out():
    def fill(book):
        for name in ("Sheet1", "权益部", "草稿"):
            sheet = book.add_worksheet(name)
            sheet.write_row("A1", ["序号", "任务", "内部"])
            sheet.write_row("A2", [1, name, "x"])
            sheet.write_row("A3", [2, "隐藏行", "x"])
            sheet.set_column("C:C", None, None, {"hidden": True})
            sheet.set_row(2, None, None, {"hidden": True})
        sheet.hide()

    document = read(made(fill))
    assert [(line.text, getattr(line.mark, "table", line.mark)) for line in document.lines] == [
        ("序号 任务", 1),
        ("1 Sheet1", 1),
        ("权益部", Heading(2)),
        ("序号 任务", 2),
        ("1 权益部", 2),
    ]
    assert document.warnings == ("hidden_left_out: 5 hidden sheets, rows or columns were left out",)


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("12", "", "12"),
        ("12.0", "General", "12"),
        ("0.1", "0.0", "0.1"),
        ("12.5", "0.00", "12.50"),
        ("1234567", "#,##0", "1234567"),
        ("0.07", "0%", "7%"),
        ("0.955", "0.0%", "95.5%"),
        ("45292", "yyyy-mm-dd", "2024-01-01"),
        ("45292", "yyyy/m/d;@", "2024-01-01"),
        ("45292", '[$-804]yyyy"年"m"月"', "2024年1月"),
        ("45292", 'm"月"d"日"', "1月1日"),
        ("45292.5", "yyyy-mm-dd h:mm", "2024-01-01 12:00"),
        ("0.375", "h:mm", "9:00"),
        ("45292", "yyyy", "2024"),
        ("3", '0"家"', "3家"),
        ("3", '"第"0"季度"', "第3季度"),
        ("1e300", "yyyy-mm-dd", "1e+300"),
        ("-5", "yyyy-mm-dd", "-5"),
        ("nan", "0%", "nan%"),
        ("没有", "0%", "没有"),
    ],
)
def test_values_as_a_person_sees_them(raw, code, text):
    assert printed(raw, code) == text


def test_days_counted_from_1904():
    assert printed("43830", "yyyy-mm-dd", since_1904=True) == "2024-01-01"


def code_of(raw):
    with pytest.raises(UnreadableFile) as caught:
        propose(raw, "x.xlsx")
    return caught.value.code


def test_hostile_workbooks():
    raw, sheet = made(tasks), "xl/worksheets/sheet1.xml"
    rows = b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 20_001
    wide = b'<mergeCell ref="A1:XFD1048576"/>'
    codes = [
        code_of(repacked(raw, {sheet: lambda part: part.replace(b"<sheetData>", rows)})),
        code_of(repacked(raw, {sheet: lambda part: b"<!DOCTYPE x>" + part.split(b"?>", 1)[1]})),
        code_of(repacked(raw, {"xl/workbook.xml": lambda _: b"<"})),
        code_of(made(lambda book: book.add_worksheet())),
    ]
    assert codes == ["too_much", "damaged", "damaged", "empty"]
    merged = read(repacked(raw, {sheet: lambda part: part.replace(b"<mergeCell ", wide + b"<mergeCell ", 1)}))
    assert [line.text for line in merged.lines] == [line.text for line in read(raw).lines]


WHOLE = made(tasks)


@settings(max_examples=150)
@given(damaged(WHOLE))
def test_truncated_and_flipped(raw):
    try:
        read(raw)
    except UnreadableFile as error:
        assert str(error).startswith("“清单.xlsx”")
