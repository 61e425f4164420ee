"""Clients' year ends: the next one, until when a report on it can be used, and the ends of periods that suit it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from socui.planning.calendar import month_end, plus

LATEST_USE = {
    "large_accelerated": 1.5,
    "accelerated": 2,
    "private": 4,
    "benefit_plan": 7,
    "government": 5,
    "federal": -0.5,
}
"""Months after a year end until which an auditor can use a report, by kind of client."""
USUAL_USE = 3.5
"""The same where the kind is not known."""


@lru_cache(4096)
def next_year_end(end: date, day: date) -> date:
    """Return the first year end on or after a day. `end` gives month and day; 29 February stands for the last of
    February."""
    for year in (day.year - 1, day.year, day.year + 1):
        last = end.day == 29 and end.month == 2
        next_end = month_end(date(year, 2, 1)) if last else end.replace(year=year)
        if end.month == 2 and end.day == 28:
            next_end = month_end(date(year, 2, 1))
        if next_end >= day:
            return next_end
    return day


EARLY_KINDS = ("large_accelerated", "accelerated", "federal", "service")
"""Kinds of readers who need the report before, or so soon after, their year end that a period cannot end with it."""


def is_too_late(end: date, year_end: date, kind: str) -> bool:
    """Return whether a period that ends with clients' year comes too late for them year after year."""
    return kind in EARLY_KINDS and next_year_end(year_end, end) == end


def is_steady(end: date, year_end: date, kind: str, reach: int) -> bool:
    """Return whether a yearly period may end on that day year after year for clients who close then: on the ends that suit
    them, or a month after the earlier one, from where a letter still reaches their year end with ease."""
    year = next_year_end(year_end, end)
    later = () if kind in ("benefit_plan", "federal") else (plus(year, 1 - reach),)
    return end in (*steady_ends(year_end, kind, end, reach), *later)


def steady_ends(year_end: date, kind: str, near: date, reach: int) -> tuple[date, ...]:
    """Return the days on which a yearly period suits clients who close then: their year end, or a letter's reach
    before it."""
    year = next_year_end(year_end, near)
    early = plus(year, -reach)
    if kind == "benefit_plan":
        return (year,)
    if kind in EARLY_KINDS:
        return (early,)
    return (early, year)
