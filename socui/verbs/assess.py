"""assess: a table of organizations in, the same table with the headline and its main conclusions out, row by row."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from socui.assess import Assessor, Outcome
from socui.model import NONE, Knowledge
from socui.output import Usage, put, say, visible

ADDED = ("headline", "leaning", "possible", "soc1", "soc2", "categories", "report_type", "problem")
"""The columns that are added, in that order."""

CHUNK = 250
"""Rows that are read, assessed and written at a time."""

LONGEST = 1_000_000
"""Characters that a line may have."""

_ACTS = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


class _Row(NamedTuple):
    """A row as read: its first line, its cells or members, the answers among them, and what is wrong with its form."""

    line: int
    kept: Any
    answers: Mapping[str, str]
    problem: str = ""


def run(args: argparse.Namespace) -> int:
    """Assess a file, or print a template. Status 1 where a row could not be assessed."""
    folder = args.data or os.environ.get("SOCUI_DATA")
    if args.template:
        put(template(_knowledge(folder)))
        return 0
    if not args.file:
        raise Usage("assess: no file: name one, `-` is standard input; for one to fill in: socui assess --template")
    jobs = int(args.jobs)
    if not 1 <= jobs <= 64:
        raise Usage(f"assess: --jobs {jobs}: give a number from 1 to 64")
    knowledge = _knowledge(folder)
    name = "standard input" if args.file == "-" else visible(args.file)
    try:
        with ExitStack() as stack:
            raw = sys.stdin.buffer if args.file == "-" else stack.enter_context(Path(args.file).open("rb"))
            table = _table(raw, args.file, name, knowledge)
            put(table.head())
            return _assess(table, name, stack.enter_context(_Work(knowledge, jobs, folder)))
    except UnicodeError:
        raise Usage(f"assess: {name}: not UTF-8: save it as UTF-8 (in a spreadsheet: CSV UTF-8)") from None
    except csv.Error as error:
        raise Usage(f"assess: {name}: no table: {error}: look for a quote that is not closed") from None
    except (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError) as error:
        raise Usage(f"assess: {name}: {error.strerror}: name a CSV or JSON lines file") from None
    except ValueError as error:  # a NUL in the file's name
        raise Usage(f"assess: {name}: {error}") from None


def _knowledge(folder: str | None) -> Knowledge:
    from socui.knowledge import load_knowledge

    return load_knowledge(Path(folder) if folder else None)


def _assess(table: _Csv | _Json, name: str, work: _Work) -> int:
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


# ---------------------------------------------------------------- tables


def _table(raw: BinaryIO, file: str, name: str, knowledge: Knowledge) -> _Csv | _Json:
    """The table in a file: JSON lines where its name or its first character says so, else CSV."""
    buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[type-var]
    start = buffered.peek(3)[:3]
    lines = _lines(io.TextIOWrapper(buffered, "utf-8-sig", newline=""), name)
    first = next(lines, "")
    if not first.strip():
        raise Usage(f"assess: {name}: empty, or its first line is: see socui assess --template")
    lines = chain([first], lines)
    suffix = Path(file).suffix.lower()
    if suffix in (".jsonl", ".ndjson") or (suffix != ".csv" and first.lstrip().startswith("{")):
        return _Json(lines, name, knowledge)
    return _Csv(lines, name, knowledge, "\ufeff" if start == b"\xef\xbb\xbf" else "")


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := text.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise Usage(f"assess: {name}: a line is longer than {LONGEST} characters: is it a table?")
        yield line


class _Names:
    """Tells of columns that are probably misspelt questions, of each once."""

    def __init__(self, name: str, knowledge: Knowledge) -> None:
        self._name, self._questions = name, list(knowledge.questions)
        self._seen = {"name", *ADDED, *self._questions}

    def look(self, column: str) -> None:
        import difflib

        if column in self._seen:
            return
        if len(self._seen) < 5_000:
            self._seen.add(column)
            near = difflib.get_close_matches(column.strip().lower().replace(" ", "_")[:60], self._questions, 1, 0.75)
            if near:
                said = visible(column[:60])
                say(f"socui: {self._name}: column {said!r} is no question and is kept as it is. Did you mean {near[0]}?")


class _Csv:
    """A CSV table. What a person wrote is written so that no spreadsheet takes it for a formula."""

    def __init__(self, lines: Iterable[str], name: str, knowledge: Knowledge, mark: str) -> None:
        lines = iter(lines)
        first = next(lines)
        self._delimiter = "," if "," in first else ";" if ";" in first else "\t" if "\t" in first else ","
        self._mark = mark
        self._reader = csv.reader(chain([first], lines), delimiter=self._delimiter, strict=True)
        self._header = [column.strip() for column in next(self._reader)]
        self._keep = [i for i, column in enumerate(self._header) if column not in ADDED]
        self._asked = [(column, i) for i, column in enumerate(self._header) if column in knowledge.questions]
        if len(dict(self._asked)) < len(self._asked):
            twice = next(c for c, i in self._asked if i != self._header.index(c))
            raise Usage(f"assess: {name}: two columns are called {twice}: rename one of them")
        names = _Names(name, knowledge)
        for column in self._header:
            names.look(column)
            if column in ADDED:
                say(f"socui: {name}: column {column} is written anew")
        if not self._asked:
            raise Usage(f"assess: {name}: no column is a question: see socui assess --template")

    def head(self) -> str:
        """The line of headings."""
        return self._mark + self._written([[*(guarded(self._header[i]) for i in self._keep), *ADDED]])

    def rows(self) -> Iterator[_Row]:
        """Every row that is not blank."""
        width, line = len(self._header), self._reader.line_num
        for cells in self._reader:
            line, start = self._reader.line_num, line + 1
            if len(cells) == width:
                yield _Row(start, cells, {column: cells[i] for column, i in self._asked})
            elif cells:
                wrong = f"{len(cells)} cells where the headings are {width}"
                yield _Row(start, (cells + [""] * width)[:width], {}, wrong)

    def text(self, rows: Sequence[_Row], outcomes: Sequence[Outcome]) -> str:
        """The rows with their conclusions, as they are written."""
        acts, keep, written = _ACTS, self._keep, []
        for row, o in zip(rows, outcomes, strict=True):
            cells = [row.kept[i] for i in keep]
            cells = ["'" + cell if cell[:1] in acts else cell for cell in cells]
            types = ";".join([f"{report}:{value}" for report, value in o.types])
            cells += (o.headline, o.leaning, ";".join(o.possible), o.soc1, o.soc2, ";".join(o.categories), types)
            written.append([*cells, guarded(o.problem)])
        return self._written(written)

    def _written(self, rows: Iterable[Sequence[str]]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self._delimiter, lineterminator="\n").writerows(rows)
        return out.getvalue()


def guarded(text: str) -> str:
    """The text as a cell that is no formula."""
    return "'" + text if text[:1] in _ACTS else text


class _Json:
    """JSON lines: an object a line. An answer is a text as in a CSV cell, a list of options, or null for unknown."""

    def __init__(self, lines: Iterable[str], name: str, knowledge: Knowledge) -> None:
        self._lines, self._knowledge, self._names = lines, knowledge, _Names(name, knowledge)

    def head(self) -> str:
        """Nothing stands before the first row."""
        return ""

    def rows(self) -> Iterator[_Row]:
        """Every line that is not blank."""
        questions = self._knowledge.questions
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, parse_constant=_refuse)
                if not isinstance(found, dict):
                    raise ValueError("no object")
            except (ValueError, RecursionError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:80]
                yield _Row(number, {}, {}, f"no JSON object: {why}")
                continue
            answers, wrong = {}, ""
            for key, value in found.items():
                if key not in questions:
                    self._names.look(key)
                elif isinstance(value, str):
                    answers[key] = value
                elif isinstance(value, list) and all(isinstance(v, str) and ";" not in v for v in value):
                    answers[key] = ";".join(value) or NONE
                elif value is not None:
                    wrong = wrong or f"{key}: neither a text nor a list of texts"
            yield _Row(number, found, answers, wrong)

    def text(self, rows: Sequence[_Row], outcomes: Sequence[Outcome]) -> str:
        """The rows with their conclusions, as they are written; null where a row could not be assessed."""
        written = []
        for row, o in zip(rows, outcomes, strict=True):
            values = (o.headline, o.leaning, o.possible, o.soc1, o.soc2, o.categories, dict(o.types))
            added = dict.fromkeys(ADDED[:-1]) if o.problem else dict(zip(ADDED, values, strict=False))
            item = {k: v for k, v in row.kept.items() if k not in ADDED} | added | {"problem": o.problem}
            line = json.dumps(item, ensure_ascii=False)
            if not line.isascii():  # half of a surrogate pair can only be written as an escape
                line = line.encode("utf-8", "backslashreplace").decode()
            written.append(line + "\n")
        return "".join(written)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


# ---------------------------------------------------------------- work

_assessor: list[Assessor] = []


def _start(folder: str | None) -> None:
    """In a process of its own: load the knowledge, and leave Ctrl-C to the one that started it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _assessor.append(Assessor(_knowledge(folder)))


