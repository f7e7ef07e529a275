"""Word documents built in code: python-docx for the frame, raw XML for what it has no words for."""

import io

import docx
from docx.oxml import parse_xml

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def xml(text):
    """An element of raw WordprocessingML; the first tag is given the namespaces."""
    head, rest = text.split(">", 1)
    closed = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.removesuffix('/')} {NS}{closed}>{rest}")


def paragraph(text="", number=None, level=None, style=None, extra=""):
    """The XML of a paragraph, numbered by numId `number` at `level`."""
    parts = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        depth = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        parts += f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{parts}</w:pPr>{run}{extra}</w:p>"


def level(index, form, text, start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def document(*blocks, abstracts=(), numbers=(), styles=()):
    """A python-docx document of raw blocks, with numbering definitions, numberings and styles of raw XML.

    `numbers` are (numId, abstractNumId, raw overrides).
    """
    made = docx.Document()
    for style in styles:
        made.styles.element.append(xml(style))
    if abstracts:
        numbering = made.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        for name, levels in abstracts:
            numbering.append(xml(f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'))
        for number, name, overrides in numbers:
            numbering.append(xml(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{overrides}</w:num>'))
    body = made.element.body
    for block in blocks:
        body.insert(len(body) - 1, xml(block))  # the last child is the section's
    return made


def saved(made):
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
