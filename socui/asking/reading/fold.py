"""Folds a pasted text for matching: lower case, single spaces, one sentence or list item a line; keeps where each was."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from socui.asking.reading.months import MONTHS

MENTION, DAY = "\ua66e", "\ua668"
"""Letters that stand for a report that is named and for a day, once they are read. A pasted text loses its own."""

_PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00a0": " ", "\u202f": " ", "\u2022": "*", "\u00b7": "*", "\u25cf": "*", "\u2610": "*", "\u25a1": "*",
    MENTION: " ", DAY: " ",
})  # fmt: skip
_WORD = re.compile("[^\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_ITEM = re.compile(
    r"(?:[-*+|o]|\[[ x_]?\]|\(?\d{1,3}[a-z]?[.)]|\d{1,2}[a-h]|\(?[a-z][.)]|\d{1,3}(?:\.\d{1,3}){1,4}\.?)$"
)
_CODE = re.compile(r"(?!SOC|ISO|SAS|PCI|CC)[A-Z]{1,4}[-.]?\d{1,3}(?:[.-]\d{1,3})*[.:]?$")
_ENDS = re.compile(r"[.!?][\"')\]]*$|;$")
_ENDING = ".!?;)]\"'"
"""Signs of which a word has one at its end with which a sentence ends."""
_ABBREVIATED = frozenset((
    "no", "nos", "inc", "ltd", "co", "corp", "dept", "sec", "art", "e.g", "i.e", "approx", "mr", "mrs", "ms", "dr", "st",
    "vs", "cf", "para", "ref", "incl", "resp", "etc", "cl", "ex", "nr", "fin", "dir", "mgr", "rev", "bzw", "z.b", "ca", "max", "min",
))  # fmt: skip
_DOTTED_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d")
LEAST_WRAPPED = 40
"""A line with fewer characters was not wrapped: its end is a break."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made ready for matching: one line for each sentence, list item and heading.

    `items` holds the offsets at which a list item begins, `breaks` those at which a paragraph begins.
    """

    text: str
    items: frozenset[int]
    breaks: frozenset[int]
    _starts: list[int]
    _origins: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the folded text stands in the text as it was pasted."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        return self._origins[index] + at - self._starts[index]


def fold(text: str) -> Folded:
    """Return the text as it is matched. Takes time in proportion to its length."""
    plain = text.translate(_PLAIN)
    small = _lower(plain)
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    items, breaks = set(), {0}
    length = line_start = at = lines = 0
    before, numbered = "", False
    run = -1  # where the words that go on with a space between begin
    for folded in _WORD.finditer(plain):
        word, start = folded[0], folded.start()
        if run >= 0 and start == at + 1 and plain[at] == " " and before[-1] not in _ENDING:
            at, before, numbered = folded.end(), word, False
            continue
        if run >= 0:
            parts.append(small[run:at])
            length += at - run
            run = -1
        gap = plain[at:start]
        if gap != " ":
            lines += gap.count("\n") or gap.count("\r") or gap.count("\u2028")
        row_end, at = at, folded.end()
        if (lines or not parts) and not word.strip(">"):
            continue  # the mark of a quoted line; the line goes on behind it
        begins = lines > 0 or not parts
        item = begins and (_numbers(word) or (lines > 0 and _row(plain, line_start, row_end)))
        if parts:
            head = word[-1] == ":" and word[0].isupper()
            wrapped = lines == 1 and not item and not head and start - line_start >= LEAST_WRAPPED
            hard = lines > 0 and not (wrapped and before[-1] != ":")
            parts.append("\n" if hard or (_ends(before, word) and not numbered) else " ")
            length += 1
        if item:
            items.add(length)
        if lines > 1:
            breaks.add(length)
        if lines:
            line_start = start
        starts.append(length)
        origins.append(start)
        before, numbered, lines, run = word, begins and _numbers(word), 0, start
    if run >= 0:
        parts.append(small[run:at])
    return Folded("".join(parts), frozenset(items), frozenset(breaks), starts, origins)


def _numbers(word: str) -> bool:
    """Return whether a word that begins a line is the sign or the number of a list item or of a row."""
    return word[0] == "|" or bool(_ITEM.match(word.lower()) or _CODE.match(word))


def _row(text: str, start: int, end: int) -> bool:
    """Return whether a line is a row of a table: then the next one is an item too."""
    line = text[start : min(end, start + 400)]
    return " | " in line or "\t" in line


def _ends(word: str, following: str) -> bool:
    """Return whether a sentence ends with a word that has another one behind it."""
    if word[-1] in ";!?" or word[-1] not in _ENDING or not _ENDS.search(word):
        return word[-1] in ";!?"
    bare = word.rstrip("\"')].").lstrip("\"'([").lower()
    if bare in MONTHS and len(bare) < 5:
        return following[0].isupper()
    if bare.isdigit() and following.lower() in MONTHS:  # 30. Juni
        return False
    if bare == "no":  # the answer, where no number follows
        return not any(letter.isdigit() for letter in following)
    if "." in bare:
        return _DOTTED_DAY.fullmatch(bare) is not None and following[0].isupper()
    return bool(bare) and bare not in _ABBREVIATED and not (len(bare) == 1 and bare.isalpha())


def _lower(text: str) -> str:
    """Return the text in small letters, letter by letter at its place."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
