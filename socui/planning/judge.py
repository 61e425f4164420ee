"""What one request gets from reports: in time or not, which months of its year are tested, and how that compares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from socui.planning.calendar import day_after, day_before, plus, year_of
from socui.planning.candidates import GRACE, Course, level_of
from socui.planning.inputs import DatedRequest, Held

ENOUGH = 9
"""Months of a year tested that leave no more than a bridge letter reaches."""
CUSTOM = 6
"""Months of a year tested that user auditors take as enough by custom."""
QUALIFIED = "qualified"
"""The opinion with which a report held stays usable, and the next one is wanted all the more."""
VOID = ("adverse", "disclaimer")
"""Opinions with which a report held serves nobody."""
HELD_PLACE = -1
"""As a place among the periods: the report held."""

Score = tuple[int, ...]
"""How a request fares, least is best: unserved, late, days late, months out of reach, tight, after the reader's usual last day,
months short, served only because the report held is sent before it is out of date, months tested."""


class Fare(Struct, frozen=True):
    """The outcome for one request: the report that serves it, the level and the score.

    `at` is HELD or an index into the periods, None where no report serves it. `level` runs from 0 (on_time) to 3 (late).
    """

    at: int | None
    level: int
    score: Score


class Reader:
    """One request, ready to be judged against the periods of one report. It keeps what does not depend on the periods."""

    def __init__(self, ask: DatedRequest, course: Course) -> None:
        self.ask, self.course = ask, course
        self.reach = course.lasts.reach
        self.months = months_of(ask)
        self.firsts = [first for first, _ in self.months]
        self.lasts = [last for _, last in self.months]
        held = course.inputs.held.get(course.report)
        self.held: Held | None = held
        self.period_held = held if held is not None and held.type == "type2" and held.begins else None
        self.held_months = self._within(held.begins, held.last) if held and held.begins and held.type == "type2" else 0
        self.least = ask.shortest or course.custom()
        self.short_by = 0 if ask.shortest else GRACE
        self._by_held = self.by_held()
        self._partly = self.partly_by_held()
        self._sent_now = self.sent_now() if self._by_held is None else None
        self._ends: dict[tuple[date, bool], tuple[int, bool, int, int, bool, bool]] = {}

    def _within(self, begin: date, end: date) -> int:
        whole = bisect_right(self.lasts, end) - bisect_left(self.firsts, begin)
        return whole if whole > 0 else 0

    def tested(self, begin: date, end: date) -> int:
        """Whole months of the year within the report held and the days from `begin` to `end`."""
        held = self.period_held
        if held is None or held.begins is None:
            return self._within(begin, end)
        if begin <= day_after(held.last):
            return self._within(min(held.begins, begin), max(end, held.last))
        return self._within(begin, end) + self.held_months

    def beyond(self, end: date) -> int:
        """Whole months of the year after the reach of a letter on a period that ends then."""
        return len(self.lasts) - bisect_right(self.lasts, plus(end, self.reach))

    @property
    def worth_it(self) -> bool:
        """Whether enough months of its year can be tested at all for periods to be placed by it. Else the year is lost."""
        if not self.months:
            return True
        return self.tested(self.course.begin(self.lasts[-1]), self.lasts[-1]) >= self.course.lasts.shortest

    @cached_property
    def sets_dates(self) -> bool:
        """Whether periods are placed by it: no wish, and no year that nothing can test."""
        return self.ask.binding and self.worth_it

    @property
    def served_already(self) -> bool:
        """Whether the report held serves it, whatever is planned."""
        return self._by_held is not None

    def by_held(self) -> Fare | None:
        """Return what the report held does for it: half the year and a letter to its end, or, without a year, one
        that is fresh."""
        held = self.held
        if held is None or held.opinion in VOID or (held.type == "type1" and not self.ask.takes_type1):
            return None
        if self.months:
            enough = self.held_months >= min(CUSTOM, len(self.months)) and not self.beyond(held.last)
            score = (0, 0, 0, 0, 0, 0, max(0, ENOUGH - self.held_months), 0, -self.held_months)
            return Fare(HELD_PLACE, 0, score) if enough else None
        if held.opinion == QUALIFIED and self.ask.due is not None:
            return None
        fresh = max(self.ask.due or self.course.inputs.today, self.course.inputs.today) <= self.held_until
        return Fare(HELD_PLACE, 0, (0,) * 9) if fresh else None

    def partly_by_held(self) -> Fare | None:
        """Return what the report held does for a year of which it tests half, but to whose end no letter reaches: it is
        there, and not safe, for the reader has to agree."""
        held = self.held
        if not self.months or held is None or held.opinion in VOID or self._by_held is not None:
            return None
        if self.held_months < min(CUSTOM, len(self.months)):
            return None
        short = max(0, ENOUGH - self.held_months)
        return Fare(HELD_PLACE, 1, (0, 0, 0, self.beyond(held.last), 1, 0, short, 0, -self.held_months))

    @property
    def held_until(self) -> date:
        """The last day on which the reader takes the report held."""
        assert self.held is not None
        return plus(self.held.last, self.ask.max_age or self.course.lasts.stale)

    def sent_now(self) -> Fare | None:
        """Return what a report held does that is current today, but qualified, or out of date on the day it is
        needed: sent now it is there in time. A later date takes that away from nobody, though a new report that is
        safe is better."""
        held = self.held
        if held is None or self.months or held.opinion in VOID or (held.type == "type1" and not self.ask.takes_type1):
            return None
        return Fare(HELD_PLACE, 0, _SENT_NOW) if self.course.inputs.today <= self.held_until else None

    def fare(self, begin: date, ends: Sequence[date], placed: int = 9, safest: bool = False) -> Fare:
        """Return how the request fares with contiguous periods from `begin` that stop at those days: by the report
        that serves it best. Only the first `placed` of them are placed by requests; what comes after carries on with
        the same firm. `safest`: of reports that test three months, or as much as any does, the one that is soonest
        safe, though a later one covers more."""
        if self._by_held is not None:
            return self._by_held
        if not self.months:
            for at, end in enumerate(ends):
                if self.course.length_ok(day_after(ends[at - 1]) if at else begin, end, self.least, self.short_by):
                    level, late, days, _, tight, past = self._at(end, at >= placed)
                    if level and self._sent_now is not None:
                        break
                    return Fare(at, level, (level >= 2, late, days, 0, tight, past, 0, 0, 0))
            return self._sent_now or _NOTHING
        best = self._partly
        least = (
            min(self.course.lasts.shortest, max((self.tested(begin, end) for end in ends), default=0)) if safest else 1
        )
        for at, end in enumerate(ends):
            tested = self.tested(begin, end)
            if tested >= max(least, 1) and end >= self.firsts[0]:
                level, late, days, beyond, tight, past = self._at(end, at >= placed)
                short = ENOUGH - tested if tested < ENOUGH else 0
                score = (level >= 2, late, days, beyond, tight, past, short, 0, -tested)
                best = self._better(best, Fare(at, level, score), safest)
        return best or Fare(None, 3, (1, 1, 9999, len(self.months), 0, 0, ENOUGH, 0, 0))

    def _better(self, one: Fare | None, other: Fare, safest: bool) -> Fare:
        """Return the report that serves. For whoever sets no dates, one that is safe comes before one that covers more."""
        if one is None:
            return other
        first, second = one.score, other.score
        if safest or not self.sets_dates:
            first, second = safe_first(first), safe_first(second)
        return other if second < first else one

    def _at(self, end: date, later: bool) -> tuple[int, bool, int, int, bool, bool]:
        """Of a report on a period that ends then: level, whether it is late, by how many days it misses the date, months
        beyond a letter, whether it is tight, and whether it comes after the reader's usual last day."""
        fare = self._ends.get((end, later))
        if fare is None:
            hand, due, useful = self.course.in_hand(end, later), self.ask.due, self.ask.useful
            level = level_of(hand, due)
            days = 0
            if level >= 2 and due is not None:  # what is late is not hurried by ending within a month
                days = (self.course.in_hand(self.course.whole(end), later).typical - due).days
            past = useful is not None and hand.typical > useful
            fare = self._ends[end, later] = (level, level == 3, days, self.beyond(end), level == 1, past)
        return fare


_SENT_NOW = (0, 0, 0, 0, 0, 0, 0, 1, 0)
_NOTHING = Fare(None, 3, (1, 1, 9999, 0, 0, 0, 0, 0, 0))
"""How a request without a year fares where no report serves it."""


def safe_first(score: Score) -> Score:
    """Return a score with what is tight before the months out of reach."""
    unserved, late, days, beyond, tight, *rest = score
    return (unserved, late, days, tight, beyond, *rest)


def months_of(ask: DatedRequest) -> tuple[tuple[date, date], ...]:
    """Return the months of the year or period that a request wants covered, each by its first and last day."""
    if ask.year is None:
        return ()
    if ask.year_begins is None:
        return year_of(ask.year)
    months: list[tuple[date, date]] = []
    first = ask.year_begins
    while first <= ask.year and len(months) < 60:
        last = min(day_before(plus(first, 1)), ask.year)
        months.append((first, last))
        first = day_after(last)
    return tuple(months)
