"""The fields of a request that have one value: which of several that a text speaks for it is, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from socui.asking.reading.aside import DEPARTMENTS, addressed
from socui.asking.reading.combined import LAWS
from socui.asking.reading.fold import MENTION
from socui.asking.reading.matcher import Match, Matched, Spans
from socui.asking.reading.statements import Statements

PRECEDENCE = {
    "reader": ("service_auditor", "partner_bank", "regulator", "user_auditor", "finance", "security", "investor",
               "prospect", "client"),
    "side": ("provide", "obtain"),
    "type": ("type1_ok", "type2"),
    "force": ("law", "deal", "contract", "wish"),
}  # fmt: skip
"""Where a text speaks for several values, the first of these is meant: an auditor's request is often sent by the
client's finance team, a department says more than "customer", and a Type 1 that will do for now matters."""

OPPOSED = (
    ("security", "finance"),
    ("security", "user_auditor"),
    ("investor", "security"),
    ("regulator", "user_auditor"),
)
"""Readers of whom none can be chosen: each stands for another request."""

UNLIKELY = {
    "soc1": ("data", "security"),
    "soc2": ("amounts", "user_auditor", "finance"),
}
"""What a report, asked for alone, is not about and who does not read it: words that say so are about something else."""
_REPORTS = frozenset(("soc1", "soc2", "soc_unnamed", "assurance_unnamed"))
_ALIKE = {"aaf": "soc1", "soc3": "soc2"}

TYPE_BEHIND = 8
"""Letters behind a refused report in which its Type may stand."""

_HELD = "mention"

TERSE = 60
"""A note of fewer letters may speak of anybody's report; a longer text that asks speaks to the one who reads it."""

ANYWHERE = ("side", "reader")
"""Fields that a signature or a heading may tell; the others stand in the request or beside it."""


def single(matched: Matched, state: Statements, fields: Sequence[str]) -> Iterator[tuple[str, str, int, int, str]]:
    """Yield at most one suggestion a field."""
    for field in fields:
        named = _named(matched, state, field)
        strong = [m for m in named if m.phrase.firm] or [m for m in named if not m.phrase.weak]
        if field == "side" and not any(m.phrase.firm for m in strong):
            asked = Spans((name.start, name.end) for name in state.asked)
            strong = [m for m in strong if asked.overlap(m.start, m.end)] or strong
        if field == "force" and not named:
            strong = [m for m in state.asked if set(m.phrase.values) & LAWS][:1]
            if strong:
                yield (field, "law", strong[0].start, strong[0].end, strong[0].phrase.id)
            continue
        match = _chosen(field, strong) or (None if strong else _chosen(field, named))
        if field == "side" and match is None and not named:
            asking = [m for m in matched.telling("asking") if state.near(m, 0)]
            asking += matched.telling("reader")
            asking = [m for m in asking if not m.phrase.weak]
            if asking or len(matched.masked) > 2 * TERSE:
                asking = asking or state.asked
            if asking and len(matched.masked) > TERSE:
                yield (field, "provide", asking[0].start, asking[0].end, asking[0].phrase.id)
            continue
        if match is not None:
            yield (field, match.phrase.values[0], match.start, match.end, match.phrase.id)
        elif field == "subject" and strong:
            yield (field, "both", strong[0].start, strong[0].end, strong[0].phrase.id)


def unlikely_values(state: Statements) -> tuple[str, ...]:
    """Return what the one report that is asked for is not about and who does not read it."""
    reports = {_ALIKE.get(value, value) for name in state.asked for value in name.phrase.values} & _REPORTS
    return UNLIKELY.get(next(iter(reports)), ()) if len(reports) == 1 else ()


