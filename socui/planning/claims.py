"""Proof T8: every date in a sentence is a date of the plan, and no text of advice makes a claim of time of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from socui.knowledge.model import Knowledge
from socui.planning.calendar import day_after, plus
from socui.planning.choose import ReportChoice
from socui.planning.extract import Extracted
from socui.planning.inputs import Inputs
from socui.planning.model import Plan
from socui.planning.plan_for import plan_of
from socui.planning.words import Words, short_day

_DAY = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})\b")


def check_t8(inputs: Inputs, knowledge: Knowledge) -> Iterator[str]:
    """Yield every day named in a sentence that is no day of the plan or of its inputs."""
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
    """Return whether the match is the end of a longer day, such as 1 Jan 2027 in 31 Jan 2027."""
    return any(text.startswith(d, max(at - 1, 0)) for d in allowed)


def texts_of(plan: Plan) -> Iterator[str]:
    """Yield every sentence of a plan."""
    for request in plan.requests:
        yield request.sentence
        yield from (t.says for t in (*request.says, *request.meanwhile))
    for report in plan.reports:
        yield from (t.says for t in report.says)
    yield from (t.says for t in plan.says)
    yield from (o.sentence.says for o in plan.runners_up)


def _days_of(plan: Plan, inputs: Inputs) -> Iterator[date]:
    """Yield every day that a plan or its inputs hold."""
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
        reach = plus(held.last, inputs.durations.reach)
        days = (held.begins, held.last, day_after(held.last), held.issued, reach, day_after(reach))
        yield from (d for d in days if d)
    yield inputs.today
    yield from (c.day for c in inputs.changes)
    for ask in inputs.asks:
        yield from (plus(h.last, ask.max_age or inputs.durations.stale) for h in inputs.held.values())
    for choice in (ReportChoice(inputs, report) for report in inputs.reports):
        hand = choice.course.type1()[1]
        yield from (*choice.course.ready, choice.course.evidence, hand.low, hand.typical, hand.high)
