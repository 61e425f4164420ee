"""What has to hold of every plan, over a grid of made inputs: `socui check` runs it, property tests try it over generated ones.

T1 more time and T2 older evidence make no request worse off. T3 a reader that takes a Type 1 report is no worse off than one
that names Type 2. T4 a band says what all its days have in common. T5 no other plan is better for one request and worse for none.
T6 no period holds a day before the evidence, and none leaves a gap that could be avoided. T7 who takes a request away makes
nobody worse off. T8 every date in a sentence is a date of the plan. T9 a day later moves a plan by days, or by the month
with which a period ends (where nobody set a date: the quarter, or the end that suits clients' year), and says on which day.

What "worse off" means. For one request it is read exactly: no worse answer, no fewer months tested (with two reports, whose
ends are brought together, and after a report held, whose cycle is kept, up to the nine months from which a letter reaches the
end of the year). For several it cannot be
that each keeps what it has. Let two contracts need ends that exclude each other. Where A's date is too early for any report,
T5 wants B served; where B's is, A. Give both the later date: each keeps its report by T1, and no plan serves both. The same
two dates break T2, with evidence in place of time, and T7: whoever is taken away may have been what tipped the balance between
the two others. So several are compared as they are chosen, by the head of ORDER: how many are unserved, by force, then how
late, and so on. That it never rises follows from each request's own share never rising for any period. Two things are held
beside it: the answer to none that sets dates is worse while the head and the number of examinations stay as they are, and
each request, if it were the only one, is held exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.knowledge.sources import DURATIONS
from socui.planning.arrange import PlanSearch, search_plans
from socui.planning.bands import check_bands, check_t4
from socui.planning.calendar import day_after
from socui.planning.candidates import level_of
from socui.planning.choose import ChainPair, ReportChoice, Vector, joint_vector
from socui.planning.claims import check_claims, check_t8
from socui.planning.inputs import DatedRequest, Inputs
from socui.planning.judge import ENOUGH
from socui.planning.made_inputs import made_inputs, shape
from socui.planning.model import PlannedReport
from socui.planning.outcomes import Judge
from socui.planning.words import listed

_UNSERVED = 4
"""The level where no report is what was asked for, after that of one that is late."""
HEAD = 10
"""How many of the first comparisons of ORDER are about how requests fare."""

Fares = tuple[tuple[int, int], ...]
"""Of each request the level (0 on_time to 3 late) and the months tested, those counted down from none; none where a Type 1
report serves."""


class _Outcome(Struct, frozen=True):
    """What a plan gives, without its sentences."""

    inputs: Inputs
    search: PlanSearch = PlanSearch()
    fares: Fares = ()
    weighed: tuple[bool, ...] = ()
    """Of each request whether periods are placed by it: no wish, no year that nothing can test, none that is served already, no
    first step that a Type 1 report alone serves."""

    @property
    def reports(self) -> tuple[PlannedReport, ...]:
        """The reports of the plan."""
        return self.search.reports

    @property
    def head(self) -> Vector:
        """How requests fare, in the order of ORDER."""
        return joint_vector(self.search.chosen.chains, False)[:HEAD] if self.search.chosen else ()

    def serves(self, pair: ChainPair) -> tuple[bool, ...]:
        """Return of each request that places periods whether those periods serve it in time, typically."""
        by = zip(self.search.choices, pair.chains, strict=True)
        return tuple(r.fare(chain.begin, chain.ends).level < 2 for choice, chain in by for r in choice.placing)


def outcome_of(inputs: Inputs) -> _Outcome:
    """Return the plan that rests on inputs, without sentences. Without any plan every request is unserved."""
    search = search_plans(inputs)
    choices, reports = search.choices, search.reports
    if search.chosen is None:
        return _Outcome(inputs, fares=((_UNSERVED, 0),) * len(inputs.asks))
    judge = Judge(inputs, choices, reports)
    served = [judge.served(ask) for ask in inputs.asks]
    fares = tuple((s.level, -(s.months or 0) * (s.type == "type2")) if s else (_UNSERVED, 0) for s in served)
    placing = [r.ask for choice in choices for r in choice.placing if not r.served_already]
    weighed = tuple(any(ask is p for p in placing) for ask in inputs.asks)
    return _Outcome(inputs, search, fares, weighed)


def prove_plans(knowledge: Knowledge) -> tuple[str, ...]:
    """Return what does not hold of plans over the grid of made inputs; a line each, with the inputs that show it."""
    failures: list[str] = []
    if missing := [id for id in DURATIONS if id not in knowledge.durations]:
        return tuple(f"T0 [{id}] has no [[duration]]: a plan needs them all" for id in missing if knowledge.durations)
    failures += check_claims(knowledge)
    for name, inputs in made_inputs(knowledge):
        for proof in PLAN_PROOFS:
            failures += [f"{proof.__name__[6:].upper()} [{name}] {what}" for what in proof(inputs)]
        failures += [f"T4 [{name}] {what}" for what in check_t4(inputs, knowledge)]
        failures += [f"T8 [{name}] {what}" for what in check_t8(inputs, knowledge)]
    failures += [f"T4 {what}" for what in check_bands(Decider(knowledge))]
    return tuple(failures)


# ------------------------------------------------------------------------------------------------------- the proofs


def worse(before: Fares, after: Fares, most: int = 12, weighed: Sequence[bool] = ()) -> Iterator[str]:
    """Yield the requests that are worse off afterwards: later, or with fewer months tested, up to so many, and no
    less late; of several only those that periods are placed by."""
    for n, (one, other) in enumerate(zip(before, after, strict=True)):
        if weighed and not weighed[n]:
            continue  # what a wish gets on the way of others, nobody promised it
        if other[0] > one[0] or (other[0] == one[0] and max(other[1], -most) > max(one[1], -most)):
            yield f"request {n + 1}: {one} becomes {other}"


def _compare(before: Inputs, after: Inputs) -> Iterator[str]:
    """Yield what is worse after a change: for one request exactly; for several in the order of the choice."""
    one, other = outcome_of(before), outcome_of(after)
    if len(before.asks) == 1:
        yield from worse(one.fares, other.fares, 12 if len(before.reports) == 1 and not before.held else ENOUGH)
        return
    if one.weighed != other.weighed:
        return  # a year that nothing could test before can be tested now, and takes its part
    if other.head > one.head:
        yield f"{one.head} becomes {other.head}"
    lost = list(worse(one.fares, other.fares, 0, one.weighed))  # the head counts months
    if (
        lost and other.head == one.head and len(other.reports) >= len(one.reports)
    ):  # fewer examinations have their price
        yield f"{listed(lost)}, and nobody is better off"


def _alone(inputs: Inputs) -> Iterator[Inputs]:
    """Yield each request as the only one, and all of them together."""
    for ask in inputs.asks if len(inputs.asks) > 1 else ():
        yield replace(inputs, asks=(ask,))
    yield inputs


def check_t1(inputs: Inputs) -> Iterator[str]:
    """More time makes nobody worse off."""
    for some in _alone(inputs):
        for n, ask in enumerate(some.asks):
            for days in (1, 31, 150) if ask.due else ():
                yield from _compare(some, _with(some, n, replace(ask, due=_days(ask.due, days))))


def check_t2(inputs: Inputs) -> Iterator[str]:
    """Older evidence makes nobody worse off. A wish alone has no claim: it moves no period that carries on from another."""
    for some in _alone(inputs):
        for days in (1, 31, 150) if some.since and any(a.binding for a in some.asks) else ():
            yield from _compare(some, replace(some, since=_days(some.since, -days)))


def check_t3(inputs: Inputs) -> Iterator[str]:
    """Yield requests that fare worse if they take a Type 1 report, or name no Type, than if they name Type 2, or that come
    off worse than with the Type 1 report that they take."""
    for n, ask in enumerate(inputs.asks):
        named = outcome_of(_with(inputs, n, replace(ask, type="type2"))).fares
        taken = outcome_of(_with(inputs, n, replace(ask, type="type1_ok"))).fares
        unnamed = outcome_of(_with(inputs, n, replace(ask, type=""))).fares
        if taken[n][0] > named[n][0] or unnamed[n][0] > named[n][0]:
            yield f"request {n + 1}: Type 2 {named[n]}, Type 1 taken {taken[n]}, unnamed {unnamed[n]}"
        soonest = _soonest_type1(inputs, ask)
        if taken[n][0] > soonest:
            yield f"request {n + 1}: {taken[n]}, though a Type 1 report that it takes would be {soonest}"


def _soonest_type1(inputs: Inputs, ask: DatedRequest) -> int:
    """Return the level that Type 1 reports alone give to a request; the last one to a wish, for which none is made, and
    where a report held is renewed."""
    levels = []
    for report in (r for r in ask.reports if r in inputs.reports):
        course = ReportChoice(inputs, report).course
        made = ask.binding and not (report in inputs.held and course.current)
        levels.append(level_of(course.type1()[1], ask.due) if made else 3)
    return (min if ask.either else max)(levels, default=_UNSERVED)


def check_t5(inputs: Inputs) -> Iterator[str]:
    """No other plan is better for one request and worse for none, with as few examinations."""
    outcome = outcome_of(inputs)
    chosen, best = outcome.search.chosen, outcome.head
    if chosen is None:
        return
    served = outcome.serves(chosen)
    for pair in outcome.search.ranked:
        head, serves = joint_vector(pair.chains, False)[:HEAD], outcome.serves(pair)
        better = head != best and all(a <= b for a, b in zip(head, best, strict=True))
        more = serves != served and all(a >= b for a, b in zip(serves, served, strict=True))
        if better or more:
            yield f"{[c.ends for c in pair.chains]} dominates {[c.ends for c in chosen.chains]}"


def check_t6(inputs: Inputs) -> Iterator[str]:
    """No period holds a day before the evidence; each begins the day after the one before it."""
    for choice in (ReportChoice(inputs, report) for report in inputs.reports):
        outcome = outcome_of(inputs)
        last = None
        for report in (r for r in outcome.reports if r.report == choice.report and r.begins and r.ends):
            assert report.begins and report.ends
            if report.begins < choice.course.evidence:
                yield f"{report.report} begins on {report.begins}, before {choice.course.evidence}"
            if last is not None and report.begins != day_after(last):
                yield f"{report.report} begins on {report.begins}, not the day after {last}"
            if last is None and choice.course.fixed and report.begins != choice.course.evidence:
                yield f"{report.report} begins on {report.begins}: the last period ended before {choice.course.evidence}"
            last = report.ends


def check_t7(inputs: Inputs) -> Iterator[str]:
    """Yield what shows that taking a request away makes another worse off. Months out of a letter's reach come before what is
    tight in ORDER, so that one alone may get more months and less slack: that is no loss."""
    before = outcome_of(inputs)
    for n in range(len(inputs.asks)) if len(inputs.asks) > 1 else ():
        after = outcome_of(replace(inputs, asks=(*inputs.asks[:n], *inputs.asks[n + 1 :])))
        placed = (*before.weighed[:n], *before.weighed[n + 1 :])
        if (
            after.head > before.head and after.weighed == placed
        ):  # else one now places periods that a Type 1 alone served
            yield f"without request {n + 1}: {before.head} becomes {after.head}"
        rest = (*before.fares[:n], *before.fares[n + 1 :])
        months = ENOUGH if len(inputs.reports) == 1 else 0  # what the next period tests follows the other report's end
        traded = [new[1] < old[1] and new[0] < 2 for old, new in zip(rest, after.fares, strict=True)]
        weighed = [w and not t for w, t in zip(after.weighed, traded, strict=True)]
        lost = list(worse(rest, after.fares, months, weighed))
        if lost and len(rest) == 1:
            yield f"without request {n + 1}, {listed(lost)}"


def check_t9(inputs: Inputs) -> Iterator[str]:
    """Yield reports that a day more moves by more than days, or than the month in which a period ends."""
    now, then = outcome_of(inputs), outcome_of(replace(inputs, today=_days(inputs.today, 1)))
    if [r.type for r in now.reports] != [r.type for r in then.reports] or now.fares != then.fares:
        return  # an answer changes: a date needed was crossed, and the sentences say so
    # A period ends with a month; where nothing else decides, with a quarter, or with clients' year or a letter before it.
    placed = any(now.weighed) and all(a.due and (a.year or "soc2" in a.reports) for a in inputs.asks if a.binding)
    limit = 32 if placed else 93 if inputs.year_end is None else 280
    for one, other in zip(now.reports, then.reports, strict=True):
        if abs((other.in_hand.typical - one.in_hand.typical).days) > limit:
            yield f"{one.report} {one.type} moves from {one.in_hand.typical} to {other.in_hand.typical}"


PLAN_PROOFS: tuple[Callable[[Inputs], Iterator[str]], ...] = (
    check_t1,
    check_t2,
    check_t3,
    check_t5,
    check_t6,
    check_t7,
    check_t9,
)


def _days(day: date | None, days: int) -> date | None:
    return day + timedelta(days) if day else None


def _with(inputs: Inputs, at: int, ask: DatedRequest) -> Inputs:
    return replace(inputs, asks=(*inputs.asks[:at], ask, *inputs.asks[at + 1 :]))


def failures_of(inputs: Inputs, proofs: Sequence[Callable[[Inputs], Iterator[str]]] = PLAN_PROOFS) -> list[str]:
    """Return what does not hold of those inputs."""
    return [f"{proof.__name__} {what} | {shape(inputs)}" for proof in proofs for what in proof(inputs)]
