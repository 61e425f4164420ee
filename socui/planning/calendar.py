"""Days of periods and fiscal years: first and last days of months, and a period placed so that it serves a year end."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

LEAST, MOST, REACH = 6, 12, 3
"""Months: the least that a SOC 1 period has by custom, the most of a period, and how far a bridge letter reaches."""


def shifted(day: date, months: int) -> date:
    """The last day of the month so many months from the day's; as far as the calendar goes."""
    month = day.year * 12 + day.month - 1 + months
    if month >= date.max.year * 12 + 11:
        return date.max
    year, number = divmod(max(month, 12), 12)
    return date(year, number + 1, monthrange(year, number + 1)[1])


def end_of_month(first: date, months: float) -> date:
    """The last day of a period of so many months from the first day of a month."""
    return shifted(first, round(months) - 1)


def next_of(day: date, today: date) -> date:
    """The first day of a period: the first of a month after the day on which what comes before ends. Today will do if it
    is the first of a month and nothing comes before."""
    if day == today and day.day == 1:
        return day
    last = shifted(day, 0)
    return last if last == date.max else last + timedelta(1)


def month_on(begins: date, ends: date) -> float:
    """How many months lie between two days: whole ones where a period runs from month to month."""
    if begins > ends:
        return 0.0
    first = begins if begins.day == 1 else begins + timedelta(1) if begins < date.max else begins
    if first.day == 1 and ends == shifted(ends, 0):
        return float((ends.year - first.year) * 12 + ends.month - first.month + 1)
    return round((ends - begins).days / 30.4375, 1)


def following(year_end: date, day: date) -> date:
    """The first year end on or after a day. 29 February stands for the last of February."""
    found = _in_year(year_end, day.year)
    if found >= day:
        return found
    return _in_year(year_end, day.year + 1) if day.year < date.max.year else date.max


def _in_year(year_end: date, year: int) -> date:
    if (year_end.month, year_end.day) in ((2, 28), (2, 29)) and year_end == shifted(year_end, 0):
        return date(year, 2, monthrange(year, 2)[1])
    return year_end.replace(year=year)


def serving(first: date, year_end: date, later: bool) -> date:
    """The last day of a SOC 1 period that begins on a first of month, so that it serves a year end.

    A period serves where it ends no more than a bridge letter's reach before the year end. The first one has six months;
    where it would end too early it grows to twelve at the most. A `later` one has twelve and is shortened, to six at the
    least, where that brings its end to the right place.
    """
    least, most = end_of_month(first, LEAST), end_of_month(first, MOST)
    if later:
        target = shifted(following(year_end, most), -REACH)
        target = target if target <= most else shifted(target, -12)
        return target if target >= least else most
    target = shifted(following(year_end, least), -REACH)
    return target if least < target <= most else least


# ------------------------------------------------------------------------------------- days that a searched plan counts in


def plus(day: date, months: float) -> date:
    """The day so many months on: the last of a month stays the last of one; half a month is fifteen days."""
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
    """The next day."""
    return day + timedelta(1) if day < date.max else day


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(1) if day > date.min else day


def month_end(day: date) -> date:
    """The last day of the month."""
    return shifted(day, 0)


def month_start(day: date) -> date:
    """The day itself if it is the first of a month, else the first of the next one."""
    return day if day.day == 1 else day_after(month_end(day))


def year_of(end: date) -> tuple[tuple[date, date], ...]:
    """The twelve months of the fiscal year that ends on a day, each by its first and last day."""
    firsts = [day_after(plus(end, -12 + n)) for n in range(12)]
    return tuple((first, day_before(after)) for first, after in zip(firsts, [*firsts[1:], day_after(end)], strict=True))
