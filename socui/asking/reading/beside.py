"""Which words can stand next to the first word of a pattern: it is tried only where one of them does."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from socui.asking.reading.fold import DAY
from socui.asking.reading.keys import PATTERN_MARKS, KeySet, word_keys

WordsOfSlot = Callable[[str], Collection[str]]
"""Gives the words of a slot."""
_WHOLE = re.compile(r"\w+[?*]?$")
_KNOWN = re.compile(r"(?!\w\?|\w{1,2}\*)\w+[?*]?$|\w+[ '&.+/-]|\w{3,}~|%n$")
"""Words of a pattern of which the first word of a text is known, whatever may be missing in them."""


def keys_beside(slots: Sequence[str], words: WordsOfSlot, endings: Collection[str]) -> tuple[tuple[str, KeySet], ...]:
    """Return by the key of the first word of a pattern the keys of the words that can stand next to it; left out are keys
    next to which any word can. `endings`: what the first word is shortened with, such as "re" in "we're"."""
    behind = _first_keys(slots[1:], words)
    plain, apart, open_keys = _beginnings(tuple(words(slots[0])))
    nexts = dict(apart)
    if behind is None:
        open_keys = open_keys | plain
    else:
        beside = behind.union(endings)
        for key in plain:
            nexts[key] = nexts[key] | beside if key in nexts else beside
    return tuple((key, keys) for key, keys in nexts.items() if key not in open_keys)


@cache
def _beginnings(words: tuple[str, ...]) -> tuple[KeySet, Mapping[str, KeySet], KeySet]:
    """Return the keys of words that are one word of a text each; by key what stands next to the beginning of those that
    are several; and the keys of those of which that is not known."""
    plain, open_keys = set[str](), set[str]()
    apart: dict[str, KeySet] = {}
    for word in words:
        written = word.replace("_", " ")
        start = re.match(r"\w*", written)
        rest = written[start.end() if start else 0 :]
        second = rest.lstrip(" '&.+/-")
        if _WHOLE.match(written) or word in PATTERN_MARKS[DAY]:
            plain |= word_keys(word)
        elif second == rest or not _KNOWN.match(second):  # a mark, or it may all be one word
            open_keys |= word_keys(word)
        else:
            beside = word_keys(second.replace(" ", "_"))
            for key in word_keys(word):
                apart[key] = apart.get(key, frozenset()) | beside
    return frozenset(plain), apart, frozenset(open_keys)


def _first_keys(slots: Sequence[str], words: WordsOfSlot) -> KeySet | None:
    """Return the keys of the first word of slots of which those in brackets may be missing; None for anything."""
    keys: set[str] = set()
    for slot in slots:
        if slot[0] in ".~":
            return None
        optional = slot[0] == "[" and slot[-1] == "]"
        for word in words(slot[1:-1] if optional else slot):
            if not _KNOWN.match(word.replace("_", " ")) and not any(word in names for names in PATTERN_MARKS.values()):
                return None
            keys |= word_keys(word)
        if not optional:
            return frozenset(keys)
    return None
