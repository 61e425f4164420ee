"""The words of a text as the weights see them: single words, words side by side, and the lists that words are of.

What is learned (`tests/train_weights.py`) and what is weighed is told here, once for both.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.matcher import Match, Matched

Families = Mapping[str, tuple[str, ...]]
"""By word the lists of the phrases that it stands in, such as `<money>` for "invoices"."""
Told = TypeVar("Told")
TellingRows = Mapping[str, Mapping[str, Told]]
"""What features tell: by a word, and by the word behind it, "" where it stands by itself; or by the place beside a report and
the word that stands there. Only what is in it is yielded."""
IN_TEXT, IS, BEFORE, AFTER = "in", "is", "b", "a"
"""The places of a word that stands anywhere in a text, is the report, or stands before or behind it in its line."""

MOST_WORDS = 20_000
"""Words of a text beyond these are not weighed."""
_BESIDE = 4
"""Words beside a report of which it matters where they stand."""
_AROUND = 20
"""Words before and behind a report that are looked at, in its line."""
OF_TEXT = 0.4
"""How much less a word counts for a report where it stands anywhere in the text."""

_SHORT = 40
"""Features of a text that has none: so that a few words do not count too much."""

PLACES = (IN_TEXT, IS, BEFORE, AFTER, *(f"{side}{step}" for side in "ba" for step in range(1, _BESIDE + 1)))
"""Every place of a word beside a report."""

_TOKEN = re.compile(rf"{MENTION}+|{DAY}+|\w+(?:'\w+)?|[?!:;,.()|\n]")
_SIGNS = frozenset(":;,.()|")
_REPORT = "@"


@dataclass(frozen=True, slots=True)
class SeenWords:
    """The words of a folded text, each with its place: `@soc2` for a report that is named, `%day` for a day, `%n` for a
    number; signs among them."""

    words: list[str]
    plain: list[str]
    """The same, with one sign for every report."""
    text: str
    families: list[tuple[str, ...]]
    names: list[tuple[int, Match]]
    """The number of the word that is a report, and the report."""
    different: int
    """Words that differ from each other."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where words stand in the text, from the one of a number to that of another."""
        tokens = list(islice(_TOKEN.finditer(self.text), first, last + 1))
        return tokens[0].start(), tokens[-1].end()

    def text_features(self, rows: TellingRows[Told]) -> Iterator[tuple[Told, int]]:
        """Yield what a text has, as often as it does, and the number of the word where it ends: words, words side by side,
        lists, and lists beside a word."""
        before: Mapping[str, Told] = {}
        before_families: list[Mapping[str, Told]] = []
        for number, word in enumerate(self.words):
            if word in _SIGNS:
                continue
            of_word = rows.get(word) or {}
            value = of_word.get("")
            if value is not None:
                yield value, number
            value = before.get(word)
            if value is not None:
                yield value, number
            of_families = []
            for family in self.families[number]:
                of_family = rows.get(family) or {}
                of_families.append(of_family)
                for value in (of_family.get(""), before.get(family)):
                    if value is not None:
                        yield value, number
            for of_family in before_families:
                value = of_family.get(word)
                if value is not None:
                    yield value, number
            before, before_families = of_word, of_families

    def text_worth(self) -> float:
        """Return what a feature counts in a text: less in a long one."""
        return 1 / math.sqrt(2 * len(self.words) + _SHORT)

    def bag_features(self, rows: TellingRows[Told]) -> Iterator[Told]:
        """Yield what counts for every report of a text, OF_TEXT each: the words that stand anywhere in it."""
        anywhere = rows.get(IN_TEXT) or {}
        for word in sorted(set(self.words)):
            value = anywhere.get(word)
            if value is not None:
                yield value

    def name_features(self, number: int, rows: TellingRows[Told]) -> Iterator[Told]:
        """Yield what stands around a report, the word of that number, next to it and in its line; some of it twice."""
        words, plain = self.words, self.plain
        first, last = _line(words, number)
        places = [(IS, words[number])]
        places += [(f"b{step}", plain[number - step]) for step in range(1, min(_BESIDE, number - first) + 1)]
        places += [(f"a{step}", plain[number + step]) for step in range(1, min(_BESIDE, last - 1 - number) + 1)]
        for place, word in places:
            behind = rows.get(place)
            if behind is not None and word in behind:
                yield behind[word]
        for side, span in ((BEFORE, range(first, number)), (AFTER, range(number + 1, last))):
            behind = rows.get(side) or {}
            for at in span:
                if plain[at] in behind:
                    yield behind[plain[at]]
                for family in self.families[at]:
                    if family in behind:
                        yield behind[family]
        for at in range(first + 1, last):
            behind = rows.get(plain[at - 1])
            if behind is not None and plain[at] in behind:
                yield behind[plain[at]]

    def name_worth(self, number: int) -> float:
        """Return what a feature counts for a report: less where much stands around it."""
        first, last = _line(self.words, number)
        return 1 / math.sqrt(2 * (last - first) + self.different + _SHORT)


def seen_words(matched: Matched, families: Families) -> SeenWords:
    """Return the words of a text in which reports and days were found."""
    words = _TOKEN.findall(matched.masked)[:MOST_WORDS]
    names: list[tuple[int, Match]] = []
    for number, word in enumerate(words):
        if word[0] == MENTION:  # the letters that stand for the next name
            name = matched.names[len(names)]
            names.append((number, name))
            words[number] = _REPORT + name.phrase.values[0]
        elif word[0] == DAY:
            words[number] = "%day"
        elif word.isdigit():
            words[number] = "%n"
    plain = [_REPORT if word[0] == _REPORT else word for word in words]
    return SeenWords(words, plain, matched.masked, [families.get(word, ()) for word in words], names, len(set(words)))


def _line(words: Sequence[str], number: int) -> tuple[int, int]:
    """Return where the line of a word begins and ends, as far as it is looked at."""
    first, last = number, number + 1
    while first > 0 and first > number - _AROUND and words[first - 1] != "\n":
        first -= 1
    while last < len(words) and last < number + _AROUND and words[last] != "\n":
        last += 1
    return first, last
