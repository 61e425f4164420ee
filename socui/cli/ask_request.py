"""A request as plain prompts: who asked for what, in the words of the form on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from socui.profiles.profile import Profile, free_id
from socui.profiles.record_labels import FORMS, RecordField, request_title, request_words
from socui.profiles.records import Request
from socui.text import scrub_line

_ASKED = ("asked_by", "reader", "asks", "either", "subject", "type", "force", "needed")
"""The fields that plain prompts ask for, in this order; `socui request` sets the others."""

_EMPTY = Request("")


def asked_request(profile: Profile, line: Callable[[str], str], put: Callable[[str], None]) -> Profile:
    """The profile with one request more, as prompted for; the same profile where nothing was told of it."""
    request = _EMPTY
    put("\nOne request. Enter alone skips what you do not know.\n")
    fields = {field.name: field for field in FORMS[Request]}
    for name in _ASKED:
        if name == "either" and len(request.asks) < 2:
            continue
        field = fields[name]
        put("\n" + "\n".join(_shown(field)) + "\n")
        while text := line(
            "Numbers, with spaces between: " if field.several else "Number: " if field.options else "> "
        ):
            try:
                request = replace(request, **{name: _value(field, text)})
            except ValueError as error:
                put(f"{error}\n")
                continue
            break
    if request == _EMPTY:
        return profile
    request = replace(request, id=free_id(profile))
    put(f"\nRecorded: {request_title(request)}: {request_words(request) or 'not known for what'}.\n")
    return profile.with_request(request)


def _shown(field: RecordField) -> Iterator[str]:
    yield field.ask
    if field.help:
        yield field.help
    for number, (_, label) in enumerate(field.options, 1):
        yield f"{number}. {label}"


def _value(field: RecordField, text: str) -> object:
    """What a line says of a field. Raises ValueError, in words."""
    if not field.options:
        return scrub_line(text)
    words = text.replace(",", " ").split()
    most = len(field.options)
    for word in words:
        if not (word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= most and len(word) < 4):
            raise ValueError(f"Give a number from 1 to {most}, or Enter to skip.")
    chosen = tuple(dict.fromkeys(field.options[int(word) - 1][0] for word in words))
    if field.several:
        return chosen
    if len(chosen) != 1:
        raise ValueError(f"Give one number from 1 to {most}, or Enter to skip.")
    return chosen[0] == "yes" if field.name == "either" else chosen[0]
