"""Days as people write them, in English whatever the locale."""

from __future__ import annotations

from datetime import date

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """A day as it is written on screens and in papers: 2 Mar 2027."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
