"""Reads and writes vendors as a CSV table, one row for each vendor and report. Columns of findings are not read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from socui.asking.typed_day import day_at
from socui.errors import Usage
from socui.knowledge.toml_tables import suggest
from socui.profiles.records import (
    BOOKS,
    CATEGORIES,
    ENTRUSTED,
    OPINIONS,
    OPINIONS_AS_WRITTEN,
    REPORTS_HELD,
    STOPS,
    ReportHeld,
    Vendor,
)
from socui.text import scrub_line, visible
from socui.vendors.model import Collected, VendorFinding

_TYPES = ("type1", "type2")
ANSWER_COLUMNS = ("vendor", "service", "books", "entrusts", "stops")
HELD_COLUMNS = ("holds", "type", "from", "to", "as_of", "issued", "opinion", "categories", "firm")
FOUND = ("ask_for", "months_tested", "tested", "bridge", "untested", "next", "says")
"""The columns of findings. They are written, and ignored where a table is read."""
_MOST = 5_000
"""Rows that a table may have."""
LONGEST = 1 << 20
"""The most bytes that a table may have."""
_ACTS = tuple("=+-@\t\r")


def read_table(data: bytes, texts: Mapping[str, str]) -> tuple[Vendor, ...]:
    """Return the vendors of a table. Values are words of the table or the labels of the screen. Raises Usage with
    the line."""
    rows = _rows(data)
    header = [cell.strip().lower() for cell in next(rows, (0, []))[1]]
    if "vendor" not in header:
        raise Usage("vendors: the table has no column called vendor: see socui vendors --template")
    columns = {*ANSWER_COLUMNS, *HELD_COLUMNS, *FOUND}
    if odd := [column for column in header if column and column not in columns]:
        raise Usage(
            f"vendors: no column is called {visible(odd[0])!r}: {suggest(odd[0], columns, 'use ' + ', '.join(columns))}"
        )
    if twice := [column for column in header if column and header.count(column) > 1]:
        raise Usage(f"vendors: two columns are called {twice[0]}: rename one of them")
    vendors: dict[str, Vendor] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise Usage(
                f"vendors: line {line}: {len(cells)} cells under {len(header)} columns: is a comma left unquoted?"
            )
        if len(vendors) >= _MOST:
            raise Usage(f"vendors: line {line}: more than {_MOST:,} vendors")
        row = {column: _unguarded(cell) for column, cell in zip(header, cells, strict=False) if column}
        vendor = _vendor(row, line, texts)
        key = vendor.name.casefold()
        vendors[key] = merged(vendors[key], vendor) if key in vendors else vendor
    return tuple(vendors.values())


def merged(one: Vendor, more: Vendor) -> Vendor:
    """Return the vendor with what another record of the same name adds; a report of the same kind and end takes the
    place of the one that is there."""
    reports = [r for r in one.reports if all(_last(r) != _last(m) or r.report != m.report for m in more.reports)]
    return replace(
        one,
        service=more.service or one.service,
        books=more.books or one.books,
        entrusts=more.entrusts or one.entrusts,
        stops=more.stops or one.stops,
        none=None if more.reports else more.none if more.none is not None else one.none,
        reports=() if more.none else (*reports, *more.reports),
    )


def _last(report: ReportHeld) -> date | None:
    return report.ends or report.as_of


def _rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    if len(data) > LONGEST:
        raise Usage(f"vendors: too large: a table may have {LONGEST:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Usage(
            f"vendors: line {data.count(10, 0, error.start) + 1} is not UTF-8: save the table as UTF-8"
        ) from None
    first = text.partition("\n")[0]
    delimiter = next((d for d in (",", ";", "\t") if d in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            line, start = reader.line_num, line + 1
            yield start, cells
    except csv.Error as error:
        raise Usage(f"vendors: line {reader.line_num}: {error}: is a quotation mark left open?") from None


def _vendor(row: Mapping[str, str], line: int, texts: Mapping[str, str]) -> Vendor:
    name = scrub_line(row.get("vendor", ""))
    if not name:
        raise Usage(f"vendors: line {line}: the vendor has no name")

    def among(column: str, words: Sequence[str], prefix: str) -> str:
        return _among(row.get(column, ""), words, prefix, texts, column, line)

    def several(column: str, words: Sequence[str], prefix: str) -> tuple[str, ...]:
        cells = [part for part in row.get(column, "").replace("|", ";").split(";") if part.strip()]
        return tuple(dict.fromkeys(_among(part, words, prefix, texts, column, line) for part in cells))

    holds = among("holds", (*REPORTS_HELD, "none"), "holds")
    vendor = Vendor(
        name,
        scrub_line(row.get("service", "")),
        among("books", BOOKS, "books"),
        several("entrusts", ENTRUSTED, "entrusts"),
        among("stops", STOPS, "stops"),
    )
    if holds == "none":
        return replace(vendor, none=True)
    begins, ends, as_of, issued = (_day(row.get(c, ""), c, line) for c in ("from", "to", "as_of", "issued"))
    if begins and ends and begins > ends:
        raise Usage(f"vendors: line {line}: the period ends before it begins: swap from and to")
    report = ReportHeld(
        holds,
        _among(row.get("type", "").replace(" ", ""), _TYPES, "", {}, "type", line),
        begins,
        ends,
        as_of,
        issued,
        among("opinion", OPINIONS, ""),
        several("categories", CATEGORIES, "category"),
        scrub_line(row.get("firm", "")),
    )
    if report == ReportHeld():
        return vendor
    return replace(vendor, reports=(report if holds else replace(report, report="unknown"),))


def _among(cell: str, words: Sequence[str], prefix: str, texts: Mapping[str, str], column: str, line: int) -> str:
    text = scrub_line(cell)
    if not text:
        return ""
    labels = {texts.get(f"vendors.{prefix}.{word}", word).casefold(): word for word in words}
    plain = text.casefold()
    if words == OPINIONS:
        plain = OPINIONS_AS_WRITTEN.get(plain, plain)
    if plain.replace(" ", "_").replace("-", "_") in words:
        return plain.replace(" ", "_").replace("-", "_")
    if plain in labels:
        return labels[plain]
    short = plain.replace(" ", "").replace("report", "")
    if short in words:
        return short
    near = suggest(text, words, "use " + ", ".join(words))
    raise Usage(f"vendors: line {line}: {column} cannot be {visible(text[:60])!r}: {near}")


def _day(cell: str, column: str, line: int) -> date | None:
    return day_at(cell, f"vendors: line {line}: {column}") if cell.strip() else None


def _unguarded(cell: str) -> str:
    """Return the cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(_ACTS) else cell


