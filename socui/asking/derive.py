"""Turns requests into answers of the questions that rules decide on: who of which kind asked for what, how firmly.

A key that a request leaves out is unknown, so that there may be several ways of reading all requests together: worlds.
What one world leaves open is independent of the rest, so that the worlds together say exactly what is possible. Unless
the list of requests is closed ("nobody else has asked"), every world may hold more requests of any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from socui.asking.given import NOTHING, Given, common
from socui.asking.request_readings import (
    ASKED_BY,
    BOUND_TO,
    DETAIL,
    FINANCE,
    INVESTORS,
    NONE_TICKED,
    OTHERS,
    SECURITY,
    OneReading,
    Ticks,
    request_readings,
)
from socui.profiles.records import Request

SINGLE_WISH, ANYBODY = "single_wish", "anybody_asked"
DERIVED = (*ASKED_BY, BOUND_TO, DETAIL, SINGLE_WISH, ANYBODY)


MOST_WORLDS = 64
"""The most worlds that are kept apart. With more, only what they have in common counts."""


World = Mapping[str, Given]
"""One way to read all requests and flat answers, as the answers to the derived questions."""


def worlds(requests: tuple[Request, ...], closed: bool, flat: Mapping[str, Given]) -> tuple[World, ...]:
    """Return every way to read the requests, the likeliest first. `closed`: nobody else has asked. `flat` are
    answers given to the derived questions themselves, as tables have them; what they say holds beside the requests."""
    merged: dict[tuple[Ticks, Ticks, int, bool | None], None] = {(NONE_TICKED, NONE_TICKED, 0, False): None}
    for request in requests:
        readings = request_readings(request)
        merged = {_with(state, reading): None for state, reading in product(merged, readings)}
    readings_found: dict[frozenset[tuple[str, Given]], World] = {}
    for state in merged:
        for more in _unnamed_of_others(flat):
            world = _world(state, more, len(requests), closed, flat)
            readings_found.setdefault(frozenset(world.items()), world)
    told_apart = tuple(readings_found.values())
    return told_apart if len(told_apart) <= MOST_WORLDS else (common(told_apart),)


def _with(state: tuple[Ticks, Ticks, int, bool | None], reading: OneReading) -> tuple[Ticks, Ticks, int, bool | None]:
    ticked, maybe, count, firm = state
    if reading.counts:
        count = min(count + 1, 2)
        firm = True if firm or reading.firm else None if firm is None or reading.firm is None else False
    again = frozenset((q, "recurring") for q in (SECURITY, OTHERS) if (q, "questionnaire") in ticked & reading.ticked)
    ticked |= reading.ticked | again  # two clients' questionnaires are what the one option calls repeatedly
    return ticked, (maybe | reading.maybe) - ticked, count, firm


def _unnamed_of_others(flat: Mapping[str, Given]) -> tuple[Ticks, ...]:
    """Return what an unnamed ask of a reader of both kinds can mean, where a flat answer says that there is one."""
    answer = flat.get(OTHERS)
    if answer is None or "unnamed" not in answer.chosen:
        return (NONE_TICKED,)
    amounts, data = (FINANCE, "unnamed"), (SECURITY, "unnamed")
    return frozenset([amounts, data]), frozenset([data]), frozenset([amounts])


def _world(
    state: tuple[Ticks, Ticks, int, bool | None],
    more: Ticks,
    count: int,
    closed: bool,
    flat: Mapping[str, Given],
) -> dict[str, Given]:
    ticked, maybe, speaking, firm = state
    ticked = ticked | more
    answers: dict[str, Given] = {}
    others = flat.get(OTHERS)
    for question in (*ASKED_BY, BOUND_TO, DETAIL):
        answer = flat.get(question)
        if answer is None and question == INVESTORS and others is not None and others.complete:
            answer = NOTHING  # tables without a column for investors have them among the others
        chosen = frozenset(o for q, o in ticked if q == question) | (answer.chosen if answer else frozenset())
        told_all = answer is not None and answer.complete  # of all requests together
        open_ = frozenset() if told_all else frozenset(o for q, o in maybe if q == question) - chosen
        if closed if answer is None else answer.complete:
            answers[question] = Given(chosen, not open_, open_ or None)
        elif chosen or answer is not None:
            answers[question] = Given(chosen, False)
    if all(q in answers and answers[q] == NOTHING for q in ASKED_BY):  # nobody asks, so that nothing is demanded
        answers = {BOUND_TO: NOTHING, DETAIL: NOTHING, **answers}
    answered = [q for q in (*ASKED_BY, BOUND_TO) if q in flat and flat[q].chosen]
    answers.update(_counted(answers, bool(answered), count, speaking, firm, closed))
    for question in (SINGLE_WISH, ANYBODY):
        if question in flat:
            answers[question] = flat[question]
    return answers


def _counted(
    answers: Mapping[str, Given], answered: bool, count: int, speaking: int, firm: bool | None, closed: bool
) -> dict[str, Given]:
    """Return whether anybody asked, and whether all there is is one wish."""
    counted: dict[str, Given] = {}
    if answered or count:
        counted[ANYBODY] = Given(frozenset(["yes"]), True)
    elif closed or all(q in answers and answers[q].complete for q in ASKED_BY):
        counted[ANYBODY] = Given(frozenset(["no"]), True)
    if answered or speaking > 1 or firm:
        counted[SINGLE_WISH] = Given(frozenset(["no"]), True)
    elif closed and firm is False:
        counted[SINGLE_WISH] = Given(frozenset(["yes" if speaking else "no"]), True)
    elif not closed and counted.get(ANYBODY, NOTHING).chosen == {"no"}:
        counted[SINGLE_WISH] = Given(frozenset(["no"]), True)
    return counted
