"""The example profiles that come with the knowledge base."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from socui.data import FOLDER
from socui.errors import Usage
from socui.profiles.profile import Profile, as_new
from socui.profiles.profile_toml import from_bytes
from socui.profiles.records import FIELDS, Event, Evidence, Period, ReportHeld, Request

WRITTEN = date(2026, 11, 22)
"""The day as of which every date in the examples was written."""

_R = TypeVar("_R", bound=Request | ReportHeld | Event | Evidence)


def examples(today: date | None = None) -> Mapping[str, Profile]:
    """Return every example by its short name, the file's name without its ending, in alphabetical order: as written,
    or as if written lately on `today`."""
    files = sorted((FOLDER / "examples").glob("*.toml"))
    written = {file.stem: from_bytes(file.read_bytes()).profile for file in files}
    return written if today is None else {name: as_if_written(profile, today) for name, profile in written.items()}


def example(name: str, today: date | None = None) -> Profile:
    """Return a copy of an example as new work: without name and id, so that saving it asks for a name, and with no
    result that was saved. Raises Usage for an unknown one."""
    shipped = examples(today)
    if name not in shipped:
        from difflib import get_close_matches

        near = get_close_matches(name, shipped, 1, 0.4)
        meant = f"did you mean {near[0]}?" if near else "socui --example lists them"
        raise Usage(f"--example: there is no example {name!r}: {meant}")
    return as_new(shipped[name])


def as_if_written(profile: Profile, today: date) -> Profile:
    """Return the example with every date moved by whole months, so that what is past stays past and what is due
    stays due whenever it is opened. The last day of a month stays the last day."""
    months = (today.year - WRITTEN.year) * 12 + today.month - WRITTEN.month - (today.day < WRITTEN.day)
    if not months:
        return profile
    return replace(
        profile,
        dates={name: _moved(day, months) for name, day in profile.dates.items()},
        requests=tuple(_later(r, months) for r in profile.requests),
        reports_held=tuple(_later(r, months) for r in profile.reports_held),
        events=tuple(_later(e, months) for e in profile.events),
        evidence=_later(profile.evidence, months),
    )


def _later(record: _R, months: int) -> _R:
    moved: dict[str, object] = {}
    for name, (_, kind) in FIELDS[type(record)].items():
        value = getattr(record, name)
        if kind == "day" and value is not None:
            moved[name] = _moved(value, months)
        elif kind == "period" and value is not None:
            moved[name] = Period(*(day and _moved(day, months) for day in (value.begins, value.ends)))
    return replace(record, **moved)


def _moved(day: date, months: int) -> date:
    """Return the same day so many months later; the last day of its month becomes the last day of that one."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        last = monthrange(years, month + 1)[1]
        stays_last = day.day == monthrange(day.year, day.month)[1]
        return date(years, month + 1, last if stays_last else min(day.day, last))
    except ValueError:  # a clock that is set to where no calendar leads
        return day
