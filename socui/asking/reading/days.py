"""Works out which days are meant by days as they are written; what may be one of two days is left open.

python-dateutil counts months, weeks and weekdays; it is imported when there is one to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from socui.asking.reading.day_spans import WEEKDAYS, YEAR, DaySpan
from socui.asking.reading.months import MONTHS
from socui.asking.reading.number_words import NUMBERS


@dataclass(frozen=True, slots=True)
class Day:
    """A reading of a written day: it lies between `first` and `last`, which are equal where one day is meant.

    `month_day` holds month and day where the text names no year.
    """

    first: date | None = None
    last: date | None = None
    month_day: tuple[int, int] | None = None


def numeric_order(spans: Iterable[DaySpan]) -> Literal["day", "month", ""]:
    """Return which stands first in days such as 3/4/2027, as other days of the text show it, in figures or as "March
    3" or "3 March" are written; "" where they do not."""
    spans = list(spans)
    shown = set()
    for span in spans:
        if span.form in ("numeric", "short") and "/" in span.text:
            first, second = (int(part) for part in re.findall(r"\d+", span.text)[:2])
            if first > 12 >= second:
                shown.add("day")
            elif second > 12 >= first:
                shown.add("month")
    if not shown:
        shown = {_WRITTEN[span.form] for span in spans if span.form in _WRITTEN}
    return "day" if shown == {"day"} else "month" if shown == {"month"} else ""


_WRITTEN = {"day_month": "day", "month_day": "month"}


def can_be_counted_from(day: date) -> bool:
    """Return whether it is a day of the years that a text is read in: none is counted to the end of the calendar."""
    return re.fullmatch(YEAR, f"{day.year:04}") is not None


def day_of(span: DaySpan, order: str, received: date | None) -> Day:
    """Return the day that a span names; an empty Day where it is open. `received`: the day the text came, for "this
    Friday"."""
    try:
        return _day_of(span, order, received)
    except (ValueError, OverflowError):  # the 31st of June, the year 0
        return Day()


def _day_of(span: DaySpan, order: str, received: date | None) -> Day:
    text, form = span.text, span.form
    if form in ("numeric", "short"):
        return _numeric(re.sub(r"^[^\d]+", "", text), order)
    if form in ("weekday", "near", "turn", "day_only"):
        return _counted_from(text, form, received) if received else Day()
    numbers = re.findall(r"\d+", text)
    if form == "iso":
        numbers.reverse()
    year = _full(numbers[-1]) if numbers and (len(numbers[-1]) == 4 or "'" in text or form == "compact") else 0
    if form in ("year", "calendar"):
        return Day(date(year, 1, 1), date(year, 12, 31))
    if form == "quarter_end":
        return _quarter_end(int(text[text.index("q") + 1]), year, received)
    named = [MONTHS[word] for word in re.findall(r"[^\W\d]+", text) if word in MONTHS]
    month = int(numbers[1]) if form == "iso" else named[0]
    if form in ("months", "month", "month_end"):
        return _month(form, year or (_next(month, 31, received).year if received else 0), named)
    day = int(numbers[0])
    return _single(date(year, month, day)) if year else Day(month_day=(date(2024, month, day).month, day))


def _month(form: str, year: int, named: list[int]) -> Day:
    """Return a month of which every day may be meant, its last one, or all days from one month to another."""
    last = date(year, named[-1], _days_in(year, named[-1])) if year else None
    if form == "month_end" or last is None:
        return Day(last, last)
    return Day(date(year - (named[0] > named[-1]), named[0], 1), last)


def _counted_from(text: str, form: str, received: date) -> Day:
    """Return the day that "this Friday", "tomorrow", "the 30th" or "the end of the month" is, seen from the day of receipt."""
    if form == "day_only":
        return _single(_next_number(int(text[:-2]), received))
    if form == "weekday":
        return _weekday(text, received)
    return _single(received + timedelta(days=text != "today") if form == "near" else _turn(text, received))


def _single(day: date | None) -> Day:
    return Day(day, day)


def _numeric(text: str, order: str) -> Day:
    parts = [int(part) for part in re.split(r"[./-]", text)]
    first, second = parts[:2]
    if "." in text or first > 12:
        day_first = True
    elif second > 12 or first == second or order:
        day_first = order == "day" and second <= 12
    else:
        return Day()
    month, day = (second, first) if day_first else (first, second)
    if len(parts) < 3:
        return Day(month_day=(date(2024, month, day).month, day))
    return _single(date(_full(re.split(r"[./-]", text)[2]), month, day))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _days_in(year: int, month: int) -> int:
    from calendar import monthrange

    return monthrange(year, month)[1]


def _next(month: int, day: int, received: date) -> date:
    """Return the next such day, the day of receipt included."""
    for year in (received.year, received.year + 1):
        there = date(year, month, min(day, _days_in(year, month)))
        if there >= received:
            return there
    return received


