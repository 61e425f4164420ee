"""Writes the rows of assess as they were read, with the columns added, as CSV, JSON lines or a workbook.

No spreadsheet takes text that a person wrote for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from socui.cli.assess_plan import FULL, QUICK, Assessed, Cell, columns_of
from socui.cli.assess_tables import CsvTable, InputRow, JsonTable
from socui.deciding.batch import Outcome
from socui.errors import Usage

_FORMATS = ("csv", "jsonl", "xlsx")
TABLE_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}

Results = Sequence[Outcome | Assessed]

_ACTS = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


class TableWriter(Protocol):
    """Writes a table in chunks."""

    def head(self) -> bytes:
        """Return what stands before the first row."""
        ...

    def rows(self, rows: Sequence[InputRow], results: Results) -> bytes:
        """Rows with what is concluded of them."""
        ...

    def end(self) -> bytes:
        """Return what stands behind the last row."""
        ...


def table_writer(table: CsvTable | JsonTable, format: str, quick: bool, name: str) -> TableWriter:
    """Return what writes a table in one of FORMATS, "" being the one it was read in. Raises Usage."""
    columns = QUICK if quick else FULL
    if isinstance(table, JsonTable):
        if format not in ("", "jsonl"):
            raise Usage(f"assess: {name}: JSON lines are written as JSON lines: the lines may differ in their keys")
        return JsonLines(None)
    if format == "jsonl":
        return JsonLines(table)
    if format == "xlsx":
        from socui.cli.assess_workbook import Workbook

        return Workbook(table, columns)
    return Csv(table, columns)


def guarded(text: str) -> str:
    """Return the text as a cell that is no formula."""
    return "'" + text if text[:1] in _ACTS else text


def cell(value: Cell) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else value or ""


class Csv:
    """As CSV."""

    def __init__(self, table: CsvTable, columns: tuple[str, ...]) -> None:
        self._table, self._columns = table, columns

    def head(self) -> bytes:
        """Return the line of headings."""
        return (self._table.mark + self._written([[*map(guarded, self._table.header), *self._columns]])).encode()

    def rows(self, rows: Sequence[InputRow], results: Results) -> bytes:
        """Return the rows, each with its columns."""
        acts, kept, written = _ACTS, self._table.kept, []
        for row, result in zip(rows, results, strict=True):
            cells = [row.kept[i] for i in kept]
            added = columns_of(result)
            cells += [cell(added[column]) for column in self._columns]
            written.append(["'" + text if text[:1] in acts else text for text in cells])
        return self._written(written).encode("utf-8", "replace")

    def end(self) -> bytes:
        """Return nothing."""
        return b""

    def _written(self, rows: Iterable[Sequence[str]]) -> str:
        out = io.StringIO()
        # A line feed in a cell is written in quotes, a lone carriage return is not: it would end the row in a spreadsheet, and
        # what follows it begin a cell, as a formula perhaps.
        lines = ([text.replace("\r\n", "\n").replace("\r", "\n") for text in row] for row in rows)
        csv.writer(out, delimiter=self._table.delimiter, lineterminator="\n").writerows(lines)
        return out.getvalue()


class JsonLines:
    """As JSON lines: behind the object that was read, or a new one made of a CSV row."""

    def __init__(self, table: CsvTable | None) -> None:
        self._table = table

    def head(self) -> bytes:
        """Return nothing: no line comes before the first row."""
        return b""

    def rows(self, rows: Sequence[InputRow], results: Results) -> bytes:
        """Return the rows; null where one could not be assessed."""
        written = []
        for row, result in zip(rows, results, strict=True):
            text = json.dumps(columns_of(result), default=date.isoformat)
            if self._table is not None:
                kept = dict(zip(self._table.header, (row.kept[i] for i in self._table.kept), strict=True))
                written.append(f"{json.dumps(kept)[:-1]}, {text[1:]}\n")
            else:
                written.append(f"{row.kept}{'' if row.kept == '{' else ', '}{text[1:]}\n")
        return "".join(written).encode()

    def end(self) -> bytes:
        """Return nothing."""
        return b""
