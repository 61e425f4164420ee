"""Where a text says that any one of the reports it asks for will do."""

from __future__ import annotations

import re

from socui.asking.reading.fold import MENTION
from socui.asking.reading.matcher import Match, Matched

_BEHIND = 100
"""Letters behind "either" in which "send us all" takes it back."""
_OF_BRACKET = re.compile(rf"\((?!or\b)[^(){MENTION}]*\bor\b[^(){MENTION}]*$")
"""An equivalent of something in brackets, not of the report: "a penetration test (CREST or equivalent)"."""
_ALIKE = re.compile("equiv|similar|compar|success|equal |gleichwert|either|any|whichever|whatever|one of")


_EVERY = re.compile(
    r"\b(?:send|share|upload|provide|need|want|require|attach)[^\w\n]{1,3}(?:us )?(?:all|both|each|them all)\b"
)


def eithers(matched: Matched, asked: list[Match]) -> list[Match]:
    """Return what says that any one of the reports asked for will do."""
    places = [m.start for m in asked]
    several_asked = len({value for m in asked for value in m.phrase.values}) > 1
    eithers = [name for name in asked if name.phrase.either]
    if not places or any(m.phrase.tells == "enough" for m in asked):
        return eithers
    for match in matched.telling("either"):
        if _OF_BRACKET.search(matched.masked, match.start, match.end):
            continue
        if _EVERY.search(matched.masked, match.end, match.end + _BEHIND):
            continue
        inside = {value for m in asked if match.start <= m.start < match.end for value in m.phrase.values}
        alike = several_asked or _ALIKE.search(matched.masked, match.start, match.end)
        if len(inside) > 1 or (not match.phrase.weak and alike):
            eithers.append(match)
    return eithers
