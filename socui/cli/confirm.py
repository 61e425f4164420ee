"""Confirming what was read in a text: on a terminal line by line, or all at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from socui.cli.output import put, say
from socui.cli.read import key_for, quoted_lines, shown
from socui.text import visible

if TYPE_CHECKING:
    from socui.asking.reading.reading import Reading, Suggestion

ASK = "enter: take these · numbers: leave those out · KEY=VALUE: change · q: nothing"


def confirmed(reading: Reading, take_all: bool) -> tuple[list[Suggestion], list[str]] | None:
    """Return the suggestions that are taken and the `key=value` that were typed instead; None where nothing is
    confirmed, as without a terminal and without `take_all`."""
    suggestions, typed = list(reading.suggestions), list[str]()
    _print(suggestions, typed)
    for question in reading.questions:
        say(
            f"socui: perhaps {key_for(question)}={shown(question)}, by {quoted_lines(question.quote)}: type it to take it"
        )
    if reading.question:
        say(f"socui: ask back: {reading.question}")
    if take_all or not suggestions:
        return (suggestions, []) if suggestions else None
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    while True:
        say(ASK)
        line = sys.stdin.readline()
        words = line.split()
        if not line or words == ["q"]:
            return None
        if not words:
            return suggestions, typed
        if "=" in line:
            typed.append(line.strip())
            suggestions = [s for s in suggestions if key_for(s) != line.partition("=")[0].strip()]
        elif all(word.isascii() and word.isdigit() and 1 <= int(word) <= len(suggestions) for word in words):
            out = {int(word) - 1 for word in words}
            suggestions = [s for at, s in enumerate(suggestions) if at not in out]
        else:
            say(f"socui: {visible(line)!r}: give numbers from 1 to {len(suggestions)}, KEY=VALUE, enter or q")
            continue
        _print(suggestions, typed)


def _print(suggestions: Sequence[Suggestion], typed: Sequence[str]) -> None:
    rows = [f"{n:2} {key_for(s) + ':':17}{shown(s):24} {quoted_lines(s.quote)}" for n, s in enumerate(suggestions, 1)]
    rows += [f"   {visible(pair)}" for pair in typed]
    put("".join(row + "\n" for row in rows))
