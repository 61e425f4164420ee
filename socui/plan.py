"""The plan: the steps that fit the leaning, one after the other, in months and dates. A planning estimate, no promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from socui.decide import Decider
from socui.model import Condition, Knowledge, Step
from socui.profile import Profile

DAYS = 30.4375
"""Days in a month, on average."""

DELIVERS = ("type1", "report")
"""Kinds of steps at whose end a report is in hand."""

Months = tuple[float, float, float]


class Bar(Struct, frozen=True):
    """A step in time. `start` and `end` are months from today where everything before and the step itself takes its
    low, typical or high time; `begins` and `ends` are the dates of the same. `needed_by` is the date the report is
    needed, if one is known."""

    step: Step
    start: Months
    end: Months
    begins: tuple[date, date, date]
    ends: tuple[date, date, date]
    needed_by: date | None = None

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


def plan(
    knowledge: Knowledge, holds: Callable[[Condition], bool], today: date, dates: Mapping[str, date]
) -> tuple[Bar, ...]:
    """The steps whose condition holds, in authored order but each behind the one it comes after.

    A step that comes after one that does not hold takes the place of that one. `dates` are those of the profile.
    """
    steps = {s.id: s for s in knowledge.steps if s.condition is None or holds(s.condition)}
    after = {id: _before(knowledge, steps, step) for id, step in steps.items()}
    done: dict[str, Bar] = {}
    while len(done) < len(steps):
        for id, step in steps.items():
            if id not in done and (not after[id] or after[id] in done):
                start = done[after[id]].end if after[id] else (0.0, 0.0, 0.0)
                done[id] = _bar(step, start, today, dates.get("needed_by"))
                break
    return tuple(done.values())


def _before(knowledge: Knowledge, steps: Mapping[str, Step], step: Step) -> str:
    all_steps = {s.id: s for s in knowledge.steps}
    id = step.after
    while id and id not in steps:
        id = all_steps[id].after
    return id


def _bar(step: Step, start: Months, today: date, needed_by: date | None) -> Bar:
    low, typical, high = (s + m for s, m in zip(start, step.months, strict=True))
    end = (low, typical, high)
    return Bar(step, start, end, _dates(today, start), _dates(today, end), needed_by)


def _dates(today: date, months: Months) -> tuple[date, date, date]:
    low, typical, high = (_later(today, m) for m in months)
    return low, typical, high


def _later(today: date, months: float) -> date:
    days = round(months * DAYS)
    return today + timedelta(days=min(days, (date.max - today).days))


def year_ends(profile: Profile, today: date, bars: Sequence[Bar]) -> tuple[date, ...]:
    """The days on which most clients close their fiscal year, from today to the end of the plan; none where they close at
    many dates or it is not known."""
    id = "client_year_end"
    known = id not in profile.not_sure and id not in profile.confirm and profile.answers.get(id) == "calendar"
    day = profile.dates.get("year_end") or (date(today.year, 12, 31) if known else None)
    until = max((bar.ends[2] for bar in bars), default=today)
    if day is None:
        return ()
    years = range(today.year, until.year + 1)
    days = (day.replace(year=y) if (day.month, day.day) != (2, 29) else date(y, 3, 1) - timedelta(1) for y in years)
    return tuple(d for d in days if today <= d <= until)


def holding(decider: Decider, profile: Profile, today: date | None = None) -> Callable[[Condition], bool]:
    """What tells whether a condition holds under the leaning of a profile's answers, results included."""
    filled, _ = decider.leaning.fill(decider.given(profile, today))
    said = {**filled, **decider.concluded(decider.known(filled))}
    return lambda condition: decider.leaning.holds(condition, said)
