"""Days of periods and fiscal years: months added to a day, first and last days of months, the months of a year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(4096)
def shifted(day: date, months: int) -> date:
    """Return the last day of the month so many months from the day's; as far as the calendar goes."""
    month = day.year * 12 + day.month - 1 + months
    if month >= date.max.year * 12 + 11:
        return date.max
    year, number = divmod(max(month, 12), 12)
    return date(year, number + 1, monthrange(year, number + 1)[1])


@lru_cache(4096)
def plus(day: date, months: float) -> date:
    """Return the day so many months on: the last of a month stays the last of one; half a month is fifteen days."""
    whole = int(months // 1)
    half = months - whole
    number = day.year * 12 + day.month - 1 + whole
    if number >= date.max.year * 12 + 11:
        return date.max
    if number < 12:
        return date.min
    year, month = divmod(number, 12)
    length = monthrange(year, month + 1)[1]
    last = day.day == monthrange(day.year, day.month)[1]
    moved = date(year, month + 1, length if last else min(day.day, length))
    return moved + timedelta(round(half * 30)) if half else moved


def day_after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(1) if day < date.max else day


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(1) if day > date.min else day


def month_end(day: date) -> date:
    """Return the last day of the month."""
    return shifted(day, 0)


def month_start(day: date) -> date:
    """Return the day itself if it is the first of a month, else the first of the next one."""
    return day if day.day == 1 else day_after(month_end(day))


@lru_cache(256)
def year_of(end: date) -> tuple[tuple[date, date], ...]:
    """Return the twelve months of the fiscal year that ends on a day, each by its first and last day."""
    firsts = [day_after(plus(end, -12 + n)) for n in range(12)]
    return tuple((first, day_before(after)) for first, after in zip(firsts, [*firsts[1:], day_after(end)], strict=True))
