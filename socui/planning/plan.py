"""The plan: the steps that fit the leaning, one after the other, in months and dates. A planning estimate, no promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from socui.deciding.decide import Decider
from socui.knowledge.model import Condition, Knowledge, Step
from socui.planning.calendar import end_of_month, following, month_on, next_of, serving, shifted
from socui.profiles.profile import Profile

DAYS = 30.4375
"""Days in a month, on average."""

DELIVERS = ("type1", "report")
"""Kinds of steps at whose end a report is in hand."""
PERIODS = ("period", "next")
"""Kinds of steps that run from the first day of a month to the last of one."""

YEAR_END = "client_year_end"
CALENDAR = Condition(when={YEAR_END: ("calendar",)})

T = TypeVar("T")

Months = tuple[float, float, float]
Days = tuple[date, date, date]


class Bar(Struct, frozen=True):
    """A step in time. `start` and `end` are months from today where everything before and the step itself takes its
    low, typical or high time; `begins` and `ends` are the dates of the same; `months`: least, typical, most. `needed_by`
    is the date the report is needed, `year_end` the day on which most clients close their year, if known. `signed` is
    when a bridge letter can be dated at the earliest: not before the report is issued nor before what it covers ends."""

    step: Step
    start: Months
    end: Months
    begins: Days
    ends: Days
    months: Months
    needed_by: date | None = None
    year_end: date | None = None
    signed: Days | None = None

    @property
    def today(self) -> date:
        """The day from which the months count."""
        return self.begins[0] - timedelta(round(self.start[0] * DAYS))

    @property
    def delivers(self) -> bool:
        """Whether a report is in hand at its end, which is then held against the date needed."""
        return self.step.kind in DELIVERS

    @property
    def late_by(self) -> int | None:
        """Days by which the typical end misses the date needed, negative where there is time left; None without one."""
        return None if self.needed_by is None else (self.ends[1] - self.needed_by).days

    @property
    def chance(self) -> str:
        """Against the date needed: "in time", "tight" (in time if it takes no longer than typical), "hardly" (in time
        only at the low end), "late" or "" without a date."""
        if self.needed_by is None:
            return ""
        made = sum(end <= self.needed_by for end in self.ends)
        return ("late", "hardly", "tight", "in time")[made]


def planned(decider: Decider, profile: Profile, today: date) -> tuple[Bar, ...]:
    """The plan of a profile as of a day."""
    holds = holding(decider, profile, today)
    # A day of the profile names the year end; without one the usual 31 December has to be answered or presumed.
    year_end = profile.dates.get("year_end") or (date(today.year, 12, 31) if holds(CALENDAR) else None)
    return plan(decider.knowledge, holds, today, profile.dates, year_end)


def plan(
    knowledge: Knowledge,
    holds: Callable[[Condition], bool],
    today: date,
    dates: Mapping[str, date],
    year_end: date | None = None,
) -> tuple[Bar, ...]:
    """The steps whose condition holds, in authored order but each behind the one it comes after.

    A step that comes after one that does not hold takes the place of that one. `dates` are those of the profile. The
    periods that serve clients' `year_end` are placed by it, unless only that makes a report miss the date needed.
    """
    steps = {s.id: s for s in knowledge.steps if s.condition is None or holds(s.condition)}
    placed = _Plan(knowledge, steps, today, dates.get("needed_by"), year_end, True).bars()
    if year_end and (late := _late(placed)):
        soon = _Plan(knowledge, steps, today, dates.get("needed_by"), year_end, False).bars()
        return soon if _late(soon) < late else placed
    return placed


def _late(bars: Sequence[Bar]) -> set[str]:
    return {bar.step.id for bar in bars if bar.delivers and (bar.late_by or 0) > 0}


class _Plan(Struct, frozen=True):
    knowledge: Knowledge
    steps: Mapping[str, Step]
    today: date
    needed_by: date | None
    year_end: date | None
    placed: bool

    def bars(self) -> tuple[Bar, ...]:
        """Every step as a bar, each behind the one it comes after."""
        all_steps = {s.id: s for s in self.knowledge.steps}
        after = {id: self._holding(all_steps, step.after) for id, step in self.steps.items()}
        since = {id: self._holding(all_steps, step.since) for id, step in self.steps.items()}
        done: dict[str, Bar] = {}
        while len(done) < len(self.steps):
            for id, step in self.steps.items():
                if id not in done and all(not before or before in done for before in (after[id], since[id])):
                    done[id] = self._bar(step, done.get(after[id]), done.get(since[id]))
                    break
        return tuple(bar for bar in done.values() if bar.step.kind != "bridge" or bar.signed)

    def _holding(self, all_steps: Mapping[str, Step], id: str) -> str:
        """The step of that id, or the next before it that holds; "" where none does."""
        while id and id not in self.steps:
            id = all_steps[id].after
        return id

    def _bar(self, step: Step, after: Bar | None, since: Bar | None) -> Bar:
        before = since or after
        start = before.end if before else (0.0, 0.0, 0.0)
        begins = before.ends if before else (self.today,) * 3
        if step.kind in PERIODS:
            begins = _three([next_of(day, self.today) for day in begins])
            return self._dated(
                step, begins, _three([self._last(step, day, m) for day, m in zip(begins, step.months, strict=True)])
            )
        low, typical, high = (s + m for s, m in zip(start, step.months, strict=True))
        ends = _three([_later(self.today, m) for m in (low, typical, high)])
        if step.kind == "lookback":
            # A period ends with a month; one that is mostly over does not run past a year end that it can serve.
            due = following(self.year_end, self.today) if step.serves and self.year_end and self.placed else date.max
            ends = _three([min(shifted(end, 0), max(due, begin)) for begin, end in zip(begins, ends, strict=True)])
            return self._dated(step, begins, ends)
        if step.kind == "bridge":
            return self._bridge(step, begins, after)
        return Bar(step, start, (low, typical, high), begins, ends, step.months, self.needed_by, self.year_end)

    def _last(self, step: Step, first: date, months: float) -> date:
        last = end_of_month(first, months)
        later = step.kind == "next"
        if not (step.serves and self.year_end and (later or self.placed)):
            return last
        return serving(first, self.year_end, later)

    def _bridge(self, step: Step, begins: Days, report: Bar | None) -> Bar:
        """What a letter can cover: from the end of the period to clients' year end, as far as it reaches by custom. It is
        not signed where the period ends with that year: nothing is to be bridged."""
        if step.serves and self.year_end and following(self.year_end, begins[1]) == begins[1]:
            return self._dated(step, begins, begins)
        ends = []
        begins = _three([day + timedelta(1) if day < date.max else day for day in begins])
        for begin, reach in zip(begins, step.months, strict=True):
            last = end_of_month(begin, reach)
            due = following(self.year_end, begin) if step.serves and self.year_end else last
            ends.append(min(last, due))
        signed = _three([max(end, issued) for end, issued in zip(ends, report.ends if report else ends, strict=True)])
        return self._dated(step, begins, _three(ends), signed)

    def _dated(self, step: Step, begins: Days, ends: Days, signed: Days | None = None) -> Bar:
        start, end = (_three([(day - self.today).days / DAYS for day in days]) for days in (begins, ends))
        taken = [month_on(a, b) for a, b in zip(begins, ends, strict=True)]
        months = (min(taken), taken[1], max(taken))
        return Bar(step, start, end, begins, ends, months, self.needed_by, self.year_end, signed)


def _three(found: Sequence[T]) -> tuple[T, T, T]:
    low, typical, high = found
    return low, typical, high


def _later(today: date, months: float) -> date:
    days = round(months * DAYS)
    return today + timedelta(days=min(days, (date.max - today).days))


def year_ends(today: date, bars: Sequence[Bar]) -> tuple[date, ...]:
    """The days on which most clients close their fiscal year, from today to the end of the plan; none where they close at
    many dates or it is not known."""
    day = next((bar.year_end for bar in bars), None)
    until = max((bar.ends[2] for bar in bars), default=today)
    found: list[date] = []
    while day is not None and (due := following(day, found[-1] + timedelta(1) if found else today)) <= until:
        found.append(due)
        if due == date.max:
            break
    return tuple(found)


def year_end_said(profile: Profile) -> bool:
    """Whether the person said when clients close their year; else it is presumed where a plan has one."""
    unsure = YEAR_END in profile.not_sure or YEAR_END in profile.confirm
    return "year_end" in profile.dates or (YEAR_END in profile.answers and not unsure)


def holding(decider: Decider, profile: Profile, today: date | None = None) -> Callable[[Condition], bool]:
    """What tells whether a condition holds under the leaning of a profile's answers, results included."""
    filled, _ = decider.leaning.fill(decider.given(profile, today))
    said = {**filled, **decider.concluded(decider.known(filled))}
    return lambda condition: decider.leaning.holds(condition, said)
