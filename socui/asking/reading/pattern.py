"""The language in which phrases are written, and what it becomes: a regular expression whose time is bounded.

A pattern is a row of words with a space between; in a text any few signs other than letters may stand between them.
`send|share`: one of these. `[copy|copies]`: it may be missing. `<reader>`: a list of words of the file. `...`: up to
six words, `..2` up to two. `@`: a report that is named, with the Type and words such as
"report" behind it (the list `tail`). `%day`: a day. `%n`: a number. `report?`: the last letter
may be missing. `certif*`: any ending. `pen~test`: with or without something between. `third_party`: two words in
one alternative. `^`: at the beginning of a sentence or item; `$`: at its end. No part is repeated without bound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from socui.asking.reading.fold import DAY, MENTION

_GAP = r"[^\w\n]{1,5}+"
SKIPPED = rf"(?>{_GAP}\w++)"
"""A word that is left out. Atomic, as is a gap: what was taken is never tried again, so that time stays in proportion."""

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty-one": 21, "twenty-four": 24, "twenty-five": 25, "twenty-eight": 28, "twenty": 20, "thirty-six": 36,
    "thirty": 30, "forty-five": 45, "forty": 40, "fifty": 50, "sixty": 60, "seventy-five": 75, "ninety": 90,
}  # fmt: skip
"""Numbers in words."""

_SPECIAL = {
    "%day": f"(?P<day>{DAY}+)",
    "%from": f"(?P<first>{DAY}+)",
    "%to": f"(?P<last>{DAY}+)",
    "%n": rf"(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)})(?:{_GAP}\d{{1,3}}(?!\w))?",
}
_MARKS = {MENTION: ("@",), DAY: ("%day", "%from", "%to")}
DIGITS = "#"
"""The key of patterns that begin with a number."""


class PatternError(ValueError):
    """A pattern that cannot be read; its text says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to be tried. `keys`: the beginnings of the words at which it can match. `initial`: only where a
    sentence or an item begins. `needed`: the letter, for a name or a day, without which no line can match."""

    source: str
    keys: frozenset[str]
    initial: bool
    needed: str
    regex: str


def pattern_keys(word: str) -> tuple[str, ...]:
    """The keys under which patterns that may begin with a word of a text are kept: for the whole word, for its
    beginning, for any number, for a report that is named and for a day."""
    if word[0] in _MARKS:
        return (word[0],)
    return (word, DIGITS) if word[0].isdigit() else (word, word[:3] + "*")


def pattern(source: str, lists: Mapping[str, tuple[str, ...]]) -> Pattern:
    """Read a pattern. Raises PatternError."""
    slots = source.split()
    initial = slots[:1] == ["^"]
    final = slots[-1:] == ["$"]
    slots = slots[initial : len(slots) - final]
    if not slots or slots[0].startswith(("[", ".")):
        raise PatternError("it has to begin with a word that is always there")
    parts: list[str] = []
    separated = True  # whether the next slot needs no gap before it
    for slot in slots:
        optional = slot[0] == "[" and slot[-1] == "]"
        if slot.startswith(".."):
            most = 6 if slot == "..." else int(slot[2:])
            parts.append(f"{SKIPPED}{{0,{most}}}?")
            continue
        one = _one(slot[1:-1] if optional else slot, lists)
        gap = "" if separated else _GAP
        parts.append(f"(?:{gap}{one})?" if optional else gap + one)
        separated = False
    end = r"[^\w\n]*$" if final else r"(?!\w)"
    needed = next((mark for slot in slots for mark, names in _MARKS.items() if slot in names), "")
    return Pattern(source, frozenset(_keys(slots[0], lists)), initial, needed, "".join(parts) + end)


def _alternatives(slot: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a slot, those of the lists that it names among them, longest first where a list is."""
    words: list[str] = []
    for word in slot.split("|"):
        head, end, ending = word.partition(">")
        if not head.startswith("<"):
            words.append(word)
        elif not end or head[1:] not in lists:
            raise PatternError(f"there is no list {word}")
        else:
            words += [one + ending for one in lists[head[1:]]]
    return tuple(dict.fromkeys(words))


def _one(slot: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    words = [
        _SPECIAL.get(word) or (_name(lists) if word == "@" else _word(word)) for word in _alternatives(slot, lists)
    ]
    return words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"


def _name(lists: Mapping[str, tuple[str, ...]]) -> str:
    tail = "|".join(_word(word) for word in lists.get("tail", ()))
    return f"{MENTION}+(?:{_GAP}(?:{tail})){{0,4}}" if tail else f"{MENTION}+"


def _word(word: str) -> str:
    if not re.fullmatch(r"[\w'&.+/*?~-]+", word):
        raise PatternError(f"{word!r} is no word")
    parts = {"*": r"\w{0,15}", "?": "?", "~": r"[^\w\n]{0,3}", "_": _GAP}
    return "".join(parts.get(c) or re.escape(c) for c in word) + (r"(?!\w)" if word[-1] != "*" else "")


def _keys(slot: str, lists: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The keys of the words with which a slot can begin."""
    keys: set[str] = set()
    for word in _alternatives(slot, lists):
        mark = next((mark for mark, names in _MARKS.items() if word in names), "")
        if mark:
            keys.add(mark)
        elif word == "%n":
            keys |= {DIGITS, *(number.partition("-")[0] for number in NUMBERS)}
        else:
            keys |= _word_keys(word)
    return keys


def _word_keys(word: str) -> set[str]:
    letters = re.match(r"\w+", word.replace("_", " "))
    if letters is None:
        raise PatternError(f"{word!r} has to begin with letters")
    start = letters[0]
    cut = word[len(start) : len(start) + 1]
    if start[0].isdigit():
        return {DIGITS}
    if cut == "?":
        return {start, start[:-1]}
    if cut in ("*", "~"):
        following = start + word[len(start) + 1 :].lstrip("~_")
        if len(following) < 3:
            raise PatternError(f"{word!r} has to begin with three letters")
        return {start, following[:3] + "*"} if cut == "~" else {start[:3] + "*"}
    return {start}
