"""The words of a text as the weights see them: single words, words side by side, and the lists that words are of."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.matcher import Match, Matched

Families = Mapping[str, tuple[str, ...]]
"""By word the lists of the phrases that it stands in, such as `<money>` for "invoices"."""
Feature = tuple[str, int]
"""What is seen, and the number of the word where it begins."""

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

_TOKEN = re.compile(rf"{MENTION}+|{DAY}+|\w+(?:'\w+)?|[?!:;,.()|\n]")
_SIGNS = frozenset(":;,.()|")
_REPORT = "@"


@dataclass(frozen=True, slots=True)
class SeenWords:
    """The words of a folded text, each with its place: `@soc2` for a report that is named, `%day` for a day, `%n` for a
    number; signs among them."""

    words: list[str]
    spans: list[tuple[int, int]]
    families: list[tuple[str, ...]]
    names: list[tuple[int, Match]]
    """The number of the word that is a report, and the report."""


def seen_words(matched: Matched, families: Families) -> SeenWords:
    """Return the words of a text in which reports and days were found."""
    at_start = {name.start: name for name in matched.names}
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    names: list[tuple[int, Match]] = []
    for number, token in enumerate(_TOKEN.finditer(matched.masked)):
        if number == MOST_WORDS:
            break
        word, start = token[0], token.start()
        if word[0] == MENTION:
            name = at_start.get(start)
            word = _REPORT
            if name is not None:
                names.append((number, name))
                word = _REPORT + name.phrase.values[0]
        elif word[0] == DAY:
            word = "%day"
        elif word.isdigit():
            word = "%n"
        words.append(word)
        spans.append(token.span())
    return SeenWords(words, spans, [families.get(word, ()) for word in words], names)


def text_features(text: SeenWords) -> Iterator[Feature]:
    """Yield what a text has, as often as it does: words, words side by side, lists, and lists beside a word."""
    before, before_families = "", tuple[str, ...]()
    for number, word in enumerate(text.words):
        if word in _SIGNS:
            continue
        families = text.families[number]
        yield word, number
        if before:
            yield f"{before} {word}", number
        for family in families:
            yield family, number
            if before:
                yield f"{before} {family}", number
        for family in before_families:
            yield f"{family} {word}", number
        before, before_families = word, families


def text_worth(text: SeenWords) -> float:
    """Return what a feature counts in a text: less in a long one."""
    return 1 / math.sqrt(2 * len(text.words) + _SHORT)


def bag_features(text: SeenWords) -> set[str]:
    """Return what counts for every report of a text, OF_TEXT each: the words that stand anywhere in it."""
    return {f"in {word}" for word in text.words}


def name_features(text: SeenWords, number: int) -> Iterator[str]:
    """Yield what stands around a report, the word of that number, next to it and in its line; some of it twice."""
    words = text.words
    first, last = _line(words, number)
    yield f"is {words[number]}"
    for step in range(1, _BESIDE + 1):
        if number - step >= first:
            yield f"b{step} {_plain(words[number - step])}"
        if number + step < last:
            yield f"a{step} {_plain(words[number + step])}"
    before = ""
    for at in range(first, last):
        word, side = _plain(words[at]), "b" if at < number else "a"
        if at != number:
            yield f"{side} {word}"
        if before:
            yield f"{before} {word}"
        for family in text.families[at]:
            yield f"{side} {family}"
        before = word


def name_worth(text: SeenWords, bag: Collection[str], number: int) -> float:
    """Return what a feature counts for a report: less where much stands around it."""
    first, last = _line(text.words, number)
    return 1 / math.sqrt(2 * (last - first) + len(bag) + _SHORT)


def _plain(word: str) -> str:
    return _REPORT if word[0] == _REPORT else word


def _line(words: Sequence[str], number: int) -> tuple[int, int]:
    """Return where the line of a word begins and ends, as far as it is looked at."""
    first, last = number, number + 1
    while first > 0 and first > number - _AROUND and words[first - 1] != "\n":
        first -= 1
    while last < len(words) and last < number + _AROUND and words[last] != "\n":
        last += 1
    return first, last
