"""`socui assess`: reads a table of organizations and writes it with verdicts and plans added to each row."""

from __future__ import annotations

import argparse
import csv
import io
import mmap
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path
from typing import cast

from socui.asking.typed_day import day_at
from socui.cli.assess_plan import Assessed, Planner, banded
from socui.cli.assess_tables import CsvTable, InputRow, JsonTable, open_table
from socui.cli.assess_writers import TABLE_SUFFIXES, TableWriter, guarded, table_writer
from socui.cli.output import put, say
from socui.cli.output_file import put_out
from socui.deciding.batch import Outcome, row_outcome
from socui.deciding.decide import Decider
from socui.deciding.precompiled import decider, knowledge
from socui.errors import Usage
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Knowledge
from socui.text import visible

CHUNK = 250
"""The number of rows that are read, assessed and written at a time."""


def run(args: argparse.Namespace) -> int:
    """Assess a file, or print a template. Status 1 where a row could not be assessed."""
    if args.template:
        put_out(args, _template(knowledge(args.data), _format(args)))
        return 0
    if not args.file:
        raise Usage("assess: no file: name one, `-` is standard input; for one to fill in: socui assess --template")
    base = decider(args.data)
    name = "standard input" if args.file == "-" else visible(args.file)
    try:
        with ExitStack() as stack:
            raw = _standard_input() if args.file == "-" else stack.enter_context(_opened(args.file, name))
            table = open_table(raw, args.file, name, base.knowledge)
            out = _Out(args, table_writer(table, _format(args), args.quick, name))
            status = _assess(table, name, _assessor(base, args), out)
            out.end()
            return status
    except UnicodeError:
        raise Usage(f"assess: {name}: not UTF-8: save it as UTF-8 (in a spreadsheet: CSV UTF-8)") from None
    except csv.Error as error:
        raise Usage(f"assess: {name}: no table: {error}: look for a quote that is not closed") from None


def _opened(file: str, name: str) -> io.BufferedReader:
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise Usage(f"assess: {name}: {why}: name a CSV, JSON lines or .xlsx file") from None


def _standard_input() -> io.BufferedReader:
    if sys.stdin is None:
        raise Usage("assess: there is no standard input: name a file")
    return cast("io.BufferedReader", sys.stdin.buffer)


def _format(args: argparse.Namespace) -> str:
    """Return one of the formats, or "" for the one that is read. Raises Usage."""
    if args.format:
        return str(args.format)
    suffix = Path(args.output).suffix.lower()
    if args.output != "-" and suffix not in TABLE_SUFFIXES:
        raise Usage(f"assess: {visible(args.output)}: let the name end in {', '.join(TABLE_SUFFIXES)}")
    return TABLE_SUFFIXES.get(suffix, "")


_Result = Outcome | Assessed


def _assessor(base: Decider, args: argparse.Namespace) -> Callable[[InputRow], _Result]:
    """Return what assesses a row: with a plan as of a day, or the verdicts alone. Raises Usage."""
    today = day_at(args.today, "assess: --today") if args.today else date.today()
    questions = base.knowledge.questions
    if args.quick:
        return lambda row: row_outcome(base, banded(questions, row.answers, today))
    planner = Planner(base, today)
    return lambda row: planner.assess(row.answers, row.records)


class _Out:
    """Where the rows go: standard output at once, or a file at the end."""

    def __init__(self, args: argparse.Namespace, made: TableWriter) -> None:
        self._args, self._writer = args, made
        # Of a table of a million rows some hundred megabytes: on the disk until all rows are there, not in memory.
        self._kept = None if args.output == "-" else tempfile.TemporaryFile()  # noqa: SIM115  # closed by `end`
        self._put(made.head())

    def rows(self, rows: Sequence[InputRow], results: Sequence[_Result]) -> None:
        """Write rows with what is concluded of them."""
        self._put(self._writer.rows(rows, results))

    def end(self) -> None:
        """Write the rest, and the file. Raises StoreError, OSError."""
        self._put(self._writer.end())
        if self._kept is not None:
            with self._kept as kept:
                kept.flush()
                size = kept.tell()
                put_out(self._args, mmap.mmap(kept.fileno(), size, access=mmap.ACCESS_READ) if size else b"")

    def _put(self, data: bytes) -> None:
        if self._kept is None:
            put(data)
        else:
            self._kept.write(data)


def _assess(table: CsvTable | JsonTable, name: str, assess: Callable[[InputRow], _Result], out: _Out) -> int:
    bad, progress = False, _Progress()
    for rows, results in assessed(assess, table):
        for row, result in zip(rows, results, strict=True):
            concluded = result if isinstance(result, Outcome) else result.outcome
            if concluded.problem:
                bad = True
                progress.clear()
                say(f"{name}:{row.line}: {concluded.problem}")
        out.rows(rows, results)
        progress.show(len(rows))
    progress.clear()
    return 1 if bad else 0


def assessed(
    assess: Callable[[InputRow], _Result], table: CsvTable | JsonTable
) -> Iterator[tuple[list[InputRow], list[_Result]]]:
    """Yield the rows in chunks, with what is concluded of each. Only one chunk is held at a time."""
    rows = table.rows()
    while chunk := list(islice(rows, CHUNK)):
        yield chunk, [Outcome(problem=row.problem) if row.problem else assess(row) for row in chunk]


class _Progress:
    """How many rows are done, in one line on a terminal's standard error; silent where the rows go to a terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr is not None and sys.stderr.isatty() and not sys.stdout.isatty()
        self._rows, self._last, self._drawn = 0, time.monotonic(), False

    def show(self, rows: int) -> None:
        """Count further rows; written at most four times a second."""
        self._rows += rows
        if self._shows and time.monotonic() - self._last > 0.25:
            self._last, self._drawn = time.monotonic(), True
            sys.stderr.write(f"\r{self._rows:,} rows")
            sys.stderr.flush()

    def clear(self) -> None:
        """Make room for another line."""
        if self._drawn:
            sys.stderr.write("\r" + " " * 24 + "\r")
            self._drawn = False


def _template(knowledge: Knowledge, format: str) -> bytes:
    """Return a table to fill in: the headings, and an example organization as a row; a workbook where the format says so.
    Raises Usage."""
    if format not in ("", "csv", "xlsx"):
        raise Usage("assess: a template is CSV or .xlsx: let the name end in .csv or .xlsx")
    from socui.profiles.examples import examples

    example = examples()["fintech-payments"]
    from socui.asking.derive import worlds

    cells = {"name": example.name}
    (asked, *_) = worlds(example.requests, True, {})
    for question in knowledge.questions.values():
        answer = example.answers.get(question.id)
        chosen = [
            o.id for o in question.options if answer and o.id in ((answer,) if isinstance(answer, str) else answer)
        ]
        if question.id in asked and not answer:  # a table has no requests: what they say, as answers
            chosen = [o.id for o in question.options if o.id in asked[question.id].chosen]
        cells[question.id] = ";".join(chosen) or (NONE if answer == () else "")
    if format == "xlsx":
        from socui.cli.assess_workbook import workbook_of

        return workbook_of([list(cells), list(cells.values())])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cells, map(guarded, cells.values())])
    return out.getvalue().encode()