def _next_number(number: int, received: date) -> date:
    """Return the next day of that number in a month that has it, the day of receipt included."""
    day = received
    while day.day != number and (day - received).days < 62:
        day += timedelta(days=1)
    if day.day != number:
        raise ValueError(number)
    return day


def _weekday(text: str, received: date) -> Day:
    name = text.rsplit(maxsplit=1)[-1]
    if text.startswith("next"):
        return Day()
    from dateutil.relativedelta import relativedelta, weekday

    number = next(at for at, whole in enumerate(WEEKDAYS) if whole.startswith(name[:3]))
    return _single(received + relativedelta(days=1, weekday=weekday(number)))


def _turn(text: str, received: date) -> date:
    text = {"eom": "month", "eoq": "quarter", "eoy": "year", "eow": "week"}.get(text, text)
    if "week" in text:
        return received + timedelta(days=max(0, 4 - received.weekday()))
    if "year" in text:
        return date(received.year, 12, 31)
    month = received.month if "month" in text else (received.month + 2) // 3 * 3
    return date(received.year, month, _days_in(received.year, month))


def _quarter_end(quarter: int, year: int, received: date | None) -> Day:
    month = quarter * 3
    if not year and received is None:
        return Day()
    day = _days_in(2023, month)
    return _single(date(year, month, day) if year else _next(month, day, received or date.min))


def upcoming(day: Day, received: date | None) -> date | None:
    """Return the day by which something is wanted: where no year stands the next one, where a month is named its last."""
    if day.month_day and received:
        return _next(*day.month_day, received)
    return day.last


NEAR_DAYS = 120
"""Days from another day within which one without a year is taken to lie."""


def nearest_year(month_day: tuple[int, int], other: date) -> date | None:
    """Return the day without a year that is near another one."""
    month, number = month_day
    for year in (other.year, other.year + 1, other.year - 1):
        there = date(year, month, min(number, _days_in(year, month)))
        if abs((there - other).days) <= NEAR_DAYS:
            return there
    return None


def year_end(day: Day, received: date | None, ends: Sequence[date]) -> date | None:
    """Return the end of a fiscal year. Where no year stands: the one with which a named period ends, else the one
    that is near the day of receipt: at most six months ahead or three past."""
    if day.month_day is None:
        return day.last
    month, number = day.month_day
    for end in ends:
        if (end.month, end.day) == (month, number):
            return end
    if received is None:
        return None
    ahead = _next(month, number, received)
    past = ahead.replace(year=ahead.year - 1, day=min(number, _days_in(ahead.year - 1, month)))
    if (ahead - received).days <= 183:
        return ahead
    return past if (received - past).days <= 92 else None


def range_of(first: Day, last: Day) -> tuple[date, date] | None:
    """Return the period from one day to another; the first may lack the year that the second has."""
    end = last.last
    if end is None:
        return None
    begin = first.first
    if begin is None and first.month_day:
        month, number = first.month_day
        begin = date(end.year, month, min(number, _days_in(end.year, month)))
        if begin > end:
            begin = begin.replace(year=end.year - 1, day=min(number, _days_in(end.year - 1, month)))
    return (begin, end) if begin and begin < end else None


def months_to(count: int, day: Day) -> tuple[date, date] | None:
    """Return the period of so many months that ends on a day: "the twelve months to 31 March 2027"."""
    end = day.last
    if end is None or end != day.first or not 1 <= count <= 36:
        return None
    from dateutil.relativedelta import relativedelta

    following = end + timedelta(days=1)
    return following - relativedelta(months=count), end


_ONE = frozenset(("a", "an", "the", "next"))
_BACK = re.compile(r"\b(?:before|prior|ahead|earlier|in advance)\b")
_SPAN = re.compile(
    r"(\d{1,3}|[a-z-]+)\)?[^\w\n]{1,4}(?:\(\d{1,3}\) )?(?:calendar )?(business |working )?(day|week|fortnight|month|year)s?\b"
)


def counted(text: str, base: date) -> date | None:
    """Return the day that an amount of time such as "within 10 business days" gives, counted from another."""
    from dateutil.relativedelta import relativedelta

    span = _SPAN.search(text)
    number = NUMBERS.get(span[1], int(span[1]) if span[1].isdigit() else int(span[1] in _ONE)) if span else 0
    if not span or not number:
        return None
    if _BACK.search(text):
        number = -number
    try:
        if span[2] and span[3] == "day":
            day = base
            for _ in range(min(abs(number), 999)):
                day += timedelta(days=1 if number > 0 else -1)
                while day.weekday() > 4:
                    day += timedelta(days=1 if number > 0 else -1)
            return day
        number *= 2 if span[3] == "fortnight" else 1
        unit = {"day": "days", "week": "weeks", "fortnight": "weeks", "month": "months", "year": "years"}[span[3]]
        return base + relativedelta(**{unit: number})  # type: ignore[arg-type]
    except OverflowError:
        return None
