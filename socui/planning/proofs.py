"""What has to hold of every plan, over a grid of made inputs: `socui check` runs it, property tests try it over generated ones.

T1 more time and T2 older evidence make no request worse off. T3 a reader that takes a Type 1 report is no worse off than one
that names Type 2. T4 a band says what its last sure day says. T5 no other plan is better for one request and worse for none.
T6 no period holds a day before the evidence, and none leaves a gap that could be avoided. T7 who takes a request away makes
nobody worse off. T8 every date in a sentence is a date of the plan. T9 a day later moves a plan by days, or by the month
with which a period ends (where nobody set a date: the quarter, or the end that suits clients' year), and says on which day.

"Worse off" is read in the order in which plans are chosen: for one request exactly; where several pull apart, what is binding
first, and of equals the most served.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from socui.knowledge.model import Knowledge
from socui.knowledge.sources import DURATIONS
from socui.planning.arrange import arranged
from socui.planning.calendar import day_after, plus
from socui.planning.choose import ChainPair, ReportChoice, Vector, joint_vector, pairs
from socui.planning.extract import Extracted, durations
from socui.planning.inputs import ABSENT, DatedRequest, Held, Inputs
from socui.planning.judge import months_of
from socui.planning.model import Plan, PlannedReport
from socui.planning.outcomes import Judge
from socui.planning.plan_for import plan_of
from socui.planning.words import Words, short_day

HEAD = 10
"""How many of the first comparisons of ORDER are about how requests fare."""
TODAY = date(2026, 11, 20)
_DAY = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})\b")

Fares = tuple[tuple[int, int], ...]
"""Of each request the level (0 on_time to 3 late) and the months tested, those counted down from none."""


class _Outcome(Struct, frozen=True):
    """What a plan gives, without its sentences."""

    inputs: Inputs
    reports: tuple[PlannedReport, ...]
    found: tuple[ChainPair, ...]
    fares: Fares
    weighed: tuple[str, ...] = ()
    """The requests that periods are placed by, each in its words."""

    @property
    def head(self) -> Vector:
        """How requests fare, in the order of ORDER."""
        return joint_vector(self.found[0].chains, False)[:HEAD] if self.found else ()


def outcome_of(inputs: Inputs) -> _Outcome:
    """The plan that rests on inputs, without sentences."""
    choices = [ReportChoice(inputs, report) for report in inputs.reports]
    outcomes = pairs(choices)
    if not outcomes:
        return _Outcome(inputs, (), (), ())
    reports = arranged(choices, outcomes[0].chains)
    judge = Judge(inputs, choices, reports)
    served = [judge.served(ask) for ask in inputs.asks]
    fares = tuple((s.level, -(s.months or 0)) if s else (4, 0) for s in served)
    weighed = tuple(f"{r.ask.year} {r.ask.due}" for choice in choices for r in choice.binding)
    return _Outcome(inputs, reports, tuple(outcomes), fares, weighed)


def prove_plans(knowledge: Knowledge) -> tuple[str, ...]:
    """What does not hold of plans over the grid of made inputs; a line each, with the inputs that show it."""
    failures: list[str] = []
    if missing := [id for id in DURATIONS if id not in knowledge.durations]:
        return tuple(f"T0 [{id}] has no [[duration]]: a plan needs them all" for id in missing if knowledge.durations)
    failures += check_claims(knowledge)
    for name, inputs in made_inputs(knowledge):
        for proof in PROOFS:
            failures += [f"{proof.__name__[6:].upper()} [{name}] {what}" for what in proof(inputs)]
        failures += [f"T8 [{name}] {what}" for what in check_t8(inputs, knowledge)]
    return tuple(failures)


# ------------------------------------------------------------------------------------------------------- the proofs


def worse(before: Fares, after: Fares) -> Iterator[str]:
    """The requests that are worse off afterwards: later, or with fewer months tested and no less late."""
    for n, (one, other) in enumerate(zip(before, after, strict=True)):
        if other[0] > one[0] or (other[0] == one[0] and other[1] > one[1]):
            yield f"request {n + 1}: {one} becomes {other}"


def _compare(before: Inputs, after: Inputs) -> Iterator[str]:
    """One request: exactly. Several: in the order of the choice."""
    one, other = outcome_of(before), outcome_of(after)
    if len(before.asks) == 1:
        yield from worse(one.fares, other.fares)
    elif other.head > one.head and len(one.weighed) == len(other.weighed):
        yield f"{one.head} becomes {other.head}"


def check_t1(inputs: Inputs) -> Iterator[str]:
    """More time makes nobody worse off."""
    for n, ask in enumerate(inputs.asks):
        for days in (1, 31) if ask.due else ():
            later = _with(inputs, n, replace(ask, due=_days(ask.due, days)))
            if (
                ask.type or outcome_of(later).fares[n][0] > 1
            ):  # for who names no Type none is bought beside Type 2 in time
                yield from _compare(inputs, later)


def check_t2(inputs: Inputs) -> Iterator[str]:
    """Older evidence makes nobody worse off."""
    for days in (1, 31) if inputs.since else ():
        yield from _compare(inputs, replace(inputs, since=_days(inputs.since, -days)))


def check_t3(inputs: Inputs) -> Iterator[str]:
    """Who takes a Type 1 report is no worse off than who names Type 2, and an unnamed Type than either."""
    for n, ask in enumerate(inputs.asks):
        named = outcome_of(_with(inputs, n, replace(ask, type="type2"))).fares
        taken = outcome_of(_with(inputs, n, replace(ask, type="type1_ok"))).fares
        unnamed = outcome_of(_with(inputs, n, replace(ask, type=""))).fares
        if taken[n][0] > named[n][0] or unnamed[n][0] > named[n][0]:
            yield f"request {n + 1}: Type 2 {named[n]}, Type 1 taken {taken[n]}, unnamed {unnamed[n]}"


def check_t5(inputs: Inputs) -> Iterator[str]:
    """No other plan is better for one request and worse for none, with as few examinations."""
    outcome = outcome_of(inputs)
    best = outcome.head
    for pair in outcome.found[1:]:
        head = joint_vector(pair.chains, False)[:HEAD]
        if head != best and all(a <= b for a, b in zip(head, best, strict=True)):
            yield f"{[c.ends for c in pair.chains]} dominates {[c.ends for c in outcome.found[0].chains]}"


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
    """Who takes a request away makes nobody worse off."""
    before = outcome_of(inputs)
    for n in range(len(inputs.asks)) if len(inputs.asks) > 1 else ():
        after = outcome_of(replace(inputs, asks=(*inputs.asks[:n], *inputs.asks[n + 1 :])))
        if len(inputs.asks) == 2:
            if not inputs.asks[1 - n].binding and inputs.asks[n].binding:
                continue  # what a wish gets on the way of a contract, it does not get alone
            rest = (*before.fares[:n], *before.fares[n + 1 :])
            yield from (f"without request {n + 1}, {what}" for what in worse(rest, after.fares) if "becomes" in what)
        elif after.head > before.head:
            yield f"without request {n + 1}: {before.head} becomes {after.head}"


def check_t9(inputs: Inputs) -> Iterator[str]:
    """A day later moves the first reports by days, or by the month in which a period ends."""
    now, then = outcome_of(inputs), outcome_of(replace(inputs, today=_days(inputs.today, 1)))
    if [r.type for r in now.reports] != [r.type for r in then.reports] or now.fares != then.fares:
        return  # an answer changes: a date needed was crossed, and the sentences say so
    # A period ends with a month; where nothing else decides, with a quarter, or with clients' year or a letter before it.
    placed = len(now.weighed) and all(a.due and (a.year or "soc2" in a.reports) for a in inputs.asks if a.binding)
    limit = 32 if placed else 93 if inputs.year_end is None else 280
    for one, other in zip(now.reports, then.reports, strict=True):
        if abs((other.in_hand.typical - one.in_hand.typical).days) > limit:
            yield f"{one.report} {one.type} moves from {one.in_hand.typical} to {other.in_hand.typical}"


PROOFS: tuple[Callable[[Inputs], Iterator[str]], ...] = (
    check_t1,
    check_t2,
    check_t3,
    check_t5,
    check_t6,
    check_t7,
    check_t9,
)


def check_t8(inputs: Inputs, knowledge: Knowledge) -> Iterator[str]:
    """Every day named in a sentence is a day of the plan or of its inputs."""
    plan = plan_of(Extracted(inputs), Words(knowledge.messages, inputs.country))
    allowed = {short_day(d) for d in _days_of(plan, inputs)}
    for text in texts_of(plan):
        for match in _DAY.finditer(text):
            if match.group() not in allowed and not _cut(text, match.start(), allowed):
                yield f"{match.group()} is no day of the plan: {text}"


CLAIMS = re.compile(
    r"\bthere is (still )?time\b|\btoo (near|late|soon)\b|\bhardly\b|\bin time\b|\benough time\b|\bstill time\b"
    r"|\b(January|February|March|April|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
"""What only a plan can say of a profile: that there is time or none, and a month."""


def check_claims(knowledge: Knowledge) -> Iterator[str]:
    """No text of advice makes a claim of time of its own: dates and their words come from the plan, by the fields of its
    messages. Facts and answers are what others say; what is fixed by law is a neighbor's."""
    texts = [(rule.id, rule.because) for rule in knowledge.rules.values()]
    texts += [
        (note.id, f"{note.title} {note.says} {note.cost}") for note in knowledge.notes if note.kind != "neighbour"
    ]
    texts += [(f"{r.id}.{v.id}", v.says) for r in knowledge.results.values() for v in r.values]
    texts += [(line.id, f"{line.title} {line.says}") for line in knowledge.requests]
    for id, text in texts:
        if match := CLAIMS.search(text):
            yield f"T8 [{id}] says {match.group()!r} of its own: leave that to the plan."
    for message in knowledge.messages.values():
        if match := DATED.search(message.says):
            yield f"T8 [{message.id}] holds {match.group()!r}: dates come from the plan, by fields."


