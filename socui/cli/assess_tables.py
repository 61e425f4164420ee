"""Reads the tables of assess: CSV, JSON lines and workbooks, one organization a row, a chunk of rows at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from socui.cli.assess_plan import FULL, QUICK, RECORDS
from socui.cli.output import say
from socui.errors import Usage
from socui.knowledge.conditions import NONE
from socui.knowledge.model import Knowledge
from socui.text import visible

ADDED = frozenset((*QUICK, *FULL))
"""The columns that are added, and written anew where they are there already."""

_LONGEST = 1_000_000
"""Characters that a line may have."""

_TEXTS = ("country", "organization", "service")
"""Columns beside the questions that a plan reads."""


class InputRow(NamedTuple):
    """A row as read: its first line, what is written of it (the cells, or the object's text without the bracket at its
    end), the answers in it, what is wrong with its form, and records beside the answers."""

    line: int
    kept: Sequence[str]
    answers: Mapping[str, str]
    problem: str = ""
    records: Mapping[str, object] = {}


def open_table(raw: io.BufferedReader, file: str, name: str, knowledge: Knowledge) -> CsvTable | JsonTable:
    """Return the table in a file: a workbook or JSON lines where its name or its first characters say so, else CSV."""
    if Path(file).suffix.lower() == ".xlsx":
        from socui.cli.assess_workbook import lines_of

        return CsvTable(lines_of(raw, name), name, knowledge, "")
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
    while line := text.readline(_LONGEST + 1):
        if len(line) > _LONGEST:
            raise Usage(f"assess: {name}: a line is longer than {_LONGEST} characters: is it a table?")
        yield line


class _Names:
    """Tells of columns that are probably misspelt questions, of each once."""

    def __init__(self, name: str, knowledge: Knowledge) -> None:
        self._name, self._questions = name, list(knowledge.questions)
        self._seen = {"name", *ADDED, *RECORDS, *self._questions}

    def look(self, column: str) -> None:
        import difflib

        if column in self._seen:
            return
        if len(self._seen) < 5_000:
            self._seen.add(column)
            near = difflib.get_close_matches(column.strip().lower().replace(" ", "_")[:60], self._questions, 1, 0.75)
            if near:
                shown = visible(column[:60])
                say(
                    f"socui: {self._name}: column {shown!r} is no question and is kept as it is. Did you mean {near[0]}?"
                )


class CsvTable:
    """A CSV table, or a workbook read as one. `header` names the columns that are kept, `kept` are their places."""

    def __init__(self, lines: Iterable[str], name: str, knowledge: Knowledge, mark: str) -> None:
        lines = iter(lines)
        first = next(lines, "")
        if not first.strip():
            raise Usage(f"assess: {name}: empty, or its first line is: see socui assess --template")
        self.delimiter = "," if "," in first else ";" if ";" in first else "\t" if "\t" in first else ","
        self.mark = mark
        self._reader = csv.reader(chain([first], lines), delimiter=self.delimiter, strict=True)
        self._header = [column.strip() for column in next(self._reader)]
        self.kept = [i for i, column in enumerate(self._header) if column not in ADDED]
        self.header = [self._header[i] for i in self.kept]
        by_short = {question.short.casefold(): id for id, question in knowledge.questions.items()}
        ids = [column if column in knowledge.questions else by_short.get(column.casefold()) for column in self._header]
        self._asked = [(id, i) for i, id in enumerate(ids) if id is not None]
        self._beside = [(column, i) for i, column in enumerate(self._header) if column in _TEXTS]
        if len(dict(self._asked)) < len(self._asked):
            twice = next(id for id, i in self._asked if i != ids.index(id))
            raise Usage(f"assess: {name}: two columns are called {twice}: rename one of them")
        names = _Names(name, knowledge)
        for column, id in zip(self._header, ids, strict=True):
            if id is None:
                names.look(column)
            if column in ADDED:
                say(f"socui: {name}: column {column} is written anew")
        if not self._asked:
            raise Usage(f"assess: {name}: no column is a question: see socui assess --template")

    def rows(self) -> Iterator[InputRow]:
        """Yield every row that is not blank."""
        width, line = len(self._header), self._reader.line_num
        for cells in self._reader:
            line, start = self._reader.line_num, line + 1
            if len(cells) == width:
                beside = {column: cells[i] for column, i in self._beside}
                yield InputRow(start, cells, {column: cells[i] for column, i in self._asked}, "", beside)
            elif cells:
                wrong = f"{len(cells)} cells where the headings are {width}"
                yield InputRow(start, (cells + [""] * width)[:width], {}, wrong)


class JsonTable:
    """JSON lines: an object a line. An answer is a text as in a CSV cell, a list of options, or null for unknown; requests,
    reports held, events and evidence are those of a profile's file."""

    def __init__(self, lines: Iterable[str], name: str, knowledge: Knowledge) -> None:
        self._lines, self._knowledge, self._names = lines, knowledge, _Names(name, knowledge)

    def rows(self) -> Iterator[InputRow]:
        """Yield every line that is not blank."""
        questions = self._knowledge.questions
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line, parse_constant=_refuse)
                if not isinstance(record, dict):
                    raise ValueError("not an object")
            except (ValueError, RecursionError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:80]
                yield InputRow(number, "{", {}, f"no JSON object: {why}")
                continue
            text, answers, wrong = line, {}, ""
            for key, value in record.items():
                if key not in questions:
                    self._names.look(key)
                elif isinstance(value, str):
                    answers[key] = value
                elif isinstance(value, list) and all(isinstance(v, str) and ";" not in v for v in value):
                    answers[key] = ";".join(value) or NONE
                elif value is not None:
                    wrong = wrong or f"{key}: neither a text nor a list of texts"
            if not record.keys().isdisjoint(ADDED):  # assessed before: written anew
                text = json.dumps({k: v for k, v in record.items() if k not in ADDED})
            records = {key: record[key] for key in RECORDS if record.get(key) is not None}
            yield InputRow(number, text.strip()[:-1].rstrip(), answers, wrong, records)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")
