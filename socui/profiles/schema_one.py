"""A profile of schema 1 as one of schema 2: its answers on who asked for what become requests.

Only where the answers are whole: then the list of requests is closed and says the same. What was answered in part, is to
be confirmed, or does not say which reader asked, stays an answer, as tables have it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

_Document = dict[str, Any]

_READERS = {"asked_by_finance": "finance", "asked_by_security": "security"}
"""The answers that become a request, and the reader who made it. Those of others do not say which reader asked."""
_OTHERS = "asked_by_others"
_ASKS = {
    "soc1": "soc1",
    "soc2": "soc2",
    "unnamed": "soc_unnamed",
    "recurring": "questionnaires",
    "questionnaire": "questionnaire",
    "other": "other",
}
DETAILS = ("type2_named", "type1_ok", "fiscal_year_coverage", "alternatives_ok")
_TYPES = {"type2_named": "type2", "type1_ok": "type1_ok"}


def migrated(document: _Document) -> _Document:
    """Return the document with requests in place of the answers that say the same. The one given stays as it is."""
    answers = document.get("answers")
    if not isinstance(answers, Mapping) or not _whole(document, answers):
        return document
    asked = {question: answers[question] for question in _READERS}
    if not any(asked.values()) and not answers[_OTHERS]:  # what was demanded did not apply
        dropped = {*_READERS, _OTHERS, "binding", "request_detail"}
    else:
        dropped = {*_READERS} if answers[_OTHERS] else {*_READERS, _OTHERS}
    kept = {question: answer for question, answer in answers.items() if question not in dropped}
    kept["more_requests"] = "no"
    if any(asked.values()):
        kept["single_wish"] = "no"  # such an answer is about all who asked, not about one
    requests = [request for question, options in asked.items() for request in _requests(document, question, options)]
    for number, request in enumerate(requests, 1):
        request["id"] = f"r{number}"
    return {**document, "answers": kept, **({"requests": requests} if requests else {})}


def _whole(document: _Document, answers: Mapping[str, object]) -> bool:
    """Return whether it is known of every kind of reader what it asked for, and how firmly."""
    marks = [document.get(mark) for mark in ("begun", "not_sure", "confirm")]

    def is_answered(question: str, options: Collection[str]) -> bool:
        answer = answers.get(question)
        marked = any(isinstance(mark, Mapping) and question in mark for mark in marks)
        return isinstance(answer, list) and set(map(str, answer)) <= set(options) and not marked

    if "requests" in document or not all(is_answered(question, _ASKS) for question in (*_READERS, _OTHERS)):
        return False
    nobody = not any(answers[question] for question in (*_READERS, _OTHERS))
    return nobody or (is_answered("binding", _ASKS) and is_answered("request_detail", DETAILS))


def _requests(document: _Document, question: str, options: list[str]) -> list[_Document]:
    """Return the requests of one kind of reader: what is a condition apart from what is not."""
    bound = [option for option in options if _binds(document, question, option)]
    parts = [(bound, True), ([option for option in options if option not in bound], False)]
    return [_request(document, _READERS[question], part, firm) for part, firm in parts if part]


def _binds(document: _Document, question: str, option: str) -> bool:
    """Return whether an ask is what a contract, a deal or a regulator demands; not where another reader may be meant."""
    answers = document["answers"]
    demanded = answers.get("binding")
    if not isinstance(demanded, list) or option not in demanded or option not in ("soc1", "soc2", "unnamed"):
        return False
    return [q for q in (*_READERS, _OTHERS) if option in answers[q]] == [question]


def _request(document: _Document, reader: str, options: list[str], firm: bool) -> _Document:
    request: _Document = {"id": "", "reader": reader, "asks": [_ASKS[option] for option in options], "either": False}
    if firm:
        request["force"] = "contract"
    detail = document["answers"].get("request_detail")
    named = [_TYPES[option] for option in detail if option in _TYPES] if isinstance(detail, list) else []
    if len(named) == 1:
        request["type"] = named[0]
    day = document.get("dates", {}).get("needed_by") if isinstance(document.get("dates", {}), Mapping) else None
    band = document["answers"].get("needed_by")
    if isinstance(day, date) and not isinstance(day, datetime):
        request["needed_by"] = day
    elif isinstance(band, str) and band:
        request["needed"] = band
    return request
