"""KeySet of words: under which patterns are kept, and under which the words of a text look for them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.number_words import NUMBERS

KeySet = frozenset[str]
PATTERN_MARKS = {MENTION: ("@", "@!"), DAY: ("%day", "%from", "%to")}
"""By the letter that stands for a report or a day what patterns call it."""
DIGITS = "#"
"""The key of patterns that begin with a number."""


class PatternError(ValueError):
    """Raised for a pattern that cannot be read; the message says why."""


@lru_cache(maxsize=10_000)
def pattern_keys(word: str) -> tuple[str, ...]:
    """Return the keys under which patterns that may begin with a word of a text are kept: for the whole word, for
    its beginning, for any number, for a report that is named and for a day."""
    if word[0] in PATTERN_MARKS:
        return (word[0],)
    return (word, DIGITS) if word[0].isdigit() else (word, word[:3] + "*")


@cache
def word_keys(word: str) -> KeySet:
    """Return the keys of the words of a text with which a word of a pattern can begin. Raises PatternError."""
    mark = next((mark for mark, names in PATTERN_MARKS.items() if word in names), "")
    if mark:
        return frozenset((mark,))
    if word == "%n":
        return frozenset((DIGITS, *(number.partition("-")[0] for number in NUMBERS)))
    letters = re.match(r"\w+", word.replace("_", " "))
    if letters is None:
        raise PatternError(f"{word!r} has to begin with letters")
    start = letters[0]
    cut = word[len(start) : len(start) + 1]
    if start[0].isdigit():
        return frozenset((DIGITS,))
    if cut == "?":
        return frozenset((start, start[:-1]))
    if cut in ("*", "~"):
        following = start + word[len(start) + 1 :].lstrip("~_")
        if len(following) < 3:
            raise PatternError(f"{word!r} has to begin with three letters")
        return frozenset((start, following[:3] + "*") if cut == "~" else (start[:3] + "*",))
    return frozenset((start,))
