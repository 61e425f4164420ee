"""Finds the report that a request asks for, the requests behind a reason, and what a request leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from socui.asking.derive import SINGLE_WISH
from socui.asking.request_readings import (
    ANSWERS_ENOUGH,
    ASKED_BY,
    BOUND_TO,
    CERTIFICATES,
    DETAIL,
    FINANCE,
    FIRM,
    INVESTORS,
    NAMED_REPORTS,
    OTHERS,
    QUESTION_OF,
    SECURITY,
    SURVEY_OPTION,
    UNNAMED_ASKS,
    any_one_will_do,
    standing_asks,
)
from socui.profiles.records import ASKS, BANDS, REQUESTED_TYPES, SUBJECTS, Request


def reports_asked(request: Request) -> frozenset[str]:
    """Return the reports ("soc1", "soc2") that a request asks for, by name, or by what it is about and who reads it."""
    asks = standing_asks(request)
    reports = {"soc2" if NAMED_REPORTS[a] == "soc3" else NAMED_REPORTS[a] for a in asks if a in NAMED_REPORTS}
    if any(a in UNNAMED_ASKS for a in asks):
        reports |= reports_meant(request)
    return frozenset(reports)


def reports_meant(request: Request) -> set[str]:
    """Return the reports that whoever names none speaks for: by what it is about, else by who reads it."""
    by_subject = {"amounts": {"soc1"}, "data": {"soc2"}, "both": {"soc1", "soc2"}}
    by_kind = {FINANCE: {"soc1"}, SECURITY: {"soc2"}, OTHERS: {"soc1", "soc2"}}
    return by_subject.get(request.subject) or by_kind.get(QUESTION_OF.get(request.reader, OTHERS), set())


def _asks_for(request: Request) -> frozenset[str]:
    """Return the reports that a request speaks for: those it asks for, and the one that an auditor's questions point to."""
    return reports_asked(request) | ({"soc1"} if asks_own_questions(request) else set())


def asks_own_questions(request: Request) -> bool:
    """Return whether a client's auditor or finance team asks questions of its own, which a SOC 1 report can answer."""
    return QUESTION_OF.get(request.reader) == FINANCE and "questionnaire" in standing_asks(request)


def met_without(request: Request, held: Collection[str]) -> tuple[str, ...]:
    """Return the asks of a request that meet it without a SOC report: what is no such report, where nothing else is
    asked for, or, where any one will do, questions that one can answer and certificates that are held."""
    if ANSWERS_ENOUGH in request.asks and ANSWERS_ENOUGH not in request.refused:
        return (ANSWERS_ENOUGH,)
    soc = [a for a in request.asks if a in (*NAMED_REPORTS, *UNNAMED_ASKS)]
    rest = tuple(a for a in request.asks if a not in soc)
    at_hand = tuple(a for a in rest if a in SURVEY_OPTION or a in held)
    return rest if not soc else at_hand if request.either else ()


def is_firm(request: Request) -> bool:
    """Return whether a request is a condition of something: a contract, a law or a deal."""
    return request.force in FIRM


def who_asks(requests: Iterable[Request], report: str, binding: bool = False) -> tuple[Request, ...]:
    """Return the requests that speak for a report, with `binding` only those that are a condition."""
    return tuple(r for r in requests if report in _asks_for(r) and (is_firm(r) or not binding))


def is_investor(request: Request) -> bool:
    """Return whether an investor or lender asks: no SOC report is written for these."""
    return QUESTION_OF.get(request.reader) == INVESTORS


def is_reader(request: Request) -> bool:
    """Return whether a report is made to fit the request: any but an investor's wish, since no report is written for these."""
    return not is_investor(request) or is_firm(request)


def behind(requests: Iterable[Request], whose: str) -> tuple[Request, ...]:
    """Return the requests that a reason rests on: those that speak for a report ("soc1", "soc2"), those that also
    make it a condition ("soc1_bound"), those for a SOC 3 report, those of investors, those that take either report or
    a certificate in place of one, and surveys."""
    report, _, bound = whose.partition("_")
    investors = tuple(filter(is_investor, requests))
    others = tuple(r for r in requests if r not in investors)
    if whose == "investor":
        return investors
    if whose == "survey":
        readers = [r for r in others if QUESTION_OF.get(r.reader) != FINANCE]
        return tuple(r for r in readers if any(a in SURVEY_OPTION for a in standing_asks(r)) and not r.either)
    if whose == "either":
        return tuple(r for r in others if r.either and len(_asks_for(r)) > 1)
    if whose == "certificate":
        certified = [r for r in others if any(a in CERTIFICATES for a in standing_asks(r))]
        return tuple(r for r in certified if True in any_one_will_do(r, standing_asks(r)))
    if whose == "soc3":
        return tuple(r for r in others if "soc3" in r.asks)
    return tuple(r for r in others if report in _asks_for(r) and (is_firm(r) or not bound))


BRANCHES = ("reader", "subject", "either")
"""The keys whose absence makes several ways to read a request."""


def left_out(request: Request) -> dict[str, tuple[str, ...]]:
    """Return the keys that a request leaves out and that the derived questions depend on, each with those questions."""
    left: dict[str, tuple[str, ...]] = {}
    asks = standing_asks(request)
    if not asks and ANSWERS_ENOUGH in request.asks:
        return left
    kind = QUESTION_OF.get(request.reader, "")
    if not kind:
        left["reader"] = ASKED_BY
    if not any(a in ASKS for a in request.asks):
        left["asks"] = (*ASKED_BY, BOUND_TO)
    unnamed = any(a in UNNAMED_ASKS or a in SURVEY_OPTION for a in asks)
    if unnamed and kind in ("", OTHERS) and request.subject not in SUBJECTS:
        left["subject"] = (FINANCE, SECURITY)
    if len(any_one_will_do(request, asks)) > 1:
        left["either"] = (kind,) if kind else ASKED_BY
    if request.force not in (*FIRM, "wish"):
        investor = (INVESTORS,) if kind in ("", INVESTORS) else ()
        left["force"] = (BOUND_TO, SINGLE_WISH, *investor)
    if request.type not in REQUESTED_TYPES:
        left["type"] = (DETAIL,)
    if request.needed_by is None and request.needed not in BANDS:
        left["needed_by"] = ("needed_by",)
    return left