def _guarded(cell: str) -> str:
    """Return the cell as text and in one line: a spreadsheet takes what begins with some signs for a formula, and a carriage
    return for the end of a row."""
    cell = scrub_line(cell)
    return f"'{cell}" if cell.lstrip("'").startswith(_ACTS) else cell


def table_text(collected: Collected, texts: Mapping[str, str]) -> str:
    """Return the table of all vendors with what is found. It reads back as it was."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*ANSWER_COLUMNS, *HELD_COLUMNS, *FOUND])
    for finding in collected.findings:
        for row in _written(finding, texts):
            rows.writerow([_guarded(cell) for cell in row])
    return out.getvalue()


def _written(finding: VendorFinding, texts: Mapping[str, str]) -> Iterator[list[str]]:
    v = finding.vendor
    answers = [scrub_line(v.name), scrub_line(v.service), v.books, ";".join(v.entrusts), v.stops]
    held = [_held(r) for r in v.reports] or [["none" if v.none else "", *[""] * (len(HELD_COLUMNS) - 1)]]
    for n, cells in enumerate(held):
        yield [*answers, *cells, *(_found(finding, texts) if n == 0 else [""] * len(FOUND))]


def _held(report: ReportHeld) -> list[str]:
    days = [d.isoformat() if d else "" for d in (report.begins, report.ends, report.as_of, report.issued)]
    return [
        report.report or "unknown",
        report.type,
        *days,
        report.opinion,
        ";".join(report.categories),
        scrub_line(report.firm),
    ]


def _found(finding: VendorFinding, texts: Mapping[str, str]) -> list[str]:
    from socui.planning.words import months

    soc1 = next((j for j in finding.judged if j.wanted.report == "soc1"), None)
    spans = [
        "; ".join(months(s) for j in finding.judged for s in getattr(j, part))
        for part in ("tested", "bridged", "untested")
    ]
    says = " ".join(text.says for j in finding.judged for text in j.says)
    asked = [
        f"{j.wanted.report} type2" + (f" ({', '.join(j.wanted.categories)})" if j.wanted.categories else "")
        for j in finding.judged
    ]
    tested = str(soc1.months) if soc1 and soc1.months is not None else ""
    return ["; ".join(asked), tested, *spans, texts[f"vendors.next.{finding.next}"], says]


def template() -> str:
    """Return a table to fill in, with two rows as an example."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow([*ANSWER_COLUMNS, *HELD_COLUMNS])
    rows.writerow(["Acme Payroll", "payroll", "amounts", "employee_personal;financial_account", "reporting", "soc1", "type2",
                   "2025-10-01", "2026-09-30", "", "2026-11-20", "unmodified", "", ""])  # fmt: skip
    rows.writerow(["Boards GmbH", "project boards", "no", "business_confidential", "slower", "none", *[""] * 8])
    return out.getvalue()
