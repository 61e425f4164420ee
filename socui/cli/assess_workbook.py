"""Workbooks that assess reads and writes, by openpyxl: the first sheet, its values, and no formula of anybody's."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from socui.cli.assess_plan import columns_of
from socui.cli.assess_tables import CsvTable, InputRow
from socui.cli.assess_writers import Results, cell
from socui.errors import Usage
from socui.text import visible_lines

MOST_BYTES = 300_000_000
"""The most bytes that a workbook may unpack to."""
MOST_CHARACTERS = 32_767
"""The most characters that a cell of a workbook may hold."""


def lines_of(raw: io.BufferedReader, name: str) -> Iterator[str]:
    """Yield the first sheet as lines of CSV. Raises Usage."""
    if raw.peek(2)[:2] != b"PK":  # not worth reading on
        raise Usage(f"assess: {name}: no workbook: it is no zip file: save it as .xlsx or as CSV")
    data = io.BytesIO(raw.read(MOST_BYTES + 1))
    if data.getbuffer().nbytes > MOST_BYTES:
        raise Usage(f"assess: {name}: more than {MOST_BYTES:,} bytes: save it as CSV")
    try:
        with zipfile.ZipFile(data) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise Usage(f"assess: {name}: it unpacks to more than {MOST_BYTES:,} bytes: save it as CSV")
        book = openpyxl.load_workbook(data, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
    except Usage:
        raise
    except Exception as error:  # whatever a file that is no workbook makes of the library
        why = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise Usage(f"assess: {name}: no workbook: {why}: save it as .xlsx or as CSV") from None
    return _lines(sheet.iter_rows(values_only=True))


def _lines(rows: Iterator[Sequence[object]]) -> Iterator[str]:
    width = 0
    for row in rows:
        texts = [_text(value) for value in row]
        if not width:  # empty columns behind the headings are none
            width = len(texts)
            while width and not texts[width - 1]:
                width -= 1
        out = io.StringIO()
        if any(texts):
            csv.writer(out, lineterminator="\n").writerow((texts + [""] * width)[:width])
        yield out.getvalue() or "\n"


def _text(value: object) -> str:
    """Return a value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_WIDEST, _LONG = 48, ("sentence", "problem", "asked_by", "late")
"""How wide a column is at most, in characters, and those that hold sentences."""


class Workbook:
    """Writes a workbook of one sheet. All texts are texts, whatever they begin with."""

    def __init__(self, table: CsvTable, columns: tuple[str, ...]) -> None:
        self._table, self._columns = table, columns
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet("socui")
        self._sheet.freeze_panes = "A2"
        for number, name in enumerate([*table.header, *columns], 1):
            wide = _WIDEST if name in _LONG else min(max(len(name) + 2, 12), _WIDEST)
            self._sheet.column_dimensions[get_column_letter(number)].width = wide

    def head(self) -> bytes:
        """Return the row of headings; nothing is written before the end."""
        self._append([*self._table.header, *self._columns])
        return b""

    def rows(self, rows: Sequence[InputRow], results: Results) -> bytes:
        """Return the rows, each with its columns."""
        for row, result in zip(rows, results, strict=True):
            added = columns_of(result)
            self._append([row.kept[i] for i in self._table.kept] + [cell(added[c]) for c in self._columns])
        return b""

    def end(self) -> bytes:
        """Return the whole file."""
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()

    def _append(self, texts: Sequence[str]) -> None:
        _append(self._sheet, texts)


def workbook_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet with those texts."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("socui")
    sheet.freeze_panes = "B2"
    for row in rows:
        _append(sheet, row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _append(sheet: Any, texts: Sequence[str]) -> None:
    """Append a row of texts."""
    cells = []
    for text in texts:
        made = WriteOnlyCell(sheet)
        made.value = visible_lines(text)[:MOST_CHARACTERS]
        made.data_type = "s"  # never a formula, a number or an error
        cells.append(made)
    sheet.append(cells)
