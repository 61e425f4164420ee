"""`socui read`: what a pasted request asks for, each with the words that say so."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from socui.asking.typed_day import day_at
from socui.cli.output import put, say
from socui.errors import Usage
from socui.profiles.records import FIELDS, Request
from socui.text import visible

if TYPE_CHECKING:
    from socui.asking.reading.reading import Reading, Suggestion

_LIMIT = 1 << 20
"""The bytes that a text may have."""

_QUOTED = 100
"""The characters of a quote that are printed."""


def run(args: argparse.Namespace) -> int:
    """Print what a text suggests. Status 0 also where it suggests nothing."""
    reading = read_from(args.file, args.received, args.data)
    if args.json:
        put(json.dumps(as_json(reading), indent=2, ensure_ascii=False) + "\n")
        return 0
    put("".join(line + "\n" for line in lines(reading)))
    if not reading.suggestions:
        say(f"socui: nothing in this text {'surely ' if reading.questions else ''}asks for a report")
    return 0


def text_from(file: str) -> str:
    """Return the text of a file, or of standard input for `-`; what is not UTF-8 is made visible. Raises Usage."""
    if file == "-":
        data = sys.stdin.buffer.read(_LIMIT + 1) if sys.stdin else b""
    else:
        data = _regular(Path(file), visible(file))
    if len(data) > _LIMIT:
        raise Usage(f"read: {visible(file)}: more than {_LIMIT:,} bytes: give the part that asks")
    return data.decode("utf-8-sig", "replace")


def _regular(path: Path, shown: str) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ValueError("not a file")
            with open(handle, "rb", closefd=False) as file:
                return file.read(_LIMIT + 1)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise Usage(f"read: {shown}: {why}: name a text file, or - for standard input") from None


def day_received(text: str | None) -> date | None:
    """Return the day of receipt as it was typed. Raises Usage."""
    return day_at(text, "read: --received") if text else None


def read_from(file: str, received: str | None, data: str | None = None) -> Reading:
    """Return what the text of a file suggests. Raises Usage."""
    return read_text(text_from(file), day_received(received), data)


def read_text(text: str, received: date | None, data: str | None = None) -> Reading:
    """Return what a text suggests, by the phrases of the knowledge base in use."""
    from socui.asking.reading.phrases import load_phrases
    from socui.asking.reading.reading import read_request

    folder = data or os.environ.get("SOCUI_DATA")
    return read_request(text, received, load_phrases(Path(folder) if folder else None))


def as_json(reading: Reading) -> dict[str, object]:
    """Return in JSON the suggestions and, apart from them, what is to be asked: days as texts, a period as from and to."""

    def of(suggestions: Sequence[Suggestion]) -> list[dict[str, object]]:
        return [
            {
                "field": key_for(s),
                "value": _plain(s),
                "quote": s.quote,
                "start": s.start,
                "end": s.end,
                "phrase": s.phrase,
            }
            for s in suggestions
        ]

    return {
        "suggestions": of(reading.suggestions),
        "questions": of(reading.questions),
        "soc_open": reading.soc_open,
        "question": reading.question,
    }


def _plain(suggestion: Suggestion) -> object:
    """Return the value of a suggestion as JSON has it."""
    value = suggestion.value
    if isinstance(value, tuple):
        return {"from": value[0].isoformat(), "to": value[1].isoformat()}
    return value.isoformat() if isinstance(value, date) else value


def lines(reading: Reading) -> list[str]:
    """Return suggestions and questions in lines for a terminal: field, value, and the quote."""
    rows = [f"{key_for(s) + ':':17}{shown(s):24} {quoted_lines(s.quote)}" for s in reading.suggestions]
    questions = [question_line(s) for s in reading.questions]
    rows += ["", "On weak evidence, to be confirmed:", *questions] if questions else []
    return [*rows, *(["", f"Ask back: {reading.question}"] if reading.question else [])]


def question_line(suggestion: Suggestion) -> str:
    """Return what a text may say in a line: the field, the value with a question mark, the quote."""
    return f"{key_for(suggestion) + ':':17}{shown(suggestion) + '?':24} {quoted_lines(suggestion.quote)}"


def key_for(suggestion: Suggestion) -> str:
    """Return the key of a suggestion as profiles have it and `socui request` takes it."""
    return FIELDS[Request].get(suggestion.field, (suggestion.field,))[0]


def shown(suggestion: Suggestion) -> str:
    """Return the value of a suggestion as `socui request` reads it."""
    value = suggestion.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "..".join(part.isoformat() for part in value)
    return value.isoformat() if isinstance(value, date) else visible(str(value))


def quoted_lines(quote: str) -> str:
    """Return a quote in one line, made visible and cut where it is long."""
    line = visible(quote)
    return f'"{line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"}"'
