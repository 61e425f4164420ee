"""The plan of a profile: takes the inputs out, chooses, arranges, judges and puts into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from socui.deciding.decide import Decider
from socui.knowledge.texts import Message
from socui.planning.arrange import search_plans
from socui.planning.calendar import day_after
from socui.planning.choose import ReportChoice
from socui.planning.extract import Extracted, extract
from socui.planning.inputs import Inputs
from socui.planning.model import Plan, PlannedChange, PlannedReport, RequestOutcome
from socui.planning.outcomes import Judge, request_outcome
from socui.planning.reasons import Reasons
from socui.planning.runners_up import runners_up
from socui.planning.sentences import Sentences
from socui.planning.words import Words
from socui.planning.year_ends import next_year_end
from socui.profiles.countries import seat
from socui.profiles.profile import Profile
from socui.profiles.record_words import event_title
from socui.profiles.records import Event

Messages = dict[str, Message]


def plan_for(decider: Decider, profile: Profile, today: date) -> Plan:
    """Return the plan of a profile as of a day. Reads no clock and no file; the same arguments always give the same
    plan."""
    country = seat(profile)
    decider = decider.local(country)
    return plan_of(extract(decider, profile, today), Words(decider.knowledge.messages, country))


def plan_of(taken: Extracted, words: Words) -> Plan:
    """Return the plan that rests on those inputs."""
    inputs = taken.inputs
    search = search_plans(inputs)
    choices, reports = search.choices, search.reports
    sentences, reasons = Sentences(inputs, words), Reasons(inputs, words)
    requests = _outcomes(inputs, choices, reports, taken.undated, sentences)
    periods = {r: [p for p in reports if p.report == r and p.type == "type2"] for r in inputs.reports}
    by_name = {c.report: c for c in choices}
    spoken = tuple(
        replace(p, says=reasons.report(p, by_name[p.report], periods[p.report], _served_by(requests, n)))
        for n, p in enumerate(reports)
    )
    return Plan(
        today=inputs.today,
        reports=spoken,
        requests=requests,
        runners_up=runners_up(inputs, choices, search.ranked, requests, taken.undated, sentences),
        assumed=taken.assumed,
        missing=taken.missing,
        says=reasons.whole(reports),
        year_ends=_year_ends(inputs, reports),
        country=inputs.country,
        changes=tuple(PlannedChange(c.day, event_title(Event(kind=c.kind)), c.about) for c in inputs.changes),
    )


def _outcomes(
    inputs: Inputs,
    choices: Sequence[ReportChoice],
    reports: Sequence[PlannedReport],
    undated: frozenset[str],
    sentences: Sentences,
) -> tuple[RequestOutcome, ...]:
    """Return what each request gets from those reports."""
    judge = Judge(inputs, choices, reports)
    results = []
    for ask in inputs.asks:
        served = judge.served(ask)
        unknown = next((r for r in ask.reports if r in undated), "")
        answer_from = judge.answer_from(ask) if served is not None else ""
        says, meanwhile = sentences.request(ask, served, unknown, answer_from)
        results.append(request_outcome(ask, served, bool(unknown), reports, says, meanwhile, answer_from))
    return tuple(results)


def _served_by(requests: Sequence[RequestOutcome], at: int) -> list[RequestOutcome]:
    return [r for r in requests if r.served == at]


def _year_ends(inputs: Inputs, reports: Sequence[PlannedReport]) -> tuple[date, ...]:
    if inputs.year_end is None or not reports:
        return ()
    ends: list[date] = []
    until = max(r.in_hand.high for r in reports)
    due = next_year_end(inputs.year_end, inputs.today)
    while due <= until and due < date.max:
        ends.append(due)
        due = next_year_end(inputs.year_end, day_after(due))
    return tuple(ends)
