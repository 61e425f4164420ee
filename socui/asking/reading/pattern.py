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
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from socui.asking.reading.beside import keys_beside
from socui.asking.reading.fold import DAY, MENTION
from socui.asking.reading.keys import PATTERN_MARKS, KeySet, PatternError, word_keys
from socui.asking.reading.number_words import NUMBERS
from socui.asking.reading.word_lists import WordLists

_GAP = r"[^\w\n]{1,9}+"
SKIPPED = rf"(?>{_GAP}\w++)"
"""A word that is left out. Atomic, as is a gap: what was taken is never tried again, so that time stays in proportion."""

_NOT_NAMED = rf"(?>{_GAP}(?!{MENTION})\w++)"

_SPECIAL = {
    "%day": f"(?P<day>{DAY}+)",
    "%from": f"(?P<first>{DAY}+)",
    "%to": f"(?P<last>{DAY}+)",
    "%n": rf"(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)})(?:{_GAP}\d{{1,3}}(?!\w))?",
}
MEANT = "meant"
"""The group of a report that a pattern means where it has several."""


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
    beside: tuple[tuple[str, KeySet], ...] = ()
    """By key of the first word: the keys of the words of which one has to stand next to it, where those are known."""


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


def read_pattern(source: str, lists: WordLists) -> Pattern | Joined:
    """Read a pattern or several that are joined. Raises PatternError."""
    if not re.search(" &&? ", source):
        return pattern(source, lists)
    parts = re.split(r" &&? ", source)
    close = " && " in source
    if close and " & " in source:
        raise PatternError("it is joined by `&` or by `&&`, not by both")
    return Joined(source, tuple(_part(part, lists) for part in parts), close)


def _part(source: str, lists: WordLists) -> PatternPart:
    slots = source.split()
    words = lists.words(slots[0]) if len(slots) == 1 and slots[0][0] != "[" else ()
    plain = frozenset(word for word in words if word.isalpha())
    rest = "|".join(word for word in words if word not in plain)
    if plain and not rest:
        return PatternPart(plain, None)
    return PatternPart(plain, pattern(rest if plain else source, lists))


def pattern(source: str, lists: WordLists) -> Pattern:
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
    needed = next((mark for slot in slots for mark, names in PATTERN_MARKS.items() if slot in names), "")
    needs = _needs(slots, lists)
    among = next((keys for keys in needs if not any(key.endswith("*") for key in keys)), frozenset[str]())
    others = tuple(keys for keys in needs if keys is not among)
    endings = _endings(slots[0], slots[1], lists) if len(slots) > 1 else ()
    return Pattern(
        source,
        frozenset(key for word in lists.words(slots[0]) for key in word_keys(word)),
        initial,
        needed,
        "".join(parts) + end,
        among=among,
        needs=others,
        beside=keys_beside(slots, lists.words, endings),
    )


_KEYED = re.compile(r"[^\W\d]\w\w|[^\W\d]\w?(?![\w*~])")
"""A word that has keys wherever it stands in a pattern: no number, no mark, and three letters before any ending."""


def _needs(slots: list[str], lists: WordLists) -> list[frozenset[str]]:
    """Return for each slot behind the first that may not be missing the keys of the words of which it has to be one, the
    fewest first."""
    key_sets: list[frozenset[str]] = []
    shortened = False
    for before, slot in pairwise(slots):
        shortened = not shortened and bool(_shortened(before, slot, lists))
        if slot[0] in ".~[" or before[0] == "[" or shortened:
            continue
        words = lists.words(slot)
        if all(_KEYED.match(word) for word in words):
            key_sets.append(frozenset(key for word in words for key in word_keys(word)))
    return sorted(key_sets, key=len)


_PRONOUNS = frozenset(("i", "we", "you", "they", "he", "she", "it", "that", "who", "there", "what", "where"))
_SHORT = {"am": "m", "are": "re", "is": "s", "has": "s", "have": "ve", "had": "d", "would": "d", "will": "ll"}


def _shortened(slot: str, behind: str, lists: WordLists) -> str:
    """Return the expression for "we're" where a pattern says "we are"; empty where it says nothing of the kind."""
    endings = _endings(slot, behind, lists) if behind else ()
    words = [word for word in lists.words(slot) if word in _PRONOUNS] if endings else ()
    return rf"(?:{'|'.join(words)})'(?:{'|'.join(endings)})(?!\w)" if words else ""


def _endings(slot: str, behind: str, lists: WordLists) -> tuple[str, ...]:
    """Return with what a pronoun is shortened by the verb behind it: "re" where a pattern says "we are"."""
    if behind[0] in "[.~" or _PRONOUNS.isdisjoint(lists.words(slot)):
        return ()
    return tuple(sorted({_SHORT[verb] for verb in lists.words(behind) if verb in _SHORT}))


def _one(slot: str, lists: WordLists) -> str:
    words = lists.words(slot)
    special = [
        _SPECIAL.get(word) or _name(word, lists) for word in words if word in _SPECIAL or word in PATTERN_MARKS[MENTION]
    ]
    plain = tuple(word for word in words if word not in _SPECIAL and word not in PATTERN_MARKS[MENTION])
    each = [*special, _any_of(plain)] if plain else special
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


def _name(word: str, lists: WordLists) -> str:
    tail = lists.lists.get("tail", ())
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
