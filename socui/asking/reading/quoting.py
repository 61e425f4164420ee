"""Finds the sentences of a pasted request that ask: what a reply quotes, without greeting, talk and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from socui.asking.reading.reading import read_request
from socui.text import visible

_ASKING = ("asks", "bridge", "refused", "either", "type", "force", "needed_by", "period", "fiscal_year_end", "categories",
           "accepts_months", "max_age_months")  # fmt: skip
"""Fields whose words stand in a sentence that asks, or says by when, over which days or how firmly."""
_LONG = 55
"""From so many characters on a line may have been broken in the middle of a sentence."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:inc|ltd|corp|co|llc|no|mr|mrs|ms|dr|st|vs|approx|e\.g|i\.e|etc|[A-Z]))\.$", re.IGNORECASE
)
_END = re.compile(r"[.?!][\"')\]]*(?=\s)")
_HEADER = re.compile(r"(?:from|to|cc|bcc|sent|date|subject|re|fwd?|aw|wg)\s*:", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings)\b[^.?!]{0,60}[,!:]?$", re.IGNORECASE
)
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)])\s+", re.IGNORECASE)
"""What stands before an item of a list."""
_HOW_OFTEN = re.compile(
    r"\b(?:every (?:year|quarter|twelve months|12 months)|each year|annual(?:ly)?|yearly)\b", re.IGNORECASE
)
"""How often something is asked for, which no field of a request has."""
_GAP = " ... "


_QUOTED = 400
"""Characters of a request that are quoted back."""


def asked_in_words(text: str) -> str:
    """Return the sentences of a request that ask, as papers quote them: in one line, cut where it is long."""
    words = visible(asking_sentences(text))
    return words if len(words) <= _QUOTED else words[:_QUOTED].rpartition(" ")[0] + " ..."


def asking_sentences(text: str) -> str:
    """Return the sentences that ask, in one line, with dots where others stood between; the whole text, in one line,
    where none can be told from the rest."""
    sentences = list(_sentences(text))
    if len(sentences) < 2:
        return " ".join(text.split())
    places = [(s.start, s.end) for s in read_request(text).suggestions if s.field in _ASKING]
    places += [frequency.span() for frequency in _HOW_OFTEN.finditer(text)]
    picked = [n for n, (first, last) in enumerate(sentences) if any(a < last and b > first for a, b in places)]
    inside = [n for n in picked if not _HEADER.match(text[slice(*sentences[n])])] or picked
    inside = sorted({m for n in inside for m in (_lead(text, sentences, n), n)})
    if not inside:
        return " ".join(text.split())
    made = _line(text, sentences[inside[0]])
    for before, n in pairwise(inside):
        made += (" " if n == before + 1 else _GAP) + _line(text, sentences[n])
    return made


def _line(text: str, span: tuple[int, int]) -> str:
    words = text[slice(*span)]
    item = _ITEM.match(words)  # where it begins, and nowhere else
    return " ".join(words[item.end() if item else 0 :].split())


def _lead(text: str, sentences: list[tuple[int, int]], item: int) -> int:
    """Return the sentence that leads to an item of a list, such as "Please send us:"; the item itself where none does."""
    number = item
    while number and _ITEM.match(text[slice(*sentences[number])]):
        number -= 1
    return number if text[slice(*sentences[number])].rstrip().endswith(":") else item


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends. A line that is broken in the middle of a sentence goes on in the next."""
    begin = 0
    for end in (*_ends(text), len(text)):
        if text[begin:end].strip():
            yield begin, end
        begin = end


def _ends(text: str) -> Iterator[int]:
    offset = 0
    lines = text.splitlines(keepends=True)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        for match in _END.finditer(line):
            if not _ABBREVIATED.search(line[: match.end()]):
                yield offset + match.end()
        offset += len(line)
        if not _goes_on(line.strip(), following.strip()):
            yield offset


def _goes_on(line: str, following: str) -> bool:
    """Return whether a sentence goes on from a line to the next."""
    if not line or not following or _ITEM.match(following) or _HEADER.match(line) or _GREETING.match(line):
        return False
    if line.endswith((".", "?", "!", ":")):
        return False
    return len(line) >= _LONG or following[0].islower() or following[0].isdigit()
