"""Keeps the patterns of all phrases under the words that they begin with, so that few are tried at each word of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.keys import KeySet, pattern_keys
from socui.asking.reading.pattern import Joined, Pattern, PatternPart

if TYPE_CHECKING:
    from socui.asking.reading.phrases import Phrase


class Entry:
    """A pattern, and where it belongs: to a phrase, to the `unless` of one, or as a part to patterns that are joined. The
    regular expression is made when it is first tried: few of them are for one text. `need`: the bits of what a line
    has to have."""

    __slots__ = ("among", "grouped", "initial", "match", "need", "number", "part_of", "phrase", "regex", "unless")

    def __init__(self, pattern: Pattern, phrase: Phrase | None, unless: bool, number: int, need: int) -> None:
        self.number = number
        self.regex, self.initial, self.phrase, self.unless = pattern.regex, pattern.initial, phrase, unless
        self.part_of: list[int] = []
        self.grouped = "(?P<" in pattern.regex
        self.among, self.need = pattern.among, need
        self.match: Callable[[str, int], re.Match[str] | None] = self._first

    def _first(self, text: str, at: int) -> re.Match[str] | None:
        self.match = re.compile(self.regex).match
        return self.match(text, at)


class JoinedEntry:
    """Patterns that are joined, with the phrase they belong to; `parts`: their numbers, `need`: the bits of those."""

    __slots__ = ("close", "need", "number", "parts", "phrase", "unless")

    def __init__(self, joined: Joined, phrase: Phrase, unless: bool, number: int, parts: tuple[int, ...]) -> None:
        self.number, self.parts = number, parts
        self.need = sum({1 << part for part in parts})
        self.close, self.phrase, self.unless = joined.close, phrase, unless


class Entries:
    """The patterns to try at a word: by set of keys those for words next to it (`beside`: the numbers of the sets), those
    for any line, and by word those for lines that have that word. `parts`: the parts of joined patterns that the word
    itself is."""

    __slots__ = ("always", "beside", "by_beside", "by_word", "first_words", "parts")

    def __init__(self) -> None:
        self.parts: list[int] = []
        self.beside: set[int] = set()
        self.by_beside: dict[int, list[Entry]] = {}
        self.always: list[Entry] = []
        self.by_word: dict[str, list[Entry]] = {}
        self.first_words: set[str] = set()

    def add_beside(self, entry: Entry, number: int) -> None:
        """Add a pattern for a word that has one of that set of keys next to it."""
        self.beside.add(number)
        self.by_beside.setdefault(number, []).append(entry)

    def add(self, entry: Entry) -> None:
        """Add a pattern."""
        if not entry.among:
            self.always.append(entry)
        self.first_words |= entry.among
        for word in entry.among:
            self.by_word.setdefault(word, []).append(entry)

    def in_line(self, there: set[str]) -> list[Entry]:
        """Return the patterns to try in a line that has these words."""
        if self.first_words.isdisjoint(there):
            return self.always
        words = self.first_words & there
        if len(words) == 1:
            return self.always + self.by_word[next(iter(words))]
        return list(dict.fromkeys(chain(self.always, *[self.by_word[word] for word in words])))


MOST_LOOKED_UP, MOST_PAIRS = 5_000, 10_000  # words and pairs of words that were looked up
NAME_BIT, DAY_BIT = 1, 2
"""The bits of a report that is named and of a day, which have to stand behind the word or be it."""


LookedUp = tuple[tuple[Entries, ...], int, set[int]]
"""What a word of a text may be to the patterns: those that may begin with it, the bits of what a line has with it, and the
numbers of the sets of keys that one of its keys is of."""


class Index:
    """Patterns by the key of the word that they begin with. A line is tried only for those that have all they need in
    it and behind the word: each set of keys that patterns need is a bit, and `_bits` says which sets a key is of."""

    def __init__(self) -> None:
        self.by_key: dict[str, Entries] = {}
        self.joined: dict[int, list[JoinedEntry]] = {}
        """Joined patterns, each by the number of one of its parts."""
        self.looked_up: dict[str, LookedUp] = {}
        """Words that were looked up."""
        self.pairs: dict[tuple[str, str], tuple[Entry, ...]] = {}
        """By two words that stood next to each other, the second "" at the end of a line: the patterns for both."""
        self._bits: dict[str, int] = {}
        self._beside: dict[KeySet, int] = {}
        self._beside_of: dict[str, set[int]] = {}
        self._sets: dict[frozenset[str], int] = {}
        self._parts: dict[PatternPart, int] = {}
        self._of_parts: dict[str, Entry] = {}

    def add(self, one: Pattern | Joined, phrase: Phrase, unless: bool, numbers: Iterator[int]) -> None:
        """Add a pattern of a phrase."""
        if isinstance(one, Pattern):
            self._entry(one, phrase, unless, next(numbers))
            return
        parts = tuple(self._part(part, numbers) for part in one.parts)
        self.joined.setdefault(max(parts), []).append(JoinedEntry(one, phrase, unless, next(numbers), parts))

    def look_up(self, word: str) -> LookedUp:
        """Return what a word of a text may be to the patterns."""
        bits = (NAME_BIT if MENTION in word else 0) | (DAY_BIT if DAY in word else 0)
        keys = pattern_keys(word)
        beside = set[int]()
        for key in keys:
            bits |= self._bits.get(key, 0)
            beside |= self._beside_of.get(key, set())
        if len(self.looked_up) >= MOST_LOOKED_UP:
            self.looked_up.clear()
        entries = tuple(self.by_key[key] for key in keys if key in self.by_key)
        self.looked_up[word] = looks = (entries, bits, beside)
        return looks

    def pair(self, word: str, following: str) -> tuple[Entry, ...]:
        """Return the patterns that may begin with a word because of the word behind it."""
        beside = (self.looked_up.get(following) or self.look_up(following))[2] if following else set[int]()
        entries = (self.looked_up.get(word) or self.look_up(word))[0]
        if len(self.pairs) >= MOST_PAIRS:
            self.pairs.clear()
        tried = tuple(entry for one in entries for keys in one.beside & beside for entry in one.by_beside[keys])
        self.pairs[word, following] = tried
        return tried

    def _entry(self, pattern: Pattern, phrase: Phrase | None, unless: bool, number: int) -> Entry:
        beside = dict(pattern.beside)
        need = {MENTION: NAME_BIT, DAY: DAY_BIT}.get(pattern.needed, 0)
        for keys in pattern.needs if not pattern.among else (pattern.among, *pattern.needs):
            if len(beside) < len(pattern.keys) or not all(found <= keys for found in beside.values()):
                need |= self._bit(keys)  # else a word that it is found by is one of those
        entry = Entry(pattern, phrase, unless, number, need)
        for key in pattern.keys:
            if key in beside:
                self._at(key).add_beside(entry, self._number(beside[key]))
            else:
                self._at(key).add(entry)
        return entry

    def _part(self, part: PatternPart, numbers: Iterator[int]) -> int:
        if part in self._parts:
            return self._parts[part]
        self._parts[part] = number = len(self._parts)
        for word in part.words:
            self._at(word).parts.append(number)
        if part.pattern is not None:
            source = part.pattern.source
            if source not in self._of_parts:
                self._of_parts[source] = self._entry(part.pattern, None, False, next(numbers))
            self._of_parts[source].part_of.append(number)
        return number

    def _at(self, key: str) -> Entries:
        entries = self.by_key.get(key)
        if entries is None:
            self.by_key[key] = entries = Entries()
        return entries

    def _number(self, keys: KeySet) -> int:
        """Return the number of a set of keys of words that stand next to the first."""
        if keys not in self._beside:
            self._beside[keys] = number = len(self._beside)
            for key in keys:
                self._beside_of.setdefault(key, set()).add(number)
        return self._beside[keys]

    def _bit(self, keys: frozenset[str]) -> int:
        if keys not in self._sets:
            self._sets[keys] = bit = 4 << len(self._sets)
            for key in keys:
                self._bits[key] = self._bits.get(key, 0) | bit
        return self._sets[keys]