def _assessed(answers: Sequence[Mapping[str, str]]) -> list[Outcome]:
    return [_assessor[0].assess(a) for a in answers]


class _Work:
    """Assesses chunks of rows in order, here or in several processes."""

    def __init__(self, knowledge: Knowledge, jobs: int, folder: str | None) -> None:
        self._jobs, self._assess = jobs, Assessor(knowledge).assess
        self._pool: Any = None
        if jobs > 1:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (folder,))

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def done(self, rows: Iterator[_Row]) -> Iterator[tuple[list[_Row], list[Outcome]]]:
        """The rows in chunks, with what is concluded of them. Only a few chunks are held at a time."""
        waiting: deque[tuple[list[_Row], Any]] = deque()
        while chunk := list(islice(rows, CHUNK)):
            answers = [row.answers for row in chunk]
            if self._pool is None:
                yield chunk, self._checked(chunk, [self._assess(a) for a in answers])
                continue
            waiting.append((chunk, self._pool.submit(_assessed, answers)))
            if len(waiting) > 2 * self._jobs:
                before, future = waiting.popleft()
                yield before, self._checked(before, future.result())
        for before, future in waiting:
            yield before, self._checked(before, future.result())

    @staticmethod
    def _checked(chunk: list[_Row], outcomes: list[Outcome]) -> list[Outcome]:
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
    from importlib.resources import files

    from socui.profile_file import from_bytes

    example = from_bytes((files("socui.data.examples") / "fintech-payments.toml").read_bytes()).profile
    cells = {"name": example.name}
    for question in knowledge.questions.values():
        said = example.answers.get(question.id)
        chosen = [o.id for o in question.options if said and o.id in ((said,) if isinstance(said, str) else said)]
        cells[question.id] = ";".join(chosen) or (NONE if said == () else "")
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cells, map(guarded, cells.values())])
    return out.getvalue()
