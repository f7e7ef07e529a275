"""Word documents are read as they print: automatic numbers, tables, pictures, notes, tracked changes."""

import io
import zipfile

import docx
import pytest
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from importer.document import Cell, Heading, ListItem, Picture, Row
from importer.proposal import propose
from importer.readers.docx.numbering import written
from importer.readers.docx.reader import DocxReader
from importer.readers.unreadable import UnreadableFile
from tests.importer.damage import damaged
from tests.importer.word_files import document, level, paragraph, saved

PLAN = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
PLAN += level(3, "decimalEnclosedCircleChinese", "%4")


def read(made):
    return DocxReader().read(saved(made), "计划.docx")


def texts(made):
    return [line.text for line in read(made).lines]


def test_numbers_are_printed():
    rows = [
        ("组织建设", 0),
        ("建会", 1),
        ("规范换届", 2),
        ("摸底", 3),
        ("入会", 3),
        ("公开", 2),
        ("维权", 1),
        ("帮扶", 0),
        ("慰问", 1),
    ]
    made = document(*(paragraph(text, 1, depth) for text, depth in rows), abstracts=[(0, PLAN)], numbers=[(1, 0, "")])
    assert texts(made) == [
        "一、组织建设",
        "（一）建会",
        "1.规范换届",
        "①摸底",
        "②入会",
        "2.公开",
        "（二）维权",
        "二、帮扶",
        "（一）慰问",
    ]


@pytest.mark.parametrize(
    ("levels", "overrides", "depths", "printed"),
    [
        (level(0, "chineseCountingThousand", "第%1章"), "", [0, 0], ["第一章 文", "第二章 文"]),
        (level(0, "decimal", "%1.", 5), "", [0, 0], ["5.文", "6.文"]),
        (
            level(0, "decimal", "%1") + level(1, "decimal", "%1.%2"),
            "",
            [0, 1, 1, 0, 1],
            ["1", "1.1", "1.2", "2", "2.1"],
        ),
        (
            level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", extra="<w:isLgl/>"),
            "",
            [0, 1],
            ["一、文", "1.1 文"],
        ),
        (
            level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>'),
            "",
            [0, 1, 0, 1],
            ["一、文", "1.文", "二、文", "2.文"],
        ),
        (
            level(0, "decimal", "%1.")
            + level(1, "decimal", "%2)")
            + level(2, "lowerLetter", "%3)", extra='<w:lvlRestart w:val="1"/>'),
            "",
            [0, 1, 2, 1, 2, 0, 1, 2],
            ["1.文", "1)文", "a)文", "2)文", "b)文", "2.文", "1)文", "a)文"],
        ),
        (
            level(0, "decimal", "%1."),
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>',
            [0, 0],
            ["3.文", "4.文"],
        ),
        (
            level(0, "decimal", "%1."),
            f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1．")}</w:lvlOverride>',
            [0, 0],
            ["I．文", "II．文"],
        ),
        (level(1, "decimal", "%1.%2", 1), "", [1], ["1.1 文"]),
        (level(0, "none", "%1"), "", [0], ["文"]),
    ],
)
def test_levels(levels, overrides, depths, printed):
    made = document(
        *(paragraph("文", 1, depth) for depth in depths), abstracts=[(0, levels)], numbers=[(1, 0, overrides)]
    )
    expected = [row if row.endswith("文") else f"{row} 文" for row in printed]
    assert texts(made) == expected


def test_a_numbering_of_the_same_definition_goes_on_unless_it_starts_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    made = document(
        *(paragraph("文", number, 0) for number in (1, 2, 3, 3, 1)),
        abstracts=[(0, level(0, "decimal", "%1."))],
        numbers=[(1, 0, ""), (2, 0, ""), (3, 0, again)],
    )
    assert texts(made) == ["1.文", "2.文", "1.文", "2.文", "3.文"]


