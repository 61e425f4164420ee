"""assess: a table of organizations in, the same table with the headline and its main conclusions out, row by row."""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import cast

from socui.cli.assess_tables import CsvTable, JsonTable, Row, guarded, open_table
from socui.cli.output import put, say
from socui.deciding.batch import Assessor, Outcome
from socui.deciding.precompiled import decider, knowledge
from socui.errors import Usage
from socui.knowledge.model import NONE, Knowledge
from socui.text import visible

CHUNK = 250
"""Rows that are read, assessed and written at a time."""


def run(args: argparse.Namespace) -> int:
    """Assess a file, or print a template. Status 1 where a row could not be assessed."""
    if args.template:
        put(template(knowledge(args.data)))
        return 0
    if not args.file:
        raise Usage("assess: no file: name one, `-` is standard input; for one to fill in: socui assess --template")
    jobs = int(args.jobs)
    if not 1 <= jobs <= 64:
        raise Usage(f"assess: --jobs {jobs}: give a number from 1 to 64")
    assessor = Assessor(decider(args.data))
    name = "standard input" if args.file == "-" else visible(args.file)
    try:
        with ExitStack() as stack:
            raw = _standard_input() if args.file == "-" else stack.enter_context(_opened(args.file, name))
            table = open_table(raw, args.file, name, assessor.knowledge)
            put(table.head())
            return _assess(table, name, stack.enter_context(_Work(assessor, jobs, args.data)))
    except UnicodeError:
        raise Usage(f"assess: {name}: not UTF-8: save it as UTF-8 (in a spreadsheet: CSV UTF-8)") from None
    except csv.Error as error:
        raise Usage(f"assess: {name}: no table: {error}: look for a quote that is not closed") from None
    except BrokenExecutor:
        say("socui: assess: one of the processes was ended: try again with fewer jobs")
        return 1


def _opened(file: str, name: str) -> io.BufferedReader:
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise Usage(f"assess: {name}: {why}: name a CSV or JSON lines file") from None


def _standard_input() -> io.BufferedReader:
    if sys.stdin is None:
        raise Usage("assess: there is no standard input: name a file")
    return cast("io.BufferedReader", sys.stdin.buffer)


def _assess(table: CsvTable | JsonTable, name: str, work: _Work) -> int:
    bad, progress = False, _Progress()
    for rows, outcomes in work.done(table.rows()):
        for row, outcome in zip(rows, outcomes, strict=True):
            if outcome.problem:
                bad = True
                progress.clear()
                say(f"{name}:{row.line}: {outcome.problem}")
        put(table.text(rows, outcomes))
        progress.show(len(rows))
    progress.clear()
    return 1 if bad else 0


# ---------------------------------------------------------------- work

_assessor: list[Assessor] = []


def _start(data: str | None) -> None:
    """In a process of its own: load the knowledge, and leave Ctrl-C to the one that started it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _assessor.append(Assessor(decider(data)))


def _assessed(answers: Sequence[Mapping[str, str]]) -> list[Outcome]:
    return [_assessor[0].assess(a) for a in answers]


class _Work:
    """Assesses chunks of rows in order, here or in several processes."""

    def __init__(self, assessor: Assessor, jobs: int, data: str | None) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        if jobs > 1:
            self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (data,))
        else:
            self._assessor = assessor

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def done(self, rows: Iterator[Row]) -> Iterator[tuple[list[Row], list[Outcome]]]:
        """The rows in chunks, with what is concluded of them. Only a few chunks are held at a time."""
        waiting: deque[tuple[list[Row], Future[list[Outcome]]]] = deque()
        while chunk := list(islice(rows, CHUNK)):
            answers = [row.answers for row in chunk]
            if self._pool is None:
                yield chunk, self._checked(chunk, [self._assessor.assess(a) for a in answers])
                continue
            waiting.append((chunk, self._pool.submit(_assessed, answers)))
            if len(waiting) > 2 * self._jobs:
                before, future = waiting.popleft()
                yield before, self._checked(before, future.result())
        for before, future in waiting:
            yield before, self._checked(before, future.result())

    @staticmethod
    def _checked(chunk: list[Row], outcomes: list[Outcome]) -> list[Outcome]:
        return [Outcome(problem=r.problem) if r.problem else o for r, o in zip(chunk, outcomes, strict=True)]


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


def template(knowledge: Knowledge) -> str:
    """A table to fill in: the headings, and an example organization as a row."""
    from socui.profiles.examples import examples

    example = examples()["fintech-payments"]
    cells = {"name": example.name}
    for question in knowledge.questions.values():
        said = example.answers.get(question.id)
        chosen = [o.id for o in question.options if said and o.id in ((said,) if isinstance(said, str) else said)]
        cells[question.id] = ";".join(chosen) or (NONE if said == () else "")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cells, map(guarded, cells.values())])
    return out.getvalue()
