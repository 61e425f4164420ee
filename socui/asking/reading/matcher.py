"""Finds the phrases in a text: names of reports first, then days, then everything that is said around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socui.asking.reading.days import DaySpan, find_days
from socui.asking.reading.fold import DAY, MENTION, Folded, fold
from socui.asking.reading.pattern import pattern_keys
from socui.asking.reading.phrases import Entries, Entry, Phrase, Phrases

MOST_NAMES = 1000
"""Names beyond these are left alone: no request names a thousand reports."""

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in the folded text. `groups`: where the days and numbers of it stand."""

    phrase: Phrase
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Matched:
    """All that stands in a text: reports that are named, days, other phrases; `masked`: the folded text in which
    letters that no text has stand for names and days."""

    folded: Folded
    masked: str
    names: list[Match]
    days: dict[int, DaySpan]
    phrases: list[Match]


def match_text(text: str, phrases: Phrases) -> Matched:
    """Find everything, in time that grows with the length of the text."""
    folded = fold(text)
    names = _apart(_found(folded.text, phrases.names))[:MOST_NAMES]
    masked = _masked(folded.text, [(m.start, m.end) for m in names], MENTION)
    days = find_days(masked)
    masked = _masked(masked, [(d.start, d.end) for d in days], DAY)
    return Matched(folded, masked, names, {d.start: d for d in days}, _found(masked, phrases.rest))


def _found(text: str, index: Mapping[str, Entries]) -> list[Match]:
    """Every match that no `unless` of its phrase overlaps, in the order of the text."""
    matched: list[Match] = []
    taken_away: dict[str, list[tuple[int, int]]] = {}
    line_end = last_name = last_day = -1
    for word in _WORDS.finditer(text):
        start = word.start()
        if start >= line_end:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            last_name, last_day = text.rfind(MENTION, start, line_end), text.rfind(DAY, start, line_end)
        for key in pattern_keys(word[0]):
            entries = index.get(key)
            if entries is None:
                continue
            _try(entries.without, text, start, matched, taken_away)
            if last_name >= start:
                _try(entries.with_name, text, start, matched, taken_away)
            if last_day >= start:
                _try(entries.with_day, text, start, matched, taken_away)
    away = {id: Spans(spans) for id, spans in taken_away.items()}
    return [m for m in matched if m.phrase.id not in away or not away[m.phrase.id].overlap(m.start, m.end)]


def _try(
    entries: list[Entry], text: str, start: int, matched: list[Match], taken_away: dict[str, list[tuple[int, int]]]
) -> None:
    for entry in entries:
        match = entry.match(text, start)
        if match is None or (entry.initial and not _initial(text, start)):
            continue
        if entry.unless:
            taken_away.setdefault(entry.phrase.id, []).append(match.span())
        else:
            groups = {name: match.span(name) for name in match.re.groupindex if match[name] is not None}
            matched.append(Match(entry.phrase, start, match.end(), groups))


class Spans:
    """Parts of a text, joined where they overlap, to be asked whether another part overlaps one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of the parts has a letter in common with that one."""
        at = bisect_left(self.starts, end) - 1
        return at >= 0 and self.ends[at] > start


_INITIAL = re.compile(rf"[^\W\d]{{3}}|{MENTION}")


def _initial(text: str, at: int) -> bool:
    """Whether a line begins there, or goes on behind a colon, but for signs and the number of an item."""
    if text[max(0, at - 2) : at] == ": ":
        return True
    line = text.rfind("\n", max(0, at - 24), at)
    if line < 0 and at >= 24:
        return False
    return not _INITIAL.search(text, line + 1, at)


def _apart(matches: list[Match]) -> list[Match]:
    """Of names that overlap, the one that begins first and is the longest."""
    apart: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


def _masked(text: str, spans: list[tuple[int, int]], letter: str) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], letter * (end - start)]
        at = end
    return "".join(parts) + text[at:]
