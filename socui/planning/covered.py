"""A year against the periods of reports: what is tested, what a bridge letter can cover, and what nobody speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from socui.planning.calendar import day_after, day_before, plus
from socui.planning.model import DateSpan
from socui.planning.words import merged_spans, within


class Covered(Struct, frozen=True):
    """A year divided into spans, and the number of its months that are tested as a whole.

    `last` is the last day that a period covers.
    """

    year: DateSpan
    tested: tuple[DateSpan, ...] = ()
    bridged: tuple[DateSpan, ...] = ()
    untested: tuple[DateSpan, ...] = ()
    months: int = 0
    last: date | None = None


def covered(periods: Sequence[DateSpan], months: Sequence[tuple[date, date]], reach: int) -> Covered:
    """Return the year of these months against those periods; a letter reaches so many months on from the last of them."""
    year = DateSpan(months[0][0], months[-1][1])
    whole = merged_spans(periods)
    tested = tuple(s for s in (within(s, year) for s in whole) if s)
    last = max((s.ends for s in whole if s.ends >= year.begins), default=None)
    if last is None:
        last = max((s.ends for s in whole), default=None)
    letter = within(DateSpan(day_after(last), plus(last, reach)), year) if last else None
    bridged = (letter,) if letter else ()
    untested = tuple(_left(year, [*tested, *bridged]))
    count = sum(any(s.begins <= first and end <= s.ends for s in whole) for first, end in months)
    return Covered(year, tested, bridged, untested, count, last)


def _left(year: DateSpan, taken: Sequence[DateSpan]) -> Iterator[DateSpan]:
    """Yield the days of a year that no span takes."""
    begins = year.begins
    for one in merged_spans(taken):
        if one.begins > begins:
            yield DateSpan(begins, day_before(one.begins))
        begins = day_after(one.ends)
    if begins <= year.ends:
        yield DateSpan(begins, year.ends)
