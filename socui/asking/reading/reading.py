"""Reads a pasted request: suggestions, each with the exact words that support it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from socui.asking.reading.combined import SURELY_ASKS, WEIGHED_FIELDS, hardly_asks, held_together
from socui.asking.reading.dated import dated_parts
from socui.asking.reading.days import can_be_counted_from
from socui.asking.reading.matcher import Match, Matched, Spans, match_text
from socui.asking.reading.phrases import Phrases, load_phrases
from socui.asking.reading.sender import sender
from socui.asking.reading.single import TERSE, categories, single, unlikely_values
from socui.asking.reading.statements import SOC_OPEN, Statements, first_named, statements, without_unnamed
from socui.asking.reading.weights import ANY_REQUEST, Weighed, load_weights
from socui.text import scrub

_QUESTION = (
    "Do you need it for an audit of financial statements (SOC 1), for the security, availability or privacy of data "
    "(SOC 2), or for both? And who will read it?"
)
FROM_LINE = "from-line"
"""Stands for a phrase where the head of a mail says who wrote it."""
_Value = str | bool | int | date | tuple[date, date]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field of a request (or for `side`), the words that support it, where they stand, and the phrase
    that they match; FROM_LINE where it is the head of a mail, WEIGHTS where it is the words. A period is a pair of days."""

    field: str
    value: _Value
    quote: str
    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text suggests, in the order of the fields of a request; nothing where it asks for nothing. `questions`: what it
    may say, on weak evidence: each is to be asked, and is none of the suggestions."""

    suggestions: tuple[Suggestion, ...]
    questions: tuple[Suggestion, ...] = ()
    soc_open: bool = False
    """Whether a report is asked for and the words do not say whether it is SOC 1 or SOC 2."""

    @property
    def question(self) -> str:
        """What to ask back where the words leave SOC 1 or SOC 2 open, else nothing."""
        return _QUESTION if self.soc_open else ""


def read_request(text: str, received: date | None = None, phrases: Phrases | None = None) -> Reading:
    """Read a text of any length. `received` is the day it came, for days such as "this Friday" and "in 30 days"; one
    that no text comes on, as in the year 9999, counts as none.

    The same text always gives the same suggestions; what the words leave open is left out.
    """
    if received is not None and not can_be_counted_from(received):
        received = None
    phrases = phrases or load_phrases()
    matched = match_text(text, phrases)
    weighed = Weighed(matched, phrases.families, load_weights(phrases.folder))
    asks = weighed.of(ANY_REQUEST).get("yes", 1.0)
    if hardly_asks(weighed, asks):
        return Reading(())
    state = statements(matched, weighed, asks)
    doubtful = _no_request(matched, state) and not (asks >= PLAINLY_ASKS and _asks_by_name(matched, state))
    if doubtful and asks < SURELY_ASKS:
        return Reading(())
    suggestions: list[Suggestion] = []
    questions: list[Suggestion] = []
    for sure, (field, value, start, end, phrase) in _parts(matched, state, weighed, received):
        first, last = matched.folded.span(start, end)
        suggestion = Suggestion(field, value, text[first:last], first, last, phrase)
        (suggestions if sure and not doubtful else questions).append(suggestion)
    wrote = sender(text, min(s.start for s in suggestions if s.field in ("asks", "bridge"))) if suggestions else None
    if wrote and not any((s.field, s.value) == ("side", "obtain") for s in suggestions):
        name, first, last = wrote
        suggestions.insert(0, Suggestion("asked_by", scrub(name), text[first:last], first, last, FROM_LINE))
    reports = {s.value for s in suggestions if s.field == "asks"}
    return Reading(tuple(suggestions), tuple(questions), bool(reports & {"soc_unnamed", "assurance_unnamed"}))


PLAINLY_ASKS = 0.95
"""How likely a text has to ask, by all its words, to be no offer and no notice of an audit though a phrase says so."""


def _asks_by_name(matched: Matched, state: Statements) -> bool:
    """Return whether words that ask have the report they ask for in them: "please send us the SOC 2"."""
    asked = Spans((name.start, name.end) for name in state.asked)
    asking = (m for m in matched.telling("asking") if not m.phrase.weak)
    return any(m.phrase.values[0] == "here" and asked.overlap(m.start, m.end) for m in asking)


FOOTER = 3
"""The lines behind the last report asked for from which on words are no longer of the request: a signature, a notice."""


def _no_request(matched: Matched, state: Statements) -> bool:
    """Return whether the text is something else, such as an offer, which a footer does not say; or where two words
    of another field stand in it, such as "battery" and "charge", and none of this one."""
    last = max((state.line(m.start) for m in state.asked), default=0)
    by_value: dict[str, set[str]] = defaultdict(set)
    for m in matched.telling("no_request"):
        if state.line(m.start) < last + FOOTER:
            by_value[m.phrase.values[0]].add(matched.masked[m.start : m.end])
    if _asks_in_earnest(matched, state):
        return False
    return bool(by_value["text"]) or (len(by_value["hint"]) > 1 and not by_value["field"])


def _asks_in_earnest(matched: Matched, state: Statements) -> bool:
    """Return whether a text that says who reads asks for a report firmly or by a day: no offer and no advert does."""
    named = defaultdict(list)
    weak_reader = False
    for m in matched.phrases if state.asked else ():
        if not m.phrase.weak:
            named[m.phrase.tells].append(m)
        weak_reader = weak_reader or m.phrase.tells == "reader"
    due = [m for m in named["needed_by"] if m.phrase.values[0].startswith("firm")]
    force = [m for m in named["force"] if state.near(m)]
    asking = any(state.near(m, 0) for m in (*named["asking"], *due))
    return asking and bool((named["reader"] and (force or due)) or (weak_reader and force))


_Part = tuple[str, _Value, int, int, str]


def _parts(
    matched: Matched, state: Statements, weighed: Weighed, received: date | None
) -> Iterator[tuple[bool, _Part]]:
    """Yield what a text says, and whether it is suggested or to be asked."""
    asked = without_unnamed(first_named(state.asked))
    doubted = {value: name for value, name in first_named(state.doubted).items() if value not in asked}
    bridges = [m for m in matched.telling("bridge") if (asked and state.near(m)) or _asks_itself(matched, state, m)]
    if not asked and not any(bridge.phrase.values[0] == "true" for bridge in bridges):
        yield from ((False, part) for part in _several("asks", without_unnamed(doubted)))
        return
    refused = {value: m for value, m in first_named(state.refused).items() if value not in asked}
    terse = len(matched.masked) <= 2 * TERSE
    weighable = dict(held_together(single(matched, state, WEIGHED_FIELDS), weighed, unlikely_values(state), terse))
    yield from (weighable[field] for field in ("side", "reader") if field in weighable)
    yield from ((True, part) for part in _several("asks", asked))
    yield from ((False, part) for part in _several("asks", doubted) if part[1] not in SOC_OPEN)
    yield from ((True, part) for part in _several("refused", refused))
    for either in state.either[:1]:
        yield True, ("either", True, either.start, either.end, either.phrase.id)
    yield from (weighable[field] for field in ("subject", "type", "force") if field in weighable)
    yield from ((True, part) for part in categories(matched, state))
    lines = state if asked else replace(state, request_lines=frozenset(state.line(m.start) for m in bridges))
    yield from ((True, part) for part in dated_parts(matched, lines, received, bool(asked)))
    bridges.sort(key=lambda m: m.phrase.values[0])  # "no bridge letter" has the words of one that is asked for
    for bridge in bridges[:1]:
        yield True, ("bridge", bridge.phrase.values[0] == "true", bridge.start, bridge.end, bridge.phrase.id)


def _asks_itself(matched: Matched, state: Statements, bridge: Match) -> bool:
    """Whether a bridge letter is asked for, where no report is: in its line or beside it."""
    line = state.line(bridge.start)
    asking = matched.telling("asking")
    return any(state.line(m.start) == line or (state.line(m.start) == line + 1 and not m.phrase.weak) for m in asking)


def _several(field: str, named: dict[str, Match]) -> Iterator[_Part]:
    for value, name in named.items():
        yield (field, value, name.start, name.end, name.phrase.id)
