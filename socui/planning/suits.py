"""How the end of a period suits those who close their year after it: what it costs in months off a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from socui.planning.calendar import month_end, plus
from socui.planning.candidates import Course
from socui.planning.inputs import DatedRequest
from socui.planning.year_ends import is_steady, next_year_end

ODD = 3
"""Months off a year that a period of another length than a year weighs, beside its own: the end is moved once."""
UNCOMMON, UNREACHED = 2, 12
"""Months off a year that an end weighs on an uncommon day, and one from which no letter reaches clients' year end: moving
the end may cost as many months."""


class Suits:
    """The ends of one report's periods. `asks` are the requests that set dates, `kind` is how those who ask are audited."""

    def __init__(self, course: Course, asks: Sequence[DatedRequest], kind: str) -> None:
        self.course, self.kind = course, kind
        year_end = course.inputs.year_end
        asked = [(a.year, "service" if a.reader == "service_auditor" else a.audited_as) for a in asks if a.year]
        self.asked = bool(asked)
        self.closes = asked or ([(year_end, kind)] if year_end else [])
        """The days on which those close their year for whom a period is to suit, and their kinds: who asked, else clients."""
        self._off: dict[date, int] = {}
        self._reached: dict[date, bool] = {}

    def unsuited(self, begin: date, end: date) -> int:
        """Return how little a period suits clients from then on; a SOC 2 report of its own is asked for at any time."""
        off = self._off_a_year(begin, end) if self.course.fixed else 0
        if self.course.report != "soc1":
            return off
        suits = self._off.get(end)
        if suits is None:
            years = self.course.fixed or self.asked
            suits = self._off[end] = self._off_clients_year(end) if years else self._off_steady(end)
        return off + suits

    def reached(self, end: date) -> bool:
        """Return whether a letter on a period that ends then reaches the end of a year like those to be covered."""
        reached = self._reached.get(end)
        if reached is None:
            years = (next_year_end(year, end) for year, _ in self.closes)
            reached = any(end >= plus(year, -self.course.lasts.reach) for year in years)
            self._reached[end] = reached
        return reached

    def _off_clients_year(self, end: date) -> int:
        """Return what it costs that no letter reaches the end of clients' year from there, or that no report of such
        clients is kept on that day."""
        if not self.closes:
            return 0
        if not self.reached(end):
            return UNREACHED
        kept = self.course.fixed  # after a first period the next one can still move the end to what suits such clients
        suits = (is_steady(end, year, kind if kept else "", self.course.lasts.reach) for year, kind in self.closes)
        return 0 if any(suits) else UNCOMMON

    def _off_steady(self, end: date) -> int:
        """Return how little a first period that ends then suits clients, where nobody named a year: a quarter's end, or
        their year end, or one from which a letter reaches it."""
        year_end = self.course.inputs.year_end
        if year_end is None:
            return 0 if quarter_end(end) else 1
        year = next_year_end(year_end, end)
        early = plus(year, -self.course.lasts.reach)
        ahead = end == early >= self.course.inputs.today and self.kind != "benefit_plan"
        return 0 if end == year or ahead else 1

    @staticmethod
    def _off_a_year(begin: date, end: date) -> int:
        """Return how far a period is from a year, in months, and that it is at all: what carries on keeps its cycle where
        it can, and moves its end once."""
        months = abs(round((end - begin).days / 30.4375) - 12)
        return months + ODD if months else 0


def quarter_end(day: date) -> bool:
    """Return whether a quarter of the calendar ends on that day."""
    return day.month % 3 == 0 and day == month_end(day)
