"""What else could be done, and what each reader would get from it: the plans that were weighed and not chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socui.planning.arrange import arranged
from socui.planning.calendar import day_before, month_start, plus
from socui.planning.choose import Chain, ChainPair, ReportChoice
from socui.planning.inputs import DatedRequest, Inputs
from socui.planning.model import TIMELINESS, PlannedReport, RequestOutcome, RunnerUp, Text
from socui.planning.outcomes import Judge, Served, timeliness
from socui.planning.sentences import Sentences, stands
from socui.planning.words import capital, count, listed, short_day, who

_MOST = 6
"""Other ends that are looked at."""


def runners_up(
    inputs: Inputs,
    choices: Sequence[ReportChoice],
    ranked: Sequence[ChainPair],
    chosen: Sequence[RequestOutcome],
    undated: frozenset[str],
    sentences: Sentences,
) -> tuple[RunnerUp, ...]:
    """Return the best plans of another kind than the chosen one: a later beginning, one that tests more months but
    is less safe, one that is worse for somebody; one that serves all alike only where there is no other."""
    if not ranked:
        return ()
    kept: dict[str, RunnerUp] = {}
    for chains in _others(inputs, choices, ranked):
        reports = arranged(choices, chains)
        judge = Judge(inputs, choices, reports)
        fares = [(ask, judge.served(ask)) for ask in inputs.asks]
        kind, text = _compared(sentences, reports, fares, chosen, ranked[0].chains)
        if kind and kind not in kept:
            answers = tuple(timeliness(a, s, not undated.isdisjoint(a.reports)) for a, s in fares)
            kept[kind] = RunnerUp(reports, answers, tuple(s.months if s else None for _, s in fares), text)
    if len(kept) > 1:
        kept.pop("other-equal", None)
    return tuple(kept[kind] for kind in ("other-begin", "other-trade", "other-worse", "other-equal") if kind in kept)


def _others(inputs: Inputs, choices: Sequence[ReportChoice], ranked: Sequence[ChainPair]) -> Iterator[Sequence[Chain]]:
    chosen = ranked[0].chains
    if any(c.begin < inputs.today and not o.course.fixed for o, c in zip(choices, chosen, strict=True)):
        yield _fresh(inputs, choices, chosen)
    ends = {tuple(c.ends[0] for c in chosen)}
    for pair in ranked[1:]:
        end = tuple(c.ends[0] for c in pair.chains)
        if end not in ends and len(ends) <= _MOST:
            ends.add(end)
            yield pair.chains


def _fresh(inputs: Inputs, choices: Sequence[ReportChoice], chosen: Sequence[Chain]) -> list[Chain]:
    """First periods that begin only now, as if nothing lay behind; what carries on from a report held stays."""
    begin = month_start(inputs.today)
    return [
        chain if choice.course.fixed else choice.judged(begin, (day_before(plus(begin, choice.course.custom())),))
        for choice, chain in zip(choices, chosen, strict=True)
    ]


def _compared(
    sentences: Sentences,
    reports: Sequence[PlannedReport],
    fares: Sequence[tuple[DatedRequest, Served | None]],
    chosen: Sequence[RequestOutcome],
    best: Sequence[Chain],
) -> tuple[str, Text]:
    """Return who would be worse or better off, by the message that says it; "" where there is nothing to compare."""
    first = next((r for r in reports if r.type == "type2"), None)
    if first is None or first.begins is None:
        return "", Text("")
    both = [
        (a, s, old) for (a, s), old in zip(fares, chosen, strict=True) if s is not None and old.answer in TIMELINESS
    ]
    losses = [text for ask, new, old in both if (text := _worse(ask, new, old))]
    gains = [text for ask, new, old in both if (text := _better(ask, new, old))]
    what, then, other = sentences.words.report(first), listed(losses), listed(gains)
    if not first.look_back and best[0].begin < first.begins:
        if not losses:
            return "", Text("")
        return "other-begin", sentences.words.text("other-begin", day=short_day(first.begins), then=then)
    if losses and gains:
        return "other-trade", sentences.words.text("other-trade", what=what, then=then, other=other)
    if losses:
        return "other-worse", sentences.words.text("other-worse", what=what, then=then)
    hand = short_day(first.in_hand.typical)
    return "other-equal", sentences.words.text("other-equal", what=capital(what), typical=hand)


def _worse(ask: DatedRequest, new: Served, old: RequestOutcome) -> str:
    if old.months_tested and not new.months and new.year:
        return f"{who(ask, True)} has nothing for the year to {short_day(new.year.ends)}"
    if new.level > TIMELINESS.index(old.answer) and new.in_hand and ask.due:
        return f"{who(ask, True)} has the report about {short_day(new.in_hand.typical)}, {stands(new.level, ask.due)}"
    if (new.months or 0) < (old.months_tested or 0):
        return f"{who(ask, True)} has {count(new.months or 0)} tested, not {old.months_tested}"
    return ""


def _better(ask: DatedRequest, new: Served, old: RequestOutcome) -> str:
    if (new.months or 0) > (old.months_tested or 0):
        return f"{who(ask, True)} has {count(new.months or 0)} tested, not {old.months_tested}"
    return ""
