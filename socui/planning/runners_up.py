"""What else could be done, and what each reader would get from it: the plans that were weighed and not chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socui.planning.arrange import arranged
from socui.planning.calendar import day_before, month_start, plus
from socui.planning.choose import Chain, Choice, Pair
from socui.planning.inputs import Inputs
from socui.planning.model import ANSWERS, PlannedReport, RequestOutcome, RunnerUp, Text
from socui.planning.sentences import Sentences
from socui.planning.words import day, listed

MOST = 3
"""Runners-up that are kept."""
WORDS = {
    "on_time": "in time",
    "tight": "in time only if nothing takes longer than usual",
    "unlikely": "probably late",
    "late": "late",
}


def runners_up(
    inputs: Inputs,
    choices: Sequence[Choice],
    found: Sequence[Pair],
    chosen: Sequence[RequestOutcome],
    undated: frozenset[str],
    sentences: Sentences,
) -> tuple[RunnerUp, ...]:
    """The best plans of another kind than the chosen one: another end, another beginning, the reports apart or together."""
    if not found:
        return ()
    from socui.planning.plan_for import outcomes

    kept = []
    for chains in _others(inputs, choices, found):
        reports = arranged(choices, chains)
        requests = outcomes(inputs, choices, reports, undated, sentences)
        if (text := _compared(sentences, reports, requests, chosen, found[0].chains)) is not None:
            answers = tuple(r.answer for r in requests)
            kept.append(RunnerUp(reports, answers, tuple(r.months_tested for r in requests), text))
    return tuple(kept[:MOST])


def _others(inputs: Inputs, choices: Sequence[Choice], found: Sequence[Pair]) -> Iterator[Sequence[Chain]]:
    chosen = found[0].chains
    if any(c.begin < inputs.today and not o.course.fixed for o, c in zip(choices, chosen, strict=True)):
        yield _fresh(inputs, choices, chosen)
    ends = {tuple(c.ends[0] for c in chosen)}
    for pair in found[1:]:
        end = tuple(c.ends[0] for c in pair.chains)
        if end not in ends and len(ends) <= MOST:
            ends.add(end)
            yield pair.chains


def _fresh(inputs: Inputs, choices: Sequence[Choice], chosen: Sequence[Chain]) -> list[Chain]:
    """First periods that begin only now, as if nothing lay behind; what carries on from a report held stays."""
    begin = month_start(inputs.today)
    return [
        chain if choice.course.fixed else choice.judged(begin, (day_before(plus(begin, choice.course.custom())),))
        for choice, chain in zip(choices, chosen, strict=True)
    ]


def _compared(
    sentences: Sentences,
    reports: Sequence[PlannedReport],
    requests: Sequence[RequestOutcome],
    chosen: Sequence[RequestOutcome],
    best: Sequence[Chain],
) -> Text | None:
    """Who would be worse off, or that nobody would."""
    first = next((r for r in reports if r.type == "type2"), None)
    if first is None or first.begins is None:
        return None
    worse = [_worse(new, old) for new, old in zip(requests, chosen, strict=True)]
    losses = [text for text in worse if text]
    what = sentences.words.report(first)
    if not losses:
        return sentences.words.text("other-equal", what=what[:1].upper() + what[1:], typical=day(first.in_hand.typical))
    if not first.look_back and best[0].begin < first.begins:
        return sentences.words.text("other-begin", day=day(first.begins), then=listed(losses))
    return sentences.words.text("other-worse", what=what, then=listed(losses))


def _worse(new: RequestOutcome, old: RequestOutcome) -> str:
    who = new.asked_by or "the one who asked"
    if new.answer not in ANSWERS or old.answer not in ANSWERS:
        return ""
    if old.months_tested and not new.months_tested and new.fiscal_year:
        return f"{who} has nothing for the year to {day(new.fiscal_year.ends)}"
    if ANSWERS.index(new.answer) > ANSWERS.index(old.answer) and new.in_hand and new.needed_by:
        return f"{who} has the report about {day(new.in_hand.typical)}, {WORDS[new.answer]} for {day(new.needed_by)}"
    if (new.months_tested or 0) < (old.months_tested or 0):
        return f"{who} has {new.months_tested} months tested, not {old.months_tested}"
    return ""