def _named(matched: Matched, state: Statements, field: str) -> list[Match]:
    """Return what the text says of a field, without what is said of something else."""
    unlikely = unlikely_values(state)
    named = [m for m in matched.telling(field) if m.phrase.values[0] not in unlikely]
    named = [m for m in named if state.line(m.start) not in state.notices and (field in ANYWHERE or state.near(m, 2))]
    match field:
        case "reader":
            heads = addressed(matched)
            return [m for m in named if m.phrase.values[0] not in DEPARTMENTS or not heads.overlap(m.start, m.end)]
        case "type":
            return _of_the_day(matched, _not_refused(matched, state, named))
        case "subject":
            asked_lines = {state.line(name.start) for name in state.asked}
            named = [m for m in named if not _of_other_row(matched, state, m, asked_lines)]
            return _of_the_items(matched, state, named)
        case "force":
            named = _without_partial_wishes(matched, state, named)
            return _of_the_items(matched, state, named)
    return named


def _of_other_row(matched: Matched, state: Statements, match: Match, asked_lines: set[int]) -> bool:
    """Return whether words stand in a row of a table in which no report is asked for: they are about something else."""
    line = state.line(match.start)
    return line not in asked_lines and matched.masked.startswith("|", state.line_starts[line])


def _of_the_items(matched: Matched, state: Statements, named: list[Match]) -> list[Match]:
    """Return what is said, without what stands in a short item of a list that names no report, where another item does."""
    items, asked = matched.folded.items, {state.line(name.start) for name in state.asked}
    if not any(state.line_starts[line] in items for line in asked):
        return named
    return [m for m in named if not _of_other_item(matched, state, m, asked)]


def _of_other_item(matched: Matched, state: Statements, match: Match, asked: set[int]) -> bool:
    """Return whether words stand in a short item of a list that names no report."""
    line = state.line(match.start)
    end = matched.masked.find("\n", match.start)
    length = (end if end >= 0 else len(matched.masked)) - state.line_starts[line]
    return state.line_starts[line] in matched.folded.items and line not in asked and length < TERSE


def _without_partial_wishes(matched: Matched, state: Statements, named: list[Match]) -> list[Match]:
    """Return what tells how firmly, without wishes for one report where another line asks for others without wishing:
    they do not tell how firmly those are wanted."""
    wishes = {state.line(m.start) for m in named if m.phrase.values[0] == "wish"}
    if not wishes:
        return named
    values: dict[int, set[str]] = defaultdict(set)
    for name in state.asked:
        values[state.line(name.start)].update(name.phrase.values)
    asking = {state.line(m.start) for m in matched.telling("asking") if not m.phrase.weak}
    others = {frozenset(values[line]) for line in values.keys() & asking - wishes}
    partial = {line for line in wishes & values.keys() if any(not values[line] & other for other in others)}
    return [m for m in named if m.phrase.values[0] != "wish" or state.line(m.start) not in partial]


def _not_refused(matched: Matched, state: Statements, types: list[Match]) -> list[Match]:
    """Return the Types, without those of reports that are refused, a Type 1 that a refusal speaks of and, where another
    line names one, those of lines that speak of a report already held."""
    held = {state.line(m.start) for m in matched.telling("not_asked") if m.phrase.values[0] == _HELD}
    types = [m for m in types if state.line(m.start) not in held] or types
    asked = {value for m in state.asked for value in m.phrase.values}
    names = Spans((m.start, m.end + TYPE_BEHIND) for m in state.refused if not asked & set(m.phrase.values))
    types = [m for m in types if not names.overlap(m.start, m.end)]
    refusals = Spans((m.start, m.end + TYPE_BEHIND) for m in matched.telling("refused"))
    return [
        m
        for m in types
        if m.phrase.values[0] == "type2"
        or not (refusals.overlap(m.start, m.end) or state.refusals.overlap(m.start, m.end))
    ]


def _of_the_day(matched: Matched, types: list[Match]) -> list[Match]:
    """Return the Types, without a Type 1 where every day stands in a clause that names a Type 2 alone: "a Type 1 will do
    for now, but we need the Type 2 by June 30" is late without the Type 2."""
    days = matched.telling("needed_by")
    starts = sorted((m.start, m.phrase.values[0]) for m in types)
    for day in days:
        near = max(0, day.start - CLAUSE)
        begin = max((b.end() for b in _CLAUSE.finditer(matched.masked, near, day.start)), default=near)
        within = starts[bisect_left(starts, (begin, "")) : bisect_left(starts, (day.end, ""))]
        if {value for _, value in within} != {"type2"}:
            return types
    return [m for m in types if m.phrase.values[0] == "type2"] if days else types