DATED = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December|20\d\d)\b")
"""A month or a year in a message of the plan."""


def _cut(text: str, at: int, allowed: set[str]) -> bool:
    """Whether the match is the end of a longer day, such as 1 Jan 2027 in 31 Jan 2027."""
    return any(text.startswith(d, max(at - 1, 0)) for d in allowed)


def texts_of(plan: Plan) -> Iterator[str]:
    """Every sentence of a plan."""
    for request in plan.requests:
        yield request.sentence
        yield from (t.says for t in (*request.says, *request.meanwhile))
    for report in plan.reports:
        yield from (t.says for t in report.says)
    yield from (t.says for t in plan.says)
    yield from (o.sentence.says for o in plan.runners_up)


def _days_of(plan: Plan, inputs: Inputs) -> Iterator[date]:
    """Every day that a plan or its inputs hold."""
    reports = [*plan.reports, *(r for o in plan.runners_up for r in o.reports)]
    for r in reports:
        spans = [s for s in (r.gap, r.bridge) if s]
        yield from (d for d in (r.begins, r.ends, r.as_of, r.in_hand.low, r.in_hand.typical, r.in_hand.high) if d)
        yield from (d for s in spans for d in (s.begins, s.ends))
        if r.ends:
            yield plus(r.ends, -inputs.durations.reach)
    for q in plan.requests:
        spans = [*q.tested, *q.bridged, *q.untested, *([q.fiscal_year] if q.fiscal_year else [])]
        yield from (d for s in spans for d in (s.begins, s.ends))
        yield from (d for d in (q.needed_by, q.needed_from) if d)
    for held in inputs.held.values():
        yield from (d for d in (held.begins, held.last, held.issued, plus(held.last, inputs.durations.reach)) if d)
    yield inputs.today
    yield from (c.day for c in inputs.changes)
    for choice in (ReportChoice(inputs, report) for report in inputs.reports):
        yield from (*choice.course.ready, choice.course.evidence, choice.course.type1()[1].typical)


