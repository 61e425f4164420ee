"""Asks for a request by plain prompts: who asked for what, in the words of the form on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from socui.asking.reading.accept import SUGGESTED_FIELDS, with_side
from socui.asking.reading.reading import Suggestion
from socui.deciding.answers import UNSURE
from socui.profiles.profile import Profile, free_id
from socui.profiles.record_labels import FORMS, START, WHAT_HAPPENED, RecordField, value_words
from socui.profiles.record_words import request_title, request_words
from socui.profiles.records import Request
from socui.text import scrub_line

_ASKED = ("asked_by", "reader", "asks", "either", "subject", "type", "force", "needed")
"""The fields that plain prompts ask for, in this order; `socui request` sets the others."""

_EMPTY = Request("")

Options = Sequence[tuple[str, str]]
"""Values with what each is called."""


def asked_start(
    line: Callable[[str], str], put: Callable[[str], None], letters: Mapping[str, Callable[[], Sequence[str]]]
) -> str:
    """Return what happened, one of START as prompted for; empty where the person stops. `letters` is what other
    letters bring."""
    again = True
    while True:
        if again:
            put("\n" + "\n".join((WHAT_HAPPENED, f"One of {len(START)}.", *_numbered(START))) + "\n")
        reply = line("Number: ").lower()
        again = reply == "r"
        if reply == "q":
            return ""
        if reply in letters:
            put("\n".join(letters[reply]()) + "\n")
        elif not again:
            number = str(len(START)) if reply in UNSURE else reply
            try:
                (start,) = _numbers(START, number)
            except ValueError:
                put(f"Give one number from 1 to {len(START)}, or u if you are not sure.\n")
                continue
            put(f"{dict(START)[start]}.\n")
            return start


def asked_request(
    profile: Profile,
    line: Callable[[str], str],
    put: Callable[[str], None],
    from_mail: Callable[[Request], tuple[Request, tuple[Suggestion, ...]]],
    begun: Request = _EMPTY,
) -> tuple[Profile, bool]:
    """Return the profile with one request more, as prompted for, and whether the person stops; the same profile
    where nothing was told of it. `begun` is what is known of it already, which Enter alone keeps. `from_mail` reads a
    mail: it returns the request with what was taken from it, and that; no field that it fills is asked for."""
    request, taken, filled = begun, tuple[Suggestion, ...](), set[str]()
    put("\nOne request. Enter alone skips what you do not know; m as the first answer takes a mail that you paste.\n")
    fields = {field.name: field for field in FORMS[Request]}
    for name in _ASKED:
        if (name == "either" and len(request.asks) < 2) or name in filled:
            continue
        field = fields[name]
        put("\n" + "\n".join(_shown(field)) + "\n")
        if recorded := value_words(field, begun):
            put(f"Enter alone keeps: {recorded}.\n")
        prompt = "Numbers, with spaces between: " if field.several else "Number: " if field.options else "> "
        while text := line(prompt):
            if text.lower() == "q":
                return _recorded(profile, request, taken, put), True
            if text.lower() == "m" and name == _ASKED[0]:
                request, taken = from_mail(begun)
                filled = {SUGGESTED_FIELDS[s.field].name for s in taken if s.field in SUGGESTED_FIELDS}
                if name in filled:
                    break
                put(f"\n{field.ask}\n")
                continue
            try:
                request = replace(request, **{name: _value(field, text)})
            except ValueError as error:
                put(f"{error}\n")
                continue
            break
    return _recorded(profile, request, taken, put), False


def _recorded(profile: Profile, request: Request, taken: Sequence[Suggestion], put: Callable[[str], None]) -> Profile:
    if request == _EMPTY:
        return profile
    request = replace(request, id=free_id(profile))
    put(f"\nRecorded: {request_title(request)}: {request_words(request) or 'not known for what'}.\n")
    return with_side(profile.with_request(request), taken)


def _shown(field: RecordField) -> Iterator[str]:
    yield field.ask
    if field.help:
        yield field.help
    yield from _numbered(field.options)


def _numbered(options: Options) -> Iterator[str]:
    return (f"{number}. {label}" for number, (_, label) in enumerate(options, 1))


def _numbers(options: Options, text: str) -> tuple[str, ...]:
    """Return the options that numbers stand for, each once. Raises ValueError."""
    words = text.replace(",", " ").split()
    if not all(w.isascii() and w.isdigit() and 1 <= int(w[:4]) <= len(options) and len(w) < 4 for w in words):
        raise ValueError("no number of an option")
    return tuple(dict.fromkeys(options[int(word) - 1][0] for word in words))


def _value(field: RecordField, text: str) -> object:
    """Return what a line says of a field. Raises ValueError, in words."""
    if not field.options:
        return scrub_line(text)
    most = len(field.options)
    try:
        chosen = _numbers(field.options, text)
    except ValueError:
        raise ValueError(f"Give a number from 1 to {most}, or Enter to skip.") from None
    if field.several:
        return chosen
    if len(chosen) != 1:
        raise ValueError(f"Give one number from 1 to {most}, or Enter to skip.")
    return chosen[0] == "yes" if field.name == "either" else chosen[0]