def test_numbers_that_styles_carry():
    styles = [
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="一级"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="二级"/><w:basedOn w:val="a1"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="二级甲"/><w:basedOn w:val="a2"/></w:style>',
    ]
    made = document(
        paragraph("总体", style="a1"),
        paragraph("目标", style="a3"),
        paragraph("无号", number=0, style="a1"),
        paragraph("措施", style="a2"),
        abstracts=[(0, level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）"))],
        numbers=[(1, 0, "")],
        styles=styles,
    )
    assert [(line.text, line.mark) for line in read(made).lines] == [
        ("一、总体", Heading(1)),
        ("（一）目标", Heading(2)),
        ("无号", Heading(1)),
        ("（二）措施", Heading(2)),
    ]


def test_a_level_that_names_its_style():
    levels = level(0, "decimal", "%1.") + level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="b1"/>')
    style = (
        '<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="小节"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    made = document(paragraph("文", style="b1"), abstracts=[(0, levels)], numbers=[(1, 0, "")], styles=[style])
    assert texts(made) == ["（一）文"]


@pytest.mark.parametrize(
    ("form", "numbers", "printed"),
    [
        ("chineseCounting", (1, 10, 11, 20, 35), "一 十 十一 二十 三十五"),
        ("chineseCountingThousand", (10, 101), "十 一百零一"),
        ("japaneseCounting", (12, 100), "十二 一百"),
        ("ideographDigital", (10, 21), "一〇 二一"),
        ("chineseLegalSimplified", (3, 12), "叁 壹拾贰"),
        ("ideographTraditional", (1, 10), "甲 癸"),
        ("decimalEnclosedCircle", (1, 20, 21, 36), "① ⑳ ㉑ ㊱"),
        ("decimalEnclosedParen", (2,), "⑵"),
        ("decimalFullWidth", (12,), "１２"),
        ("lowerLetter", (1, 27), "a aa"),
        ("upperRoman", (4, 9, 1990), "IV IX MCMXC"),
        ("decimalZero", (3,), "03"),
        ("bahtText", (3,), "3"),
    ],
)
def test_number_formats(form, numbers, printed):
    assert " ".join(written(number, form) for number in numbers) == printed


def test_bullets_are_items_without_their_sign():
    made = document(
        paragraph("慰问", 1, 0), paragraph("走访", 1, 0), abstracts=[(0, level(0, "bullet", "•"))], numbers=[(1, 0, "")]
    )
    assert [(line.text, line.mark) for line in read(made).lines] == [("慰问", ListItem(1)), ("走访", ListItem(1))]


def test_tracked_changes_and_hidden_text():
    made = document(
        "<w:p><w:r><w:t>建会</w:t></w:r><w:del><w:r><w:delText>50</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>60</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>家</w:t></w:r></w:p>",
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>',
        "<w:p><w:r><w:t>下半</w:t></w:r></w:p>",
    )
    assert texts(made) == ["建会60家", "", "上半下半"]


def test_marks_breaks_and_links():
    made = docx.Document()
    first = made.add_paragraph()
    first.add_run("面积 5 m")
    first.add_run("2").font.superscript = True
    first.add_run("<甲>").bold = True
    second = made.add_paragraph()
    second.add_run("来源:报\t作者:张三").add_break()
    second.add_run("第二行")
    address = made.part.relate_to("https://example.org/a?b=1&c", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True)
    script = made.part.relate_to("javascript:alert(1)", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True)
    for target in (address, script):
        link = docx.oxml.parse_xml(
            f'<w:hyperlink xmlns:w="{docx.oxml.ns.nsmap["w"]}" xmlns:r="{docx.oxml.ns.nsmap["r"]}" r:id="{target}">'
            "<w:r><w:t>通知</w:t></w:r></w:hyperlink>"
        )
        made.add_paragraph()._p.append(link)
    assert [(line.number, line.text, line.html, line.whole) for line in read(made).lines] == [
        (1, "面积 5 m2<甲>", "面积 5 m<sup>2</sup><strong>&lt;甲&gt;</strong>", True),
        (2, "来源:报\t作者:张三", "", True),
        (3, "第二行", "", True),
        (4, "通知", '<a href="https://example.org/a?b=1&amp;c">通知</a>', True),
        (5, "通知", "", True),
    ]


def test_tables_keep_their_spans():
    made = docx.Document()
    table = made.add_table(4, 3)
    for row, values in enumerate(
        [("序号", "任务", "责任部门"), ("1", "建会", "组织部"), ("", "入会", "组织部"), ("合计", "", "2")]
    ):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    inner = table.cell(2, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    lines = read(made).lines
    assert [(line.text, line.mark) for line in lines[:4]] == [
        ("序号 任务 责任部门", Row(1, tuple(Cell(text, header=True) for text in ("序号", "任务", "责任部门")))),
        ("1 建会 组织部", Row(1, (Cell("1", rows=2), Cell("建会"), Cell("组织部")))),
        ("入会 甲 乙 组织部", Row(1, (Cell("入会 甲 乙"), Cell("组织部")))),
        ("合计 2", Row(1, (Cell("合计", columns=2), Cell("2")))),
    ]


def test_a_frame_of_one_cell_is_text_and_numbers_in_cells_count_once():
    made = document(
        f"<w:tbl><w:tr><w:tc>{paragraph('框内', 1, 0)}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{paragraph('', 1, 0)}</w:tc><w:tc>{paragraph('任务')}</w:tc></w:tr></w:tbl>",
        abstracts=[(0, level(0, "decimal", "%1."))],
        numbers=[(1, 0, "")],
    )
    assert [(line.text, line.mark) for line in read(made).lines] == [
        ("1.框内", None),
        ("2. 任务", Row(1, (Cell("2."), Cell("任务")))),
    ]


def png(size=(3, 2)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG")
    return buffer.getvalue()


def test_pictures_come_with_their_bytes():
    made = docx.Document()
    made.add_paragraph("活动开展")
    made.add_picture(io.BytesIO(png()), Cm(1))
    made.add_paragraph("图为现场")
    made.element.body.findall(".//{*}docPr")[0].set("descr", "合影")
    read_ = read(made)
    assert read_.pictures == (Picture("word/media/image1.png", 2, "合影"),)
    assert read_.files == {"word/media/image1.png": png()}


def test_text_boxes_footnotes_and_contents():
    box = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        f"{paragraph('红头')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('红头')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    toc = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('一、总体 1')}</w:sdtContent></w:sdt>"
    )
    note = paragraph("覆盖率100", extra='<w:r><w:footnoteReference w:id="2"/></w:r>')
    raw = saved(document(box, toc, note))
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        "<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>年底统计</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    raw = repacked(
        raw,
        {
            "word/footnotes.xml": lambda _: notes.encode(),
            "word/_rels/document.xml.rels": lambda rels: rels.replace(
                b"</Relationships>",
                f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
            ),
        },
    )
    lines = DocxReader().read(raw, "x").lines
    assert [line.text for line in lines if line.text] == ["红头", "覆盖率100[1]", "[1] 年底统计"]


def repacked(raw, changes):
    """The zip with members changed, or added, by functions of their bytes."""
    source = zipfile.ZipFile(io.BytesIO(raw))
    parts = {name: source.read(name) for name in source.namelist()}
    parts |= {name: change(parts.get(name, b"")) for name, change in changes.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_hints():
    made = docx.Document()
    made.add_paragraph("胶州市总工会2019年工作要点")
    made.core_properties.title, made.core_properties.author = "胶州市总工会2019年工作要点", "Administrator"
    assert {name: hint.value for name, hint in read(made).hints.items()} == {"title": "胶州市总工会2019年工作要点"}
    made.core_properties.title, made.core_properties.author = "PowerPoint 演示文稿", "张建国"
    assert {name: hint.value for name, hint in read(made).hints.items()} == {"author": "张建国"}
    made.core_properties.title = "另一个文件的标题"
    made.add_paragraph("工作要点", "Title")
    assert read(made).hints["title"].value == "工作要点"


def code_of(raw):
    with pytest.raises(UnreadableFile) as caught:
        propose(raw, "x.docx")
    return caught.value.code


def test_hostile_packages():
    raw = saved(document(paragraph("工会工作")))
    entity = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    deep, many = b"<w:x>" * 5000, b"<w:p/>" * 50_001
    codes = [
        code_of(repacked(raw, {"word/document.xml": lambda part: entity + part.split(b"?>", 1)[1]})),
        code_of(repacked(raw, {"word/document.xml": lambda part: bomb + part.split(b"?>", 1)[1]})),
        code_of(repacked(raw, {"word/document.xml": lambda part: part.replace(b"<w:body>", b"<w:body>" + deep)})),
        code_of(repacked(raw, {"word/media/x.png": lambda _: b"\0" * 9_000_000})),
        code_of(repacked(raw, {"word/document.xml": lambda _: b""})),
        code_of(saved(docx.Document())),
        code_of(repacked(raw, {"word/document.xml": lambda part: part.replace(b"<w:body>", b"<w:body>" + many)})),
    ]
    assert codes == ["damaged", "damaged", "damaged", "archive_bomb", "damaged", "empty", "too_much"]


WHOLE = saved(
    document(
        *(paragraph(f"工会工作{index}", 1, index % 3) for index in range(12)),
        f"<w:tbl><w:tr><w:tc>{paragraph('序号')}</w:tc><w:tc>{paragraph('任务')}</w:tc></w:tr></w:tbl>",
        abstracts=[(0, PLAN)],
        numbers=[(1, 0, "")],
    )
)


@settings(max_examples=150)
@given(damaged(WHOLE))
def test_truncated_and_flipped(raw):
    try:
        DocxReader().read(raw, "x")
    except UnreadableFile as error:
        assert str(error).startswith("“x”")


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_parts_shuffled(random):
    """Elements moved anywhere, values exchanged: still a document or a refusal."""

    def shuffled(part):
        pieces = part.split(b"<")
        for _ in range(random.randrange(1, 6)):
            first, second = random.randrange(2, len(pieces)), random.randrange(2, len(pieces))
            pieces[first], pieces[second] = pieces[second], pieces[first]
        return b"<".join(pieces)

    name = random.choice(["word/document.xml", "word/numbering.xml", "word/styles.xml"])
    try:
        DocxReader().read(repacked(WHOLE, {name: shuffled}), "x")
    except UnreadableFile as error:
        assert error.code in ("damaged", "empty")
