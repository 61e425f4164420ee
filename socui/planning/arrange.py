"""From the chosen periods to the reports of a plan: the period after them, and a Type 1 report first where one is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from socui.planning.calendar import day_after, day_before, plus
from socui.planning.candidates import level_of
from socui.planning.choose import Chain, ChainPair, ReportChoice, pairs
from socui.planning.inputs import DatedRequest, Inputs
from socui.planning.judge import Reader
from socui.planning.model import DateSpan, InHand, PlannedReport
from socui.planning.year_ends import is_steady, is_too_late, steady_ends

CLEARLY = 30
"""Days by which a Type 1 report has to be there before the Type 2 report, to be worth an examination as a mere step."""
NO_RELIANCE = ("user_auditor", "service_auditor")
"""Readers to whom a Type 1 report gives nothing to rely on."""


class PlanSearch(Struct, frozen=True):
    """What was searched for inputs: the choices for each report, the best plans in order, the one that is `chosen` (None
    where there is none), and its reports."""

    choices: tuple[ReportChoice, ...] = ()
    ranked: tuple[ChainPair, ...] = ()
    chosen: ChainPair | None = None
    reports: tuple[PlannedReport, ...] = ()


def search_plans(inputs: Inputs) -> PlanSearch:
    """Return the plans for inputs, and the one that is chosen: plans and their proofs both ask here."""
    choices = tuple(ReportChoice(inputs, report) for report in inputs.reports)
    ranked = tuple(pairs(choices))
    if not ranked:
        return PlanSearch()
    return PlanSearch(choices, ranked, ranked[0], arranged(choices, ranked[0].chains))


def arranged(choices: Sequence[ReportChoice], chains: Sequence[Chain]) -> tuple[PlannedReport, ...]:
    """Return the reports of a plan in order of time."""
    reports: list[PlannedReport] = []
    ends: list[date] = []
    for choice, chain in zip(choices, chains, strict=True):
        others = [e for o, c in zip(choices, chains, strict=True) if o is not choice for e in c.ends]
        last = next_end(choice, chain, [*others, *ends])
        ends.append(last)
        reports += type1_first(choice, chain, last)
        reports += periods(choice, chain, last)
    return tuple(sorted(reports, key=lambda r: (r.in_hand.typical, r.report, r.last)))


def periods(choice: ReportChoice, chain: Chain, last: date) -> list[PlannedReport]:
    """Return the periods of a chain, and the one after it."""
    course, reports = choice.course, []
    held = choice.inputs.held.get(choice.report)
    ends = (*chain.ends, last)
    for at, (begin, end) in enumerate(Chain(chain.begin, ends).periods()):
        gap, renewed = None, False
        if at == 0 and held is not None and held.type == "type2":
            if begin > day_after(held.last):
                gap = DateSpan(day_after(held.last), day_before(begin))
            renewed = gap is None and choice.inputs.today <= plus(held.last, course.lasts.reach)
        reports.append(
            PlannedReport(
                report=choice.report,
                type="type2",
                in_hand=course.in_hand(end, at == len(chain.ends)),
                begins=begin,
                ends=end,
                next=at == len(chain.ends),
                look_back=begin < choice.inputs.today and not renewed,
                gap=gap,
                bridge=DateSpan(day_after(end), plus(end, course.lasts.reach)),
            )
        )
    return reports


def next_end(choice: ReportChoice, chain: Chain, others: Sequence[date]) -> date:
    """Return the end of the period after those of a chain: twelve months on, or where it suits clients or the other
    report better; sooner where readers close at different dates and one of them would have nothing for its next
    year."""
    usual = _usual_end(choice, chain, others)
    years = {(r.ask.year.month, r.ask.year.day) for r in choice.binding if r.ask.year}
    if len(years) < 2:
        return usual
    readers = [Reader(_next_year(r.ask), choice.course) for r in choice.binding if r.ask.year]

    def cost(end: date) -> tuple[int, int, int]:
        """Return how the readers fare a year on: unserved, late, months out of reach."""
        scores = [r.fare(chain.begin, (*chain.ends, end), len(chain.ends)).score for r in readers]
        unserved, late, beyond = (sum(s[n] for s in scores) for n in (0, 1, 3))
        return unserved, late, beyond

    best, last = cost(usual), chain.ends[-1]
    sooner = [plus(last, n) for n in range(choice.course.custom(), choice.inputs.durations.longest)]
    better = [end for end in sooner if cost(end) < best]
    return min(better, key=lambda end: (cost(end), -end.toordinal()), default=usual)


def _next_year(ask: DatedRequest) -> DatedRequest:
    """Return the same request, a year on."""
    days = {name: getattr(ask, name) for name in ("year", "year_begins", "due", "useful")}
    return replace(ask, **{name: plus(day, 12) if day else None for name, day in days.items()})


def _usual_end(choice: ReportChoice, chain: Chain, others: Sequence[date]) -> date:
    """Twelve months on, or where it suits clients or the other report better."""
    last, lasts = chain.ends[-1], choice.course.lasts
    year = plus(last, lasts.longest)
    shared = [e for e in others if plus(last, lasts.shortest) <= e <= plus(last, lasts.moved)]
    if shared:
        return max(shared)
    if choice.report != "soc1" or choice.inputs.year_end is None:
        return year
    year_end = choice.inputs.year_end
    moved = choice.course.fixed and choice.suits.reached(last) and not is_too_late(last, year_end, choice.kind)
    if moved or is_steady(last, year_end, choice.kind, lasts.reach):
        return year  # what carries on moves its end once, and keeps it
    suited = [
        *steady_ends(year_end, choice.kind, plus(last, lasts.custom_soc1), lasts.reach),
        *steady_ends(year_end, choice.kind, year, lasts.reach),
    ]
    fitting = [e for e in suited if plus(last, lasts.custom_soc1) <= e <= year]
    return max(fitting, default=year)


# ---------------------------------------------------------------------------------------------------- Type 1


def type1_first(choice: ReportChoice, chain: Chain, last: date) -> list[PlannedReport]:
    """Return a Type 1 report, where a binding date is not safe with Type 2: it is in time, or nearer to it, for a
    reader that takes one, or comes clearly sooner as a step for a reader that has to be asked. A year that no period can
    test places none, but its reader may take a Type 1 report all the same. `last` ends the period after those."""
    course = choice.course
    if choice.report in choice.inputs.held and course.current:
        return []
    as_of, hand = course.type1()
    clearly = (course.in_hand(chain.ends[0]).typical - hand.typical).days >= CLEARLY
    for reader in (r for r in choice.readers if r.ask.binding):
        level = reader.fare(chain.begin, (*chain.ends, last), len(chain.ends), safest=True).level
        safer = reader.ask.takes_type1 and type1_level(hand, reader.ask) < level
        if safer or (clearly and level >= 2 and takes_step(reader.ask)):
            return [PlannedReport(choice.report, "type1", hand, as_of=as_of)]
    return []


def takes_step(ask: DatedRequest) -> bool:
    """Return whether a Type 1 report is of use to a reader: it takes one, or can be asked to take one as a step."""
    return ask.type == "type1_ok" or ask.reader not in NO_RELIANCE


def type1_level(hand: InHand, ask: DatedRequest) -> int:
    """Return the answer that a Type 1 report gives to a request that takes one."""
    return level_of(hand, ask.due)