def _days(day: date | None, days: int) -> date | None:
    return day + timedelta(days) if day else None


def _with(inputs: Inputs, at: int, ask: DatedRequest) -> Inputs:
    return replace(inputs, asks=(*inputs.asks[:at], ask, *inputs.asks[at + 1 :]))


# ----------------------------------------------------------------------------------------------------- made inputs


def made_inputs(knowledge: Knowledge) -> Iterator[tuple[str, Inputs]]:
    """The grid: evidence of every age and none, near and far dates, years that end soon and late, a report held, several
    readers."""
    base = Inputs(today=TODAY, durations=durations(knowledge), reports=("soc1",), year_end=date(2026, 12, 31))
    year = DatedRequest(asked_by="Auditor", reader="user_auditor", force="contract", reports=("soc1",), type="type2")
    plain = DatedRequest(asked_by="Buyer", reader="security", force="deal", reports=("soc2",), type="type2")
    ages = [("absent", None), ("new", TODAY), ("half a year", date(2026, 5, 20)), ("years", date(2024, 1, 1))]
    for age, since in ages:
        controls = replace(base, since=since, controls=ABSENT if since is None else base.controls)
        for due in (date(2027, 1, 15), date(2027, 3, 5), date(2028, 2, 28)):
            for end in (date(2026, 12, 31), date(2027, 6, 30)):
                asked = replace(year, year=end, due=due)
                yield f"{age}, year to {end}, by {due}", replace(controls, asks=(asked,), year_end=end)
            yield f"{age}, SOC 2 by {due}", replace(controls, reports=("soc2",), asks=(replace(plain, due=due),))
    held = Held("soc1", "type2", date(2026, 9, 30), date(2025, 10, 1), date(2026, 11, 20))
    late = replace(year, year=date(2027, 12, 31), due=date(2028, 2, 15))
    yield "renewal", replace(base, since=date(2025, 1, 1), held={"soc1": held}, asks=(late,))
    soon = replace(plain, due=date(2027, 6, 30))
    both = replace(base, since=date(2026, 10, 1), reports=("soc1", "soc2"), asks=(late, soon))
    yield "both reports", both
    yield "both reports, one held", replace(both, held={"soc1": held})
    wish = replace(plain, asked_by="Prospect", force="wish", due=date(2027, 1, 10))
    yield "a wish beside a contract", replace(both, reports=("soc2",), asks=(replace(soon, force="contract"), wish))


def shape(inputs: Inputs) -> str:
    """The inputs in a line, for whoever reads a failure."""
    asks = [
        f"{a.reports} {a.force} {a.type} due {a.due} year {a.year} ({len(months_of(a))} months)" for a in inputs.asks
    ]
    held = [f"{h.report} {h.type} to {h.last}" for h in inputs.held.values()]
    return f"{inputs.today} {inputs.reports} since {inputs.since} {inputs.controls} held {held} asks {asks}"


def failures_of(inputs: Inputs, proofs: Sequence[Callable[[Inputs], Iterator[str]]] = PROOFS) -> list[str]:
    """What does not hold of those inputs."""
    return [f"{proof.__name__} {what} | {shape(inputs)}" for proof in proofs for what in proof(inputs)]
