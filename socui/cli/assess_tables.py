"""The tables that assess reads and writes: CSV and JSON lines, a row an organization, a chunk of rows at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from socui.cli.output import say
from socui.deciding.batch import Outcome
from socui.errors import Usage
from socui.knowledge.model import NONE, Knowledge
from socui.text import visible

ADDED = ("headline", "leaning", "possible", "soc1", "soc2", "categories", "report_type", "problem")
"""The columns that are added, in that order."""

LONGEST = 1_000_000
"""Characters that a line may have."""

_ACTS = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula (OWASP, CSV injection)."""


class Row(NamedTuple):
    """A row as read: its first line, what is written of it (the cells, or the object's text without the bracket at its
    end), the answers in it, and what is wrong with its form."""

    line: int
    kept: Sequence[str]
    answers: Mapping[str, str]
    problem: str = ""


def open_table(raw: io.BufferedReader, file: str, name: str, knowledge: Knowledge) -> CsvTable | JsonTable:
    """The table in a file: JSON lines where its name or its first character says so, else CSV."""
    mark = "\ufeff" if raw.peek(3)[:3] == b"\xef\xbb\xbf" else ""
    lines = _lines(io.TextIOWrapper(raw, "utf-8-sig", newline=""), name)
    first = next(lines, "")
    if not first.strip():
        raise Usage(f"assess: {name}: empty, or its first line is: see socui assess --template")
    lines = chain([first], lines)
    suffix = Path(file).suffix.lower()
    if suffix in (".jsonl", ".ndjson") or (suffix != ".csv" and first.lstrip().startswith("{")):
        return JsonTable(lines, name, knowledge)
    return CsvTable(lines, name, knowledge, mark)


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
                say(
                    f"socui: {self._name}: column {said!r} is no question and is kept as it is. Did you mean {near[0]}?"
                )


class CsvTable:
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

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank."""
        width, line = len(self._header), self._reader.line_num
        for cells in self._reader:
            line, start = self._reader.line_num, line + 1
            if len(cells) == width:
                yield Row(start, cells, {column: cells[i] for column, i in self._asked})
            elif cells:
                wrong = f"{len(cells)} cells where the headings are {width}"
                yield Row(start, (cells + [""] * width)[:width], {}, wrong)

    def text(self, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> str:
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


class JsonTable:
    """JSON lines: an object a line. An answer is a text as in a CSV cell, a list of options, or null for unknown."""

    def __init__(self, lines: Iterable[str], name: str, knowledge: Knowledge) -> None:
        self._lines, self._knowledge, self._names = lines, knowledge, _Names(name, knowledge)

    def head(self) -> str:
        """Nothing stands before the first row."""
        return ""

    def rows(self) -> Iterator[Row]:
        """Every line that is not blank."""
        questions = self._knowledge.questions
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, parse_constant=_refuse)
                if not isinstance(found, dict):
                    raise ValueError("not an object")
            except (ValueError, RecursionError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:80]
                yield Row(number, "{", {}, f"no JSON object: {why}")
                continue
            text, answers, wrong = line, {}, ""
            for key, value in found.items():
                if key not in questions:
                    self._names.look(key)
                elif isinstance(value, str):
                    answers[key] = value
                elif isinstance(value, list) and all(isinstance(v, str) and ";" not in v for v in value):
                    answers[key] = ";".join(value) or NONE
                elif value is not None:
                    wrong = wrong or f"{key}: neither a text nor a list of texts"
            if not found.keys().isdisjoint(ADDED):  # assessed before: written anew
                text = json.dumps({k: v for k, v in found.items() if k not in ADDED})
            yield Row(number, text.strip()[:-1].rstrip(), answers, wrong)

    def text(self, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> str:
        """The rows with their conclusions, as they are written; null where a row could not be assessed."""
        written = []
        for row, o in zip(rows, outcomes, strict=True):
            values = (o.headline, o.leaning, o.possible, o.soc1, o.soc2, o.categories, dict(o.types))
            added: dict[str, object] = dict(
                zip(ADDED[:-1], (None,) * len(values) if o.problem else values, strict=True)
            )
            text = json.dumps({**added, "problem": o.problem})
            written.append(f"{row.kept}{'' if row.kept == '{' else ', '}{text[1:]}\n")
        return "".join(written)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
