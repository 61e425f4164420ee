"""Lists the possible periods of a report: where they begin and end, and when each report is in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from socui.planning.calendar import day_after, day_before, month_end, month_start, plus
from socui.planning.inputs import ABSENT, Inputs, MonthRange
from socui.planning.model import InHand

GRACE = 10
"""Days by which a period may fall short of a customary length and still count as that long."""

_ABOUT = 1
"""Months by which the period that moves the end may fall short of custom, to end where those who asked close."""


class Course:
    """The days of one report's periods, worked out once for its plan.

    The first period carries on from the report held without a gap, where the controls went on; else it begins with the
    evidence. Ends are last days of months, the days that requests name, and the days on which a first period is just as long
    as custom or a reader wants it.
    """

    def __init__(self, inputs: Inputs, report: str) -> None:
        self.inputs, self.report, self.lasts = inputs, report, inputs.durations
        self.held = inputs.renews(report)
        self.asks = inputs.asks_for(report)
        self._hands: dict[tuple[date, bool], InHand] = {}

    @cached_property
    def current(self) -> bool:
        """Whether the report held is not stale: its firm is at hand."""
        held = self.inputs.held.get(self.report)
        return held is not None and plus(held.last, self.lasts.stale) >= self.inputs.today

    @cached_property
    def ready(self) -> tuple[date, date, date]:
        """When controls run, low, typical and high: the day of the evidence, or when they will be in place. Without them the
        typical day is the first of a month."""
        if self.inputs.controls != ABSENT:
            since = self.inputs.since or self.inputs.today
            return since, since, since
        low, typical, high = (plus(self.inputs.today, m) for m in self.lasts.ready)
        return low, month_start(typical), max(high, month_start(typical))

    @cached_property
    def evidence(self) -> date:
        """The first day that a period may hold."""
        held = self.inputs.held.get(self.report)
        if held is None:
            return self.ready[1]
        follows = day_after(held.last)
        return follows if self.goes_on else max(follows, self.ready[1])

    @cached_property
    def goes_on(self) -> bool:
        """Whether the controls of the report held went on, so that the next period begins the day after it."""
        held = self.inputs.held.get(self.report)
        if held is None or self.inputs.controls == ABSENT:
            return False
        if self.inputs.since is None or self.inputs.since <= day_after(held.last):
            return True
        # The day names the control that started last: with a new unit or a report of its own it speaks of those.
        bought = any(c.kind == "acquisition" and c.day >= held.first for c in self.inputs.changes)
        return bought or any(r != self.report and r not in self.inputs.held for r in self.inputs.reports)

    @cached_property
    def fixed(self) -> bool:
        """Whether the first period has to begin on one day, not to leave a gap after the report held."""
        return self.held is not None and self.goes_on and self.evidence > self._too_old

    @property
    def _too_old(self) -> date:
        return plus(self.inputs.today, -self.lasts.moved - self.lasts.behind)

    @property
    def most(self) -> int:
        """Months that the first period may have."""
        return self.lasts.moved if self.fixed else self.lasts.longest

    def begin(self, end: date) -> date:
        """Return the first day of a first period that ends then: as early as evidence and the length of a period allow."""
        if self.fixed:
            return self.evidence
        return max(self.evidence, day_after(plus(end, -self.lasts.longest)))

    def length_ok(self, begin: date, end: date, months: int, short_by: int = GRACE) -> bool:
        """Return whether a period is that long, but for a few days: custom counts in months, a promise or a rule to
        the day."""
        return plus(begin, months) <= _moved(end, max(short_by, 1))

    @cached_property
    def ends(self) -> list[date]:
        """The days at which a period may stop, in order: not long before today, as far on as requests look."""
        today = self.inputs.today
        wanted = [a.year for a in self.asks if a.year] + [a.due for a in self.asks if a.due]
        start = max(self.evidence, today)
        horizon = max([plus(start, self.lasts.moved), *(plus(day, 1) for day in wanted)])
        horizon = min(horizon, plus(start, 48))
        first = month_end(plus(today, -self.lasts.behind))
        days = {a.year for a in self.asks if a.year and first <= a.year <= horizon}
        if not self.fixed:
            lengths = {self.lasts.shortest, self.custom(), *(a.shortest for a in self.asks if a.shortest)}
            days |= {d for d in (day_before(plus(self.evidence, n)) for n in lengths) if first <= d <= horizon}
        day = first
        while day <= horizon and day < date.max:
            days.add(day)
            day = month_end(day_after(day))
        return sorted(d for d in days if d > self.evidence)

    def whole(self, end: date) -> date:
        """Return the day itself where it ends a month or a year to be covered, else the end of its month."""
        return end if end in self._years else month_end(end)

    @cached_property
    def _years(self) -> frozenset[date]:
        return frozenset(a.year for a in self.asks if a.year)

    def firsts(self) -> Iterator[tuple[date, date]]:
        """First periods: begin and end, of every length that is of use."""
        for end in self.ends:
            begin = self.begin(end)
            if self.long_enough(begin, end) and end < plus(begin, self.most):
                yield begin, end

    def long_enough(self, begin: date, end: date) -> bool:
        """Return whether a first period is no shorter than the shortest, or, where it follows on another, than
        `follows`."""
        return self.length_ok(begin, end, self.follows if self.fixed else self.lasts.shortest, 0)

    @property
    def follows(self) -> int:
        """Months that a period has at least where it follows on another: of SOC 1 about what is custom, for no excuse is
        left for fewer."""
        return self.lasts.custom_soc1 - _ABOUT if self.report == "soc1" else self.lasts.shortest

    def custom(self) -> int:
        """Months that a first period has by custom."""
        return self.lasts.custom_soc1 if self.report == "soc1" else self.lasts.custom_soc2

    # ------------------------------------------------------------------------------------------------ in hand

    def in_hand(self, end: date, later: bool = False) -> InHand:
        """Return when the report on a period that ends then is in hand; see `_work_out`."""
        hand = self._hands.get((end, later))
        if hand is None:
            hand = self._hands[end, later] = self._work_out(end, later)
        return hand

    def _work_out(self, end: date, later: bool) -> InHand:
        """Return when the report on a period that ends then is in hand. A firm starts no sooner than it can be
        engaged, unless the last report is current; where controls are not in place yet, the period moves with them.
        `later`: a next period."""
        today = self.inputs.today
        ahead = end > plus(today, self.lasts.reach)
        again = later or (self.current and self.held is not None)
        months: MonthRange = self.lasts.renewal if again and ahead else self.lasts.type2
        engage: MonthRange = (0, 0, 0) if self.current else self.lasts.engage
        shift = [(day - self.ready[1]).days for day in self.ready] if self.inputs.controls == ABSENT else [0, 0, 0]
        low, typical, high = (
            plus(max(_moved(end, days), plus(today, start)), takes)
            for days, start, takes in zip(shift, engage, months, strict=True)
        )
        return InHand(low, typical, high)

    def type1(self) -> tuple[date, InHand]:
        """Return the as-of date of a Type 1 report, and when it is in hand: no sooner than its fieldwork takes from
        that very date."""
        today = self.inputs.today
        days = [plus(today, m) for m in self.lasts.prepare]
        if self.inputs.controls == ABSENT:
            low, typical, high = self.ready
            days = [max(a, b) for a, b in zip(days, (low, day_before(typical), day_before(high)), strict=True)]
        as_of = days[1]
        low, typical, high = (plus(max(as_of, day), m) for day, m in zip(days, self.lasts.type1, strict=True))
        return as_of, InHand(low, typical, high)


def level_of(hand: InHand, due: date | None) -> int:
    """0 on_time, 1 tight, 2 unlikely, 3 late."""
    if due is None or hand.high <= due:
        return 0
    return 1 if hand.typical <= due else 2 if hand.low <= due else 3


def _moved(day: date, days: int) -> date:
    if days > 0 and (date.max - day).days < days:
        return date.max
    return day + timedelta(days)
