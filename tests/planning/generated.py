"""Inputs of plans as hypothesis makes them, and a second judge that looks at every plan on a coarse grid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from base import KNOWLEDGE
from hypothesis import strategies as st
from msgspec.structs import replace

from socui.planning.calendar import day_after, plus
from socui.planning.extract import durations
from socui.planning.inputs import ABSENT, RUNNING, BigChange, DatedRequest, Held, Inputs
from socui.planning.model import InHand
from socui.profiles.records import EVENTS

LASTS = durations(KNOWLEDGE)
TODAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def asks(draw: st.DrawFn, today: date, report: str) -> DatedRequest:
    """A request on a report: with a year to be covered or not, near or far, of every force and Type."""
    covered = report == "soc1" and draw(st.booleans())
    end = draw(st.sampled_from([plus(date(today.year, m, 28), 0) for m in (3, 6, 9, 12)])) if covered else None
    end = plus(end.replace(day=1), 1) - timedelta(1) if end else None
    due = draw(st.none() | st.integers(20, 700).map(lambda n: today + timedelta(n)))
    return DatedRequest(
        asked_by="R",
        reader="user_auditor" if covered else draw(st.sampled_from(("security", "client", "prospect"))),
        force=draw(st.sampled_from(("law", "contract", "deal", "wish"))),
        reports=(report,),
        type=draw(st.sampled_from(("type2", "type1_ok", ""))),
        due=due if due or end is None else plus(end, 3),
        year=end,
        shortest=draw(st.sampled_from((None, None, 3))),
        max_age=draw(st.sampled_from((None, None, None, 6))),
    )


@st.composite
def reports_held(draw: st.DrawFn, today: date, report: str) -> Held:
    """A report held whose period ended up to fifteen months ago, or a Type 1 as of such a day."""
    last = plus(today.replace(day=1), -draw(st.integers(0, 15))) - timedelta(1)
    if draw(st.integers(0, 3)) == 0:
        return Held(report, "type1", last)
    begins = day_after(plus(last, -draw(st.sampled_from((12, 12, 9, 6)))))
    return Held(report, "type2", last, begins, opinion=draw(st.sampled_from(("", "qualified", "adverse"))))


def big_changes(today: date) -> st.SearchStrategy[BigChange]:
    """A big change up to two years before or after that day."""
    days = st.integers(-730, 730).map(lambda n: today + timedelta(n))
    return st.builds(BigChange, days, st.sampled_from(EVENTS), st.just("a ledger"))


@st.composite
def inputs(draw: st.DrawFn, most: int = 3) -> Inputs:
    """One or two reports, up to so many requests, controls of any age, a report held or none, big changes or none."""
    today = draw(TODAYS)
    reports = draw(st.sampled_from((("soc1",), ("soc2",), ("soc1", "soc2"))))
    wanted = [draw(asks(today, draw(st.sampled_from(reports)))) for _ in range(draw(st.integers(1, most)))]
    absent = draw(st.integers(0, 4)) == 0
    holds = [r for r in reports if not absent and draw(st.integers(0, 2)) == 0]
    held = {r: draw(reports_held(today, r)) for r in holds}
    return Inputs(
        today=today,
        durations=LASTS,
        reports=reports,
        asks=tuple(wanted),
        held=held,
        controls=ABSENT if absent else RUNNING,
        since=None if absent else today - timedelta(draw(st.integers(0, 900))),
        year_end=draw(st.sampled_from((None, date(2026, 12, 31), date(2026, 6, 30)))),
        changes=draw(st.lists(big_changes(today), max_size=2)),
    )


# ------------------------------------------------------------------------------------------------- the second judge


def naive_best(inputs: Inputs) -> tuple[int, ...]:
    """How requests fare at best with one or two periods of one report that end with a month: by walking through all of them,
    with nothing of the planner but the days on which reports are in hand."""
    from socui.planning.candidates import Course

    course = Course(inputs, inputs.reports[0])
    best: tuple[int, ...] | None = None
    exact = [plus(course.evidence, n) - timedelta(1) for n in (3, 6)]  # as long as a first period has to be, to the day
    exact = [
        d
        for d in exact
        if any(
            _level(ask, course.in_hand(d)) < _level(ask, course.in_hand(plus(d.replace(day=1), 1) - timedelta(1)))
            for ask in inputs.asks
        )
    ]
    for first in sorted({*_month_ends(inputs.today), *exact}):
        begin = course.evidence if course.fixed else max(course.evidence, day_after(plus(first, -12)))
        longest = 15 if course.fixed else 12
        if (
            first <= begin
            or first < plus(inputs.today, -6)
            or plus(begin, 3) > day_after(first)
            or (course.fixed and inputs.reports[0] == "soc1" and plus(begin, 5) > day_after(first))
            or first >= plus(begin, longest)
        ):
            continue
        for chain in _chains(begin, first, inputs):
            vector = _vector(inputs, course.in_hand, begin, chain)
            best = vector if best is None or vector < best else best
    return best or ()


def without_steps(inputs: Inputs) -> Inputs:
    """The inputs without the requests that a Type 1 report serves safely in time and no period does, where others stay."""
    from socui.planning.candidates import Course

    course = Course(inputs, inputs.reports[0])
    if inputs.reports[0] in inputs.held and course.current:
        return inputs
    _, hand = course.type1()
    steps = [
        ask
        for ask in inputs.asks
        if ask.type == "type1_ok" and not ask.year and ask.force != "wish" and _level(ask, hand) < 2
        if _type2_level(naive_best(replace(inputs, asks=(ask,)))) > _level(ask, hand)
    ]
    others = tuple(ask for ask in inputs.asks if ask not in steps)
    placing = [a for a in others if a.force != "wish" and not (a.year and not _worth(inputs, a))]
    return replace(inputs, asks=others) if placing else inputs


def _type2_level(vector: tuple[int, ...]) -> int:
    """0 where the best period is safe, 1 where it is tight, 2 where it is neither."""
    return 2 if any(vector[:4]) else vector[7] if vector else 2


def _month_ends(today: date) -> Iterator[date]:
    for n in range(-5, 40):
        yield plus(today.replace(day=1), n) - timedelta(1)


def _chains(begin: date, first: date, inputs: Inputs) -> Iterator[tuple[date, ...]]:
    """One period, or another one after it: five months at least for SOC 1, and longer than a year only one of both."""
    yield (first,)
    long = first >= plus(begin, 12)
    for n in range(5 if inputs.reports[0] == "soc1" else 3, 13 if long else 16):
        second = day_after(plus(first, n)) - timedelta(1)
        if second <= plus(inputs.today, 40):
            yield first, second


def _vector(inputs: Inputs, in_hand, begin: date, chain: tuple[date, ...]) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    """The first comparisons: unserved by force, late, days late, months out of reach, tight."""
    unserved, sums = [0, 0, 0, 0], [0, 0, 0, 0]
    for ask in inputs.asks:
        if ask.force == "wish" or (ask.year and not _worth(inputs, ask)):
            continue
        fared = min(_fares(inputs, ask, in_hand, begin, chain), default=(1, 1, 9999, 12 if ask.year else 0, 0))
        unserved[("law", "contract", "deal", "").index(ask.force)] += fared[0]
        for n in range(4):
            sums[n] += fared[n + 1]
    return (*unserved, *sums)


def _worth(inputs: Inputs, ask: DatedRequest) -> bool:
    from socui.planning.candidates import Course

    course = Course(inputs, inputs.reports[0])
    assert ask.year is not None
    return _tested(inputs, ask, course.begin(ask.year), ask.year) >= 3


def _fares(
    inputs: Inputs, ask: DatedRequest, in_hand, begin: date, chain: tuple[date, ...]
) -> Iterator[tuple[int, ...]]:  # type: ignore[no-untyped-def]
    held = inputs.held.get(inputs.reports[0])
    if held and (held.opinion in ("adverse", "disclaimer") or (held.type == "type1" and not ask.takes_type1)):
        held = None
    if held and ask.year:
        if held.begins and held.type == "type2" and _tested(inputs, ask, held.begins, held.last) >= 6:
            yield 0, 0, 0, _beyond(ask, held.last), int(_beyond(ask, held.last) > 0)
            if not _beyond(ask, held.last):
                return
    elif held and inputs.today <= plus(held.last, ask.max_age or 12):
        yield 0, 0, 0, 0, 0
        return
    for n, end in enumerate(chain):
        starts = day_after(chain[n - 1]) if n else begin
        if ask.year is None and plus(starts, ask.shortest or 6) > end + timedelta(1 if ask.shortest else 10):
            continue
        if ask.year and (not _tested(inputs, ask, begin, end) or end < day_after(plus(ask.year, -12))):
            continue
        hand = in_hand(end)
        level = _level(ask, hand)
        month = end if end in {a.year for a in inputs.asks} else plus(end.replace(day=1), 1) - timedelta(1)
        days = (in_hand(month).typical - ask.due).days if level >= 2 and ask.due else 0
        yield int(level >= 2), int(level == 3), days, _beyond(ask, end) if ask.year else 0, int(level == 1)
        if ask.year is None:
            return


def _level(ask: DatedRequest, hand: InHand) -> int:
    if ask.due is None:
        return 0
    return (hand.high > ask.due) + (hand.typical > ask.due) + (hand.low > ask.due)


def _months(ask: DatedRequest) -> Iterator[tuple[date, date]]:
    assert ask.year is not None
    for n in range(12, 0, -1):
        yield day_after(plus(ask.year, -n)), plus(ask.year, 1 - n)


def _tested(inputs: Inputs, ask: DatedRequest, begin: date, end: date) -> int:
    held = inputs.held.get(inputs.reports[0])
    spans = [(begin, end)]
    if held and held.begins and held.type == "type2":
        spans.append((held.begins, held.last))
        if begin == day_after(held.last):
            spans = [(held.begins, end)]
    return sum(any(b <= first and last <= e for b, e in spans) for first, last in _months(ask))


def _beyond(ask: DatedRequest, end: date) -> int:
    return sum(last > plus(end, 3) for _, last in _months(ask))
