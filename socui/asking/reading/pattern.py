"""The language in which phrases are written, and what it becomes: a regular expression whose time is bounded.

A pattern is a row of words with a space between; in a text any few signs other than letters may stand between them.
`send|share`: one of these. `[copy|copies]`: it may be missing. `<reader>`: a list of words of the file. `...`: up to
six words, `..2` up to two; `~2` the same, but no name of a report among them. `@`: a report that is named, with the Type and words such as
"report" behind it (the list `tail`); `@!`: the one of several that is meant. `%day`: a day. `%n`: a number. `report?`: the last letter
may be missing. `certif*`: any ending. `pen~test`: with or without something between. `third_party`: two words in
one alternative. `^`: at the beginning of a sentence or item; `$`: at its end. No part is repeated without bound.

Parts joined by `&` stand anywhere in one sentence, in any order: `you|your & <money> & run|runs`. Joined by `&&` they
stand in one clause: no comma, bracket or "but" comes between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from socui.asking.reading.fold import DAY, MENTION

_GAP = r"[^\w\n]{1,9}+"
SKIPPED = rf"(?>{_GAP}\w++)"
"""A word that is left out. Atomic, as is a gap: what was taken is never tried again, so that time stays in proportion."""

_NOT_NAMED = rf"(?>{_GAP}(?!{MENTION})\w++)"

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
_MARKS = {MENTION: ("@", "@!"), DAY: ("%day", "%from", "%to")}
MEANT = "meant"
"""The group of a report that a pattern means where it has several."""
DIGITS = "#"
"""The key of patterns that begin with a number."""


class PatternError(ValueError):
    """Raised for a pattern that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to be tried. `keys`: the beginnings of the words at which it can match. `initial`: only where a
    sentence or an item begins. `needed`: the letter, for a name or a day, without which no line can match."""

    source: str
    keys: frozenset[str]
    initial: bool
    needed: str
    regex: str
    among: frozenset[str] = frozenset()
    """Words of which a line has to have one, or it is not tried; where empty, no such words are known."""
    needs: tuple[frozenset[str], ...] = ()
    """Further keys: a line has to have a word of each of these sets."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Patterns of which all have to stand in one sentence, or where `close` in one clause, in any order."""

    source: str
    parts: tuple[PatternPart, ...]
    close: bool


@dataclass(frozen=True, slots=True)
class PatternPart:
    """One of joined patterns. `words`: those of a text that it matches as they stand; `pattern`: what else it matches."""

    words: frozenset[str]
    pattern: Pattern | None


def read_pattern(source: str, lists: Mapping[str, tuple[str, ...]]) -> Pattern | Joined:
    """Read a pattern or several that are joined. Raises PatternError."""
    if not re.search(" &&? ", source):
        return pattern(source, lists)
    parts = re.split(r" &&? ", source)
    close = " && " in source
    if close and " & " in source:
        raise PatternError("it is joined by `&` or by `&&`, not by both")
    return Joined(source, tuple(_part(part, lists) for part in parts), close)


def _part(source: str, lists: Mapping[str, tuple[str, ...]]) -> PatternPart:
    slots = source.split()
    words = _alternatives(slots[0], lists) if len(slots) == 1 and slots[0][0] != "[" else ()
    plain = frozenset(word for word in words if word.isalpha())
    rest = "|".join(word for word in words if word not in plain)
    if plain and not rest:
        return PatternPart(plain, None)
    return PatternPart(plain, pattern(rest if plain else source, lists))


@lru_cache(maxsize=10_000)
def pattern_keys(word: str) -> tuple[str, ...]:
    """Return the keys under which patterns that may begin with a word of a text are kept: for the whole word, for
    its beginning, for any number, for a report that is named and for a day."""
    if word[0] in _MARKS:
        return (word[0],)
    return (word, DIGITS) if word[0].isdigit() else (word, word[:3] + "*")


