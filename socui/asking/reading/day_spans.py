"""Finds everything in a folded text that is written as a day, a month, a quarter or a year is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socui.asking.reading.months import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_W = "|".join(WEEKDAYS)
_S = "mon|tues?|wed|thurs?|fri|sat|sun"
YEAR = r"(?:19|20)\d\d"
_PATTERN = re.compile(
    rf"""(?<![\w/.:])(?:(?:(?:this[ ]|next[ ]|coming[ ])?(?:{_W}|{_S})[.]?,?[ ](?:the[ ])?(?=\d|{_M}))?(?:
      (?P<iso>{YEAR}-\d\d-\d\d)
    | (?P<numeric>\d{{1,2}}(?P<sep>[./-])\d{{1,2}}(?P=sep)(?:{YEAR}|\d\d))
    | (?P<day_month>\d{{1,2}}(?:st|nd|rd|th|er|\.)?[ ](?:of[ ]|de[ ])?(?:{_M})\b\.?(?:,?[ ](?:de[ ])?{YEAR}\b|[ ]?'\d\d\b)?)
    | (?P<compact>\d{{1,2}}-(?:{_M})-(?:{YEAR}|\d\d))
    | (?P<month_day>(?:{_M})\b\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,?[ ]{YEAR}\b|,?[ ]'\d\d\b)?)
    )
    | (?P<month_end>(?:end|close)[ ]of[ ](?:{_M})\b(?![ ]\d{{1,2}}\b)(?:,?[ ]{YEAR}\b)?|ende[ ](?:{_M})\b(?:[ ]{YEAR}\b)?)
    | (?P<quarter_end>end[ ]of[ ]q[1-4](?:[ ]{YEAR}\b)?|q[1-4](?=[ ](?:is[ ](?:out|over)|ends|closes)\b))
    | (?P<turn>(?:end[ ]of[ ](?:the[ ]|this[ ])?(?:month|year|quarter|week)\b)|(?<=by[ ])(?:month|year|quarter)[ -]?end\b|\beo[mqyw]\b
        |(?:the|this)[ ](?:week|month|quarter|year)(?=[ ](?:is[ ](?:out|over|up|done)|ends|closes)\b))
    | (?P<months>(?:{_M})\b\.?(?:[ ]?-[ ]?|[ ](?:to|through|thru|until|till)[ ])(?:{_M})\b\.?,?[ ]{YEAR}\b)
    | (?P<month>(?:{_M})\b,?[ ]{YEAR}\b)
    | (?P<weekday>(?:this[ ]|next[ ]|coming[ ])?(?:{_W})\b|(?<=(?:by|od|ob|re|on|is)[ ])(?:{_S})\b)
    | (?P<near>tomorrow|tmrw|today)\b
    | (?P<calendar>(?:calendar[ ](?:year[ ])?|cy[ ]?){YEAR}\b)
    | (?P<day_only>(?:(?<=by[ ]the[ ])|(?<=on[ ]the[ ])|(?<=till[ ]the[ ])|(?<=until[ ]the[ ])|(?<=before[ ]the[ ]))
        \d{{1,2}}(?:st|nd|rd|th)\b(?=[^\w\n]*(?:\n|\Z)|[^\w ]|[ ](?:please|pls|at|if|so|and|or|thanks|latest|this|would)\b))
    | (?P<year>{YEAR}\b(?![-/]\d))
    | (?P<short>\d{{1,2}}/\d{{1,2}}(?![\w/]))
    )(?![\d])""",
    re.VERBOSE,
)
_WORDS = re.compile(r"\w+")
_BEGIN = frozenset(("this", "next", "coming", "the", "end", "close", "ende", "tomorrow", "tmrw", "today", "calendar",
                    "eom", "eoq", "eoy", "eow", "q1", "q2", "q3", "q4", *MONTHS, *WEEKDAYS, "mon", "tue", "tues", "wed", "thur",
                    "thurs", "fri", "sat", "sun"))  # fmt: skip
_BEGINNINGS = ("cy", "month", "year", "quarter")
"""Words with which a day begins, but for numbers: elsewhere no day is looked for."""


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A place in a folded text where a day is written, and the form in which it is written."""

    start: int
    end: int
    form: str
    text: str


def find_days(text: str) -> list[DaySpan]:
    """Return everything in a folded text that is written as a day, a month, a quarter or a year is."""
    spans: list[DaySpan] = []
    end = 0
    for word in _WORDS.finditer(text):
        letters = word[0]
        if letters in _BEGIN or letters[0].isdigit() or letters.startswith(_BEGINNINGS):
            day = _PATTERN.match(text, word.start()) if word.start() >= end else None
            if day:
                end = day.end()
                spans.append(DaySpan(day.start(), end, day.lastgroup or "", day[0]))
    return spans
