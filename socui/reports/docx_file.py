"""A document as a Word file, to be edited and signed: headings, lists and tables in its own styles, user text as data."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from docx import Document as new_document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Panel, Run, TextLine

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_SOFT = RGBColor(0x5A, 0x66, 0x78)
MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that the same document gives the same file."""
LABEL_CM, TEXT_CM = 2.2, 17.0
"""How wide the labels of the card are, and the text of a page."""

_WIDEST = 40
"""Characters beyond which a column is made no wider."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_docx(document: Document) -> bytes:
    """Return the document as the bytes of a .docx file."""
    word = new_document()
    _prepared(word, document)
    word.add_heading(_data(document.title), 0)
    if document.about:
        _paragraph(word, tuple(run for pair in document.about for run in _about(*pair))[:-1])
    for block in document.blocks:
        _block(word, block, document)
    _part_tables(word)
    out = io.BytesIO()
    word.save(out)
    return _alike(out.getvalue())


def _prepared(word: Word, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.4)
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Calibri")
    normal.paragraph_format.space_after = Pt(4)
    # With line spacing in parts of a line, spacing that depends on the style of the paragraph before, or an empty paragraph
    # after a table, LibreOffice leaves a heading alone at the foot of a page, whatever is to be kept together.
    normal.paragraph_format.line_spacing = 1.0
    for name, size, before, after in (("Title", 16, 0, 4), ("Heading 1", 12, 8, 2), ("Heading 2", 11, 6, 2)):
        style: Any = word.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for name in ("List Bullet", "List Bullet 2", "List Number"):
        listed: Any = word.styles[name]
        listed.paragraph_format.space_after = Pt(2)
        for spacing in listed.element.pPr.findall(qn("w:contextualSpacing")):
            listed.element.pPr.remove(spacing)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = _data(document.title)[:255], "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)


def _about(name: str, text: str) -> tuple[Run, ...]:
    return Run(f"{name}: ", "soft"), Run(text), Run("    ")


def _block(word: Word, block: Block, document: Document) -> None:
    if isinstance(block, Heading):
        word.add_heading(_data(block.text), block.level - 1).paragraph_format.keep_with_next = True
    elif isinstance(block, TextLine):
        _line(word, block, document)
    elif isinstance(block, Bullets):
        for item in block.items:
            style = "List Number" if block.role == "references" else "List Bullet"
            _line(word, item.line, document, style)
            for line in item.more:
                _line(word, line, document, "List Bullet 2")
    elif isinstance(block, DocTable):
        _table(word, block, document)
    elif isinstance(block, Panel):
        _panel(word, block, document)


def _line(word: Word, line: TextLine, document: Document, style: str | None = None) -> None:
    paragraph = _paragraph(word, line.runs, style)
    _numbers(paragraph, line, document)


def _paragraph(word: Any, runs: tuple[Run, ...], style: str | None = None) -> Paragraph:
    follows = _follows_table(word)
    paragraph: Paragraph = word.add_paragraph(style=style)
    if follows:
        paragraph.paragraph_format.space_before = Pt(6)
    _fill(paragraph, runs)
    return paragraph


def _fill(paragraph: Paragraph, runs: tuple[Run, ...], bold: bool = False) -> None:
    for run in runs:
        first, *others = _data(run.text).split("\n")
        made = paragraph.add_run(first)
        for other in others:
            made.add_break(WD_BREAK.LINE)
            made.add_text(other)
        made.bold = True if bold or run.kind == "strong" else None
        if run.kind == "soft":
            made.font.color.rgb = _SOFT


def _numbers(paragraph: Paragraph, line: TextLine, document: Document) -> None:
    if numbers := document.numbered(line):
        made = paragraph.add_run(" [" + ", ".join(map(str, numbers)) + "]")
        made.font.size, made.font.color.rgb = Pt(8), _SOFT


def _table(word: Word, table: DocTable, document: Document) -> None:
    if table.caption and table.role != "answers":
        _paragraph(word, (Run(table.caption, "soft"),)).paragraph_format.keep_with_next = True
    _part_tables(word)
    made = word.add_table(rows=1, cols=len(table.head), style="Table Grid")
    made.autofit = False
    widths = _widths(table)
    for cell, name in zip(made.rows[0].cells, table.head, strict=True):
        _fill(cell.paragraphs[0], (Run(name),), bold=True)
    for row in table.rows:
        for number, (cell, line) in enumerate(zip(made.add_row().cells, row, strict=True)):
            _fill(cell.paragraphs[0], line.runs, bold=number == 0 and table.role != "answers")
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            _numbers(cell.paragraphs[0], line, document)
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = Cm(wide)
        for cell in column.cells:
            cell.width = Cm(wide)
    _keep_rows(made)


def _widths(table: DocTable) -> list[float]:
    """Columns as wide as their longest text asks for, the text of a page in all; those of an answer each in halves."""
    if table.role == "answers" and len(table.head) == 2:
        return [TEXT_CM * 0.42, TEXT_CM * 0.58]
    columns = [[name, *(row[n].text for row in table.rows)] for n, name in enumerate(table.head)]
    wanted = [min(max(map(len, texts)), _WIDEST) + 4 for texts in columns]
    return [TEXT_CM * each / sum(wanted) for each in wanted]


def _follows_table(word: Any) -> bool:
    """Return whether the last thing in the body is a table: what follows it begins with a little room."""
    blocks = [child for child in word.element.body if child.tag != qn("w:sectPr")]
    return bool(blocks) and blocks[-1].tag == qn("w:tbl")


def _part_tables(word: Word) -> None:
    """Two tables in a row would be one; a file ends with a paragraph."""
    if _follows_table(word):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(5)


_WHOLE = 9
"""Rows of a table that is not torn over two pages."""


def _keep_rows(table: Any) -> None:
    """No row breaks over two pages; the first stands again on each. A short table stays whole."""
    rows = [*table.rows]
    for row in rows[:-1] if len(rows) <= _WHOLE else ():
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for number, row in enumerate(rows):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(() if number else ("w:tblHeader",))):
            properties.append(properties.makeelement(qn(name), {qn("w:val"): "true"}))


def _panel(word: Word, panel: Panel, document: Document) -> None:
    lead = _paragraph(word, (*panel.title.runs,))
    for run in lead.runs:
        run.bold, run.font.size = True, Pt(13)
    _fill(lead, (Run(f"  {panel.status}", "soft"),))
    if not panel.rows:
        return
    made = word.add_table(rows=0, cols=2)
    made.autofit = False
    for column, wide in zip(made.columns, (LABEL_CM, TEXT_CM - LABEL_CM), strict=True):
        column.width = Cm(wide)
    for row in panel.rows:
        label, body = made.add_row().cells
        label.width, body.width = Cm(LABEL_CM), Cm(TEXT_CM - LABEL_CM)
        _fill(label.paragraphs[0], (Run(row.label),), bold=True)
        for number, line in enumerate(row.lines):
            paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
            mark = (Run(f"{number + 1}. "),) if row.role == "steps" else ()
            _fill(paragraph, (*mark, *line.runs), bold=row.role == "urgent")
            _numbers(paragraph, line, document)
            paragraph.paragraph_format.space_after = Pt(2)
        label.paragraphs[0].paragraph_format.space_after = Pt(2)


def _data(text: str) -> str:
    """Return the text as XML can hold it; what it cannot hold is shown as such."""
    return _NO_XML.sub("\ufffd", text)


def _alike(content: bytes) -> bytes:
    """Return the same file without the times at which its parts were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(zipfile.ZipInfo(name, MADE), read.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
