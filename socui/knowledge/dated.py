"""Finds texts that a day has overtaken: what speaks of a day to come has to be read again once that day is past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from socui.knowledge.model import Knowledge

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_WRITTEN = re.compile(r"(\d{4})\.(\d{2})\b")


def overtaken(knowledge: Knowledge, today: date) -> Iterator[str]:
    """Yield a line for each text with a day that was to come when the knowledge was written, and is past today.

    A version that does not begin with a year and a month, as 2026.11 does, says nothing of when that was.
    """
    written = _WRITTEN.match(knowledge.version)
    if written is None:
        return
    month = (int(written[1]), int(written[2]))
    for id, text in _texts(knowledge):
        for day in map(_day, _DAY.finditer(text)):
            if day is not None and month < (day.year, day.month) and day < today:
                words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
                yield f"[{id}] speaks of {words} as a day to come. It has passed: read the source again."


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield from ((fact.id, fact.says) for fact in knowledge.facts.values())
    yield from ((note.id, note.says) for note in knowledge.notes)
    yield from ((entry.id, entry.says) for entry in knowledge.entries)
    yield from ((message.id, message.says) for message in knowledge.messages.values())


def _day(day: re.Match[str]) -> date | None:
    try:
        return date(int(day[3]), _MONTHS.index(day[2]) + 1, int(day[1]))
    except ValueError:
        return None
