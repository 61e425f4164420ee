"""`key=value` for a record of a profile: read, checked against the values that socui has, and printed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from socui.asking.typed_day import DAY_FORMS, typed_day
from socui.errors import Usage
from socui.knowledge.toml_tables import suggest
from socui.profiles.records import (
    FIELD_WORDS,
    FIELDS,
    ONE_LINE,
    OPINIONS,
    OPINIONS_AS_WRITTEN,
    Event,
    Evidence,
    Period,
    Record,
    ReportHeld,
    Request,
    Vendor,
)
from socui.text import scrub, scrub_line, visible, visible_lines

_R = TypeVar("_R", bound=Request | ReportHeld | Event | Evidence | Vendor)

FORMS_OF_VALUES: Mapping[str, str] = {
    "text": "text",
    "texts": "a,b",
    "flag": "yes or no",
    "day": DAY_FORMS,
    "period": "two days with .. between them, such as 2026-01-01..2026-12-31",
    "count": "a whole number",
}
"""By kind of value: how it is written on the command line."""


def keys(kind: type) -> dict[str, tuple[str, str]]:
    """By key on the command line: the attribute and the kind of its value. The id of a request is not set by hand."""
    return {key: (name, what) for name, (key, what) in FIELDS[kind].items() if name != "id"}


def changed(record: _R, pairs: Iterable[str], command: str) -> _R:
    """Return the record with every `key=value`; a key without a value is cleared. Raises Usage for what cannot be."""
    fields = keys(type(record))
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip()
        if not equals:
            raise Usage(f"{command}: {visible(pair)!r}: write it as KEY=VALUE")
        if key not in fields:
            raise Usage(f"{command}: no key {visible(key)!r}: {suggest(key, fields, 'use ' + ', '.join(fields))}")
        name, what = fields[key]
        empty = () if what == "texts" else "" if what == "text" else None
        record = replace(record, **{name: _value(type(record), key, value, command) if value.strip() else empty})
    return record


def _value(kind: type, key: str, value: str, command: str) -> object:
    name, what = keys(kind)[key]
    among = FIELD_WORDS[kind].get(name, ())
    wrong = Usage(f"{command}: {key}: {visible(value)!r} cannot be read: write {FORMS_OF_VALUES[what]}")
    if what == "text":
        text = scrub_line(value) if name in ONE_LINE or among else scrub(value)
        return _among(text, among, key, command)
    if what == "texts":
        words = [word.strip() for word in value.split(",") if word.strip()]
        return tuple(dict.fromkeys(_among(word, among, key, command) for word in words))
    if what == "flag":
        if (word := value.strip().lower()) not in ("yes", "no", "true", "false"):
            raise wrong
        return word in ("yes", "true")
    if what == "count":
        if not (value.strip().isascii() and value.strip().isdigit() and len(value) < 6):
            raise wrong
        return int(value)
    try:
        if what == "day":
            return typed_day(value)
        begins, dots, ends = (part.strip() for part in value.partition(".."))
        period = Period(typed_day(begins) if begins else None, typed_day(ends) if ends else None)
    except ValueError:
        raise wrong from None
    if not dots or (period.begins and period.ends and period.begins > period.ends):
        raise wrong
    return period


def _among(word: str, among: tuple[str, ...], key: str, command: str) -> str:
    if among == OPINIONS:
        word = OPINIONS_AS_WRITTEN.get(word.casefold(), word)
    if among and word not in among:
        raise Usage(f"{command}: {key} cannot be {visible(word)!r}: {suggest(word, among, 'use ' + ', '.join(among))}")
    return word


def record_rows(record: Record, title: str) -> list[str]:
    """Return the record in lines for a terminal: its title, then one key a line; a text of several lines is set in."""
    rows = [title]
    for key, (name, _) in keys(type(record)).items():
        value = getattr(record, name)
        if value is not None and value not in ("", ()):
            rows.append(f"  {key + ':':17}" + visible_lines(typed_value(value)).replace("\n", "\n" + " " * 19))
    return rows


def typed_value(value: object) -> str:
    """Return a value as `changed` reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Period):
        return "..".join(day.isoformat() if day else "" for day in (value.begins, value.ends))
    return value.isoformat() if isinstance(value, date) else str(value)
