"""Requests, reports held, evidence and changes of two profiles side by side: requests by their ids, the others by their places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from msgspec.structs import replace

from socui.deciding.compare import NOTHING_SAID, Compared
from socui.profiles.profile import LISTS, Profile
from socui.profiles.record_labels import EVIDENCE, FORMS, value_words
from socui.profiles.record_words import HELD_TITLE, event_title, event_words, held_words, request_title, request_words
from socui.profiles.records import Event, Evidence, ReportHeld, Request, table_of

CompareRecord = Request | ReportHeld | Event | Evidence
_BEFORE, _SHOWN = 20, 80
"""Characters of a long text that are shown before its first difference, and in all."""


def compared_records(one: Profile, other: Profile) -> Iterator[Compared]:
    """Yield every record that one of the two has, with what each knows of it: of one that differs what differs."""
    first, second = ({r.id: r for r in profile.requests} for profile in (one, other))
    for id in {**first, **second}:
        yield _compared(f"requests.{id}", first.get(id), second.get(id))
    for kind, name in LISTS.items():
        for place, (a, b) in enumerate(zip_longest(one.listed(kind), other.listed(kind)), 1):
            yield _compared(f"{name}.{place}", a, b)
    if one.evidence.since or other.evidence.since:
        recorded = (e if e.since else None for e in (one.evidence, other.evidence))
        yield _compared("evidence", *recorded)


def _compared(id: str, one: CompareRecord | None, other: CompareRecord | None) -> Compared:
    data = _data(one), _data(other)
    title = next(_said(record)[0] for record in (one, other) if record is not None)
    if one is None or other is None or data[0] == data[1]:
        words = [NOTHING_SAID if record is None else _said(record)[1] or "recorded" for record in (one, other)]
        return Compared(id, title, (words[0], words[1]), data)
    values = [(field.short, value_words(field, one), value_words(field, other)) for field in FORMS[type(one)]]
    differing = [(name, *_apart(a, b)) for name, a, b in values if a != b]
    words = ["; ".join(f"{name}: {sides[n] or NOTHING_SAID}" for name, *sides in differing) for n in (0, 1)]
    return Compared(id, title, (words[0], words[1]), data)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts that differ, long ones from shortly before the first difference."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = max(at - _BEFORE, 0) if max(len(one), len(other)) > _SHOWN else 0
    return one[begin : begin + _SHOWN], other[begin : begin + _SHOWN]


def _said(record: CompareRecord) -> tuple[str, str]:
    """Return a record as a title and what is known of it."""
    match record:
        case Request():
            return request_title(record), request_words(record)
        case ReportHeld():
            return HELD_TITLE, held_words(record)
        case Event():
            return event_title(record), event_words(record)
        case Evidence():
            return EVIDENCE[0].short, value_words(EVIDENCE[0], record)


def _data(record: CompareRecord | None) -> dict[str, object] | None:
    """Return what is known of a record as data, with days as text; what a file holds beyond that says nothing."""
    if record is None:
        return None
    return {key: _plain(value) for key, value in table_of(replace(record, extra={})).items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value