def _chosen(field: str, named: list[Match]) -> Match | None:
    by_value: dict[str, Match] = {}
    for match in named:
        by_value.setdefault(match.phrase.values[0], match)
    if len(by_value) == 1:
        return next(iter(by_value.values()))
    if field == "reader" and any(a in by_value and b in by_value for a, b in OPPOSED):
        return None
    return next((by_value[value] for value in PRECEDENCE.get(field, ()) if value in by_value), None)


CLAUSE = 200
"""Letters before a day among which its clause is looked for."""
_CLAUSE = re.compile(r"[.;:,\n(]\s|\b(?:but|and then|then|however)\b")
"""What begins another clause."""
_BEFORE = re.compile(r"(?:[(:\[]|\b(?:covering|covers|cover|including|include|includes|incl\.?|scope|addressing|addresses|with|criteria|"
                     r"categories|principles|for|on|at least|scope|of|trust services?|tsc|tsp))[^\w\n]{0,4}(?:the )?$")  # fmt: skip
_JOINED = re.compile(r"(?:[^\w\n]{0,5}(?:and|or|plus)?[^\w\n]{0,5}|;\n)(?:the )?$")
_BEHIND = re.compile(
    r"[^\w\n]{0,4}(?:trust services? )?(?:criteria|criterion|categor(?:y|ies)|principles?|tsc|tscs|in scope|included|covered)\b"
)
_OF = re.compile(r" (?:of|for|team|teams|office|group|department|review|questionnaire|policy|policies|requirements)\b")
_INCLUDED = re.compile(
    r"(?:\((?:with |incl\.? |including |plus )?|\b(?:including|include|includes|incl\.?|covering|covers|cover|scope)"
    rf"|{MENTION}(?: type.{{1,4}})? (?:report )?with(?: the)?) ?$"
)
_CLOSED = re.compile(
    rf"[^\w\s]|\n|\Z| (?:this time|too|as well|would|will|is|please|in scope)\b| (?:or|and) (?:an? |the |your )?{MENTION}"
)
CATEGORY_REACH = range(-2, 3)
"""Lines from one that names a report within which its categories stand."""


def categories(matched: Matched, state: Statements) -> Iterator[tuple[str, str, int, int, str]]:
    """Yield the trust services categories that are named: in a row, or each as a category."""
    soc = {state.line(m.start) for m in state.asked if {"soc2", "soc3", "soc_unnamed"} & set(m.phrase.values)}
    named = matched.telling("categories")
    named = [m for m in named if any(state.line(m.start) + step in soc for step in CATEGORY_REACH)]
    passing = {state.line(m.start) for m in matched.telling("not_asked") if m.phrase.values[0] == _HELD} - soc
    passing &= {state.line(name.start) for name in matched.names}
    named = [m for m in named if state.line(m.start) not in passing]
    runs: list[list[Match]] = []
    for match in named:
        if runs and _JOINED.fullmatch(matched.masked, runs[-1][-1].end, match.start):
            runs[-1].append(match)
        elif not runs or match.start >= runs[-1][-1].end:
            runs.append([match])
    chosen: dict[str, Match] = {}
    for run in runs:
        text, start, end = matched.masked, run[0].start, run[-1].end
        bound = _BEFORE.search(text, max(0, start - 24), start) or text[max(0, start - 2) : start].strip() == MENTION
        several = len(run) > 1 and (bound or not _OF.match(text, end))
        single_one = bound and (_INCLUDED.search(text, max(0, start - 16), start) and _CLOSED.match(text, end))
        if any(not m.phrase.weak for m in run) or _BEHIND.match(text, end) or several or single_one:
            for match in run:
                for value in match.phrase.values:
                    chosen.setdefault(value, match)
    for value, match in chosen.items():
        yield ("categories", value, match.start, match.end, match.phrase.id)
