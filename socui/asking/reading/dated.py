"""The fields of a request that are days, periods and ages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from socui.asking.reading.days import (
    Day,
    counted,
    day_of,
    months_to,
    nearest_year,
    numeric_order,
    range_of,
    upcoming,
    year_end,
)
from socui.asking.reading.matcher import Match, Matched, Spans
from socui.asking.reading.number_words import NUMBERS
from socui.asking.reading.statements import Statements

_Part = tuple[str, date | tuple[date, date] | int, int, int, str]
_REACH = 200
"""Letters before "by then" in which the day is looked for."""
_SENT = re.compile(r"(?m)^(?:sent|date|gesendet|datum|envoyé|enviado):? ")


def dated_parts(matched: Matched, state: Statements, received: date | None, named: bool) -> Iterator[_Part]:
    """Yield at most one suggestion a field; where a text names several days for one, none of them."""
    reader = _Days(matched, state, received)
    periods = reader.periods(named)
    yield from _only("fiscal_year_end", reader.year_ends([last for (_, last), _ in periods]))
    yield from _only("period", periods)
    yield from _only("needed_by", reader.deadlines())
    yield from _only("max_age_months", reader.ages())


def _only(field: str, readings: Sequence[tuple[date | tuple[date, date] | int, Match]]) -> Iterator[_Part]:
    if len({value for value, _ in readings}) == 1:
        value, match = readings[0]
        yield (field, value, match.start, match.end, match.phrase.id)


class _Days:
    def __init__(self, matched: Matched, state: Statements, received: date | None) -> None:
        self.matched, self.state = matched, state
        self.order = numeric_order(matched.days.values()) if matched.days else ""
        self.starts = sorted(matched.days)
        self.names = [m.start for m in matched.names]
        self.read: dict[int, Day] = {}
        self.received = received
        self.received = received or self._sent()
        self.read.clear()

    def _sent(self) -> date | None:
        """Return the day in the head of a forwarded message, where there is just one."""
        days = set()
        for head in _SENT.finditer(self.matched.masked):
            for at in range(head.end(), min(head.end() + 16, len(self.matched.masked))):
                if at in self.matched.days:
                    days.add(self._day_at(at).first)
                    break
        return days.pop() if len(days) == 1 else None

    def _day_at(self, start: int) -> Day:
        if start not in self.read:
            self.read[start] = day_of(self.matched.days[start], self.order, self.received)
        return self.read[start]

    @cached_property
    def _others(self) -> set[date]:
        """All days that the text names with their year."""
        return {day.last for day in map(self._day_at, self.starts) if day.last}

    def _day(self, match: Match, name: str = "day") -> Day:
        return self._day_at(match.groups[name][0]) if name in match.groups else Day()

    def _told(self, field: str) -> list[Match]:
        return self.matched.telling(field)

    def _form(self, match: Match, name: str = "day") -> str:
        return self.matched.days[match.groups[name][0]].form if name in match.groups else ""

    def periods(self, named: bool) -> list[tuple[tuple[date, date], Match]]:
        """Return the periods that a report (or, where none is asked for, a bridge letter) has to cover."""
        bridges = {self.state.line(m.start) for m in self._told("bridge")}
        asked = {self.state.line(m.start) for m in self.state.asked}
        periods = []
        for match in self._told("period"):
            line = self.state.line(match.start)
            if not self.state.near(match) or (line in bridges and line not in asked and named and len(asked) > 1):
                continue
            if "first" in match.groups:
                period = range_of(self._day(match, "first"), self._day(match, "last"))
            elif match.phrase.values[0] == "months":
                period = months_to(self._number(match), self._day(match))
            else:
                day = self._day(match) if not asked or line in asked or self._form(match) == "calendar" else Day()
                period = (day.first, day.last) if day.first and day.last and day.first < day.last else None
            if period:
                periods.append((period, match))
        if not periods:
            periods = [(whole, m) for m in self._years_of_reports if (whole := months_to(12, self._day(m)))]
        return periods

    @cached_property
    def _years_of_reports(self) -> list[Match]:
        """The years that reports have to cover: "your report for the year to 31 October", where other words say when the
        year of the one who asks ends."""
        ends = self._told("fiscal_year_end")
        asked = {self._line(name) for name in self.state.asked}
        own = {m.groups["day"] for m in ends if not _YEAR_TO.match(self.matched.masked, m.start)}
        if len({self._day_at(start).last for start, _ in own}) != 1:
            return []
        return [m for m in ends if self._line(m) in asked and m.groups["day"] not in own]

    def year_ends(self, ends: list[date]) -> list[tuple[date, Match]]:
        """Return the ends of fiscal years that are named."""
        of_reports = [m.groups["day"] for m in self._years_of_reports]
        named = [m for m in self._told("fiscal_year_end") if m.groups["day"] not in of_reports]
        ends_of = [(m, year_end(self._day(m), self.received, ends)) for m in named]
        return [(day, m) for m, day in ends_of if day and self._form(m) not in ("year", "calendar", "months")]

    def deadlines(self) -> list[tuple[date, Match]]:
        """Return the days by which it is wanted; one that a word such as "due" or "deadline" names goes before the
        others."""
        firm: list[tuple[date, Match]] = []
        loose: list[tuple[date, Match]] = []
        matches = self._told("needed_by")
        counted_from = {m.groups["day"] for m in matches if m.phrase.values[0].endswith("span") and "day" in m.groups}
        spans = Spans((m.start, m.end) for m in matches if m.phrase.values[0].endswith("span"))
        for match in matches:
            kind = match.phrase.values[0]
            if kind == "then" and spans.overlap(match.start, match.end):
                continue  # "before then" in "a week before then"
            base = self._base(match) if kind.endswith(("span", "then")) else None
            if kind == "column":
                firm += self._rows(match)
                continue
            if kind.endswith("span"):
                day = counted(self.matched.folded.text[match.start : match.end], base) if base else None
            elif kind.endswith("then"):
                day = base
            elif match.groups["day"] in counted_from:
                continue  # the day that "ten days before" counts from
            else:
                day = self._wanted(self._day(match)) if self._form(match) not in _VAGUE else None
            if day and (kind.startswith(_FIRM) or self.state.near(match, 2)):
                (firm if kind.startswith(_FIRM) else loose).append((day, match))
        return firm or loose

    def _rows(self, head: Match) -> list[tuple[date, Match]]:
        """Return the days in the rows of a table below a heading such as "Due": of rows that name a report, and one
        day."""
        text, asked = self.matched.masked, sorted({self._line(m) for m in self.state.asked})
        starts = [*self.state.line_starts, len(text) + 1]
        days = []
        for line in asked if "|" in self._text(head.start) else ():
            row = self.starts[bisect_left(self.starts, starts[line]) : bisect_left(self.starts, starts[line + 1])]
            if line > self._line(head) and len(row) == 1 and "|" in self._text(row[0]):
                span, day = self.matched.days[row[0]], self._wanted(self._day_at(row[0]))
                days += [(day, replace(head, start=span.start, end=span.end))] if day else []
        return days

    def _text(self, at: int) -> str:
        """Return the line in which a letter stands."""
        end = self.matched.masked.find("\n", at)
        return self.matched.masked[self.state.line_starts[self.state.line(at)] : end if end >= 0 else None]

    def _wanted(self, day: Day) -> date | None:
        """Return the day by which something is wanted; where neither its year nor the day of receipt is known, the
        one that is near the other days of the text."""
        if day.month_day is None or self.received:
            return upcoming(day, self.received)
        nearest = {nearest_year(day.month_day, other) for other in self._others}
        return nearest.pop() if len(nearest) == 1 else None

    def _base(self, match: Match) -> date | None:
        """Return the day from which a phrase counts: one that it names; for "then" and "a week earlier" the last one
        named before; else the day of receipt."""
        if "day" in match.groups:
            return self._day(match).last
        if match.phrase.values[0].startswith(("then", "back")):
            before = bisect_left(self.starts, match.start) - 1
            near = before >= 0 and self.starts[before] >= match.start - _REACH
            return self._wanted(self._day_at(self.starts[before])) if near else None
        return self.received

    def ages(self) -> list[tuple[int, Match]]:
        """Return how old a report may be, in months; of a penetration test it says nothing on the report."""
        ages = []
        for match in self._told("max_age_months"):
            signed = "<" in self.matched.masked[max(0, match.start - 2) : match.start]
            if match.phrase.values[0] == "sign" and not signed:
                continue
            if self._of_report(match):
                ages.append((self._number(match) * (12 if match.phrase.values[0] == "years" else 1), match))
        return ages

    def _of_report(self, age: Match) -> bool:
        """Return whether an age is one of a report asked for: it stands in a line of the request, or in the line behind
        one and names none itself."""
        line = self._line(age)
        at = bisect_left(self.names, age.start) - 1
        before = self.matched.names[at] if at >= 0 else None
        if before and self._line(before) in (line, line - 1) and before.phrase.values == ("pentest",):
            return False
        if line in self.state.request_lines:
            return True
        own = any(self._line(name) == line for name in self.matched.names)
        item = self.state.line_starts[line] in self.matched.folded.items
        return line - 1 in self.state.request_lines and not own and not item

    def _number(self, match: Match) -> int:
        """Return the number that a phrase names, in figures or in words; one where it names none."""
        count = self.matched.folded.text[slice(*match.groups["n"])] if "n" in match.groups else "1"
        return NUMBERS.get(count) or int(count)

    def _line(self, match: Match) -> int:
        return self.state.line(match.start)


_YEAR_TO = re.compile(r"(?:\w+ )?years? (?:to|ended|ending)\b")
_FIRM = ("firm", "back", "then")
_VAGUE = ("month", "months", "year", "calendar")
"""Forms that name no day by which something is due."""