def pattern(source: str, lists: Mapping[str, tuple[str, ...]]) -> Pattern:
    """Read a pattern. Raises PatternError."""
    slots = source.split()
    initial = slots[:1] == ["^"]
    final = slots[-1:] == ["$"]
    slots = slots[initial : len(slots) - final]
    if not slots or slots[0].startswith(("[", ".", "~")):
        raise PatternError("it has to begin with a word that is always there")
    marks = [word for slot in slots for word in slot.strip("[]").split("|") if word in _SPECIAL or word == "@!"]
    if len(marks) != len(set(marks)):
        raise PatternError("a mark such as %day stands in it twice")
    parts: list[str] = []
    separated = True  # whether the next slot needs no gap before it
    shortened = ""  # a pronoun and its verb in one word, which the next slot belongs to
    for slot, following in zip(slots, (*slots[1:], ""), strict=True):
        optional = slot[0] == "[" and slot[-1] == "]"
        if slot.startswith("..") or slot[0] == "~":
            most = 6 if slot == "..." else int(slot.lstrip(".~"))
            parts.append(f"{_NOT_NAMED if slot[0] == '~' else SKIPPED}{{0,{most}}}?")
            continue
        one = _one(slot[1:-1] if optional else slot, lists)
        if shortened:
            parts[-1] = f"(?:{parts[-1]}{_GAP}{one}|{shortened})"
            shortened = ""
            continue
        shortened = "" if optional else _shortened(slot, following, lists)
        gap = "" if separated else _GAP
        if shortened and gap:
            shortened = gap + shortened
        parts.append(f"(?:{gap}{one})?" if optional else gap + one)
        separated = False
    end = r"(?=[^\w\n]*(?:\n|\Z))" if final else r"(?!\w)"
    needed = next((mark for slot in slots for mark, names in _MARKS.items() if slot in names), "")
    needs = _needs(slots, lists)
    among = next((keys for keys in needs if not any(key.endswith("*") for key in keys)), frozenset[str]())
    others = tuple(keys for keys in needs if keys is not among)
    return Pattern(
        source, frozenset(_keys(slots[0], lists)), initial, needed, "".join(parts) + end, among=among, needs=others
    )


_KEYED = re.compile(r"[^\W\d]\w\w|[^\W\d]\w?(?![\w*~])")
"""A word that has keys wherever it stands in a pattern: no number, no mark, and three letters before any ending."""


def _needs(slots: list[str], lists: Mapping[str, tuple[str, ...]]) -> list[frozenset[str]]:
    """Return for each slot behind the first that may not be missing the keys of the words of which it has to be one, the
    fewest first."""
    key_sets: list[frozenset[str]] = []
    shortened = False
    for before, slot in pairwise(slots):
        shortened = not shortened and bool(_shortened(before, slot, lists))
        if slot[0] in ".~[" or before[0] == "[" or shortened:
            continue
        words = _alternatives(slot, lists)
        if all(_KEYED.match(word) for word in words):
            key_sets.append(frozenset(key for word in words for key in _word_keys(word)))
    return sorted(key_sets, key=len)


_PRONOUNS = frozenset(("i", "we", "you", "they", "he", "she", "it", "that", "who", "there", "what", "where"))
_SHORT = {"am": "m", "are": "re", "is": "s", "has": "s", "have": "ve", "had": "d", "would": "d", "will": "ll"}


def _shortened(slot: str, following: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """Return the expression for "we're" where a pattern says "we are"; empty where it says nothing of the kind."""
    if not following or following[0] in "[.~":
        return ""
    endings = sorted({_SHORT[verb] for verb in _alternatives(following, lists) if verb in _SHORT})
    words = [word for word in _alternatives(slot, lists) if word in _PRONOUNS]
    return rf"(?:{'|'.join(words)})'(?:{'|'.join(endings)})(?!\w)" if endings and words else ""


def _alternatives(slot: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of a slot, those of the lists that it names among them, longest first where a list is."""
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
    words = _alternatives(slot, lists)
    special = [
        _SPECIAL.get(word) or _name(word, lists) for word in words if word in _SPECIAL or word in _MARKS[MENTION]
    ]
    plain = tuple(word for word in words if word not in _SPECIAL and word not in _MARKS[MENTION])
    each = [*special, _any_of(plain)] if plain else special
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


def _name(word: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    tail = tuple(lists.get("tail", ()))
    name = f"{MENTION}+(?:{_GAP}{_any_of(tail)}){{0,4}}" if tail else f"{MENTION}+"
    return f"(?P<{MEANT}>{name})" if word == "@!" else name


@cache
def _any_of(words: tuple[str, ...]) -> str:
    """Return the expression for any one of these words, the earlier first: by their first letters, since most are not
    the letter of the text."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        written = _word(word)
        first = written[0] if written[:1].isalnum() and written[1:2] not in ("?", "[") else ""
        by_letter.setdefault(first, []).append(written[len(first) :])
    parts = [
        letter + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") if letter else "|".join(rest)
        for letter, rest in by_letter.items()
    ]
    return parts[0] if len(parts) == 1 and "" not in by_letter else f"(?:{'|'.join(parts)})"


@cache
def _word(word: str) -> str:
    if not re.fullmatch(r"[\w'&.+/*?~-]+", word):
        raise PatternError(f"{word!r} is no word")
    parts = {"*": r"\w{0,15}", "?": "?", "~": r"[^\w\n]{0,3}", "_": _GAP}
    return "".join(parts.get(c) or re.escape(c) for c in word) + (r"(?!\w)" if word[-1] != "*" else "")


def _keys(slot: str, lists: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the keys of the words with which a slot can begin."""
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


@cache
def _word_keys(word: str) -> frozenset[str]:
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
