"""Reads a day that a person typed into a field, in the forms that pasted requests are read in."""

from __future__ import annotations

from datetime import date

from socui.errors import Usage
from socui.text import visible

DAY_FORMS = "a day, such as 2027-03-31 or 31 March 2027"
"""How to write a day, for who typed something else."""


def typed_day(text: str, today: date | None = None) -> date:
    """Return the day that the text names: 2027-03-31, 31 Mar 2027, March 31, 2027, today. Raises ValueError where it
    names none, more than one, no year, or may be one of two days, as 3/4/2027 may."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    from socui.asking.reading.day_spans import find_days
    from socui.asking.reading.days import day_of, numeric_order
    from socui.asking.reading.fold import fold

    folded = fold(text).text.strip()
    spans = find_days(folded)
    if len(spans) == 1 and spans[0].text == folded:
        day = day_of(spans[0], numeric_order(spans), today or date.today())
        if day.first is not None and day.first == day.last:
            return day.first
    raise ValueError(text)


def day_at(text: str, where: str) -> date:
    """Return the day that the text names. Raises Usage, which says where it stood and how to write one."""
    try:
        return typed_day(text)
    except ValueError:
        raise Usage(f"{where}: {visible(text[:60])!r} is not a day: write {DAY_FORMS}") from None
