"""Finds the phrases in a text: names of reports first, then days, then everything that is said around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from socui.asking.reading.day_spans import DaySpan, find_days
from socui.asking.reading.fold import DAY, MENTION, Folded, fold
from socui.asking.reading.index import Entries, Entry, Index, JoinedEntry
from socui.asking.reading.pattern import MEANT
from socui.asking.reading.phrases import Phrase, Phrases

MOST_NAMES = 1000
"""Names beyond these are left alone: no request names a thousand reports."""
MOST_PHRASES = 20_000
"""Nor does one say so much around them."""

_WORDS = re.compile(r"\w+")
_LINES = re.compile(r"[^\n]+")


class Match(Struct, frozen=True):
    """A phrase found in the folded text. `groups` holds the offsets of the days and numbers inside it."""

    phrase: Phrase
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]

    @property
    def meant(self) -> tuple[int, int]:
        """Where the report that it means stands; all of it where it does not tell."""
        return self.groups.get(MEANT, (self.start, self.end))


@dataclass(frozen=True, slots=True)
class Matched:
    """Everything found in one text: the reports it names, the days, and all other phrases.

    `masked` is the folded text with names and days replaced by letters that no text contains.
    """

    folded: Folded
    masked: str
    names: list[Match]
    days: dict[int, DaySpan]
    phrases: list[Match]
    _by_field: Mapping[str, list[Match]]

    def telling(self, field: str) -> list[Match]:
        """Return the phrases that tell of a field, in the order of the text."""
        return self._by_field.get(field, [])


def match_text(text: str, phrases: Phrases) -> Matched:
    """Find everything, in time that grows with the length of the text."""
    folded = fold(text)
    names = _apart(_found(folded.text, phrases.names, MOST_NAMES))[:MOST_NAMES]
    masked = _masked(folded.text, [(m.start, m.end, _name_mask(folded.text[m.start : m.end])) for m in names])
    days = find_days(masked)
    masked = _masked(masked, [(d.start, d.end, DAY * (d.end - d.start)) for d in days])
    matches = _found(masked, phrases.rest, MOST_PHRASES)
    by_field: dict[str, list[Match]] = {}
    for match in matches:
        by_field.setdefault(match.phrase.tells, []).append(match)
    return Matched(folded, masked, names, {d.start: d for d in days}, matches, by_field)


def _found(text: str, index: Index, most: int) -> list[Match]:
    """Return every match that no `unless` of its phrase overlaps, in the order of the text; of a text that has more than
    so many, those of its beginning."""
    finder = _Finder(text, index, most)
    for line in _LINES.finditer(text):
        if not finder.line(list(_WORDS.finditer(text, *line.span()))):
            break
    return finder.kept()


_Span = tuple[int, int]
_BREAK = re.compile(r"[,;:()]|\b(?:but|while|whereas|although|until|unless|without|before|if|because|so)\b| - ")
MOST_PARTS, MOST_APART = 4, 200
"""Of a part of joined patterns so many matches of a line are looked at; the parts stand within so many letters."""


_NO_GROUPS: Mapping[str, _Span] = {}


class _Finder:
    """Collects the matches in a text; those of parts line by line, to be joined at the end of each."""

    def __init__(self, text: str, index: Index, most: int) -> None:
        self.text, self.index, self.most = text, index, most
        self.matched: list[tuple[int, Match, tuple[_Span, ...]]] = []
        self.taken_away: dict[tuple[str, bool], list[_Span]] = {}
        """By phrase what its `unless` takes away: the words; or, where that says which report is meant, what means it."""
        self.parts: dict[int, list[_Span]] = {}
        self.groups: dict[_Span, Mapping[str, _Span]] = {}

    def line(self, words: list[re.Match[str]]) -> bool:
        """Try the patterns at each word of a line; return whether there is room for more matches."""
        looked_up, look_up = self.index.looked_up, self.index.look_up
        spelled = [word[0] for word in words]
        at_words = [looked_up.get(word) or look_up(word) for word in spelled]
        begins = [number for number, (entries, _, _) in enumerate(at_words) if entries]
        if not begins:
            return True
        behind, has = [], 0
        for _, bits, _ in reversed(at_words):
            has |= bits
            behind.append(has)
        behind.reverse()
        there, everything = set(spelled), has
        candidates: dict[Entries, list[Entry]] = {}
        pairs, pair = self.index.pairs, self.index.pair
        spelled.append("")
        for number in begins:
            if len(self.matched) > self.most:
                break
            has, span, word = behind[number], words[number].span(), spelled[number]
            entries = at_words[number][0]
            for one in entries:
                for part in one.parts:
                    self.note(part, span)
            next_to = pairs.get((word, spelled[number + 1]))
            if next_to is None:
                next_to = pair(word, spelled[number + 1])
            if next_to:
                self._try_each(next_to, span[0], has)
            for one in entries:
                tried = candidates.get(one)
                if tried is None:
                    tried = one.in_line(there)
                    tried = [e for e in tried if not e.need or e.need & everything == e.need]
                    candidates[one] = tried
                if tried:
                    self._try_each(tried, span[0], has)
        self._join()
        return len(self.matched) <= self.most

    def _try_each(self, entries: Sequence[Entry], start: int, has: int) -> None:
        """Try patterns at the beginning of a word. `has`: the bits of what stands there or behind in the line."""
        text = self.text
        for entry in entries:
            need = entry.need
            if need and need & has != need:
                continue
            match = entry.match(text, start)
            if match is None or (entry.initial and not _initial(text, start)):
                continue
            span = match.span()
            for part in entry.part_of:
                self.note(part, span)
            groups = _NO_GROUPS
            if entry.grouped:
                groups = {name: match.span(name) for name in match.re.groupindex if match[name] is not None}
            if entry.phrase is not None:
                self._keep(entry, entry.phrase, (span,), groups)
            elif groups:
                self.groups[span] = groups

    def note(self, part: int, span: _Span) -> None:
        """Note a match of a part of joined patterns."""
        spans = self.parts.setdefault(part, [])
        if len(spans) < MOST_PARTS:
            spans.append(span)

    def _join(self) -> None:
        """Join the parts that the line has."""
        if not self.parts:
            return
        there = 0
        for part in self.parts:
            there |= 1 << part
        for part in self.parts:
            for joined in self.index.joined.get(part, ()):
                if joined.need & there == joined.need:
                    self._join_parts(joined)
        self.parts.clear()
        self.groups.clear()

    def _join_parts(self, joined: JoinedEntry) -> None:
        spans = _nearest([self.parts[part] for part in joined.parts])
        if spans and not (joined.close and _BREAK.search(self.text, spans[0][0], spans[-1][1])):
            groups = {name: at for span in spans for name, at in self.groups.get(span, {}).items()}
            self._keep(joined, joined.phrase, spans, groups)

    def _keep(
        self, entry: Entry | JoinedEntry, phrase: Phrase, spans: tuple[_Span, ...], groups: Mapping[str, _Span]
    ) -> None:
        if entry.unless:
            meant = groups.get(MEANT)
            self.taken_away.setdefault((phrase.id, meant is not None), []).extend((meant,) if meant else spans)
        else:
            end = spans[0][1] if len(spans) == 1 else max(end for _, end in spans)
            self.matched.append((entry.number, Match(phrase, spans[0][0], end, groups), spans))

    def kept(self) -> list[Match]:
        """Return the matches of which no part is taken away, nor the report that they mean."""
        away = {key: Spans(spans) for key, spans in self.taken_away.items()}

        def stays(match: Match, spans: tuple[_Span, ...]) -> bool:
            words, reports = away.get((match.phrase.id, False)), away.get((match.phrase.id, True))
            if words is not None and any(words.overlap(*span) for span in spans):
                return False
            return reports is None or not reports.overlap(*match.meant)

        kept = [(match.start, number, match) for number, match, spans in self.matched if stays(match, spans)]
        return [match for _, _, match in sorted(kept, key=lambda one: one[:2])]


def _nearest(parts: list[list[_Span]]) -> tuple[_Span, ...]:
    """Return one match of each part, apart from each other and as close together as they are; none where they are
    too far."""
    best: tuple[_Span, ...] = ()
    least = MOST_APART
    for first in parts[0]:
        chosen = [first]
        for spans in parts[1:]:
            free = [s for s in spans if all(s[1] <= c[0] or s[0] >= c[1] for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda s: abs(s[0] - first[0])))
        else:
            length = max(end for _, end in chosen) - min(start for start, _ in chosen)
            if length < least:
                best, least = tuple(sorted(chosen)), length
    return best


class Spans:
    """Parts of a text, merged where they overlap. Tells whether another part overlaps one of them."""

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
        """Return whether one of the parts has a letter in common with that one."""
        at = bisect_left(self.starts, end) - 1
        return at >= 0 and self.ends[at] > start


_INITIAL = re.compile(rf"[^\W\d]{{3}}|{MENTION}")


def _initial(text: str, at: int) -> bool:
    """Return whether a line begins there, or goes on behind a colon, but for signs and the number of an item."""
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


_TYPE = re.compile(
    r"[^\w\n]{1,4}(?:typ|type|t)[^\w\n]{0,3}(?:[12]|ii?|one|two)\b| (?:operating effectiveness|tests of)\b"
)
_GLUED = re.compile(r"t[12]$")


def _name_mask(name: str) -> str:
    """Return what stands for a name: the letter of a name, and its Type as it is, so that it can still be read."""
    if named_type := _TYPE.search(name):
        return MENTION * named_type.start() + name[named_type.start() :]
    if _GLUED.search(name):  # soc2t2
        return MENTION * (len(name) - 3) + " " + name[-2:]
    return MENTION * len(name)


def _masked(text: str, spans: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, mask in spans:
        parts += [text[at:start], mask]
        at = end
    return "".join(parts) + text[at:]
