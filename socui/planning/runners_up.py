"""What else could be done, and what each reader would get from it: the plans that were weighed and not chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socui.planning.arrange import arranged
from socui.planning.calendar import day_before, month_start, plus
from socui.planning.choose import Chain, Choice, Pair
from socui.planning.inputs import Inputs
from socui.planning.model import ANSWERS, PlannedReport, RequestOutcome, RunnerUp, Text
from socui.planning.sentences import Sentences
from socui.planning.words import capital, count, day, listed, reader

MOST = 6
"""Other ends that are looked at."""
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
    """The best plans of another kind than the chosen one: a later beginning, one that tests more months but is less safe, one
    that is worse for somebody; one that serves all alike only where there is no other."""
    if not found:
        return ()
    from socui.planning.plan_for import outcomes

    kept: dict[str, RunnerUp] = {}
    for chains in _others(inputs, choices, found):
        reports = arranged(choices, chains)
        requests = outcomes(inputs, choices, reports, undated, sentences)
        kind, text = _compared(sentences, reports, requests, chosen, found[0].chains)
        if kind and kind not in kept:
            answers = tuple(r.answer for r in requests)
            kept[kind] = RunnerUp(reports, answers, tuple(r.months_tested for r in requests), text)
    if len(kept) > 1:
        kept.pop("other-equal", None)
    return tuple(kept[kind] for kind in ("other-begin", "other-trade", "other-worse", "other-equal") if kind in kept)


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
) -> tuple[str, Text]:
    """Who would be worse or better off, by the message that says it; "" where there is nothing to compare."""
    first = next((r for r in reports if r.type == "type2"), None)
    if first is None or first.begins is None:
        return "", Text("")
    pairs = list(zip(requests, chosen, strict=True))
    losses = [text for new, old in pairs if (text := _worse(new, old))]
    gains = [text for new, old in pairs if (text := _better(new, old))]
    what, then, other = sentences.words.report(first), listed(losses), listed(gains)
    if not first.look_back and best[0].begin < first.begins:
        if not losses:
            return "", Text("")
        return "other-begin", sentences.words.text("other-begin", day=day(first.begins), then=then)
    if losses and gains:
        return "other-trade", sentences.words.text("other-trade", what=what, then=then, other=other)
    if losses:
        return "other-worse", sentences.words.text("other-worse", what=what, then=then)
    hand = day(first.in_hand.typical)
    return "other-equal", sentences.words.text("other-equal", what=capital(what), typical=hand)


def _worse(new: RequestOutcome, old: RequestOutcome) -> str:
    who = new.asked_by or reader(new.reader, True)
    if new.answer not in ANSWERS or old.answer not in ANSWERS:
        return ""
    if old.months_tested and not new.months_tested and new.fiscal_year:
        return f"{who} has nothing for the year to {day(new.fiscal_year.ends)}"
    if ANSWERS.index(new.answer) > ANSWERS.index(old.answer) and new.in_hand and new.needed_by:
        return f"{who} has the report about {day(new.in_hand.typical)}, {WORDS[new.answer]} for {day(new.needed_by)}"
    if (new.months_tested or 0) < (old.months_tested or 0):
        return f"{who} has {count(new.months_tested or 0)} tested, not {old.months_tested}"
    return ""


def _better(new: RequestOutcome, old: RequestOutcome) -> str:
    who = new.asked_by or reader(new.reader, True)
    if (new.months_tested or 0) > (old.months_tested or 0):
        return f"{who} has {count(new.months_tested or 0)} tested, not {old.months_tested}"
    return ""
