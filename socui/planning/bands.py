"""Proof T4: a band of answers says what all of its days have in common.

A range of dates needed is held against its last day, and what its first day would get is said wherever that differs. An age
of controls says what its youngest day says, and no older day of it gives less.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from socui.deciding.decide import Decider
from socui.knowledge.model import Knowledge
from socui.planning.calendar import month_start, plus
from socui.planning.extract import Extracted
from socui.planning.inputs import Inputs
from socui.planning.made_inputs import TODAY
from socui.planning.model import MET_ELSEWHERE, NO_REPORT, TIMELINESS, UNKNOWN, Plan, RequestOutcome
from socui.planning.plan_for import plan_for, plan_of
from socui.planning.words import Words, short_day
from socui.profiles.profile import Profile
from socui.profiles.records import Evidence, Request

NEEDED_SPANS = {"under_3m": (0, 3), "3_6m": (3, 6), "6_12m": (6, 12), "over_12m": (12, 12)}
"""Months from today to the first and the last day of each answer to "by when", as the question words them."""
_Answers = dict[str, str | tuple[str, ...]]
AGE_SPANS = {"under_3m": (0, 3), "3_6m": (3, 6), "6_12m": (6, 12), "over_12m": (12, 24)}
"""Months for which controls ran, from the youngest to the oldest day of each answer."""


def check_t4(inputs: Inputs, knowledge: Knowledge) -> Iterator[str]:
    """Yield ranges of dates whose answer is not that of the last day, or where the first has another one and is not named."""
    ranges = [replace(a, due_from=a.due_from or a.due - timedelta(92)) if a.due else a for a in inputs.asks]
    plan = plan_of(Extracted(replace(inputs, asks=tuple(ranges))), Words(knowledge.messages, inputs.country))
    for request in plan.requests:
        if (
            request.needed_by is None
            or request.needed_from is None
            or request.answer in (UNKNOWN, NO_REPORT, MET_ELSEWHERE)
        ):
            continue
        if request.in_hand is None:
            if request.answer_from != request.answer:
                yield f"{request.asked_by}: the report held serves the last day, and not the first"
            continue
        if request.type == "type2" and request.fiscal_year is not None and not request.months_tested:
            if (request.answer_from, request.answer) != ("late", "late"):
                yield f"{request.asked_by}: no month is tested, and the answer is {request.answer_from} to {request.answer}"
            continue
        first, last = (_level(request, day) for day in (request.needed_from, request.needed_by))
        ranks = [TIMELINESS.index(answer) for answer in (request.answer, request.answer_from)]
        if ranks[0] != last or not last <= ranks[1] <= first:  # an earlier report of the plan may serve the first day
            yield f"{request.asked_by}: {request.answer_from} to {request.answer}, by the days {first} to {last}"
        named = any(short_day(request.needed_from) in text.says for text in request.says)
        if not named:
            yield f"{request.asked_by}: the first day, {request.needed_from}, is {request.answer_from}, and nothing says so"


def _level(request: RequestOutcome, day: date) -> int:
    """Return how the report in hand stands to a day, from 0 on_time to 3 late."""
    hand = request.in_hand
    assert hand is not None
    return (hand.high > day) + (hand.typical > day) + (hand.low > day)


def check_bands(decider: Decider, today: date = TODAY) -> Iterator[str]:
    """Yield ages of controls that do not plan as the first month in which they surely ran, and ranges of dates that do not
    as their last day."""
    for profile in _profiles():
        for age, (youngest, oldest) in AGE_SPANS.items():
            by_band = _plan(decider, profile, today, age=age)
            since = month_start(plus(today, -youngest)) if youngest else today
            by_day = _plan(decider, profile, today, since=since)
            if _said(by_band) != _said(by_day):
                yield f"controls_age {age}: {_said(by_band)}, from {since} on {_said(by_day)}"
            for months in range(youngest + 1, oldest + 1):
                older = _plan(decider, profile, today, since=plus(today, -months))
                if _rank(older) > _rank(by_band):
                    yield f"controls_age {age}: {_said(by_band)}, with {months} months {_said(older)}"
        for needed, (_, last) in NEEDED_SPANS.items():
            (request,) = profile.requests
            ranged = replace(profile, requests=(replace(request, needed=needed, needed_by=None),))
            dated = replace(profile, requests=(replace(request, needed_by=plus(today, last)),))
            by_band = _plan(decider, ranged, today, age="3_6m")
            by_day = _plan(decider, dated, today, age="3_6m")
            if _said(by_band) != _said(by_day):
                yield f"needed {needed}: {_said(by_band)}, by its last day {_said(by_day)}"


def _profiles() -> Iterator[Profile]:
    """Yield a request on amounts with a year, one without, and one on data."""
    amounts: _Answers = {"financial_link": ("posts",), "financial_activities": ("payroll",), "client_check": "approves"}
    answers: _Answers = {
        "role": "provide",
        "customer_types": ("organizations",),
        "delivery_model": ("outsourced_process",),
    }
    year = Request(id="r1", reader="user_auditor", asks=("soc1",), type="type2", force="contract")
    year = replace(year, fiscal_year_end=date(2026, 12, 31), needed_by=date(2027, 4, 15))
    yield Profile(answers={**answers, **amounts}, requests=(year,))
    yield Profile(answers={**answers, **amounts}, requests=(replace(year, reader="client", fiscal_year_end=None),))
    data = Request(id="r1", reader="security", asks=("soc2",), force="deal", needed_by=date(2027, 4, 15))
    yield Profile(answers={**answers, "entrusted": ("business_confidential",)}, requests=(data,))


def _plan(decider: Decider, profile: Profile, today: date, age: str = "", since: date | None = None) -> Plan:
    answers = {**profile.answers, **({"controls_age": age} if age else {})}
    return plan_for(decider, replace(profile, answers=answers, evidence=Evidence(since)), today)


def _said(plan: Plan) -> str:
    """Reports and answers in a line."""
    reports = [
        f"{r.report} {r.type} {r.begins or r.as_of} to {r.last} in hand {r.in_hand.typical}" for r in plan.reports
    ]
    return "; ".join([*reports, *(f"{q.answer} {q.months_tested}" for q in plan.requests)])


def _rank(plan: Plan) -> tuple[tuple[int, int], ...]:
    """Return how requests fare, least is best."""
    order = (*TIMELINESS, UNKNOWN, NO_REPORT, MET_ELSEWHERE)
    return tuple((order.index(q.answer), -(q.months_tested or 0)) for q in plan.requests)
