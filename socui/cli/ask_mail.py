"""Takes a request out of an e-mail that is pasted between plain prompts: each thing it asks for is confirmed by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from socui.asking.reading.accept import accepted, suggestion_words
from socui.asking.reading.reading import Suggestion
from socui.asking.typed_day import DAY_FORMS, typed_day
from socui.cli.read import quoted_lines, read_text
from socui.profiles.records import Request

END_OF_MAIL = "."
"""A line of nothing else ends what is pasted."""
MOST_PASTED = 1 << 20
"""The characters of a mail that are read; of a longer one the rest is left out, and that is said."""
_HOW = "Enter or y takes it, n leaves it out, q leaves out the rest."


def request_from_mail(
    begun: Request,
    mail_line: Callable[[], str],
    line: Callable[[str], str],
    put: Callable[[str], None],
    data: str | None = None,
) -> tuple[Request, tuple[Suggestion, ...]]:
    """Return the request with what a pasted mail asks for, as far as the person takes it, and what was taken. `mail_line`
    gives the next line as it stands, empty at the end of the input; `data` is the folder of the knowledge base."""
    put(f"\nPaste the mail. A line with nothing but {END_OF_MAIL!r} ends it.\n")
    words = _pasted(mail_line, put)
    received = _received(line, put) if words.strip() else None
    reading = read_text(words, received, data)
    suggestions, questions = reading.suggestions, reading.questions
    if not suggestions and not questions:
        put("Nothing in this text asks for a report.\n")
        return begun, ()
    put(f"{len(suggestions) + len(questions)} things to confirm. {_HOW}\n")
    taken = _confirmed(suggestions, questions, line, put)
    if reading.question:
        put(f"Ask back: {reading.question}\n")
    if not taken:
        return begun, ()
    begun = replace(begun, asks=()) if any(s.field == "asks" for s in taken) else begun
    return accepted(begun, taken, words, received), taken


def _pasted(mail_line: Callable[[], str], put: Callable[[str], None]) -> str:
    lines, size = list[str](), 0
    while (text := mail_line()) and text.strip() != END_OF_MAIL:
        size += len(text)
        if size <= MOST_PASTED:
            lines.append(text)
    if size > MOST_PASTED:
        put(f"Read only the first {MOST_PASTED:,} characters.\n")
    return "".join(lines)


def _received(line: Callable[[str], str], put: Callable[[str], None]) -> date | None:
    """Return the day on which the mail came, from which its days count; None where it is not told."""
    while text := line("The day it came, Enter if you do not know: "):
        try:
            return typed_day(text)
        except ValueError:
            put(f"Not a day: write {DAY_FORMS}, or Enter alone.\n")
    return None


def _confirmed(
    suggestions: Sequence[Suggestion],
    questions: Sequence[Suggestion],
    line: Callable[[str], str],
    put: Callable[[str], None],
) -> tuple[Suggestion, ...]:
    """Return what is taken; of what rests on weak evidence only what somebody says yes to."""
    taken = []
    for number, suggestion in enumerate((*suggestions, *questions)):
        field, value = suggestion_words(suggestion)
        perhaps = number >= len(suggestions)
        put(f"\n{field}: {value}{'?' if perhaps else '.'} Its words: {quoted_lines(suggestion.quote)}\n")
        ask = "The evidence is weak. Take it, with y? " if perhaps else "Take it? "
        while (reply := line(ask).lower()) not in ("", "y", "yes", "n", "no", "q"):
            put(f"{_HOW}\n")
        if reply == "q":
            break
        if reply in (("y", "yes") if perhaps else ("", "y", "yes")):
            taken.append(suggestion)
    return tuple(taken)
